# ruff: noqa: S608  # raw SQL against the triggers is the test; names come from the schema
"""A locked version cannot be changed: not by any order of acts, any method, a workbook, or SQL."""

import inspect
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from budget.errors import PayoffError
from budget.plan import PlanCost, PlanEvent, PlanLine, PlanObjective, PlanWeek, StoredPlan
from budget.present.words import words_for
from budget.reports.plan_file import plan_workbook
from budget.reports.plan_upload import read_plan_file
from budget.store import NotAllowed, PlanChanged, PlanLocked, PlanMissing, Store, open_store
from budget.store.schema import PLAN_PARTS
from tests.budget.builders import usual_plan

LINE = PlanLine("l1", "meta", "prospecting", budget_micros=70)
WEEK = PlanWeek("l1", date(2026, 3, 2), 70)
# What the life cycle allows, by the status before.
MAY: dict[str, frozenset[str]] = {
    "save": frozenset({"draft", "proposed"}),
    "rename": frozenset({"draft", "proposed"}),
    "propose": frozenset({"draft"}),
    "withdraw": frozenset({"proposed"}),
    "lock": frozenset({"draft", "proposed"}),
    "archive": frozenset({"draft", "proposed"}),
    "restore": frozenset({"archived"}),
    "delete": frozenset({"draft", "proposed", "archived"}),
}
AFTER = {"save": "draft", "rename": "draft", "propose": "proposed", "withdraw": "draft", "archive": "archived",
         "restore": "draft", "lock": "draft"}  # fmt: skip
SAME_VERSION = frozenset({"propose", "withdraw", "lock"})
acts = st.sampled_from(sorted(MAY))


