"""Words of the Forecast screen: warnings with what binds and the next step, and the findings above its pictures."""

from collections.abc import Mapping
from datetime import date
from math import isfinite

from budget.cash import Cash
from budget.findings import Finding
from budget.frequency import Frequency, Group
from budget.objectives import MONEY_KPIS
from budget.present.numbers import Numbers
from budget.present.plan_words import SENTENCES as PLAN_SENTENCES
from budget.present.plan_words import plan_sentence
from budget.present.vocabulary import KPIS
from budget.present.words import N_, Words
from budget.sensitivity import RATES, Kind, Sensitivity, Swing

SENTENCES: Mapping[str, str] = {
    "LOW_RESULTS": N_(
        "{line} expects {results} conversions a week; platforms learn from about 50. Merge lines, or give it {needed} "
        "a week."
    ),
    "FREQUENCY_HIGH": N_(
        "{line} shows each person {frequency} ads in its fullest week; your cap is {cap}. Widen the audience, or cut "
        "that week."
    ),
    "AUDIENCE_EXHAUSTED": N_(
        "{line} has reached {share} of its audience by the week of {week}: later money mostly repeats. Widen the "
        "audience, or move money."
    ),
    "BEYOND_OBSERVED": N_(
        "{line} plans a week of {spend}; the most you ever spent is {seen}. Beyond twice that nobody knows what comes "
        "back: grow in smaller steps."
    ),
    "GOAL_LATE": N_(
        "{kpi}: {chance} of outcomes reach the goal in time, {at_end} by the end of the plan. The date binds: move it, "
        "or place money earlier."
    ),
    "GOAL_BUDGET": N_(
        "{kpi}: {chance} of outcomes reach the goal. The budget binds: with about {needed}, split as planned, it would "
        "be even odds. Let Optimise look for the split."
    ),
    "GOAL_AUDIENCE": N_(
        "{kpi}: {chance} of outcomes reach the goal. The audience binds: even {twice} bring {best}. Widen the "
        "audience, or add a channel."
    ),
    "GOAL_RATES": N_(
        "{kpi}: {chance} of outcomes reach the goal. Prices and rates bind: the best of budgets up to {twice} brings "
        "{best}. Each result would have to bring {times} what it does. Raise conversion or order value, or lower the "
        "goal."
    ),
}  # fmt: skip
SEVERAL_EXHAUSTED = N_(
    "{line} has reached {share} of its audience by the week of {week}, {lines} later on: later money mostly "
    "repeats. Widen the audiences, or move money."
)
NOTHING_TOWARDS_GOAL = N_(
    "{kpi}: {chance} of outcomes reach the goal, and the plan brings nothing towards it. Choose another goal, or "
    "lines that serve it."
)
FIGURES: Mapping[Kind, str] = {
    "cpm": "CPM",
    "ctr": "CTR",
    "cvr": "CVR",
    "audience": N_("Audience"),
    "value": N_("Average order"),
    "incrementality": N_("Caused by ads"),
    "returns_share": N_("Returns"),
    "cogs_share": N_("Cost of goods"),
}
TIMES = (N_("once"), N_("{first} to {last} times"), N_("{first} times or more"))


def forecast_sentence(finding: Finding, words: Words, numbers: Numbers, names: Mapping[str, str]) -> str:
    """The finding in the person's language, as plain text; `names` are the plan's lines by key."""
    if finding.code in PLAN_SENTENCES:
        return plan_sentence(finding, words, numbers, names)
    facts, kpi = finding.facts, str(finding.facts.get("kpi", ""))
    told = {"line": names.get(finding.where, finding.where), "kpi": words.say(KPIS.get(kpi, kpi))}
    told |= {key[: -len("_micros")]: numbers.money(int(x)) for key, x in facts.items() if key.endswith("_micros")}
    told |= {key: numbers.chance(float(facts[key])) for key in ("chance", "at_end") if key in facts}
    told |= {key: numbers.decimal(float(facts[key]), 1) for key in ("frequency", "cap") if key in facts}
    told |= {"results": numbers.whole(float(facts["results"]))} if "results" in facts else {}
    told |= {"share": numbers.percent(float(facts["share"]), 0)} if "share" in facts else {}
    told |= {"week": numbers.date_short(date.fromisoformat(str(facts["week"])))} if "week" in facts else {}
    told |= {"best": amount(numbers, kpi, float(facts["best"]))} if "best" in facts else {}
    said = SENTENCES[finding.code]
    if others := int(facts.get("others", 0)):
        said, told["lines"] = SEVERAL_EXHAUSTED, words.count("{n} more line", "{n} more lines", others)
    if "times" in facts:
        times = float(facts["times"])
        told["times"] = numbers.times(times, 1)
        said = said if isfinite(times) else NOTHING_TOWARDS_GOAL
    return words.say(said, **told)


