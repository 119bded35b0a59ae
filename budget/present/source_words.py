"""Words for where a figure comes from, and the definition of every figure of the forecast."""

from collections.abc import Mapping

from budget.plan import PlanAssumption
from budget.present.languages import region_name
from budget.present.numbers import Numbers
from budget.present.vocabulary import CONFIDENCES
from budget.present.words import N_, Words
from budget.provenance import Input, Kind
from budget.ranges import Range

DEFINITIONS: Mapping[str, tuple[str, str]] = {
    "reach": (
        N_("People reached"),
        N_(
            "Distinct people, each once over all lines; the overlap of audiences is estimated. Negative binomial reach."
        ),
    ),
    "frequency": (N_("Ads a person"), N_("Impressions ÷ people reached, over the whole plan.")),
    "impressions": (N_("Impressions"), N_("1,000 × spend ÷ CPM; the CPM rises as a week's spend does.")),
    "clicks": (N_("Clicks"), N_("Impressions × CTR; the CTR falls as people see the ads more often.")),
    "conversions": (N_("Conversions"), N_("Clicks × CVR, as platforms claim them; some would have come without ads.")),
    "revenue": (
        N_("Net revenue"),
        N_("Claimed value ÷ (1 + VAT) × (1 − discount) × (1 − returns) × share truly caused by ads."),
    ),
    "profit": (
        N_("Profit"),
        N_("Net revenue − goods − delivery, fees, return handling − media − team and tools − challenges."),
    ),
    "roi": ("ROI", N_("(Contribution caused by ads − all programme cost) ÷ all programme cost.")),
    "p_target": (N_("Chance of the goal"), N_("Share of outcomes in which the first goal is reached by its deadline.")),
    "p_loss": (N_("Chance of a loss"), N_("Share of outcomes in which the programme costs more than it brings.")),
    "payback": (N_("Payback"), N_("First week from which cumulative profit stays at zero or more, in the middle.")),
    "need": (
        N_("Needed up front"),
        N_("How far money paid runs ahead of money received, at the deepest point, by the terms of payment."),
    ),
}
SHORT: Mapping[str, str] = {
    "cpm": "CPM",
    "ctr": "CTR",
    "cvr": "CVR",
    "audience": N_("Audience"),
    "order_value": N_("Average order"),
    "incrementality": N_("Caused by ads"),
    "vat_share": N_("VAT"),
    "discount_share": N_("Discount"),
    "returns_share": N_("Returns"),
    "cogs_share": N_("Cost of goods"),
    "fulfilment_per_order": N_("Delivery per order"),
    "payment_fee_share": N_("Payment fee"),
    "payment_fee_per_order": N_("Fee per payment"),
    "return_handling_per_return": N_("Handling of a return"),
    "lead_to_customer_share": N_("Leads that become customers"),
    "media_vat_share": N_("VAT on media not recovered"),
    "media_fee_share": N_("Fee on media"),
}
MONEY = ("cpm", "order_value", "fulfilment_per_order", "payment_fee_per_order", "return_handling_per_return")
KINDS: Mapping[Kind, str] = {
    "own": N_("your own figure"),
    "derived": N_("derived from the other two prices"),
    "audience": N_("size of the audience on the Business screen"),
    "assumed": N_("assumed: nobody said"),
    "measured": N_("measured on your own sales"),
}
PUBLISHED = N_("{source} · {region}, {year} · confidence: {confidence}")


def figure_range(numbers: Numbers, key: str, found: Range) -> str:
    """Low, likely and high as they are written, or one value where there is no range; plain text."""
    low, likely, high = (_value(numbers, key, x) for x in (found.low, found.likely, found.high))
    return likely if found.low == found.high else f"{likely} ({numbers.span(low, high)})"


def _value(numbers: Numbers, key: str, x: float) -> str:
    if key in MONEY:
        return numbers.unit_price(x)
    return numbers.compact(x) if key == "audience" else numbers.percent(x, 2 if x < 0.1 else 0)


def source_sentence(words: Words, numbers: Numbers, found: Input) -> str:
    """Who says so, and how far uploads have replaced it; plain text."""
    start = words.say(KINDS[found.kind]) if found.kind in KINDS else _published(words, found.row)
    if found.measured:
        lines = words.count("{n} line", "{n} lines", found.measured)
        return words.say("{source}; measured on your own sales for {lines}", source=start, lines=lines)
    if not found.weeks:
        return start
    own = words.count(
        "now {share} your own data, {n} week", "now {share} your own data, {n} weeks", found.weeks,
        share=numbers.percent(found.own_share, 0),
    )  # fmt: skip
    return f"{start}; {own}"


def _published(words: Words, row: PlanAssumption | None) -> str:
    if row is None:
        return words.say(KINDS["assumed"])
    if not (row.region or row.source_date or row.confidence):
        return row.source or words.say(KINDS["assumed"])
    confidence = words.say(CONFIDENCES.get(row.confidence, row.confidence))
    facts = {"source": row.source, "region": region_name(row.region, words.lang), "year": row.source_date}
    return words.say(PUBLISHED, confidence=confidence, **facts)
