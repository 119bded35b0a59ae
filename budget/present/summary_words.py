"""The summary of a pack as sentences for an e-mail: each holds only figures of the pack, written as on the screens."""

from collections.abc import Mapping
from datetime import date

from budget.pack import Pack
from budget.present.decision_words import ACTIONS, about, money_sentence
from budget.present.numbers import Numbers
from budget.present.pack_words import heading, judged_by, until
from budget.present.vocabulary import DRIVERS, key_name, line_names
from budget.present.words import N_, Words
from budget.summary import Fact, Point, summary

MOST_NAMED = 3
"""Decisions that are named; all are counted."""
SENTENCES: Mapping[str, str] = {
    "planned": N_("Nothing was uploaded yet; the plan should bring {profit} after the team."),
    "ahead": N_("Profit after media is {actual}, {difference} ahead of the plan of {plan}."),
    "behind": N_("Profit after media is {actual}, {difference} behind the plan of {plan}."),
    "so_far": N_("Profit after media is {actual} so far, with {arrived} of conversions in: too early to judge."),
    "on_plan": N_("Profit after media is {actual}, on the plan of {plan}."),
    "cause": N_("The largest cause is {driver}: {effect}."),
    "causes": N_("The largest cause is {driver}: {effect}; most against it was {other_driver}: {other_effect}."),
    "return": N_("After the team the programme made {profit}, an ROI of {roi}."),
    "return_lost": N_("After the team the programme cost {profit} more than it brought, an ROI of {roi}."),
    "pace_over": N_("At this pace spending ends {off} over budget; {day} a day would meet it."),
    "pace_under": N_("At this pace spending ends {off} under budget; {day} a day would meet it."),
    "pace_on": N_("Spending is on plan; {day} a day meets the budget."),
    "end": N_("The plan will most likely end at {mid}; 8 of 10 outcomes lie at {span}; chance of a loss: {loss}."),
    "end_goal": N_(
        "The plan will most likely end at {mid}; 8 of 10 outcomes lie at {span}; chance of the goal: {goal}, of a "
        "loss: {loss}."
    ),
    "cut": N_("Advice: cut the money of the weeks to come to {budget}; chance of more profit: {budget_chance}."),
    "keep": N_("Advice: keep the money of the weeks to come as planned."),
    "grow": N_("Advice: grow the money of the weeks to come to {budget}; chance of more profit: {budget_chance}."),
    "undecided": N_("Nothing was decided yet."),
    "early": N_("Conversions since {day} still arrive, so the last days may look worse than they are."),
    "closed": N_("These days were closed on {day}; the data still say the same profit after media."),
    "restated": N_("These days were closed on {day} with a profit after media of {was}; the data now say {now}."),
    "next_upload": N_("Next step: upload the platforms' exports."),
    "next_lock": N_("Next step: approve the plan, so that there is a baseline to judge by."),
    "next_line": N_("The next {hundred} a week earns most on {line}: about {gain} after its cost."),
    "next_line_unsure": N_(
        "The next {hundred} a week earns most on {line}: about {gain} after its cost, though a loss is possible."
    ),
    "next_none": N_("The next {hundred} a week earns nothing on any line; at best it loses {gain}, on {line}."),
}


def summary_text(words: Words, numbers: Numbers, pack: Pack) -> list[str]:
    """The sentences of the summary."""
    names = line_names(words, pack.now) | line_names(words, pack.plan)
    said = {point.code: _sentence(words, numbers, point, names) for point in summary(pack)}
    if "decided" in said:
        said["decided"] = " ".join([said["decided"], *_decisions(words, numbers, pack, names)])
    return list(said.values())


def _decisions(words: Words, numbers: Numbers, pack: Pack, names: Mapping[str, str]) -> list[str]:
    """The first decisions, those that move money before others."""
    moved = sorted(pack.taken, key=lambda one: one.amount_micros is None)[:MOST_NAMED]
    told = []
    for one in moved:
        money = money_sentence(words, numbers, one.before_micros, one.amount_micros)
        action, line = words.say(ACTIONS[one.action]), about(words, names, one)
        told.append(f"{action} · {line}: {money}" if money else f"{action} · {line}")
    return ["; ".join(told) + "."] if told else []


def mail_text(words: Words, numbers: Numbers, pack: Pack) -> str:
    """The whole text for an e-mail: heading, what it is judged by, the sentences."""
    below = " · ".join(part for part in (judged_by(words, pack), until(words, numbers, pack)) if part)
    return "\n".join([heading(words, numbers, pack), below, "", *summary_text(words, numbers, pack)])


def _sentence(words: Words, numbers: Numbers, point: Point, names: Mapping[str, str]) -> str:
    facts = written(words, numbers, point, names)
    if "n" in point.facts:
        return _counted(words, point.code, int(str(point.facts["n"])), facts)
    code = "return_lost" if point.code == "return" and int(str(point.facts["profit_micros"])) < 0 else point.code
    return words.say(SENTENCES[code], **facts)


def _counted(words: Words, code: str, n: int, facts: Mapping[str, str]) -> str:
    if code == "decided":
        return words.count("{n} decision was taken.", "{n} decisions were taken.", n)
    if code == "earlier":
        return words.count("Of {n} earlier decision that can be judged, as expected: {worked}.",
                           "Of {n} earlier decisions that can be judged, as expected: {worked}.", n,
                           worked=facts["worked"])  # fmt: skip
    return words.count("{n} campaign belongs to no line of the plan; match it to judge its line.",
                       "{n} campaigns belong to no line of the plan; match them to judge their lines.", n)  # fmt: skip


def written(words: Words, numbers: Numbers, point: Point, names: Mapping[str, str]) -> dict[str, str]:
    """The facts of a point as finished text, by the names that its sentence uses."""
    found = {"hundred": numbers.money_of(100)} if point.code.startswith("next_") else {}
    for key, fact in point.facts.items():
        name, _, kind = key.rpartition("_")
        found[name if kind in ("micros", "share", "chance", "major") else key] = _fact(words, numbers, key, fact, names)
    if "low_major" in point.facts:
        low, high = (float(str(point.facts[key])) for key in ("low_major", "high_major"))
        found["span"] = numbers.money_span(low, high)
    if "budget_chance" in point.facts:
        found["budget"] = numbers.money(int(str(point.facts["budget_micros"])))
        found["budget_chance"] = numbers.chance(float(str(point.facts["budget_chance"])))
    return found


def _fact(words: Words, numbers: Numbers, key: str, fact: Fact, names: Mapping[str, str]) -> str:
    if isinstance(fact, date):
        return numbers.date_short(fact)
    if isinstance(fact, str):
        return words.say(DRIVERS[fact]) if key.endswith("driver") else key_name(words, names, fact)
    if key.endswith("effect_micros"):
        return numbers.money_signed(int(fact))
    if key == "profit_micros":
        return numbers.money(abs(int(fact)))
    if key.endswith("_micros"):
        return numbers.money(int(fact))
    if key.endswith("_major"):
        return numbers.money_of(fact)
    if key.endswith("_chance"):
        return numbers.chance(fact)
    return numbers.percent(fact) if key.endswith("_share") else numbers.whole(fact)
