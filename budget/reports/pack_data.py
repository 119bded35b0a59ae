"""The sheet of base figures: the review's integers by channel and week, with every sum a formula over them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from budget.measures import Measures
from budget.plan import COST_KINDS
from budget.pnl import ProfitAndLoss
from budget.present.pack_sheet_words import (
    ACTUAL,
    ALL,
    BY_WEEK,
    CHANNEL,
    COST,
    COST_TITLE,
    DATA,
    DATA_LEAD,
    PLANNED,
    REVENUE,
    SIDE_TITLES,
    WEEK,
)
from budget.present.vocabulary import COSTS, MEASURES, PNL_STEPS
from budget.reports.pack_cells import Cell, day, live, money, number, text
from budget.reports.pack_draft import Draft
from budget.reports.pack_sheet import Sheet
from budget.review import Review

SIDES = ("plan", "actual")
FIRST = "claimed_net_revenue"
STEPS = tuple(name for name in PNL_STEPS if name not in ("team", "challenges", "profit"))
"""Steps of a channel's statement, from claimed revenue to profit after media."""
BASE = frozenset(field.name for field in fields(ProfitAndLoss))
"""Steps that are figures of their own; every other one is a sum."""
KINDS = (*COST_KINDS, "challenges")
MEASURED = ("spend", "impressions", "clicks", "conversions", "value")
WIDTHS = (30, *(14,) * 16)


@dataclass(frozen=True)
class DataCells:
    """Where the base figures stand: `at[key, side, name]`, key "" for all channels, and `weeks[key, week, side, name]`.

    `names[key]` is the cell with the channel's name; `of` holds what stands in each cell, exactly, in major units.
    """

    at: Mapping[tuple[str, str, str], str]
    of: Mapping[tuple[str, str, str], float]
    names: Mapping[str, str]
    weeks: Mapping[tuple[str, int, str, str], str]


def data_sheet(sheet: Sheet, draft: Draft) -> DataCells:
    """Write the sheet; without a review only the plan's statement stands in it."""
    found = draft.pack.review
    sheet.heading(draft.say(DATA), draft.say(DATA_LEAD, currency=draft.currency))
    at: dict[tuple[str, str, str], str] = {}
    of: dict[tuple[str, str, str], float] = {}
    names: dict[str, str] = {}
    for side in SIDES:
        pnls = _pnls(draft, side)
        if pnls:
            _side(sheet, draft, side, pnls, _sums(found, side), at, of, names)
    _costs(sheet, draft, at, of)
    weeks = _weeks(sheet, draft, draft.pack.to_date) if draft.pack.to_date else {}
    return DataCells(at, of, names, weeks)


def _pnls(draft: Draft, side: str) -> dict[str, ProfitAndLoss]:
    found = draft.pack.review
    if found is not None:
        return {key: pair[SIDES.index(side)] for key, pair in found.channels.items()}
    return {"": draft.pack.forecast.pnl} if draft.pack.forecast and side == "plan" else {}


def _sums(found: Review | None, side: str) -> dict[str, Measures]:
    return {key: pair[SIDES.index(side)] for key, pair in found.by_channel().items()} if found else {}


def _side(
    sheet: Sheet, draft: Draft, side: str, pnls: Mapping[str, ProfitAndLoss], sums: Mapping[str, Measures],
    at: dict[tuple[str, str, str], str], of: dict[tuple[str, str, str], float], names: dict[str, str],
) -> None:  # fmt: skip
    """One side's channels down, measures and steps across, and the totals."""
    sheet.section(draft.say(SIDE_TITLES[side]))
    measured = MEASURED if sums else ()
    columns = (*measured, *STEPS)
    sheet.head([draft.say(CHANNEL), *(draft.say({**MEASURES, **PNL_STEPS}[name]) for name in columns)])
    first = sheet.row
    for key, pnl in pnls.items():
        row = sheet.row
        cells = [_measure(sums[key], name) for name in measured]
        cells += [_step(sheet, row, name, pnl, len(measured) + 1) for name in STEPS]
        sheet.line([text(draft.named(key) if key else draft.say(ALL)), *cells])
        names[key] = sheet.at(row, 0)
        for place, (name, cell) in enumerate(zip(columns, cells, strict=True), 1):
            at[key, side, name] = sheet.at(row, place)
            of[key, side, name] = cell.value if isinstance(cell.value, float | int) else 0.0
    if "" not in pnls:
        _total(sheet, draft, side, columns, list(pnls), first, at, of)


