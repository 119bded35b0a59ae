"""Where to click for each platform's export, in a line each: by day, by campaign, with ids."""

from collections.abc import Mapping

from budget.due import Dataset
from budget.present.words import N_

HOW: Mapping[str, str] = {
    "meta": N_("Ads Manager › Campaigns › Breakdown: Time, Day › Reports › Export table data."),
    "google": N_("Google Ads › Campaigns › Segment: Time, Day › Download › CSV."),
    "tiktok": N_("TikTok Ads Manager › Reporting › Custom report by campaign and day › Export."),
    "linkedin": N_("Campaign Manager › Export › Campaign performance, time breakdown: daily."),
    "youtube": N_("It is part of the Google Ads export: video campaigns by day."),
    "x": N_("X Ads › Campaigns › Export › by day."),
    "snapchat": N_("Snapchat Ads Manager › Reports › by campaign and day › Export."),
    "microsoft": N_("Microsoft Advertising › Reports › Campaign performance, unit of time: day › Download."),
    "pinterest": N_("Pinterest Ads › Reporting › Custom report by campaign and day › Export."),
    "reddit": N_("Reddit Ads › Reports › Breakdown: campaign and date › Export."),
}
BY_HAND = N_("It has no export: fill in the Excel table below.")
DATASETS: Mapping[Dataset, tuple[str, str]] = {
    "web": (
        N_("Web analytics"),
        N_("Google Analytics › Reports › Traffic acquisition › Share › Download file › CSV."),
    ),
    "orders": (
        N_("Orders of the shop"),
        N_("Shopify › Orders › Export, or WooCommerce › Orders › Export. Names and addresses are not taken over."),
    ),
    "pages": (
        N_("Page insights"),
        N_("Meta Business Suite › Insights › Export; TikTok Studio › Analytics › Download data."),
    ),
}
