"""The P&L of the plan at its likely figures as live formulas, which give the screen's amounts to the cent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from budget.business import Business, business_of
from budget.forecast import likely_pnl
from budget.funnels import Channels, channels_of
from budget.likely import likely_plan
from budget.measures import Measures, total
from budget.plan import StoredPlan
from budget.pnl import ProfitAndLoss, channel_pnl, times
from budget.present.plan_file_words import PNL_EMPTY, PNL_LEAD, PNL_LEFT_OUT, PNL_NOTE, ROI, STATEMENT, WORKING
from budget.present.plan_file_words import WORKING_ROWS as NAMES
from budget.present.plan_sheets import LINES, PNL_TITLE, TOTAL
from budget.present.vocabulary import COSTS, PNL_STEPS
from budget.reports.plan_costs import TEAM, platform_totals, team_block
from budget.reports.plan_labels import shown
from budget.reports.plan_looks import FIRST_ROW, SPARE_ROWS, Looks
from budget.reports.plan_rates import rates_block

HEAD_ROW = 3
FIRST_LINE = 2
CHAIN = ("spend", "cpm", "impressions", "ctr", "clicks", "cvr", "conversions", "worth", "value", "orders")
STEPS = (
    "claimed_net_revenue", "not_caused", "net_revenue", "cogs", "gross_margin", "fulfilment", "after_fulfilment",
    "media", "after_media",
)  # fmt: skip
COSTS_OF_LINES = ("not_caused", "cogs", "fulfilment", "media")
SUMS = ("net_revenue", "gross_margin", "after_fulfilment", "after_media", "profit")


@dataclass(frozen=True)
class Block:
    """The P&L sheet while it is written: rows by name (from 0), and how things look."""

    page: Worksheet
    looks: Looks
    rows: Mapping[str, int]
    lines: Sequence[str]
    plan: StoredPlan
    rates: Mapping[str, str]
    team: Mapping[str, str]

    @property
    def last(self) -> str:
        """The column of the last line."""
        return str(xl_col_to_name(FIRST_LINE + len(self.lines) - 1))

    def at(self, name: str, column: str) -> str:
        """The cell of a row."""
        return f"{column}{self.rows[name] + 1}"


def statement(book: Workbook, plan: StoredPlan, looks: Looks) -> None:
    """Write the sheet: statement on top, how it is computed below, rates and programme cost, totals by platform."""
    words = looks.words
    page: Worksheet = book.add_worksheet(words.say(PNL_TITLE))
    page.set_column(0, 0, 46)
    page.set_column(1, 60, 18)
    page.set_row(HEAD_ROW, 32)
    page.write_string(0, 0, words.say(PNL_LEAD, plan=plan.name, currency=plan.currency), looks.of("lead"))
    channels = channels_of(plan)
    if channels.prior is None:
        page.write_string(1, 0, words.say(PNL_EMPTY), looks.of("lead"))
        platform_totals(page, HEAD_ROW, plan, looks)
        return
    page.write_string(1, 0, words.say(PNL_NOTE), looks.of("lead"))
    _left_out(page, plan, channels, looks)
    likely, business, rows = likely_plan(channels), business_of(plan), _rows()
    found = {key: total(row) for key, row in likely.measures.items()}
    rates, after = rates_block(page, rows["rates"], plan, business, looks)
    team, after = team_block(page, after + 1, plan, looks)
    platform_totals(page, after + 1, plan, looks)
    block = Block(page, looks, rows, [line.line_key for line in channels.lines], plan, rates, team)
    _working(block, business, found)
    _statement(block, likely_pnl(plan, business, likely), found, business)
    page.freeze_panes(HEAD_ROW + 1, 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)


def _rows() -> dict[str, int]:
    """Where each row stands: the statement, a gap, the working, a gap, the rates."""
    place = count(HEAD_ROW + 1)
    rows = {f"= {name}": next(place) for name in (*STEPS, *TEAM, "profit", "roi")}
    rows |= {"working": next(place) + 1}
    place = count(rows["working"] + 1)
    rows |= {name: next(place) for name in (*CHAIN, *STEPS)}
    return rows | {"rates": next(place) + 1}


def _left_out(page: Worksheet, plan: StoredPlan, channels: Channels, looks: Looks) -> None:
    counted = {line.line_key for line in channels.lines}
    absent = [line.line_key for line in plan.lines if line.line_key not in counted]
    if absent:
        page.write_string(2, 0, looks.words.say(PNL_LEFT_OUT, lines=", ".join(absent)), looks.of("lead"))


def _working(block: Block, business: Business, found: Mapping[str, Measures]) -> None:
    """Line by line from money to profit after media, in micros; the total of each row beside."""
    page, looks, words = block.page, block.looks, block.looks.words
    page.write_string(block.rows["working"], 0, words.say(WORKING), looks.of("section"))
    for name in (*CHAIN, *STEPS):
        page.write_string(block.rows[name], 0, words.say(NAMES[name]), looks.of("muted"))
    pnls = {key: channel_pnl(business, found[key]) for key in block.lines}
    for place, key in enumerate(block.lines, FIRST_LINE):
        _line(block, place, key, found[key], pnls[key], business)
    for name in (*CHAIN, *STEPS):
        if name not in ("cpm", "ctr", "cvr", "worth"):
            span = f"{block.at(name, xl_col_to_name(FIRST_LINE))}:{block.at(name, block.last)}"
            whole = sum(_figure(name, found[key], pnls[key], business) for key in block.lines)
            page.write_formula(block.rows[name], 1, f"=SUM({span})", looks.of("fine"), whole)


def _figure(name: str, found: Measures, pnl: ProfitAndLoss, business: Business) -> float:
    """What a row of the working says of one line."""
    if name in STEPS:
        return float(getattr(pnl, name) / 1e6)
    if name == "orders":
        factor = business.customers_per_conversion * business.incrementality.likely
        return times(found.conversions_micros or 0, factor) / 1e6
    if name in ("spend", "value", "conversions"):
        return (getattr(found, f"{name}_micros") or 0) / 1e6
    return float(getattr(found, name) or 0)


def _line(block: Block, place: int, key: str, found: Measures, pnl: ProfitAndLoss, business: Business) -> None:
    page, looks, column = block.page, block.looks, xl_col_to_name(place)
    name = shown("key", key, looks.words.lang)
    page.write_string(block.rows["working"], place, name, looks.of("strong_number"))
    _spend(block, place, key, found, name_row=block.rows["working"])
    chain = (
        ("cpm", "spend", "impressions", 1000.0, 0), ("ctr", "impressions", "clicks", 1.0, 0),
        ("cvr", "clicks", "conversions", 1.0, 6), ("worth", "conversions", "value", 1.0, 6),
    )  # fmt: skip
    for rate, above, below, scale, digits in chain:
        base, result = (_figure(row, found, pnl, business) for row in (above, below))
        if base and result:
            ratio = scale * base / result if rate == "cpm" else result / base
            cells = block.at(above, column), block.at(rate, column)
            formula = f"{cells[0]}*1000/{cells[1]}" if rate == "cpm" else f"{cells[0]}*{cells[1]}"
            page.write_number(block.rows[rate], place, ratio, looks.of("input"))
            page.write_formula(block.rows[below], place, f"=ROUND({formula},{digits})", looks.of("fine"), result)
        else:
            page.write_number(block.rows[below], place, result, looks.of("input"))
    for row, formula in _formulas(block, column).items():
        page.write_formula(block.rows[row], place, "=" + formula, looks.of("fine"), _figure(row, found, pnl, business))


def _spend(block: Block, place: int, key: str, found: Measures, *, name_row: int) -> None:
    """The line's budget as the sheet Lines has it, where that is what its weeks spend."""
    spend, column, page = (found.spend_micros or 0) / 1e6, xl_col_to_name(place), block.page
    alike = [line.line_key.casefold() for line in block.plan.lines]
    if found.spend_micros != block.plan.line(key).budget_micros or alike.count(key.casefold()) > 1:
        page.write_number(block.rows["spend"], place, spend, block.looks.of("input"))
        return
    title, last = block.looks.words.say(LINES.title), FIRST_ROW + len(block.plan.lines) + SPARE_ROWS
    names, budgets = (f"'{title}'!${c}${FIRST_ROW + 1}:${c}${last}" for c in ("A", "H"))
    formula = f"=SUMPRODUCT(({names}={column}${name_row + 1})*{budgets})"
    page.write_formula(block.rows["spend"], place, formula, block.looks.of("fine"), spend)


