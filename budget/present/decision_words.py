"""Decisions as sentences: what is done, what it should change, what it did."""

from collections.abc import Iterable, Mapping, Sequence

from budget.decisions import Suggestion
from budget.effects import Effect, Waiting
from budget.findings import Finding
from budget.marginal import HUNDRED
from budget.money import MICROS, major
from budget.present.numbers import Numbers
from budget.present.vocabulary import PLATFORMS, channel_name
from budget.present.words import N_, Words
from budget.store import Decision
from budget.store.review_values import Action, DecisionStatus, Verdict

ACTIONS: Mapping[Action, str] = {
    "scale": N_("Scale"),
    "hold": N_("Hold"),
    "cut": N_("Cut"),
    "fix": N_("Fix"),
    "test": N_("Test"),
}
STATUSES: Mapping[DecisionStatus, str] = {"open": N_("open"), "done": N_("done"), "dropped": N_("dropped")}
VERDICTS: Mapping[Verdict, str] = {
    "worked": N_("worked"),
    "failed": N_("failed"),
    "no_evidence": N_("no evidence"),
    "too_early": N_("too early"),
}
WAITING: Mapping[Waiting, str] = {
    "week": N_("Too early: no full week since."),
    "ripe": N_("Too early: most conversions of the first week are still to come."),
    "money": N_("Too early: by the exports the money has not moved yet."),
}
FIRST_WAIT: Waiting = "week"


def about(words: Words, names: Mapping[str, str], of: Suggestion | Decision) -> str:
    """The line, channel or platform that it is about; all of it where nothing is named."""
    if of.line_key and of.line_key in names:
        return names[of.line_key]
    return channel_name(words, of.platform, of.tactic) if of.platform else words.say("Whole plan")


def money_sentence(words: Words, numbers: Numbers, before: int | None, amount: int | None) -> str:
    """From what to what a week; "" where no money is named."""
    if amount is None:
        return ""
    if before is None or before == amount:
        return words.say("{amount} a week", amount=amount_text(numbers, amount))
    share = numbers.percent_signed(amount / before - 1, 0) if before else ""
    facts = {"before": numbers.money(before), "after": amount_text(numbers, amount)}
    return words.say("{before} → {after} a week", **facts) + (f" ({share})" if share else "")


def amount_text(numbers: Numbers, amount: int) -> str:
    """What was decided, to the cent where it has cents."""
    return numbers.money(amount) if amount % MICROS == 0 else numbers.money_exact(amount)


def expected_sentence(words: Words, numbers: Numbers, of: Decision) -> str:
    """What the decision should change, with its range; "" where it promises nothing in money."""
    low, likely, high = of.expected_low_micros, of.expected_likely_micros, of.expected_high_micros
    if low is None or likely is None or high is None:
        return ""
    span = numbers.span(numbers.signed(major(low)), numbers.signed(major(high)))
    return words.say("Expected {change} a week after media; 8 of 10 weeks {span}",
                     change=numbers.money_signed(likely), span=span)  # fmt: skip


def effect_sentence(words: Words, numbers: Numbers, found: Effect) -> str:
    """What came of it, how long it was watched, and whether luck could have done it."""
    if found.waiting is not None or found.change_micros is None:
        waiting = found.waiting or FIRST_WAIT
        return words.say(WAITING[waiting])
    facts = {"change": numbers.money_signed(found.change_micros)}
    seen = words.count("Observed {change} a week, over {n} full week", "Observed {change} a week, over {n} full weeks",
                       found.weeks, **facts)  # fmt: skip
    told = {
        "worked": words.say("worked as expected or better"),
        "failed": words.say("failed: below all that was expected"),
        "no_evidence": words.say("no evidence that it helped"),
        "too_early": words.say("too early"),
    }[found.verdict]
    luck = " " + words.say("A week's luck alone can do as much.") if found.by_luck else ""
    return f"{seen}: {told}.{luck}"


WHY = frozenset({"DECIDE_GAP", "DECIDE_UNMATCHED", "DECIDE_TEST", "DECIDE_HOLD", "DECIDE_MOVE"})
"""The findings that `why_sentence` says."""


def why_sentence(words: Words, numbers: Numbers, found: Finding) -> str:
    """What speaks for a suggestion."""
    facts = found.facts
    if found.code == "DECIDE_GAP":
        platform = words.say(PLATFORMS.get(found.where, found.where.title()))
        return words.count("{platform}: {n} day without data. Export it once more.",
                           "{platform}: {n} days without data. Export them once more.",
                           int(facts["days"]), platform=platform)  # fmt: skip
    if found.code == "DECIDE_UNMATCHED":
        return words.count("{n} campaign counts for no line. Match it.", "{n} campaigns count for no line. Match them.",
                           int(facts["count"]))  # fmt: skip
    if found.code == "DECIDE_TEST":
        return words.say("Only {share} of what is known here is your own data: switch it off in some weeks or places, "
                         "and see what is missing.", share=numbers.percent(float(facts["share"]), 0))  # fmt: skip
    return _next(words, numbers, float(facts["next"]))


def _next(words: Words, numbers: Numbers, amount: float) -> str:
    facts = {"hundred": numbers.money_of(HUNDRED), "gain": numbers.money_of(abs(amount))}
    if amount >= 0:
        return words.say("The next {hundred} a week earns {gain} here, its cost paid", **facts)
    return words.say("The next {hundred} a week loses {gain} here", **facts)


def decide_finding(words: Words, numbers: Numbers, found: Sequence[Suggestion]) -> str:
    """What this week's moves should add together."""
    moves = [one.expected for one in found if one.expected is not None]
    if not moves:
        return words.say("Decide: no money needs to move this week")
    gain = numbers.money_signed(sum(one.likely_micros for one in moves))
    return words.count(
        "Decide: {n} move of money should change profit by {gain} a week",
        "Decide: {n} moves of money should change profit by {gain} a week",
        len(moves),
        gain=gain,
    )


def record_finding(words: Words, found: Iterable[Effect | None]) -> str:
    """How earlier decisions did."""
    seen = [one.verdict for one in found if one is not None]
    judged = sum(verdict != "too_early" for verdict in seen)
    if not judged:
        return words.say("Earlier decisions: too early to judge") if seen else words.say("Earlier decisions")
    return words.count(
        "Earlier decisions: {worked} of {n} that can be judged worked",
        "Earlier decisions: {worked} of {n} that can be judged worked",
        judged,
        worked=str(seen.count("worked")),
    )
