"""Tests of what ads cause: what can be entered, what the store keeps, what a planned test would see."""

from dataclasses import replace
from datetime import date, timedelta
from math import sqrt

import numpy as np
import pytest

from budget.errors import InvalidValue
from budget.lifts import Lift, detectable, lift_from_weeks, lift_tests, lifts_of, stored
from budget.money import micros
from budget.rates import Rate
from budget.store import Store, open_store
from budget.weekly_spend import Channel
from budget.weeks import Period

START, END = date(2026, 3, 2), date(2026, 3, 30)
LIFT = Lift(
    "geo", "meta", "prospecting", START, END, "AZN", micros(2000), micros(-2000), micros(-2400), micros(-3000),
    micros(-1800),
)  # fmt: skip
CHANNELS = (Channel("google", "search"), Channel("meta", "prospecting"))
OUTSIDE, INSIDE = Period(date(2025, 1, 6), START), Period(date(2025, 1, 6), END)
PAST = [950.0, 1050.0] * 26


@pytest.mark.parametrize(
    "wrong",
    [
        {"end_date": START},
        {"spend_change_micros": 0},
        {"spend_change_micros": micros(-2001)},
        {"spend_before_micros": -1},
        {"low_micros": micros(-2399)},
        {"high_micros": micros(-2401)},
        {"low_micros": micros(-2400), "high_micros": micros(-2400)},
    ],
)
def test_what_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    """No change of spend, less than no spend, a range without its result or without width."""
    with pytest.raises(InvalidValue, match="test: found"):
        replace(LIFT, **wrong)  # type: ignore[arg-type]  # fields of the test


def test_the_model_takes_a_week_in_major_units() -> None:
    """The range of 8 of 10 outcomes is 2.563 standard deviations wide; the channel is its place."""
    (taken,), left = lift_tests([LIFT], CHANNELS, INSIDE)
    assert left == ()
    assert (taken.channel, taken.spend_before, taken.spend_change, taken.sales_change) == (1, 2000, -2000, -2400)
    assert taken.sales_change_sd == pytest.approx(1200 / 2.5631)
    assert LIFT.iroas == pytest.approx(1.2)


@pytest.mark.parametrize(("kind", "period", "used"), [
    ("on_off", INSIDE, False), ("on_off", OUTSIDE, True), ("geo", INSIDE, True), ("lift", INSIDE, True),
])  # fmt: skip
def test_only_an_on_off_test_can_be_in_the_sales(kind: str, period: Period, used: bool) -> None:
    """Its weeks are weeks of all sales; a test of one region or of the platform tells something else."""
    taken, left = lift_tests([replace(LIFT, kind=kind)], CHANNELS, period)  # type: ignore[arg-type]  # a kind
    assert (len(taken), [one.code for one in left]) == ((1, []) if used else (0, ["LIFT_IN_SALES"]))


def test_the_store_gives_back_what_was_entered(tmp_path: object) -> None:
    """To the cent, with its number; taken away it is no longer there, brought back it is."""
    store: Store = open_store(f"sqlite:///{tmp_path}/payoff.db")
    workspace = store.create_workspace("Xəzər Ev", currency="AZN").workspace_id
    before = store.data_version(workspace)
    kept = store.save_experiment(workspace, stored(LIFT))
    assert lifts_of(store.experiments(workspace), "AZN") == (replace(LIFT, experiment_id=kept.experiment_id),)
    assert store.data_version(workspace) > before
    gone = store.remove_experiment(workspace, kept.experiment_id, seen_version=kept.version)
    assert lifts_of(store.experiments(workspace, ended=True), "AZN") == ()
    store.restore_experiment(workspace, kept.experiment_id, seen_version=gone.version)
    assert len(lifts_of(store.experiments(workspace), "AZN")) == 1
    store.close()


def test_amounts_are_turned_by_the_rate_of_the_first_day() -> None:
    """Manat at .5 are half as many dollars; without a rate the test is left out."""
    rate = Rate(START, "AZN", "USD", 500_000_000)
    (found,) = lifts_of([stored(LIFT)], "USD", [rate])
    assert (found.currency, found.sales_change_micros) == ("USD", micros(-1200))
    assert found.iroas == pytest.approx(1.2)
    assert lifts_of([stored(LIFT)], "USD") == ()


