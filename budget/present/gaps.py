"""What the figures of a pack leave out, assume, or will still change, as sentences."""

from collections.abc import Mapping

from budget.findings import Finding
from budget.pack import Pack
from budget.present.numbers import Numbers
from budget.present.pack_words import platform_name
from budget.present.plan_words import plan_sentence
from budget.present.words import N_, Words

MOST_NAMES = 4
"""Campaigns without a line that are named; the rest is counted."""
ELSEWHERE: Mapping[str, str] = {
    "SPEND_UNMATCHED": N_("{spend} belongs to no line of the plan. It counts in every total."),
    "RATE_MISSING": N_("{spend} is not counted: no rate from {currency} is known."),
}
"""Findings whose sentence on a screen points to something below it."""


def unknowns(words: Words, numbers: Numbers, pack: Pack, names: Mapping[str, str]) -> list[str]:
    """Early days first, then campaigns without a line, missing days and platforms, and what the review says."""
    found = [*_early(words, numbers, pack), *_campaigns(words, pack), *_days(words, pack)]
    return [*found, *(_finding(words, numbers, one, names) for one in pack.findings)]


def _finding(words: Words, numbers: Numbers, one: Finding, names: Mapping[str, str]) -> str:
    if one.code not in ELSEWHERE:
        return plan_sentence(one, words, numbers, names)
    facts = {"spend": numbers.money_exact(int(one.facts["spend_micros"])), "currency": one.where}
    return words.say(ELSEWHERE[one.code], **facts)


def _early(words: Words, numbers: Numbers, pack: Pack) -> list[str]:
    """From which day on conversions of platforms still arrive."""
    if pack.early is None:
        return []
    days = sorted(set(pack.early.early_from.values()))
    known = {day: [name for name, first in pack.early.early_from.items() if first == day] for day in days}
    return [
        words.say("{platforms}: conversions since {day} still arrive, so these days are not judged.",
                  platforms=", ".join(sorted(platform_name(words, name) for name in known[day])),
                  day=numbers.date_short(day))
        for day in days
    ]  # fmt: skip


def _campaigns(words: Words, pack: Pack) -> list[str]:
    """Campaigns that count for no line, by name."""
    found = pack.unmatched
    if not found:
        return []
    said = words.count("{n} campaign belongs to no line of the plan", "{n} campaigns belong to no line of the plan",
                       len(found))  # fmt: skip
    named = ", ".join(one.name for one in found[:MOST_NAMES])
    if len(found) > MOST_NAMES:
        more = words.count("and {n} more", "and {n} more", len(found) - MOST_NAMES)
        return [f"{said}: {named}, {more}."]
    return [f"{said}: {named}."]


def _days(words: Words, pack: Pack) -> list[str]:
    """Days without data between the first and the last day."""
    trust = pack.trust
    if not trust.gaps:
        return []
    return [words.count("{n} day between the first and the last upload has no data.",
                        "{n} days between the first and the last upload have no data.", trust.gaps)]  # fmt: skip
