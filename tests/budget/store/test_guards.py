# ruff: noqa: S608  # raw SQL against the triggers is the test; names come from the schema
"""Imported values, the audit, workspaces and driver errors: what may not pass."""

import inspect
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Table, event, exc

from budget.errors import PayoffError
from budget.plan import StoredPlan
from budget.store import (
    Acknowledgement,
    CampaignMatch,
    Closing,
    Decision,
    Experiment,
    ImportMissing,
    InvalidValue,
    NotAllowed,
    Note,
    PlanLocked,
    PlanMissing,
    Rate,
    SalesTotal,
    Store,
    StoreBusy,
    StoreError,
    StoreRefused,
    WorkspaceMissing,
    audit,
)
from budget.store.connect import translated, writing
from budget.store.schema import DERIVED, SIDE_FACTS, TENANT_TABLES, fact_delivery
from tests.budget.store.full import new_forecast, score
from tests.budget.store.given import MONDAY, at, beside, lead, metric, order, post, reading, row, total

TODAY = date(2026, 3, 2)
SEEN = Closing("week", TODAY, date(2026, 3, 9), 1, 1, 0, {"profit": 1})
GEO = Experiment("geo", "meta", "prospecting", TODAY, date(2026, 3, 30))
OTHERS = beside(metrics=[metric()], posts=[post()], orders=[order()], leads=[lead()])


def test_no_sql_changes_an_imported_value(store: Store, firm: int) -> None:
    """Every column that is not derived is final; active facts cannot be deleted or replaced."""
    store.add_import(firm, reading(row()), b"x")
    with closing(sqlite3.connect(store.path, isolation_level=None)) as raw:
        for column in list(fact_delivery.c.keys()):
            statement = f"UPDATE fact_delivery SET {column} = {column}"
            if column in DERIVED:
                raw.execute(statement)
                continue
            with pytest.raises(sqlite3.IntegrityError, match="value is final"):
                raw.execute(statement)
        for statement in (
            "DELETE FROM fact_delivery",
            "INSERT OR REPLACE INTO fact_delivery SELECT * FROM fact_delivery",
            "UPDATE import_batch SET content_sha256 = ''",
            "DELETE FROM import_batch",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="value is final"):
                raw.execute(statement)


@pytest.mark.parametrize("table", SIDE_FACTS, ids=lambda table: table.name)
def test_no_sql_changes_a_value_of_another_dataset(store: Store, firm: int, table: Table) -> None:
    """There too only the pointer to the next look may change, and no active row leaves."""
    store.add_import(firm, OTHERS, b"others")
    store.add_sales(firm, [SalesTotal(TODAY, date(2026, 3, 3), "AZN", 1)])
    with closing(sqlite3.connect(store.path, isolation_level=None)) as raw:
        raw.execute(f"UPDATE {table.name} SET superseded_by = superseded_by")
        changes = [f"UPDATE {table.name} SET {column} = {column}" for column in set(table.c.keys()) - DERIVED]
        over = f"INSERT OR REPLACE INTO {table.name} SELECT * FROM {table.name}"
        for statement in (*changes, f"DELETE FROM {table.name}", over):
            with pytest.raises(sqlite3.IntegrityError, match="value is final"):
                raw.execute(statement)


