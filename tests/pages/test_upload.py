"""Files on their way in: what a card says of them, what is refused, what is saved."""

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import shake_128
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from budget.exports import read_export
from budget.store import Store
from tests.budget.test_fill_in import filled
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, has, labels, press, texts, title
from tests.pages.own import drop, meta_csv, own_firm
from tests.test_samples import FIRMS, added, exports, number, split


def noise(seed: int, size: int) -> bytes:
    """Bytes without sense, the same on every run."""
    return shake_128(bytes([seed])).digest(size)


EXPORTS = Path(__file__).parents[1] / "exports"
DAY_ONE = "2026-10-19"
BROKEN = {
    "bytes.xlsx": noise(1, 5000),
    "bytes.csv": noise(2, 5000),
    "report.pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + noise(3, 500),
    "photo.csv": b"\x89PNG\r\n\x1a\n" + noise(4, 500),
    "half.xlsx": b"PK\x03\x04\x14\x00\x06\x00" + noise(5, 900),
    "empty.csv": b"",
    "blank.csv": b"\n\n  \n",
    "page.html": b"<html><body><script>alert(1)</script><p>Sign in</p></body></html>",
    "letter.txt": "Salam, hesabat sonra gələcək.\nAysel".encode(),
}


@pytest.fixture
def upload(open_app: OpenApp, store: Store) -> AppTest:
    """The Upload screen of a firm with a first plan and no uploads."""
    own_firm(store)
    return open_app("upload")


def money(amount: Decimal) -> str:
    """1,234.50"""
    return f"{amount:,.2f}"


@pytest.mark.parametrize(
    "path", [p for firm in FIRMS for p in exports(firm)], ids=lambda p: f"{p.parent.name}-{p.stem}"
)
def test_the_card_says_the_files_own_total(upload: AppTest, path: Path) -> None:
    """The sum of the rows and the total that the file declares, both read without our reader, stand on the card."""
    detail, totals = split(path)
    declared = next(value for row in totals if (value := number(row["spend"])) is not None)
    rows = added(detail, "spend")
    assert rows is not None
    app = calm(drop(upload, (path.name, path.read_bytes())))
    (said,) = [text for text in texts(app, "markdown") if "Rows add up to" in text]
    assert [part for part in said.split("**") if part[:1].isdigit()] == [money(rows), money(declared)]
    assert has(app, f"{len(detail)} rows · AZN")
    assert title(app) == "1 file read"


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_gives_a_sentence(upload: AppTest, store: Store, name: str) -> None:
    """Whatever is dropped, the screen stands, says what is wrong with the file, and offers nothing to save."""
    app = calm(drop(upload, (name, BROKEN[name])))
    assert has(app, "not read") or has(app, "question")
    assert [text for text in texts(app, "markdown") if text.startswith((":red[", ":orange["))] or has(
        app, "We do not know"
    )
    assert app.button(key="go_save").disabled
    (firm,) = store.workspaces()
    assert store.imports(firm.workspace_id) == ()


def test_a_broken_file_does_not_hold_up_the_others(upload: AppTest, store: Store) -> None:
    """Of two files dropped together the good one can be saved."""
    good = meta_csv([("Çay", DAY_ONE, 1000, 20, 1, "12.34")])
    app = drop(upload, ("bad.xlsx", BROKEN["bytes.xlsx"]), ("good.csv", good))
    assert title(app) == "2 files read"
    press(app, "Save 1 file")
    (firm,) = store.workspaces()
    assert [record.name for record in store.imports(firm.workspace_id)] == ["good.csv"]
    assert has(app, "1 file saved.")


def test_discarding_saves_nothing(upload: AppTest, store: Store) -> None:
    """After Discard the screen is as before the drop."""
    app = drop(upload, ("good.csv", meta_csv([("Çay", DAY_ONE, 1000, 20, 1, "12.34")])))
    press(app, "Discard")
    assert title(app) == "Drop this week's exports"
    assert "go_save" not in [button.key for button in app.button]
    (firm,) = store.workspaces()
    assert store.imports(firm.workspace_id) == ()


