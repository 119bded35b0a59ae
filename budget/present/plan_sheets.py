"""The plan as a workbook: its sheets, their columns, and what each column means; the words of every language."""

from collections.abc import Mapping
from dataclasses import dataclass

from budget.present.audience_figures import GOAL_FIGURES, GOAL_PARTS
from budget.present.business_words import SETUPS
from budget.present.vocabulary import (
    CHALLENGES,
    COMMITMENTS,
    CONFIDENCES,
    COSTS,
    KPIS,
    OBJECTIVES,
    PLATFORMS,
    TACTICS,
)
from budget.present.words import N_


@dataclass(frozen=True)
class Column:
    """One column: `name` is the field of the plan's part, `kind` how a cell is written and read.

    `kind`: `key text day last_day money amount count figure number flag`, or the name of a list of `LABELS`.
    """

    name: str
    kind: str
    header: str
    meaning: str
    width: int = 14


@dataclass(frozen=True)
class Sheet:
    """One sheet of the workbook; `part` is the plan's part whose items are its rows."""

    key: str
    part: str
    title: str
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """The column of that field."""
        return next(column for column in self.columns if column.name == name)


PARTS: Mapping[str, str] = {
    "business": N_("Business"), "season": N_("Season"), **{f"setup:{key}": name for key, name in SETUPS.items()},
    **GOAL_PARTS,
}  # fmt: skip
FIGURES: Mapping[str, str] = {
    "cpm": "CPM", "ctr": "CTR", "cvr": "CVR", "cpc": "CPC",
    "audience": N_("Audience, people"),
    "spend_week": N_("Weekly spend at which the figures hold"),
    "order_value": N_("Average order"),
    "vat_share": N_("VAT"),
    "prices_include_vat": N_("Prices include VAT (1 yes, 0 no)"),
    "discount_share": N_("Discount"),
    "returns_share": N_("Returns"),
    "cogs_share": N_("Cost of goods"),
    "fulfilment_per_order": N_("Delivery per order"),
    "payment_fee_share": N_("Payment fee"),
    "payment_fee_per_order": N_("Payment fee per order"),
    "return_handling_per_return": N_("Handling of a return"),
    "result_is_lead": N_("Ads bring leads (1 yes, 0 no)"),
    "lead_to_customer_share": N_("Leads that become customers"),
    "incrementality": N_("Share of orders that ads truly cause"),
    "media_vat_share": N_("VAT on media not recovered"),
    "media_fee_share": N_("Fees on media"),
    "orders_per_year": N_("Orders a year per customer"),
    "horizon_months": N_("Months looked ahead"),
    "discount_rate": N_("Discount rate a year"),
    "new_share": N_("Share of orders from new customers"),
    "cash_media_days": N_("Media is paid after, days"),
    "cash_goods_days": N_("Goods and delivery are paid after, days"),
    "cash_revenue_days": N_("Revenue is received after, days"),
    "frequency_cap": N_("Ads a person may see a week"),
    "salaries": N_("Salaries a month"),
    "fee": N_("Fee a month"),
    "tools": N_("Tools a month"),
    "production": N_("Production a month"),
    "chosen": N_("Stands in the P&L (1 yes)"),
    **GOAL_FIGURES,
}  # fmt: skip
UNITS: Mapping[str, str] = {
    "money": N_("money"), "share": N_("share"), "count": N_("number"), "flag": N_("yes or no"),
}  # fmt: skip
FLAGS: Mapping[str, str] = {"yes": N_("yes"), "no": N_("no")}
SOURCES: Mapping[str, str] = {
    "own": N_("own figure"), "derived": N_("derived"), "assumption": N_("assumption"),
}  # fmt: skip
LABELS: Mapping[str, Mapping[str, str]] = {
    "platform": PLATFORMS, "tactic": TACTICS, "objective": OBJECTIVES, "commitment": COMMITMENTS, "kpi": KPIS,
    "cost": COSTS, "unit": UNITS, "confidence": CONFIDENCES, "scope": PARTS, "figure_key": FIGURES, "flag": FLAGS,
    "source": SOURCES, "challenge": CHALLENGES,
}  # fmt: skip

