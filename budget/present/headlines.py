"""The finding of a screen or block as one sentence, by a rule on the figures below it; neutral where none holds."""

from budget.drivers import Driver
from budget.economics import OrderEconomics
from budget.fans import Interval
from budget.forecast import Forecast
from budget.present.numbers import Numbers
from budget.present.vocabulary import DRIVERS
from budget.present.words import Words
from budget.projection import Projection
from budget.review import Review, ThreeResults

NEAR_SHARE = 0.01
"""Within 1 % of each other two amounts are called equal."""


def of_business(words: Words, numbers: Numbers, order: OrderEconomics) -> str:
    """What one order leaves for advertising."""
    if order.price <= 0:
        return words.say("Tell us what an order is worth")
    if order.contribution <= 0:
        return words.say("An order loses {amount} before advertising", amount=numbers.unit_price(-order.contribution))
    return words.say("An order leaves {amount} before advertising", amount=numbers.unit_price(order.contribution))


def of_outcome(words: Words, numbers: Numbers, profit: Interval) -> str:
    """A profit with its range: gain, loss, or either."""
    low, mid, high = profit.low, profit.mid, profit.high
    if low >= 0:
        return words.say(
            "The plan should return {mid}, between {low} and {high}",
            mid=numbers.money_of(mid), low=numbers.whole(low), high=numbers.whole(high),
        )  # fmt: skip
    if high <= 0:
        return words.say(
            "The plan should lose {mid}, between {low} and {high}",
            mid=numbers.money_of(-mid), low=numbers.whole(-high), high=numbers.whole(-low),
        )  # fmt: skip
    return words.say("The plan may lose {low} or earn {high}", low=numbers.money_of(-low), high=numbers.money_of(high))


def of_projection(words: Words, numbers: Numbers, found: Projection) -> str:
    """Where the plan will end, once weeks of it have happened."""
    profit = found.profit
    if profit.low >= 0:
        return words.say("The plan will most likely end {mid} in profit", mid=numbers.money_of(profit.mid))
    if profit.high <= 0:
        return words.say("The plan will most likely end {mid} in loss", mid=numbers.money_of(-profit.mid))
    low, high = numbers.money_of(-profit.low), numbers.money_of(profit.high)
    return words.say("The plan may end between a loss of {low} and a profit of {high}", low=low, high=high)


def of_review(words: Words, numbers: Numbers, found: Review) -> str:
    """Profit after media against plan, with the one driver that explains most of it, if it is not noise."""
    difference = found.actual_pnl.after_media - found.plan_pnl.after_media
    if abs(difference) <= NEAR_SHARE * max(abs(found.plan_pnl.after_media), 1):
        return words.say("On plan: profit after media is {amount}", amount=numbers.money(found.actual_pnl.after_media))
    amount = numbers.money(abs(difference))
    cause = main_driver(found.drivers, difference)
    if cause is None:
        if difference > 0:
            return words.say("{amount} ahead of plan", amount=amount)
        return words.say("{amount} behind plan", amount=amount)
    facts = {"amount": amount, "driver": words.say(DRIVERS[cause.name])}
    if difference > 0:
        return words.say("{amount} ahead of plan; largest cause: {driver}", **facts)
    return words.say("{amount} behind plan; largest cause: {driver}", **facts)


def main_driver(drivers: tuple[Driver, ...], difference: int) -> Driver | None:
    """The largest driver in the direction of the difference; None if it is within the noise or under a third of it."""
    same = [d for d in drivers if d.effect_micros * difference > 0 and not d.within_noise]
    largest = max(same, key=lambda d: abs(d.effect_micros), default=None)
    return largest if largest and abs(largest.effect_micros) * 3 >= abs(difference) else None


def of_three(words: Words, numbers: Numbers, found: ThreeResults) -> str:
    """Execution and market in one sentence."""
    execution, market = found.execution_micros, found.market_micros
    facts = {"execution": numbers.money(abs(execution)), "market": numbers.money(abs(market))}
    if execution < 0 <= market:
        return words.say("Execution cost {execution}; the market gave {market}", **facts)
    if execution >= 0 > market:
        return words.say("Execution gave {execution}; the market cost {market}", **facts)
    if execution < 0 and market < 0:
        return words.say("Execution cost {execution} and the market {market}", **facts)
    return words.say("Execution gave {execution} and the market {market}", **facts)


def of_payback(words: Words, found: Forecast | Projection) -> str:
    """When cumulative profit turns positive for good."""
    if found.payback_week is None:
        return words.say("Most likely below zero to the last week")
    if found.payback_week == 1:
        return words.say("Most likely positive from the first week")
    return words.say("Most likely positive from week {n}", n=str(found.payback_week))