def _formulas(block: Block, column: str) -> dict[str, str]:
    """The rows below the claimed value, from it and the rates."""
    cell = {name: block.at(name, column) for name in (*CHAIN, *STEPS)}
    rate = block.rates
    caused = rate["incrementality"]
    return {
        "orders": f"ROUND({cell['conversions']}*({rate['customers_per_conversion']}*{caused}),6)",
        "claimed_net_revenue": f"ROUND({cell['value']}*{rate['net_share']},6)",
        "net_revenue": f"ROUND({cell['claimed_net_revenue']}*{caused},6)",
        "not_caused": f"{cell['claimed_net_revenue']}-{cell['net_revenue']}",
        "cogs": f"ROUND({cell['net_revenue']}*{rate['cogs_share']},6)",
        "gross_margin": f"{cell['net_revenue']}-{cell['cogs']}",
        "fulfilment": f"ROUND({cell['value']}*({rate['fee_per_value']}*{caused}),6)"
        f"+ROUND({cell['orders']}*{rate['cost_per_order']},6)",
        "after_fulfilment": f"{cell['gross_margin']}-{cell['fulfilment']}",
        "media": f"ROUND({cell['spend']}*{rate['media_factor']},6)",
        "after_media": f"{cell['after_fulfilment']}-{cell['media']}",
    }


