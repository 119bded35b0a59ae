"""What all blocks of the review are made of, gathered once a run from the same cached results."""

from collections.abc import Mapping
from dataclasses import dataclass

from budget.actuals import Actuals
from budget.forecast import Missing
from budget.immature import Arrived, Immature, arrived, early_from
from budget.next_hundred import NextHundred
from budget.pacing import Pacing
from budget.plan import StoredPlan
from budget.projection import Projection
from budget.promised import Promised
from budget.review import Review
from budget.weeks import Period


@dataclass(frozen=True, eq=False)
class Looks:
    """`plan` judges, `now` is worked with; `found` is the review of `span` (None all to date).

    `paced` and `projection` are of the whole plan, whatever the span; `hundred` of its weeks to come. `whole` is the
    review to date, of which small pictures show the weeks up to the span's end. `promised`: what an earlier forecast
    said of the end.
    """

    plan: StoredPlan
    now: StoredPlan
    span: Period | None
    found: Review
    whole: Review
    uploaded: Actuals
    early: Immature
    paced: Pacing | None
    projection: Projection | None
    promised: Promised | None
    hundred: NextHundred | Missing
    names: Mapping[str, str]

    @property
    def arrived(self) -> Arrived:
        """What has arrived of the span's conversions."""
        return arrived(self.plan, self.early, self.found.actual, self.found.weeks)

    @property
    def weeks(self) -> int:
        """Weeks from the first one of the plan to the last one of the span."""
        last = self.found.weeks[-1]
        return sum(1 for week in self.whole.weeks if week <= last)

    @property
    def early_from(self) -> int:
        """The place of the first of those weeks that is not judged."""
        return early_from(self.plan, self.early, self.whole.actual, self.whole.weeks)
