"""Which share of those who follow belongs to the people whom the plan wants."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from budget.audience_rows import Fact
from budget.audience_target import Target, band_of, cities, places_in
from budget.money import MICROS
from budget.weeks import DAY

SHARE = "audience_share"
Dimension = Literal["age and gender", "age", "gender", "city", "country"]
_SPLITS: Mapping[frozenset[str], Dimension] = {
    frozenset({"age", "gender"}): "age and gender", frozenset({"age"}): "age", frozenset({"gender"}): "gender",
    frozenset({"city"}): "city", frozenset({"country"}): "country",
}  # fmt: skip
_PEOPLE: tuple[Dimension, ...] = ("age and gender", "age", "gender")
_PLACES: tuple[Dimension, ...] = ("city", "country")


@dataclass(frozen=True)
class Profile:
    """Shares 0 to 1 of followers inside the target: by who they are and by where they live, never multiplied.

    `people_by` and `places_by` name what the file is split by; None where it says nothing that the target asks for.
    `targets` are the audiences meant; `partial` names what they ask for and the file is not split by.
    """

    people: float | None
    people_by: Dimension | None
    places: float | None
    places_by: Dimension | None
    targets: tuple[str, ...]
    on: date
    partial: tuple[str, ...] = ()

    @property
    def value(self) -> float | None:
        """The share shown first: who they are, else where they live."""
        return self.places if self.people is None else self.people


def profile_of(facts: Iterable[Fact], targets: Sequence[Target]) -> Profile | None:
    """The newest shares of each split against the targets; None where file or plan say nothing that meets."""
    shares = newest_shares([f for f in facts if f.metric == SHARE])
    people = next((by for by in _PEOPLE if by in shares and any(_asks(t, by) for t in targets)), None)
    places = next((by for by in _PLACES if by in shares and any(_asks(t, by) for t in targets)), None)
    if people is None and places is None:
        return None
    return Profile(
        _share(shares[people], targets, people) if people else None, people,
        _share(shares[places], targets, places) if places else None, places,
        tuple(target.name for target in targets if (people and _asks(target, people)) or
              (places and _asks(target, places))),
        max(fact.end - DAY for by in (people, places) if by for fact in shares[by]),
        _partial(targets, people),
    )  # fmt: skip


def newest_shares(facts: Iterable[Fact]) -> dict[Dimension, list[Fact]]:
    """By split, the rows of the newest state."""
    groups: dict[Dimension, list[Fact]] = {}
    for fact in facts:
        by = _SPLITS.get(fact.dimensions)
        if by and fact.metric == SHARE:
            groups.setdefault(by, []).append(fact)
    return {by: [f for f in own if f.end == max(x.end for x in own)] for by, own in groups.items()}


def _asks(target: Target, by: Dimension) -> bool:
    if by == "age and gender":
        return bool(target.ages or target.gender)
    if by == "age":
        return target.ages is not None
    if by == "gender":
        return bool(target.gender)
    return bool(cities(target.places) if by == "city" else target.places - cities(target.places))


def _partial(targets: Sequence[Target], by: Dimension | None) -> tuple[str, ...]:
    """What the targets name and the split does not tell."""
    lost = []
    if by in ("gender", None) and any(target.ages for target in targets):
        lost.append("age")
    if by in ("age", None) and any(target.gender for target in targets):
        lost.append("gender")
    return tuple(lost)


def _share(facts: Sequence[Fact], targets: Sequence[Target], by: Dimension) -> float:
    """Accounts of one network count alike; a cell belongs as far as the target that holds most of it."""
    asked = [target for target in targets if _asks(target, by)]
    accounts = len({fact.account for fact in facts}) or 1
    inside = sum(fact.micros * max(_part(fact.segment, target) for target in asked) for fact in facts)
    return min(inside / accounts / MICROS, 1.0)


def _part(segment: Mapping[str, str], target: Target) -> float:
    """How much of a cell lies inside the target; of an age band as many of its years."""
    part = 1.0
    if target.gender and "gender" in segment:
        part *= segment["gender"] == target.gender
    if target.ages and "age" in segment:
        part *= _overlap(band_of(segment["age"]), target.ages)
    for dimension in ("city", "country"):
        if dimension in segment:
            part *= bool(_named(segment[dimension], dimension) & target.places)
    return part


def _named(text: str, dimension: str) -> frozenset[str]:
    found = places_in(text) | (frozenset({text.casefold()}) if len(text) == 2 else frozenset())
    return cities(found) if dimension == "city" else found - cities(found)


def _overlap(band: tuple[int, int] | None, wanted: tuple[int, int]) -> float:
    if band is None:
        return 0.0
    years = min(band[1], wanted[1]) - max(band[0], wanted[0])
    return max(years, 0) / (band[1] - band[0])