class LifeCycle(RuleBasedStateMachine):
    """Any acts in any order on any plan, with the right version or a stale one."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.store = open_store(f"sqlite:///{Path(self.folder.name) / 'payoff.db'}")
        self.firm = self.store.create_workspace("Firm", currency="AZN").workspace_id
        self.known: dict[int, StoredPlan] = {}
        self.locked: dict[int, StoredPlan] = {}

    @initialize()
    def begin(self) -> None:
        """There is always something to act on."""
        self.create()

    @rule()
    @precondition(lambda self: len(self.known) < 6)
    def create(self) -> None:
        """A new draft."""
        made = self.store.create_plan(self.firm, name="Plan", currency="AZN", lines=[LINE], weeks=[WEEK])
        self.known[made.plan_id] = made

    @rule(data=st.data(), act=acts, stale=st.booleans())
    def act(self, data: st.DataObject, act: str, stale: bool) -> None:
        """An act succeeds exactly where the life cycle allows it, and leads where it says."""
        if not self.known:
            return
        before = self.known[data.draw(st.sampled_from(sorted(self.known)), label="plan")]
        allowed = before.status in MAY[act] and not stale and not (act == "delete" and self._has_copies(before))
        try:
            after = self._do(act, before, before.version + stale)
        except (PlanLocked, PlanChanged, NotAllowed):
            assert not allowed
            assert self.store.plan(self.firm, before.plan_id) == before
        else:
            assert allowed
            self._check(act, before, after)

    def _do(self, act: str, plan: StoredPlan, seen: int) -> StoredPlan | None:
        if act == "save":
            moved = replace(plan, version=seen, weeks=(replace(WEEK, budget_micros=plan.version),))
            return self.store.save_plan(self.firm, moved)
        if act == "rename":
            return self.store.rename_plan(self.firm, plan.plan_id, f"Plan {seen}", seen_version=seen)
        method: Callable[..., StoredPlan | None] = getattr(self.store, f"{act}_plan")
        return method(self.firm, plan.plan_id, seen_version=seen)

    def _check(self, act: str, before: StoredPlan, after: StoredPlan | None) -> None:
        if act == "delete":
            del self.known[before.plan_id]
            return
        assert after is not None
        if act == "lock":
            assert (after.status, after.based_on_plan_id) == ("locked", before.plan_id)
            assert after.content_sha256 == before.content_sha256
            self.known[after.plan_id] = self.locked[after.plan_id] = after
        now = self.known[before.plan_id] = self.store.plan(self.firm, before.plan_id)
        assert now.status == AFTER[act]
        assert now.version == before.version + (act not in SAME_VERSION)
        if act in SAME_VERSION:
            assert now.content_sha256 == before.content_sha256
            asked = self.store.proposal(self.firm, before.plan_id)
            assert (asked is not None and asked.version == before.version) == (act == "propose")

    def _has_copies(self, plan: StoredPlan) -> bool:
        return any(copy.based_on_plan_id == plan.plan_id for copy in self.locked.values())

    @invariant()
    def locked_plans_are_as_they_were(self) -> None:
        """Every locked plan reads as on the day it was locked."""
        for key, plan in self.locked.items():
            assert self.store.plan(self.firm, key) == plan

    def teardown(self) -> None:
        """Close the store."""
        self.store.close()
        self.folder.cleanup()


TestLifeCycle = LifeCycle.TestCase
TestLifeCycle.settings = settings(
    max_examples=8, stateful_step_count=25, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip


@pytest.fixture
def locked(store: Store, firm: int) -> StoredPlan:
    """A locked plan with something in the parts that a forecast reads."""
    draft = store.add_plan(firm, replace(usual_plan(), workspace_id=firm))
    return store.lock_plan(firm, draft.plan_id, seen_version=draft.version)


def test_an_edit_takes_a_proposal_back(store: Store, firm: int) -> None:
    """Saving or renaming a proposed plan makes it a draft; what was proposed, by whom and why stays readable."""
    draft = store.create_plan(firm, name="Plan", currency="AZN", lines=[LINE], weeks=[WEEK])
    proposed = store.propose_plan(firm, draft.plan_id, seen_version=1, note="for the board")
    assert (proposed.status, proposed.version, proposed.content_sha256) == ("proposed", 1, draft.content_sha256)
    edited = store.save_plan(firm, replace(proposed, costs=(PlanCost("people", 5),)))
    assert (edited.status, edited.version) == ("draft", 2)
    asked = store.proposal(firm, draft.plan_id)
    assert asked is not None
    assert (asked.version, asked.by, asked.note) == (1, "local", "for the board")
    with pytest.raises(PlanChanged):
        store.lock_plan(firm, draft.plan_id, seen_version=proposed.version)
    again = store.propose_plan(firm, draft.plan_id, seen_version=2)
    assert store.rename_plan(firm, again.plan_id, "Other", seen_version=2).status == "draft"


def test_a_proposal_is_over_once_withdrawn_or_approved(store: Store, firm: int) -> None:
    """Withdrawn or approved, nothing is asked any more, and the audit tells each step."""
    draft = store.create_plan(firm, name="Plan", currency="AZN", lines=[LINE])
    key = draft.plan_id
    assert store.proposal(firm, key) is None
    store.propose_plan(firm, key, seen_version=1)
    with pytest.raises(NotAllowed):
        store.propose_plan(firm, key, seen_version=1)
    store.withdraw_plan(firm, key, seen_version=1)
    assert store.proposal(firm, key) is None
    with pytest.raises(NotAllowed):
        store.withdraw_plan(firm, key, seen_version=1)
    store.propose_plan(firm, key, seen_version=1)
    store.lock_plan(firm, key, seen_version=1)
    assert store.proposal(firm, key) is None
    assert store.plan(firm, key) == draft
    steps = [event.action for event in reversed(store.audit(firm)) if event.object_type == "plan"]
    assert steps == ["create", "propose", "withdraw", "propose", "lock"]


def test_no_method_of_the_store_changes_it(store: Store, firm: int, locked: StoredPlan) -> None:
    """Every method that takes a plan, or the number of one, refuses a locked plan or leaves it as it is."""
    seen = {"plan_id": locked.plan_id, "seen_version": locked.version, "name": "Other", "workspace": firm}
    tried = []
    for name, method in inspect.getmembers(store, inspect.ismethod):
        takes = inspect.signature(method).parameters
        if name.startswith("_") or not {"plan", "plan_id"} & takes.keys():
            continue
        needed = {key for key, one in takes.items() if one.default is one.empty}
        for given in (locked, replace(locked, status="draft", lines=()), replace(locked, weeks=(), name="Other")):
            known: dict[str, Any] = {**seen, "plan": given}
            with suppress(PayoffError):
                method(**{key: known[key] for key in needed})
            assert store.plan(firm, locked.plan_id) == locked
        tried.append(name)
    acts_of_plans = {f"{act}_plan" for act in MAY} | {"add_plan", "plan", "proposal"}
    assert acts_of_plans <= set(tried)
    with pytest.raises(PlanLocked):
        store.propose_plan(firm, locked.plan_id, seen_version=locked.version)
    with pytest.raises(PlanLocked):
        store.withdraw_plan(firm, locked.plan_id, seen_version=locked.version)


def test_a_plan_of_its_number_cannot_come_from_elsewhere(store: Store, locked: StoredPlan) -> None:
    """Another firm can neither read nor change it by its number."""
    other = store.create_workspace("Other", currency="AZN").workspace_id
    with pytest.raises(PlanMissing):
        store.save_plan(other, replace(locked, workspace_id=other, status="draft"))
    with pytest.raises(PlanMissing):
        store.delete_plan(other, locked.plan_id, seen_version=locked.version)
    assert store.plan(locked.workspace_id, locked.plan_id) == locked


def test_a_workbook_of_it_changes_a_copy_alone(store: Store, firm: int, locked: StoredPlan) -> None:
    """What its workbook says can only become another draft: saved as itself, even as a draft, it is refused."""
    changed = replace(
        locked, objectives=(PlanObjective("main", "profit", target_micros=7_000_000),),
        events=(PlanEvent("Novruz", date(2026, 10, 20), date(2026, 10, 25), 1.5),),
    )  # fmt: skip
    read = read_plan_file(plan_workbook(changed, words_for("en")), locked, meanwhile="whole")
    assert read.plan is not None
    assert read.changes
    for status in ("locked", "draft", "proposed"):
        with pytest.raises(PlanLocked):
            store.save_plan(firm, replace(read.plan, status=status))
    made = store.add_plan(firm, replace(read.plan, status="draft", based_on_plan_id=locked.plan_id))
    assert made.plan_id != locked.plan_id
    assert store.plan(firm, locked.plan_id) == locked


def test_no_sql_changes_it(store: Store, firm: int, locked: StoredPlan) -> None:
    """Rows of it can be neither written, replaced, moved nor deleted in any table, whoever opens the file."""
    other = store.create_plan(firm, name="Other", currency="AZN", lines=[LINE], weeks=[WEEK])
    key, tables = locked.plan_id, [part.name for part in PLAN_PARTS]
    attempts = [
        f"UPDATE plan SET status = 'draft', locked_at = NULL, locked_by = NULL WHERE plan_id = {key}",
        f"UPDATE plan SET name = 'Other', content_sha256 = 'x' WHERE plan_id = {key}",
        f"UPDATE plan SET workspace_id = workspace_id + 1 WHERE plan_id = {key}",
        f"DELETE FROM plan WHERE plan_id = {key}",
        f"INSERT OR REPLACE INTO plan SELECT * FROM plan WHERE plan_id = {key}",
        f"UPDATE OR REPLACE plan SET plan_id = {key} WHERE plan_id = {other.plan_id}",
        f"UPDATE plan_week SET plan_id = {key} WHERE plan_id = {other.plan_id}",
    ]
    with closing(sqlite3.connect(store.path, isolation_level=None)) as raw:
        for table in tables:
            filled = raw.execute(f"SELECT count(*) FROM {table} WHERE plan_id = {key}").fetchone()[0]
            attempts += [f"DELETE FROM {table} WHERE plan_id = {key}"] * bool(filled)
            attempts += [f"UPDATE {table} SET seq = seq + 1 WHERE plan_id = {key}"] * bool(filled)
        for statement in attempts:
            with pytest.raises(sqlite3.IntegrityError, match="plan is locked"):
                raw.execute(statement)
    assert store.plan(firm, key) == locked
