"""What the sheets of a pack say beside the figures: titles, headers, and how to read them."""

from collections.abc import Mapping

from budget.present.words import N_

DATA = N_("Data")
DATA_LEAD = N_("The figures that the other sheets are computed from, exact, in {currency}. Costs are above zero here.")
ALL = N_("All channels")
CHANNEL = N_("Channel")
WEEK = N_("Week of")
PLANNED = N_("Planned")
ACTUAL = N_("Actual")
SIDE_TITLES: Mapping[str, str] = {
    "plan": N_("Planned, by channel"),
    "actual": N_("Actual, by channel"),
}
COST_TITLE = N_("Programme cost beside media")
BY_WEEK = N_("By channel and week")

WORKING = N_("Chart cells")
WATERFALL_LEAD = N_("What the waterfalls are drawn from: each cell follows a table of another sheet.")
FROM = N_("From")
TO = N_("To")
GAP = N_("Gap")
ABOVE = N_("Above zero")
BELOW = N_("Below zero")

SUMMARY = N_("Summary")
RESTS = N_("data version {version}, made on {day}")
PROJECTED = N_("Projected end")
SUMMARY_LOW = N_("Low")
SUMMARY_HIGH = N_("High")
NOTE = N_("Note")
HUNDRED = N_("The next 100 earns")
FIGURES = N_("The figures that decide")
IN_WORDS = N_("In words")
LEFT_OUT = N_("What to know")
IN_PROJECTION = N_("projected over the whole plan, 8 of 10 outcomes")
USUAL_WEEK = N_("in a usual week, after its cost; planned: before any upload")
SUMMARY_BUDGETS = N_("Cut, keep or grow")
RECORD = N_("Forecast record")
OUTLOOK = N_("Outlook")
STATEMENT = N_("Result")
FIRST_TO_GO = N_("First to go when money gets tight: {lines}")
EARLY = N_("Conversions of the last days still arrive: from {day} on nothing is judged.")
UNMATCHED = N_("{amount} belongs to no line of the plan; it counts in every total.")

INCOME = N_("Income statement")
INCOME_LEAD = N_("Income statement, {period}, {currency}. Net of VAT, discounts and returns.")
READING = N_("A bold row is the bold row above it less the costs between them.")
ITEM = N_("Item")
INCOME_DIFFERENCE = N_("Difference")
SHARE = N_("Difference, %")
WHOLE, TO_DATE, COMING = N_("Whole plan, projected"), N_("To date"), N_("Weeks to come")
WHOLE_NOTE = N_("What has happened to date, and the weeks to come at the middle of their outcomes.")
RATIOS = N_("Ratios")
NO_SPEND = N_("Nothing was spent, so there is no ratio.")
MER_NOTE = N_("All revenue ÷ all marketing cost, of days whose sales are known")
TEAM = N_("Programme cost")
NOT_UPLOADED = N_("Nothing was uploaded for these days yet.")
RATIO_NOTES: Mapping[str, str] = {
    "roi": N_("Profit ÷ all programme cost"),
    "poas": N_("After fulfilment ÷ media"),
    "roas": N_("Revenue claimed ÷ spend"),
}

WHY = N_("Why")
WHY_LEAD = N_("From plan to actual, profit after media, {currency}: what each cause added or took, by channel.")
NOISE_LEAD = N_("Within the noise: chance alone may explain it, so nobody has to act.")
CAUSE = N_("Cause")
NOISE = N_("within the noise")
MEANING = N_("What it means")
WHY_JUDGED = N_("Judgement")
LOOKS = N_("Who looks at it")
SUM = N_("Sum of the causes")
WHY_DIFFERENCE = N_("Actual less plan")
CHECK = N_("Check")
ADDS_UP = N_("adds up")
ADDS_NOT = N_("does not add up")
THREE_NAMES: Mapping[str, str] = {
    "planned": N_("Plan as written"),
    "as_spent": N_("Plan at money spent"),
    "actual": N_("What happened"),
}
EXECUTION = N_("Execution: money spent otherwise than planned")
MARKET = N_("Market: prices and people")
LARGEST = N_("Largest cause: {driver}")

