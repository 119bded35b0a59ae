"""Earlier uploads, remembered answers, what is missing, and the firm's settings."""

import csv
import io
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from budget.present.numbers import numbers_for
from budget.present.words import words_for
from budget.store import Store
from pages.parts import history, waiting
from pages.parts.app import App
from pages.parts.history import original_name
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, has, labels, press, tables, texts, title
from tests.pages.own import drop, meta_csv, own_firm

DAY = "2026-10-19"
GOOD = meta_csv([("Çay", DAY, 1000, 20, 1, "12.34")])
BAD_ROW = meta_csv([("Çay", DAY, 1000, 20, 1, "12.34"), ("=HYPERLINK(1)", DAY, 1000, 20, 1, "1")])
BAD_ROW = BAD_ROW.replace(b"=HYPERLINK(1),Baku", b"=HYPERLINK(1)," + b"x" * 5000)


def downloads(app: AppTest) -> list[str]:
    """The labels of download buttons."""
    return [str(getattr(button, "label", "")) for button in app.get("download_button")]


def saved(open_app: OpenApp, *files: tuple[str, bytes]) -> AppTest:
    """The Upload screen after these files were dropped and saved."""
    label = f"Save {len(files)} file{'s' if len(files) > 1 else ''}"
    return press(drop(open_app("upload"), *files), label)


@pytest.fixture
def firm(store: Store) -> int:
    """A firm with a first plan."""
    return own_firm(store)


def test_an_upload_can_be_taken_back_and_its_file_kept(open_app: OpenApp, store: Store, firm: int) -> None:
    """Undo moves an upload to the folded ones, with who and when, and its file can still be downloaded."""
    app = calm(saved(open_app, ("weekly $x$.csv", GOOD)))
    assert "The file" in downloads(app)
    (record,) = store.imports(firm)
    app.button(key=f"undo_{record.import_id}").click().run()
    calm(app)
    assert store.facts(firm).empty
    assert "1 undone upload" in labels(app)
    assert has(app, "undone on this computer")
    assert has(app, "Upload the file again to bring its figures back.")
    assert "The file" in downloads(app)
    calm(press(drop(app, ("weekly $x$.csv", GOOD)), "Save 1 file"))
    assert [record.status for record in store.imports(firm)] == ["undone", "active"]


def test_a_download_is_named_by_us(open_app: OpenApp, store: Store, firm: int) -> None:
    """Whatever a file was called, it comes back under platform, days and number; its bytes are the same."""
    saved(open_app, ("..\\..\\CON:evil name.csv", GOOD))
    (record,) = store.imports(firm)
    assert original_name(record) == f"payoff-meta-2026-10-19-2026-10-19-{record.import_id}.csv"
    kept = store.original(firm, record.import_id)
    assert kept is not None
    assert kept[1] == GOOD


def test_rows_left_out_come_with_their_reason(open_app: OpenApp, store: Store, firm: int) -> None:
    """A row that cannot be stored is counted on the screen and listed in a file, its texts no formulas."""
    app = calm(saved(open_app, ("bad.csv", BAD_ROW)))
    (record,) = store.imports(firm)
    assert record.rejected == 1
    assert "1 row left out" in downloads(app)
    data = history.rejected(context(store, firm, "en"), firm, record.import_id)
    header, row = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert header[:3] == ["Sheet", "Row", "Reason"]
    assert row[2] == "A text longer than any name"
    assert [cell for cell in row if cell.startswith("'=HYPERLINK(1)")]
    spoken = history.rejected(context(store, firm, "az"), firm, record.import_id).decode("utf-8-sig")
    assert "Hər addan uzun mətn" in spoken


def context(store: Store, firm: int, lang: str) -> App:
    """What a screen hands to its parts."""
    plan = store.plan(firm, store.plans(firm)[0].plan_id)
    return App(
        store, store.workspace(firm), plan, None, words_for(lang), numbers_for(lang, "AZN"), lang, date(2026, 11, 22)
    )


def test_what_is_missing_is_named(open_app: OpenApp, firm: int) -> None:
    """Platforms of the plan without data until the last Sunday, 15 November, each with its last day."""
    app = calm(saved(open_app, ("meta.csv", GOOD)))
    assert "3 platforms are missing" in texts(app, "header")
    assert has(app, "Meta · data until 19 Oct 2026")
    assert has(app, "TikTok · never uploaded")
    whole = meta_csv([("Çay", "2026-11-15", 1000, 20, 1, "12.34")])
    press(drop(app, ("more.csv", whole)), "Save 1 file")
    assert "2 platforms are missing" in texts(open_app("upload"), "header")


def test_a_table_by_hand_comes_back_without_a_question(open_app: OpenApp, store: Store, firm: int) -> None:
    """Taken for Telegram, filled in and dropped: it is read as Telegram, nothing is asked; forgotten, it is asked."""
    data = waiting.table(context(store, firm, "en"), store.plan(firm, store.plans(firm)[0].plan_id), "telegram")
    filled = data + b"2026-10-19,Kanal,1000,20,1,,15.50,\r\n"
    app = calm(drop(open_app("upload"), ("payoff-telegram-table.csv", filled)))
    assert title(app) == "1 file read"
    assert has(app, "**Telegram** · payoff-telegram-table.csv")
    calm(press(app, "Save 1 file"))
    assert has(app, "Date (2026-01-31) → Day")
    press(app, "Forget")
    assert store.all_answers(firm) == {}
    app = drop(app, ("again.csv", filled + b"2026-10-20,Kanal,1000,20,1,,15.50,\r\n"))
    assert title(app) == "1 file read; 1 question before saving"


def test_settings_rename_the_firm_and_tell_what_was_done(open_app: OpenApp, store: Store, firm: int) -> None:
    """A new name is kept, shown as written, and stands in the trail with the other acts."""
    saved(open_app, ("meta.csv", GOOD))
    app = calm(open_app("settings"))
    app.text_input(key="firm_name_text").set_value("Su & *Çay*")
    calm(press(app, "Save the name"))
    assert store.workspace(firm).name == "Su & *Çay*"
    assert title(app) == "Settings of Su & *Çay*"
    ((header, *acts),) = tables(app)
    assert header == ["When", "What", "Its number", "Done by"]
    assert [act[1] for act in acts] == [
        "Firm renamed", "Forecast kept", "File saved", "Plan changed", "Plan created", "Firm created",
    ]  # fmt: skip
    assert {act[3] for act in acts} == {"this computer"}
    assert "All acts as CSV" in downloads(app)


def test_a_firm_keeps_its_name_when_none_is_given(open_app: OpenApp, store: Store, firm: int) -> None:
    """An empty name is refused with a sentence."""
    app = open_app("settings")
    app.text_input(key="firm_name_text").set_value("  ")
    press(app, "Save the name")
    assert texts(app, "error") == ["A firm needs a name."]
    assert store.workspace(firm).name == "Xəzər Çay"
