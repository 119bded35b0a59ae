# ruff: noqa: S608  # raw SQL against the triggers is the test; names come from the schema
"""What the review keeps: decisions and experiments go by version, everything else never changes."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Table

from budget.store import (
    Acknowledgement,
    Closing,
    Decision,
    Experiment,
    InvalidValue,
    NotAllowed,
    Note,
    PlanMissing,
    RecordChanged,
    RecordMissing,
    Store,
)
from budget.store.schema import KEPT
from tests.budget.store.full import LATER, cell, new_forecast, score
from tests.budget.store.given import MONDAY

WEEK = Closing("week", MONDAY, MONDAY + timedelta(days=7), 1, 1, 0, {"profit": 1})
SECOND = MONDAY + timedelta(days=7)
TEST = Experiment("geo", "meta", "prospecting", MONDAY, LATER, {"cells": ["a", "b"]}, {"lift": 0.25})
SCALE = Decision(MONDAY, "scale", "AZN", "meta", "prospecting", amount_micros=5_000_000, owner="Leyla")


@pytest.fixture
def plan(store: Store, firm: int) -> int:
    """The number of a draft."""
    return store.create_plan(firm, name="Plan", currency="AZN").plan_id


def kept(store: Store, firm: int, plan: int) -> int:
    """The number of a forecast of one cell."""
    return store.add_forecast(firm, new_forecast(plan)).forecast_id


@pytest.mark.parametrize("table", KEPT, ids=lambda table: table.name)
def test_no_sql_changes_what_was_forecast_scored_or_noted(store: Store, firm: int, plan: int, table: Table) -> None:
    """No column changes, no row leaves, none is put over another."""
    number = kept(store, firm, plan)
    store.add_scores(firm, [score(number)])
    store.add_note(firm, Note("said", "forecast", number))
    store.add_closing(firm, replace(WEEK, plan_id=plan))
    store.acknowledge(firm, Acknowledgement("pace", 1))
    with closing(sqlite3.connect(store.path, isolation_level=None)) as raw:
        changes = [f"UPDATE {table.name} SET {column} = {column}" for column in list(table.c.keys())]
        over = f"INSERT OR REPLACE INTO {table.name} SELECT * FROM {table.name}"
        for statement in (*changes, f"DELETE FROM {table.name}", over):
            with pytest.raises(sqlite3.IntegrityError, match="value is final"):
                raw.execute(statement)


def test_no_forecast_takes_the_place_of_another_of_the_same_inputs(store: Store, firm: int, plan: int) -> None:
    """Under a new number too, REPLACE finds the old one guarded."""
    kept(store, firm, plan)
    with closing(sqlite3.connect(store.path, isolation_level=None)) as raw:
        names = [row[1] for row in raw.execute("PRAGMA table_info(forecast)")]
        values = ", ".join("99" if name == "forecast_id" else name for name in names)
        with pytest.raises(sqlite3.IntegrityError, match="value is final"):
            raw.execute(f"INSERT OR REPLACE INTO forecast SELECT {values} FROM forecast")


def test_a_forecast_comes_back_as_it_was_kept(store: Store, firm: int, plan: int) -> None:
    """Its inputs, seed and every quantile; the oldest first, of one plan or of all."""
    new = new_forecast(plan, cell(), cell(SECOND, "value", -5), inputs={"b": [1, 2], "a": "ə"})
    first = store.add_forecast(firm, new)
    other = store.create_plan(firm, name="Other", currency="AZN").plan_id
    second = store.add_forecast(firm, new_forecast(other, supersedes_forecast_id=first.forecast_id))
    assert (first.inputs, first.seed, first.made_by) == ({"a": "ə", "b": [1, 2]}, (1, 2), "local")
    assert store.forecasts(firm) == (first, second)
    assert store.forecasts(firm, plan_id=other) == (second,)
    weeks = store.forecast_weeks(firm, first.forecast_id)
    assert weeks["metric"].tolist() == ["clicks", "value"]
    assert weeks["week_start"].dt.date.tolist() == [MONDAY, SECOND]
    points = weeks[["q05_micros", "q50_micros", "q95_micros", "mean_micros"]].to_numpy().tolist()
    assert points == [[70, 100, 130, 100], [-35, -5, 25, -5]]


def test_the_same_forecast_twice_is_kept_once(store: Store, firm: int, plan: int) -> None:
    """Same inputs, plan version and data: the first is returned and nothing is written; other data are another one."""
    first = store.add_forecast(firm, new_forecast(plan))
    trail = len(store.audit(firm))
    assert store.add_forecast(firm, new_forecast(plan, cell(middle=500), reason="again")) == first
    assert len(store.audit(firm)) == trail
    for change in ({"data_version": 1}, {"plan_version": 2}, {"inputs": {"plan": "y"}}):
        assert store.add_forecast(firm, new_forecast(plan, **change)).forecast_id != first.forecast_id
    assert len(store.forecasts(firm)) == 4


@pytest.mark.parametrize(
    "change",
    [
        {"cells": ()},
        {"cells": (cell(), cell())},
        {"cells": (cell(LATER),)},
        {"cells": (replace(cell(), q10_micros=10**6),)},
        {"cells": (replace(cell(), mean_micros=10**30),)},
        {"reason": ""},
        {"plan_version": 0},
        {"seed": (-1,)},
        {"inputs": {"x": float("nan")}},
        {"inputs": {"x": {1, 2}}},
        {"inputs": {1: "x"}},
        {"horizon_end": MONDAY},
    ],
    ids=str,
)
def test_what_is_no_forecast_is_refused(store: Store, firm: int, plan: int, change: dict[str, Any]) -> None:
    """Nothing is kept of one with falling quantiles, weeks outside its horizon or inputs that do not come back."""
    new = replace(new_forecast(plan), **change)
    with pytest.raises(InvalidValue):
        store.add_forecast(firm, new)
    assert store.forecasts(firm) == ()


def test_judging_again_adds_and_never_edits(store: Store, firm: int, plan: int) -> None:
    """At newer data a second row joins the first; at the same data what was said first stays."""
    number = kept(store, firm, plan)
    assert store.add_scores(firm, [score(number, 105), score(number, 105)]) == 1
    assert store.add_scores(firm, [score(number, 999)]) == 0
    assert store.add_scores(firm, [score(number, 170, 2, maturity=0.9)]) == 1
    every = store.scores(firm, latest=False)
    assert every["actual_micros"].tolist() == [105, 170]
    assert every["inside_80"].tolist() == [True, False]
    last = store.scores(firm, forecast_ids=[number])
    assert last[["data_version", "actual_micros", "q50_micros", "plan_id"]].to_numpy().tolist() == [[2, 170, 100, plan]]
    assert store.scores(firm, forecast_ids=[]).empty
    cells = store.judged_cells(firm, [number], before=SECOND)
    assert cells[["actual_micros", "maturity"]].to_numpy().tolist() == [[170, 0.9]]
    assert store.judged_cells(firm, [number], before=MONDAY).empty


def test_only_what_was_forecast_is_judged(store: Store, firm: int, plan: int) -> None:
    """A cell or forecast that is not there, and a score that cannot be, are refused as a whole."""
    number = kept(store, firm, plan)
    for wrong in (score(number, metric="value"), score(number, week_start=SECOND), score(number + 1)):
        with pytest.raises(RecordMissing):
            store.add_scores(firm, [score(number), wrong])
    naive = datetime(2026, 1, 1)  # a time without a zone is what is refused
    for change in ({"maturity": 1.5}, {"actual_as_of": naive}, {"bias_micros": 10**30}):
        with pytest.raises(InvalidValue):
            store.add_scores(firm, [replace(score(number), **change)])
    assert store.scores(firm).empty


def test_a_plan_with_forecasts_stays(store: Store, firm: int, plan: int) -> None:
    """It can be put away, not deleted: its forecasts never go."""
    kept(store, firm, plan)
    with pytest.raises(NotAllowed):
        store.delete_plan(firm, plan, seen_version=1)
    assert store.archive_plan(firm, plan, seen_version=1).status == "archived"


def test_decisions_go_by_version(store: Store, firm: int, plan: int) -> None:
    """Saved on what was seen, they become the next version; closing says who and when, opening takes it back."""
    made = store.add_decision(firm, replace(SCALE, forecast_id=kept(store, firm, plan)))
    assert (made.version, made.status, made.closed_by) == (1, "open", None)
    done = store.save_decision(firm, replace(made, status="done", verdict="worked", observed_micros=7))
    assert (done.version, done.closed_by, done.verdict) == (2, "local", "worked")
    assert done.closed_at is not None
    with pytest.raises(RecordChanged) as caught:
        store.save_decision(firm, replace(made, reason="late"))
    assert (caught.value.seen, caught.value.stored) == (1, 2)
    again = store.save_decision(firm, replace(done, reason="more"))
    assert again.closed_at == done.closed_at
    assert store.save_decision(firm, replace(again, status="open")).closed_at is None
    assert [one.version for one in store.decisions(firm)] == [4]


def test_decisions_of_a_meeting_are_kept_together(store: Store, firm: int) -> None:
    """All or none: one that is no decision keeps the others out; what each is measured against comes back as it was."""
    basis = {"caused": 0.7, "without": {"2026-03-02": -5}}
    with pytest.raises(InvalidValue):
        store.add_decisions(firm, [SCALE, replace(SCALE, currency="azn")])
    assert store.decisions(firm) == ()
    made = store.add_decisions(firm, [replace(SCALE, basis=basis, before_micros=4), replace(SCALE, action="hold")])
    assert store.decisions(firm) == tuple(reversed(made))
    assert (made[0].basis, made[0].before_micros, made[1].basis) == (basis, 4, {})


@pytest.mark.parametrize(
    "change",
    [{"action": "grow"}, {"status": "gone"}, {"verdict": "good"}, {"currency": "azn"}, {"amount_micros": 1.5},
     {"reason": "x" * 6000}, {"due_date": datetime(2026, 1, 1, tzinfo=UTC)}, {"owner": None},
     {"before_micros": 0.5}, {"basis": {"x": float("nan")}}],
    ids=str,
)  # fmt: skip
def test_what_is_no_decision_is_refused(store: Store, firm: int, change: dict[str, Any]) -> None:
    """Words outside the lists, other currencies, and amounts that are not whole."""
    with pytest.raises(InvalidValue):
        store.add_decision(firm, replace(SCALE, **change))
    assert store.decisions(firm) == ()


def test_experiments_are_taken_away_and_brought_back(store: Store, firm: int) -> None:
    """An ended one counts no more and is not lost; each step is a version, and figures that rest on it are new."""
    before = store.data_version(firm)
    made = store.save_experiment(firm, TEST)
    assert made == replace(TEST, experiment_id=made.experiment_id, version=1)
    longer = store.save_experiment(firm, replace(made, result={"lift": 0.5}))
    assert store.experiments(firm) == (longer,)
    with pytest.raises(RecordChanged):
        store.save_experiment(firm, made)
    ended = store.remove_experiment(firm, made.experiment_id, seen_version=2)
    assert (store.experiments(firm), store.experiments(firm, ended=True)) == ((), (ended,))
    back = store.restore_experiment(firm, made.experiment_id, seen_version=3)
    assert back == replace(longer, version=4)
    assert store.data_version(firm) == before + 4


@pytest.mark.parametrize(
    "change",
    [{"kind": "guess"}, {"end_date": MONDAY}, {"design": {"x": object()}}, {"platform": 1}],
    ids=("kind", "days", "design", "platform"),
)
def test_what_is_no_experiment_is_refused(store: Store, firm: int, change: dict[str, Any]) -> None:
    """Another kind, no days, a design that JSON does not hold."""
    with pytest.raises(InvalidValue):
        store.save_experiment(firm, replace(TEST, **change))
    assert store.experiments(firm, ended=True) == ()


def test_notes_are_about_something_that_is_there(store: Store, firm: int, plan: int) -> None:
    """The newest first, with author and time; about nothing, or the wrong thing, none is kept."""
    first = store.add_note(firm, Note("of the plan", "plan", plan))
    second = store.add_note(firm, Note("of the week", "week", week_start=MONDAY, subject_key="cpm"))
    assert (first.subject_key, second.subject_key) == ("", "cpm")
    assert store.notes(firm) == (second, first)
    assert (first.author, first.subject_id, first.created_at is not None) == ("local", plan, True)
    wrong = [
        (Note("x", "forecast", 9), RecordMissing), (Note("x", "import", 9), RecordMissing),
        (Note("x", "plan", 9), PlanMissing), (Note("x", "week"), InvalidValue), (Note(""), InvalidValue),
        (Note("x", "workspace", 1), InvalidValue), (Note("x", "moon"), InvalidValue),  # type: ignore[arg-type]  # refused
    ]  # fmt: skip
    for note, error in wrong:
        with pytest.raises(error):
            store.add_note(firm, note)
    assert len(store.notes(firm)) == 2


def test_firms_do_not_see_each_other(store: Store, firm: int, plan: int) -> None:
    """Numbers of one firm are missing in another, whatever is asked."""
    number = kept(store, firm, plan)
    told = store.add_decision(firm, SCALE)
    test = store.save_experiment(firm, TEST)
    mine = store.create_workspace("Mine", currency="AZN").workspace_id
    acts: list[Callable[[], Any]] = [
        lambda: store.add_forecast(mine, new_forecast(plan)),
        lambda: store.forecast_weeks(mine, number),
        lambda: store.add_scores(mine, [score(number)]),
        lambda: store.save_decision(mine, told),
        lambda: store.add_decision(mine, replace(SCALE, forecast_id=number)),
        lambda: store.save_experiment(mine, test),
        lambda: store.remove_experiment(mine, test.experiment_id, seen_version=1),
        lambda: store.add_note(mine, Note("x", "decision", told.decision_id)),
    ]
    for act in acts:
        with pytest.raises((PlanMissing, RecordMissing)):
            act()
    assert (store.forecasts(mine), store.decisions(mine), store.notes(mine)) == ((), (), ())
    assert store.experiments(mine, ended=True) == ()
    assert store.scores(mine).empty
    assert store.judged_cells(mine, [number], before=date(2030, 1, 1)).empty
