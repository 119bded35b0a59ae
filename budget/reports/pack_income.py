"""The income statement of a pack: plan, actual and difference in cents, each a formula over the base figures."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from budget.plan import COST_KINDS
from budget.present import headlines
from budget.present.numbers import UNKNOWN
from budget.present.pack_sheet_words import (
    ACTUAL,
    INCOME_DIFFERENCE,
    INCOME_LEAD,
    ITEM,
    MER_NOTE,
    NO_SALES,
    NO_SPEND,
    NOT_UPLOADED,
    NOTE,
    PLANNED,
    RATIO_NOTES,
    RATIOS,
    READING,
    SHARE,
    TEAM,
)
from budget.present.vocabulary import COSTS, PNL_STEPS
from budget.reports.pack_cells import Cell, cents_of, live, ratio_of, text
from budget.reports.pack_charts import Maker
from budget.reports.pack_data import BASE, FIRST, KINDS, SIDES, STEPS, DataCells
from budget.reports.pack_draft import Draft
from budget.reports.pack_sheet import Sheet
from budget.reports.pack_waterfall import Bar, Roles, waterfall
from budget.reports.plan_statement import cents

WIDTHS = (36, 17, 17, 17, 14, 44)
ALL_STEPS = (*STEPS, *(name for name in PNL_STEPS if name not in STEPS))
"""Every step of the statement, from claimed revenue to programme profit."""
SUMS = frozenset(name for name in ALL_STEPS if name == FIRST or (name not in BASE and name != "team"))
RATIO_NAMES: Mapping[str, str] = {"roi": "ROI", "poas": "POAS", "roas": "ROAS"}


@dataclass(frozen=True)
class IncomeCells:
    """The statement's rows by step, from 0; columns 1 plan, 2 actual, 3 difference."""

    sheet: Sheet
    rows: Mapping[str, int]
    chart: Maker | None = None

    def at(self, name: str, side: str) -> str:
        """The cell of a step."""
        return self.sheet.at(self.rows[name], 1 + (*SIDES, "difference").index(side))


def is_cost(name: str) -> bool:
    """Whether a step takes away from the sum above it."""
    return name == "team" or (name in BASE and name != FIRST)


def exact(data: DataCells, side: str, name: str) -> str:
    """The formula of a step over all channels, with every micro."""
    if name in STEPS:
        return data.at["", side, name]
    cell = {kind: data.at["", side, kind] for kind in KINDS}
    team = "+".join(cell[kind] for kind in COST_KINDS)
    after = data.at["", side, "after_media"]
    return {"team": f"({team})", "challenges": cell["challenges"], "profit": f"({after}-{team.replace('+', '-')}"
            f"-{cell['challenges']})"}[name]  # fmt: skip


def income_sheet(sheet: Sheet, working: Sheet, draft: Draft, data: DataCells) -> IncomeCells:
    """Write the sheet: statement, ratios, what the programme costs beside media, waterfall."""
    period = draft.pack.period
    days = draft.numbers.period(*period) if period else UNKNOWN
    sheet.heading(_finding(draft), draft.say(INCOME_LEAD, period=days, currency=draft.currency), draft.say(READING))
    found = IncomeCells(sheet, _statement(sheet, draft, data))
    _ratios(sheet, draft, data)
    _team(sheet, draft, data)
    side = "actual" if draft.pack.review else "plan"
    bars = [_bar(draft, found, name, side) for name in ALL_STEPS if _is_shown(draft, name)]
    chart = waterfall(working, bars, draft.numbers, Roles(side, "good", "neutral"))
    sheet.picture(chart(), rows=15)
    return replace(found, chart=chart)


def _finding(draft: Draft) -> str:
    found = draft.pack.review
    return headlines.of_review(draft.words, draft.numbers, found) if found else draft.say(NOT_UPLOADED)


def _amount(draft: Draft, side: str, name: str) -> int | None:
    """Micros of a step; None where that side is not known."""
    found, expected = draft.pack.review, draft.pack.forecast
    if found is not None:
        return int(getattr(found.plan_pnl if side == "plan" else found.actual_pnl, name))
    return int(getattr(expected.pnl, name)) if expected and side == "plan" else None


def _is_shown(draft: Draft, name: str) -> bool:
    """Steps that only some firms have are left out where both sides are zero, as on the screens."""
    return name not in ("challenges", "not_booked") or any(_amount(draft, side, name) for side in SIDES)


def _statement(sheet: Sheet, draft: Draft, data: DataCells) -> dict[str, int]:
    heads = [draft.say(each) for each in (ITEM, PLANNED, ACTUAL, INCOME_DIFFERENCE, SHARE)]
    sheet.head(heads)
    rows = {}
    for name in ALL_STEPS:
        if not _is_shown(draft, name):
            continue
        plan, actual = (_amount(draft, side, name) for side in SIDES)
        cells: list[Cell] = [text(draft.say(PNL_STEPS[name]))]
        for side, amount in (("plan", plan), ("actual", actual)):
            cells.append(Cell("money", None) if amount is None else _cents(exact(data, side, name), amount))
        if plan is None or actual is None:
            cells += [Cell("money_signed", None), Cell("share_signed", None)]
        else:
            both = f"({exact(data, 'actual', name)}-{exact(data, 'plan', name)})"
            cells.append(_cents(both, actual - plan, "money_signed"))
            cells.append(_change(sheet, plan, actual - plan))
        rows[name] = sheet.line(cells, "sum" if name in SUMS else "")
    return rows


