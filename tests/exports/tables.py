"""Rows of a fictional week as whole numbers, and the facts that a reading of them must state."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

FIRST = date(2026, 2, 2)
DAYS = 7


@dataclass(frozen=True)
class Fact:
    """One ad on one day; money in hundredths, conversions in hundredths."""

    day: date
    campaign: str
    ad_group: str
    ad: str
    cents: int
    impressions: int
    reach: int
    link_clicks: int
    clicks: int
    results: int
    conversions: int


def week(seed: str, ads: int = 3, days: int = DAYS, names: Sequence[str] = ()) -> list[Fact]:
    """The same rows for the same seed, on every machine."""
    dice = random.Random(seed)  # noqa: S311  a fictional firm, not a secret
    rows = []
    for number in range(days):
        for ad in range(ads):
            campaign = names[ad % len(names)] if names else f'Bahar, "satış" {ad % 2 + 1}'
            impressions = dice.randint(900, 45_000)
            rows.append(
                Fact(
                    FIRST + timedelta(days=number),
                    campaign,
                    f"{campaign} / {ad + 1}",
                    f"Ad {ad + 1}: görüş",
                    dice.randint(101, 250_000) * 10 + dice.randint(1, 9),
                    impressions,
                    impressions * 2 // 3,
                    dice.randint(1, 400),
                    dice.randint(401, 1_400),
                    dice.randint(1, 60),
                    dice.randint(1, 6_000),
                )
            )
    return rows


@dataclass
class Expected:
    """What the reading must say; written beside the file as TOML.

    `tables`: rows of each other dataset. `side`: `metrics.reach` (the sum of one metric's values), `posts.views` or
    `orders.total_micros` (the sum of a column).
    """

    platform: str = ""
    report: str = ""
    language: str = ""
    currency: str = ""
    kind: str = "delivery"
    grain: str = "day"
    level: str = ""
    start: date | None = FIRST
    end: date | None = FIRST + timedelta(days=DAYS)
    rows: int = 0
    sums: dict[str, int] = field(default_factory=dict)
    declared: dict[str, int] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    tables: dict[str, int] = field(default_factory=dict)
    side: dict[str, float] = field(default_factory=dict)

    def toml(self) -> str:
        """The facts as a TOML document with its keys in order."""
        lines = []
        for key in ("platform", "report", "language", "currency", "kind", "grain", "level"):
            lines.append(f'{key} = "{getattr(self, key)}"')
        lines += [f"{key} = {getattr(self, key)}" for key in ("start", "end") if getattr(self, key)]
        lines.append(f"rows = {self.rows}")
        for key in ("findings", "questions"):
            lines.append(f"{key} = [{', '.join(f'{chr(34)}{code}{chr(34)}' for code in sorted(getattr(self, key)))}]")
        for key in ("sums", "declared"):
            lines += ["", f"[{key}]", *(f"{name} = {value}" for name, value in getattr(self, key).items())]
        for key in ("tables", "side"):
            own = [f'"{name}" = {value!r}' for name, value in getattr(self, key).items()]
            lines += ["", f"[{key}]", *own] if own else []
        lines += ["", "[answers]", *(f"{key} = '''{value}'''" for key, value in self.answers.items())]
        return "\n".join(lines).rstrip() + "\n"


def micros(cents: int) -> int:
    """Hundredths as millionths, by exact decimals."""
    return int(Decimal(cents) / 100 * 1_000_000)


def sums(rows: Sequence[Fact], *roles: str) -> dict[str, int]:
    """The exact sums of the rows in the frame's own units."""
    every = {
        "spend_micros": sum(micros(row.cents) for row in rows),
        "impressions": sum(row.impressions for row in rows),
        "clicks": sum(row.clicks for row in rows),
        "link_clicks": sum(row.link_clicks for row in rows),
        "results": sum(row.results for row in rows),
        "conversions_micros": sum(micros(row.conversions) for row in rows),
    }
    return {role: every[role] for role in roles}
