"""What was learned as sentences: findings of the Learning screen, what is not reported, what has moved."""

from collections.abc import Mapping, Sequence

from budget.drift import Shift
from budget.evidence import Evidence, Figure, Gap, LineEvidence
from budget.present.numbers import Numbers
from budget.present.vocabulary import DRIVERS, MEASURES, PLATFORMS
from budget.present.words import N_, Words
from budget.young import Young

FIGURES: Mapping[str, str] = {
    **{name: MEASURES[name] for name in ("cpa", "cpm", "ctr", "cvr")},
    "value": DRIVERS["value_per_conversion"],
}
SHARES = ("ctr", "cvr")
COLUMNS: Mapping[str, str] = {
    name: MEASURES[name] for name in ("impressions", "clicks", "conversions", "value", "reach")
}
# The columns as the platforms' English exports head them; what is not here has no column of its own.
EXPORTED: Mapping[str, Mapping[str, str]] = {
    "meta": {"impressions": "Impressions", "clicks": "Link clicks", "conversions": "Purchases",
             "value": "Purchases conversion value", "reach": "Reach"},
    "google": {"impressions": "Impr.", "clicks": "Clicks", "conversions": "Conversions", "value": "Conv. value"},
    "tiktok": {"impressions": "Impressions", "clicks": "Clicks (destination)", "conversions": "Conversions",
               "value": "Complete payment value", "reach": "Reach"},
    "linkedin": {"impressions": "Impressions", "clicks": "Clicks", "conversions": "Conversions", "reach": "Reach"},
    "x": {"impressions": "Impressions", "clicks": "Link clicks", "conversions": "Purchases"},
    "snapchat": {"impressions": "Paid Impressions", "clicks": "Swipe Ups", "conversions": "Purchases",
                 "value": "Purchases Value"},
    "pinterest": {"impressions": "Impressions", "clicks": "Outbound clicks", "conversions": "Total conversions",
                  "value": "Total conversion value"},
    "reddit": {"impressions": "Impressions", "clicks": "Clicks"},
    "microsoft": {"impressions": "Impressions", "clicks": "Clicks", "conversions": "Conversions", "value": "Revenue"},
}  # fmt: skip
LOST: Mapping[str, str] = {
    "impressions": N_("the price of views stays assumed"),
    "clicks": N_("click and conversion rate are learned only as one"),
    "conversions": N_("the conversion rate stays assumed"),
    "value": N_("each order counts as your average order"),
    "reach": N_("how fast people tire of an ad stays assumed"),
}
MOSTLY_OWN = 0.5
FEW_CONVERSIONS = 30


def of_evidence(words: Words, numbers: Numbers, found: Evidence) -> str:
    """How much is the firm's own."""
    if not found.weeks:
        return words.say("No full week of data yet: all prices and rates are assumed")
    share = numbers.percent(found.own_share, 0)
    if found.own_share < MOSTLY_OWN:
        return words.say("Prices and rates are still mostly assumed: {share} is your own data", share=share)
    return words.say("Your own data now decide {share} of prices and rates", share=share)


def of_figures(
    words: Words, numbers: Numbers, lines: Sequence[LineEvidence], name: str, names: Mapping[str, str]
) -> str:
    """The line whose plan was farthest off; neutral where every plan lies within what the data allow."""
    off = [line for line in lines if line.figures[name].surprised]
    measure = words.say(FIGURES[name])
    if not off:
        return words.say("{measure}: no assumption is outside what your data say", measure=measure)
    worst = max(off, key=lambda line: _distance(line.figures[name]))
    figure = worst.figures[name]
    facts = {"line": names[worst.line_key], "measure": measure, "before": written(numbers, name, figure.before.mid)}
    facts["after"] = written(numbers, name, figure.after.mid if figure.after else None)
    return words.say("{line}: {measure} {after}, not {before} as assumed", **facts)


def of_shares(words: Words, numbers: Numbers, found: Evidence, names: Mapping[str, str]) -> str:
    """The line of which least is known."""
    least = min(found.lines, key=lambda line: line.own_share)
    facts = {"line": names[least.line_key], "share": numbers.percent(least.own_share, 0)}
    if least.own_share >= MOSTLY_OWN:
        return words.say("Every line rests mostly on your own data")
    return words.say("Least is known of {line}: {share} is yours", **facts)


def of_curve(words: Words, numbers: Numbers, line: LineEvidence, name: str) -> str:
    """Where the curve was observed."""
    spent = [week.spend for week in line.seen]
    if not spent:
        return words.say("{line}: no week observed yet, the curve is assumed", line=name)
    span = numbers.money_span(min(spent), max(spent))
    return words.say("{line}: observed at {span} a week", line=name, span=span)


