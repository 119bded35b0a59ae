"""The five figures of a week as finished text: what happened, the plan, and the end of the plan with its range."""

from collections.abc import Callable
from dataclasses import dataclass

from budget.fans import Interval
from budget.present.business_words import kpi_amount
from budget.present.deck_words import Tongue
from budget.present.vocabulary import KPIS
from budget.review import Review
from budget.standing import Standing, after_media_of, main_kpi, result_of, spend_of


@dataclass(frozen=True)
class Card:
    """One figure: its name, what it is, what it is held against, where it will end; "" where nothing is."""

    label: str
    figure: str
    plan: str
    end: str


def cards(of: Tongue, found: Review) -> tuple[Card, ...]:
    """Spend, main result, profit after media, the next 100, chance of the goal: as on the review."""
    pack, kpi = of.pack, main_kpi(of.pack.plan)
    money = of.numbers.money_of
    result = result_of(found, kpi, pack.projection)
    return (
        _card(of, of.words.say("Spend"), spend_of(found, pack.pacing), money),
        _card(of, of.words.say(KPIS[kpi]), result, money if kpi == "revenue" else of.numbers.whole),
        _card(of, of.words.say("Profit after media"), after_media_of(found, pack.plan, pack.projection), money),
        _hundred(of, found),
        _goal(of),
    )


def _card(of: Tongue, label: str, standing: Standing, write: Callable[[float | None], str]) -> Card:
    planned = of.words.say("Plan {n}", n=of.numbers.whole(standing.planned))
    return Card(label, write(standing.actual), planned, _end(of, standing.end))


def _end(of: Tongue, found: Interval | None) -> str:
    if found is None:
        return ""
    return of.words.say("End {range}", range=of.numbers.whole_span(found.low, found.high))


def _hundred(of: Tongue, found: Review) -> Card:
    numbers, hundred = of.numbers, of.pack.hundred
    label = of.words.say("Next {hundred} earns", hundred=numbers.money_of(100))
    roi = of.words.say("ROI {roi}", roi=numbers.percent(found.actual_pnl.roi))
    if hundred is None:
        return Card(label, numbers.whole(None), "", roi)
    before = of.words.say("Before uploads {amount}", amount=numbers.signed(hundred.planned))
    span = numbers.whole_span(hundred.total.low, hundred.total.high)
    return Card(label, numbers.money_of_signed(hundred.total.mid), before, f"{span} · {roi}")


def _goal(of: Tongue) -> Card:
    numbers, projection = of.numbers, of.pack.projection
    chance = projection.p_target if projection else None
    goal = next((one for one in of.pack.plan.objectives[:1] if one.target_micros), None)
    target = of.words.say("no goal yet")
    if goal:
        target = of.words.say("goal {target}", target=kpi_amount(numbers, goal.kpi, goal.target_micros))
    end = ""
    if projection:
        label = of.words.say("Profit after the team")
        end = f"{label}: {_end(of, projection.profit)}"
    return Card(of.words.say("Chance of the goal"), numbers.chance(chance), target, end)
