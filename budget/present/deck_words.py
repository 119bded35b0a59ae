"""What each slide says: its finding, the line below it, and the speaker's notes."""

from dataclasses import dataclass

from budget.fans import Interval
from budget.forecast import Forecast
from budget.frontier import Frontier
from budget.money import MICROS
from budget.pacing import Pacing
from budget.pack import Pack
from budget.pnl import ProfitAndLoss
from budget.present import budget_words, headlines, overview_words, record_words
from budget.present.deck_labels import LABELS
from budget.present.numbers import Numbers
from budget.present.pack_words import definition, judged_by, pack_name, sources, until
from budget.present.vocabulary import DRIVERS
from budget.present.words import Words
from budget.projection import Projection
from budget.record import Record
from budget.review import Review


@dataclass(frozen=True)
class Told:
    """The words of one slide; `notes` are read by the speaker."""

    title: str
    caption: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Tongue:
    """A pack with the words and numbers in which it is told."""

    pack: Pack
    words: Words
    numbers: Numbers

    def told(self, title: str, caption: str, *definitions: str) -> Told:
        """A slide's words, with definitions and sources as notes."""
        notes = (title, *definition(self.words, *definitions), *sources(self.words, self.numbers, self.pack))
        return Told(title, caption, notes)

    def label(self, name: str, **facts: str) -> str:
        """A short name on a slide."""
        return self.words.say(LABELS[name], **facts)

    def dated(self, text: str) -> str:
        """A caption with the days it speaks of."""
        return f"{text} · {self.numbers.period(*self.pack.period)}" if self.pack.period else text


def cover(of: Tongue) -> Told:
    """The finding of the whole pack."""
    pack, words = of.pack, of.words
    parts = [pack_name(words, pack.kind), pack.firm]
    parts += [of.numbers.period(*pack.period)] if pack.period else []
    parts += [judged_by(words, pack), until(words, of.numbers, pack)]
    caption = " · ".join(part for part in parts if part)
    return of.told(_finding(of), caption, "after_media", "range")


def _finding(of: Tongue) -> str:
    pack = of.pack
    if pack.kind == "weekly" and pack.review and not pack.arrived.is_judged:
        amount = of.numbers.money(pack.review.actual_pnl.after_media)
        return of.words.say("Profit after media is {amount} so far, with {share} of conversions in", amount=amount,
                            share=of.numbers.percent(pack.arrived.share, 0))  # fmt: skip
    if pack.kind == "weekly" and pack.review:
        return headlines.of_review(of.words, of.numbers, pack.review)
    if pack.projection:
        return headlines.of_projection(of.words, of.numbers, pack.projection)
    if pack.forecast:
        return headlines.of_outcome(of.words, of.numbers, pack.forecast.profit)
    return pack_name(of.words, pack.kind)


def figures(of: Tongue, found: Review) -> Told:
    """The five figures."""
    facts = {"roi": of.numbers.percent(found.actual_pnl.roi), "planned": of.numbers.percent(found.plan_pnl.roi)}
    title = of.words.say("ROI to date: {roi}; planned: {planned}", **facts)
    if of.pack.span:
        title = of.words.say("ROI of these days: {roi}; planned: {planned}", **facts)
    whole = of.pack.to_date or found
    unit = of.numbers.unit(side.after_media / MICROS for both in whole.cumulative for side in both)
    caption = of.words.say("Below: profit after media to date, cumulative by week, {unit}. Dashes: plan; line: actual; "
                           "dots: conversions still arrive", unit=unit.name)  # fmt: skip
    return of.told(title, caption, "roi", "after_media", "goal")


def why(of: Tongue, found: Review) -> Told:
    """From plan to actual."""
    difference = found.actual_pnl.after_media - found.plan_pnl.after_media
    judged, words = of.pack.arrived.is_judged, of.words
    cause = headlines.main_driver(found.drivers, difference) if judged else None
    title = words.say("From plan to actual: no single cause stands out")
    if not judged:
        title = words.say("Too early to judge: about {share} of these days' conversions are in.",
                          share=of.numbers.percent(of.pack.arrived.share, 0)).rstrip(".")  # fmt: skip
    if cause:
        facts = {"driver": words.say(DRIVERS[cause.name]), "amount": of.numbers.money_signed(cause.effect_micros)}
        title = words.say("Largest cause: {driver}, {amount}", **facts)
    caption = words.say("Profit after media, {currency}; the steps add up exactly; grey is within the noise",
                        currency=of.numbers.currency)  # fmt: skip
    return of.told(title, of.dated(caption), "after_media", "drivers", "noise")


