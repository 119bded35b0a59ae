"""Numbers, amounts and dates read as each language writes them."""

import math
from collections.abc import Callable
from datetime import date

import pytest
from babel.numbers import format_decimal, format_percent
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.present.numbers import Numbers, numbers_for

EN, AZ = numbers_for("en", "AZN"), numbers_for("az", "AZN")
AMOUNTS = st.integers(-(10**15), 10**15)


def plain(text: str) -> str:
    """The text with ordinary blanks, so that the tables below can be read."""
    return text.replace("\u00a0", " ")


TABLE: list[tuple[Callable[[Numbers], str], str, str]] = [
    (lambda n: n.whole(18420.4), "18,420", "18.420"),
    (lambda n: n.whole(-0.4), "0", "0"),
    (lambda n: n.decimal(18420.555, 2), "18,420.56", "18.420,56"),
    (lambda n: n.signed(640), "+640", "+640"),
    (lambda n: n.signed(-210.04, 1), "−210.0", "−210,0"),
    (lambda n: n.signed(0), "0", "0"),
    (lambda n: n.money(18_420_000_000), "AZN 18,420", "18.420 AZN"),
    (lambda n: n.money(-150_000_000), "−AZN 150", "−150 AZN"),
    (lambda n: n.money_exact(18_420_550_000), "AZN 18,420.55", "18.420,55 AZN"),
    (lambda n: n.money_signed(900_000_000), "+AZN 900", "+900 AZN"),
    (lambda n: n.money_of(4200.0), "AZN 4,200", "4.200 AZN"),
    (lambda n: n.money_of_signed(-61.0), "−AZN 61", "−61 AZN"),
    (lambda n: n.unit_price(10.81), "AZN 10.81", "10,81 AZN"),
    (lambda n: n.unit_price(0.0342), "AZN 0.034", "0,034 AZN"),
    (lambda n: n.unit_price(0.0), "AZN 0.00", "0,00 AZN"),
    (lambda n: n.money_span(3640, 5720), "AZN 3,640 – 5,720", "3.640 – 5.720 AZN"),
    (lambda n: n.whole_span(-4, 38), "−4 … +38", "−4 … +38"),
    (lambda n: n.compact(412_300), "412k", "412 min"),
    (lambda n: n.compact(4630), "4,630", "4.630"),
    (lambda n: n.compact(1_284_000), "1.28M", "1,28 mln"),
    (lambda n: n.compact(999_600), "1.00M", "1,00 mln"),
    (lambda n: n.money_compact(262_000_000_000), "AZN 262k", "262 min AZN"),
    (lambda n: n.money_compact(-262_000_000_000), "−AZN 262k", "−262 min AZN"),
    (lambda n: n.money_compact(49_720_000_000), "AZN 49,720", "49.720 AZN"),
    (lambda n: n.percent(0.124, 1), "12.4%", "12,4%"),
    (lambda n: n.percent(0.62), "62%", "62%"),
    (lambda n: n.percent(0.034), "3.4%", "3,4%"),
    (lambda n: n.percent_signed(0.018), "+1.8%", "+1,8%"),
    (lambda n: n.percent_signed(-0.01, 1), "−1.0%", "−1,0%"),
    (lambda n: n.points(0.07), "7 pp", "7 f.b."),
    (lambda n: n.points_signed(-0.03), "−3 pp", "−3 f.b."),
    (lambda n: n.chance(0.78), "78%", "78%"),
    (lambda n: n.chance(0.0), "<1%", "<1%"),
    (lambda n: n.chance(1.0), ">99%", ">99%"),
    (lambda n: n.times(4.08), "4.08×", "4,08×"),
    (lambda n: n.date(date(2026, 11, 22)), "22 Nov 2026", "22 noy 2026"),
    (lambda n: n.date_short(date(2026, 11, 22)), "22 Nov", "22 noy"),
    (lambda n: n.month(date(2026, 11, 1)), "November 2026", "noyabr 2026"),
    (lambda n: n.week(date(2026, 11, 16)), "W47", "H47"),
    (lambda n: n.period(date(2026, 11, 16), date(2026, 11, 23)), "16 – 22 Nov 2026", "16 – 22 noy 2026"),
    (lambda n: n.period(date(2026, 9, 28), date(2026, 12, 28)), "28 Sep – 27 Dec 2026", "28 sen – 27 dek 2026"),
    (lambda n: n.period(date(2026, 12, 28), date(2027, 1, 4)), "28 Dec 2026 – 3 Jan 2027", "28 dek 2026 – 3 yan 2027"),
    (lambda n: n.period(date(2026, 11, 22), date(2026, 11, 23)), "22 Nov 2026", "22 noy 2026"),
    (lambda n: n.unit([500, -83_200]).name, "AZN thousand", "min AZN"),
    (lambda n: n.unit([500, None]).name, "AZN", "AZN"),
    (lambda n: n.grid_format(0), "%,d", "%.0f"),
    (lambda n: n.grid_format(2), "%.2f", "%.2f"),
]