PACING = N_("Pacing")
PACING_LEAD = N_("Money of the whole plan, {currency}, to {day}; {n} days are left.")
PACING_NONE = N_("No full day of spend was uploaded yet.")
PACING_HEADS = (
    N_("Platform"),
    N_("Budget"),
    N_("Spent"),
    N_("Planned to date"),
    N_("Left"),
    N_("Projected end"),
    N_("Projected ÷ budget"),
    N_("Required a day"),
    N_("Suggested a day"),
    N_("State"),
)
ALL_PLATFORMS = N_("All platforms")
PACING_RANGE = N_("8 of 10 outcomes")
PACING_STATES = {"under": N_("under plan"), "on": N_("on plan"), "over": N_("over plan")}
CANNOT = N_("Suggested moves at most 30% from the last week's mean: {platforms} cannot meet the budget that way.")
HOW = N_(
    "Required: the same money every day left. Suggested: what to type into the platform now, by the plan's calendar, "
    "at most 30% away from the last week's mean."
)
DAILY = N_("Day by day")
DAYS = (N_("Day"), N_("Planned"), N_("Actual"), N_("Projected"), N_("Low"), N_("High"))
UNDER = N_("Spending will end {share} under budget; {day} a day would meet it")
ENDED = N_("The plan has ended")
OVER = N_("Spending will end {share} over budget; {day} a day would meet it")

WEEKS = N_("Weeks")
WEEKS_LEAD = N_("Plan and actual by week to date, {currency}. Conversions and revenue are what platforms claim.")
PALE = N_("Pale weeks are early: conversions still arrive for them, so they are not judged.")
ARRIVED = N_("Arrived")
BY_CHANNEL = N_("By channel")

DECISIONS = N_("Decisions")
APPROVALS = N_("Decisions and approvals")
DECISIONS_LEAD = N_(
    "Expected and observed: the change of a week's profit after media, {currency}; range: 8 of 10 outcomes."
)
EARLIER = N_("Decided before, and its effect")
DECIDED = N_("Decided now")
NOTES = N_("Notes")
ALL_DECIDED = N_("All decisions, the newest first")
NOTHING = N_("Nothing was decided.")
NO_NOTES = N_("No notes.")
DECISIONS_HEADS = (
    N_("Do"),
    CHANNEL,
    N_("A week from"),
    N_("A week before"),
    N_("A week then"),
    N_("Expected, low"),
    N_("Expected"),
    N_("Expected, high"),
    N_("Observed"),
    N_("Verdict"),
    N_("Who"),
    N_("Due"),
    N_("State"),
    N_("Reason"),
)
CLOSED = N_("Weeks and months closed")
CLOSED_NONE = N_("No week or month was closed yet.")
LOCKED = N_("Approved baselines")
LOCKED_NONE = N_("No baseline was approved yet.")
CLOSED_BY = N_("{period}: closed by {who} on {day}")
LOCKED_BY = N_("{plan}, version {version}: approved by {who} on {day}")

CLAIMS = N_("Claimed and booked")
CLAIMS_LEAD = N_(
    "What all platforms claim beside what you booked, by week, {currency}. Two platforms may claim one order."
)
SCALE_LEAD = N_("Used in the income statement: claims times this share, so that it never holds more than the books.")
CLAIMS_HEADS = (
    N_("State"),
    N_("Conversions claimed"),
    N_("Orders booked"),
    N_("Claimed ÷ booked"),
    N_("Revenue claimed"),
    N_("Revenue booked"),
    N_("Claimed ÷ booked"),
    N_("Share used"),
)
CLAIMS_STATES = {"compared": N_("compared"), "arriving": N_("still arriving"), "unknown": N_("bookings unknown")}
COMPARED = N_("Weeks compared")
MER = N_("MER: all revenue per money of marketing")
REVENUE = N_("All revenue")
COST = N_("All marketing cost")
NO_SALES = N_("Your own sales of these days are not known: upload orders, or enter weekly totals on the Upload screen.")

