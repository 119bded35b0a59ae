"""The five figures of a week: what happened, the plan to date, and the projected end with its range."""

from dataclasses import dataclass

from budget.money import MICROS
from budget.present.deck_words import Tongue
from budget.review import Review


@dataclass(frozen=True)
class Card:
    """One figure as finished text: its name, what it is, the plan to date, where it will end; "" where nothing is."""

    label: str
    figure: str
    plan: str
    end: str


def cards(of: Tongue, found: Review) -> tuple[Card, ...]:
    """Spend, conversions, profit after media, the next 100, chance of the goal."""
    return (_spend(of, found), _conversions(of, found), _profit(of, found), _hundred(of), _goal(of))


def _spend(of: Tongue, found: Review) -> Card:
    numbers, pacing = of.numbers, of.pack.pacing
    planned, actual = found.total
    end = ""
    if pacing:
        span = numbers.span(numbers.compact(pacing.pace.low), numbers.compact(pacing.pace.high))
        end = of.words.say("end {amount} ({span})", amount=numbers.compact(pacing.pace.projected), span=span)
    figure, plan = numbers.money(actual.spend_micros), numbers.money(planned.spend_micros)
    return Card(of.words.say("Spend"), figure, _plan(of, plan), end)


def _conversions(of: Tongue, found: Review) -> Card:
    numbers, projection = of.numbers, of.pack.projection
    planned, actual = found.total
    end = ""
    if projection:
        ends = projection.conversions
        span = numbers.span(numbers.compact(ends.low), numbers.compact(ends.high))
        end = of.words.say("end {amount} ({span})", amount=numbers.compact(ends.mid), span=span)
    figure, plan = numbers.whole(actual.conversions), numbers.whole(planned.conversions)
    return Card(of.words.say("Conversions"), figure, _plan(of, plan), end)


def _profit(of: Tongue, found: Review) -> Card:
    numbers, projection = of.numbers, of.pack.projection
    figure, plan = numbers.money(found.actual_pnl.after_media), numbers.money(found.plan_pnl.after_media)
    end = ""
    if projection:
        profit = projection.profit
        span = numbers.whole_span(profit.low, profit.high)
        end = of.words.say("after the team: end {amount} ({span})", amount=numbers.whole(profit.mid), span=span)
    return Card(of.words.say("Profit after media"), figure, _plan(of, plan), end)


def _hundred(of: Tongue) -> Card:
    numbers, found = of.numbers, of.pack.hundred
    label = of.words.say("Next {hundred} earns", hundred=numbers.money_of(100))
    if found is None:
        return Card(label, numbers.whole(None), "", "")
    span = numbers.whole_span(found.total.low, found.total.high)
    return Card(label, numbers.money_of_signed(found.total.mid), _plan(of, numbers.signed(found.planned)), span)


def _goal(of: Tongue) -> Card:
    numbers, projection = of.numbers, of.pack.projection
    chance = projection.p_target if projection else None
    goal = next((one for one in of.pack.plan.objectives[:1] if one.target_micros), None)
    target = of.words.say("goal {target}", target=numbers.compact(goal.target_micros / MICROS)) if goal else ""
    loss = of.words.say("{loss} chance of a loss", loss=numbers.chance(projection.p_loss)) if projection else ""
    return Card(of.words.say("Chance of the goal"), numbers.chance(chance), target or of.words.say("no goal yet"), loss)


def _plan(of: Tongue, figure: str) -> str:
    return of.words.say("plan {figure}", figure=figure)
