"""What was decided before and what came of it, what is decided now, notes, and who closed or approved what."""

from collections.abc import Sequence
from datetime import date, datetime

from budget.present.decision_words import ACTIONS, STATUSES, VERDICTS, about
from budget.present.pack_sheet_words import (
    ALL_DECIDED,
    APPROVALS,
    CLOSED,
    CLOSED_BY,
    CLOSED_NONE,
    DECIDED,
    DECISIONS,
    DECISIONS_HEADS,
    DECISIONS_LEAD,
    EARLIER,
    LOCKED,
    LOCKED_BY,
    LOCKED_NONE,
    NO_NOTES,
    NOTES,
    NOTHING,
)
from budget.reports.pack_cells import Cell, day, money, text
from budget.reports.pack_draft import Draft
from budget.reports.pack_sheet import Sheet
from budget.store import Decision

KINDS = ("text", "text", "day", *["money"] * 6, "text", "text", "day", "text", "text")
WIDTHS = (11, 26, 13, 13, 13, 14, 13, 14, 14, 14, 17, 13, 11, 40)
"""Notes and approvals stand in the same columns."""


def decisions_sheet(sheet: Sheet, draft: Draft, *, approvals: bool = False) -> None:
    """Write the sheet; `approvals` adds what was closed and approved, and shows all decisions."""
    pack = draft.pack
    sheet.heading(draft.say(APPROVALS if approvals else DECISIONS), draft.say(DECISIONS_LEAD, currency=draft.currency))
    if approvals:
        _table(sheet, draft, draft.say(ALL_DECIDED), pack.decisions)
        _closed(sheet, draft)
        _locked(sheet, draft)
    else:
        _table(sheet, draft, draft.say(EARLIER), pack.earlier)
        _table(sheet, draft, draft.say(DECIDED), pack.decided)
    _notes(sheet, draft)


def _table(sheet: Sheet, draft: Draft, title: str, decisions: Sequence[Decision]) -> None:
    sheet.section(title)
    if not decisions:
        sheet.note(draft.say(NOTHING))
        return
    sheet.head([draft.say(each) for each in DECISIONS_HEADS], KINDS)
    for one in decisions:
        sheet.line(_decision(draft, one))


def _decision(draft: Draft, one: Decision) -> list[Cell]:
    effect = draft.pack.effects.get(one.decision_id)
    verdict = one.verdict or (effect.verdict if effect else None)
    observed = effect.change_micros if effect else one.observed_micros
    return [
        text(draft.say(ACTIONS[one.action])),
        text(about(draft.words, draft.names, one)),
        day(one.week_start),
        money(one.before_micros),
        money(one.amount_micros),
        money(one.expected_low_micros, "money_signed"),
        money(one.expected_likely_micros, "money_signed"),
        money(one.expected_high_micros, "money_signed"),
        money(observed, "money_signed"),
        text(draft.say(VERDICTS[verdict])) if verdict else Cell("text", None),
        text(one.owner),
        day(one.due_date),
        text(draft.say(STATUSES[one.status])),
        text(one.reason),
    ]


def _notes(sheet: Sheet, draft: Draft) -> None:
    sheet.section(draft.say(NOTES))
    for one in draft.pack.said:
        week = draft.numbers.week(one.week_start)
        sheet.note(" · ".join(part for part in (week, one.author, one.body) if part), "text")
    if not draft.pack.said:
        sheet.note(draft.say(NO_NOTES))


def _closed(sheet: Sheet, draft: Draft) -> None:
    sheet.section(draft.say(CLOSED))
    for one in draft.pack.closings:
        period = draft.numbers.period(one.start_date, one.end_date)
        facts = {"period": period, "who": one.closed_by, "day": draft.numbers.date(_day(one.closed_at))}
        said = draft.say(CLOSED_BY, **facts)
        sheet.note(f"{said}. {one.note}" if one.note else said, "text")
    if not draft.pack.closings:
        sheet.note(draft.say(CLOSED_NONE))


def _locked(sheet: Sheet, draft: Draft) -> None:
    sheet.section(draft.say(LOCKED))
    locked = [one for one in draft.pack.versions if one.status == "locked"]
    for one in locked:
        facts = {"plan": one.name, "version": str(one.version), "who": one.updated_by}
        facts["day"] = draft.numbers.date(_day(one.updated_at))
        sheet.note(draft.say(LOCKED_BY, **facts), "text")
    if not locked:
        sheet.note(draft.say(LOCKED_NONE))


def _day(at: datetime | None) -> date | None:
    return at.date() if at else None