def test_a_name_with_signs_is_shown_as_written(upload: AppTest) -> None:
    """Markdown, formulas and colours in a file's name are text on the card."""
    name = "![x](https://evil.test/t.png) $x$ :red[big] **b** =HYPERLINK(1).csv"
    app = calm(drop(upload, (name, meta_csv([("Çay", DAY_ONE, 1000, 20, 1, "12.34")]))))
    (card,) = [element.value for element in app.markdown if "HYPERLINK" in str(element.value)]
    assert name in texts(app, "markdown")[0]
    assert not [live for live in ("![", "$x$", ":red[", "**b**", "](") if live in card]


def test_a_missing_currency_is_asked(upload: AppTest) -> None:
    """A Meta file without a currency in its header asks for it once; with the answer it can be saved."""
    data = meta_csv([("Çay", DAY_ONE, 1000, 20, 1, "12.34")]).replace(b" (AZN)", b"")
    app = drop(upload, ("meta.csv", data))
    assert title(app) == "1 file read; 1 question before saving"
    assert app.button(key="go_save").disabled
    app.selectbox(key="answer_0_currency").set_value("AZN").run()
    assert has(app, "1 row · AZN")
    assert title(app) == "1 file read"
    press(app, "Save 1 file")
    assert "See the review" in labels(app)


def meta_day(spend: str) -> bytes:
    """A Meta file of one old day, which does not say when it was written."""
    return meta_csv([("Çay", DAY_ONE, 1000, 20, 1, spend)])


def stored_spend(store: Store) -> int:
    """What counts for that day, in micros."""
    (firm,) = store.workspaces()
    return int(store.daily(firm.workspace_id)["spend_micros"].sum())


@pytest.mark.parametrize(
    ("button", "counts"), [("This file", 20_000_000), ("What is stored", 10_000_000)], ids=["newer", "older"]
)
def test_nobody_knows_which_file_is_newer_but_the_person(
    upload: AppTest, store: Store, button: str, counts: int
) -> None:
    """Two files without a date of their own disagree over a day: the person says which one is newer, and it counts."""
    (firm,) = store.workspaces()
    known = read_export("first.csv", meta_day("10.00"), today=date(2026, 11, 22))
    store.add_import(firm.workspace_id, known, b"first", as_of=datetime(2026, 11, 20, tzinfo=UTC))
    app = calm(drop(upload, ("second.csv", meta_day("20.00"))))
    assert title(app) == "1 file read; 1 question before saving"
    assert app.button(key="go_save").disabled
    app = calm(press(app, button))
    assert title(app) == "1 file read"
    press(app, "Save 1 file")
    assert stored_spend(store) == counts
    assert [record.as_of_source for record in store.imports(firm.workspace_id)] == ["person", "person"]


def linkedin(generated: str, spend: str) -> bytes:
    """A LinkedIn report of one day, which says when it was written."""
    lines = (
        "Campaign Performance Report (in UTC)", "Report Start: October 19, 2026, 12:00 AM",
        "Report End: October 19, 2026, 11:59 PM", f"Date Generated: {generated}", "",
        "Start Date (in UTC)\tAccount Name\tCurrency\tCampaign ID\tCampaign Name\tTotal Spent\tImpressions\tClicks",
        f"10/19/2026\tFirma\tAZN\t600100\tBrand\t{spend}\t1000\t20",
    )  # fmt: skip
    return "\r\n".join(lines).encode("utf-16")


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["in order", "older last"])
def test_a_file_that_says_when_it_was_written_is_not_asked(
    upload: AppTest, store: Store, order: tuple[int, int]
) -> None:
    """In whatever order two such files come, nothing is asked and the later look counts; an older one is said to be."""
    files = (linkedin("October 20, 2026, 9:05 AM", "10.00"), linkedin("November 2, 2026, 9:05 AM", "20.00"))
    app = upload
    for place in order:
        app = calm(drop(app, (f"linkedin {place}.csv", files[place])))
        assert title(app) == "1 file read"
        if place == 0 and order == (1, 0):
            assert has(app, "1 stored row is newer than this file of 20 Oct 2026 and stays.")
            assert has(app, "0 new · 0 changed · 0 the same")
            assert "What would change" not in labels(app)
        press(app, "Save 1 file")
    assert stored_spend(store) == 20_000_000


