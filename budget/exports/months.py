"""Names of months and weekdays in every language of the exports, by the shortest prefix that is unique."""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from babel import Locale

from budget.exports.headers import plain

_LOCALES = ("en", "es", "pt", "de", "fr", "it", "tr", "ru", "uk", "pl", "nl", "az", "bg")
# Spreadsheets abbreviate otherwise than CLDR does.
_EXTRA = {"сен": 9, "май": 5, "мая": 5, "яну": 1, "юни": 6, "юли": 7, "sept": 9, "set": 9, "mrt": 3, "gen": 1, "ene": 1}
_WORD = re.compile(r"[^\W\d_]+")
_DAMAGED = re.compile(r"(?:\d{1,2}[.\- ]([^\W\d_]{3,9})\.?|([^\W\d_]{3,9})\.?[.\- ]\d{1,2})")


def _full_names(locale: str) -> dict[str, int]:
    months = Locale.parse(locale).months
    names: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in months[context][width].items():
                names[plain(name).rstrip(".")] = number
    return names


def _prefixes(names: Mapping[str, int]) -> dict[str, int]:
    """Every prefix of three letters or more that means one month only."""
    meanings: dict[str, set[int]] = {}
    for name, number in names.items():
        for size in range(3, len(name) + 1):
            meanings.setdefault(name[:size], set()).add(number)
    return {prefix: numbers.pop() for prefix, numbers in meanings.items() if len(numbers) == 1}


@cache
def month_words(language: str | None) -> Mapping[str, int]:
    """Word -> month in one language (None: in all of them, where they agree)."""
    if language and (language.split("-")[0] in _LOCALES):
        return MappingProxyType(_prefixes(_full_names(language.split("-")[0])))
    merged: dict[str, set[int]] = {word: {number} for word, number in _EXTRA.items()}
    for locale in _LOCALES:
        for word, number in month_words(locale).items():
            if word not in _EXTRA:
                merged.setdefault(word, set()).add(number)
    return MappingProxyType({word: numbers.pop() for word, numbers in merged.items() if len(numbers) == 1})


def month_of(word: str, language: str | None) -> int | None:
    """The month that a word means, first in the language, then in any."""
    key = plain(word).rstrip(".")
    return month_words(language).get(key) or month_words(None).get(key)


@cache
def weekday_words() -> frozenset[str]:
    """Weekdays and the little words that stand in written dates."""
    words = {"de", "del", "of", "г", "года", "р", "року", "the", "den", "il", "le", "d", "r", "roku"}
    for locale in _LOCALES:
        days = Locale.parse(locale).days
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated", "short"):
                words |= {plain(name).rstrip(".") for name in days[context].get(width, {}).values()}
    return frozenset(words)


def is_day_and_month(text: str) -> bool:
    """Whether a text such as `07.дек` or `Apr-03` is a number that a spreadsheet took for a date."""
    match = _DAMAGED.fullmatch(text)
    return bool(match and month_of(match[1] or match[2], None))