def cents(cell: str, sign: int = 1) -> str:
    """A formula: the amount of a cell in whole cents, half to even, as the screen rounds."""
    micros = f"ROUND(ABS({cell})*1000000,0)"
    to_even = f"IF({micros}-20000*INT({micros}/20000)=5000,1,0)"
    return f"{'-' if sign < 0 else ''}SIGN({cell})*(INT(({micros}+5000)/10000)-{to_even})/100"


def _statement(block: Block, pnl: ProfitAndLoss, found: Mapping[str, Measures], business: Business) -> None:
    """The statement in cents; costs below zero, so that every column adds up downwards."""
    page, looks, words = block.page, block.looks, block.looks.words
    page.write_string(HEAD_ROW, 0, words.say(STATEMENT), looks.of("head"))
    page.write_string(HEAD_ROW, 1, words.say(TOTAL), looks.of("head_number"))
    for place, key in enumerate(block.lines, FIRST_LINE):
        page.write_string(HEAD_ROW, place, shown("key", key, words.lang), looks.of("head_number"))
    names = {**PNL_STEPS, **COSTS}
    for name in (*STEPS, *TEAM, "profit"):
        look = "sum" if name in SUMS else "step"
        page.write_string(
            block.rows[f"= {name}"], 0, words.say(names[name]), looks.of("sum_text" if look == "sum" else "")
        )
    for name in STEPS:
        sign, look = -1 if name in COSTS_OF_LINES else 1, looks.of("sum" if name in SUMS else "step")
        row = block.rows[f"= {name}"]
        page.write_formula(row, 1, "=" + cents(block.at(name, "B"), sign), look, sign * _cents(getattr(pnl, name)))
        for place, key in enumerate(block.lines, FIRST_LINE):
            amount = getattr(channel_pnl(business, found[key]), name)
            formula = "=" + cents(block.at(name, xl_col_to_name(place)), sign)
            page.write_formula(row, place, formula, look, sign * _cents(amount))
    _bottom(block, pnl)


def _bottom(block: Block, pnl: ProfitAndLoss) -> None:
    """Programme cost, profit and ROI of the whole plan."""
    page, looks = block.page, block.looks
    at = block.team
    for name in TEAM:
        page.write_formula(
            block.rows[f"= {name}"], 1, "=" + cents(at[name], -1), looks.of("step"), -_cents(getattr(pnl, name))
        )
    costs, after = "+".join(at.values()), block.at("after_media", "B")
    profit = f"({after}-({costs}))"
    page.write_formula(block.rows["= profit"], 1, "=" + cents(profit), looks.of("sum"), _cents(pnl.profit))
    page.write_string(block.rows["= roi"], 0, looks.words.say(ROI))
    whole = f"({block.at('media', 'B')}+{costs})"
    formula = f'=IF({whole}=0,"",{profit}/{whole})'
    page.write_formula(block.rows["= roi"], 1, formula, looks.of("share"), "" if pnl.roi is None else pnl.roi)


def _cents(amount_micros: int) -> float:
    """Whole cents of micros, half to even."""
    return round(amount_micros / 10_000) / 100 if abs(amount_micros) < 2**52 else amount_micros / 1e6
