"""The forecast record follows the facts both ways: whatever was uploaded or taken back, it is what they say now."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from budget import desk
from budget.plan import StoredPlan
from budget.record import Record
from budget.ripeness import ripeness
from budget.scoring import caused_of, happened, lines_of, score
from budget.store import Store, default_url, open_store
from budget.store.doctor import examine
from tests.budget.late import late_firm, upload

EVER = date(2030, 1, 1)
SAID = ["forecast_id", "platform", "tactic", "week_start", "metric", "actual_micros", "inside_50", "inside_80",
        "inside_90", "bias_micros", "crps_micros"]  # fmt: skip


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An empty store at the default place."""
    monkeypatch.setenv("PAYOFF_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("PAYOFF_DATABASE_URL", raising=False)
    made = open_store(default_url())
    yield made
    made.close()


def stored(store: Store, plan: StoredPlan) -> pd.DataFrame:
    """The latest scores that were not taken back."""
    found = store.scores(plan.workspace_id)
    return found[found["maturity"] > 0][SAID].sort_values(SAID[:5]).reset_index(drop=True)


def fresh(store: Store, plan: StoredPlan) -> pd.DataFrame:
    """What judging every kept forecast anew gives, as if none had ever been judged."""
    firm = plan.workspace_id
    kept = store.forecasts(firm)
    ripe = ripeness(store.snapshots(firm), store.coverage(firm), seed=(9,))
    actuals = desk.actuals(store, plan)
    known = {one.forecast_id: happened(plan, actuals, lines_of(one), ripe, caused_of(one)) for one in kept}
    cells = store.judged_cells(firm, list(known), before=EVER).assign(actual_micros=None)
    made = pd.DataFrame([vars(each) for each in score(cells, known, 1)], columns=SAID)
    whole = {name: "Int64" for name in SAID if name.endswith("_micros") or name == "forecast_id"}
    made = made.assign(week_start=pd.to_datetime(made["week_start"])).astype(whole)
    return made.sort_values(SAID[:5]).reset_index(drop=True)


def judged(found: Record) -> tuple[object, ...]:
    """What a record says of results, as texts: NaN equals NaN there."""
    return (
        found.judged, repr(found.levels), repr(found.by_metric), found.weakest, repr(found.assumptions),
        repr(found.by_horizon),
    )  # fmt: skip


def test_an_upload_that_is_undone_leaves_the_record_as_it_was(store: Store) -> None:
    """Three weeks judged; two more judged too, then taken back: the record is the earlier one; uploaded again, the
    later one. The doctor finds no fault in scores that were taken back.
    """
    plan = late_firm(store)
    desk.settle(store, plan, "plan")
    for weeks in (2, 3):
        upload(store, plan, weeks)
        desk.settle(store, plan, "upload")
    before = desk.record(store, plan)
    number = upload(store, plan, 5)
    desk.settle(store, plan, "upload")
    later = desk.record(store, plan)
    assert later.judged > before.judged > 0
    store.undo_import(plan.workspace_id, number)
    desk.settle(store, plan, "undo")
    assert judged(desk.record(store, plan)) == judged(before)
    upload(store, plan, 5)
    desk.settle(store, plan, "upload")
    again = desk.record(store, plan)
    assert (again.judged, again.levels[0.8].judged) == (later.judged, later.levels[0.8].judged)
    assert examine(default_url()).faults == ()


def test_without_any_upload_nothing_is_judged(store: Store) -> None:
    """All uploads taken back: no score counts, though all that were made are still there."""
    plan = late_firm(store)
    desk.settle(store, plan, "plan")
    numbers = [upload(store, plan, weeks) for weeks in (2, 4)]
    desk.settle(store, plan, "upload")
    assert desk.record(store, plan).judged > 0
    for number in numbers:
        store.undo_import(plan.workspace_id, number)
    desk.settle(store, plan, "undo")
    assert desk.record(store, plan).judged == 0
    assert stored(store, plan).empty
    assert not store.scores(plan.workspace_id, latest=False).empty


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_scores_are_what_a_fresh_judgement_says(store: Store, seed: int) -> None:
    """After any order of uploads, corrections and undos the scores that count equal those made anew."""
    rng = np.random.default_rng(seed)
    plan = late_firm(store)
    desk.settle(store, plan, "plan")
    there: list[int] = []
    some = 0
    for _ in range(7):
        if there and rng.random() < 0.4:
            store.undo_import(plan.workspace_id, there.pop(int(rng.integers(len(there)))))
        else:
            made = upload(store, plan, int(rng.integers(1, 7)), factor=int(rng.integers(1, 3)))
            there = [*(one for one in there if one != made), made]
        desk.settle(store, plan, "step")
        pd.testing.assert_frame_equal(stored(store, plan), fresh(store, plan), check_dtype=False)
        some += len(stored(store, plan))
        assert desk.score_forecasts(store, plan) == 0
    assert some > 0


def test_a_forgotten_judgement_is_made_up_for(store: Store) -> None:
    """An undo after which nobody judged is caught up by the next judgement, whoever asks for it."""
    plan = late_firm(store)
    desk.settle(store, plan, "plan")
    number = upload(store, plan, 3)
    desk.settle(store, plan, "upload")
    store.undo_import(plan.workspace_id, number)
    assert desk.score_forecasts(store, plan) > 0
    assert desk.record(store, plan).judged == 0


def test_a_forecast_is_kept_on_demand_with_its_reason(store: Store) -> None:
    """The same plan and data give the same forecast; its reason is noted once; a changed plan gives a new one."""
    plan = late_firm(store)
    one = desk.keep_forecast(store, plan, "asked", "before the price rise")
    again = desk.keep_forecast(store, plan, "asked", "before the price rise")
    assert one is not None
    assert again == one
    other = desk.keep_forecast(store, plan, "asked", "second thought")
    assert other == one
    (kept,) = desk.kept_forecasts(store, plan)
    assert kept.notes == ("before the price rise", "second thought")
    changed = store.save_plan(plan.workspace_id, replace(plan, name="Dearer"))
    new = desk.keep_forecast(store, changed, "asked")
    assert new is not None
    assert [each.forecast for each in desk.kept_forecasts(store, changed)] == [new, one]
    assert desk.kept_forecasts(store, changed)[0].notes == ()
