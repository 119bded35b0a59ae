"""Every number, amount and date as the person's language writes it; made once per language and currency."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache, lru_cache
from math import floor, isfinite, log10
from typing import TypeGuard

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent, get_currency_precision, get_decimal_symbol

from budget.money import MICROS
from budget.present.words import N_, Words, language_of, words_for
from budget.typed_numbers import Writing

UNKNOWN = "–"
MINUS = "\u2212"
NO_BREAK = "\u00a0"
COMPACT_FROM = 100_000
THOUSANDS_FROM = 10_000
MOST_KEPT = 10_000
"""Texts of numbers and days that are kept: a screen writes the same ones at every press."""

POINTS, THOUSAND, MILLION, WEEK = N_("{n} pp"), N_("{n}k"), N_("{n}M"), N_("W{n}")


@dataclass(frozen=True)
class Unit:
    """How a chart or caption counts: values are divided by `divisor`, shown with `digits`, and `name` says so."""

    divisor: float
    digits: int
    name: str


def _is_known(x: float | Decimal | None) -> TypeGuard[float]:
    return x is not None and isfinite(x)


def _rounded(x: float | Decimal, digits: int) -> Decimal:
    """Half to even on the shortest decimal text, so that what is shown is never a float's accident."""
    exact = x if isinstance(x, Decimal) else Decimal(str(x))
    return exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN)


def _signed(text: str, x: Decimal, plus: bool) -> str:
    return (MINUS if x < 0 else "+" if plus and x > 0 else "") + text


def _major(micros: int | None) -> Decimal | None:
    return None if micros is None else Decimal(micros) / MICROS


def _price_digits(x: float) -> int:
    """Two decimals; below 0.10 as many as keep two digits that count, at most four."""
    size = abs(x)
    return 2 if size >= 0.1 or not size else min(1 - floor(log10(size)), 4)


@lru_cache(maxsize=MOST_KEPT)
def _written(size: Decimal, digits: int, lang: str) -> str:
    return format_decimal(size, format="#,##0." + "0" * digits if digits else "#,##0", locale=lang)


@lru_cache(maxsize=MOST_KEPT)
def _written_percent(size: Decimal, digits: int, lang: str) -> str:
    pattern = Locale.parse(lang).percent_formats[None].pattern
    finer = pattern.replace("#,##0", "#,##0." + "0" * digits) if digits else pattern
    return format_percent(size, format=finer, locale=lang)


@lru_cache(maxsize=MOST_KEPT)
def _written_date(day: dt.date, pattern: str, lang: str) -> str:
    return format_date(day, pattern, locale=lang)


