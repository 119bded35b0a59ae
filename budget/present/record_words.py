"""The forecast record as sentences: were the ranges honest, which way were they off, which assumption was it."""

from collections.abc import Mapping
from math import exp, isnan, nan

from budget.present.numbers import Numbers
from budget.present.vocabulary import DRIVERS, MEASURES, PNL_STEPS
from budget.present.words import N_, Words
from budget.record import Coverage, MetricRecord, Record, Verdict

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
TOO_FEW: Verdict = "too few"
LEVEL = 0.8
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
