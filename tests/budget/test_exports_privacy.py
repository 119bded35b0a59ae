"""Persons of lead lists and shop orders stay outside: no trace in what is read, said, shown or stored."""

import hmac
from dataclasses import fields
from datetime import date
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest

from budget.exports import Reading, read_export
from budget.present.finding_words import finding_sentence
from budget.present.words import words_for
from budget.store import open_store
from tests.exports.lead_lists import META, PRESET
from tests.exports.shops import SHOPIFY, WOO
from tests.exports.writers import Value, csv_bytes, xlsx_bytes

TODAY = date(2026, 9, 1)
SECRET = "a workspace's own secret"  # noqa: S105  of a test
PEOPLE = 10
DAY = "2026-02-0{day}"


def planted(number: int) -> dict[str, str]:
    """One person, each of whose words stands nowhere else."""
    return {
        "first": f"Zərifə{number}", "last": f"Qədirbəyli{number}", "email": f"zerife.{number}@gizli-poct{number}.az",
        "phone": f"+99450777{number:04d}", "local": f"050 888 1{number} 3{number}", "street": f"Çinar küçəsi {number}",
        "ip": f"203.0.113.{number + 11}", "answer": f"Borcum {number} min manatdır", "zip": f"AZ{4000 + number}",
    }  # fmt: skip


def _row(head: tuple[str, ...], cells: dict[str, Value]) -> list[Value]:
    return [cells.get(name, "") for name in head]


SHOPIFY_MORE = (*SHOPIFY, "Shipping Name", "Shipping Street", "Note Attributes", "Employee", "Notes")


def shopify_rows() -> list[list[Value]]:
    """Orders whose other columns hold the person."""
    rows: list[list[Value]] = [list(SHOPIFY_MORE)]
    for number in range(PEOPLE):
        one = planted(number)
        name = f"{one['first']} {one['last']}"
        moment = DAY.format(day=number % 7 + 2) + " 10:00:00 +0400"
        cells: dict[str, Value] = {
            "Name": f"#{number + 1}", "Email": one["email"], "Financial Status": "paid", "Currency": "AZN",
            "Total": "12.50", "Created at": moment, "Lineitem quantity": 1, "Billing Name": name,
            "Billing Zip": f"'{one['zip']}", "Billing Phone": f"'{one['phone']}", "Phone": one["local"],
            "Source": "web", "Shipping Name": name, "Shipping Street": one["street"], "Notes": one["answer"],
            "Note Attributes": one["ip"], "Employee": name, "Lineitem name": "Sabun",
        }  # fmt: skip
        rows.append(_row(SHOPIFY_MORE, cells))
        rows.append(_row(SHOPIFY_MORE, {"Name": f"#{number + 1}", "Email": one["email"], "Lineitem quantity": 2}))
    return rows


WOO_MORE = (*WOO, "customer_note", "customer_ip_address")


def woo_rows() -> list[list[Value]]:
    """Orders with the billing columns filled in."""
    rows: list[list[Value]] = [list(WOO_MORE)]
    for number in range(PEOPLE):
        one = planted(number)
        cells: dict[str, Value] = {
            "order_id": number + 1, "order_date": DAY.format(day=number % 7 + 2), "order_status": "completed",
            "order_currency": "AZN", "order_total": "9.90", "item_quantity": 1, "billing_first_name": one["first"],
            "billing_last_name": one["last"], "billing_email": one["email"], "billing_phone": one["phone"],
            "shipping_address_1": one["street"], "customer_note": one["answer"], "customer_ip_address": one["ip"],
        }  # fmt: skip
        rows.append(_row(WOO_MORE, cells))
    return rows


def meta_rows() -> list[list[Value]]:
    """Leads whose answers are private."""
    rows: list[list[Value]] = [[*META, "street_address"]]
    for number in range(PEOPLE):
        one = planted(number)
        cells: dict[str, Value] = {
            "id": f"l:{number}", "created_time": DAY.format(day=number % 7 + 2) + "T10:00:00+04:00",
            "campaign_id": "c:120220000000000007", "campaign_name": "Bahar", "form_name": "Sorğu",
            "is_organic": "false", "platform": "ig", META[12]: one["answer"], "phone_number": f"p:{one['phone']}",
            "full_name": f"{one['first']} {one['last']}", "email": one["email"], "lead_status": "CREATED",
            "street_address": one["street"],
        }  # fmt: skip
        rows.append(_row((*META, "street_address"), cells))
    return rows


def preset_rows() -> list[list[Value]]:
    """Another system's list; somebody typed an address into the status."""
    head = (*PRESET, "comment", "ip")
    rows: list[list[Value]] = [list(head)]
    for number in range(PEOPLE):
        one = planted(number)
        cells: dict[str, Value] = {
            "created_time": DAY.format(day=number % 7 + 2), "campaign_name": "Bahar", "form_name": "Sayt",
            "name": f"{one['first']} {one['last']}", "phone": one["phone"], "status": f"{one['email']}",
            "comment": one["answer"], "ip": one["ip"],
        }  # fmt: skip
        rows.append(_row(head, cells))
    return rows