_RANGE = (
    Column("low", "figure", N_("Low"), N_("Low end: 1 of 10 cases lies below.")),
    Column("likely", "figure", N_("Likely"), N_("The middle: as often above as below.")),
    Column("high", "figure", N_("High"), N_("High end: 1 of 10 cases lies above.")),
    Column("unit", "unit", N_("Unit"), N_("What the three are: money, a share (5% or 0.05), a number, yes or no.")),
    Column("source", "source", N_("Source"), N_("Where the figure comes from."), 30),
    Column("region", "text", N_("Region"), N_("Where the source measured it."), 12),
    Column("source_date", "text", N_("Year of the source"), N_("When the source measured it."), 18),
    Column("confidence", "confidence", N_("Confidence"), N_("How far the source can be trusted.")),
)
_OWNER = Column("owner", "text", N_("Owner"), N_("Who answers for it."), 16)
LINES = Sheet("lines", "lines", N_("Lines"), (
    Column("line_key", "key", N_("Line"),
           N_("The line's own name, the same on all sheets. Leave it empty on a new line and it gets one."), 24),
    Column("platform", "platform", N_("Platform"), N_("Where the ads run.")),
    Column("tactic", "tactic", N_("Tactic"), N_("What the ads are for on that platform."), 16),
    Column("objective_key", "objective", N_("Objective"), N_("Which objective the line serves.")),
    Column("audience_key", "audience", N_("Audience"), N_("Whom the line speaks to: a name from the sheet Audiences.")),
    Column("start_date", "day", N_("Start"), N_("The first day.")),
    Column("end_date", "last_day", N_("Last day"), N_("The last day, which still belongs to it.")),
    Column("budget_micros", "money", N_("Budget"),
           N_("Adds up the line's weeks. Type a number over it, and the upload asks which of the two holds.")),
    Column("commitment", "commitment", N_("Status"), N_("Committed, forecast, or optional: the first to go.")),
    _OWNER,
    Column("utm_campaign", "text", N_("UTM name"), N_("The campaign's name in your links (utm_campaign)."), 26),
    Column("note", "text", N_("Note"), N_("Anything worth knowing."), 30),
))  # fmt: skip
WEEKS = Sheet("weeks", "weeks", N_("Weeks"), (
    Column("line_key", "key", N_("Line"), N_("The line's name as on the sheet Lines."), 24),
))  # fmt: skip
FIGURES_SHEET = Sheet("figures", "assumptions", N_("Figures"), (
    Column("scope", "key", N_("Line"), N_("The line's name as on the sheet Lines."), 24),
    Column("key", "figure_key", N_("Figure"), N_("Price of a thousand views (CPM), click rate (CTR), and so on."), 20),
    *_RANGE,
))  # fmt: skip
BUSINESS = Sheet("business", "assumptions", N_("Business"), (
    Column("scope", "scope", N_("Part"), N_("What the figure belongs to."), 16),
    Column("key", "figure_key", N_("Figure"), N_("What one order earns and costs, as on the Business screen."), 38),
    *_RANGE,
))  # fmt: skip
OBJECTIVES_SHEET = Sheet("objectives", "objectives", N_("Objectives"), (
    Column("objective_key", "key", N_("Objective"), N_("A short name. The first row is the main objective."), 20),
    Column("kpi", "kpi", N_("KPI"), N_("By what it is measured."), 24),
    Column("challenge_key", "challenge", N_("Challenge"), N_("Which difficulty of the company it answers."), 24),
    Column("baseline_micros", "amount", N_("Value today"), N_("Where the KPI stands today.")),
    Column("target_micros", "amount", N_("Target"), N_("Where it should stand.")),
    Column("due_date", "day", N_("Due"), N_("Until when.")),
    _OWNER,
))  # fmt: skip
AUDIENCES = Sheet("audiences", "audiences", N_("Audiences"), (
    Column("audience_key", "key", N_("Audience"), N_("A short name, used on the sheet Lines."), 20),
    Column("segment", "text", N_("Segment"), N_("Who they are."), 30),
    Column("size", "count", N_("Size, people"), N_("How many they are.")),
    Column("region", "text", N_("Region"), N_("Where they live.")),
    Column("product", "text", N_("Product"), N_("Which product or service is for them."), 20),
    Column("networks", "networks", N_("Networks"), N_("Where they can be met: platforms, divided by commas."), 30),
))  # fmt: skip
CHALLENGES_SHEET = Sheet("challenges", "challenges", N_("Challenges"), (
    Column("challenge", "challenge", N_("Challenge"), N_("A difficulty of the company."), 34),
    Column("active", "flag", N_("Applies"), N_("Whether it applies now: yes or no.")),
    Column("monthly_micros", "amount", N_("Cost a month"), N_("What it costs a month.")),
    Column("gate", "flag", N_("Holds media back"), N_("Whether media should wait until it is solved: yes or no."), 18),
))  # fmt: skip
COSTS_SHEET = Sheet("costs", "costs", N_("Costs"), (
    Column("kind", "cost", N_("Cost"), N_("People, agency, tools or production."), 16),
    Column("amount_micros", "money", N_("Amount"), N_("The cost of one month.")),
    Column("month_start", "day", N_("Month"), N_("The first day of the month. Empty: every month of the plan.")),
))  # fmt: skip
EVENTS = Sheet("events", "events", N_("Events"), (
    Column("name", "text", N_("Event"), N_("A holiday, a sale, a season."), 24),
    Column("start_date", "day", N_("Start"), N_("The first day.")),
    Column("end_date", "last_day", N_("Last day"), N_("The last day, which still belongs to it.")),
    Column("factor", "number", N_("Conversions, times"), N_("How many times the usual share of visitors buys."), 20),
    Column("price_factor", "number", N_("CPM, times"), N_("How many times the usual price the views cost.")),
    Column("reason", "text", N_("Reason"), N_("Why it is so."), 34),
))  # fmt: skip
TABLES = (
    LINES, WEEKS, FIGURES_SHEET, BUSINESS, OBJECTIVES_SHEET, AUDIENCES, CHALLENGES_SHEET, COSTS_SHEET, EVENTS,
)  # fmt: skip
PNL_TITLE, GUIDE_TITLE, META_TITLE = N_("P&L"), N_("Guide"), "meta"
TOTAL, TOTAL_BY_PLATFORM = N_("Total"), N_("Total by platform")
LEAD = N_("{plan} · money in {currency}. Change, add or delete rows below the blue line; upload it on the Plan screen.")
WRONG_CELL = N_("This cell")
WRONG: Mapping[str, str] = {
    "list": N_("Choose from the list, or leave it empty"),
    "day": N_("A day such as 2026-01-31"),
    "money": N_("A number of 0 or more, without letters"),
    "amount": N_("A number, without letters"),
    "count": N_("A whole number"),
}
