"""Fatigue: beyond a limit and beyond chance, the season taken out, against the line's own first weeks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from budget.actuals import Actuals
from budget.fatigue import Fatigue, fatigue
from budget.frequency import with_cap
from budget.measures import Measures
from budget.plan import PlanEvent, StoredPlan
from tests.budget.builders import usual_plan, week

KEY = "meta-prospecting"
WEEKS = tuple(week(n) for n in range(13))


def told(
    clicks: Sequence[int], *, spend: Sequence[int] | None = None, people: Sequence[int | None] | None = None,
    plan: StoredPlan | None = None, until: date | None = None,
) -> Fatigue | None:  # fmt: skip
    """A line with 100,000 ads a week: clicks by week, spend in manat (400 a week) and people reached."""
    money = spend or [400] * len(clicks)
    row = [
        Measures(spend_micros=paid * 1_000_000, impressions=100_000, clicks=n)
        for n, paid in zip(clicks, money, strict=True)
    ]
    rest = [Measures()] * (13 - len(row))
    reach = {KEY: (*(people or [None] * len(row)), *[None] * len(rest))}
    measures = {line.line_key: (Measures(),) * 13 for line in usual_plan().lines} | {KEY: (*row, *rest)}
    ends = {"meta": until or week(len(clicks))}
    actuals = Actuals(WEEKS, measures, ends, Measures(), {}, frozenset(), reach)
    return next((row for row in fatigue(plan or usual_plan(), actuals) if row.line_key == KEY), None)


def codes(found: Fatigue | None) -> list[str]:
    """What was found."""
    assert found is not None
    return [finding.code for finding in found.findings]


def test_a_click_rate_that_falls_is_found_with_its_change() -> None:
    """From 1.3 % in the first three weeks to 0.9 % in the last two."""
    found = told([1300, 1290, 1310, 1200, 1100, 950, 850])
    assert codes(found) == ["FATIGUE_CTR"]
    assert found is not None
    facts = found.findings[0].facts
    assert (facts["before"], facts["now"]) == (0.013, 0.009)


def test_counting_chance_is_no_fatigue() -> None:
    """A third fewer clicks of about twelve a week is chance; so is a fall of less than a tenth, and a rise."""
    assert codes(told([12, 13, 11, 12, 8, 8])) == []
    assert codes(told([13_000, 13_010, 12_990, 12_900, 12_500, 12_400])) == []
    assert codes(told([900, 900, 900, 1000, 1300, 1350])) == []


def test_weeks_that_jump_anyway_hide_a_fall() -> None:
    """Where neighbouring weeks differ by half, a third less proves nothing."""
    assert codes(told([1300, 700, 1400, 650, 1250, 600, 900, 800])) == []


def test_views_above_the_cap_are_too_many() -> None:
    """100,000 ads to 12,000 people are 8.3 each: over the usual cap of 6, under a cap of 9; unknown people are no 0."""
    people = [30_000, 20_000, 12_000]
    assert codes(told([1300] * 3, people=people)) == ["FATIGUE_FREQUENCY"]
    assert codes(told([1300] * 3, people=people, plan=with_cap(usual_plan(), 9.0))) == []
    found = told([1300] * 3)
    assert found is not None
    assert found.frequency == (None, None, None)


def test_dear_views_of_a_dear_season_are_no_fatigue() -> None:
    """Half as dear again in the last two weeks is found; not where an event makes views so dear in these weeks."""
    spend = [400, 402, 398, 401, 400, 600, 602]
    assert codes(told([1300] * 7, spend=spend)) == ["FATIGUE_CPM"]
    dear = PlanEvent("Sales", week(5), week(7), price_factor=1.5)
    assert codes(told([1300] * 7, spend=spend, plan=replace(usual_plan(), events=(dear,)))) == []


def test_a_week_that_was_not_exported_to_its_end_does_not_count() -> None:
    """The week that is still running is left out, and a line without ads has no row."""
    found = told([1300] * 4, until=week(3))
    assert found is not None
    assert len(found.ctr) == 3
    assert told([1300], until=week(0)) is None