def test_the_audit_is_a_chain(store: Store, firm: int) -> None:
    """Every act adds an entry; no SQL edits one, and an edit behind the triggers' back breaks the chain there."""
    plan = store.create_plan(firm, name="Plan", currency="AZN")
    store.lock_plan(firm, plan.plan_id, seen_version=1)
    done = store.add_import(firm, reading(row()), b"x")
    store.undo_import(firm, done.import_id)
    with closing(sqlite3.connect(store.path, isolation_level=None)) as raw:
        acts = [row[0] for row in raw.execute("SELECT action FROM audit_event ORDER BY event_id")]
        assert acts == ["create", "create", "lock", "add", "undo"]
        for statement in (
            "UPDATE audit_event SET actor = 'nobody'",
            "DELETE FROM audit_event",
            "INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="value is final"):
                raw.execute(statement)
        with store._engine.connect() as connection:
            assert audit.broken_at(connection, firm) is None
        raw.execute("DROP TRIGGER audit_event_update_final")
        raw.execute("UPDATE audit_event SET actor = 'nobody' WHERE event_id = 3")
    with store._engine.connect() as connection:
        assert audit.broken_at(connection, firm) == 3


def test_the_trail_tells_the_last_acts_first(store: Store, firm: int) -> None:
    """Who did what to which object, of this firm alone, as many as asked for."""
    other = store.create_workspace("Other", currency="EUR").workspace_id
    plan = store.create_plan(firm, name="Plan", currency="AZN")
    done = store.add_import(firm, reading(row()), b"x").import_id
    trail = store.audit(firm)
    assert [(e.action, e.object_type, e.object_id) for e in trail] == [
        ("add", "import", done), ("create", "plan", plan.plan_id), ("create", "workspace", firm),
    ]  # fmt: skip
    assert {e.actor for e in trail} == {"local"}
    assert [e.at for e in trail] == sorted((e.at for e in trail), reverse=True)
    assert [e.action for e in store.audit(firm, 1)] == ["add"]
    assert [(e.action, e.object_id) for e in store.audit(other)] == [("create", other)]
    with pytest.raises(InvalidValue):
        store.audit(firm, 0)


def test_a_workspace_can_be_deleted_whole(store: Store, firm: int) -> None:
    """With its name typed, all of it goes, locked plans and audit too, and nothing of its neighbour."""
    other = store.create_workspace("Other", currency="EUR").workspace_id
    for workspace in (firm, other):
        plan = store.create_plan(workspace, name="Plan", currency="AZN")
        store.lock_plan(workspace, plan.plan_id, seen_version=1)
        first = store.add_import(workspace, reading(row()), b"x", as_of=at(0))
        store.add_import(workspace, reading(row(spend_micros=2)), b"y", as_of=at(1))
        assert first.status == "added"
    with pytest.raises(NotAllowed):
        store.delete_workspace(firm, confirm="firm")
    store.delete_workspace(firm, confirm="Firm")
    assert [found.name for found in store.workspaces()] == ["Other"]
    assert (total(store, other), len(store.plans(other))) == (2, 2)
    with closing(sqlite3.connect(store.path)) as raw:
        for table in TENANT_TABLES:
            assert raw.execute(f"SELECT count(*) FROM {table.name} WHERE workspace_id = {firm}").fetchone() == (0,)
        assert raw.execute("SELECT count(*) FROM schema_meta WHERE key = 'deleting_workspace'").fetchone() == (0,)


def test_a_workspace_is_renamed(store: Store, firm: int) -> None:
    """Only its name changes."""
    before = store.workspace(firm)
    assert store.rename_workspace(firm, "Firma").name == "Firma"
    assert store.workspace(firm).created_at == before.created_at


Acts = dict[str, Callable[[Store, int], Any]]


def acts_of(plan: int, done: int) -> Acts:
    """Every method that takes a workspace, with ids of another one."""
    return acts_on_facts(done) | acts_on_plans(plan) | acts_of_review(plan)


def test_no_method_is_forgotten() -> None:
    """Whatever the store can do for a workspace is among the acts tried below."""
    methods = inspect.getmembers(Store, inspect.isfunction)
    takes = {name for name, method in methods if "workspace" in inspect.signature(method).parameters}
    source = "".join(inspect.getsource(part) for part in (acts_on_facts, acts_on_plans, acts_of_review))
    assert set(re.findall(r"\bs\.(\w+)\(", source)) == {name for name in takes if not name.startswith("_")}


def acts_on_facts(done: int) -> Acts:
    """The workspace itself, its imports and what they hold."""
    file = reading(row())
    return {
        "workspace": lambda s, w: s.workspace(w),
        "rename_workspace": lambda s, w: s.rename_workspace(w, "x"),
        "delete_workspace": lambda s, w: s.delete_workspace(w, confirm="x"),
        "customer_key": lambda s, w: s.customer_key(w),
        "preview": lambda s, w: s.preview_import(w, file, b"z"),
        "add": lambda s, w: s.add_import(w, file, b"z"),
        "undo": lambda s, w: s.undo_import(w, done),
        "imports": lambda s, w: s.imports(w),
        "original": lambda s, w: s.original(w, done),
        "facts": lambda s, w: s.facts(w),
        "daily": lambda s, w: s.daily(w),
        "snapshots": lambda s, w: s.snapshots(w),
        "period_facts": lambda s, w: s.period_facts(w),
        "coverage": lambda s, w: s.coverage(w),
        "lineage": lambda s, w: s.lineage(w, start=TODAY, end=TODAY),
        "campaigns": lambda s, w: s.campaigns(w),
        "matches": lambda s, w: s.matches(w),
        "set_matches": lambda s, w: s.set_matches(w, [CampaignMatch("meta", "A", "1", "t")]),
        "rates": lambda s, w: s.rates(w),
        "set_rate": lambda s, w: s.set_rate(w, Rate(TODAY, "USD", "AZN", 1)),
        "remove_rate": lambda s, w: s.remove_rate(w, Rate(TODAY, "USD", "AZN", 1)),
        "remember": lambda s, w: s.remember_answers(w, "s", {"a": "b"}),
        "all_answers": lambda s, w: s.all_answers(w),
        "remembered": lambda s, w: s.remembered_answers(w, "s"),
        "forget": lambda s, w: s.forget_answers(w, "s"),
        "issues": lambda s, w: s.issues(w, done),
        "metrics": lambda s, w: s.metrics(w),
        "posts": lambda s, w: s.posts(w),
        "orders": lambda s, w: s.orders(w),
        "leads": lambda s, w: s.leads(w),
        "sales": lambda s, w: s.sales(w),
        "daily_sales": lambda s, w: s.daily_sales(w),
        "daily_orders": lambda s, w: s.daily_orders(w),
        "side_lineage": lambda s, w: s.side_lineage(w, "orders", source="web"),
        "add_sales": lambda s, w: s.add_sales(w, [SalesTotal(TODAY, date(2026, 3, 3), "AZN", 1)]),
        "add_others": lambda s, w: s.add_import(w, OTHERS, b"others", replace_range=True),
        "undo_others": lambda s, w: s.undo_import(w, s.add_import(w, OTHERS, b"once more", as_of=at(0)).import_id),
        "version": lambda s, w: s.data_version(w),
        "audit": lambda s, w: s.audit(w),
    }


def acts_on_plans(plan: int) -> Acts:
    """Plans and their lives."""
    other = StoredPlan(plan, 1, "P", "AZN")
    return {
        "create_plan": lambda s, w: s.create_plan(w, name="P", currency="AZN", based_on=plan),
        "plan": lambda s, w: s.plan(w, plan),
        "plans": lambda s, w: s.plans(w),
        "lock": lambda s, w: s.lock_plan(w, plan, seen_version=1),
        "rename": lambda s, w: s.rename_plan(w, plan, "x", seen_version=1),
        "archive": lambda s, w: s.archive_plan(w, plan, seen_version=1),
        "delete": lambda s, w: s.delete_plan(w, plan, seen_version=1),
        "save": lambda s, w: s.save_plan(w, other),
        "add_plan": lambda s, w: s.add_plan(w, replace(other, based_on_plan_id=plan)),
        "propose": lambda s, w: s.propose_plan(w, plan, seen_version=1),
        "withdraw": lambda s, w: s.withdraw_plan(w, plan, seen_version=1),
        "proposal": lambda s, w: s.proposal(w, plan),
        "restore": lambda s, w: s.restore_plan(w, plan, seen_version=1),
    }


def acts_of_review(plan: int) -> Acts:
    """Forecasts, decisions, notes and experiments."""
    return {
        "add_forecast": lambda s, w: s.add_forecast(w, new_forecast(plan)),
        "forecasts": lambda s, w: s.forecasts(w, plan_id=plan),
        "forecast_weeks": lambda s, w: s.forecast_weeks(w, 1),
        "judged_cells": lambda s, w: s.judged_cells(w, [1], before=date(2027, 1, 1)),
        "add_scores": lambda s, w: s.add_scores(w, [score(1)]),
        "scores": lambda s, w: s.scores(w, forecast_ids=[1]),
        "add_decision": lambda s, w: s.add_decision(w, Decision(TODAY, "hold", "AZN")),
        "add_decisions": lambda s, w: s.add_decisions(w, [Decision(TODAY, "hold", "AZN")]),
        "add_closing": lambda s, w: s.add_closing(w, replace(SEEN, plan_id=plan)),
        "closings": lambda s, w: s.closings(w),
        "acknowledge": lambda s, w: s.acknowledge(w, Acknowledgement("pace", 1)),
        "acknowledgements": lambda s, w: s.acknowledgements(w),
        "save_decision": lambda s, w: s.save_decision(w, Decision(TODAY, "cut", "AZN", decision_id=1, version=1)),
        "decisions": lambda s, w: s.decisions(w),
        "add_note": lambda s, w: s.add_note(w, Note("said")),
        "notes": lambda s, w: s.notes(w),
        "save_experiment": lambda s, w: s.save_experiment(w, GEO),
        "edit_experiment": lambda s, w: s.save_experiment(w, replace(GEO, experiment_id=1, version=1)),
        "remove_experiment": lambda s, w: s.remove_experiment(w, 1, seen_version=2),
        "restore_experiment": lambda s, w: s.restore_experiment(w, 1, seen_version=3),
        "experiments": lambda s, w: s.experiments(w),
    }


def test_ids_of_another_workspace_are_missing(store: Store, firm: int) -> None:
    """Asked through A, everything of B looks as if it did not exist, and B stays as it was."""
    mine = store.create_workspace("Mine", currency="AZN").workspace_id
    plan = store.create_plan(firm, name="Plan", currency="AZN")
    done = store.add_import(firm, reading(row()), b"x").import_id
    store.add_import(firm, OTHERS, b"others")
    missing = {"undo", "original", *acts_on_plans(1)} - {"plans"}
    for name, act in acts_of(plan.plan_id, done).items():
        if name in missing:
            with pytest.raises((PlanMissing, ImportMissing)):
                act(store, mine)
    reads = (store.facts, store.daily, store.snapshots, store.coverage, store.campaigns, store.period_facts)
    sides = (store.metrics, store.posts, store.orders, store.leads, store.sales, store.daily_sales, store.daily_orders)
    for read in (*reads, *sides):
        assert read(mine).empty
    assert store.lineage(mine, start=TODAY, end=date(2027, 1, 1)).empty
    assert (store.plans(mine), store.imports(mine), store.issues(mine, done)) == ((), (), ())
    assert (store.plan(firm, plan.plan_id), total(store, firm)) == (plan, 1_000_000)


@pytest.mark.parametrize("nobody", [0, -1, 99, 2**70, None, "1"])
def test_a_workspace_that_is_not_there(store: Store, firm: int, nobody: Any) -> None:
    """Every method says so, whatever is given as its number."""
    for act in acts_of(1, 1).values():
        with pytest.raises((WorkspaceMissing, PlanMissing)):
            act(store, nobody)


def test_every_statement_names_its_workspace(store: Store, firm: int) -> None:
    """No statement on a tenant table goes out without its workspace, those of Ibis included."""
    tenant = re.compile(r'(?:FROM|JOIN|UPDATE|INTO)\s+"?(' + "|".join(t.name for t in TENANT_TABLES) + r')"?\b')
    faults = []

    def listen(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        named = set(tenant.findall(statement)) - {"workspace"}
        scoped = re.search(r'workspace_id"? = |INSERT INTO "?\w+"? \([^)]*workspace_id', statement)
        if named and not scoped:
            faults.append(statement)

    event.listen(store._engine, "before_cursor_execute", listen)
    plan = store.create_plan(firm, name="Plan", currency="AZN")
    done = store.add_import(firm, reading(row()), b"x").import_id
    for act in acts_of(plan.plan_id, done).values():
        try:
            act(store, firm)
        except PayoffError:
            continue
    assert faults == []


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (sqlite3.OperationalError("database is locked"), StoreBusy),
        (exc.TimeoutError("QueuePool limit"), StoreBusy),
        (sqlite3.DatabaseError("file is not a database"), StoreRefused),
        (sqlite3.IntegrityError("PAYOFF plan is locked"), PlanLocked),
        (sqlite3.IntegrityError("UNIQUE constraint failed"), StoreError),
        (sqlite3.InterfaceError("bad parameter"), StoreError),
        (sqlite3.OperationalError("disk I/O error"), StoreError),
        (sqlite3.OperationalError("integer overflow"), InvalidValue),
        (OverflowError("Python int too large"), InvalidValue),
        (UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates"), InvalidValue),
        (exc.OperationalError("SELECT", {}, sqlite3.OperationalError("database is locked")), StoreBusy),
    ],
)
def test_errors_of_the_driver_become_ours(store: Store, raised: Exception, expected: type[Exception]) -> None:
    """Whatever is raised inside a transaction leaves as an error of Payoff, with the cause kept for the log."""
    assert type(translated(raised)) is expected
    with pytest.raises(expected) as caught, writing(store._engine):
        raise raised
    assert caught.value.__cause__ is raised


def test_a_name_outside_the_list_is_no_group(store: Store, firm: int) -> None:
    """Grouping columns come from a fixed set: nothing else reaches the database."""
    for by in (["campaign_name"], ["1; DROP TABLE plan"], "platform"):
        with pytest.raises(InvalidValue):
            store.facts(firm, by=by)
    with pytest.raises(InvalidValue):
        store.lineage(firm, start=MONDAY, end=MONDAY, phone="x")
