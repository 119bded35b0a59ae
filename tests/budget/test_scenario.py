"""A scenario is a copy: the proposed weeks, everything else as it was, and the same curves behind it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from budget.funnels import channels_of
from budget.learning import beliefs
from budget.scenario import is_scenario, make_scenario, proposed_plan, remove_scenario
from budget.store import open_store
from tests.budget.asking import FREE, SEED, advised
from tests.budget.builders import usual_plan


def test_the_scenario_holds_the_proposed_weeks_and_nothing_else() -> None:
    """Each line's budget is the sum of its weeks; the proposal's cells are in it to the micro."""
    plan = usual_plan()
    found = advised(plan, FREE)
    made = proposed_plan(plan, found, "Better")
    assert {(w.line_key, w.week_start): w.budget_micros for w in made.weeks}.items() >= found.cells().items()
    for line in made.lines:
        assert line.budget_micros == sum(w.budget_micros for w in made.weeks if w.line_key == line.line_key)
    assert made.budget_micros == plan.budget_micros
    assert (made.objectives, made.costs, made.period) == (plan.objectives, plan.costs, plan.period)


def test_prices_hold_at_the_spend_that_they_were_given_for() -> None:
    """Before any upload the scenario's draws equal the plan's: its forecast shows the gain that the advice promised."""
    plan = usual_plan()
    made = proposed_plan(plan, advised(plan, FREE), "Better")
    again = proposed_plan(made, advised(made, FREE), "Again")
    first, *others = (beliefs(channels_of(each), None, SEED).draws for each in (plan, made, again))
    for other in others:
        np.testing.assert_array_equal(other.spend_week, first.spend_week)
        np.testing.assert_array_equal(other.cpm, first.cpm)


def test_a_scenario_comes_and_goes(tmp_path: Path) -> None:
    """Stored as a new draft based on the plan; removed, the store holds what it held."""
    store = open_store(f"sqlite:///{tmp_path / 'payoff.db'}")
    firm = store.create_workspace("Nar", currency="AZN").workspace_id
    empty = store.create_plan(firm, name="Autumn", currency="AZN")
    usual = usual_plan()
    plan = store.save_plan(firm, replace(usual, plan_id=empty.plan_id, workspace_id=firm))
    found = advised(plan, FREE)
    made = make_scenario(store, plan, found, "Better")
    assert (made.name, made.status, made.based_on_plan_id) == ("Better", "draft", plan.plan_id)
    assert is_scenario(store, made)
    assert not is_scenario(store, plan)
    remove_scenario(store, made)
    assert [head.plan_id for head in store.plans(firm)] == [plan.plan_id]
    assert store.plan(firm, plan.plan_id) == plan
    store.close()


def test_a_scenario_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault while its parts are written leaves the store as it was: no empty plan of that name stays behind."""
    store = open_store(f"sqlite:///{tmp_path / 'payoff.db'}")
    firm = store.create_workspace("Nar", currency="AZN").workspace_id
    plan = store.add_plan(firm, usual_plan())
    found = advised(plan, FREE)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr("budget.store.plans._write_parts", broken)
        with pytest.raises(RuntimeError, match="power cut"):
            make_scenario(store, plan, found, "Better")
    assert [head.plan_id for head in store.plans(firm)] == [plan.plan_id]
    made = make_scenario(store, plan, found, "Better")
    assert (made.version, made.lines) == (1, proposed_plan(plan, found, "Better").lines)
    store.close()
