"""What the advice says: its headline by a rule on the figures, its reasons, and what holds a line."""

from collections.abc import Mapping

from budget.advice import Advice, LineAdvice
from budget.held import Held, Reason
from budget.money import MICROS
from budget.present.numbers import Numbers
from budget.present.vocabulary import PLATFORMS
from budget.present.words import N_, Words
from budget.question import Aim, Measure

AIM_NAMES: Mapping[Aim, str] = {
    "profit": N_("Most profit"),
    "customers": N_("Most customers"),
    "target": N_("Reach a target"),
    "increment": N_("Place extra money"),
}
MEASURE_NAMES: Mapping[Measure, str] = {
    "conversions": N_("Conversions"),
    "revenue": N_("Net revenue"),
    "profit": N_("Profit after media"),
}
HELD: Mapping[Reason, str] = {
    "over": N_("no week left"),
    "committed": N_("committed"),
    "locked": N_("locked by you"),
    "most_move": N_("at most +{share} a week"),
    "least_move": N_("at most −{share} a week"),
    "observed": N_("twice the largest week so far: {cap}"),
    "line_low": N_("at least {low}, as you said"),
    "line_high": N_("at most {high}, as you said"),
    "increment": N_("nothing is taken away"),
    "order": N_("lines that are not committed give first"),
    "platform_low": N_("{platform} together at least {low}, as you said"),
    "platform_high": N_("{platform} together at most {high}, as you said"),
}
SMALLEST_GAP = 1e-4
"""Smaller gaps are said as this one."""
WORTH_SAYING = 0.5
"""Amounts that round to nothing are not called a gain."""


def headline(words: Words, numbers: Numbers, found: Advice, names: Mapping[str, str]) -> str:
    """The finding of the screen."""
    aim = found.question.aim
    if aim == "target":
        return _of_target(words, numbers, found)
    if not found.changed:
        return words.say("No change is advised: nothing beats today's split clearly enough")
    if aim == "increment":
        return _of_increment(words, numbers, found)
    chance = numbers.chance(found.chance)
    if found.proposed_micros != found.today_micros:
        return _of_budget(words, numbers, found, chance)
    if found.gain.mid <= 0:
        return words.say("Inside these limits today's split cannot stay: the change costs {loss}",
                         loss=_worth(words, numbers, found, -found.gain.mid))  # fmt: skip
    more, less = gainers(found), losers(found)
    if len(more) == len(less) == 1:
        return words.say(
            "Move {amount} from {loser} to {gainer}: {chance} chance to beat today's split",
            amount=numbers.money(found.moved_micros), loser=names[less[0].line_key], gainer=names[more[0].line_key],
            chance=chance,
        )  # fmt: skip
    facts = {"gain": _worth(words, numbers, found, found.gain.mid), "chance": chance}
    if not more:
        return words.say("The same money in other weeks should add {gain}, with {chance} chance", **facts)
    return words.say("Moving {amount} should add {gain}, with {chance} chance",
                     amount=numbers.money(found.moved_micros), **facts)  # fmt: skip


def _of_target(words: Words, numbers: Numbers, found: Advice) -> str:
    extra = found.proposed_micros - found.today_micros
    facts = {"goal": target_name(words, numbers, found), "budget": numbers.money(found.proposed_micros)}
    facts |= {"extra": numbers.money(abs(extra))}
    if extra > 0:
        return words.say("For {goal} you need {budget}: {extra} more than planned", **facts)
    if extra < 0:
        return words.say("For {goal} you need {budget}: {extra} less than planned", **facts)
    return words.say("For {goal} you need what is planned: {budget}", **facts)


def target_name(words: Words, numbers: Numbers, found: Advice) -> str:
    """The target as a phrase."""
    question = found.question
    if question.measure == "conversions":
        return words.count("{n} conversion", "{n} conversions", round(question.target))
    amount = numbers.money_of(question.target)
    if question.measure == "revenue":
        return words.say("net revenue of {amount}", amount=amount)
    return words.say("profit of {amount} after media", amount=amount)


def target_answer(words: Words, numbers: Numbers, found: Advice, names: Mapping[str, str]) -> str:
    """The plain question "what budget for this?" and its answer: money, chance, and each line's part."""
    lines = "; ".join(
        f"{names[line.line_key]} {numbers.whole(line.proposed_micros / MICROS)}"
        for line in sorted(found.lines, key=lambda line: -line.proposed_micros)
        if line.proposed_micros
    )
    return words.say(
        "What budget for {goal}? {budget} over the weeks to come, with {chance} chance: {lines}.",
        goal=target_name(words, numbers, found), budget=numbers.money(found.proposed_micros),
        chance=numbers.chance(found.chance), lines=lines,
    )  # fmt: skip


def _of_increment(words: Words, numbers: Numbers, found: Advice) -> str:
    gain, chance = found.gain.mid, numbers.chance(found.chance)
    facts = {"extra": numbers.money(found.proposed_micros - found.today_micros), "chance": chance}
    if gain >= 0:
        return words.say("The extra {extra} should earn {gain}: {chance} chance that it pays for itself",
                         gain=numbers.money_of(gain), **facts)  # fmt: skip
    return words.say("The extra {extra} should lose {loss}: {chance} chance that it pays for itself",
                     loss=numbers.money_of(-gain), **facts)  # fmt: skip


