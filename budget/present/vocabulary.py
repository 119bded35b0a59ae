"""The names of things that the code calls by codes: platforms, tactics, measures, steps of the P&L, drivers."""

from collections.abc import Mapping

from budget.plan import StoredPlan
from budget.present.words import N_, Words

PLATFORMS: Mapping[str, str] = {
    "meta": "Meta", "google": "Google", "tiktok": "TikTok", "linkedin": "LinkedIn", "youtube": "YouTube", "x": "X",
    "snapchat": "Snapchat", "telegram": "Telegram", "microsoft": "Microsoft", "pinterest": "Pinterest",
    "reddit": "Reddit", "other": N_("Other"),
}  # fmt: skip
# Whoever writes a file: the platforms where ads run, and where figures come from besides.
SOURCES: Mapping[str, str] = {
    **PLATFORMS, "ga4": "Google Analytics", "search_console": "Search Console", "shopify": "Shopify",
    "woocommerce": "WooCommerce",
}  # fmt: skip
TACTICS: Mapping[str, str] = {
    "prospecting": N_("prospecting"),
    "retargeting": N_("retargeting"),
    "awareness": N_("awareness"),
    "traffic": N_("traffic"),
    "leads": N_("leads"),
    "search": N_("search"),
    "video": N_("video"),
}
MEASURES: Mapping[str, str] = {
    "spend": N_("Spend"),
    "impressions": N_("Impressions"),
    "reach": N_("People reached"),
    "clicks": N_("Clicks"),
    "conversions": N_("Conversions"),
    "value": N_("Revenue claimed"),
    "cpm": "CPM",
    "ctr": "CTR",
    "cpc": "CPC",
    "cvr": "CVR",
    "cpa": "CPA",
    "roas": "ROAS",
}
MEASURE_HELP: Mapping[str, str] = {
    "spend": N_("What the platforms' exports say was spent, without VAT and fees."),
    "impressions": N_("How often the ads were shown."),
    "reach": N_("Distinct people, once over all channels. Platforms count accounts, not people."),
    "clicks": N_("Clicks that lead to your page where the platform tells them apart, else all its clicks."),
    "conversions": N_("Orders or leads that the platforms claim; some would have come without ads."),
    "value": N_("Order value that the platforms claim, with VAT where your prices include it."),
    "cpm": N_("Price of a thousand impressions: 1,000 × spend ÷ impressions."),
    "ctr": N_("Click rate: clicks ÷ impressions."),
    "cpc": N_("Price of a click: spend ÷ clicks."),
    "cvr": N_("Conversion rate: conversions ÷ clicks."),
    "cpa": N_("Price of a conversion: spend ÷ conversions."),
    "roas": N_("Revenue claimed ÷ spend. It is not profit: see ROI."),
}
OBJECTIVES: Mapping[str, str] = {
    "sales": N_("Sales"),
    "leads": N_("Leads"),
    "traffic": N_("Traffic"),
    "awareness": N_("Awareness"),
    "loyalty": N_("Loyalty"),
    "reputation": N_("Reputation"),
    "engagement": N_("Engagement"),
}
COMMITMENTS: Mapping[str, str] = {
    "committed": N_("Committed"),
    "forecast": N_("Forecast"),
    "optional": N_("Optional"),
}
CONFIDENCES: Mapping[str, str] = {
    "very_low": N_("very low"),
    "low": N_("low"),
    "medium": N_("medium"),
    "high": N_("high"),
}
KPIS: Mapping[str, str] = {
    "profit": N_("Profit after the team"),
    "revenue": N_("Net revenue from ads"),
    "conversions": N_("Conversions"),
    "clicks": N_("Clicks"),
    "impressions": N_("Impressions"),
    "reach": N_("People reached"),
    "repeat_orders": N_("Orders a year per customer"),
    "engagement": N_("Engagement rate"),
    "negative_feedback": N_("Negative feedback per 1,000 reached"),
    "followers": N_("New followers"),
}
CHALLENGES: Mapping[str, str] = {
    "weak_traffic": N_("Weak web traffic, not found in search"),
    "weak_awareness": N_("Weak awareness of the brand"),
    "falling_loyalty": N_("Falling loyalty"),
    "weak_reputation": N_("Weak online reputation"),
    "sales_difficulty": N_("Sales are difficult"),
    "not_ready": N_("Infrastructure not ready"),
    "no_digital_culture": N_("No digital culture"),
}
COSTS: Mapping[str, str] = {
    "people": N_("People"),
    "agency": N_("Agency"),
    "tools": N_("Tools"),
    "production": N_("Production"),
}
PNL_STEPS: Mapping[str, str] = {
    "claimed_net_revenue": N_("Net revenue claimed"),
    "not_booked": N_("Not in your books"),
    "not_caused": N_("Would have come anyway"),
    "net_revenue": N_("Net revenue"),
    "cogs": N_("Cost of goods"),
    "gross_margin": N_("Gross margin"),
    "fulfilment": N_("Delivery and fees"),
    "after_fulfilment": N_("After fulfilment"),
    "media": N_("Media"),
    "after_media": N_("After media"),
    "team": N_("Team and tools"),
    "challenges": N_("Challenges"),
    "profit": N_("Profit"),
}
DRIVERS: Mapping[str, str] = {
    "volume": N_("Money spent"),
    "cpm": N_("Price of views (CPM)"),
    "ctr": N_("Click rate"),
    "cvr": N_("Conversion rate"),
    "value_per_conversion": N_("Order value"),
    "returns": N_("Returns, discounts"),
    "fx": N_("Exchange rate"),
    "mix": N_("Mix of channels"),
    "reported": N_("Not yet reported"),
    "margin": N_("Margin of an order"),
    "vat": N_("VAT and fees on media"),
    "booked": N_("Claimed, not booked"),
    "unpaid": N_("Sales without spend"),
}
DRIVER_HELP: Mapping[str, str] = {
    "volume": N_("More or less money than planned, at the plan's own rates."),
    "cpm": N_("Views were dearer or cheaper than planned."),
    "ctr": N_("People clicked more or less often than planned."),
    "cvr": N_("Visitors bought more or less often than planned."),
    "value_per_conversion": N_("Orders were larger or smaller than planned."),
    "returns": N_("More or less was sent back or discounted than planned."),
    "fx": N_("Foreign money was dearer or cheaper than at the first rate of the plan."),
    "mix": N_("The same money on other channels than planned."),
    "reported": N_("Conversions that will still arrive for these days; wait before you judge."),
    "margin": N_("What goods, delivery and fees leave of an order; fixed costs weigh less on large orders."),
    "vat": N_("VAT that is not recovered and fees on media."),
    "booked": N_("What platforms claim beyond what your books hold."),
    "unpaid": N_("Value that came without spend in the period."),
}
OWNER_ROLES: Mapping[str, str] = {
    "planner": N_("planner"),
    "media_buyer": N_("media buyer"),
    "creative": N_("creative"),
    "website": N_("website"),
    "offer": N_("range and offer"),
    "operations": N_("operations"),
    "finance": N_("finance"),
    "tracking": N_("tracking"),
    "nobody": N_("nobody: wait"),
}
UNMATCHED = N_("{platform} · not matched")


def channel_name(words: Words, platform: str, tactic: str) -> str:
    """`Meta · prospecting`, in the person's language."""
    name = words.say(PLATFORMS.get(platform, platform.title()))
    return f"{name} · {words.say(TACTICS[tactic]) if tactic in TACTICS else tactic}" if tactic else name


def line_names(words: Words, plan: StoredPlan) -> dict[str, str]:
    """Names of the plan's lines by key; lines of one channel are told apart by a number."""
    names: dict[str, str] = {}
    for line in plan.lines:
        name = channel_name(words, line.platform, line.tactic)
        same = sum(1 for taken in names.values() if taken.split(" (")[0] == name)
        names[line.line_key] = f"{name} ({same + 1})" if same else name
    return names


def key_name(words: Words, names: Mapping[str, str], key: str) -> str:
    """The name of a review channel: a line, or what a platform ran outside the plan."""
    if key in names:
        return names[key]
    platform = key.partition(":")[2]
    return words.say(UNMATCHED, platform=words.say(PLATFORMS.get(platform, platform.title())))
