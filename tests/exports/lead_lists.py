"""Lists of leads of a fictional form, with the persons and answers that must stay outside."""

import random
from collections.abc import Iterator
from datetime import timedelta

from tests.exports.tables import DAYS, FIRST, Expected
from tests.exports.writers import Value, csv_bytes

Piece = tuple[str, bytes, Expected]
META = (
    "id", "created_time", "ad_id", "ad_name", "adset_id", "adset_name", "campaign_id", "campaign_name", "form_id",
    "form_name", "is_organic", "platform", "büdcəniz_nə_qədərdir?", "full_name", "phone_number", "email", "lead_status",
)  # fmt: skip
PRESET = ("created_time", "platform", "campaign_name", "form_name", "name", "phone", "status")


def meta_rows(leads: int) -> tuple[list[list[Value]], int]:
    """The list and how many of its leads came without an ad."""
    dice = random.Random("leads")  # noqa: S311  a fictional form
    rows: list[list[Value]] = [list(META)]
    organic = 0
    for number in range(leads):
        free = dice.random() < 0.3
        organic += free
        day = FIRST + timedelta(days=number % DAYS)
        ids: list[Value] = ["", "", "", "", "", ""] if free else [
            f"ag:12020{number % 3:012d}", f"Ad {number % 3}", f"as:12021{number % 2:012d}", f"Set {number % 2}",
            "c:120220000000000007", "Bahar, müraciət",
        ]  # fmt: skip
        rows.append(
            [
                f"l:{9_000_000 + number}", f"{day}T10:00:00+04:00", *ids, "f:77", "Qiymət sorğusu",
                "true" if free else "false", ("fb", "ig")[number % 2], "1000 AZN", f"Şəxs {number}",
                f"p:+99450{number:07d}", f"person{number}@nar.example", ("CREATED", "complete")[number % 2],
            ]
        )  # fmt: skip
    return rows, organic


def preset_rows(leads: int) -> list[list[Value]]:
    """A list that another system wrote under our own column names."""
    rows: list[list[Value]] = [list(PRESET)]
    for number in range(leads):
        day = FIRST + timedelta(days=number % DAYS)
        person = [f"Şəxs {number}", f"+99455{number:07d}", ("new", "won")[number % 2]]
        rows.append([f"{day} 12:00", "facebook", "Bahar", "Sayt forması", *person])
    return rows


def samples() -> Iterator[Piece]:
    """Every list."""
    rows, organic = meta_rows(30)
    said = ["COLUMNS_IGNORED", "FORMAT_UNVERIFIED", "PERSONAL_DATA_REMOVED"]
    expected = Expected(
        "meta", "meta/leads", "en", kind="leads", grain="", findings=said, tables={"leads": 30},
        side={"leads.is_organic": float(organic)},
    )  # fmt: skip
    yield "meta/leads.csv", csv_bytes(rows, encoding="utf-8"), expected
    yield "meta/leads-utf16.csv", csv_bytes(rows, delimiter="\t", encoding="utf-16"), expected
    preset = Expected(
        "meta", "other/leads", "en", kind="leads", grain="", findings=[*said, "HEADER_GUESSED"], tables={"leads": 20}
    )
    yield "other/leads.csv", csv_bytes(preset_rows(20)), preset
