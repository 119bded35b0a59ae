"""The forecast record as sentences: were the ranges honest, which way were they off, which assumption was it."""

from collections.abc import Mapping
from math import exp, isnan, nan

from budget.present.numbers import Numbers
from budget.present.vocabulary import DRIVERS, MEASURES, PNL_STEPS
from budget.present.words import N_, Words
from budget.record import LEVELS, Coverage, HorizonRecord, MetricRecord, Record, Verdict

ASSUMPTIONS: Mapping[str, str] = {
    "price": DRIVERS["cpm"],
    "click_rate": DRIVERS["ctr"],
    "conversion_rate": DRIVERS["cvr"],
    "order_value": DRIVERS["value_per_conversion"],
}
METRICS: Mapping[str, str] = {
    **{name: MEASURES[name] for name in ("impressions", "clicks", "conversions", "value")},
    "profit": PNL_STEPS["profit"],
}
VERDICTS: Mapping[Verdict, str] = {
    "too few": N_("too few to judge"),
    "too narrow": N_("ranges too narrow"),
    "about right": N_("about as promised"),
    "too wide": N_("ranges too wide"),
}
FINDINGS: Mapping[Verdict, str] = {
    "too few": N_("Too few results yet to judge the forecasts"),
    "too narrow": N_("Forecasts were too sure: {share} of results fell into the range meant for {level}"),
    "about right": N_("Forecasts kept their word: {share} of results fell into the range meant for {level}"),
    "too wide": N_("Forecasts were too careful: {share} of results fell into the range meant for {level}"),
}
REASONS: Mapping[str, str] = {
    "plan": N_("Plan made"),
    "upload": N_("Data uploaded"),
    "undo": N_("Data taken back"),
    "matches": N_("Campaigns matched"),
    "lock": N_("Plan locked"),
    "asked": N_("Asked for"),
    "review": N_("Decided in the review"),
}
TOO_FEW: Verdict = "too few"
LEVEL = 0.8
FEWEST = 5
"""Weeks of lines below which a horizon is not judged."""
LEAN = 0.02
"""A median within 2 % of the forecast leans to no side."""


def of_record(words: Words, numbers: Numbers, found: Record) -> str:
    """The verdict on the 80 % ranges."""
    level = found.levels[LEVEL]
    if not found.judged:
        return words.say("No forecast has met its result yet")
    if is_few(level):
        return words.say(FINDINGS[TOO_FEW])
    facts = {"share": numbers.percent(level.share, 0), "level": numbers.percent(LEVEL, 0)}
    return words.say(FINDINGS[level.verdict], **facts)


def inside(words: Words, numbers: Numbers, of: Coverage) -> str:
    """The share that fell into a range; below ten results that there are too few."""
    return words.say(VERDICTS[TOO_FEW]) if is_few(of) else numbers.percent(of.share, 0)


def is_few(of: Coverage) -> bool:
    """Whether there are too few results to judge."""
    return of.verdict == TOO_FEW


def bias_sentence(words: Words, numbers: Numbers, found: MetricRecord) -> str:
    """Which way results fell from the middle of the forecast, as a short text."""
    if isnan(found.bias):
        return numbers.whole(None)
    if abs(found.bias) < LEAN:
        return words.say("no lean")
    share = numbers.percent(abs(exp(found.bias) - 1))
    if found.bias > 0:
        return words.say("results {share} higher", share=share)
    return words.say("results {share} lower", share=share)


def horizon_name(words: Words, numbers: Numbers, of: HorizonRecord) -> str:
    """How many weeks ahead: `3–4`, `9 or more`."""
    first = numbers.whole(of.first)
    if of.last is None:
        return words.say("{n} or more", n=first)
    return numbers.span(first, numbers.whole(of.last))


def horizon_sentence(words: Words, numbers: Numbers, of: HorizonRecord) -> str:
    """How many results fell into the 80 % range, made so many weeks ahead."""
    facts = {"weeks": horizon_name(words, numbers, of)}
    if of.judged < FEWEST:
        return words.say("{weeks} weeks ahead: too few results yet", **facts)
    facts |= {"inside": numbers.whole(of.inside), "all": numbers.whole(of.results), "level": numbers.percent(LEVEL, 0)}
    return words.say("{weeks} weeks ahead: {inside} of {all} results inside the {level} range", **facts)


def horizon_row(words: Words, numbers: Numbers, of: HorizonRecord) -> tuple[str, ...]:
    """Weeks ahead, shares inside the three ranges, lean of the results, their usual distance from the middle."""
    name = horizon_name(words, numbers, of)
    if of.judged < FEWEST:
        return (name, *[numbers.whole(None)] * (len(LEVELS) + 2))
    shares = [numbers.percent(of.levels[level].share, 0) for level in LEVELS]
    return (name, *shares, numbers.percent_signed(exp(of.bias) - 1, 0), numbers.percent(of.crps, 0))


def reason_text(words: Words, reason: str) -> str:
    """Why a forecast was kept."""
    return words.say(REASONS[reason]) if reason in REASONS else reason


def weakest_sentence(words: Words, numbers: Numbers, found: Record) -> str | None:
    """The assumption that was farthest off, and which way; None while nothing is judged."""
    if found.weakest is None:
        return None
    off = found.assumptions.get(found.weakest, nan)
    facts = {"assumption": words.say(ASSUMPTIONS[found.weakest])}
    if isnan(off) or abs(off) < LEAN:
        return words.say("Most wrong: {assumption}, without leaning to one side over all lines.", **facts)
    facts |= {"share": numbers.percent(abs(exp(off) - 1))}
    if off > 0:
        return words.say("Most wrong: {assumption} came {share} above the forecast.", **facts)
    return words.say("Most wrong: {assumption} came {share} below the forecast.", **facts)
