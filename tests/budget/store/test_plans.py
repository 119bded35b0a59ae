# ruff: noqa: S608  # raw SQL against the triggers is the test; names come from the schema
"""Plans: whole, versioned, and never changed once locked."""

import hashlib
import json
import sqlite3
from contextlib import closing
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budget.plan import (
    COST_KINDS,
    PlanAssumption,
    PlanAudience,
    PlanChallenge,
    PlanCost,
    PlanEvent,
    PlanLine,
    PlanObjective,
    PlanWeek,
    StoredPlan,
)
from budget.store import InvalidValue, NotAllowed, PlanChanged, PlanLocked, PlanMissing, Store
from budget.store.plans import PARTS, content_sha256
from budget.store.schema import PLAN_PARTS

LINES = (PlanLine("l1", "meta", "prospecting", budget_micros=70), PlanLine("l2", "google", "search", budget_micros=30))
WEEKS = (PlanWeek("l1", date(2026, 3, 2), 70), PlanWeek("l2", date(2026, 3, 2), 30))

words = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
money = st.integers(0, 10**15)
amounts = st.integers(-(10**15), 10**15)
days = st.dates(date(2000, 1, 1), date(2100, 12, 31))
maybe = st.none() | days
reals = st.floats(allow_nan=False, allow_infinity=False)
keys = words.filter(str.strip)


def unique(kind: st.SearchStrategy[Any], *names: str) -> st.SearchStrategy[list[Any]]:
    """Up to four values that differ in these fields."""
    return st.lists(kind, max_size=4, unique_by=lambda item: tuple(getattr(item, name) for name in names))


lines = st.builds(
    PlanLine,
    line_key=keys,
    platform=words,
    tactic=words,
    objective_key=words,
    audience_key=words,
    start_date=maybe,
    end_date=maybe,
    budget_micros=money,
    commitment=st.sampled_from(("committed", "forecast", "optional")),
    owner=words,
    utm_campaign=words,
    note=words,
)
parts = st.fixed_dictionaries(
    {
        "name": keys,
        "currency": st.sampled_from(("AZN", "EUR")),
        "lines": unique(lines, "line_key"),
        "objectives": unique(
            st.builds(PlanObjective, words, words, words, amounts, amounts, maybe, words), "objective_key"
        ),
        "audiences": unique(st.builds(PlanAudience, words, words, money, words), "audience_key"),
        "challenges": unique(st.builds(PlanChallenge, words, st.booleans(), amounts, st.booleans()), "challenge"),
        "assumptions": unique(
            st.builds(PlanAssumption, words, words, reals, reals, reals, words, words, words, words, words),
            "scope",
            "key",
        ),
        "costs": st.lists(st.builds(PlanCost, st.sampled_from(COST_KINDS), money, maybe), max_size=4),
        "events": st.lists(st.builds(PlanEvent, words, days, days, reals), max_size=3),
    }
)


@given(parts=parts, weeks=st.lists(st.tuples(st.integers(0, 3), days, money), max_size=6))
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_saved_plan_comes_back_as_it_was(
    store: Store, firm: int, parts: dict[str, Any], weeks: list[tuple[int, date, int]]
) -> None:
    """Every field of every part, and their order, survive saving and loading; the version grows by one."""
    named = parts["lines"]
    chosen = {(named[i].line_key, day): PlanWeek(named[i].line_key, day, m) for i, day, m in weeks if i < len(named)}
    draft = store.create_plan(firm, name="Plan", currency="AZN")
    wanted = replace(draft, **{**parts, "weeks": list(chosen.values())})
    saved = store.save_plan(firm, wanted)
    assert saved.version == 2
    assert saved == store.plan(firm, draft.plan_id)
    for name in (*parts, "weeks"):
        expected = getattr(wanted, name)
        assert getattr(saved, name) == (tuple(expected) if isinstance(expected, list) else expected)


