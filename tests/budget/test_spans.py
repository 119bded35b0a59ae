"""Spans of a review: names as in the address, only with data, the newest first."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from budget.spans import name_of, spans_of, whole_week
from budget.weeks import Period

PLAN = Period(date(2026, 10, 19), date(2027, 1, 18))


def test_spans_with_data_are_offered() -> None:
    """Data to 17 November: five weeks, then two months, each the newest first; the week that runs is among them."""
    found = spans_of(PLAN, date(2026, 11, 18))
    assert list(found) == ["2026-W47", "2026-W46", "2026-W45", "2026-W44", "2026-W43", "2026-11", "2026-10"]
    assert found["2026-W46"] == Period(date(2026, 11, 9), date(2026, 11, 16))
    assert found["2026-10"] == Period(date(2026, 10, 1), date(2026, 11, 1))
    assert whole_week(found, date(2026, 11, 18)) == "2026-W46"


def test_without_data_or_dates_there_is_nothing_to_choose() -> None:
    """No upload, no plan, or data that end before the plan begins."""
    assert spans_of(PLAN, None) == spans_of(None, date(2026, 11, 18)) == spans_of(PLAN, date(2026, 10, 1)) == {}
    assert whole_week({}, None) is None
    assert whole_week(spans_of(PLAN, date(2026, 10, 22)), date(2026, 10, 22)) is None


def test_weeks_of_the_new_year_are_named_by_iso() -> None:
    """29 December 2025 begins week 1 of 2026."""
    assert name_of(Period(date(2025, 12, 29), date(2026, 1, 5))) == "2026-W01"


@given(st.dates(date(2026, 10, 20), date(2027, 3, 1)))
def test_every_day_with_data_is_in_one_week_and_one_month(until: date) -> None:
    """Whatever the day: the weeks and the months each cover all days of the plan with data exactly once."""
    found = spans_of(PLAN, until)
    days = PLAN.common(Period(PLAN.start, until)).days
    assert {name_of(span) for span in found.values()} == set(found)
    for weekly in (True, False):
        kind = [span for name, span in found.items() if ("W" in name) == weekly]
        assert sum(span.common(Period(PLAN.start, min(until, PLAN.end))).days for span in kind) == days