def slipped(rows: list[list[Value]], wide: int) -> list[list[Value]]:
    """Some lines with cells too many in front, as unquoted commas leave them: persons stand in columns of ours."""
    worse = [list(row) for row in rows]
    for place in range(2, len(worse), 4):
        one = planted(place % PEOPLE)
        extra = [one["street"], f"{one['first']} {one['last']}", one["answer"], one["email"]][:wide]
        worse[place] = [*worse[place][:2], *extra, *worse[place][2:]]
    return worse


TABLES = {"shopify": shopify_rows(), "woocommerce": woo_rows(), "meta": meta_rows(), "preset": preset_rows()}
FILES = {
    **{f"{name}.csv": csv_bytes(rows, encoding="utf-8") for name, rows in TABLES.items()},
    **{f"{name}.xlsx": xlsx_bytes({"Sheet1": rows}) for name, rows in TABLES.items()},
    **{f"{name}-utf16.csv": csv_bytes(rows, delimiter="\t", encoding="utf-16") for name, rows in TABLES.items()},
    **{
        f"{name}-slipped-{wide}.csv": csv_bytes(slipped(rows, wide), encoding="utf-8")
        for name, rows in TABLES.items()
        for wide in (1, 2, 3, 4)
    },
}


def traces(text: str) -> list[str]:
    """Every planted word that a text holds."""
    folded = text.casefold()
    words = {word for number in range(PEOPLE) for key, word in planted(number).items() if key != "answer"}
    words |= {"borcum", "gizli-poct", "99450777", "203.0.113."}
    return sorted(word for word in words if word.casefold() in folded)


def spoken(reading: Reading) -> str:
    """Everything that a reading says, its tables as whole CSV."""
    parts = [repr(reading)]
    for field in fields(reading):
        value = getattr(reading, field.name)
        parts.append(value.to_csv() if isinstance(value, pd.DataFrame) else repr(value))
    parts += [finding_sentence(one, words_for("en").say, str) for one in reading.findings]
    return "\n".join(parts)


@pytest.mark.parametrize("name", FILES)
def test_no_trace_of_a_person_is_read_said_or_stored(name: str, tmp_path: Path) -> None:
    """No planted name, address, telephone number, IP or answer stands in the reading, nor in any file of the store."""
    reading = read_export(name, FILES[name], today=TODAY, customer_key=SECRET)
    rows = max(len(reading.orders), len(reading.leads))
    assert rows == PEOPLE or (rows > PEOPLE // 2 and "slipped" in name)
    assert not reading.keep_raw
    assert traces(spoken(reading)) == []
    assert "PERSONAL_DATA_REMOVED" in {finding.code for finding in reading.findings}
    store = open_store(f"sqlite:///{tmp_path / 'data' / 'payoff.db'}")
    firm = store.create_workspace("Firm", currency="AZN").workspace_id
    assert store.add_import(firm, reading, FILES[name]).rows
    store.close()
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert sum(map(len, kept)) > 10_000
    for data in kept:
        assert traces(data.decode("utf-8", "replace")) == []


def test_the_search_would_find_a_planted_word() -> None:
    """The files themselves are full of what is searched for."""
    for name, data in FILES.items():
        if not name.endswith("xlsx"):
            text = data.decode("utf-16" if "utf16" in name else "utf-8")
            assert len(traces(text)) > PEOPLE, name


def test_one_person_has_one_key_in_a_workspace() -> None:
    """The key is the first 16 hex digits of HMAC-SHA256 of the address, whatever its case and spaces."""
    rows = shopify_rows()
    rows[1][1], rows[2][1] = "  Zerife.0@GIZLI-poct0.az ", ""
    reading = read_export("orders.csv", csv_bytes(rows), today=TODAY, customer_key=SECRET)
    address = planted(0)["email"]
    wanted = hmac.new(SECRET.encode(), address.encode(), sha256).hexdigest()[:16]
    assert reading.orders["customer_key"][0] == wanted
    assert reading.orders["customer_key"].nunique() == PEOPLE
    other = read_export("orders.csv", csv_bytes(rows), today=TODAY, customer_key="another")
    assert not set(other.orders["customer_key"]) & set(reading.orders["customer_key"])


def test_without_a_key_nothing_is_kept_of_an_address() -> None:
    """No secret, no key: the column is empty."""
    for name in ("shopify.csv", "woocommerce.xlsx"):
        assert read_export(name, FILES[name], today=TODAY).orders["customer_key"].isna().all()


def test_a_list_without_a_readable_day_is_not_kept_either() -> None:
    """A file of leads is a file of leads even when none of them can be taken."""
    rows = [[*row] for row in meta_rows()]
    for row in rows[1:]:
        row[1] = planted(3)["answer"]
    reading = read_export("leads.csv", csv_bytes(rows), today=TODAY)
    assert not len(reading.leads)
    assert not reading.keep_raw
    assert traces(spoken(reading)) == []
