"""What was decided before and what came of it, what is decided now, notes, and who closed or approved what."""

from collections.abc import Sequence
from datetime import date, datetime

from budget.present.decision_words import ACTIONS, STATUSES, VERDICTS, about
from budget.present.words import N_
from budget.reports.pack_cells import Cell, day, money, text
from budget.reports.pack_data import CHANNEL
from budget.reports.pack_draft import Draft
from budget.reports.pack_sheet import Sheet
from budget.store import Decision

DECISIONS, APPROVALS = N_("Decisions"), N_("Decisions and approvals")
LEAD = N_("Expected and observed: the change of a week's profit after media, {currency}; range: 8 of 10 outcomes.")
EARLIER, DECIDED, NOTES = N_("Decided before, and its effect"), N_("Decided now"), N_("Notes")
ALL_DECIDED = N_("All decisions, the newest first")
NOTHING, NO_NOTES = N_("Nothing was decided."), N_("No notes.")
HEADS = (
    N_("Do"), CHANNEL, N_("A week from"), N_("A week before"), N_("A week then"), N_("Expected, low"), N_("Expected"),
    N_("Expected, high"), N_("Observed"), N_("Verdict"), N_("Who"), N_("Due"), N_("State"), N_("Reason"),
)  # fmt: skip
KINDS = ("text", "text", "day", *["money"] * 6, "text", "text", "day", "text", "text")
CLOSED, CLOSED_NONE = N_("Weeks and months closed"), N_("No week or month was closed yet.")
LOCKED, LOCKED_NONE = N_("Approved baselines"), N_("No baseline was approved yet.")
WIDTHS = (11, 26, 12, 12, 12, 12, 12, 12, 12, 13, 16, 12, 10, 40)
"""Notes and approvals stand in the same columns."""


def decisions_sheet(sheet: Sheet, draft: Draft, *, approvals: bool = False) -> None:
    """Write the sheet; `approvals` adds what was closed and approved, and shows all decisions."""
    pack = draft.pack
    sheet.heading(draft.say(APPROVALS if approvals else DECISIONS), draft.say(LEAD, currency=draft.currency))
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
    sheet.head([draft.say(each) for each in HEADS], KINDS)
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
        said = draft.say(N_("{period}: closed by {who} on {day}"), **facts)
        sheet.note(f"{said}. {one.note}" if one.note else said, "text")
    if not draft.pack.closings:
        sheet.note(draft.say(CLOSED_NONE))


def _locked(sheet: Sheet, draft: Draft) -> None:
    sheet.section(draft.say(LOCKED))
    locked = [one for one in draft.pack.versions if one.status == "locked"]
    for one in locked:
        facts = {"plan": one.name, "version": str(one.version), "who": one.updated_by}
        facts["day"] = draft.numbers.date(_day(one.updated_at))
        sheet.note(draft.say(N_("{plan}, version {version}: approved by {who} on {day}"), **facts), "text")
    if not locked:
        sheet.note(draft.say(LOCKED_NONE))


def _day(at: datetime | None) -> date | None:
    return at.date() if at else None
