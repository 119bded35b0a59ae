"""Closed periods and alerts that were seen."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budget.store import (
    Acknowledgement,
    Closing,
    InvalidValue,
    PlanMissing,
    RecordChanged,
    Store,
    doctor,
)
from tests.budget.store.full import LATER
from tests.budget.store.given import MONDAY

BODY = {"profit": {"plan": 5, "actual": -7}, "drivers": [["cpm", -12]]}
WEEK = Closing("week", MONDAY, MONDAY + timedelta(days=7), 1, 1, 0, BODY)
MONTH = replace(WEEK, kind="month", start_date=date(2026, 12, 1), end_date=date(2027, 1, 1))
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text(st.characters(codec="utf-8"), max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture
def week(store: Store, firm: int) -> Closing:
    """The week of a plan that is there."""
    return replace(WEEK, plan_id=store.create_plan(firm, name="Plan", currency="AZN").plan_id)


def test_a_period_is_kept_as_it_was_read(store: Store, firm: int, week: Closing) -> None:
    """Its figures, the plan and data that it was read from, who and when; the newest first; figures stay current."""
    before = store.data_version(firm)
    first = store.add_closing(firm, week)
    second = store.add_closing(firm, replace(MONTH, plan_id=week.plan_id))
    assert first == replace(
        week, body_sha256=first.body_sha256, closed_by="local", closed_at=first.closed_at, closing_id=first.closing_id
    )
    assert len(first.body_sha256) == 64
    assert first.closed_at is not None
    assert store.closings(firm) == (second, first)
    assert store.data_version(firm) == before


def test_a_period_is_closed_again_with_a_reason(store: Store, firm: int, week: Closing) -> None:
    """The later revision stands beside the earlier one; two people who close the same week do not meet unseen."""
    first = store.add_closing(firm, week)
    with pytest.raises(RecordChanged) as caught:
        store.add_closing(firm, replace(week, body={}))
    assert (caught.value.seen, caught.value.stored) == (0, 1)
    with pytest.raises(InvalidValue):
        store.add_closing(firm, replace(week, revision=2, note=" "))
    again = store.add_closing(firm, replace(week, revision=2, note="Late orders came in", body={"profit": 0}))
    assert store.closings(firm) == (again, first)
    assert store.closings(firm)[1].body == BODY


@given(periods=st.lists(st.tuples(st.integers(0, 3), PLAIN), min_size=1, max_size=6))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_closing_loses_nothing(store: Store, firm: int, periods: list[tuple[int, Any]]) -> None:
    """Whatever is closed how often: every body comes back, revisions of a week count from 1, earlier ones stay."""
    plan = store.create_plan(firm, name="Plan", currency="AZN").plan_id
    kept = list(reversed(store.closings(firm)))
    for number, body in periods:
        start = MONDAY + number * timedelta(days=7)
        revision = 1 + sum(one.start_date == start for one in kept)
        new = Closing("week", start, start + timedelta(days=7), plan, 1, 0, {"body": body}, revision, "again")
        kept.append(store.add_closing(firm, new))
        assert kept[-1].body == {"body": body}
        assert tuple(reversed(kept)) == store.closings(firm)


@pytest.mark.parametrize(
    "change",
    [{"kind": "day"}, {"end_date": MONDAY}, {"end_date": MONDAY + timedelta(days=8)}, {"revision": 0},
     {"plan_version": 0}, {"data_version": -1}, {"body": {"x": float("inf")}}, {"body": {"x": object}},
     {"kind": "month"}, {"kind": "month", "start_date": date(2026, 3, 1), "end_date": date(2026, 3, 31)}],
    ids=("kind", "no-days", "eight-days", "revision", "plan", "data", "infinite", "object", "not-from-the-first",
         "not-to-the-next"),
)  # fmt: skip
def test_what_is_no_period_is_refused(store: Store, firm: int, week: Closing, change: dict[str, Any]) -> None:
    """Only whole weeks and whole months, with plain values."""
    with pytest.raises(InvalidValue):
        store.add_closing(firm, replace(week, **change))
    assert store.closings(firm) == ()


def test_a_closing_names_a_plan_of_its_firm(store: Store, firm: int, week: Closing) -> None:
    """Another firm's plan is missing, and its closings are not seen."""
    store.add_closing(firm, week)
    mine = store.create_workspace("Mine", currency="AZN").workspace_id
    with pytest.raises(PlanMissing):
        store.add_closing(mine, week)
    assert store.closings(mine) == ()


def test_the_doctor_sees_an_edited_closing(store: Store, firm: int, week: Closing) -> None:
    """A body changed behind the triggers' back, and a revision that is gone, are faults of that closing."""
    store.add_closing(firm, week)
    made = store.add_closing(firm, replace(week, revision=2, note="again"))
    url = f"sqlite:///{store.path}"
    store.close()
    with closing(sqlite3.connect(store.path, isolation_level=None)) as raw:
        (trigger,) = raw.execute("SELECT sql FROM sqlite_master WHERE name = 'closing_update_final'").fetchone()
        raw.execute("DROP TRIGGER closing_update_final")
        raw.execute("UPDATE closing SET body_json = '{}' WHERE revision = 1")
        raw.execute("UPDATE closing SET revision = 3 WHERE revision = 2")
        raw.execute(trigger)
    (fault,) = doctor.examine(url).faults
    assert (fault.code, fault.count, fault.example) == ("CLOSING", 2, f"closing {made.closing_id - 1}")


def test_alerts_that_were_seen(store: Store, firm: int) -> None:
    """Kept with their level, until when, by whom; the newest first; words and levels that cannot be are refused."""
    first = store.acknowledge(firm, Acknowledgement("pace:meta", 250_000, LATER))
    second = store.acknowledge(firm, Acknowledgement("pace:meta", 300_000))
    assert (first.until, first.acknowledged_by, first.acknowledged_at is not None) == (LATER, "local", True)
    assert store.acknowledgements(firm) == (second, first)
    for wrong in (Acknowledgement(" ", 1), Acknowledgement("x", 10**19), Acknowledgement("x" * 300, 1)):
        with pytest.raises(InvalidValue):
            store.acknowledge(firm, wrong)
    other = store.create_workspace("Other", currency="AZN").workspace_id
    assert store.acknowledgements(other) == ()