@pytest.mark.parametrize(("write", "en", "az"), TABLE)
def test_table(write: Callable[[Numbers], str], en: str, az: str) -> None:
    """Each format reads as the table of the design says, in English and Azerbaijani."""
    assert plain(write(EN)) == en
    assert plain(write(AZ)) == az


def test_other_languages_keep_their_shapes() -> None:
    """Patterns come from the locale: the sign of Turkish percent stands in front, Russian groups by a blank."""
    russian, turkish = Numbers("ru", "AZN"), Numbers("tr", "TRY")
    assert plain(russian.money(18_420_000_000)) == "18 420 AZN"
    assert plain(russian.percent(0.124, 1)) == "12,4 %"
    assert turkish.percent_signed(-0.124, 1) == "−%12,4"


@pytest.mark.parametrize("unknown", [None, math.nan, math.inf])
def test_unknown_is_a_dash(unknown: float | None) -> None:
    """What is not known is shown as a dash, never as a number."""
    formats = (EN.whole, EN.signed, EN.money_of, EN.unit_price, EN.compact, EN.money_of_compact, EN.percent)
    more = (EN.percent_signed, EN.points, EN.points_signed, EN.chance, EN.times)
    assert {write(unknown) for write in formats + more} == {"–"}
    assert EN.money(None) == EN.money_exact(None) == EN.money_compact(None) == EN.date(None) == "–"
    assert EN.money_span(1, unknown) == EN.period(None, date(2026, 1, 1)) == "–"


@given(AMOUNTS, st.sampled_from(["en", "az", "ru"]))
@settings(derandomize=True, max_examples=200)
def test_agrees_with_babel(micros: int, lang: str) -> None:
    """Figures and percents are Babel's, but for the true minus."""
    numbers, amount = Numbers(lang, "AZN"), micros / 1e6
    assert (
        numbers.decimal(amount, 2) == format_decimal(amount, "#,##0.00", lang).replace("-", "−")
        or round(amount, 2) == 0
    )
    share = abs(amount) / 1e9
    assert numbers.percent(share, 0) == format_percent(share, locale=lang)


@given(AMOUNTS)
@settings(derandomize=True, max_examples=200)
def test_never_breaks_or_hyphenates(micros: int) -> None:
    """An amount holds no ordinary blank and no hyphen, so that no table breaks it and no minus looks like a dash."""
    for numbers in (EN, AZ):
        for text in (numbers.money(micros), numbers.money_exact(micros), numbers.money_compact(micros)):
            assert not set(text) & {" ", "-", "\u202f"}
            assert "AZN" in text


@given(AMOUNTS)
@settings(derandomize=True, max_examples=200)
def test_money_exact_loses_no_cent(micros: int) -> None:
    """Read back, an exact amount differs from its micros by half a cent at most."""
    text = EN.money_exact(micros).replace("AZN\u00a0", "").replace(",", "").replace("−", "-")
    assert abs(round(float(text) * 100) * 10_000 - micros) <= 5_000
