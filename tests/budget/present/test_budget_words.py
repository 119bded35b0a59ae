"""Cut, keep or grow in words: by the figures, with the chance, and silent where there is no choice."""

import pytest

from budget.fans import Interval
from budget.frontier import Frontier, Point
from budget.money import micros
from budget.present.budget_words import point_results, point_text, verdict_reasons, verdict_text
from budget.present.numbers import numbers_for
from budget.present.words import words_for

WORDS, NUMBERS = words_for("en"), numbers_for("en", "AZN")


def point(share: float, expected: float = 100.0) -> Point:
    """A budget around 4,000."""
    span = Interval(-50.0, expected, 300.0)
    money = micros(4000 * (1 + share))
    return Point(share, money, span, expected, 0.2, Interval(30, 40, 50), Interval(800, 900, 1000), 0.65, (money,))


def frontier(best: float | None, chance: float = 0.8, *, at_end: bool = False) -> Frontier:
    """Three budgets, the best one as said."""
    points = tuple(point(share) for share in (-0.5, 0.0, 0.5))
    found = None if best is None else micros(best)
    return Frontier(("a",), (micros(4000),), points, found, at_end, chance, -20.0, micros(5500))


@pytest.mark.parametrize(
    ("found", "verdict", "said"),
    [
        (frontier(4020), "keep", "Keep the budget: profit is highest near AZN 4,020"),
        (frontier(3500), "cut", "Cut the budget to AZN 3,500: 80% chance of more profit than keeping it"),
        (frontier(4600), "grow", "Grow the budget to AZN 4,600: 80% chance of more profit than keeping it"),
        (
            frontier(4600, 0.55),
            "keep",
            "Keep the budget: 55% chance that AZN 4,600 would earn more is not enough to move",
        ),
        (
            frontier(6000, at_end=True),
            "grow",
            "Grow the budget to AZN 6,000 or more: 80% chance of more profit than keeping it",
        ),
        (
            frontier(2000, at_end=True),
            "cut",
            "Cut the budget to AZN 2,000 or less: 80% chance of more profit than keeping it",
        ),
        (frontier(None), "keep", "Profit by budget"),
    ],
    ids=["right", "cut", "grow", "unclear", "all grow", "all cut", "no choice"],
)
def test_cut_keep_or_grow(found: Frontier, verdict: str, said: str) -> None:
    """The verdict, and the sentence that says it; an unclear gain is no reason to move."""
    assert found.verdict == verdict
    assert verdict_text(WORDS, NUMBERS, found).replace("\u00a0", " ") == said


def test_reasons_are_the_next_money_the_best_budget_and_break_even() -> None:
    """Three reasons, each with its figure."""
    said = [text.replace("\u00a0", " ") for text in verdict_reasons(WORDS, NUMBERS, frontier(3500))]
    assert said == [
        "Beyond today's budget the next AZN 100 loses AZN 20 after its cost.",
        "Money pays for itself up to AZN 3,500, AZN 500 less than planned.",
        "Break-even: beyond AZN 5,500 a loss is expected.",
    ]


def test_one_budget_in_words() -> None:
    """Profit with its range and chance; what else it brings."""
    said = point_text(WORDS, NUMBERS, point(0.5)).replace("\u00a0", " ")
    assert "AZN 6,000" in said
    assert "AZN 100" in said
    assert "65% chance of more" in said
    other = point_results(WORDS, NUMBERS, point(0.5)).replace("\u00a0", " ")
    assert other == "It brings about 40 conversions and AZN 900 of net revenue; 20% chance of a loss."
