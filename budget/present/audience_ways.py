"""How to get what the exports lack: where each network keeps the file, step by step."""

from collections.abc import Mapping

from budget.present.audience_words import network_name
from budget.present.words import N_, Words

SUITE, STUDIO = ("facebook", "instagram", "meta"), ("tiktok",)
_OVERVIEW = N_("Meta Business Suite → Insights → Overview: choose the days → Export → CSV.")
_WHO = N_("Meta Business Suite → Insights → Audience → Export → CSV: followers, age and gender, cities, countries.")
_CONTENT = N_("Meta Business Suite → Insights → Content: choose the days → Export → CSV.")
_TIKTOK_WHO = N_("TikTok Studio → Analytics → Followers → Download data: followers by day, gender, territories.")
_TIKTOK_DAYS = N_("TikTok for Business, business suite → Analytics → Overview: choose the days → Export.")
_TIKTOK_CONTENT = N_("TikTok Studio → Analytics → Content → Download data.")
_YOUTUBE = N_("YouTube Studio → Analytics → Advanced mode: choose the days → Export current view → CSV.")
_X = N_("X → Premium → Analytics: choose the days → Download. One file for the account, one for the posts.")
_LINKEDIN = N_("LinkedIn page → Analytics → Updates or Followers → Export.")
_WEB = N_("Google Analytics → Explore → Free form: rows Landing page and Session source / medium, columns none, values "
          "Sessions, Engaged sessions, Key events; add Date or Nth week → Export → CSV.")  # fmt: skip
_OTHER = N_("Open the statistics of {network}, choose the days, and export them as CSV or Excel.")
_NO_NETWORK: Mapping[str, str] = {
    "web": _WEB,
    "sources": N_("Your file of web analytics does not say where visits came from. Add Session source / medium to the "
                  "rows of the report, and export it again."),
    "engaged": N_("Your file of web analytics has no engaged sessions. Add them to the values of the report, and "
                  "export it again."),
    "price": N_("No ads of yours ran there, and the plan has no CPM for it: nothing says what reach is worth."),
    "few": N_("Fewer than 30 reactions on every kind of content: too few to name the best one."),
    "split": N_("The export does not split followers by what your audiences name. Name ages, gender, city or country "
                "of the audience on the Business screen, or export a split by these."),
    "leads": N_("Meta Ads Manager → Instant forms → Download leads; or export the list of your CRM as CSV with the "
                "columns date, campaign and status."),
    "statuses": N_("Your lead list has no status. Export it from your CRM with the column status: new, contacted, "
                   "won or lost."),
    "no_leads": N_("Your plan sells directly: there is no step of leads."),
}  # fmt: skip
_BY_NETWORK: Mapping[str, Mapping[str, str]] = {
    "followers": {**dict.fromkeys(SUITE, _WHO), "tiktok": _TIKTOK_WHO},
    "audience": {**dict.fromkeys(SUITE, _WHO), "tiktok": _TIKTOK_WHO},
    "posts": {**dict.fromkeys(SUITE, _CONTENT), "tiktok": _TIKTOK_CONTENT},
    "reach": {**dict.fromkeys(SUITE, _OVERVIEW), "tiktok": _TIKTOK_DAYS},
    "negative": {
        "facebook": N_("Meta Business Suite → Insights → Content → Export → CSV: the file of the Facebook page has a "
                       "column for hidden posts."),
        "instagram": N_("Instagram shows who left only in its app: Professional dashboard → Total followers. Its "
                        "exports do not hold it."),
        "tiktok": _TIKTOK_DAYS,
    },
}  # fmt: skip
_OF_NETWORK = {"youtube": _YOUTUBE, "x": _X, "linkedin": _LINKEDIN}
_FALLBACK = ("instagram", "facebook", "tiktok")


def ways(words: Words, missing: str, networks: tuple[str, ...]) -> tuple[str, ...]:
    """One sentence a network (or one in all): where the missing figures are and how to export them."""
    if missing in _NO_NETWORK:
        return (words.say(_NO_NETWORK[missing]),)
    named = _BY_NETWORK.get(missing, {})
    found = {
        words.say(named.get(name) or _OF_NETWORK.get(name, _OTHER), network=network_name(words, name)): None
        for name in networks or _FALLBACK
    }
    return tuple(found)
