"""Files on their way in: what a card says of them, what is refused, what is saved."""

from decimal import Decimal
from hashlib import shake_128
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from budget.store import Store
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, has, labels, press, texts, title
from tests.pages.own import drop, meta_csv, own_firm
from tests.test_samples import FIRMS, added, exports, number, split


def noise(seed: int, size: int) -> bytes:
    """Bytes without sense, the same on every run."""
    return shake_128(bytes([seed])).digest(size)


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
