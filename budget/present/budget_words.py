"""What less and more money would bring: cut, keep or grow, why, and one budget in words."""

from collections.abc import Mapping

from budget.frontier import ABOUT_RIGHT, Frontier, Point, Verdict
from budget.present.numbers import Numbers
from budget.present.words import N_, Words

CLEAR: Mapping[Verdict, str] = {
    "cut": N_("Cut the budget to {budget}: {chance} chance of more profit than keeping it"),
    "grow": N_("Grow the budget to {budget}: {chance} chance of more profit than keeping it"),
    "keep": N_("Keep the budget: {chance} chance that {budget} would earn more is not enough to move"),
}
AT_END: Mapping[Verdict, str] = {
    "cut": N_("Cut the budget to {budget} or less: {chance} chance of more profit than keeping it"),
    "grow": N_("Grow the budget to {budget} or more: {chance} chance of more profit than keeping it"),
    "keep": CLEAR["keep"],
}


def verdict_text(words: Words, numbers: Numbers, found: Frontier) -> str:
    """Cut, keep or grow, with the chance; only the name of the chart where there is no choice."""
    if found.best_micros is None:
        return words.say("Profit by budget")
    facts = {"budget": numbers.money(found.best_micros), "chance": numbers.chance(found.chance)}
    extra = found.best_micros - found.today_micros
    if abs(extra) <= ABOUT_RIGHT * found.today_micros:
        return words.say("Keep the budget: profit is highest near {budget}", budget=facts["budget"])
    return words.say((AT_END if found.at_end else CLEAR)[found.verdict], **facts)


def verdict_reasons(words: Words, numbers: Numbers, found: Frontier) -> list[str]:
    """What the next money earns today, up to where money pays, and from where on a loss is expected."""
    said = []
    hundred = numbers.money_of(100)
    if found.hundred is not None and found.hundred >= 0:
        said.append(words.say("Beyond today's budget the next {hundred} earns {gain} after its cost.", hundred=hundred,
                              gain=numbers.money_of(found.hundred)))  # fmt: skip
    elif found.hundred is not None:
        said.append(words.say("Beyond today's budget the next {hundred} loses {loss} after its cost.", hundred=hundred,
                              loss=numbers.money_of(-found.hundred)))  # fmt: skip
    if found.best_micros is not None:
        said.append(_pays_to(words, numbers, found, found.best_micros))
    if found.zero_micros is not None:
        said.append(words.say("Break-even: beyond {budget} a loss is expected.",
                              budget=numbers.money(found.zero_micros)))  # fmt: skip
    elif found.points and min(point.expected for point in found.points) > 0:
        said.append(words.say("Break-even: none of these budgets is expected to make a loss."))
    return said


def _pays_to(words: Words, numbers: Numbers, found: Frontier, best: int) -> str:
    if found.at_end:
        return words.say("Even the largest of these budgets pays for itself.") if best > found.today_micros else (
            words.say("Even the smallest of these budgets earns more than a larger one.")
        )  # fmt: skip
    extra = best - found.today_micros
    facts = {"budget": numbers.money(best), "extra": numbers.money(abs(extra))}
    if extra >= 0:
        return words.say("Money pays for itself up to {budget}, {extra} more than planned.", **facts)
    return words.say("Money pays for itself up to {budget}, {extra} less than planned.", **facts)


def point_text(words: Words, numbers: Numbers, point: Point) -> str:
    """One budget: its profit with the range, and the chance of more than the plan as it stands."""
    profit = point.profit
    return words.say(
        "With {budget} profit is about {profit}; 8 of 10 outcomes {span}. {chance} chance of more than the plan as it "
        "stands.", budget=numbers.money(point.budget_micros), profit=numbers.money_of(profit.mid),
        span=numbers.money_span(profit.low, profit.high), chance=numbers.chance(point.better),
    )  # fmt: skip


def point_results(words: Words, numbers: Numbers, point: Point) -> str:
    """What the budget brings besides profit."""
    conversions = words.count("{n} conversion", "{n} conversions", round(point.conversions.mid))
    return words.say("It brings about {conversions} and {revenue} of net revenue; {loss} chance of a loss.",
                     conversions=conversions, revenue=numbers.money_of(point.revenue.mid),
                     loss=numbers.chance(point.p_loss))  # fmt: skip


def point_change(words: Words, numbers: Numbers, share: float) -> str:
    """A budget by its distance from today's."""
    return numbers.percent_signed(share, 0) if share else words.say("today")
