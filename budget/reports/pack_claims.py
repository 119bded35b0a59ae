"""What platforms claim beside what the firm booked, by week, and all revenue per money of marketing."""

from budget.claims import Claims, ClaimWeek
from budget.money import major
from budget.present.pack_sheet_words import (
    CLAIMS,
    CLAIMS_HEADS,
    CLAIMS_LEAD,
    CLAIMS_STATES,
    COMPARED,
    COST,
    MER,
    NO_SALES,
    NOT_UPLOADED,
    REVENUE,
    SCALE_LEAD,
    WEEK,
)
from budget.present.plan_words import plan_sentence
from budget.reports.pack_cells import Cell, day, live, money, number, ratio_of, text
from budget.reports.pack_charts import Series, columns
from budget.reports.pack_draft import Draft
from budget.reports.pack_sheet import Sheet

FIELDS = ("claimed_conversions", "booked_orders", "claimed_value", "booked_value")
PLACES = (2, 3, 5, 6)
WIDTHS = (21, 18, *(15,) * 7)


def claims_sheet(sheet: Sheet, draft: Draft) -> None:
    """Write the sheet: weeks, chart, MER."""
    found = draft.pack.to_date
    if found is None:
        sheet.heading(draft.say(CLAIMS), draft.say(NOT_UPLOADED))
        return
    claims = found.claims
    said = [plan_sentence(each, draft.words, draft.numbers, draft.names) for each in claims.findings]
    sheet.heading(draft.say(CLAIMS), draft.say(CLAIMS_LEAD, currency=draft.currency), draft.say(SCALE_LEAD))
    for sentence in said:
        sheet.note(sentence, "text")
    sheet.row += 1
    first, last = _weeks(sheet, draft, claims)
    _mer(sheet, draft, claims)
    if claims.compared:
        start = 2 if _sum(claims, "booked_orders") is not None else 5
        series = [
            Series(sheet.at(first - 1, place), sheet.span(first, last, place), role)
            for place, role in ((start, "neutral"), (start + 1, "actual"))
        ]
        sheet.picture(columns(draft.looks, draft.book, sheet.span(first, last, 0), series), rows=12)


def _weeks(sheet: Sheet, draft: Draft, claims: Claims) -> tuple[int, int]:
    kinds = ["day", "text", *["money"] * 7]
    sheet.head([draft.say(WEEK), *(draft.say(each) for each in CLAIMS_HEADS)], kinds, repeat=True)
    first = sheet.row
    for one in claims.weeks:
        sheet.line(_week(sheet, draft, one), "" if one.state == "compared" else "pale")
    last = sheet.row - 1
    if claims.compared:
        sheet.line(_total(sheet, draft, claims, first, last), "sum")
    return first, last


def _week(sheet: Sheet, draft: Draft, one: ClaimWeek) -> list[Cell]:
    amounts = [getattr(one, f"{name}_micros") for name in FIELDS]
    cells = [day(one.week), text(draft.say(CLAIMS_STATES[one.state]))]
    for n in (0, 2):
        cells += [money(amounts[n]), money(amounts[n + 1]), _over(sheet, PLACES[n], amounts[n], amounts[n + 1])]
    return [*cells, number("share", one.scale if one.state == "compared" else None)]


def _over(sheet: Sheet, place: int, claimed: int | None, booked: int | None) -> Cell:
    if claimed is None or booked is None:
        return Cell("share", None)
    above, below = (sheet.here(sheet.row, place + n) for n in (0, 1))
    return live("share", ratio_of(above, below), claimed / booked if booked else None)


def _total(sheet: Sheet, draft: Draft, claims: Claims, first: int, last: int) -> list[Cell]:
    """Sums of the weeks of which both sides are known."""
    sums = [_sum(claims, name) for name in FIELDS]
    states = f"{sheet.here(first, 1)}:{sheet.here(last, 1)}"
    cells = [text(draft.say(COMPARED)), text(draft.say(CLAIMS_STATES["compared"]))]
    for n in (0, 2):
        for m in (n, n + 1):
            span = f"{sheet.here(first, PLACES[m])}:{sheet.here(last, PLACES[m])}"
            cells.append(_summed(f"SUMIF({states},{sheet.here(sheet.row, 1)},{span})", sums[m]))
        cells.append(_over(sheet, PLACES[n], sums[n], sums[n + 1]))
    return cells


def _sum(claims: Claims, name: str) -> int | None:
    """Of the weeks that say it; None where none does."""
    known = [getattr(one, f"{name}_micros") for one in claims.compared]
    return sum(each for each in known if each is not None) if any(each is not None for each in known) else None


def _summed(formula: str, amount_micros: int | None) -> Cell:
    return Cell("money", None) if amount_micros is None else live("money", formula, major(amount_micros))


def _mer(sheet: Sheet, draft: Draft, claims: Claims) -> None:
    sheet.section(draft.say(MER))
    sheet.line([text(draft.say(REVENUE)), money(claims.total_revenue_micros)])
    sheet.line([text(draft.say(COST)), money(claims.marketing_cost_micros)])
    cells = [sheet.here(sheet.row - n, 1) for n in (2, 1)]
    known = claims.total_revenue_micros is not None and claims.marketing_cost_micros is not None
    mer = live("ratio", ratio_of(*cells), claims.mer) if known else Cell("ratio", None)
    sheet.line([text("MER"), mer], "sum")
    if not known:
        sheet.note(draft.say(NO_SALES))
