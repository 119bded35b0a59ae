"""Sales pasted from a spreadsheet: as people write them, asked where a column does not tell, never guessed silently."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.money import MICROS
from budget.pasted_sales import Pasted, read_groups, read_pasted
from budget.present.numbers import numbers_for

TODAY = date(2026, 11, 22)
MONDAY = date(2026, 1, 5)
NEXT = MONDAY + timedelta(weeks=1)


def read(text: str, **answers: str) -> Pasted:
    """As pasted on 22 November 2026 by a firm in manat."""
    return read_pasted(text, "AZN", today=TODAY, answers=answers)


def amounts(found: Pasted) -> dict[date, float]:
    """First days and manat."""
    return {one.period_start: (one.revenue_micros or 0) / MICROS for one in found.totals}


@pytest.mark.parametrize(
    "text",
    [
        "05.01.2026\t12345,50\n12.01.2026\t9800",
        "Həftə\tSatış\n05.01.2026\t12.345,50\n12.01.2026\t9.800,00",
        "Week;Sales\n2026-01-05;12345.50\n2026-01-12;9800",
        "2026-01-05,12345.50\n2026-01-12,9800\n\n",
        "2026-W02\t12 345,50\n2026-W03\t9 800,00",
        "5 Jan 2026 12,345.50\n12 Jan 2026 9,800.00",
        "1/5/2026\t$12,345.50\n1/12/2026\t$9,800.00",
        "12345,50\t05.01.2026\n9800\t12.01.2026",
        "12.01.2026\t9800\n05.01.2026\t12345,5 AZN",
        "5 yan 2026\t12.345,50\n12 yan 2026\t9.800,00",
    ],
)
def test_the_same_two_weeks_however_they_are_written(text: str) -> None:
    """Tabs, semicolons, commas or blanks; decimal comma or point; any order; with a header or without."""
    found = read(text)
    assert amounts(found) == {MONDAY: 12345.5, NEXT: 9800.0}
    assert (found.findings, found.questions, found.step_days) == ((), (), 7)
    assert found.period == (MONDAY, NEXT + timedelta(weeks=1))
    assert found.revenue_micros == 22_145_500_000


def test_days_in_a_row_are_days() -> None:
    """A step of one day makes daily totals, a gap stays a gap."""
    found = read("2026-01-05\t1\n2026-01-06\t2\n2026-01-08\t3")
    assert found.step_days == 1
    assert [one.period_end - one.period_start for one in found.totals] == [timedelta(days=1)] * 3


def test_an_ambiguous_mark_is_asked() -> None:
    """1.234 alone may be a thousand or one; the answer decides, and nothing is read before it."""
    text = "2026-01-05\t1.234\n2026-01-12\t2.345"
    found = read(text)
    assert (found.totals, [one.key for one in found.questions]) == ((), ["decimal"])
    assert found.questions[0].example == "1.234"
    assert amounts(read(text, decimal=",")) == {MONDAY: 1234, NEXT: 2345}
    assert amounts(read(text, decimal=".")) == {MONDAY: 1.234, NEXT: 2.345}


def test_an_ambiguous_day_is_asked() -> None:
    """1/2/2026 and 8/2/2026 could be weeks only day first; where both orders could be, the person says which."""
    assert list(amounts(read("01/02/2026\t5\n08/02/2026\t6"))) == [date(2026, 2, 1), date(2026, 2, 8)]
    found = read("03/04/2026\t5")
    assert [one.key for one in found.questions] == ["day_order"]
    assert list(amounts(read("03/04/2026\t5", day_order="mdy"))) == [date(2026, 3, 4)]


def test_an_empty_amount_is_a_week_nobody_knows() -> None:
    """It is left out, never a week of nothing; a written zero is one."""
    assert amounts(read("2026-01-05\t\n2026-01-12\t0\n2026-01-19\t-\n2026-01-26\t7")) == {
        NEXT: 0.0, date(2026, 1, 26): 7.0,
    }  # fmt: skip


def test_what_cannot_be_read_is_named_by_its_line() -> None:
    """The other lines are read."""
    found = read("Week\tSales\n2026-01-05\t5\nsomething\telse\n2026-01-12\tx1\n2026-01-19\t6")
    assert (found.findings[0].code, found.findings[0].facts["lines"]) == ("PASTE_UNREADABLE", "3, 4")
    assert len(found.totals) == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "PASTE_EMPTY"),
        ("Week\tSales", "PASTE_EMPTY"),
        ("hello\nworld", "PASTE_EMPTY"),
        ("2026-01-05\t1\n2026-01-05\t2", "PASTE_DOUBLE"),
        ("2026-01-05\t1\n2026-01-09\t2\n2026-01-20\t3", "PASTE_STEPS"),
        ("2026-01-01\t1\n2026-02-01\t2\n2026-03-01\t3", "PASTE_STEPS"),
        ("2026-01-05\t1\n" * 5001, "PASTE_TOO_LONG"),
    ],
    ids=["nothing", "header", "words", "double", "steps", "months", "long"],
)
def test_what_is_no_list_of_weeks_stores_nothing(text: str, code: str) -> None:
    """No totals, and why."""
    found = read(text)
    assert found.totals == ()
    assert found.findings[0].code == code


def test_a_week_that_is_not_over_is_left_out() -> None:
    """The week of today has days to come."""
    found = read("2026-11-09\t5\n2026-11-16\t6")
    assert (list(amounts(found)), found.findings[0].facts) == ([date(2026, 11, 9)], {"count": 1})


@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=30), st.sampled_from(["en", "az"]))
@settings(max_examples=40, derandomize=True, deadline=None)
def test_what_the_product_writes_it_reads(cents: list[int], lang: str) -> None:
    """Dates and amounts as a language writes them come back to the cent."""
    numbers = numbers_for(lang, "AZN")
    days = [MONDAY + timedelta(weeks=n) for n in range(len(cents))]
    text = "\n".join(f"{numbers.date(d)}\t{numbers.decimal(x / 100)}" for d, x in zip(days, cents, strict=True))
    found = read_pasted(text, "AZN", today=date(2030, 1, 1))
    assert [one.revenue_micros for one in found.totals] == [x * 10_000 for x in cents]


@given(st.text(max_size=200))
@settings(max_examples=150, derandomize=True, deadline=None)
def test_anything_can_be_pasted(text: str) -> None:
    """No text is a fault of ours."""
    found = read(text)
    assert all(one.period_end > one.period_start for one in found.totals)
    read_groups(text)


@pytest.mark.parametrize(
    "text",
    ["1200,5\t900\n1100\t850,25", "Test\tControl\n1.200,50\t900,00\n1.100,00\t850,25", "1200.5;900\n1100;850.25"],
)
def test_two_regions_are_two_columns(text: str) -> None:
    """Oldest first, with decimal comma or point."""
    found = read_groups(text)
    assert (found.test, found.control) == ((1200.5, 1100.0), (900.0, 850.25))


def test_regions_that_cannot_be_read_are_said() -> None:
    """A line with one number, and a mark that could be either."""
    assert read_groups("1\t2\n3").findings[0].facts["lines"] == "2"
    found = read_groups("1.234\t2.345")
    assert [one.key for one in found.questions] == ["decimal"]
    assert read_groups("1.234\t2.345", answers={"decimal": ","}).test == (1234.0,)
