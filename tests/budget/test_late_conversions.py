"""Conversions that come in late: the share that has arrived, learned from successive exports, corrects young weeks."""

from collections.abc import Iterator
from dataclasses import replace
from math import log
from pathlib import Path

import numpy as np
import pytest

from budget import desk
from budget.actuals import Actuals, actuals_of
from budget.evidence import Evidence, evidence
from budget.funnels import channels_of
from budget.learning import beliefs, history_of
from budget.plan import StoredPlan
from budget.present.evidence_words import young_sentence
from budget.present.numbers import Numbers
from budget.present.words import words_for
from budget.store import Store, open_store
from models import learn_funnel
from tests.budget.builders import LINES, fact, facts_of, usual_plan, week
from tests.budget.late import CPA, arrived, late_firm, upload

SEED = (1, 1, 1, 0)
PLATFORMS = tuple(platform for _, platform, *_ in LINES)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    made = open_store(f"sqlite:///{tmp_path / 'payoff.db'}")
    yield made
    made.close()


def made(plan: StoredPlan, weeks: int, *, young: int = 0, share: float = 1.0) -> Actuals:
    """Steady weeks of every line in which one click of 50 orders; of the last `young` ones a part is reported."""
    rows = [
        fact(t, platform, key, spend_micros=700_000_000, impressions=140_000, clicks=2800,
             conversions_micros=round(56e6 * (share if t >= weeks - young else 1)),
             value_micros=round(3360e6 * (share if t >= weeks - young else 1)))
        for t in range(weeks) for key, platform, *_ in LINES
    ]  # fmt: skip
    return actuals_of(plan, facts_of(rows), dict.fromkeys(PLATFORMS, week(weeks)))


def told(actuals: Actuals, weeks: int, *, young: int, share: float) -> Actuals:
    """The same with the share that has arrived known."""
    shares = tuple(share if weeks - young <= t < weeks else 1.0 for t in range(len(actuals.weeks)))
    return replace(actuals, reported=dict.fromkeys(PLATFORMS, shares))


def rates(plan: StoredPlan, actuals: Actuals) -> list[float]:
    """The middle of the learned conversion rate of each line."""
    return [float(x) for x in np.median(beliefs(channels_of(plan), actuals, SEED).draws.cvr, axis=0)]


def test_complete_data_change_nothing() -> None:
    """A share of 1 in every week gives the same draws, to the bit, as no share at all; so it does in the model."""
    plan = usual_plan()
    plain = made(plan, 8)
    complete = told(plain, 8, young=0, share=1.0)
    without, with_share = (beliefs(channels_of(plan), each, SEED).draws for each in (plain, complete))
    for name in ("cpm", "ctr", "cvr", "value", "cvr_elasticity"):
        np.testing.assert_array_equal(getattr(with_share, name), getattr(without, name))
    history, prior = history_of(channels_of(plan), plain), channels_of(plan).prior
    assert history is not None
    assert prior is not None
    ones = replace(history, reported_share=np.ones(history.spend.shape))
    one, other = (learn_funnel(each, prior, rng=np.random.default_rng(2)).draws.cvr for each in (history, ones))
    np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("weeks", [4, 8, 13])
def test_young_weeks_no_longer_drag_the_rate_down(weeks: int) -> None:
    """Of the last two weeks 60 % are reported: with the share each line's rate is closer to the truth than without.

    It is what would be learned once all have arrived, within a fiftieth.
    """
    plan = usual_plan()
    young = made(plan, weeks, young=2, share=0.6)
    final, dragged = rates(plan, made(plan, weeks)), rates(plan, young)
    corrected = rates(plan, told(young, weeks, young=2, share=0.6))
    for right, low, mended in zip(final, dragged, corrected, strict=True):
        assert abs(log(mended / 0.02)) < abs(log(low / 0.02))
        assert mended == pytest.approx(right, rel=0.02)


