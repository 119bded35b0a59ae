"""What a platform counts as a result: one name per kind of event, and whether it is a conversion."""

from collections.abc import Mapping
from types import MappingProxyType

from budget.exports.columns import Column, Integers
from budget.exports.headers import plain
from budget.exports.numbers import MAX_INT
from budget.money import MICROS

_PREFIXES = ("actions:", "offsite_conversion.fb_pixel_", "onsite_conversion.")
CONVERSIONS = frozenset({"purchase", "lead", "registration"})
_WORDS: Mapping[str, str] = {
    "purchase": "purchase omni_purchase",
    "lead": "lead lead_grouped leadgen leadgen.other leadgen_grouped",
    "registration": "complete_registration subscribe start_trial submit_application schedule",
    "engagement": "post_engagement page_engagement post_reaction",
    "page_like": "like",
    "video_view": "video_thruplay_watched_actions video_view",
    "conversation": "messaging_conversation_started_7d",
}
_LABELS = {
    "website purchases": "purchase",
    "purchases": "purchase",
    "leads (form)": "lead",
    "leads": "lead",
    "messaging conversations started": "conversation",
    "link clicks": "link_click",
    "landing page views": "landing_page_view",
}
_AS_NAMED = (
    "add_to_cart initiate_checkout add_payment_info view_content search link_click landing_page_view reach impressions "
    "estimated_ad_recallers mobile_app_install call_confirm"
)
TYPES: Mapping[str, str] = MappingProxyType(
    {word: kind for kind, words in _WORDS.items() for word in words.split()}
    | _LABELS
    | {word: word for word in _AS_NAMED.split()}
)


def result_type(text: str | None) -> str | None:
    """The kind of event that an indicator or label names; `other:<text>` where we do not know it."""
    if not text:
        return None
    key = plain(text)
    for prefix in _PREFIXES:
        key = key.removeprefix(prefix)
    return TYPES.get(key, f"other:{text.strip()}")


def conversions_of(declared: Integers | None, results: Integers | None, types: Column[str | None]) -> Integers | None:
    """Conversions in micros: the platform's own column, else results whose type is a conversion; None without both."""
    if declared is not None or results is None:
        return declared
    counted = results.valid & types.where(lambda kind: kind in CONVERSIONS)
    if results.data.max(initial=0) > MAX_INT // MICROS:
        raise OverflowError("a result beyond what a conversion in micros can hold")
    return Integers(results.data * MICROS, counted)
