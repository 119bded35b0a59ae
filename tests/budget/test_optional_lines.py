"""The lines that go first when money gets tight: against the draws themselves, and their order."""

import numpy as np
import pytest

from budget.business import business_of
from budget.economics import media_factor
from budget.funnels import contribution_before_media
from budget.ground import Ground, ground_of
from budget.optional_lines import optional_lines
from budget.plan import StoredPlan
from budget.question import Question
from models import expect
from tests.budget.asking import KEYS, SEED, budgets_of, committed
from tests.budget.builders import START, draft, usual_plan, week


def ground(plan: StoredPlan, weeks: int = 0) -> Ground:
    """The plan as of a Monday."""
    found = ground_of(plan, week(weeks), seed=SEED)
    assert isinstance(found, Ground)
    return found


def test_each_line_against_the_draws_themselves() -> None:
    """Contribution of the line's weeks to come, by the funnel and not by its table, less media with VAT and fees."""
    plan = committed(usual_plan(), "optional", "forecast", "optional")
    here = ground(plan, 4)
    spend = here.ahead.today_micros / 1e6
    worth = contribution_before_media(business_of(plan), expect(here.beliefs.draws, spend)).sum(axis=2)
    for found in optional_lines(here):
        c = [line.line_key for line in here.ahead.channels.lines].index(found.line_key)
        profit = worth[:, c] - spend[c].sum() * media_factor(business_of(plan))
        low, mid, high = np.quantile(profit, (0.1, 0.5, 0.9))
        size = abs(profit).mean()
        assert (found.lost.low, found.lost.mid, found.lost.high) == pytest.approx((low, mid, high), abs=0.005 * size)
        assert found.right == pytest.approx((profit < 0).mean(), abs=0.01)
        assert found.left_micros == round(spend[c].sum() * 1e6)


def test_optional_lines_go_before_forecast_ones_and_committed_ones_stay() -> None:
    """Within a kind the line that is most rightly cut comes first."""
    plan = committed(usual_plan(), "forecast", "committed", "optional")
    assert [found.line_key for found in optional_lines(ground(plan))] == ["tiktok-awareness", "meta-prospecting"]
    found = optional_lines(ground(committed(usual_plan(), "optional", "optional", "optional")))
    assert [each.right for each in found] == sorted((each.right for each in found), reverse=True)


def test_all_committed_leaves_nothing_to_cut() -> None:
    """No line is named against its status."""
    assert optional_lines(ground(committed(usual_plan(), "committed", "committed", "committed"))) == ()


def test_of_one_line_alone_all_is_lost_that_the_plan_earns() -> None:
    """A plan of one line, even weeks: cutting it loses what the budgets of the Optimise screen say of today's plan."""
    whole = usual_plan()
    plan = draft(whole, lines=whole.lines[:1], weeks=tuple(w for w in whole.weeks if w.line_key == KEYS[0]))
    plan = committed(plan, "optional")
    (found,) = optional_lines(ground(plan))
    (keep,) = [point for point in budgets_of(plan, Question(START)).points if point.share == 0]
    assert found.left_micros == keep.budget_micros
    ends = (found.lost.low, found.lost.mid, found.lost.high)
    assert ends == pytest.approx((keep.profit.low, keep.profit.mid, keep.profit.high), abs=1.0)