def test_a_planned_test_without_a_result_is_none_yet() -> None:
    """It is kept, and no lift."""
    kept = stored(LIFT)
    assert (
        lifts_of([replace(kept, result={}), replace(kept, result={"note": "x"}), replace(kept, design={})], "AZN") == ()
    )


def test_sales_against_their_own_past() -> None:
    """A steady 1,000 a week that falls to 900 for four weeks changed by -100 a week."""
    found = lift_from_weeks([*PAST[:8], 900, 900, 900, 900], [], 8)
    assert found.change == pytest.approx(-100)
    assert found.low < -100 < found.high < 0
    assert found.chance > 0.9


def test_sales_against_a_control_region() -> None:
    """A season that both regions share is no effect."""
    season = [100.0, 120, 90, 110, 130, 100, 160, 150]
    test = [2 * x for x in season[:6]] + [2 * x + 30 for x in season[6:]]
    found = lift_from_weeks(test, season, 6)
    assert found.change == pytest.approx(30)


@pytest.mark.parametrize(("weeks", "start"), [(3, 3), (8, 3), (8, 8)])
def test_too_few_weeks_are_refused(weeks: int, start: int) -> None:
    """Four before the change and one after it."""
    with pytest.raises(InvalidValue, match="expected 4"):
        lift_from_weeks(PAST[:weeks], [], start)


def test_the_smallest_change_by_hand() -> None:
    """Past 1,000 +- 50, 52 weeks, test of 4: 2.4865 sd of sum over sqrt(4 + 16/52), a week a quarter of it."""
    sd = sqrt(sum((x - 1000) ** 2 for x in PAST) / 51)
    by_hand = 2.4865 * sd * sqrt(4 + 16 / 52) / 4
    found = detectable(PAST, 4, iroas=1.5)
    assert found.lift == pytest.approx(by_hand, rel=1e-4)
    assert found.share == pytest.approx(by_hand / 1000, rel=1e-4)
    assert found.spend_change == pytest.approx(by_hand / 1.5, rel=1e-4)
    assert found.chance is None


def test_the_smallest_change_is_seen_eight_times_of_ten() -> None:
    """Its own money has the chance .8, none the chance of a false alarm (.05), and more money a better one."""
    found = detectable(PAST, 4, iroas=1.5)
    assert found.spend_change is not None
    chances = [
        detectable(PAST, 4, iroas=1.5, spend_change=found.spend_change * share).chance for share in (1e-9, 0.5, 1, 2)
    ]
    assert chances[0] == pytest.approx(0.05, abs=1e-3)
    assert chances[2] == pytest.approx(0.8, abs=1e-3)
    assert chances == sorted(chances, key=lambda x: x or 0)


def test_in_simulated_tests_it_is_seen_so_often() -> None:
    """4,000 tests of a shop whose sales do not follow one another: 77 to 83 of a hundred see the smallest change."""
    rng = np.random.default_rng(3)
    past = PAST  # residuals that alternate: no widening
    found, sd = detectable(past, 4), 50 * sqrt(52 / 51)
    future = 1000 + found.lift + sd * rng.standard_normal((4000, 4))
    whole = sd * sqrt(4 + 16 / 52)
    mean = 1000 + sd / sqrt(52) * rng.standard_normal(4000)
    seen = (future.sum(axis=1) - 4 * mean) / whole > 1.6449
    assert 0.77 < seen.mean() < 0.83


def test_longer_tests_see_smaller_changes() -> None:
    """A week's change that can be seen falls with the length, never rises."""
    lifts = [detectable(PAST, weeks).lift for weeks in (1, 2, 4, 8, 16)]
    assert lifts == sorted(lifts, reverse=True)


def test_a_control_region_helps_where_seasons_are_shared() -> None:
    """Sales that swing together see far less alone than beside each other."""
    swing = [1000 + 300 * np.sin(t / 5) for t in range(52)]
    ours = [2 * x + 20 * (-1) ** t for t, x in enumerate(swing)]
    assert detectable(ours, 4, control=swing).lift < 0.2 * detectable(ours, 4).lift


def test_three_weeks_say_nothing() -> None:
    """Refused with what was found."""
    with pytest.raises(InvalidValue, match="found 3 past"):
        detectable(PAST[:3], 4)


def test_days_of_a_test_end_after_they_begin() -> None:
    """The last day belongs to the test."""
    assert (LIFT.end_date - LIFT.start_date) == timedelta(weeks=4)
