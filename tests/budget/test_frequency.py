"""Laws of frequency: nobody is lost between people, times and impressions."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import nbinom

from budget import people
from budget.errors import InvalidValue
from budget.forecast import Forecast, forecast
from budget.frequency import CAP, USUAL_CAP, cap_of, with_cap
from budget.funnels import channels_of
from budget.people import people_reached
from budget.phasing import rephased
from budget.plan import StoredPlan
from models import draw_funnel, expect
from tests.budget.builders import START, figure, line, plan_of, usual_plan


def forecasted(plan: StoredPlan) -> Forecast:
    """A forecast that must exist."""
    found = forecast(plan, seed=(1, 1, 1, 0))
    assert isinstance(found, Forecast)
    return found


def one_line(budget: float = 9000.0) -> StoredPlan:
    """A plan of one line with an audience of 400,000."""
    rates = [figure("a", key, x) for key, x in (("cpm", 4.0), ("ctr", 0.013), ("cvr", 0.019), ("audience", 400_000.0))]
    return plan_of(line("a", "meta", "prospecting", budget), figures=rates)


@pytest.mark.parametrize("plan", [usual_plan(), one_line(), one_line(60.0)], ids=["three", "one", "tiny"])
def test_people_and_impressions_are_conserved(plan: StoredPlan) -> None:
    """Groups sum to the people reached, their impressions to all impressions, each inside its own times."""
    found = forecasted(plan).frequency
    assert sum(g.people.mid for g in found.groups) == pytest.approx(found.people.mid)
    assert sum(g.impressions for g in found.groups) == pytest.approx(found.impressions)
    for group in found.groups:
        assert group.people.low <= group.people.mid <= group.people.high
        assert group.impressions >= group.first * group.people.mid * (1 - 1e-6) - 1e-6
        if group.last is not None:
            assert group.impressions <= group.last * group.people.mid * (1 + 1e-9)


def test_groups_are_those_of_a_negative_binomial() -> None:
    """With k solved by another solver from the same people, impressions and audience, scipy gives the same groups."""
    found = forecasted(usual_plan()).frequency
    mean, share = found.impressions / found.audience, found.people.mid / found.audience
    even = brentq(lambda k: 1 - (1 + mean / k) ** -k - share, 1e-4, 1e3)
    known = nbinom(even, even / (even + mean))
    once, few, some, often = (group.people.mid for group in found.groups)
    assert once == pytest.approx(found.audience * known.pmf(1), rel=1e-6)
    assert few == pytest.approx(found.audience * known.pmf([2, 3]).sum(), rel=1e-6)
    assert some == pytest.approx(found.audience * known.pmf([4, 5, 6]).sum(), rel=1e-6)
    assert often == pytest.approx(found.audience * known.sf(6), rel=1e-6)


def test_more_money_shows_more_often() -> None:
    """Four times the budget reaches no fewer people, and shows each of them more ads."""
    first, second = forecasted(one_line(2000)).frequency, forecasted(one_line(8000)).frequency
    assert second.people.mid > first.people.mid
    assert second.mean > first.mean
    assert second.lines["a"].week > first.lines["a"].week


def test_a_line_alone_reaches_all_its_people_alone() -> None:
    """The only line's people are reached by no other; of three lines each reaches some alone, fewer than all."""
    (only,) = forecasted(one_line()).frequency.lines.values()
    assert only.alone == pytest.approx(only.people, rel=1e-6)
    for each in forecasted(usual_plan()).frequency.lines.values():
        assert 0 < each.alone < each.people
        assert list(each.used) == sorted(each.used)
        assert 0 < each.used[-1] <= 1
        assert each.week >= 1


def test_the_range_of_people_holds_what_is_not_known_of_the_overlap() -> None:
    """With uncertain overlap the range of people is wider, its middle the same, and bounds still hold."""
    plan = usual_plan()
    channels = channels_of(plan)
    assert channels.prior is not None
    draws = draw_funnel(channels.prior, rng=np.random.default_rng(1))
    outcomes = expect(draws, channels.spend)
    sure = people_reached(draws, outcomes)
    unsure = people_reached(draws, outcomes, rng=np.random.default_rng(2))
    widths = [np.ptp(np.quantile(np.log(x[:, -1]), (0.1, 0.9))) for x in (sure, unsure)]
    assert widths[1] > widths[0]
    assert np.median(unsure[:, -1]) == pytest.approx(np.median(sure[:, -1]), rel=0.05)
    assert (unsure >= outcomes.reach.max(axis=1) * (1 - 1e-12)).all()
    assert (unsure <= outcomes.reach.sum(axis=1) * (1 + 1e-12)).all()
    assert (np.diff(unsure, axis=1) >= 0).all()


def test_a_long_plan_is_computed_at_some_weeks_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over a year, with a line that starts in its middle, people are within 1 % of computing every single week."""
    plan = usual_plan()
    long = [replace(each, end_date=START + timedelta(weeks=52)) for each in plan.lines]
    long[1] = replace(long[1], start_date=START + timedelta(weeks=23))
    channels = channels_of(rephased(replace(plan, lines=tuple(long), weeks=())))
    assert channels.prior is not None
    draws = draw_funnel(channels.prior, rng=np.random.default_rng(1), draws=50)
    outcomes = expect(draws, channels.spend)
    some = people_reached(draws, outcomes)
    monkeypatch.setattr(people, "MOST_WEEKS", 60)
    assert some == pytest.approx(people_reached(draws, outcomes), rel=0.01)


def test_the_cap_is_kept_on_the_plan() -> None:
    """An own cap reads back; the usual one leaves nothing behind; one that is no number of ads is refused."""
    plan = usual_plan()
    assert cap_of(plan) == USUAL_CAP
    own = with_cap(plan, 3.5)
    assert cap_of(own) == 3.5
    assert forecasted(own).frequency.cap == 3.5
    assert with_cap(own, USUAL_CAP) == plan
    assert CAP not in {a.key for a in plan.assumptions}
    with pytest.raises(InvalidValue, match="found 0"):
        with_cap(plan, 0)
