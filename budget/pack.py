"""What a pack to pass on says: the results of the screens, made once, for the workbook, the slides and the summary."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Literal

from budget.closing import closings_of
from budget.effects import Effect
from budget.findings import Finding
from budget.forecast import Forecast
from budget.frontier import Frontier
from budget.immature import Arrived, Immature, arrived
from budget.next_hundred import NextHundred
from budget.optional_lines import OptionalLine
from budget.pacing import Pacing
from budget.plan import PlanHead, PlanLine, StoredPlan
from budget.platform_pacing import PlatformPace
from budget.pnl import ProfitAndLoss
from budget.projection import Projection
from budget.record import Record
from budget.review import Review
from budget.store import Closing, Decision, ImportRecord, Note
from budget.trust import Campaign, Trust
from budget.weeks import WEEK, Period, week_of

Kind = Literal["weekly", "owner"]
KINDS: tuple[Kind, ...] = ("weekly", "owner")
WATCHED = 5 * WEEK
"""Closed decisions stay that long: their effect is watched for four weeks."""


@dataclass(frozen=True, eq=False)
class Results:
    """The screens' results of one firm, plan and data version; None where a screen has nothing to show either.

    `plan` judges (the baseline, or the draft while nothing is locked), `now` is the plan that is worked with. `review`
    covers `span` (a week or a month, None all to date), `to_date` everything to date. `uploads` are active imports.
    `decisions` and `notes` are all of the firm's, the newest first. `made_at` is UTC, `today` the firm's date.
    `platforms` is the pacing of each platform, `early` the weeks whose conversions still arrive; `hundred` is what the
    next 100 brings. `first_to_go` are the lines that go when money gets tight, `closings` the closed weeks and months,
    `versions` all plans of the firm, `effects` by decision_id what came of decisions that can be measured.
    """

    firm: str
    plan: StoredPlan
    now: StoredPlan
    data_version: int
    today: date
    made_at: datetime
    span: Period | None
    review: Review | None
    to_date: Review | None
    pacing: Pacing | None
    projection: Projection | None
    forecast: Forecast | None
    frontier: Frontier | None
    record: Record
    trust: Trust
    campaigns: tuple[Campaign, ...]
    uploads: tuple[ImportRecord, ...]
    decisions: tuple[Decision, ...]
    notes: tuple[Note, ...]
    platforms: tuple[PlatformPace, ...] = ()
    early: Immature | None = None
    hundred: NextHundred | None = None
    first_to_go: tuple[OptionalLine, ...] = ()
    closings: tuple[Closing, ...] = ()
    versions: tuple[PlanHead, ...] = ()
    effects: Mapping[int, Effect] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Pack(Results):
    """A pack of one kind. `decided` after its days, `earlier` those whose effect is looked at; both the oldest first.

    `said` are the notes of its weeks, the oldest first. `optional` lines go first when money has to be saved.
    """

    kind: Kind = "weekly"
    decided: tuple[Decision, ...] = ()
    earlier: tuple[Decision, ...] = ()
    said: tuple[Note, ...] = ()
    optional: tuple[PlanLine, ...] = ()

    @property
    def period(self) -> Period | None:
        """The days that the pack speaks of: those of its review, else its span, else the plan's."""
        return self.review.period if self.review else self.span or self.plan.period

    @property
    def arrived(self) -> Arrived:
        """What has arrived of the conversions of its days; all where nothing is known."""
        if self.review is None or self.early is None:
            return Arrived()
        return arrived(self.plan, self.early, self.review.actual, self.review.weeks)

    @property
    def taken(self) -> tuple[Decision, ...]:
        """What was decided and not dropped since."""
        return tuple(one for one in self.decided if one.status != "dropped")

    @property
    def closing(self) -> Closing | None:
        """How its days were closed last; None while they are open, or where they are no whole week or month."""
        return next(iter(closings_of(self.span, self.closings)), None) if self.span else None

    @property
    def unmatched(self) -> tuple[Campaign, ...]:
        """Campaigns whose money counts for no line."""
        return tuple(one for one in self.campaigns if one.line_key is None)

    @property
    def statement(self) -> ProfitAndLoss | None:
        """The income statement of the pack: what happened in its days, else the plan at its likely figures."""
        if self.review:
            return self.review.actual_pnl
        return self.forecast.pnl if self.forecast else None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is left out or assumed in the review."""
        return self.review.findings if self.review else ()


def weekly_pack(found: Results) -> Pack:
    """The manager's pack of a week, or of all to date."""
    return _pack(found, "weekly")


def owner_pack(found: Results) -> Pack:
    """The owner's pack of a month, or of all to date, with the lines that go first."""
    return _pack(found, "owner")


def pack_of(found: Results, kind: Kind) -> Pack:
    """The pack of that kind."""
    return owner_pack(found) if kind == "owner" else weekly_pack(found)


def _pack(found: Results, kind: Kind) -> Pack:
    held = {one.name: getattr(found, one.name) for one in fields(Results)}
    weeks = _weeks(found)
    opens, ends = _open_weeks(found)
    kept = tuple(reversed(found.decisions))
    return Pack(
        **held,
        kind=kind,
        decided=tuple(one for one in kept if opens <= one.week_start < ends),
        earlier=tuple(one for one in kept if one.week_start < opens and _is_watched(one, opens)),
        said=tuple(one for one in reversed(found.notes) if one.week_start and _holds(weeks, one.week_start)),
        optional=tuple(line for line in found.now.lines if line.commitment == "optional"),
    )


def _open_weeks(found: Results) -> tuple[date, date]:
    """From which Monday and before which day decisions of this pack hold: without end while its days are the last.

    What is decided on a week holds from the week after it, on a month from its own weeks on; to date, from the first
    whole week to come.
    """
    if found.span is None:
        monday = week_of(found.today)
        return (monday if monday == found.today else monday + WEEK), date.max
    start, end = found.span
    return (end if found.span.days <= WEEK.days else start), (date.max if end + WEEK > found.today else end + WEEK)


def _is_watched(one: Decision, opens: date) -> bool:
    """Open ones, and those closed a few weeks ago, whose effect still shows."""
    return one.status == "open" or one.week_start >= opens - WATCHED


def _weeks(found: Results) -> Period:
    """Mondays of the pack's weeks: of its span, else the last week of the review, else this week."""
    if found.span is not None:
        return Period(week_of(found.span.start), found.span.end)
    last = found.to_date.weeks[-1] if found.to_date else week_of(found.today)
    return Period(last, last + WEEK)


def _holds(period: Period, day: date) -> bool:
    return period.start <= day < period.end
