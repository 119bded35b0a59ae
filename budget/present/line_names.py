"""What people call platforms, tactics and columns, in every language of the product, for pasted lines."""

from collections.abc import Mapping

from budget.pasted_lines import Names, folded
from budget.plan import StoredPlan
from budget.present.vocabulary import COMMITMENTS, OBJECTIVES, PLATFORMS, TACTICS
from budget.present.words import LANGUAGES, N_, words_for

COLUMNS: Mapping[str, str] = {
    "platform": N_("Platform"), "tactic": N_("Tactic"), "start": N_("Start"), "end": N_("Last day"),
    "budget": N_("Budget"), "status": N_("Status"), "objective": N_("Objective"), "owner": N_("Owner"),
    "audience": N_("Audience"), "people": N_("Audience, people"), "utm": N_("UTM name"), "note": N_("Note"),
}  # fmt: skip
# What else heads such a column, or names such a network, in plans that people keep; folded.
MORE_COLUMNS: Mapping[str, str] = {
    "network": "platform", "channel": "platform", "kanal": "platform", "end": "end", "end date": "end", "bitmə": "end",
    "start date": "start", "from": "start", "to": "end", "begin": "start", "amount": "budget", "büdcə": "budget",
    "utm_campaign": "utm", "utm": "utm", "campaign": "utm", "notes": "note", "comment": "note", "people": "people",
}  # fmt: skip
MORE_PLATFORMS: Mapping[str, str] = {
    "facebook": "meta", "instagram": "meta", "facebook ads": "meta", "meta ads": "meta", "fb": "meta",
    "google ads": "google", "tik tok": "tiktok", "twitter": "x", "yt": "youtube",
}  # fmt: skip


def names_of(plan: StoredPlan) -> Names:
    """Names in all languages at once: a plan is often written in another language than the screen."""
    keys = {o.objective_key: o.objective_key for o in plan.objectives}
    audiences = {folded(a.segment or a.audience_key): a.audience_key for a in plan.audiences}
    choices = {
        "platform": {**MORE_PLATFORMS} | _in_all_languages(PLATFORMS),
        "tactic": _in_all_languages(TACTICS),
        "status": _in_all_languages(COMMITMENTS),
        "objective": {folded(key): key for key in keys} | _in_all_languages(OBJECTIVES),
        "audience": {folded(a.audience_key): a.audience_key for a in plan.audiences} | audiences,
    }
    columns = {folded(text): name for text, name in MORE_COLUMNS.items()} | _in_all_languages(COLUMNS)
    return Names(columns, choices)


def _in_all_languages(names: Mapping[str, str]) -> dict[str, str]:
    found = {folded(key): key for key in names}
    for lang in LANGUAGES:
        found |= {folded(words_for(lang).say(name)): key for key, name in names.items()}
    return found
