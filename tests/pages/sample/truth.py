"""What the sample firm's figures must be: integers and decimals from its plan file and its truth alone."""

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[3] / "sample_data"
PLAN: dict[str, Any] = tomllib.loads((FOLDER / "nar_ev" / "plan.toml").read_text("utf-8"))
UNMATCHED = "unmatched"
MICROS = 1_000_000
FIRST, REPORTED_UNTIL = date(2026, 9, 7), date(2026, 11, 16)


@dataclass(frozen=True)
class Sums:
    """Whole numbers: money and conversions in millionths."""

    spend: int = 0
    impressions: int = 0
    clicks: int = 0
    conversions: int = 0
    value: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    def shown(self) -> dict[str, str]:
        """The figures as English text, by the names that the Review screen gives them."""
        return {
            "Spend": cents(Decimal(self.spend) / MICROS),
            "Impressions": f"{self.impressions:,}",
            "Clicks": f"{self.clicks:,}",
            "Conversions": whole(Decimal(self.conversions) / MICROS),
            "Revenue claimed": cents(Decimal(self.value) / MICROS),
        }


@dataclass(frozen=True)
class Told:
    """One campaign's week of the truth; `clicks` are those that lead to the firm's page where told apart."""

    platform: str
    campaign: str
    line_key: str
    week: str
    sums: Sums


def truth(firm: str = "nar_ev") -> list[Told]:
    """The truth of a firm's exports."""
    rows = json.loads((FOLDER / firm / "truth.json").read_text("utf-8"))["rows"]
    return [
        Told(row["platform"], row["campaign"], row["line_key"] or UNMATCHED, row["week_start"], _sums(row))
        for row in rows
    ]


def added(rows: Iterable[Told], *, line_key: str = "", week: str = "") -> Sums:
    """The sum over a line (or all) and a week (or all)."""
    fitting = (row.sums for row in rows if row.line_key == (line_key or row.line_key))
    if week:
        fitting = (row.sums for row in rows if row.line_key == (line_key or row.line_key) and row.week == week)
    return sum(fitting, Sums())


def planned_spend(line_key: str = "", week: str = "") -> Decimal:
    """What the plan file gives a line (or all) in a week (or in all weeks that were reported)."""
    return sum(
        (
            Decimal(str(amount))
            for line in PLAN["line"]
            if line["line_key"] == (line_key or line["line_key"])
            for monday, amount in line["weeks"].items()
            if (monday == week if week else date.fromisoformat(monday) < REPORTED_UNTIL)
        ),
        Decimal(0),
    )


def income(total: Sums) -> dict[str, Decimal]:
    """The P&L of claimed sums by the product's definitions, at the likely figures of the plan file."""
    business = {key: Decimal(str(x[1] if isinstance(x, list) else x)) for key, x in PLAN["business"].items()}
    caused = business["incrementality"]
    kept = (1 - business["discount_share"]) * (1 - business["returns_share"])
    value, orders = Decimal(total.value) / MICROS, Decimal(total.conversions) / MICROS * caused
    claimed = value / (1 + business["vat_share"]) * kept
    net = claimed * caused
    fee = value * (1 - business["discount_share"]) * business["payment_fee_share"] * caused
    an_order = business["fulfilment_per_order"] + business["returns_share"] * business["return_handling_per_return"]
    rows = {
        "Net revenue claimed": claimed,
        "Would have come anyway": claimed - net,
        "Net revenue": net,
        "Cost of goods": net * business["cogs_share"],
        "Delivery and fees": fee + orders * an_order,
        "Media": Decimal(total.spend) / MICROS,
        "Team and tools": team(),
    }
    rows["Gross margin"] = net - rows["Cost of goods"]
    rows["After fulfilment"] = rows["Gross margin"] - rows["Delivery and fees"]
    rows["After media"] = rows["After fulfilment"] - rows["Media"]
    rows["Profit"] = rows["After media"] - rows["Team and tools"]
    return rows


def roi(rows: dict[str, Decimal]) -> Decimal:
    """(contribution caused by ads - all programme cost) / all programme cost."""
    cost = rows["Media"] + rows["Team and tools"]
    return (rows["After fulfilment"] - cost) / cost


def team() -> Decimal:
    """People, agency, tools and production from 7 September to 15 November: 24 of 30, 31 of 31 and 15 of 30 days."""
    monthly = sum(Decimal(str(amount)) for amount in PLAN["costs_monthly"].values())
    return monthly * (Decimal(24) / 30 + 1 + Decimal(15) / 30)


def cents(x: Decimal) -> str:
    """1,234.50"""
    return f"{x.quantize(Decimal('0.01'), ROUND_HALF_EVEN):,}"


def whole(x: Decimal) -> str:
    """1,234"""
    return f"{x.quantize(Decimal(1), ROUND_HALF_EVEN):,}"


def _sums(row: dict[str, Any]) -> Sums:
    clicks = row["clicks"] if row["link_clicks"] is None else row["link_clicks"]
    found = (row["spend_micros"], row["impressions"], clicks, row["conversions_micros"], row["value_micros"])
    return Sums(*(x or 0 for x in found))
