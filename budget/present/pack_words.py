"""What a pack is called, what it rests on, and how its figures are defined: the words of every page and slide of it."""

from collections.abc import Mapping

from budget.pack import Kind, Pack
from budget.present.numbers import Numbers
from budget.present.vocabulary import SOURCES
from budget.present.words import N_, Words
from budget.weeks import DAY

NAMES: Mapping[Kind, str] = {"weekly": N_("Weekly pack"), "owner": N_("Owner's pack")}
CONTENTS: Mapping[Kind, tuple[tuple[str, str], ...]] = {
    "weekly": (
        ("summarize", N_("The finding and a summary")),
        ("dashboard", N_("Five figures with plan and end")),
        ("waterfall_chart", N_("Why profit differs from plan")),
        ("speed", N_("Is the money going out as planned")),
        ("align_horizontal_left", N_("Execution apart from market")),
        ("compare_arrows", N_("Claimed by platforms, booked by you")),
        ("add_chart", N_("Where the next 100 earns most")),
        ("checklist", N_("Decisions and what came of them")),
        ("help", N_("What we do not know yet")),
    ),
    "owner": (
        ("summarize", N_("The finding and a summary")),
        ("waterfall_chart", N_("From revenue to programme profit")),
        ("stacked_bar_chart", N_("The whole plan to its end")),
        ("flag", N_("Chance of the goal and of a loss")),
        ("show_chart", N_("When the money is back")),
        ("content_cut", N_("Cut, keep or grow")),
        ("history", N_("Were our forecasts any good")),
        ("low_priority", N_("Lines that go first")),
        ("approval", N_("Decisions and approval")),
    ),
}
"""What a pack holds, with the icon that stands for it on the screen."""
DEFINITIONS: Mapping[str, str] = {
    "after_media": N_(
        "Profit after media = net revenue that ads caused − cost of goods − delivery, fees and returns − media with "
        "VAT that is not recovered and fees. The team is not paid yet."
    ),
    "profit": N_("Programme profit = profit after media − people, agency, tools and production."),
    "roi": N_("ROI = (contribution caused by ads − all programme cost) ÷ all programme cost."),
    "drivers": N_(
        "Each cause is the average of its effect over all orders in which the causes could be changed from plan to "
        "actual (Shapley value): the steps add up exactly and do not depend on an order."
    ),
    "noise": N_("Grey: within the noise, that is below chance in counting or below 5% of planned profit."),
    "pacing": N_(
        "Ideal = budget × planned share of the days so far. Projected end = spent + rate of the last 14 days × what is "
        "left of the plan. Today is not counted."
    ),
    "three": N_(
        "Plan at money spent: the plan's own rates at the money that was really spent. Its distance from the plan is "
        "execution, the rest is prices and people."
    ),
    "claims": N_(
        "Where platforms together claim more than the books hold in a week, the income statement counts the smaller "
        "part: booked ÷ claimed. MER = all sales ÷ all marketing cost."
    ),
    "hundred": N_("Profit of 100 more in a usual week to come, less its cost with VAT and fees."),
    "range": N_("Ranges hold 8 of 10 outcomes, computed from the plan's figures and what the uploads taught."),
    "goal": N_("Chance of the goal: the share of outcomes that reach it by its date."),
    "frontier": N_(
        "Each budget of the weeks to come at its best split inside the limits; profit after media, before the team."
    ),
    "record": N_(
        "Each kept forecast is judged once its data are in; the range for 80% should hold about 8 of 10 results."
    ),
    "optional": N_("Profit that would be lost with a line's money still to spend; the team is not counted."),
    "expected": N_("Expected and observed: change of a week's profit after media."),
    "early": N_("Conversions are reported for days after the click; below 80% arrived nothing is judged."),
}


def pack_name(words: Words, kind: Kind) -> str:
    """Weekly or owner's pack."""
    return words.say(NAMES[kind])


def heading(words: Words, numbers: Numbers, pack: Pack) -> str:
    """Pack, firm and days: the line at the foot of a slide and the title of the file."""
    parts = [pack.firm, pack_name(words, pack.kind)]
    parts += [numbers.period(*pack.period)] if pack.period else []
    return " · ".join(part for part in parts if part)


def judged_by(words: Words, pack: Pack) -> str:
    """The plan that judges, with its version."""
    facts = {"name": pack.plan.name, "version": str(pack.plan.version)}
    if pack.plan.status == "locked":
        return words.say("against the baseline {name}, version {version}", **facts)
    return words.say("against the draft {name}, version {version}", **facts)


def until(words: Words, numbers: Numbers, pack: Pack) -> str:
    """How far the data reach; "" before uploads."""
    return words.say("data to {day}", day=numbers.date(pack.trust.until - DAY)) if pack.trust.until else ""


def definition(words: Words, *names: str) -> list[str]:
    """How figures are defined, one sentence each."""
    return [words.say(DEFINITIONS[name]) for name in names]


def sources(words: Words, numbers: Numbers, pack: Pack) -> list[str]:
    """What the figures rest on: files, data version, plan, and when they were computed."""
    said = [words.say("Source: {sentence}", sentence=judged_by(words, pack))]
    if pack.uploads:
        files = words.count("{n} uploaded file", "{n} uploaded files", len(pack.uploads))
        facts = {"files": files, "version": str(pack.data_version), "until": until(words, numbers, pack)}
        said.append(words.say("{files}, {until}, data version {version}.", **facts))
        named = sorted({platform_name(words, one.platform) for one in pack.uploads if one.platform})
        said.append(words.say("From: {platforms}.", platforms=", ".join(named)))
        said.append(words.say("Files: {names}.", names=", ".join(one.name for one in pack.uploads)))
    said.append(words.say("Computed by Payoff on {day}, in {currency}.", day=numbers.date(pack.today),
                          currency=pack.plan.currency))  # fmt: skip
    return said


def platform_name(words: Words, platform: str) -> str:
    """The name of a platform by its code."""
    return words.say(SOURCES.get(platform, platform.title()))
