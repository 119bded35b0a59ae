"""Which exports are still missing: by the last Sunday, never for what has not begun or is over."""

from datetime import date, timedelta
from unittest.mock import Mock

import pandas as pd
import pytest

from budget.due import Due, datasets_of, due, gaps_of
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


def test_the_days_to_export_are_named() -> None:
    """From the first day without data, or from the flight's own start, up to the Sunday."""
    (google, meta) = due(PLAN, {"meta": SUNDAY}, AFTER)
    assert google.missing == (START, ENDED)
    assert meta.missing == (SUNDAY, AFTER)


def test_a_platform_outside_the_plan_is_asked_for_while_it_runs() -> None:
    """What was uploaded within four weeks is still wanted; what stopped long ago is over."""
    rest = {"meta": AFTER, "google": ENDED}
    lately = AFTER - timedelta(days=10)
    (found,) = due(PLAN, rest | {"tiktok": lately}, AFTER)
    assert (found.platform, found.until, found.missing) == ("tiktok", lately, (lately, AFTER))
    assert due(PLAN, rest | {"tiktok": AFTER - timedelta(weeks=4)}, AFTER) == ()


def test_gaps_are_counted_by_platform() -> None:
    """Days without rows of all accounts of a platform, said beside what is missing."""
    coverage = pd.DataFrame({"platform": ["meta", "meta", "google"], "missing_days": [2, 1, 0]})
    gaps = gaps_of(coverage)
    assert gaps == {"meta": 3, "google": 0}
    (found,) = due(PLAN, {"meta": SUNDAY, "google": ENDED}, AFTER, gaps)
    assert found.gaps == 3
    assert gaps_of(coverage.head(0)) == {}


@pytest.mark.parametrize(
    ("kind", "platform", "dataset"),
    [
        ("metrics", "ga4", "web"), ("metrics", "search_console", "web"), ("orders", "shopify", "orders"),
        ("orders", "other", "orders"), ("posts", "meta", "pages"), ("metrics", "tiktok", "pages"),
        ("delivery", "meta", ""), ("leads", "meta", ""),
    ],
)  # fmt: skip
def test_other_datasets_are_known_by_what_was_uploaded(kind: str, platform: str, dataset: str) -> None:
    """An active upload of the kind counts; an undone one does not."""
    record = Mock(kind=kind, platform=platform, status="active")
    assert datasets_of([record]) == ({dataset} if dataset else set())
    record.status = "undone"
    assert datasets_of([record]) == set()
