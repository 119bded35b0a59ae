"""What a decision should change and what it changed, beside sums done by hand and draws of another hand."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.actuals import Actuals, actuals_of
from budget.business import Business
from budget.effects import Effect, effect, expected
from budget.ground import Ground, ground_of
from budget.immature import Arrived, Immature
from budget.measures import Measures
from budget.money import MICROS, micros
from budget.moves import usual_week
from budget.plan import StoredPlan
from budget.ranges import Range
from budget.store import Decision
from models import simulate
from tests.budget.asking import SEED
from tests.budget.builders import START, facts_of, usual_plan, week

KEY = "google-search"
SIMPLE = Business(
    order_value=Range(40.0, 40.0, 40.0), cogs_share=0.5, fulfilment_per_order=2.0, incrementality=Range(0.5, 0.5, 0.5)
)
"""No VAT, discount, returns or fees: a week earns (value / 2 - 2 an order) / 2 - spend."""


def taken(*stakes: tuple[float, float, float], low: float = -30.0, high: float = 60.0, first: int = 2) -> Decision:
    """A decision on the search line; stakes of its weeks: money before, after, profit without it."""
    weeks = {week(first + n).isoformat(): list(map(micros, stake)) for n, stake in enumerate(stakes)}
    return Decision(
        week(first), "scale", "AZN", "google", "search", KEY, expected_low_micros=micros(low),
        expected_high_micros=micros(high), basis={"caused": 0.5, "weeks": weeks},
    )  # fmt: skip


EMPTY = actuals_of(usual_plan(), facts_of([]), {})


def uploaded(*rows: tuple[float, float, float], first: int = 2, weeks: int | None = None) -> Actuals:
    """Spend, orders and value of the line by week; `weeks` of the plan are uploaded to the end."""
    measures = [Measures() for _ in EMPTY.weeks]
    for n, (spend, orders, value) in enumerate(rows):
        measures[first + n] = Measures(micros(spend), None, None, micros(orders), micros(value))
    until = START + timedelta(weeks=first + len(rows) if weeks is None else weeks)
    return replace(EMPTY, measures=dict(EMPTY.measures) | {KEY: tuple(measures)}, until={"google": until})


def came(decision: Decision, actuals: Actuals, *shares: float) -> Effect | None:
    """What came of it at the simple economics; `shares` of the conversions of its weeks have arrived."""
    early = {"google": {week(2 + n): Arrived(share) for n, share in enumerate(shares)}}
    return effect(decision, usual_plan(), SIMPLE, actuals, Immature(early))


def test_an_effect_worked_out_by_hand() -> None:
    """Two weeks at 130 instead of 100: they earn (400/2 - 20)/2 - 130 = -40 and (800/2 - 40)/2 - 130 = 50, so 5 in the
    mean; without the decision -50 and -10 were expected, so -30: the change is +35.
    """
    decision = taken((100, 130, -50), (100, 130, -10))
    found = came(decision, uploaded((130, 10, 400), (130, 20, 800)))
    assert found == Effect("worked", micros(35), 2, by_luck=True)
    sure = replace(decision, expected_likely_micros=micros(26))
    assert came(sure, uploaded((130, 10, 400), (130, 20, 800))) == Effect("worked", micros(35), 2)


@pytest.mark.parametrize(
    ("without", "verdict"),
    [(-75.0, "worked"), (-39.0, "no_evidence"), (-11.0, "no_evidence"), (-9.0, "failed")],
    ids=("above", "nothing", "inside", "below"),
)
def test_the_verdict_by_hand(without: float, verdict: str) -> None:
    """A week at -40 against what was expected; the range is -30 to +60."""
    found = came(taken((100, 130, without)), uploaded((130, 10, 400)))
    assert found is not None
    assert (found.verdict, found.change_micros) == (verdict, micros(-40 - without))


def test_only_complete_weeks_count_and_four_at_most() -> None:
    """The week that is still running tells nothing; the fifth no more."""
    rows = [(130.0, 10.0, 400.0)] * 6
    decision = taken(*[(100.0, 130.0, -45.0)] * 4)
    assert came(decision, uploaded(*rows, weeks=2)) == Effect("too_early", waiting="week")
    for weeks, counted in ((3, 1), (4, 2), (6, 4), (8, 4)):
        found = came(decision, uploaded(*rows, weeks=weeks))
        assert found is not None
        assert found.weeks == counted


def test_weeks_whose_conversions_still_arrive_wait() -> None:
    """Under 80 % nothing is judged; a riper week before it is."""
    actuals, decision = uploaded((130, 10, 400), (130, 20, 800)), taken((100, 130, -50), (100, 130, -10))
    assert came(decision, actuals, 0.79, 0.5) == Effect("too_early", waiting="ripe")
    assert came(decision, actuals, 0.8, 0.5) == Effect("worked", micros(10), 1, by_luck=True)


@pytest.mark.parametrize(
    ("before", "after", "spent", "moved"),
    [(100, 130, 114.9, False), (100, 130, 115, True), (100, 130, 500, True), (100, 60, 81, False), (100, 60, 80, True),
     (100, 60, 0, True)],
    ids=str,
)  # fmt: skip
def test_the_money_must_have_moved(before: float, after: float, spent: float, moved: bool) -> None:
    """Half way at least: else the exports show another week than the one that was decided."""
    found = came(taken((before, after, 0)), uploaded((spent, 10, 400)))
    assert found is not None
    assert (found.waiting != "money") is moved


def test_what_promises_no_money_has_no_effect_to_measure() -> None:
    """Fixes and tests, own words, a line that is gone, and what was dropped."""
    actuals = uploaded((130, 10, 400))
    assert came(Decision(week(2), "fix", "AZN"), actuals) is None
    assert came(replace(taken((100, 130, 0)), basis={}), actuals) is None
    assert came(replace(taken((100, 130, 0)), status="dropped"), actuals) is None
    assert came(replace(taken((100, 130, 0)), line_key="gone"), actuals) is None
    assert came(replace(taken((100, 130, 0)), expected_low_micros=None), actuals) is None


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(st.integers(80, 200), st.integers(0, 40), st.integers(1, 2000)), min_size=1, max_size=4),
    st.integers(-500, 500), st.integers(-300, 0), st.integers(0, 300),
)  # fmt: skip
def test_laws_of_the_effect(rows: list[tuple[int, int, int]], without: int, low: int, high: int) -> None:
    """Expecting more without the decision takes exactly that off the change; verdicts follow from change and range."""
    stakes = [(0.0, 100.0, float(without))] * len(rows)
    found = came(taken(*stakes, low=low, high=high), uploaded(*rows))
    more = came(taken(*[(b, a, w + 7) for b, a, w in stakes], low=low, high=high), uploaded(*rows))
    assert found is not None
    assert more is not None
    assert found.change_micros is not None
    assert more.change_micros == found.change_micros - micros(7)
    profit = sum(value / 4 - orders - spend for spend, orders, value in rows) / len(rows)
    assert found.change_micros / MICROS == pytest.approx(profit - without, abs=3e-6)
    assert found.verdict == (
        "failed" if found.change_micros < micros(low) else "worked" if found.change_micros > 0 else "no_evidence"
    )


@pytest.fixture(scope="module")
def ground() -> Ground:
    """The plan before any upload, from its first day on."""
    found = ground_of(usual_plan(), START, seed=SEED)
    assert isinstance(found, Ground)
    return found


def test_the_promise_is_kept_by_draws_of_another_hand(ground: Ground) -> None:
    """Range and middle beside weeks simulated anew and priced by hand; 8 of 10 of them lie inside."""
    amount = micros(480)
    found = expected(ground, {KEY: amount}, seed=SEED)[KEY]
    assert [round(s.after_micros, -5) for s in found.stakes] == [amount] * 4
    assert [s.week for s in found.stakes] == [week(n) for n in range(4)]
    c = [line.line_key for line in ground.ahead.channels.lines].index(KEY)
    spend = np.zeros((3, 1))
    spend[c] = 480.0
    many = [simulate(ground.beliefs.draws, spend, rng=np.random.default_rng(n)) for n in range(20)]
    profit = np.concatenate([_by_hand(one.value[:, c, 0], one.conversions[:, c, 0], 480.0) for one in many])
    spend[c] = found.stakes[0].before_micros / MICROS
    many = [simulate(ground.beliefs.draws, spend, rng=np.random.default_rng(n)) for n in range(20)]
    without = np.concatenate([_by_hand(one.value[:, c, 0], one.conversions[:, c, 0], spend[c, 0]) for one in many])
    stake, wide = found.stakes[0].without_micros / MICROS, profit.std()
    assert stake == pytest.approx(without.mean(), abs=0.03 * wide)
    low, high = np.quantile(profit - without.mean(), (0.1, 0.9))
    assert found.low_micros / MICROS == pytest.approx(low, abs=0.08 * wide)
    assert found.high_micros / MICROS == pytest.approx(high, abs=0.12 * wide)
    assert found.likely_micros / MICROS == pytest.approx(profit.mean() - without.mean(), abs=0.03 * wide)
    inside = ((profit - stake) * MICROS >= found.low_micros) & ((profit - stake) * MICROS <= found.high_micros)
    assert inside.mean() == pytest.approx(0.8, abs=0.03)


def _by_hand(value: np.ndarray, orders: np.ndarray, spend: float) -> np.ndarray:
    """Profit after media of the usual plan's firm, from its price list."""
    net = value / 1.18 * (1 - 0.06) * (1 - 0.045)
    costs = net * 0.42 + orders * 3.2 + value * (1 - 0.06) * 0.02 + orders * 0.045 * 2.5
    return np.asarray(0.68 * (net - costs) - spend)


