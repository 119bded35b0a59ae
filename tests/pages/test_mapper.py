"""A table that nobody knows: told once which column is what, remembered for the next file of the same headers."""

import pytest
from streamlit.testing.v1 import AppTest

from budget.store import Store
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, has, plain, press, table, texts, title
from tests.pages.own import drop, own_firm

HEADER = "Tarix;Kampaniya;Xərc;Göstərilmə;Klik;Sifariş"
FIRST = f"{HEADER}\n19.10.2026;Bloger Nigar;120,50;24000;310;9\n20.10.2026;Bloger Nigar;99,50;21000;290;7\n"
SECOND = f"{HEADER}\n26.10.2026;Bloger Nigar;80,25;20000;200;4\n27.10.2026;Bloger Nigar;20,00;5000;60;1\n"
ROLES = {
    "Tarix": "day", "Kampaniya": "campaign_name", "Xərc": "spend_micros", "Göstərilmə": "impressions",
    "Klik": "clicks", "Sifariş": "conversions_micros",
}  # fmt: skip


@pytest.fixture
def upload(open_app: OpenApp, store: Store) -> AppTest:
    """The Upload screen of a firm with a first plan and no uploads."""
    own_firm(store)
    return open_app("upload")


def mapped(app: AppTest) -> AppTest:
    """Say what every column is, and read the file like this."""
    for chooser in app.selectbox:
        if plain(chooser.label) in ROLES:
            chooser.set_value(ROLES[plain(chooser.label)])
    return press(app, "Read it like this")


def test_an_unknown_table_is_asked_and_remembered(upload: AppTest, open_app: OpenApp) -> None:
    """The first file asks; the second, of the same headers, asks nothing; the review holds the money of both."""
    app = calm(drop(upload, ("blogger.csv", FIRST.encode())))
    assert title(app) == "1 file read; 1 question before saving"
    assert has(app, "We do not know this table")
    app = calm(mapped(app))
    assert title(app) == "1 file read"
    assert has(app, "Rows add up to 220.00; the file states no total")
    press(app, "Save 1 file")

    app = calm(drop(app, ("blogger later.csv", SECOND.encode())))
    assert title(app) == "1 file read"
    assert has(app, "Rows add up to 100.25; the file states no total")
    press(app, "Save 1 file")
    shown = table(open_app("review"), "Measure")
    assert [shown[name]["Actual"] for name in ("Spend", "Impressions", "Clicks", "Conversions")] == [
        "320.25", "70,000", "860", "21",
    ]  # fmt: skip


def test_a_table_without_date_or_figures_is_not_read(upload: AppTest) -> None:
    """Reading without a date is refused by a sentence that says what is needed."""
    app = drop(upload, ("blogger.csv", FIRST.encode()))
    for chooser in app.selectbox:
        if plain(chooser.label) in ROLES:
            chooser.set_value("")
    press(app, "Read it like this")
    assert texts(app, "error") == [
        "Choose a column for the date and one for spend, impressions, clicks or conversions."
    ]
    assert app.button(key="go_save").disabled


def test_a_column_of_persons_is_not_offered(upload: AppTest) -> None:
    """A column of e-mail addresses can be given no role, and its cells are not in the preview."""
    rows = "".join(f"{day}.10.2026;1,00;kim{day}@example.com\n" for day in range(19, 26))
    app = calm(drop(upload, ("people.csv", f"Tarix;Xərc;E-poçt\n{rows}".encode())))
    assert "E-poçt" not in [plain(chooser.label) for chooser in app.selectbox]
    shown = [plain(cell) for each in app.table for cell in each.value.to_numpy().ravel()]
    assert shown
    assert not [cell for cell in shown if "example.com" in cell]