def test_a_stale_save_is_refused(store: Store, firm: int) -> None:
    """Who saves over somebody's newer version is told whose and when; nothing is lost."""
    first = store.create_plan(firm, name="Plan", currency="AZN", lines=LINES, weeks=WEEKS)
    saved = store.save_plan(firm, replace(first, name="Mine"))
    with pytest.raises(PlanChanged) as refused:
        store.save_plan(firm, replace(first, name="Yours"))
    assert (refused.value.seen, refused.value.stored, refused.value.by) == (1, 2, "local")
    assert refused.value.at == saved.updated_at
    assert store.plan(firm, first.plan_id).name == "Mine"


def test_a_lock_is_a_copy(store: Store, firm: int) -> None:
    """The baseline is a locked copy of the draft; the draft stays editable and is named as its base."""
    draft = store.create_plan(firm, name="Plan", currency="AZN", lines=LINES, weeks=WEEKS)
    locked = store.lock_plan(firm, draft.plan_id, seen_version=1)
    assert (locked.status, locked.based_on_plan_id, locked.lines) == ("locked", draft.plan_id, LINES)
    assert locked.content_sha256 == draft.content_sha256
    assert store.save_plan(firm, replace(draft, name="Next")).status == "draft"
    with pytest.raises(PlanChanged):
        store.lock_plan(firm, draft.plan_id, seen_version=1)
    assert {head.status for head in store.plans(firm)} == {"draft", "locked"}


def test_a_plan_without_later_columns_hashes_as_before(store: Store, firm: int) -> None:
    """Audiences and events that say nothing new keep the content hash that their plan had before those columns."""
    draft = store.create_plan(firm, name="Plan", currency="AZN")
    event = PlanEvent("Novruz", date(2026, 3, 20), date(2026, 3, 25), 1.5)
    plain = replace(draft, audiences=(PlanAudience("a"),), events=(event,))
    body: dict[str, Any] = {part: [] for part in PARTS} | {
        "name": "Plan",
        "currency": "AZN",
        "audiences": [{"audience_key": "a", "segment": "", "size": 0, "region": ""}],
        "events": [{"name": "Novruz", "start_date": "2026-03-20", "end_date": "2026-03-25", "factor": 1.5}],
    }
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    assert content_sha256(plain) == hashlib.sha256(text.encode()).hexdigest()
    for told in (replace(event, reason="gifts"), replace(event, price_factor=1.1)):
        assert content_sha256(replace(plain, events=(told,))) != content_sha256(plain)


def locked_plan(store: Store, firm: int) -> StoredPlan:
    """A locked plan with something in every part."""
    draft = store.create_plan(firm, name="Plan", currency="AZN", lines=LINES, weeks=WEEKS)
    full = replace(
        draft,
        objectives=(PlanObjective("o", "roas"),),
        audiences=(PlanAudience("a"),),
        challenges=(PlanChallenge("weak_traffic"),),
        assumptions=(PlanAssumption("business", "order_value", 1, 2, 3),),
        costs=(PlanCost("people", 5),),
        events=(PlanEvent("Novruz", date(2026, 3, 20), date(2026, 3, 25), 1.5),),
    )
    saved = store.save_plan(firm, full)
    return store.lock_plan(firm, saved.plan_id, seen_version=saved.version)


def test_no_method_changes_a_locked_plan(store: Store, firm: int) -> None:
    """Save, rename, archive, delete and lock again are refused, and the plan is as before."""
    locked = locked_plan(store, firm)
    key, seen = locked.plan_id, locked.version
    for act in (
        lambda: store.save_plan(firm, locked),
        lambda: store.save_plan(firm, replace(locked, status="draft")),
        lambda: store.rename_plan(firm, key, "Other", seen_version=seen),
        lambda: store.archive_plan(firm, key, seen_version=seen),
        lambda: store.restore_plan(firm, key, seen_version=seen),
        lambda: store.delete_plan(firm, key, seen_version=seen),
        lambda: store.lock_plan(firm, key, seen_version=seen),
    ):
        with pytest.raises(PlanLocked):
            act()
    assert store.plan(firm, key) == locked