def _cents(formula: str, amount_micros: int, kind: str = "money") -> Cell:
    return live(kind, cents(formula), cents_of(amount_micros))


def _change(sheet: Sheet, plan_micros: int, difference_micros: int) -> Cell:
    """The difference per planned amount, as it stands in the row."""
    plan, difference = (sheet.here(sheet.row, place) for place in (1, 3))
    above, below = cents_of(difference_micros), cents_of(plan_micros)
    return live("share_signed", ratio_of(difference, f"ABS({plan})"), above / abs(below) if below else None)


def _ratios(sheet: Sheet, draft: Draft, data: DataCells) -> None:
    """ROI, POAS and ROAS of both sides, then MER, which only the firm's own sales can say."""
    sheet.section(draft.say(RATIOS))
    sheet.head([draft.say(each) for each in (ITEM, PLANNED, ACTUAL, INCOME_DIFFERENCE, "", NOTE)],
               ["text", "ratio", "ratio", "ratio", "text", "text"])  # fmt: skip
    for name in RATIO_NAMES:
        cells = [_ratio(draft, data, side, name) for side in SIDES]
        known = all(isinstance(cell.value, float) for cell in cells)
        here = [sheet.here(sheet.row, place) for place in (1, 2)]
        values = [cell.value if isinstance(cell.value, float) else 0.0 for cell in cells]
        points = 100 if name == "roi" else 1
        formula, value = f"({here[1]}-{here[0]})*{points}", (values[1] - values[0]) * points
        difference = live("points_signed" if name == "roi" else "ratio_signed", formula, value) if known else None
        note = text(draft.say(RATIO_NOTES[name] if known else _why_unknown(draft)), "note")
        sheet.line([text(RATIO_NAMES[name]), *cells, difference or Cell("ratio", None), None, note], wide=True)
    _mer(sheet, draft, data)


def _why_unknown(draft: Draft) -> str:
    return NO_SPEND if draft.pack.review else NOT_UPLOADED


def _mer(sheet: Sheet, draft: Draft, data: DataCells) -> None:
    """All revenue per money of marketing: of what happened alone, where the books know it."""
    known = ("", "actual", "revenue") in data.at
    mer, note = Cell("ratio", None), text(draft.say(MER_NOTE if known else NO_SALES), "note")
    if known:
        revenue, cost = (data.of["", "actual", name] for name in ("revenue", "marketing"))
        cells = [data.at["", "actual", name] for name in ("revenue", "marketing")]
        mer = live("ratio", ratio_of(*cells), revenue / cost if cost else None)
    sheet.line([text("MER"), Cell("ratio", None), mer, Cell("ratio", None), None, note], wide=True)


def _ratio(draft: Draft, data: DataCells, side: str, name: str) -> Cell:
    kind = "share" if name == "roi" else "ratio"
    if _amount(draft, side, "profit") is None or (name == "roas" and ("", side, "value") not in data.at):
        return Cell(kind, None)
    amount = {
        step: _amount(draft, side, step) or 0 for step in ("profit", "after_fulfilment", "media", "team", "challenges")
    }
    if name == "roas":
        above, below = data.at["", side, "value"], data.at["", side, "spend"]
        values = data.of["", side, "value"], data.of["", side, "spend"]
    elif name == "poas":
        above, below = data.at["", side, "after_fulfilment"], data.at["", side, "media"]
        values = amount["after_fulfilment"] / 1e6, amount["media"] / 1e6
    else:
        above = exact(data, side, "profit")
        below = f"({data.at['', side, 'media']}+{'+'.join(data.at['', side, kind] for kind in KINDS)})"
        values = amount["profit"] / 1e6, (amount["media"] + amount["team"] + amount["challenges"]) / 1e6
    return live(kind, ratio_of(above, below), values[0] / values[1] if values[1] else None)


def _team(sheet: Sheet, draft: Draft, data: DataCells) -> None:
    """Each cost beside media."""
    sheet.section(draft.say(TEAM))
    sheet.head([draft.say(each) for each in (ITEM, PLANNED, ACTUAL, INCOME_DIFFERENCE)])
    for kind in KINDS:
        amounts = [_amount(draft, side, kind) for side in SIDES]
        cells = [
            Cell("money", None) if amount is None else _cents(data.at["", side, kind], amount)
            for side, amount in zip(SIDES, amounts, strict=True)
        ]
        if amounts[0] is not None and amounts[1] is not None:
            both = f"({data.at['', 'actual', kind]}-{data.at['', 'plan', kind]})"
            cells.append(_cents(both, amounts[1] - amounts[0], "money_signed"))
        sheet.line([text(draft.say({**COSTS, **PNL_STEPS}[kind])), *cells])


def _bar(draft: Draft, found: IncomeCells, name: str, side: str) -> Bar:
    amount, cell = cents_of(_amount(draft, side, name) or 0), found.at(name, side)
    label = found.sheet.at(found.rows[name], 0)
    said = draft.say(PNL_STEPS[name])
    return Bar(label, f"(-{cell})", said, -amount) if is_cost(name) else Bar(label, cell, said, amount, is_total=True)
