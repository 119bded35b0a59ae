"""The rows of the waterfalls, in display order, from the values of the domain."""

from budget.economics import OrderEconomics
from budget.money import micros
from budget.pnl import ProfitAndLoss
from budget.present.charts.waterfall import Step
from budget.present.vocabulary import PNL_STEPS
from budget.present.words import Words


def order_steps(words: Words, order: OrderEconomics) -> list[Step]:
    """One order from the price paid to what is left for ads; steps of nothing are left out."""
    price, net, left = micros(order.price), micros(order.net_revenue), micros(order.contribution)
    vat, discount = micros(order.vat), micros(order.discount)
    cogs = micros(order.cogs)
    rows = [
        Step(words.say("Price paid"), price, total=True),
        Step(words.say("VAT"), -vat),
        Step(words.say("Discount"), -discount),
        Step(words.say("Returns"), net - price + vat + discount),
        Step(words.say("Net revenue"), net, total=True),
        Step(words.say("Cost of goods"), -cogs),
        Step(words.say("Delivery and fees"), left - net + cogs),
        Step(words.say("Left for ads"), left, total=True),
    ]
    return [row for row in rows if row.total or row.amount_micros]


def pnl_steps(words: Words, pnl: ProfitAndLoss, *, team: bool = True) -> list[Step]:
    """From claimed revenue to programme profit, or down to profit after media without the `team`.

    What challenges cost, and what the books do not hold, are steps of their own where there is any.
    """

    def total(key: str) -> Step:
        return Step(words.say(PNL_STEPS[key]), getattr(pnl, key), total=True)

    def cost(key: str) -> Step:
        return Step(words.say(PNL_STEPS[key]), -getattr(pnl, key))

    booked = [cost("not_booked")] if pnl.not_booked else []
    rows = [
        total("claimed_net_revenue"), *booked, cost("not_caused"), total("net_revenue"), cost("cogs"),
        total("gross_margin"), cost("fulfilment"), total("after_fulfilment"), cost("media"), total("after_media"),
    ]  # fmt: skip
    challenges = [cost("challenges")] if pnl.challenges else []
    return [*rows, cost("team"), *challenges, total("profit")] if team else rows
