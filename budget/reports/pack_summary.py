"""The first sheet of a pack: the finding, what it rests on, and the figures that decide, each from its own sheet."""

from collections.abc import Sequence

from budget.fans import Interval
from budget.present import budget_words, headlines, record_words
from budget.present.pack_sheet_words import (
    ACTUAL,
    EARLY,
    FIGURES,
    FIRST_TO_GO,
    GOAL,
    HUNDRED,
    IN_PROJECTION,
    IN_WORDS,
    INCOME_DIFFERENCE,
    ITEM,
    LEFT_OUT,
    LOSS,
    NO_GOAL,
    NO_PAYBACK,
    NOT_UPLOADED,
    NOTE,
    OUTLOOK,
    PACING_RANGE,
    PAYBACK,
    PLANNED,
    PROFIT,
    PROJECTED,
    RECORD,
    RESTS,
    STATEMENT,
    SUMMARY_BUDGETS,
    SUMMARY_HIGH,
    SUMMARY_LOW,
    UNMATCHED,
    USUAL_WEEK,
)
from budget.present.pack_words import heading, judged_by, until
from budget.present.plan_words import plan_sentence
from budget.present.summary_words import summary_text
from budget.present.vocabulary import MEASURES, PNL_STEPS
from budget.reports.pack_cells import Cell, cents_of, live, number, text
from budget.reports.pack_charts import Maker
from budget.reports.pack_data import DataCells
from budget.reports.pack_draft import Draft
from budget.reports.pack_income import IncomeCells
from budget.reports.pack_sheet import Sheet
from budget.reports.plan_statement import cents

WIDTHS = (34, 17, 17, 17, 17, 17, 17, 64)
OWNER_STEPS = ("net_revenue", "gross_margin", "after_fulfilment", "after_media", "team", "challenges", "profit")


def summary_sheet(sheet: Sheet, draft: Draft, data: DataCells, income: IncomeCells, chart: Maker | None = None) -> None:
    """Write the sheet with the chart of the pack; the owner's fits on one page."""
    _top(sheet, draft)
    if draft.pack.kind == "owner":
        _owner(sheet, draft, income, chart)
        sheet.page.fit_to_pages(1, 1)
    else:
        _weekly(sheet, draft, data, income)
        if chart:
            sheet.picture(chart(), rows=10)
        sheet.section(draft.say(IN_WORDS))
        for sentence in summary_text(draft.words, draft.numbers, draft.pack):
            sheet.note(sentence, "text")
    _known(sheet, draft)


def _top(sheet: Sheet, draft: Draft) -> None:
    pack, words, numbers = draft.pack, draft.words, draft.numbers
    made = draft.say(RESTS, version=str(pack.data_version), day=numbers.date(pack.made_at.date()))
    rests = [judged_by(words, pack), until(words, numbers, pack), made]
    sheet.heading(_finding(draft), heading(words, numbers, pack), " · ".join(part for part in rests if part))


def _finding(draft: Draft) -> str:
    pack, words, numbers = draft.pack, draft.words, draft.numbers
    if pack.kind == "owner" and pack.projection:
        return headlines.of_projection(words, numbers, pack.projection)
    if pack.review:
        return headlines.of_review(words, numbers, pack.review)
    return headlines.of_outcome(words, numbers, pack.forecast.profit) if pack.forecast else draft.say(NOT_UPLOADED)


def _weekly(sheet: Sheet, draft: Draft, data: DataCells, income: IncomeCells) -> None:
    """Spend, results, profit after media, programme profit, the next 100, the goal."""
    pack = draft.pack
    sheet.section(draft.say(FIGURES))
    heads = (ITEM, ACTUAL, PLANNED, INCOME_DIFFERENCE, PROJECTED, SUMMARY_LOW, SUMMARY_HIGH, NOTE)
    sheet.head([draft.say(each) for each in heads], ["text", *["money"] * 6, "text"])
    spend = Interval(pack.pacing.pace.low, pack.pacing.pace.projected, pack.pacing.pace.high) if pack.pacing else None
    ends = pack.projection
    for name, end in (("spend", spend), ("conversions", ends.conversions if ends else None)):
        _measured(sheet, draft, data, name, end)
    _step(sheet, draft, income, "after_media", None)
    _step(sheet, draft, income, "profit", ends.profit if ends else None)
    _next(sheet, draft)
    chance = ends.p_target if ends else None
    note = text(draft.say(NO_GOAL), "note") if chance is None else None
    sheet.line([text(draft.say(GOAL)), number("share", chance), *[None] * 5, note])


def _measured(sheet: Sheet, draft: Draft, data: DataCells, name: str, end: Interval | None) -> None:
    """A sum of the review's days over all channels, from the base figures."""
    kind, cells = "money" if name == "spend" else "count", [text(draft.say(MEASURES[name]))]
    if draft.pack.review is None:
        cells += [Cell(kind, None)] * 3
    else:
        for side in ("actual", "plan"):
            value = cents_of(round(data.of["", side, name] * 1e6))
            cells.append(live(kind, cents(data.at["", side, name]), value))
        cells.append(_difference(sheet, cells, kind))
    sheet.line([*cells, *_end(draft, end, kind)])


def _difference(sheet: Sheet, cells: Sequence[Cell], kind: str = "money") -> Cell:
    actual, plan = (cell.value if isinstance(cell.value, float) else 0.0 for cell in cells[1:3])
    both = [sheet.here(sheet.row, place) for place in (1, 2)]
    return live(f"{kind}_signed", f"{both[0]}-{both[1]}", actual - plan)


