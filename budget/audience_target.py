"""Whom the plan wants to reach, read from its audiences: ages, gender, cities and countries that their words name."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale

from budget.audiences import networks_of
from budget.plan import PlanAudience, StoredPlan

NAMES_IN = ("en", "az", "tr", "ru")
OLDEST = 100
_SPAN = re.compile(r"(?<![\d.,])(\d{2})\s*[-–—]\s*(\d{2})(?![\d%]|[.,]\d)")
_FROM = re.compile(r"(?<![\d.,])(\d{2})\s*\+")
_WORD = re.compile(r"\w+")
_GENDERS = {
    "women": ("women", "woman", "female", "females", "qadin", "qadinlar", "xanim", "xanimlar", "kadin", "kadinlar",
              "женщины", "женщина", "девушки"),
    "men": ("men", "man", "male", "males", "kisi", "kisiler", "erkek", "erkekler", "bey", "beyler", "мужчины",
            "мужчина"),
}  # fmt: skip
_PLAIN = str.maketrans({"ı": "i", "ə": "e", "ø": "o", "ł": "l", "đ": "d"})


@dataclass(frozen=True)
class Target:
    """Ages in years [low, high) and places by plain key; empty means that the words name none. `names`: who says so."""

    ages: tuple[int, int] | None = None
    gender: str = ""
    places: frozenset[str] = frozenset()
    name: str = ""

    @property
    def is_known(self) -> bool:
        """Whether anything can be held against who follows."""
        return bool(self.ages or self.gender or self.places)


def targets_of(plan: StoredPlan, platform: str) -> tuple[Target, ...]:
    """The audiences that the lines of a platform speak to, or that name it; all of the plan where none does."""
    keys = {line.audience_key for line in plan.lines if line.platform == platform}
    own = [one for one in plan.audiences if one.audience_key in keys or platform in networks_of(one)]
    found = [target for one in own or plan.audiences if (target := target_of(one)).is_known]
    return tuple(dict.fromkeys(found))


def target_of(audience: PlanAudience) -> Target:
    """What an audience's words say: `Women 25-44, Baku`; the region counts as words of a place."""
    text = f"{audience.segment} {audience.region}"
    words = set(_spelled(text).split())
    named = [gender for gender, known in _GENDERS.items() if words & set(known)]
    gender = named[0] if len(named) == 1 else ""
    return Target(_ages(audience.segment), gender, places_in(text), audience.segment.strip() or audience.audience_key)


def _ages(text: str) -> tuple[int, int] | None:
    if span := _SPAN.search(text):
        low, high = int(span[1]), int(span[2]) + 1
        return (low, high) if low < high else None
    start = _FROM.search(text)
    return (int(start[1]), OLDEST) if start else None


def band_of(text: str) -> tuple[int, int] | None:
    """The years [low, high) of a file's age band: `25-34`, `65+`; None for what is none."""
    return _ages(text)


def plain(text: str) -> str:
    """Lower case without accents, so that spellings of one name meet."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    return "".join(sign for sign in folded if not unicodedata.combining(sign)).translate(_PLAIN)


def places_in(text: str) -> frozenset[str]:
    """Cities and countries that a text names, by key: `baku`, `az`."""
    words = f" {_spelled(text)} "
    return frozenset(key for name, key in _places().items() if f" {name} " in words)


def _spelled(text: str) -> str:
    """Plain words with one blank between."""
    return " ".join(_WORD.findall(plain(text)))


def cities(places: Iterable[str]) -> frozenset[str]:
    """Those of the places that are cities."""
    return frozenset(places) & frozenset(_cities())


@cache
def _cities() -> Mapping[str, tuple[str, ...]]:
    body = tomllib.loads(Path(__file__).with_name("audience_cities.toml").read_text("utf-8"))
    return {key: tuple(names) for key, names in body.items()}


@cache
def _places() -> Mapping[str, str]:
    """Plain name -> key, of cities and of countries in our languages."""
    found: dict[str, str] = {}
    for language in NAMES_IN:
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code.isalpha():
                found[_spelled(name)] = code.lower()
    found |= {_spelled(name): key for key, names in _cities().items() for name in names}
    return {name: key for name, key in found.items() if name}