def amount(numbers: Numbers, kpi: str, x: float) -> str:
    """An amount of a KPI of the forecast, in major units: money or a count."""
    return numbers.money_of(x) if kpi in MONEY_KPIS else numbers.whole(x)


def of_frequency(words: Words, numbers: Numbers, found: Frequency) -> str:
    """How many people see the ads often."""
    often = found.groups[-1]
    if found.people.mid < 1:
        return words.say("Nobody is reached yet")
    return words.say(
        "{often} of {people} people see the ads {n} times or more",
        often=numbers.compact(often.people.mid), people=numbers.compact(found.people.mid), n=str(often.first),
    )  # fmt: skip


def group_name(words: Words, group: Group) -> str:
    """`once`, `2 to 3 times`, `7 times or more`."""
    msgid = TIMES[2] if group.last is None else TIMES[0] if group.last == group.first else TIMES[1]
    return words.say(msgid, first=str(group.first), last=str(group.last))


def of_cash(words: Words, numbers: Numbers, found: Cash) -> str:
    """The money needed up front, and until when."""
    if found.need_week is None:
        return words.say("Most likely no money is needed up front")
    need, week = numbers.money_of(found.need.mid), numbers.date_short(found.need_week)
    return words.say("{need} is needed up front, most in the week of {week}", need=need, week=week)


def of_sensitivity(words: Words, found: Sensitivity, names: Mapping[str, str], *, by_line: bool) -> str:
    """The assumption that moves the profit most."""
    rows = found.by_line if by_line else found.by_kind
    if not rows or not rows[0].width:
        return words.say("No assumption moves the profit")
    return words.say("Moves the profit most: {figure}", figure=swing_name(words, rows[0], names, by_line=by_line))


def swing_name(words: Words, swing: Swing, names: Mapping[str, str], *, by_line: bool) -> str:
    """The figure, and which lines where not all of a kind are moved together."""
    figure = words.say(FIGURES[swing.kind])
    if not by_line or len(swing.lines) == len(names):
        return figure
    if len(swing.lines) == 1:
        return f"{figure}, {names[swing.lines[0]]}"
    return f"{figure}, " + words.count("{n} line", "{n} lines", len(swing.lines))


def swing_value(numbers: Numbers, kind: Kind, x: float | None) -> str:
    """A value of the figure, as it is written elsewhere; nothing where lines differ."""
    if x is None:
        return ""
    if kind == "cpm" or kind == "value":
        return numbers.unit_price(x)
    if kind == "audience":
        return numbers.compact(x)
    return numbers.percent(x, 2 if kind in RATES and x < 0.1 else None)


def swing_end(numbers: Numbers, swing: Swing, x: float | None, times: float) -> str:
    """An end of the figure: its value, or where lines differ the change from the middle."""
    return swing_value(numbers, swing.kind, x) or numbers.percent_signed(times - 1, 0)


def swing_even(numbers: Numbers, swing: Swing) -> str:
    """Where the profit would be zero: a value, or the change of all lines; empty where it is at none in reach."""
    if swing.even is not None:
        return swing_value(numbers, swing.kind, swing.even)
    return "" if swing.even_times is None else numbers.percent_signed(swing.even_times - 1, 0)
