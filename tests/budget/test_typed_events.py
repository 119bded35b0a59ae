"""Tables of events and months: what is typed is kept, what cannot be read is said and changes nothing."""

from datetime import date
from typing import Any

import pytest

from budget.plan import PlanEvent
from budget.season import months, with_months
from budget.typed_events import typed_events, typed_months
from budget.typed_numbers import Writing
from tests.budget.builders import usual_plan

PLAN = usual_plan()
POINT, COMMA = Writing("."), Writing(",")


def row(**cells: Any) -> dict[str, Any]:
    """A row of the table of events: Black Friday at its example."""
    usual = {"name": "Black Friday", "start": date(2026, 11, 26), "last": date(2026, 11, 30), "factor": "1.60",
             "price": "1.40", "reason": "last year", "factor_was": 1.6, "price_was": 1.4}  # fmt: skip
    return usual | cells


EVENT = PlanEvent("Black Friday", date(2026, 11, 26), date(2026, 12, 1), 1.6, 1.4, "last year")


def events(*rows: dict[str, Any], writing: Writing = POINT) -> tuple[tuple[PlanEvent, ...], list[str]]:
    """Events that the rows make, and codes of findings."""
    found = typed_events(PLAN, rows, writing, unnamed="Event")
    return found.plan.events, [one.code for one in found.findings]


def test_a_row_is_an_event() -> None:
    """Name, first and last day, multipliers and reason are kept; the last day is included."""
    assert events(row()) == ((EVENT,), [])
    assert typed_events(PLAN, [], POINT, unnamed="Event").plan is PLAN


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"last": None}, (date(2026, 11, 26), date(2026, 11, 27))),
        ({"start": None}, (date(2026, 11, 30), date(2026, 12, 1))),
        ({"start": "2026-11-27T00:00:00.000", "last": "2026-11-27"}, (date(2026, 11, 27), date(2026, 11, 28))),
        ({"last": date(2026, 11, 1)}, (date(2026, 11, 26), date(2026, 11, 2))),
    ],
    ids=["first day only", "last day only", "as a browser writes", "reversed stays as typed"],
)
def test_days_are_kept_as_typed(cells: dict[str, Any], found: tuple[date, date]) -> None:
    """One day alone is an event of a day; days in the wrong order stay, for `check_season` to name."""
    ((event,), said) = events(row(**cells))
    assert ((event.start_date, event.end_date), said) == (found, [])


@pytest.mark.parametrize("day", [None, float("nan"), "someday", date(26, 11, 26), date(2100, 1, 1)])
def test_an_event_needs_days_that_can_be_stored(day: Any) -> None:
    """Without a day from 2000 to 2099 the row is left out and named; a row with nothing in it is no event at all."""
    assert events(row(start=day, last=None)) == ((), ["EVENT_UNDATED"])
    assert events({"name": None, "start": None, "last": None}) == ((), [])


@pytest.mark.parametrize(
    ("text", "writing", "factor"), [("1,5", COMMA, 1.5), ("1.5", COMMA, 1.5), ("0.85", POINT, 0.85), ("", POINT, 1.0)]
)
def test_multipliers_are_read_as_the_language_writes_them(text: str, writing: Writing, factor: float) -> None:
    """Comma and point both work; an empty cell is 1."""
    ((event,), said) = events(row(factor=text, price=text), writing=writing)
    assert (event.factor, event.price_factor, said) == (factor, factor, [])


@pytest.mark.parametrize("text", ["much", "0", "-2", "1.5.5", "150%"])
def test_what_is_no_multiplier_keeps_the_one_before(text: str) -> None:
    """Words, 0 and negative numbers are named, and the earlier multiplier stands; without one it is 1."""
    ((event,), said) = events(row(factor=text))
    assert (event, said) == (EVENT, ["FACTOR_UNREADABLE"])
    ((event,), said) = events(row(price=text, price_was=float("nan")))
    assert (event.price_factor, said) == (1.0, ["FACTOR_UNREADABLE"])


def test_more_digits_than_shown_survive() -> None:
    """A multiplier of 1.6042 is shown as 1.60 and stays itself while nobody types another."""
    ((event,), _) = events(row(factor="1.60", factor_was=1.6042))
    assert event.factor == 1.6042


def test_months_are_kept_with_their_reason() -> None:
    """Cells that say 1, or nothing, are usual months; others are kept with why; untouched rows change nothing."""
    rows = [{"month": m, "demand": "1.00", "price": "1.00", "reason": ""} for m in range(1, 13)]
    assert typed_months(PLAN, rows, POINT).plan == PLAN
    rows[2] |= {"demand": "1,2", "price": "0,9", "reason": "Novruz"}
    found = typed_months(PLAN, rows, COMMA)
    assert {key: (row.likely, row.source) for key, row in months(found.plan).items()} == {
        ("demand", 3): (1.2, "Novruz"), ("price", 3): (0.9, "Novruz"),
    }  # fmt: skip
    assert found.findings == ()
    rows[2] |= {"demand": "", "price": "1", "reason": "Novruz"}
    assert typed_months(found.plan, rows, COMMA).plan == PLAN


def test_months_that_cannot_be_read_stay() -> None:
    """A word in a month's cell leaves its multiplier, and the month is named."""
    plan = with_months(PLAN, "demand", {5: 1.3}, "x")
    found = typed_months(plan, [{"month": 5, "demand": "many", "price": "1.00", "reason": "x"}], POINT)
    assert found.plan == plan
    ((code, facts),) = [(one.code, one.facts) for one in found.findings]
    assert (code, facts["month"], facts["kept"]) == ("FACTOR_UNREADABLE", 5, 1.3)