def _step(sheet: Sheet, draft: Draft, income: IncomeCells, name: str, end: Interval | None) -> None:
    """A step of the income statement, as it stands there."""
    sheet.line([text(draft.say(PNL_STEPS[name])), *_sides(draft, income, name, ("actual", "plan")), *_end(draft, end)])


def _sides(draft: Draft, income: IncomeCells, name: str, sides: Sequence[str]) -> list[Cell]:
    found = draft.pack.review
    pnls = {"actual": found.actual_pnl, "plan": found.plan_pnl} if found else {}
    if not found and draft.pack.forecast:
        pnls = {"plan": draft.pack.forecast.pnl}
    cells = []
    for side in sides:
        value = cents_of(getattr(pnls[side], name)) if side in pnls else None
        cells.append(Cell("money", None) if value is None else live("money", income.at(name, side), value))
    if not found:
        return [*cells, Cell("money", None)]
    difference = cents_of(getattr(found.actual_pnl, name) - getattr(found.plan_pnl, name))
    return [*cells, live("money_signed", income.at(name, "difference"), difference)]


def _end(draft: Draft, end: Interval | None, kind: str = "money") -> list[Cell | None]:
    if end is None:
        return [None, None, None, None if draft.pack.review else text(draft.say(NOT_UPLOADED), "note")]
    points = [number(kind, x) for x in (end.mid, end.low, end.high)]
    return [*points, text(draft.say(IN_PROJECTION), "note")]


def _next(sheet: Sheet, draft: Draft) -> None:
    found = draft.pack.hundred
    if found is None:
        return
    cells = [number("money_signed", found.total.mid), number("money_signed", found.planned)]
    ends = [number("money_signed", x) for x in (found.total.mid, found.total.low, found.total.high)]
    difference = _difference(sheet, [text(""), *cells])
    sheet.line([text(draft.say(HUNDRED)), *cells, difference, *ends, text(draft.say(USUAL_WEEK), "note")])


def _owner(sheet: Sheet, draft: Draft, income: IncomeCells, chart: Maker | None) -> None:
    """The four answers, the result, what to do with the budget, how good forecasts were."""
    found = draft.pack.projection or draft.pack.forecast
    top = sheet.row + 1
    sheet.section(draft.say(OUTLOOK))
    if found is not None:
        profit, goal = found.profit, number("share", found.p_target)
        ends = number("money", profit.low), number("money", profit.high)
        _answer(sheet, draft, GOAL, goal, note=NO_GOAL if found.p_target is None else "")
        _answer(sheet, draft, LOSS, number("share", found.p_loss))
        _answer(sheet, draft, PROFIT, number("money", profit.mid))
        _answer(sheet, draft, PACING_RANGE, *ends)
        week = number("count", found.payback_week)
        _answer(sheet, draft, PAYBACK, week, note="" if found.payback_week else NO_PAYBACK)
    sheet.section(draft.say(STATEMENT))
    sheet.head([draft.say(each) for each in (ITEM, PLANNED, ACTUAL, INCOME_DIFFERENCE)])
    for name in OWNER_STEPS:
        if name in income.rows:
            cells = _sides(draft, income, name, ("plan", "actual"))
            sheet.line([text(draft.say(PNL_STEPS[name])), *cells], "sum" if name == "profit" else "")
    if chart:
        sheet.beside(chart(), top, 4, rows=sheet.row - top)
    _verdicts(sheet, draft)
    if income.chart:
        sheet.picture(income.chart(), rows=12)


def _answer(sheet: Sheet, draft: Draft, name: str, *cells: Cell, note: str = "") -> None:
    """One line on the left half, with the reason below where a figure is not known."""
    sheet.line([text(draft.say(name)), *cells], "big")
    if note:
        sheet.line([text(draft.say(note), "note")], "bare")


def _verdicts(sheet: Sheet, draft: Draft) -> None:
    pack = draft.pack
    if pack.frontier:
        sheet.section(draft.say(SUMMARY_BUDGETS))
        sheet.note(budget_words.verdict_text(draft.words, draft.numbers, pack.frontier), "text")
        for reason in budget_words.verdict_reasons(draft.words, draft.numbers, pack.frontier):
            sheet.note(reason, "text")
    if pack.first_to_go:
        names = ", ".join(draft.named(one.line_key) for one in pack.first_to_go)
        sheet.note(draft.say(FIRST_TO_GO, lines=names), "text")
    sheet.section(draft.say(RECORD))
    sheet.note(record_words.of_record(draft.words, draft.numbers, pack.record), "text")


def _known(sheet: Sheet, draft: Draft) -> None:
    """What is left out, assumed or early."""
    pack, numbers = draft.pack, draft.numbers
    said = []
    for each in pack.findings:
        if each.code == "SPEND_UNMATCHED":
            said.append(draft.say(UNMATCHED, amount=numbers.money_exact(int(each.facts["spend_micros"]))))
        else:
            said.append(plan_sentence(each, draft.words, numbers, draft.names))
    if pack.early and pack.early.first_day:
        said.append(draft.say(EARLY, day=numbers.date(pack.early.first_day)))
    if said:
        sheet.section(draft.say(LEFT_OUT))
    for sentence in said:
        sheet.note(sentence, "text")