def test_no_sql_changes_a_locked_plan(store: Store, firm: int) -> None:
    """INSERT, REPLACE, UPDATE, DELETE on the plan and on every part of it, and moving parts in, all abort."""
    locked = locked_plan(store, firm)
    other = store.create_plan(firm, name="Other", currency="AZN", lines=LINES[:1])
    key = locked.plan_id
    attempts = [f"UPDATE plan SET status = 'draft', locked_at = NULL WHERE plan_id = {key}"]
    attempts += [f"UPDATE OR REPLACE plan SET plan_id = {key} WHERE plan_id = {other.plan_id}"]
    attempts += [f"INSERT OR REPLACE INTO plan SELECT * FROM plan WHERE plan_id = {key}"]
    for table in ("plan", *(part.name for part in PLAN_PARTS)):
        attempts += [
            f"DELETE FROM {table} WHERE plan_id = {key}",
            f"UPDATE {table} SET plan_id = plan_id WHERE plan_id = {key}",
        ]
        if table != "plan":
            attempts += [f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE plan_id = {key}"]
    attempts += [f"UPDATE plan_line SET plan_id = {key}, line_key = 'in' WHERE plan_id = {other.plan_id}"]
    with closing(sqlite3.connect(store.path, isolation_level=None)) as raw:
        for statement in attempts:
            with pytest.raises(sqlite3.IntegrityError, match="plan is locked"):
                raw.execute(statement)
    assert store.plan(firm, key) == locked


def test_drafts_come_and_go(store: Store, firm: int) -> None:
    """Rename, archive, bring back and delete a draft; one with a locked copy can only be archived."""
    plan = store.create_plan(firm, name="Plan", currency="AZN", lines=LINES, weeks=WEEKS)
    plan = store.rename_plan(firm, plan.plan_id, "Spring", seen_version=1)
    plan = store.archive_plan(firm, plan.plan_id, seen_version=2)
    with pytest.raises(NotAllowed):
        store.save_plan(firm, plan)
    plan = store.restore_plan(firm, plan.plan_id, seen_version=3)
    assert (plan.name, plan.status, plan.version, plan.weeks) == ("Spring", "draft", 4, WEEKS)
    based = store.create_plan(firm, name="Copy", currency="AZN", based_on=plan.plan_id)
    store.lock_plan(firm, based.plan_id, seen_version=1)
    with pytest.raises(NotAllowed):
        store.delete_plan(firm, based.plan_id, seen_version=1)
    with pytest.raises(PlanChanged):
        store.delete_plan(firm, plan.plan_id, seen_version=1)
    store.delete_plan(firm, plan.plan_id, seen_version=4)
    with pytest.raises(PlanMissing):
        store.plan(firm, plan.plan_id)


@pytest.mark.parametrize(
    "fault",
    [
        {"name": ""},
        {"name": "x" * 201},
        {"name": "nul\0"},
        {"name": "\ud800"},
        {"currency": "azn"},
        {"lines": (replace(LINES[0], budget_micros=-1),)},
        {"lines": (replace(LINES[0], budget_micros=2**63),)},
        {"lines": (replace(LINES[0], budget_micros=1.5),)},  # type: ignore[arg-type]  # the fault tested
        {"lines": (LINES[0], LINES[0])},
        {"lines": (replace(LINES[0], start_date=date(1999, 12, 31)),)},
        {"weeks": (PlanWeek("nobody", date(2026, 3, 2), 1),)},
        {"assumptions": (PlanAssumption("business", "cpm", float("nan"), 1, 2),)},
        {"assumptions": (PlanAssumption("business", "cpm", 1, float("inf"), 2),)},
        {"costs": (PlanCost("rent", 1),)},  # type: ignore[arg-type]  # the fault tested
    ],
)
def test_what_cannot_be_stored_is_named(store: Store, firm: int, fault: dict[str, Any]) -> None:
    """A value outside the limits is refused before the database sees it, and the plan stays as it was."""
    plan = store.create_plan(firm, name="Plan", currency="AZN", lines=LINES)
    with pytest.raises(InvalidValue):
        store.save_plan(firm, replace(plan, **fault))
    assert store.plan(firm, plan.plan_id) == plan


def test_the_tables_hold_every_field() -> None:
    """Each field of a part has its column: a new field cannot be forgotten silently."""
    from budget.store.plans import PARTS

    for table, kind in PARTS.values():
        assert {field.name for field in fields(kind)} <= set(table.c.keys())
