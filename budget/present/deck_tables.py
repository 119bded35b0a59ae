"""The tables of slides as finished text: headers and rows, in the order in which they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from budget.fans import Interval
from budget.money import MICROS, major
from budget.plan import PlanObjective
from budget.present.business_words import kpi_amount
from budget.present.decision_words import ACTIONS, STATUSES, VERDICTS, about
from budget.present.deck_words import Tongue
from budget.present.vocabulary import COMMITMENTS, KPIS, key_name
from budget.store import Decision

Side = Literal["left", "right"]
Cells = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Headers, each with its share of the width and its side, and rows."""

    headers: tuple[tuple[str, float, Side], ...]
    rows: tuple[Cells, ...]


def decision_table(of: Tongue, found: Sequence[Decision], names: Mapping[str, str], *, judged: bool) -> Table:
    """Decisions as rows: what, where, expected, and who until when, or what came of them."""
    words = of.words
    last: tuple[tuple[str, float, Side], ...] = (
        ((words.say("Observed"), 0.9, "left"), (words.say("Verdict"), 1.1, "left"))
        if judged
        else ((words.say("Owner"), 1.0, "left"), (words.say("Due"), 0.8, "left"))
    )
    headers: tuple[tuple[str, float, Side], ...] = (
        (words.say("Action"), 0.7, "left"), (words.say("Line"), 1.4, "left"),
        (words.say("Amount a week"), 1.2, "left"), (words.say("Expected"), 1.2, "left"), *last,
    )  # fmt: skip
    return Table(headers, tuple(_decision(of, one, names, judged) for one in found))


def _decision(of: Tongue, one: Decision, names: Mapping[str, str], judged: bool) -> Cells:
    words, numbers = of.words, of.numbers
    expected = numbers.whole_span(_major(one.expected_low_micros), _major(one.expected_high_micros))
    first = (
        words.say(ACTIONS[one.action]),
        about(words, names, one),
        _amount(of, one),
        expected,
    )
    if not judged:
        return (*first, one.owner or numbers.whole(None), numbers.date_short(one.due_date))
    return (*first, *_came(of, one))


def _came(of: Tongue, one: Decision) -> tuple[str, str]:
    """What was observed and the verdict: measured now, else as it was closed, else only whether it is open."""
    found = of.pack.effects.get(one.decision_id)
    observed = found.change_micros if found else one.observed_micros
    verdict = found.verdict if found else one.verdict
    said = of.words.say(VERDICTS[verdict] if verdict else STATUSES[one.status])
    return of.numbers.signed(_major(observed)), said


def _amount(of: Tongue, one: Decision) -> str:
    if one.before_micros is not None and one.amount_micros is not None:
        return f"{of.numbers.whole(major(one.before_micros))} → {of.numbers.whole(major(one.amount_micros))}"
    return of.numbers.whole(_major(one.amount_micros))


def _major(amount_micros: int | None) -> float | None:
    return None if amount_micros is None else amount_micros / MICROS


def goal_table(of: Tongue) -> Table:
    """Every goal with its target, what it will come to, and the chance that it is reached."""
    words = of.words
    headers: tuple[tuple[str, float, Side], ...] = (
        (words.say("Goal"), 1.6, "left"), (words.say("By"), 0.9, "left"), (words.say("Target"), 1.0, "right"),
        (words.say("8 of 10 outcomes"), 1.6, "right"), (words.say("Chance"), 0.8, "right"),
    )  # fmt: skip
    return Table(headers, tuple(_goal(of, goal) for goal in of.pack.plan.objectives))


def _goal(of: Tongue, goal: PlanObjective) -> Cells:
    """The main goal by what has happened and what is to come; the others by the forecast of the whole plan."""
    numbers, forecast, projection = of.numbers, of.pack.forecast, of.pack.projection
    outlook = forecast.outlooks.get(goal.objective_key) if forecast else None
    chance = forecast.chances.get(goal.objective_key) if forecast else None
    amount: Interval | None = outlook.amount if outlook else None
    if projection and goal == of.pack.plan.objectives[0]:
        chance = projection.p_target
        amount = {"profit": projection.profit, "conversions": projection.conversions}.get(goal.kpi, amount)
    return (
        of.words.say(KPIS.get(goal.kpi, goal.kpi)),
        numbers.date(goal.due_date),
        kpi_amount(numbers, goal.kpi, goal.target_micros) if goal.target_micros else numbers.whole(None),
        numbers.whole_span(amount.low, amount.high) if amount else numbers.whole(None),
        numbers.chance(chance),
    )


def first_table(of: Tongue, names: Mapping[str, str]) -> Table:
    """The lines that go first: money left, profit lost, chance that cutting is right."""
    words, numbers = of.words, of.numbers
    headers: tuple[tuple[str, float, Side], ...] = (
        (words.say("Line"), 1.8, "left"), (words.say("Status"), 1.0, "left"),
        (words.say("Left to spend"), 1.0, "right"),
        (words.say("Profit lost if cut"), 1.2, "right"), (words.say("8 of 10 outcomes"), 1.4, "right"),
        (words.say("Chance that cutting is right"), 1.5, "right"),
    )  # fmt: skip
    rows = tuple(
        (
            key_name(words, names, one.line_key),
            words.say(COMMITMENTS[one.commitment]),
            numbers.whole(major(one.left_micros)),
            numbers.signed(one.lost.mid),
            numbers.whole_span(one.lost.low, one.lost.high),
            numbers.chance(one.right),
        )
        for one in of.pack.first_to_go
    )
    return Table(headers, rows)
