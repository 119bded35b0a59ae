"""The next 100: the same figures as the advice, and over all lines what they add up to."""

import pytest

from budget.advice import Advice, advise
from budget.fans import Interval
from budget.ground import Ground, ground_of
from budget.next_hundred import NextHundred, next_hundred_of
from budget.question import Question
from tests.budget.builders import START, line, plan_of, usual_plan

SEED = (1, 1, 1, 0)


@pytest.fixture(scope="module")
def ground() -> Ground:
    """The usual plan before its first day."""
    found = ground_of(usual_plan(), START, seed=SEED)
    assert isinstance(found, Ground)
    return found


@pytest.fixture(scope="module")
def found(ground: Ground) -> NextHundred:
    """Its next 100."""
    return next_hundred_of(ground)


def test_lines_are_those_of_the_advice(ground: Ground, found: NextHundred) -> None:
    """Every line's range is the one that the advice shows for today's split; the best comes first."""
    told = advise(ground, Question(START))
    assert isinstance(told, Advice)
    assert dict(found.lines) == {each.line_key: each.next_today for each in told.lines}
    middles = [each.mid for each in found.lines.values()]
    assert middles == sorted(middles, reverse=True)


def test_the_whole_lies_between_the_lines(found: NextHundred) -> None:
    """100 over all lines earn no more than on the best and no less than on the worst; nothing was learned yet."""
    middles = [each.mid for each in found.lines.values()]
    assert min(middles) < found.total.mid < max(middles)
    assert found.planned == found.total.mid


def test_of_one_line_the_whole_is_the_line() -> None:
    """With a single line with money both are the same."""
    plan = usual_plan()
    one = plan_of(line("meta-prospecting", "meta", "prospecting", 9000.0),
                  figures=[a for a in plan.assumptions if a.scope == "meta-prospecting"])  # fmt: skip
    ground = ground_of(one, START, seed=SEED)
    assert isinstance(ground, Ground)
    found = next_hundred_of(ground)
    (only,) = found.lines.values()
    assert isinstance(only, Interval)
    assert (found.total.low, found.total.mid, found.total.high) == pytest.approx((only.low, only.mid, only.high))
