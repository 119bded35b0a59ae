"""A plan workbook that came back: whose it is, what it says, and what differs from the plan as it stands."""

from dataclasses import dataclass, replace

from budget.exports.book import Book, read_book
from budget.findings import Fact, Finding
from budget.merging import merged
from budget.plan import StoredPlan
from budget.plan_changes import Change, changes_of
from budget.reports.plan_meta import PARTS, Meta, meta_of
from budget.reports.plan_reading import typed_plan
from budget.reports.plan_tables import tables_of

MERGE, WHOLE = "merge", "whole"
"""Answers to "the plan changed meanwhile: what shall stay?": only what I changed, or the workbook as it is."""


@dataclass(frozen=True)
class Upload:
    """What a workbook would make of the plan.

    `plan` is what would be saved, None while something stops it or waits for an answer; `meanwhile` what others changed
    since the workbook was made; `asks` the questions: `budget` (`lines` or `weeks`), `meanwhile` (`merge` or `whole`).
    """

    plan: StoredPlan | None
    changes: tuple[Change, ...] = ()
    meanwhile: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()
    asks: tuple[str, ...] = ()


def read_plan_file(data: bytes, plan: StoredPlan, *, budget: str = "", meanwhile: str = "") -> Upload:
    """The workbook laid against the plan that it would be loaded into; `plan` itself never changes.

    Never raises for any bytes: what is wrong is among the findings, each with its cell.
    """
    book = read_book(data)
    if isinstance(book, Finding):
        return Upload(None, findings=(book,))
    return read_plan_book(book, plan, budget=budget, meanwhile=meanwhile)


def read_plan_book(book: Book, plan: StoredPlan, *, budget: str = "", meanwhile: str = "") -> Upload:
    """The same of a workbook whose cells have been read."""
    meta = meta_of(book)
    tables, findings = tables_of(book, meta.language if meta else "en")
    if not tables:
        return Upload(None, findings=(Finding("PLANBOOK_NOT_ONE", "stop"),))
    findings += _about(meta, plan)
    origin = meta.origin if meta else None
    typed = typed_plan(tables, _with_parts(plan, origin) if origin else plan, budget)
    findings += typed.findings
    asks = ("budget",) if any(one.code in _OF_BUDGET and one.severity == "ask" for one in findings) else ()
    moved = _moved(meta, origin, plan)
    if moved and not meanwhile:
        asks = (*asks, "meanwhile")
    stopped = any(finding.severity == "stop" for finding in findings)
    if typed.plan is None or stopped or asks:
        return Upload(None, meanwhile=moved, findings=tuple(findings), asks=asks)
    target = _with_parts(plan, typed.plan)
    if moved and origin and meanwhile == MERGE:
        target = merged(_with_parts(plan, origin), target, plan, mine_wins=True).plan
    return Upload(target, changes_of(plan, target), moved, tuple(findings))


_OF_BUDGET = ("PLANBOOK_BUDGET_DIFFERS", "PLANBOOK_WEEK_OUTSIDE")


def _with_parts(plan: StoredPlan, parts: StoredPlan) -> StoredPlan:
    """The plan with the lines, weeks, figures and so on of another."""
    return replace(plan, **{part: getattr(parts, part) for part in PARTS})


def _moved(meta: Meta | None, origin: StoredPlan | None, plan: StoredPlan) -> tuple[Change, ...]:
    """What changed in the plan since the workbook was made from it."""
    if meta is None or origin is None or not _is_of(meta, plan):
        return ()
    return changes_of(_with_parts(plan, origin), plan)


def _is_of(meta: Meta, plan: StoredPlan) -> bool:
    return (meta.plan_id, meta.workspace_id) == (plan.plan_id, plan.workspace_id)


def _about(meta: Meta | None, plan: StoredPlan) -> list[Finding]:
    """Whose workbook it is, where that is not simply this plan's."""
    if meta is None:
        return [Finding("PLANBOOK_NO_META", "warn")]
    if meta.currency != plan.currency:
        return [Finding("PLANBOOK_CURRENCY", "stop", "", {"found": meta.currency, "expected": plan.currency})]
    names: dict[str, Fact] = {"found": meta.name, "expected": plan.name}
    if meta.status == "locked":
        return [Finding("PLANBOOK_LOCKED", "warn", "", names)]
    if not _is_of(meta, plan):
        return [Finding("PLANBOOK_OTHER_PLAN", "warn", "", names)]
    if meta.version != plan.version:
        facts: dict[str, Fact] = {"found": meta.version, "expected": plan.version}
        return [Finding("PLANBOOK_OLDER", "info", "", facts)]
    return []