OUTLOOK_LEAD = N_(
    "Cumulative profit after the team, {currency}: what has happened, then 8 of 10 outcomes of the weeks to come."
)
OUTLOOK_NONE = N_("The end cannot be projected yet: upload the platforms' exports, or complete a line of the plan.")
VALUE = N_("Value")
GOAL = N_("Chance of the goal")
LOSS = N_("Chance of a loss")
PROFIT = N_("Profit, projected")
OUTLOOK_LOW = N_("One of 10 ends below")
OUTLOOK_HIGH = N_("One of 10 ends above")
PAYBACK = N_("Pays back in week")
NO_GOAL = N_("No goal that money can reach is set.")
NO_PAYBACK = N_("Cumulative profit stays below zero to the end.")
CONVERSIONS = N_("Conversions, projected")
SPEND = N_("Spend, projected")
WEEK_END = N_("To the end of")
OUTLOOK_HEADS = (WEEK_END, N_("Planned"), N_("Actual"), N_("Projected"), N_("Low"), N_("High"))

BUDGETS_BUDGETS = N_("Budgets")
OPTIONAL = N_("Optional lines")
BUDGETS_LEAD = N_(
    "Profit after media of the weeks to come at each budget, at its best split, {currency}; 8 of 10 outcomes."
)
BUDGETS_NONE = N_("No week of the plan is still to come, or its lines lack figures: there is no budget to choose.")
BUDGETS_HEADS = (
    N_("Budget against today"),
    N_("Budget"),
    N_("Profit, low"),
    N_("Profit, middle"),
    N_("Profit, high"),
    N_("Profit, expected"),
    N_("Chance of a loss"),
    N_("Chance of more profit than as planned"),
    N_("More than planned"),
)
BEST = N_("Most profit is expected at")
BREAK_EVEN = N_("A loss is expected beyond")
NO_ZERO = N_("No budget between half and half as much again is expected to make a loss.")
FIRST_LEAD = N_("If money gets tight, these lines go first. Lost: profit that goes with the line, 8 of 10 outcomes.")
FIRST_HEADS = (
    CHANNEL,
    N_("State"),
    N_("Left to spend"),
    N_("Lost, low"),
    N_("Lost, middle"),
    N_("Lost, high"),
    N_("Chance that cutting is right"),
)
NO_FIRST = N_("No line is optional or still open: mark lines on the Plan screen that may be cut.")
ALL_OF_THEM = N_("All of them")

RECORD_LEAD = N_(
    "{forecasts} kept forecasts, {judged} weeks of lines judged: each by the last forecast before its data."
)
PROMISED = N_("Promised")
INSIDE = N_("Inside")
RECORD_LOW = N_("Truth, low")
RECORD_HIGH = N_("Truth, high")
SHORT = N_("Inside less promised")
VERDICT = N_("Verdict")
RECORD_JUDGED = N_("Judged")
MEASURE = N_("Measure")
LEAN = N_("Lean of results")
BY_MEASURE = N_("By measure, range for 80%")
HORIZONS = N_("How far ahead they held")
AHEAD = N_("Weeks ahead")
DISTANCE = N_("Distance")
RECORD_RANGE = N_("Range for {level}")

DICTIONARY = N_("Dictionary")
DICTIONARY_LEAD = N_(
    "Every figure of this file. Ratios are ratios of sums; what is not known is shown as “–”, never as 0."
)
DICTIONARY_HEADS = (N_("Figure"), N_("Meaning"), N_("Formula"), N_("Unit"), N_("Source"))