def pace(of: Tongue, found: Pacing) -> Told:
    """Whether the money goes out as planned."""
    unit = of.numbers.unit((found.budget_micros / MICROS,))
    caption = of.words.say("Cumulative spend, {unit}. Dashes: plan; blue band: 8 of 10 outcomes", unit=unit.name)
    return of.told(_pace(of, found), caption, "pacing")


def _pace(of: Tongue, found: Pacing) -> str:
    words, shift = of.words, found.pace.projected / (found.budget_micros / MICROS) - 1
    facts = {"share": of.numbers.percent(abs(shift)), "day": of.numbers.money_of(found.pace.required_day)}
    if not found.days_left:
        return words.say("The plan has ended")
    if found.pace.state == "on":
        return words.say("Spending is on plan; {day} a day meets the budget", day=facts["day"])
    if shift > 0:
        return words.say("Spending will end {share} over budget; {day} a day would meet it", **facts)
    return words.say("Spending will end {share} under budget; {day} a day would meet it", **facts)


def three(of: Tongue, found: Review) -> Told:
    """Execution apart from market."""
    title = headlines.of_three(of.words, of.numbers, found.three)
    if not of.pack.arrived.is_judged:
        title = of.words.say("Execution apart from market")
    caption = of.words.say("Profit after media, {currency}: the plan, the plan at the money spent, what happened",
                           currency=of.numbers.currency)  # fmt: skip
    return of.told(title, of.dated(caption), "three", "after_media")


def hundred(of: Tongue, best: str, earns: Interval) -> Told:
    """Where the next 100 earns most: said only where its range does not cross zero."""
    amount = of.numbers.money_of(100)
    title = of.words.say("The next {hundred} earns most on {line}: {gain}", hundred=amount, line=best,
                         gain=of.numbers.money_of(earns.mid))  # fmt: skip
    if earns.high <= 0:
        title = of.words.say("The next {hundred} would lose money on every line", hundred=amount)
    elif earns.low <= 0:
        title = of.words.say("Where the next {hundred} earns most", hundred=amount)
    caption = of.words.say("Profit of the next {hundred} a week, after its cost. Bar: 8 of 10 outcomes, its middle "
                           "where the tints meet", hundred=amount)  # fmt: skip
    return of.told(title, caption, "hundred", "range")


def decisions(of: Tongue) -> Told:
    """What was decided, and what came of the decisions before."""
    words, pack = of.words, of.pack
    made = words.count("{n} decision", "{n} decisions", len(pack.taken))
    before = words.count("{n} earlier action", "{n} earlier actions", len(pack.earlier))
    title = words.say("{made} taken, {before} looked at again", made=made, before=before)
    if not pack.taken and not pack.earlier:
        title = words.say("Nothing was decided yet")
    elif not pack.taken:
        title = words.say("{before} looked at again; nothing new was decided", before=before)
    elif not pack.earlier:
        title = words.say("{made} taken", made=made)
    caption = words.say("Expected and observed: change of a week's profit after media, {currency}",
                        currency=of.numbers.currency)  # fmt: skip
    return of.told(title, caption, "expected", "range")


def unknown(of: Tongue, count: int) -> Told:
    """What is not known yet."""
    title = of.words.count("{n} thing that we do not know yet", "{n} things that we do not know yet", count)
    if not count:
        title = of.words.say("Nothing is missing or early in these figures")
    return of.told(title, of.words.say("What the figures leave out, assume, or will still change"), "early")