def test_a_workbook_by_hand_comes_back_without_a_question(upload: AppTest, store: Store) -> None:
    """Filled in by another program and dropped: no question, its rows are saved; empty, there is nothing to save."""
    app = calm(drop(upload, ("payoff-table.xlsx", filled("az"))))
    assert has(app, "nothing to save")
    assert app.button(key="go_save").disabled
    press(app, "Discard")
    row = (date(2026, 10, 19), "Telegram", "=SUM(A1)", "AZN", 12.34, 1000, 20, 1, 45.5)
    app = calm(drop(app, ("payoff-table.xlsx", filled("az", row))))
    assert title(app) == "1 file read"
    assert has(app, "**Telegram** · payoff-table.xlsx")
    press(app, "Save 1 file")
    assert stored_spend(store) == 12_340_000


def test_what_defeats_a_reader_is_in_the_log(upload: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The note id on the card is the one in the log, beside code and size: no name, no cell."""

    def defeated(*_: object) -> None:
        raise ArithmeticError("cell 4711")

    monkeypatch.setattr("budget.exports.pipeline.draft", defeated)
    data = meta_day("10.00")
    app = calm(drop(upload, ("Nar Ev secret.csv", data)))
    (said,) = [text for text in texts(app, "markdown") if "(note F-" in text]
    lines = [json.loads(line) for line in (tmp_path / "logs" / "payoff.log").read_text("utf-8").splitlines()]
    (noted,) = [line for line in lines if line["event"] == "read_stopped"]
    assert str(noted["id"]) in said
    assert (noted["code"], noted["bytes"]) == ("READ_FAILED", len(data))
    assert not {"secret", "4711", "Çay"} & set(json.dumps(noted, ensure_ascii=False).replace('"', " ").split())


def test_orders_of_a_shop_are_counted_and_saved(upload: AppTest, store: Store) -> None:
    """The card says how many orders were not cancelled and what they come to, as added up without our reader."""
    file = EXPORTS / "shopify" / "orders.csv"
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))
    firsts = {row["Name"]: row for row in reversed(rows)}.values()
    alive = [row for row in firsts if not row["Cancelled at"]]
    worth = sum((Decimal(row["Total"]) - Decimal(row["Refunded Amount"] or 0) for row in alive), Decimal(0))
    app = calm(drop(upload, (file.name, file.read_bytes())))
    assert has(app, "**Shopify** · orders.csv")
    assert has(app, f"{len(firsts)} orders · AZN")
    assert has(app, f"{len(alive)} orders that were not cancelled: AZN {money(worth)} after refunds")
    app = calm(press(app, "Save 1 file"))
    assert has(app, "1 file saved.")
    assert has(app, "Shopify · 2 – 8 Feb 2026")


def test_what_was_uploaded_is_no_longer_optional(upload: AppTest, store: Store) -> None:
    """Web analytics, orders and page insights are offered with where to click, until a file of them is there."""
    assert [text for text in texts(upload, "markdown") if "not in your exports" in text] == [
        "Web analytics · not in your exports", "Orders of the shop · not in your exports",
        "Page insights · not in your exports",
    ]  # fmt: skip
    file = EXPORTS / "ga4" / "channels-en.csv"
    app = calm(drop(upload, (file.name, file.read_bytes())))
    assert has(app, "**Google Analytics** · channels-en.csv")
    assert has(app, "20 figures · AZN")
    app = calm(press(app, "Save 1 file"))
    assert not has(app, "Web analytics · not in your exports")
    assert has(app, "Orders of the shop · not in your exports")