def of_drift(words: Words, found: Evidence) -> str:
    """Whether anything has moved."""
    judged = [shift for line in found.lines for shift in line.shifts]
    moved = sum(not shift.within_noise for shift in judged)
    if not judged:
        return words.say("Too early to see a drift")
    if not moved:
        return words.say("The last four weeks look like those before")
    return words.count("{n} figure has moved lately", "{n} figures have moved lately", moved)


def memory_sentence(words: Words, numbers: Numbers, found: Evidence) -> str:
    """How fast older weeks are forgotten."""
    if found.memory == "early":
        return words.say(
            "All weeks count alike. From ten weeks on, older ones may count less where that foretells better."
        )
    if found.memory == "even":
        return words.say("All weeks count alike: forgetting older ones would not have foretold better.")
    weeks = numbers.whole(found.half_life)
    return words.say("Older weeks count less: one of {weeks} weeks ago counts half.", weeks=weeks)


def shift_sentence(words: Words, numbers: Numbers, shift: Shift, name: str) -> str:
    """One figure lately and before."""
    facts = {"line": name, "measure": words.say(FIGURES[shift.name])}
    facts |= {
        "recent": written(numbers, shift.name, shift.recent),
        "before": written(numbers, shift.name, shift.before),
    }
    change = numbers.percent_signed(shift.change)
    return words.say("{line}: {measure} {recent} lately, {before} before ({change})", change=change, **facts)


def gap_sentences(words: Words, gap: Gap) -> list[str]:
    """What platforms' files do not hold, what that costs, and the column to export; platforms of one answer as one."""
    answers: dict[str, list[str]] = {}
    for platform in gap.platforms:
        answers.setdefault(EXPORTED.get(platform, {}).get(gap.column, ""), []).append(platform)
    if gap.column == "reach":  # asked only of platforms that export it
        answers.pop("", None)
    return [_gap(words, gap.column, column, platforms) for column, platforms in answers.items()]


def _gap(words: Words, name: str, column: str, platforms: Sequence[str]) -> str:
    facts = {"platform": ", ".join(words.say(PLATFORMS.get(platform, platform.title())) for platform in platforms)}
    facts |= {"what": words.say(COLUMNS[name]), "lost": words.say(LOST[name])}
    if name == "reach":
        return words.say("{platform}: people reached a week are not known, so {lost}. "
                         "A weekly export, one campaign a line, with the column {column} tells them.",
                         column=column, **facts)  # fmt: skip
    if not column:
        return words.say("{platform}, not reported: {what}. So {lost}.", **facts)
    return words.say("{platform}, not reported: {what}. So {lost}. Add the column {column} and export again.",
                     column=column, **facts)  # fmt: skip


def young_sentence(words: Words, numbers: Numbers, young: Young) -> str:
    """Weeks that were corrected for conversions still to come, or never exported again."""
    facts = {"platform": ", ".join(words.say(PLATFORMS.get(name, name.title())) for name in young.platforms)}
    facts |= {"share": numbers.percent(young.share, 0)}
    if young.days is not None:
        return words.count(
            "{platform}: conversions of the last {n} day are still coming in; they are counted as {share} complete.",
            "{platform}: conversions of the last {n} days are still coming in; they are counted as {share} complete.",
            young.days, **facts)  # fmt: skip
    return words.count(
        "{platform}: {n} earlier week was exported before all its conversions had arrived, and is counted as {share} "
        "complete. Export it again to bring in the rest.",
        "{platform}: {n} earlier weeks were exported before all their conversions had arrived, and are counted as "
        "{share} complete. Export them again to bring in the rest.",
        young.weeks, **facts)  # fmt: skip


def few_sentence(words: Words, numbers: Numbers, line: LineEvidence, name: str) -> str | None:
    """A line with too few conversions to be judged by its middle."""
    if "conversions" in line.missing or not line.weeks or line.conversions >= FEW_CONVERSIONS:
        return None
    n = numbers.whole(line.conversions)
    return words.say("{line}: {n} conversions so far. Read its range, not its middle.", line=name, n=n)


def written(numbers: Numbers, name: str, x: float | None) -> str:
    """A figure with its unit."""
    return numbers.percent(x, 2) if name in SHARES else numbers.unit_price(x)


def _distance(figure: Figure) -> float:
    """By what factor the plan was off."""
    after = figure.after.mid if figure.after else figure.before.mid
    return max(after / figure.before.mid, figure.before.mid / after) if after > 0 else 0.0
