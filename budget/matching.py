"""Which plan line a campaign of an export probably belongs to: a proposal that the person confirms."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from rapidfuzz import fuzz

from budget.plan import PlanLine

TACTIC_WORDS: dict[str, tuple[str, ...]] = {
    "retargeting": ("retarget", "remarket", "rmk", "ретаргет", "ремаркет", "yenidən"),
    "prospecting": ("prospect", "yeni", "cold", "soyuq", "холод", "new", "lookalike", "lal"),
    "awareness": ("aware", "reach", "tanıt", "бренд", "brend", "охват", "məlumat"),
    "traffic": ("traffic", "trafik", "трафик", "click", "klik"),
    "leads": ("lead", "müraciət", "лид", "заявк", "form"),
    "search": ("search", "axtarış", "поиск", "arama", "brand"),
    "video": ("video", "видео", "youtube", "views"),
}
SURE_ENOUGH = 60.0


class Proposal(NamedTuple):
    """A line for a campaign and why: its UTM name, the plan's own words, an alike name, or the platform's only line."""

    line_key: str
    how: Literal["exact", "utm", "name", "only"]


def propose(platform: str, campaign_name: str, lines: Sequence[PlanLine]) -> Proposal | None:
    """The likeliest line of the campaign's platform; None rather than a guess between equals."""
    own = [line for line in lines if line.platform == platform]
    name = _words(campaign_name)
    same_utm = [line for line in own if name and _words(line.utm_campaign) == name]
    if len(same_utm) == 1:
        return Proposal(same_utm[0].line_key, "utm")
    same = [line for line in own if name and name in (_words(line.line_key), _words(line.note))]
    if len(same) == 1:
        return Proposal(same[0].line_key, "exact")
    if within := _utm_within(name, own):
        return Proposal(within.line_key, "utm")
    scored = sorted(((likeness(campaign_name, line), line.line_key) for line in own), reverse=True)
    if scored and scored[0][0] >= SURE_ENOUGH and (len(scored) == 1 or scored[1][0] < scored[0][0]):
        return Proposal(scored[0][1], "name")
    return Proposal(own[0].line_key, "only") if len(own) == 1 else None


def likeness(campaign_name: str, line: PlanLine) -> float:
    """0 to 100: a word of the tactic in the name counts fully, else the likeness to the line's tactic, UTM and note."""
    if names_tactic(campaign_name, line):
        return 100.0
    name = campaign_name.casefold().strip()
    return max(fuzz.token_set_ratio(name, text.casefold()) for text in (line.tactic, line.utm_campaign, line.note))


def names_tactic(campaign_name: str, line: PlanLine) -> bool:
    """Whether a word of the name begins like a word for the line's tactic, in any of the languages we know."""
    stems = (line.tactic.casefold(), *TACTIC_WORDS.get(line.tactic, ()))
    return any(word.startswith(stem) for word in _words(campaign_name) for stem in stems if stem)


def _utm_within(name: Sequence[str], lines: Sequence[PlanLine]) -> PlanLine | None:
    """The line whose UTM name stands as whole words in the campaign's; of several the longest, if only one has it."""
    found = sorted(
        (len(utm), line.line_key)
        for line in lines
        if (utm := _words(line.utm_campaign)) and any(name[at : at + len(utm)] == utm for at in range(len(name)))
    )
    if not found or (len(found) > 1 and found[-2][0] == found[-1][0]):
        return None
    return next(line for line in lines if line.line_key == found[-1][1])


def _words(name: str) -> tuple[str, ...]:
    """The words of a name, whatever stands between them."""
    return tuple(word for word in re.split(r"[\W_]+", name.casefold()) if word)
