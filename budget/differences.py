"""What two versions of a plan differ in: every change, and the money by line, exact."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from budget.plan import StoredPlan
from budget.plan_changes import Change, changes_of

SWAPPED = {"added": "removed", "removed": "added"}


@dataclass(frozen=True)
class LineDifference:
    """The money of one line in both versions, 0 where it is not in one; `weeks` of other money, in order."""

    line_key: str
    before_micros: int
    after_micros: int
    weeks: tuple[date, ...] = ()

    @property
    def budget_micros(self) -> int:
        """What the line has more in the second version."""
        return self.after_micros - self.before_micros


@dataclass(frozen=True)
class Differences:
    """From one version to the other: `changes` item by item and field by field, `lines` with all lines of both."""

    changes: tuple[Change, ...]
    lines: tuple[LineDifference, ...]
    before_micros: int
    after_micros: int

    @property
    def budget_micros(self) -> int:
        """What the whole plan has more in the second version: the sum over its lines."""
        return self.after_micros - self.before_micros

    @property
    def is_empty(self) -> bool:
        """Whether both versions say the same."""
        return not self.changes

    def counted(self, part: str) -> dict[str, int]:
        """How many items of a part were added, removed and changed (each once)."""
        found = {(change.kind, change.item) for change in self.changes if change.part == part}
        return dict(Counter(kind for kind, _ in sorted(found, key=repr)))


def differences(before: StoredPlan, after: StoredPlan) -> Differences:
    """Everything that differs but the names of the plans; a week without a row is a week without money."""
    found = tuple(change for change in changes_of(before, after) if not _is_nothing(change))
    if before.currency != after.currency:
        found = (Change("changed", "plan", (), "currency", before.currency, after.currency), *found)
    return Differences(found, _lines(before, after), before.budget_micros, after.budget_micros)


def inverse(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes that lead back."""
    return tuple(
        replace(one, kind=SWAPPED.get(one.kind, one.kind), before=one.after, after=one.before) for one in changes
    )


def _is_nothing(change: Change) -> bool:
    """Whether a week came or went that has no money."""
    if change.part != "weeks" or change.kind == "changed":
        return False
    return not (change.before or change.after).budget_micros


def _lines(before: StoredPlan, after: StoredPlan) -> tuple[LineDifference, ...]:
    budgets = [{line.line_key: line.budget_micros for line in plan.lines} for plan in (before, after)]
    weeks = [{(week.line_key, week.week_start): week.budget_micros for week in plan.weeks} for plan in (before, after)]
    moved: dict[str, list[date]] = {}
    for key, start in sorted({*weeks[0], *weeks[1]}):
        if weeks[0].get((key, start), 0) != weeks[1].get((key, start), 0):
            moved.setdefault(key, []).append(start)
    keys = dict.fromkeys([*budgets[1], *budgets[0]])
    return tuple(
        LineDifference(key, budgets[0].get(key, 0), budgets[1].get(key, 0), tuple(moved.get(key, ()))) for key in keys
    )
