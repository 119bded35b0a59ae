"""Numbers and days as people type and paste them: read exactly, or not at all, and never guessed in silence."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.money import micros
from budget.present.numbers import numbers_for
from budget.typed_days import read_day
from budget.typed_numbers import Typed, Writing, read_typed

EN, AZ = (numbers_for(lang, "AZN").writing for lang in ("en", "az"))
TODAY = date(2026, 11, 22)


def code(typed: Typed) -> str:
    """The finding's code, "" for none."""
    return typed.finding.code if typed.finding else ""


@pytest.mark.parametrize("writing", [EN, AZ], ids=["en", "az"])
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12345.67", "12345.67"), ("12 345,67", "12345.67"), ("12\u00a0345,67", "12345.67"), ("12.345,67", "12345.67"),
        ("12,345.67", "12345.67"), ("2000.05", "2000.05"), ("500.5", "500.5"), ("1,5", "1.5"), ("AZN 500", "500"),
        ("500 ₼", "500"), ("12'345", "12345"), ("1.234.567", "1234567"), ("-0", "0"), ("", "0"), (None, "0"),
        ("   ", "0"), ("0,005", "0"),
    ],
)  # fmt: skip
def test_what_is_plain_is_read_alike_in_every_language(writing: Writing, text: str | None, value: str) -> None:
    """Both marks, blanks between thousands, the plan's own currency; an empty cell is 0."""
    assert read_typed(text, writing).value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "writing", "value", "said"),
    [
        ("1,234", EN, "1234", ""), ("1.234", AZ, "1234", ""),
        ("1.234", EN, "1.23", "NUMBER_READ_AS"), ("1,234", AZ, "1.23", "NUMBER_READ_AS"),
        ("1.5k", EN, "1500", ""), ("1.5 K AZN", EN, "1500", ""), ("2M", EN, "2000000", ""),
        ("1,5 min", AZ, "1500", ""), ("2 mln AZN", AZ, "2000000", ""),
    ],
)  # fmt: skip
def test_what_depends_on_the_language_is_read_by_it(text: str, writing: Writing, value: str, said: str) -> None:
    """A lone mark before three digits groups thousands where the language does so; else the reading is said."""
    typed = read_typed(text, writing)
    assert (typed.value, code(typed)) == (Decimal(value), said)


@pytest.mark.parametrize(
    ("text", "writing", "said"),
    [
        ("abc", EN, "NUMBER_UNREADABLE"), ("1 2", EN, "NUMBER_UNREADABLE"), ("1e9", EN, "NUMBER_UNREADABLE"),
        ("=1+1", EN, "NUMBER_UNREADABLE"), ("-", EN, "NUMBER_UNREADABLE"), ("5%", EN, "NUMBER_UNREADABLE"),
        ("1.5k", AZ, "NUMBER_UNREADABLE"), ("1,5 min", EN, "NUMBER_UNREADABLE"), ("1.5m", EN, "NUMBER_UNREADABLE"),
        ("500 USD", EN, "NUMBER_CURRENCY"), ("-5", EN, "NUMBER_BELOW_ZERO"), ("(5)", EN, "NUMBER_BELOW_ZERO"),
        ("1000000000", EN, "NUMBER_TOO_LARGE"), ("1000M", EN, "NUMBER_TOO_LARGE"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_no_number(text: str, writing: Writing, said: str) -> None:
    """No value, and a finding that holds what was found."""
    typed = read_typed(text, writing)
    assert typed.value is None
    assert typed.finding is not None
    assert (typed.finding.code, typed.finding.severity) == (said, "stop")
    assert typed.finding.facts["text"] == text


def test_a_percent_cell_takes_percent_and_rounding_is_said() -> None:
    """`1.5%` is 1.5 where percent is typed; digits that are rounded away are echoed."""
    assert read_typed("1,5 %", EN, percent=True).value == Decimal("1.5")
    typed = read_typed("10.129", EN)
    assert (typed.value, code(typed)) == (Decimal("10.13"), "NUMBER_READ_AS")
    assert typed.finding is not None
    assert typed.finding.facts["read_as"] == "10.13"


@given(st.integers(0, 10**11 - 1), st.sampled_from(["en", "az"]))
def test_every_amount_that_is_shown_is_read_back_to_the_cent(cents: int, lang: str) -> None:
    """What a cell shows is what it holds, in each language, without a word."""
    numbers = numbers_for(lang, "AZN")
    typed = read_typed(numbers.cell(cents * 10_000), numbers.writing)
    assert typed.finding is None
    assert typed.value is not None
    assert micros(typed.value) == cents * 10_000


@given(st.text(max_size=80), st.sampled_from([EN, AZ]))
def test_any_text_is_a_number_or_a_finding(text: str, writing: Writing) -> None:
    """Hostile text neither raises nor slips through: a value from 0 to a billion, or a reason."""
    typed = read_typed(text, writing)
    assert (typed.value is None) == (typed.finding is not None and typed.finding.severity == "stop")
    assert typed.value is None or 0 <= typed.value <= 10**9


@pytest.mark.parametrize(
    ("text", "day", "said"),
    [
        ("05.11.2026", date(2026, 11, 5), ""), ("2026-11-05", date(2026, 11, 5), ""),
        ("5 noy 2026", date(2026, 11, 5), ""), ("26/05/2026", date(2026, 5, 26), ""),
        ("11/05/2026", date(2026, 5, 11), "DAY_READ_AS"), ("05/26/2026", date(2026, 5, 26), "DAY_READ_AS"),
        ("5 Nov", date(2026, 11, 5), "DAY_READ_AS"), ("", None, ""),
        ("31.02.2026", None, "DAY_UNREADABLE"), ("46321", None, "DAY_UNREADABLE"), ("soon", None, "DAY_UNREADABLE"),
    ],
)  # fmt: skip
def test_days_are_read_with_the_day_first(text: str, day: date | None, said: str) -> None:
    """Points mean day, month, year; where another day could be meant, the reading is said."""
    typed = read_day(text, TODAY)
    assert (typed.day, typed.finding.code if typed.finding else "") == (day, said)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(["en", "az"]))
def test_every_day_that_is_shown_is_read_back(day: date, lang: str) -> None:
    """What a cell shows is what it holds."""
    typed = read_day(numbers_for(lang, "AZN").cell_date(day), TODAY)
    assert (typed.day, typed.finding) == (day, None)


@given(st.text(max_size=60))
def test_any_text_is_a_day_or_a_finding(text: str) -> None:
    """Hostile text neither raises nor becomes a day in silence."""
    typed = read_day(text, TODAY)
    assert typed.day is not None or typed.finding is not None or not text.strip()
