"""Headlines of the review's blocks: what the figures say, and nothing where a range crosses zero."""

from dataclasses import fields
from datetime import date, timedelta
from typing import Any, cast

import numpy as np
import pytest

from budget.claims import Claims, ClaimWeek, State
from budget.fans import Interval
from budget.money import micros
from budget.next_hundred import NextHundred
from budget.pacing import Pacing
from budget.present.numbers import numbers_for
from budget.present.words import words_for
from budget.store import Store
from models import pace
from pages.parts import review_claims, review_next, review_pacing
from pages.parts.app import App
from pages.parts.review_looks import Looks
from tests.pages.looks import plain

START = date(2026, 9, 7)
APP = App(cast(Store, None), None, None, None, words_for("en"), numbers_for("en", "AZN"), "en", START)
NAMES = {"a": "Google · search", "b": "Meta"}
LOOKS = Looks(**dict.fromkeys([f.name for f in fields(Looks)], cast(Any, None)) | {"names": NAMES})


def hundred(best: Interval) -> str:
    """The headline over two lines, the better one as given."""
    lines = {"a": best, "b": Interval(-30, -20, -10)}
    return plain(review_next.headline(APP, NextHundred(lines, best, 0), LOOKS))


def test_the_next_100_names_a_line_only_where_it_surely_earns() -> None:
    """Above zero as a whole: the line and its gain; across zero: nothing; below: every line loses."""
    assert hundred(Interval(4, 14, 30)) == "The next AZN 100 earns most on Google · search: AZN 14"
    assert hundred(Interval(-4, 14, 30)) == "Where the next AZN 100 earns most"
    assert hundred(Interval(-9, -5, -1)) == "The next AZN 100 would lose money on every line"


def claims(*weeks: tuple[int, int | None]) -> Claims:
    """Weeks of claimed and booked conversions; None is unknown."""
    return Claims(tuple(_week(n, *each) for n, each in enumerate(weeks)))


def _week(n: int, claimed: int, booked: int | None) -> ClaimWeek:
    counts = micros(claimed), None if booked is None else micros(booked)
    state: State = "unknown" if booked is None else "compared"
    return ClaimWeek(START + timedelta(weeks=n), counts[0], None, counts[1], None, state,
                     min((booked or claimed) / claimed, 1.0))  # fmt: skip


@pytest.mark.parametrize(
    ("found", "told", "scale"),
    [
        (claims((120, 100), (130, 100)), "Platforms claim 25% more than you booked",
         "In 2 weeks claims exceed your books: there 77% – 83% of them count in the income statement."),
        (claims((90, 100)), "Platforms claim no more than you booked",
         "Claims stay within your books, so they count as they are."),
        (claims((120, 100), (50, 100)), "Platforms claim no more than you booked",
         "In 1 week claims exceed your books: there 83% of them count in the income statement."),
        (claims((90, None)), "Claimed by platforms, booked by you",
         "No whole week can be compared yet, so claims count as they are."),
    ],
    ids=["more", "fewer", "one-week", "unknown"],
)  # fmt: skip
def test_claims_are_held_against_the_books(found: Claims, told: str, scale: str) -> None:
    """By how much platforms claim more; silent without bookings; the scale is said."""
    assert review_claims.headline(APP, found) == told
    assert plain(review_claims.scale_words(APP, found)) == scale


def paced(factor: float, done: int = 30) -> Pacing:
    """60 even days of 10 a day, of which the first ones were spent at a factor."""
    days = tuple(START + timedelta(days=n) for n in range(60))
    found = pace(np.full(done, 10.0 * factor), np.ones(60), 600.0, rng=np.random.default_rng(1))
    return Pacing(days, done, micros(600), micros(10 * factor * done), found)


def test_the_pace_is_judged_by_its_band() -> None:
    """Inside the band it is on plan; beyond it the share over or under is said; at the end nothing is asked."""
    assert plain(review_pacing.headline(APP, paced(1.0))) == "Spending is on plan; AZN 10 a day meets the budget"
    assert plain(review_pacing.headline(APP, paced(1.5))).startswith("Spending will end 50% over budget; AZN 5 a day")
    assert plain(review_pacing.headline(APP, paced(0.5))).startswith("Spending will end 50% under budget; AZN 15 a day")
    assert review_pacing.headline(APP, paced(1.0, 60)) == "The plan has ended"