def statement(of: Tongue, found: ProfitAndLoss, to_date: bool) -> Told:
    """The income statement down to programme profit."""
    amount = of.numbers.money(abs(found.profit))
    won, lost = of.words.say("So far it added {amount}", amount=amount), of.words.say("So far it cost {amount}",
                                                                                      amount=amount)  # fmt: skip
    if of.pack.span:
        won = of.words.say("In these days it added {amount}", amount=amount)
        lost = of.words.say("In these days it cost {amount}", amount=amount)
    if not to_date:
        won = of.words.say("It should add {amount}", amount=amount)
        lost = of.words.say("It should cost {amount}", amount=amount)
    caption = of.words.say("Income statement of advertising, {currency}. Net of VAT, discounts and returns",
                           currency=of.numbers.currency)  # fmt: skip
    return of.told(won if found.profit >= 0 else lost, of.dated(caption), "profit", "after_media", "roi")


def whole(of: Tongue, found: ProfitAndLoss) -> Told:
    """The income statement of the whole plan: what has happened, then what is to come."""
    title = overview_words.of_statement(of.words, of.numbers, found)
    caption = of.words.say("The whole plan: what has happened, then the weeks to come, {currency}. Net of VAT, "
                           "discounts and returns", currency=of.numbers.currency)  # fmt: skip
    return of.told(title, caption, "profit", "after_media")


def goal(of: Tongue, found: Forecast | Projection) -> Told:
    """The chance of the goal and of a loss."""
    facts = {"goal": of.numbers.chance(found.p_target), "loss": of.numbers.chance(found.p_loss)}
    title = of.words.say("{goal} chance of the goal, {loss} chance of a loss", **facts)
    if found.p_target is None:
        title = of.words.say("{loss} chance of a loss", loss=facts["loss"])
    caption = of.words.say("At the end of the plan, {currency}. Bar: 8 of 10 outcomes, its middle where the tints meet",
                           currency=of.numbers.currency)  # fmt: skip
    return of.told(title, caption, "goal", "profit", "range")


def outlook(of: Tongue, found: Forecast | Projection) -> Told:
    """When the money is back."""
    unit = of.numbers.unit((found.profit.low, found.profit.high))
    caption = of.words.say("Cumulative profit after the team, {unit}; band holds 8 of 10 outcomes", unit=unit.name)
    return of.told(headlines.of_payback(of.words, found), caption, "profit", "range")


def budgets(of: Tongue, found: Frontier) -> Told:
    """Cut, keep or grow."""
    title = budget_words.verdict_text(of.words, of.numbers, found)
    caption = of.words.say("Profit of the weeks to come by budget, {currency}. Bar: 8 of 10 outcomes, its middle where "
                           "the tints meet", currency=of.numbers.currency)  # fmt: skip
    return of.told(title, caption, "frontier", "range")


def record(of: Tongue, found: Record) -> Told:
    """How good the forecasts were."""
    kept = of.words.count("{n} kept forecast", "{n} kept forecasts", found.forecasts)
    judged = of.words.count("{n} week of a line judged", "{n} weeks of lines judged", found.judged)
    caption = of.words.say("{kept}, {judged}: each by the last forecast before its data", kept=kept, judged=judged)
    return of.told(record_words.of_record(of.words, of.numbers, found), caption, "record")


def first_to_go(of: Tongue, count: int) -> Told:
    """The lines that go first."""
    title = of.words.count("If money gets tight, {n} line goes first", "If money gets tight, {n} lines go first", count)
    if not count:
        title = of.words.say("Every line is committed: none goes first when money gets tight")
    caption = of.words.say("Money still to spend and the profit that would go with it, {currency}",
                           currency=of.numbers.currency)  # fmt: skip
    return of.told(title, caption, "optional", "range")


def approval(of: Tongue) -> Told:
    """What was decided, and what is approved."""
    pack, words = of.pack, of.words
    budget = of.numbers.money(pack.plan.budget_micros)
    title = words.say("A budget of {budget} waits for approval", budget=budget)
    if pack.plan.status == "locked":
        title = words.say("A budget of {budget} is approved", budget=budget)
    caption = words.say("Decisions and approval · {name}, version {version}", name=pack.plan.name,
                        version=str(pack.plan.version))  # fmt: skip
    return of.told(title, caption, "expected")
