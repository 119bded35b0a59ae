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
    """A line for a campaign and why: its UTM name, an alike name, or nothing else runs on the platform."""

    line_key: str
    how: Literal["utm", "name", "only"]


def propose(platform: str, campaign_name: str, lines: Sequence[PlanLine]) -> Proposal | None:
    """The likeliest line of the campaign's platform; None rather than a guess between equals."""
    own = [line for line in lines if line.platform == platform]
    name = campaign_name.casefold().strip()
    exact = [line for line in own if line.utm_campaign and line.utm_campaign.casefold() == name]
    if len(exact) == 1:
        return Proposal(exact[0].line_key, "utm")
    scored = sorted(((_alike(name, line), line.line_key) for line in own), reverse=True)
    if scored and scored[0][0] >= SURE_ENOUGH and (len(scored) == 1 or scored[1][0] < scored[0][0]):
        return Proposal(scored[0][1], "name")
    return Proposal(own[0].line_key, "only") if len(own) == 1 else None


def _alike(name: str, line: PlanLine) -> float:
    """0 to 100: a word of the tactic in the name counts fully, else the likeness to the line's tactic, UTM and note."""
    words = re.split(r"[\W_]+", name)
    stems = (line.tactic.casefold(), *TACTIC_WORDS.get(line.tactic, ()))
    if any(word.startswith(stem) for word in words for stem in stems if stem):
        return 100.0
    return max(fuzz.token_set_ratio(name, text.casefold()) for text in (line.tactic, line.utm_campaign, line.note))
