"""The dictionary of a pack: every figure with its definition, formula, unit and source."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from budget.present.vocabulary import COSTS, MEASURE_HELP, MEASURES, PNL_STEPS
from budget.present.words import N_

Unit = Literal["money", "number", "share", "ratio", "week"]
UNITS: Mapping[Unit, str] = {
    "money": "{currency}", "number": N_("number"), "share": N_("share"), "ratio": N_("ratio"), "week": N_("week"),
}  # fmt: skip
EXPORTS, PLAN, COMPUTED = N_("Exports of the platforms"), N_("Plan"), N_("Computed in this file")
ECONOMICS, BOOKS, MODEL = N_("Exports and the economics of the plan"), N_("Shop orders, typed sales or leads"), (
    N_("Simulated from the plan and all uploads")
)  # fmt: skip
KEPT, DECIDED = N_("Kept forecasts and later uploads"), N_("Decisions of the review")


@dataclass(frozen=True)
class Entry:
    """One figure, in English: what it is called, what it means, how it is computed, in which unit, from where."""

    name: str
    meaning: str
    formula: str
    unit: Unit
    source: str


STATEMENT: tuple[Entry, ...] = (
    Entry(PNL_STEPS["claimed_net_revenue"], N_("Revenue that platforms claim, net of VAT, discounts and returns."),
          N_("revenue claimed ÷ (1 + VAT) × (1 − discount) × (1 − returns)"), "money", ECONOMICS),
    Entry(PNL_STEPS["not_booked"], N_("Claims that the firm's own books do not hold."),
          N_("net revenue claimed × (1 − share used)"), "money", ECONOMICS),
    Entry(PNL_STEPS["not_caused"], N_("Orders that would have come without ads."),
          N_("(net revenue claimed − not in the books) × (1 − share that ads cause)"), "money", ECONOMICS),
    Entry(PNL_STEPS["net_revenue"], N_("Net revenue that advertising caused."),
          N_("net revenue claimed − not in the books − would have come anyway"), "money", COMPUTED),
    Entry(PNL_STEPS["cogs"], N_("What the goods sold cost."),
          N_("net revenue × share of cost of goods"), "money", ECONOMICS),
    Entry(PNL_STEPS["gross_margin"], N_("Contribution 1 (CM1)."), N_("net revenue − cost of goods"), "money", COMPUTED),
    Entry(PNL_STEPS["fulfilment"], N_("Delivery, payment fees and handling of returns."),
          N_("fee share × value caused + cost per order × orders caused"), "money", ECONOMICS),
    Entry(PNL_STEPS["after_fulfilment"], N_("Contribution 2 (CM2)."),
          N_("gross margin − delivery and fees"), "money", COMPUTED),
    Entry(PNL_STEPS["media"], N_("What the platforms cost."),
          N_("spend × (1 + VAT that is not recovered) + fees"), "money", ECONOMICS),
    Entry(PNL_STEPS["after_media"], N_("Contribution 3 (CM3)."), N_("after fulfilment − media"), "money", COMPUTED),
    Entry(PNL_STEPS["team"], N_("People, agency, tools and production."),
          N_("cost of a month × its days in the period ÷ its days"), "money", PLAN),
    Entry(PNL_STEPS["challenges"], N_("What difficulties of the company cost or lose."),
          N_("cost of a month × its days in the period ÷ its days"), "money", PLAN),
    Entry(PNL_STEPS["profit"], N_("Profit of the programme."),
          N_("after media − team and tools − challenges"), "money", COMPUTED),
    Entry("ROI", N_("Profit per money of all programme cost."),
          N_("(after fulfilment − all programme cost) ÷ all programme cost"), "share", COMPUTED),
    Entry("POAS", N_("Contribution per money of media."), N_("after fulfilment ÷ media"), "ratio", COMPUTED),
)  # fmt: skip
MEASURED: tuple[Entry, ...] = (
    Entry(MEASURES["spend"], MEASURE_HELP["spend"], N_("sum of the days"), "money", EXPORTS),
    Entry(MEASURES["impressions"], MEASURE_HELP["impressions"], N_("sum of the days"), "number", EXPORTS),
    Entry(MEASURES["clicks"], MEASURE_HELP["clicks"], N_("sum of the days"), "number", EXPORTS),
    Entry(MEASURES["conversions"], MEASURE_HELP["conversions"], N_("sum of the days"), "number", EXPORTS),
    Entry(MEASURES["value"], MEASURE_HELP["value"], N_("sum of the days"), "money", EXPORTS),
    Entry("ROAS", N_("Revenue that platforms claim per money spent. It is not profit."),
          N_("revenue claimed ÷ spend"), "ratio", COMPUTED),
    Entry(N_("Arrived"), N_("Conversions of recent days that have arrived; below 80% nothing is judged."),
          N_("reported ÷ expected once all have arrived"), "share", EXPORTS),
)  # fmt: skip
CLAIMED: tuple[Entry, ...] = (
    Entry(N_("Orders booked"), N_("What the firm itself counted: orders, sales or leads."),
          N_("sum of the days"), "number", BOOKS),
    Entry(N_("Share used"), N_("What the books hold of the claims; never above 100%."),
          N_("booked ÷ claimed where more is claimed than booked, else 100%"), "share", COMPUTED),
    Entry("MER", N_("All revenue of the firm per money of marketing."),
          N_("all revenue ÷ all marketing cost"), "ratio", COMPUTED),
)  # fmt: skip
PACED: tuple[Entry, ...] = (
    Entry(N_("Planned to date"), N_("Money that the plan's calendar had placed up to the last uploaded day."),
          N_("budget × share of the calendar that is over"), "money", PLAN),
    Entry(N_("Projected end"), N_("Where spending ends at the pace of the last 14 days."),
          N_("spent + pace × calendar that is left"), "money", MODEL),
    Entry(N_("Required a day"), N_("The same money every day left, to end on the budget."),
          N_("money left ÷ days left"), "money", COMPUTED),
    Entry(N_("Suggested a day"), N_("What to type into the platform now, by the plan's calendar."),
          N_("the coming week's part of the money left ÷ its days, at most 30% from the last week's mean"), "money",
          MODEL),
)  # fmt: skip
EXPLAINED: tuple[Entry, ...] = (
    Entry(N_("Cause"), N_("What one change did to profit after media; causes add up to the difference exactly."),
          N_("mean over all orders in which the changes could have come"), "money", MODEL),
    Entry(N_("within the noise"), N_("Chance alone may explain the effect."),
          N_("effect below chance of counting, or below 5% of planned profit"), "money", MODEL),
    Entry(N_("Plan at money spent"), N_("What the plan would have returned for the money really spent."),
          N_("plan's own rates at the actual spend"), "money", MODEL),
)  # fmt: skip
DECISIONS: tuple[Entry, ...] = (
    Entry(N_("Expected"), N_("Change of a week's profit after media, as expected when it was decided."),
          N_("8 of 10 outcomes at the new money less those at the old"), "money", DECIDED),
    Entry(N_("Observed"), N_("The same change, as the weeks after it show."),
          N_("mean of the weeks after − what was expected without it"), "money", DECIDED),
)  # fmt: skip
AHEAD: tuple[Entry, ...] = (
    Entry(N_("Chance of the goal"), N_("Share of outcomes that reach the first goal by its day."),
          N_("outcomes that reach it ÷ all outcomes"), "share", MODEL),
    Entry(N_("Chance of a loss"), N_("Share of outcomes in which the programme costs more than it brings."),
          N_("outcomes below zero ÷ all outcomes"), "share", MODEL),
    Entry(N_("Profit, projected"), N_("Profit after the team at the end of the plan; range: 8 of 10 outcomes."),
          N_("what has happened + the weeks to come"), "money", MODEL),
    Entry(N_("Pays back in week"), N_("The first week from which cumulative profit stays above zero."),
          N_("from the middle of the outcomes"), "week", MODEL),
)  # fmt: skip
NEXT: tuple[Entry, ...] = (
    Entry(N_("The next 100 earns"), N_("Profit after media of 100 more in a usual week, after its cost."),
          N_("contribution of 100 more − its cost"), "money", MODEL),
)  # fmt: skip
OWNED: tuple[Entry, ...] = (
    Entry(N_("Profit, expected"), N_("Mean of all outcomes at a budget, placed at its best split."),
          N_("contribution of the weeks to come − media"), "money", MODEL),
    Entry(N_("Inside"), N_("Results that fell into the range of the forecast made before them."),
          N_("results inside ÷ results judged"), "share", KEPT),
    Entry(N_("Lean of results"), N_("Which way results fell from the middle of the forecasts."),
          N_("median of result ÷ middle − 1"), "share", KEPT),
    Entry(N_("Distance"), N_("How far results fell from the forecast, as a share of it (CRPS)."),
          N_("mean distance ÷ middle of the forecast"), "share", KEPT),
    Entry(N_("Left to spend"), N_("Money of the line in the weeks to come."), N_("sum of its weeks"), "money", PLAN),
    Entry(N_("Lost, middle"), N_("Profit that goes where the line is cut; below zero where cutting earns."),
          N_("contribution of its weeks to come − media"), "money", MODEL),
    Entry(N_("Chance that cutting is right"), N_("Share of outcomes in which the line costs more than it brings."),
          N_("outcomes below zero ÷ all outcomes"), "share", MODEL),
)  # fmt: skip
TEAM: tuple[Entry, ...] = tuple(
    Entry(
        COSTS[kind], N_("Cost beside media."), N_("cost of a month × its days in the period ÷ its days"), "money", PLAN
    )
    for kind in COSTS
)
WEEKLY: tuple[Entry, ...] = (*STATEMENT, *TEAM, *MEASURED, *CLAIMED, *PACED, *EXPLAINED, *DECISIONS, *AHEAD[:3], *NEXT)
OWNER: tuple[Entry, ...] = (
    *STATEMENT, *TEAM, *MEASURED[:-1], *CLAIMED[1:], *AHEAD, *NEXT, *OWNED, *DECISIONS,
)  # fmt: skip
