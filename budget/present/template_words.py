"""The tables that a person fills in where a platform has no export, and what each of their columns means."""

from dataclasses import dataclass

from budget.present.words import N_

# Words that no platform heads its columns with: the table is always told from an export.
HEADERS = {
    "day": N_("Date (2026-01-31)"),
    "campaign_name": N_("Name of the campaign"),
    "impressions": N_("Times shown"),
    "clicks": N_("Clicks to your page"),
    "conversions_micros": N_("Orders or leads"),
    "value_micros": N_("Value of these orders, {currency}"),
    "spend_micros": N_("Money spent, {currency}"),
}


@dataclass(frozen=True)
class Column:
    """One column: `kind` is `day platform text currency amount count`; `needed` ones must be filled in every row."""

    name: str
    kind: str
    header: str
    meaning: str
    needed: bool = False


# The headers are those of `budget/exports/formats/template.toml`, in every language.
DAILY = (
    Column("day", "day", N_("On which day"), N_("The day on which the ads ran. One row a day."), needed=True),
    Column("platform", "platform", N_("On which platform"),
           N_("Choose from the list. What is not in the list is Other."), needed=True),
    Column("campaign_name", "text", N_("Name of the campaign"),
           N_("The same name every week: rows of one name are one campaign.")),
    Column("currency", "currency", N_("In which currency"),
           N_("The currency of the money in this row, as its three letters."), needed=True),
    Column("spend_micros", "amount", N_("Money spent"), N_("What the platform or the blogger was paid for this day.")),
    Column("impressions", "count", N_("Times shown"), N_("How often the ad was seen. Leave it empty if unknown.")),
    Column("clicks", "count", N_("Clicks to your page"), N_("Clicks on the link. Leave it empty if unknown.")),
    Column("conversions_micros", "amount", N_("Orders or leads"),
           N_("Orders or leads that came from this ad. Leave it empty if unknown.")),
    Column("value_micros", "amount", N_("Value of these orders"),
           N_("What these orders were worth, as you state your prices.")),
)  # fmt: skip
SALES = (
    Column("period_start", "day", N_("The week begins"), N_("The Monday of the week. One row a week."), needed=True),
    Column("orders", "count", N_("All orders"), N_("All orders of the week, from ads or not, without cancelled ones.")),
    Column("new_customers", "count", N_("New customers"),
           N_("Of these, orders of people who bought for the first time.")),
    Column("revenue_micros", "amount", N_("Revenue of the week"), N_("What these orders brought, less refunds.")),
    Column("currency", "currency", N_("In which currency"),
           N_("The currency of the money in this row, as its three letters."), needed=True),
    Column("units", "count", N_("Pieces sold"), N_("Pieces in these orders. Leave it empty if unknown.")),
)  # fmt: skip

DAILY_SHEET, SALES_SHEET, NOTES_SHEET = N_("Delivery by day"), N_("Sales by week"), N_("Notes")
LEAD = N_("Fill in below the blue line, save, and drop this file on the Upload screen.")
EXAMPLE, EXAMPLE_NAME = N_("an example, never read"), N_("Spring sale")
NEEDED, OPTIONAL = N_("needed"), N_("optional")
WRONG_CELL = N_("This cell")
WRONG = {
    "day": N_("A day such as 2026-01-31"),
    "platform": N_("Choose a platform from the list"),
    "currency": N_("Three letters, such as AZN"),
    "amount": N_("A number, without letters"),
    "count": N_("A whole number"),
}