def _total(
    sheet: Sheet, draft: Draft, side: str, columns: Sequence[str], keys: Sequence[str], first: int,
    at: dict[tuple[str, str, str], str], of: dict[tuple[str, str, str], float],
) -> None:  # fmt: skip
    row, cells = sheet.row, [text(draft.say(ALL))]
    for place, name in enumerate(columns, 1):
        whole = round(sum(of[key, side, name] for key in keys), 6)
        kind = "count" if name in ("impressions", "clicks") else "money"
        cells.append(live(kind, f"SUM({sheet.here(first, place)}:{sheet.here(row - 1, place)})", whole))
        at["", side, name], of["", side, name] = sheet.at(row, place), whole
    sheet.line(cells, "sum")


def _measure(found: Measures, name: str) -> Cell:
    if name in ("impressions", "clicks"):
        return number("count", getattr(found, name))
    return money(getattr(found, f"{name}_micros"), "money")


def _step(sheet: Sheet, row: int, name: str, pnl: ProfitAndLoss, start: int) -> Cell:
    """A figure of its own, or the step's sum: the last sum less all that stands between."""
    if name in BASE:
        return money(getattr(pnl, name), "money")
    before = STEPS[: STEPS.index(name)]
    last = max(n for n, each in enumerate(before) if each not in BASE or each == FIRST)
    cells = [sheet.here(row, start + n) for n in range(last, len(before))]
    return live("money", "-".join(cells), getattr(pnl, name) / 1e6)


def _costs(
    sheet: Sheet, draft: Draft, at: dict[tuple[str, str, str], str], of: dict[tuple[str, str, str], float]
) -> None:
    """What the programme costs beside media, planned and actual: no channel's, but all channels'."""
    found = draft.pack.review
    if found is not None:
        sides = {"plan": found.plan_pnl, "actual": found.actual_pnl}
    else:
        sides = {"plan": draft.pack.forecast.pnl} if draft.pack.forecast else {}
    if not sides:
        return
    sheet.section(draft.say(COST_TITLE))
    sheet.head(["", *(draft.say({"plan": PLANNED, "actual": ACTUAL}[side]) for side in sides)])
    for kind in KINDS:
        amounts = [getattr(pnl, kind) for pnl in sides.values()]
        row = sheet.line([text(draft.say({**COSTS, **PNL_STEPS}[kind])), *(money(x, "money") for x in amounts)])
        for place, (side, amount) in enumerate(zip(sides, amounts, strict=True), 1):
            at["", side, kind], of["", side, kind] = sheet.at(row, place), amount / 1e6
    if found is not None:
        _claims(sheet, draft, found, at, of)


def _claims(
    sheet: Sheet, draft: Draft, found: Review, at: dict[tuple[str, str, str], str],
    of: dict[tuple[str, str, str], float],
) -> None:  # fmt: skip
    """All revenue and all cost of marketing, of the days whose sales the books know."""
    claims = found.claims
    if claims.total_revenue_micros is None or claims.marketing_cost_micros is None:
        return
    for name, said, amount in (
        ("revenue", REVENUE, claims.total_revenue_micros),
        ("marketing", COST, claims.marketing_cost_micros),
    ):
        row = sheet.line([text(draft.say(said)), Cell("money", None), money(amount)])
        at["", "actual", name], of["", "actual", name] = sheet.at(row, 2), amount / 1e6


def _weeks(sheet: Sheet, draft: Draft, found: Review) -> dict[tuple[str, int, str, str], str]:
    """Every channel's weeks, planned and actual side by side."""
    sheet.break_page()
    sheet.section(draft.say(BY_WEEK))
    says = {"plan": draft.say(PLANNED), "actual": draft.say(ACTUAL)}
    pairs = [f"{draft.say(MEASURES[name])}, {says[side].lower()}" for name in MEASURED for side in SIDES]
    sheet.head([draft.say(CHANNEL), draft.say(WEEK), *pairs], ["text", "day", *["money"] * len(pairs)], repeat=True)
    cells = {}
    for key in found.planned:
        for t, week in enumerate(found.weeks):
            both = {"plan": found.planned[key][t], "actual": found.actual[key][t]}
            figures = [_measure(both[side], name) for name in MEASURED for side in SIDES]
            row = sheet.line([text(draft.named(key)), day(week), *figures])
            for n, name in enumerate(MEASURED):
                for m, side in enumerate(SIDES):
                    cells[key, t, side, name] = sheet.at(row, 2 + 2 * n + m)
    return cells
