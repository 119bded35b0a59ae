"""Events and months in words: their examples, what was found about them, the finding of their chart."""

from collections.abc import Mapping, Sequence
from datetime import date

from budget.findings import Finding
from budget.occasions import Occasion
from budget.present.numbers import Numbers
from budget.present.words import N_, Words
from budget.weeks import Period

SENTENCES: Mapping[str, str] = {
    "EVENT_REVERSED": N_("{name} ends before it begins, so it counts for nothing. Change one of the two days."),
    "EVENT_OUTSIDE": N_("{name} lies outside the weeks of the plan, so it moves no figure of it."),
    "EVENT_FAR": N_("{name}: × {factor} is unusual; most multipliers lie between 0.2 and 5. Check the digits."),
    "MONTH_FAR": N_("{month}: × {factor} is unusual; most multipliers lie between 0.2 and 5. Check the digits."),
    "EVENT_UNDATED": N_("{name} has no days from 2000 to 2099 yet, so it is not kept. Enter its first day."),
    "FACTOR_UNREADABLE": N_("{name}: “{text}” is no multiplier above 0, so {kept} counts. Write it like {example}."),
}
OCCASIONS: Mapping[str, str] = {
    "novruz": N_("Novruz"),
    "ramadan": N_("Ramadan"),
    "black_friday": N_("Black Friday"),
    "new_year": N_("New Year"),
    "womens_day": N_("8 March"),
}
EXAMPLE = 1.25
NEAR = 0.005
"""Nearer to 1 than this a week is a usual one."""


def season_sentence(finding: Finding, words: Words, numbers: Numbers) -> str:
    """The finding in the person's language, as plain text."""
    facts = {key: str(value) for key, value in finding.facts.items()}
    facts |= {key: numbers.decimal(float(finding.facts[key]), 2) for key in ("factor", "kept") if key in facts}
    if "month" in facts:
        facts["month"] = month_name(int(finding.facts["month"]), numbers)
        facts["name"] = facts.get("name") or facts["month"]
    return words.say(SENTENCES[finding.code], **facts, example=numbers.decimal(EXAMPLE, 2))


def month_name(month: int, numbers: Numbers) -> str:
    """The month's name alone, with a capital letter as a row begins."""
    name = numbers.month(date(2026, month, 1)).replace("2026", "").strip()
    return name[:1].upper() + name[1:]


def reason_of(occasion: Occasion, words: Words) -> str:
    """Why an example has these days and multipliers: it is an assumption."""
    if occasion.moving:
        return words.say("Example, not advice. Days approximate: the moon decides")
    return words.say("Example, not advice")


def occasion_label(occasion: Occasion, period: Period, words: Words, numbers: Numbers) -> str:
    """Name and days of an example."""
    return words.say(
        "{name}, {period}", name=words.say(OCCASIONS[occasion.key]), period=numbers.period(period.start, period.end)
    )


def season_headline(weeks: Sequence[date], demand: Sequence[float], words: Words, numbers: Numbers) -> str:
    """Which week is the strongest; that all are usual where none differs."""
    best = max(range(len(weeks)), key=lambda t: demand[t])
    worst = min(range(len(weeks)), key=lambda t: demand[t])
    if demand[best] > 1 + NEAR:
        return words.say(
            "The week of {week} is the strongest: × {factor} conversions per click",
            week=numbers.date_short(weeks[best]), factor=numbers.decimal(demand[best], 2),
        )  # fmt: skip
    if demand[worst] < 1 - NEAR:
        return words.say(
            "The week of {week} is the weakest: × {factor} conversions per click",
            week=numbers.date_short(weeks[worst]), factor=numbers.decimal(demand[worst], 2),
        )  # fmt: skip
    return words.say("No week of the plan sells more or less than usual")
