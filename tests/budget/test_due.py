"""Which exports are still missing: by the last Sunday, never for what has not begun or is over."""

from datetime import date, timedelta

import pytest

from budget.due import Due, due
from tests.budget.builders import START, line, plan_of

SUNDAY = START + timedelta(days=6 + 7 * 3)
AFTER = SUNDAY + timedelta(days=1)
PLAN = plan_of(line("m", "meta", "prospecting", 100.0), line("g", "google", "search", 100.0, weeks=2))
ENDED = START + timedelta(weeks=2)


@pytest.mark.parametrize("today", [AFTER, AFTER + timedelta(days=6)])
def test_data_must_reach_the_last_sunday(today: date) -> None:
    """From Monday to Sunday the last whole week counts: a day short is missing, the Sunday itself is enough."""
    assert due(PLAN, {"meta": AFTER, "google": ENDED}, today) == ()
    assert due(PLAN, {"meta": SUNDAY, "google": ENDED}, today) == (Due("meta", SUNDAY),)


def test_a_line_that_ended_needs_data_to_its_end_only() -> None:
    """A flight of two weeks is never asked for a third."""
    short = ENDED - timedelta(days=1)
    assert due(PLAN, {"meta": AFTER, "google": short}, AFTER) == (Due("google", short),)


def test_what_was_never_uploaded_is_missing_without_a_day() -> None:
    """Planned platforms without data are named, those outside the plan are not."""
    assert due(PLAN, {"tiktok": AFTER}, AFTER) == (Due("google", None), Due("meta", None))


def test_nothing_is_missing_in_the_first_week() -> None:
    """Before the first whole week is over nobody is asked for anything."""
    for day in range(-3, 7):
        assert due(PLAN, {}, START + timedelta(days=day)) == ()
    assert due(PLAN, {}, START + timedelta(days=7)) != ()
