"""Signs of fatigue as sentences: what moved, from what to what, and the next step."""

from collections.abc import Mapping

from budget.findings import Finding
from budget.present.numbers import Numbers
from budget.present.words import N_, Words

SENTENCES: Mapping[str, str] = {
    "FATIGUE_FREQUENCY": N_(
        "{line}: people saw {frequency} ads a week, over the cap of {cap}. Widen the audience or lower the budget."
    ),
    "FATIGUE_CTR": N_("{line}: the click rate fell from {before} to {now} ({change}). Show a new creative."),
    "FATIGUE_CPM": N_(
        "{line}: a thousand views cost {now} against {before} at first ({change}), the season taken out. Widen the "
        "audience or test another placement."
    ),
}


def fatigue_sentence(finding: Finding, words: Words, numbers: Numbers, names: Mapping[str, str]) -> str:
    """The finding as plain text; `names` are the plan's lines by key."""
    given = {key: float(x) for key, x in finding.facts.items() if key != "line"}
    write = numbers.unit_price if finding.code == "FATIGUE_CPM" else lambda share: numbers.percent(share, 2)
    facts: dict[str, str] = {key: write(given[key]) for key in ("before", "now") if key in given}
    facts |= {key: numbers.decimal(given[key], 1) for key in ("frequency", "cap") if key in given}
    facts |= {"change": numbers.percent_signed(given["change"], 0)} if "change" in given else {}
    return words.say(SENTENCES[finding.code], line=names.get(finding.where, finding.where), **facts)
