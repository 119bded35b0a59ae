"""The owner's page in words: each finding by its rule, and silent or neutral where the rule does not hold."""

from dataclasses import replace

import pytest

from budget.cash import Cash, CashTerms
from budget.fans import Fan, Interval
from budget.frontier import Frontier
from budget.optional_lines import OptionalLine
from budget.pnl import ProfitAndLoss
from budget.present import overview_words as told
from budget.present.numbers import numbers_for
from budget.present.overview_words import Change
from budget.present.words import words_for
from budget.record_weeks import JudgedWeek
from tests.budget.builders import week
from tests.budget.present.test_budget_words import frontier, point

WORDS, NUMBERS = words_for("en"), numbers_for("en", "AZN")
NO_BREAK = "\u00a0"
SOLD = ProfitAndLoss(claimed_net_revenue=1_000_000_000)


@pytest.mark.parametrize(
    ("cost", "said"),
    [
        (970, "Of each AZN 100 sold about AZN 3 remain"),
        (1040, "Each AZN 100 sold loses about AZN 4"),
        (998, "Of each AZN 100 sold almost nothing remains"),
    ],
    ids=["gain", "loss", "neither"],
)
def test_what_remains_of_a_hundred(cost: int, said: str) -> None:
    """Profit over net revenue, rounded to whole money."""
    assert told.of_statement(WORDS, NUMBERS, replace(SOLD, media=cost * 1_000_000)).replace(NO_BREAK, " ") == said


def test_without_sales_the_statement_has_only_its_name() -> None:
    """Nothing is said of a hundred sold where nothing was."""
    assert told.of_statement(WORDS, NUMBERS, ProfitAndLoss(media=5_000_000)) == "From net revenue to profit"


def cash(back_week: int | None) -> Cash:
    """Cash that is back in a week."""
    none = Fan(*([0.0] for _ in range(3)))  # type: ignore[arg-type]  # nothing is drawn of it
    return Cash(CashTerms(), (week(0),), none, Interval(0, 0, 0), None, back_week)


@pytest.mark.parametrize(
    ("back", "done", "said"),
    [
        (None, 3, "Cash most likely stays below zero to the last payment"),
        (1, 0, "Cash most likely stays above zero from the first week"),
        (4, 9, "Cash is above zero since week 4, most likely for good"),
        (10, 9, "Cash most likely turns positive in week 10"),
    ],
    ids=["never", "always", "already", "later"],
)
def test_when_cash_turns_positive(back: int | None, done: int, said: str) -> None:
    """What has happened is not told as a forecast."""
    assert told.of_cash_weeks(WORDS, cash(back), done) == said


def judged(*actual: int) -> list[JudgedWeek]:
    """Weeks with a range of 10 to 30."""
    return [JudgedWeek(week(n), 10, 30, x) for n, x in enumerate(actual)]


def test_how_often_ranges_held() -> None:
    """Weeks inside of all; before any result there is none to count."""
    assert told.of_weeks(WORDS, judged(10, 31, 20)) == "Our ranges were right in 2 of 3 weeks"
    assert told.of_weeks(WORDS, judged(9)) == "Our range was right in 0 of 1 week"
    assert told.of_weeks(WORDS, []) == "No forecast has met its result yet"


def test_a_budget_is_named_by_what_is_done_to_it() -> None:
    """Cut, keep or grow, with its money in the chart's unit."""
    said = [told.budget_name(WORDS, NUMBERS, point(share), 1000, 1) for share in (-0.5, 0.0, 0.5)]
    assert said == ["Cut 50%, 2.0", "Keep, 4.0", "Grow 50%, 6.0"]


def test_break_even_is_said_only_where_it_is_known() -> None:
    """The budget from which a loss is expected; that none is; nothing where losses are expected from the start."""
    found = frontier(4600)
    assert (
        told.even_text(WORDS, NUMBERS, found).replace(NO_BREAK, " ")
        == "Break-even: beyond AZN 5,500 a loss is expected."
    )
    safe = replace(found, zero_micros=None)
    assert told.even_text(WORDS, NUMBERS, safe) == "Break-even: none of these budgets is expected to make a loss."
    losing = replace(safe, points=(point(0.0, -5.0),))
    assert told.even_text(WORDS, NUMBERS, losing) == ""
    assert told.even_text(WORDS, NUMBERS, Frontier((), ())) == ""


def test_a_chance_that_hardly_moved_is_the_same() -> None:
    """Below 2 points the same, below 5 neither good nor bad; a loss that is likelier is bad."""
    change = told.chance_change
    assert change(WORDS, NUMBERS, 0.50, 0.51, up=True) == Change("about the same", "off")
    assert change(WORDS, NUMBERS, 0.50, 0.54, up=True) == Change(f"4{NO_BREAK}pp up", "up")
    assert change(WORDS, NUMBERS, 0.50, 0.62, up=True) == Change(f"12{NO_BREAK}pp up", "up", good=True)
    assert change(WORDS, NUMBERS, 0.50, 0.62, up=False) == Change(f"12{NO_BREAK}pp up", "up", good=False)
    assert change(WORDS, NUMBERS, 0.62, 0.50, up=True) == Change(f"12{NO_BREAK}pp down", "down", good=False)
    assert change(WORDS, NUMBERS, None, 0.5, up=True) is None
    assert change(WORDS, NUMBERS, 0.5, None, up=True) is None


def test_a_change_of_profit_is_held_against_its_range() -> None:
    """Within 2 % of the range the same; from 5 % on it is good or bad."""
    assert told.profit_change(WORDS, NUMBERS, 1000, 1190, 10_000) == Change("about the same", "off")
    assert told.profit_change(WORDS, NUMBERS, 1000, 1300, 10_000) == Change("300 up", "up")
    assert told.profit_change(WORDS, NUMBERS, 1000, 1900, 10_000) == Change("900 up", "up", good=True)
    assert told.profit_change(WORDS, NUMBERS, 1900, 1000, 10_000) == Change("900 down", "down", good=False)


def test_a_later_payback_is_bad() -> None:
    """In weeks; nothing where one of the two is not in the plan."""
    assert told.payback_change(WORDS, 10, 9) == Change("1 week earlier", "down", good=True)
    assert told.payback_change(WORDS, 9, 11) == Change("2 weeks later", "up", good=False)
    assert told.payback_change(WORDS, 9, 9) == Change("the same week", "off")
    assert told.payback_change(WORDS, None, 9) is None


def test_the_end_of_a_plan_that_is_over() -> None:
    """In profit or in loss, by what happened."""
    assert told.of_end(WORDS, NUMBERS, 5_000_000_000).replace(NO_BREAK, " ") == "The plan ended AZN 5,000 in profit"
    assert told.of_end(WORDS, NUMBERS, -5_000_000_000).replace(NO_BREAK, " ") == "The plan ended AZN 5,000 in loss"


def test_lines_that_go_first_are_named_only_where_there_are_some() -> None:
    """A range that crosses zero is written with both signs."""
    one = OptionalLine("a", "optional", 4_200_000_000, Interval(-260.0, -150.0, 310.0), 0.71)
    assert told.of_optional(WORDS, [one]) == "If money gets tight, these lines go first"
    assert told.of_optional(WORDS, []) == "No line with money left may be cut"
    assert told.left_text(NUMBERS, one).replace(NO_BREAK, " ") == "AZN 4,200"
    assert told.lost_text(NUMBERS, one).replace(NO_BREAK, " ") == "−AZN 150 (−260 … +310)"
