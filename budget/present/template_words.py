"""The columns of the table that a person fills in where a platform has no export."""

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