@dataclass(frozen=True)
class Numbers:
    """Formats of one language and currency. Unknown (None, NaN, infinite) is shown as "–", never as 0.

    Shares are fractions (0.124 is 12.4 %), amounts micros or, in `money_of…`, floats in major units.
    """

    lang: str
    currency: str

    @property
    def _words(self) -> Words:
        return words_for(self.lang)

    def _plain(self, x: Decimal, digits: int) -> str:
        return _written(abs(x), digits, self.lang)

    def _with_code(self, text: str) -> str:
        before = Locale.parse(self.lang).currency_formats["standard"].pattern.startswith("¤")
        return NO_BREAK.join((self.currency, text) if before else (text, self.currency))

    def _amount(self, x: float | Decimal | None, digits: int, plus: bool = False) -> str:
        if not _is_known(x):
            return UNKNOWN
        value = _rounded(x, digits)
        return _signed(self._with_code(self._plain(value, digits)), value, plus)

    def decimal(self, x: float | None, digits: int = 2) -> str:
        """18,420.55"""
        if not _is_known(x):
            return UNKNOWN
        value = _rounded(x, digits)
        return _signed(self._plain(value, digits), value, plus=False)

    def whole(self, x: float | None) -> str:
        """18,420"""
        return self.decimal(x, 0)

    def signed(self, x: float | None, digits: int = 0) -> str:
        """+640, −210, 0"""
        if not _is_known(x):
            return UNKNOWN
        value = _rounded(x, digits)
        return _signed(self._plain(value, digits), value, plus=True)

    def money(self, micros: int | None) -> str:
        """AZN 18,420: whole units, for figures that decide."""
        return self._amount(_major(micros), 0)

    def money_exact(self, micros: int | None) -> str:
        """AZN 18,420.55: as fine as the currency is counted, for totals that must agree."""
        return self._amount(_major(micros), get_currency_precision(self.currency))

    def money_signed(self, micros: int | None) -> str:
        """+AZN 900"""
        return self._amount(_major(micros), 0, plus=True)

    def money_of(self, x: float | None) -> str:
        """`money` of an amount in major units."""
        return self._amount(x, 0)

    def money_of_signed(self, x: float | None) -> str:
        """`money_signed` of an amount in major units."""
        return self._amount(x, 0, plus=True)

    def unit_price(self, x: float | None) -> str:
        """AZN 10.81: a price of one click, order or thousand views, in major units."""
        return self._amount(x, _price_digits(x)) if _is_known(x) else UNKNOWN

    def money_span(self, low: float | None, high: float | None) -> str:
        """AZN 3,640 – 5,720: a range of amounts in major units."""
        text = self.whole_span(low, high)
        return text if text == UNKNOWN else self._with_code(text)

    def whole_span(self, low: float | None, high: float | None) -> str:
        """3,640 – 5,720; with a negative end −4 … +38."""
        if not (_is_known(low) and _is_known(high)):
            return UNKNOWN
        write = self.signed if min(low, high) < 0 else self.whole
        return self.span(write(low), write(high))

    def span(self, low: str, high: str) -> str:
        """A range of two finished texts; three dots where a minus would meet the dash."""
        between = "…" if MINUS in low + high else "–"
        return f"{low}{NO_BREAK}{between} {high}"

    def compact(self, x: float | None) -> str:
        """412k, in az 412 min: counts on cards; whole below 100,000."""
        if not _is_known(x) or abs(x) < COMPACT_FROM:
            return self.whole(x)
        size = x / 1e3
        msgid, size = (THOUSAND, size) if abs(size) < 999.5 else (MILLION, size / 1e3)
        digits = (abs(size) < 99.95) + (abs(size) < 9.995) if msgid is MILLION else 0
        return self._words.say(msgid, n=self.decimal(size, digits)).replace(" ", NO_BREAK)

    def money_compact(self, micros: int | None) -> str:
        """AZN 262k, in az 262 min AZN: amounts on cards; whole below 100,000."""
        return self.money_of_compact(None if micros is None else micros / MICROS)

    def money_of_compact(self, x: float | None) -> str:
        """`money_compact` of an amount in major units."""
        if not _is_known(x):
            return UNKNOWN
        return _signed(self._with_code(self.compact(abs(x))), _rounded(x, 0), plus=False)

    def percent(self, share: float | None, digits: int | None = None) -> str:
        """12.4%; without `digits` one decimal under 10 %, none above."""
        return self._percent(share, digits, plus=False)

    def percent_signed(self, share: float | None, digits: int | None = None) -> str:
        """+1.8%"""
        return self._percent(share, digits, plus=True)

    def _percent(self, share: float | None, digits: int | None, plus: bool) -> str:
        if not _is_known(share):
            return UNKNOWN
        places = (1 if 0 < abs(share) < 0.0995 else 0) if digits is None else digits
        value = _rounded(share, places + 2)
        return _signed(_written_percent(abs(value), places, self.lang), value, plus)

    def points(self, difference: float | None, digits: int = 0) -> str:
        """7 pp: the difference of two shares, in percentage points; signed when negative."""
        return UNKNOWN if difference is None else self._points(self.decimal(difference * 100, digits))

    def points_signed(self, difference: float | None, digits: int = 0) -> str:
        """+7 pp"""
        return UNKNOWN if difference is None else self._points(self.signed(difference * 100, digits))

    def _points(self, text: str) -> str:
        return text if text == UNKNOWN else self._words.say(POINTS, n=text).replace(" ", NO_BREAK)

    def chance(self, probability: float | None) -> str:
        """78%; draws never prove certainty, so the ends are "<1%" and ">99%"."""
        if not _is_known(probability):
            return UNKNOWN
        if probability < 0.01:
            return "<" + self.percent(0.01, 0)
        return ">" + self.percent(0.99, 0) if probability > 0.99 else self.percent(probability, 0)

    def times(self, x: float | None, digits: int = 2) -> str:
        """4.08×"""
        text = self.decimal(x, digits)
        return text if text == UNKNOWN else text + "×"

    def unit(self, amounts: Iterable[float | None] = ()) -> Unit:
        """The unit in which a chart of these amounts (major units) is drawn: thousands from 10,000 on."""
        largest = max((abs(x) for x in amounts if _is_known(x)), default=0.0)
        if largest < THOUSANDS_FROM:
            return Unit(1, 0, self.currency)
        return Unit(1000, 1, self._words.say("{currency} thousand", currency=self.currency))

    def counting(self, amounts: Iterable[float | None] = ()) -> Unit:
        """The same for counts of people, views or orders."""
        largest = max((abs(x) for x in amounts if _is_known(x)), default=0.0)
        if largest < THOUSANDS_FROM:
            return Unit(1, 0, self._words.say("Number"))
        return Unit(1000, 1, self._words.say("Thousand"))

    def date(self, day: dt.date | None) -> str:
        """22 Nov 2026"""
        return UNKNOWN if day is None else _written_date(day, "d MMM y", self.lang)

    def date_short(self, day: dt.date | None) -> str:
        """22 Nov: where the year is the plan's."""
        return UNKNOWN if day is None else _written_date(day, "d MMM", self.lang)

    def month(self, day: dt.date | None) -> str:
        """November 2026"""
        return UNKNOWN if day is None else _written_date(day, "LLLL y", self.lang)

    def week(self, day: dt.date | None) -> str:
        """W47: the ISO week that holds the day."""
        return UNKNOWN if day is None else self._words.say(WEEK, n=str(day.isocalendar().week))

    def period(self, start: dt.date | None, end: dt.date | None) -> str:
        """16 – 22 Nov 2026 for [16 Nov, 23 Nov): the last day is shown, what both ends share is said once."""
        if start is None or end is None:
            return UNKNOWN
        last = max(end - dt.timedelta(days=1), start)
        if last == start:
            return self.date(start)
        same_month, same_year = (start.year, start.month) == (last.year, last.month), start.year == last.year
        pattern = "d" if same_month else "d MMM" if same_year else "d MMM y"
        return self.span(_written_date(start, pattern, self.lang), self.date(last))

    def input_format(self, digits: int) -> str:
        """`format=` of a number input; the unit stands in its label."""
        return f"%.{digits}f"

    def grid_format(self, digits: int) -> str:
        """`format=` of a number column in a grid, which groups thousands the English way only."""
        return "%,d" if not digits and self.lang == "en" else self.input_format(digits)

    def cell(self, amount_micros: int) -> str:
        """18,420.55: an amount in a grid cell, always with cents; `read_typed` reads it back."""
        return self._plain(_rounded(Decimal(amount_micros) / MICROS, 2), 2)

    def cell_date(self, day: dt.date | None) -> str | None:
        """26.10.2026: a day in a grid cell, which `read_day` reads back; None where there is none."""
        return None if day is None else _written_date(day, "dd.MM.y", self.lang)

    @property
    def writing(self) -> Writing:
        """How this language writes numbers, for reading what is typed."""
        powers = {self._words.say(msgid, n="").strip(): power for msgid, power in ((THOUSAND, 10**3), (MILLION, 10**6))}
        return Writing(get_decimal_symbol(self.lang), self.currency, powers)

    @property
    def grid_date_format(self) -> str:
        """`format=` of a date column: the same in every browser and time zone."""
        return "DD.MM.YYYY"


@cache
def _known(lang: str, currency: str) -> Numbers:
    return Numbers(lang, currency)


def numbers_for(lang: str | None, currency: str) -> Numbers:
    """The formats of a language and an ISO 4217 currency; an unknown language gives English."""
    return _known(language_of(lang), currency.upper())