def test_the_share_is_learned_from_successive_exports(store: Store) -> None:
    """Exports of the last four weeks, every Monday: the share of each week is what had arrived at its last look."""
    plan = late_firm(store)
    for weeks in range(1, 8):
        upload(store, plan, weeks)
    found = desk.actuals(store, plan).reported
    assert set(found) == set(PLATFORMS)
    for t, age in ((6, 0), (5, 7), (4, 14), (3, 21)):
        truth = np.mean([arrived(age + n, 5.0) for n in range(1, 8)])
        assert found["meta"][t] == pytest.approx(truth, abs=0.04), t
    assert all(share > 0.98 for share in found["meta"][:4])
    assert found["meta"][7:] == (1.0,) * 6


def test_what_is_learned_is_closer_to_the_truth(store: Store) -> None:
    """Through the store: the cost of an order of every line is nearer to its true one than without the correction."""
    plan = late_firm(store)
    for weeks in range(1, 5):
        upload(store, plan, weeks)
    actuals = desk.actuals(store, plan)
    with_share, without = (_evidence(plan, each) for each in (actuals, replace(actuals, reported={})))
    for mended, dragged in zip(with_share.lines, without.lines, strict=True):
        near, far = mended.figures["cpa"].after, dragged.figures["cpa"].after
        assert near is not None
        assert far is not None
        assert abs(log(near.mid / CPA)) < abs(log(far.mid / CPA))
    assert not without.young


def _evidence(plan: StoredPlan, actuals: Actuals) -> Evidence:
    found = evidence(plan, actuals, seed=SEED)
    assert isinstance(found, Evidence)
    return found


@pytest.mark.parametrize("restated", [7, 28])
def test_one_look_at_each_day_tells_nothing(store: Store, restated: int) -> None:
    """Where no day was exported twice the share is unknown, and learning is as before; a first upload is such."""
    plan = late_firm(store)
    for weeks in range(1, 5) if restated == 7 else [4]:
        upload(store, plan, weeks, restated=restated)
    actuals = desk.actuals(store, plan)
    assert actuals.reported == {}
    history = history_of(channels_of(plan), actuals)
    assert history is not None
    assert history.reported_share is None


def test_a_week_never_exported_again_stays_young(store: Store) -> None:
    """Once it is known how conversions arrive, weeks that no later export restated count as they were at their look."""
    plan = late_firm(store)
    for weeks in range(1, 5):
        upload(store, plan, weeks)
    for weeks in range(5, 11):
        upload(store, plan, weeks, restated=7)
    found = desk.actuals(store, plan).reported["meta"]
    assert found[0] > 0.98
    assert all(share < 0.75 for share in found[3:10])
    newest, older = _evidence(plan, desk.actuals(store, plan)).young
    assert (newest.days, newest.weeks, older.days) == (28, 4, None)
    assert newest.platforms == older.platforms == PLATFORMS


def test_conversions_that_come_at_once_are_not_corrected(store: Store) -> None:
    """A platform whose days never change after their first look is taken as all but complete: the usual delay fades."""
    plan = late_firm(store)
    for weeks in range(1, 8):
        upload(store, plan, weeks, mean_days=0.0)
    found = desk.actuals(store, plan).reported["meta"]
    assert min(found) > 0.94
    assert min(found[:6]) > 0.98


def test_young_weeks_are_no_drift(store: Store) -> None:
    """Weeks of which less has arrived show a lower rate; it is not called one that has moved."""
    plan = late_firm(store)
    for weeks in range(1, 10):
        upload(store, plan, weeks, mean_days=9.0)
    actuals = desk.actuals(store, plan)
    corrected, raw = (
        next(shift for shift in _evidence(plan, each).lines[0].shifts if shift.name == "cvr")
        for each in (actuals, replace(actuals, reported={}))
    )
    assert raw.change < -0.2
    assert corrected.change == pytest.approx(0, abs=0.05)


def test_young_weeks_are_said() -> None:
    """The last days and the share are named; older weeks are asked for again."""
    plan, words = usual_plan(), words_for("en")
    numbers = Numbers("en", "AZN")
    young = told(made(plan, 8, young=2, share=0.6), 8, young=2, share=0.6)
    (one,) = _evidence(plan, young).young
    assert young_sentence(words, numbers, one) == (
        "Meta, Google, TikTok: conversions of the last 14 days are still coming in; they are counted as 60% complete."
    )
    old = young_sentence(words, numbers, replace(one, days=None, weeks=1, platforms=("meta",)))
    assert old.startswith("Meta: 1 earlier week was exported before all its conversions had arrived")
