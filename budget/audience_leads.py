"""Leads that were handed over to sales, by how far they came."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from budget.audience_networks import network_of
from budget.audience_target import plain
from budget.weeks import Period

Stage = Literal["new", "contacted", "qualified", "won", "lost", "unknown"]
STAGES: tuple[Stage, ...] = ("new", "contacted", "qualified", "won", "lost", "unknown")
_WORDS: Mapping[Stage, tuple[str, ...]] = {
    "won": ("won", "customer", "converted", "closed won", "paid", "sold", "satildi", "musteri", "alindi", "satis",
            "musteri oldu", "продажа", "клиент", "выиграна", "оплачено", "complete", "completed"),
    "lost": ("lost", "closed lost", "rejected", "disqualified", "not interested", "imtina", "itirildi", "legv",
             "kaybedildi", "отказ", "проиграна", "unqualified"),
    "qualified": ("qualified", "proposal", "negotiation", "teklif", "uygun", "квалифицирован", "предложение"),
    "contacted": ("contacted", "in progress", "called", "elaqe saxlanilib", "zeng edildi", "arandi", "в работе",
                  "связались", "follow up"),
    "new": ("new", "created", "open", "intake", "yeni", "новый", "новая"),
}  # fmt: skip
_STAGE_OF: Mapping[str, Stage] = {plain(word): stage for stage, words in _WORDS.items() for word in words}


@dataclass(frozen=True)
class Leads:
    """Leads of the days looked at: by stage, and how many came without an ad where the list says so."""

    total: int
    stages: Mapping[Stage, int]
    organic: int | None

    @property
    def has_stages(self) -> bool:
        """Whether the list says of any lead how far it came."""
        return any(count for stage, count in self.stages.items() if stage != "unknown")


def stage_of(status: str) -> Stage:
    """The stage that a status of any list means."""
    text = plain(status).replace("_", " ").replace("-", " ").strip()
    return _STAGE_OF.get(text, "unknown")


def leads_of(leads: pd.DataFrame, period: Period, network: str = "") -> Leads | None:
    """Rows of `Store.leads` of these days, of one network or all; None without any.

    A list that names only the ads' platform counts for it: both surfaces of one platform are told apart only together.
    """
    total, stages, organic, said = 0, dict[Stage, int](), 0, False
    for row in leads.to_dict("records"):
        if pd.isna(row["date_day"]) or not period.start <= row["date_day"].date() < period.end:
            continue
        if network and not _is_of(str(row["platform"]), network):
            continue
        count = int(row["leads"])
        stage = stage_of("" if pd.isna(row["status"]) else str(row["status"]))
        total, stages[stage] = total + count, stages.get(stage, 0) + count
        if not pd.isna(row["is_organic"]):
            said, organic = True, organic + (count if row["is_organic"] else 0)
    return Leads(total, {s: stages[s] for s in STAGES if s in stages}, organic if said else None) if total else None


def _is_of(platform: str, network: str) -> bool:
    return network_of(platform, None) == network