def test_nothing_moved_is_nothing_expected(ground: Ground) -> None:
    """Today's own usual week changes nothing in the middle, and the range is a week's luck around it."""
    today = usual_week([int(x) for x in ground.ahead.today_micros[1]])
    found = expected(ground, {KEY: today}, seed=SEED)[KEY]
    assert found.likely_micros == 0
    assert found.low_micros < 0 < found.high_micros


def test_lines_do_not_touch_each_other(ground: Ground) -> None:
    """What is promised of one line is the same whatever else is decided."""
    alone = expected(ground, {KEY: micros(480)}, seed=SEED)[KEY]
    together = expected(ground, {KEY: micros(480), "tiktok-awareness": 0}, seed=SEED)
    assert together[KEY].likely_micros == alone.likely_micros
    assert together[KEY].stakes == alone.stakes
    assert expected(ground, {"gone": 1}, seed=SEED) == {}


def test_no_money_has_no_luck(ground: Ground) -> None:
    """A line cut to nothing surely saves what it was expected to lose, or loses what it was to earn."""
    found = expected(ground, {"tiktok-awareness": 0}, seed=SEED)["tiktok-awareness"]
    assert found.likely_micros == pytest.approx(-np.mean([s.without_micros for s in found.stakes]), abs=2)
    assert found.basis() == {
        "caused": 0.68,
        "weeks": {s.week.isoformat(): [s.before_micros, 0, s.without_micros] for s in found.stakes},
    }


def test_a_promise_is_measured_by_its_own_basis(ground: Ground) -> None:
    """What is kept with the decision is what it is judged by: a week just as expected without it is no change."""
    found = expected(ground, {KEY: micros(480)}, seed=SEED)[KEY]
    decision = Decision(
        week(0), "scale", "AZN", "google", "search", KEY, expected_low_micros=found.low_micros,
        expected_high_micros=found.high_micros, basis=found.basis(),
    )  # fmt: skip
    plan: StoredPlan = usual_plan()
    spend = found.stakes[0].after_micros
    caused, without = Fraction(str(found.caused)), found.stakes[0].without_micros
    value = round((without + spend) / caused * 2)
    actuals = uploaded((spend / MICROS, 0, value / MICROS), first=0)
    seen = effect(decision, plan, replace(SIMPLE, fulfilment_per_order=0.0), actuals, Immature())
    assert seen is not None
    assert seen.change_micros == pytest.approx(0, abs=3)
    assert date.fromisoformat(next(iter(decision.basis["weeks"]))) == week(0)
