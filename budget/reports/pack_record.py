"""Were the forecasts any good: what the ranges promised beside what fell into them, by measure and weeks ahead."""

from math import exp, isnan

from budget.present import record_words
from budget.present.pack_sheet_words import (
    AHEAD,
    BY_MEASURE,
    DISTANCE,
    HORIZONS,
    INSIDE,
    LEAN,
    MEASURE,
    PROMISED,
    RECORD,
    RECORD_HIGH,
    RECORD_JUDGED,
    RECORD_LEAD,
    RECORD_LOW,
    RECORD_RANGE,
    SHORT,
    VERDICT,
)
from budget.record import LEVELS, Coverage, HorizonRecord, MetricRecord
from budget.reports.pack_cells import Cell, live, number, text
from budget.reports.pack_charts import Series, columns
from budget.reports.pack_draft import Draft
from budget.reports.pack_sheet import Sheet

WIDTHS = (30, 14, 14, 16, 14, 14, 34)


def record_sheet(sheet: Sheet, draft: Draft) -> None:
    """Write the sheet; nothing is judged in it that the app does not judge."""
    found = draft.pack.record
    facts = {"forecasts": draft.numbers.whole(found.forecasts), "judged": draft.numbers.whole(found.judged)}
    sheet.heading(record_words.of_record(draft.words, draft.numbers, found), draft.say(RECORD_LEAD, **facts))
    if not found.judged:
        return
    heads = (RECORD, PROMISED, INSIDE, SHORT, RECORD_LOW, RECORD_HIGH, VERDICT)
    kinds = ["text", *["share"] * 5, "text"]
    sheet.head([draft.say(each) for each in heads], kinds, repeat=True)
    first = sheet.row
    for level in LEVELS:
        sheet.line(_level(sheet, draft, found.levels[level]))
    last = sheet.row - 1
    if sentence := record_words.weakest_sentence(draft.words, draft.numbers, found):
        sheet.note(sentence, "text")
    _measures(sheet, draft)
    _horizons(sheet, draft)
    series = [
        Series(sheet.at(first - 1, place), sheet.span(first, last, place), role)
        for place, role in ((1, "plan"), (2, "actual"))
    ]
    sheet.picture(columns(draft.looks, draft.book, sheet.span(first, last, 0), series, kind="share"), rows=11)


def _level(sheet: Sheet, draft: Draft, of: Coverage) -> list[Cell]:
    few = record_words.is_few(of)
    promised, inside = (sheet.here(sheet.row, place) for place in (1, 2))
    difference = live("share_signed", f"{inside}-{promised}", of.share - of.level)
    return [
        text(draft.say(RECORD_RANGE, level=draft.numbers.percent(of.level, 0))),
        number("share", of.level),
        number("share", None if few else of.share),
        Cell("share_signed", None) if few else difference,
        number("share", None if few else of.low),
        number("share", None if few else of.high),
        text(draft.say(record_words.VERDICTS[of.verdict])),
    ]


def _measures(sheet: Sheet, draft: Draft) -> None:
    sheet.section(draft.say(BY_MEASURE))
    sheet.head([draft.say(each) for each in (MEASURE, RECORD_JUDGED, INSIDE, LEAN)])
    for one in draft.pack.record.by_metric.values():
        sheet.line(_measure(draft, one))


def _measure(draft: Draft, one: MetricRecord) -> list[Cell]:
    level = one.levels[record_words.LEVEL]
    few = record_words.is_few(level)
    lean = None if few or isnan(one.bias) else exp(one.bias) - 1
    said = text(draft.say(record_words.VERDICTS[level.verdict]), "note") if few else None
    cells = [text(draft.say(record_words.METRICS[one.metric])), number("count", one.judged)]
    return [
        *cells,
        number("share", None if few else level.share),
        number("share_signed", lean),
        *([said] if said else []),
    ]


def _horizons(sheet: Sheet, draft: Draft) -> None:
    sheet.section(draft.say(HORIZONS))
    levels = [draft.say(RECORD_RANGE, level=draft.numbers.percent(level, 0)) for level in LEVELS]
    heads = [draft.say(AHEAD), *levels, draft.say(LEAN), draft.say(DISTANCE)]
    sheet.head(heads)
    for one in draft.pack.record.by_horizon:
        sheet.line(_horizon(draft, one))


def _horizon(draft: Draft, one: HorizonRecord) -> list[Cell]:
    few = one.judged < record_words.FEWEST
    shares = [None if few else one.levels[level].share for level in LEVELS]
    lean, distance = (None if few or isnan(x) else y for x, y in ((one.bias, exp(one.bias) - 1), (one.crps, one.crps)))
    name = record_words.horizon_name(draft.words, draft.numbers, one)
    cells = [text(name), *(number("share", share) for share in shares)]
    return [*cells, number("share_signed", lean), number("share", distance)]
