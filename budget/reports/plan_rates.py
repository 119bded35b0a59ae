"""The rates of the P&L sheet: the firm's economics from the sheet Business, and what follows from them."""

from dataclasses import asdict

from xlsxwriter.worksheet import Worksheet

from budget.business import Business
from budget.economics import cost_per_order, fee_per_value, media_factor, net_share
from budget.plan import BUSINESS, StoredPlan
from budget.present.plan_file_words import RATE_ROWS, RATES
from budget.present.plan_sheets import BUSINESS as SHEET
from budget.present.plan_sheets import FIGURES
from budget.ranges import Range
from budget.reports.plan_labels import label
from budget.reports.plan_looks import FIRST_ROW, SPARE_ROWS, Looks

GIVEN = (
    "vat_share", "prices_include_vat", "discount_share", "returns_share", "cogs_share", "fulfilment_per_order",
    "payment_fee_share", "payment_fee_per_order", "return_handling_per_return", "result_is_lead",
    "lead_to_customer_share", "incrementality", "media_vat_share", "media_fee_share",
)  # fmt: skip


def rates_block(
    page: Worksheet, row: int, plan: StoredPlan, business: Business, looks: Looks
) -> tuple[dict[str, str], int]:
    """Write the block from `row` on; the cell of each rate by name, and the row after the block."""
    words = looks.words
    page.write_string(row, 0, words.say(RATES), looks.of("section"))
    cells: dict[str, str] = {}
    usual = Business()
    for name in GIVEN:
        row += 1
        cells[name] = f"$B${row + 1}"
        page.write_string(row, 0, words.say(FIGURES[name]), looks.of("muted"))
        formula = looked_up(name, _likely(usual, name), plan, looks)
        page.write_formula(row, 1, formula, looks.of("rate"), _likely(business, name))
    found = {
        "net_share": net_share(business), "fee_per_value": fee_per_value(business),
        "cost_per_order": cost_per_order(business), "customers_per_conversion": business.customers_per_conversion,
        "media_factor": media_factor(business),
    }  # fmt: skip
    for name, formula in _derived(cells).items():
        row += 1
        cells[name] = f"$B${row + 1}"
        page.write_string(row, 0, words.say(RATE_ROWS[name]), looks.of("muted"))
        page.write_formula(row, 1, formula, looks.of("rate"), found[name])
    return cells, row + 1


def _likely(business: Business, name: str) -> float:
    value = getattr(business, name)
    return float(value.likely if isinstance(value, Range) else value)


def looked_up(name: str, default: float, plan: StoredPlan, looks: Looks) -> str:
    """The likely figure of the sheet Business, wherever its row stands; `default` where it has none.

    The two texts that it looks for are ours.
    """
    rows = sum(1 for one in plan.assumptions) + SPARE_ROWS
    title, lang = looks.words.say(SHEET.title), looks.words.lang
    part, figure, likely = (f"'{title}'!${c}${FIRST_ROW + 1}:${c}${FIRST_ROW + rows}" for c in ("A", "B", "D"))
    asked = f'{part},"{label("scope", BUSINESS, lang)}",{figure},"{label("figure_key", name, lang)}"'
    return f"=IF(COUNTIFS({asked})=0,{default!r},SUMIFS({likely},{asked}))"


def _derived(cells: dict[str, str]) -> dict[str, str]:
    """The formulas of `budget.economics`, in the same order of operations."""
    at = {key: cells[key] for key in asdict(Business()) if key in cells}
    vat, inside = f"1+{at['vat_share']}", f"{at['prices_include_vat']}<>0"
    fixed = f"({at['fulfilment_per_order']}+{at['payment_fee_per_order']})"
    return {
        "net_share": f"=(1-{at['discount_share']})*(1-{at['returns_share']})/IF({inside},{vat},1)",
        "fee_per_value": f"={at['payment_fee_share']}*IF({inside},1,{vat})*(1-{at['discount_share']})",
        "cost_per_order": f"={fixed}+{at['returns_share']}*{at['return_handling_per_return']}",
        "customers_per_conversion": f"=IF({at['result_is_lead']}<>0,{at['lead_to_customer_share']},1)",
        "media_factor": f"=1+{at['media_vat_share']}+{at['media_fee_share']}",
    }