def _of_budget(words: Words, numbers: Numbers, found: Advice, chance: str) -> str:
    gain = found.gain.mid
    facts = {"budget": numbers.money(found.proposed_micros), "chance": chance}
    facts |= {"gain": _worth(words, numbers, found, abs(gain))}
    if gain >= 0:
        return words.say("With {budget} the best split brings {gain} more than the plan: {chance} chance", **facts)
    return words.say("With {budget} the best split brings {gain} less than the plan: {chance} chance of more", **facts)


def _worth(words: Words, numbers: Numbers, found: Advice, amount: float) -> str:
    """An amount of what the question counts."""
    if found.question.counts == "conversions":
        return words.count("{n} conversion", "{n} conversions", round(amount))
    return numbers.money_of(amount)


def gainers(found: Advice) -> list[LineAdvice]:
    """Lines that get more, most first."""
    more = [line for line in found.lines if line.change_micros >= WORTH_SAYING * MICROS]
    return sorted(more, key=lambda line: -line.change_micros)


def losers(found: Advice) -> list[LineAdvice]:
    """Lines that give, most first."""
    less = [line for line in found.lines if line.change_micros <= -WORTH_SAYING * MICROS]
    return sorted(less, key=lambda line: line.change_micros)


def by_marginal(found: Advice) -> list[LineAdvice]:
    """Lines that still have weeks, the one whose next money earns most first; lines without weeks last."""
    return sorted(found.lines, key=lambda line: (not any(line.today_weeks + line.proposed_weeks), -line.next_today.mid))


def gain_sentence(words: Words, numbers: Numbers, found: Advice) -> str:
    """The range of the gain over today's split."""
    low, high = found.gain.low, found.gain.high
    if found.question.counts == "conversions":
        return words.say("8 of 10 outcomes: {span} conversions beside today's plan", span=numbers.whole_span(low, high))
    return words.say("8 of 10 outcomes: {span} beside today's plan", span=numbers.money_span(low, high))


def split_finding(words: Words, found: Advice, names: Mapping[str, str]) -> str:
    """Who gets more and who gives."""
    more, less = gainers(found), losers(found)
    if more and less:
        return words.say("More to {gainer}, less to {loser}", gainer=names[more[0].line_key],
                         loser=names[less[0].line_key])  # fmt: skip
    if more:
        return words.say("More to {gainer}", gainer=names[more[0].line_key])
    if less:
        return words.say("Less to {loser}", loser=names[less[0].line_key])
    return words.say("Every line keeps its money")


def marginal_finding(words: Words, numbers: Numbers, found: Advice, names: Mapping[str, str]) -> str:
    """Where the next money earns most once the split is as proposed."""
    running = [line for line in found.lines if line.proposed_micros or line.today_micros]
    if not running:
        return words.say("What the next {hundred} earns", hundred=numbers.money_of(100))
    first = max(running, key=lambda line: line.next_proposed.mid)
    facts = {"hundred": numbers.money_of(100), "line": names[first.line_key]}
    if first.next_proposed.mid <= 0:
        return words.say("The next {hundred} would lose money on every line", hundred=facts["hundred"])
    return words.say("The next {hundred} earns most on {line}: {gain}", gain=numbers.money_of(first.next_proposed.mid),
                     **facts)  # fmt: skip


def reasons(words: Words, numbers: Numbers, found: Advice, names: Mapping[str, str]) -> list[str]:
    """Why the money moves, in plain words; silent where figures do not say it."""
    more, less = gainers(found), losers(found)
    if not found.changed or found.question.aim not in ("profit", "increment") or not more:
        return []
    best = max(more, key=lambda line: line.next_today.mid)
    said = [_next(words, numbers, best, names)]
    worst = min(less, key=lambda line: line.next_today.mid) if less else None
    if worst and worst.next_today.mid < best.next_today.mid:
        said.append(_next(words, numbers, worst, names))
    return said


def _next(words: Words, numbers: Numbers, line: LineAdvice, names: Mapping[str, str]) -> str:
    facts = {"line": names[line.line_key], "hundred": numbers.money_of(100)}
    amount = line.next_today.mid
    if amount >= 0:
        return words.say("{line}: as planned, the next {hundred} earns {gain}", gain=numbers.money_of(amount), **facts)
    return words.say("{line}: as planned, the next {hundred} loses {gain}", gain=numbers.money_of(-amount), **facts)


def gap_sentence(words: Words, numbers: Numbers, found: Advice) -> str:
    """The certificate in words."""
    gap = numbers.percent(max(found.gap, SMALLEST_GAP), 2)
    return words.say("No split inside these limits can be more than {gap} better under these assumptions.", gap=gap)


def held_text(words: Words, numbers: Numbers, held: Held | None) -> str:
    """What holds a line, for a table; empty where nothing does."""
    if held is None:
        return ""
    facts = {key[: -len("_micros")]: numbers.money(int(x)) for key, x in held.facts.items() if key.endswith("_micros")}
    facts |= {"share": numbers.percent(float(held.facts["share"]), 0)} if "share" in held.facts else {}
    platform = str(held.facts.get("platform", ""))
    facts["platform"] = words.say(PLATFORMS.get(platform, platform)) if platform else ""
    return words.say(HELD[held.reason], **facts)
