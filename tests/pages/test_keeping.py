"""One's data on the Settings screen: copies to take home, a firm brought back, data checked, a firm removed."""

import io
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from budget import copies
from budget.store import Store, default_url
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, has, labels, press, texts, title
from tests.pages.own import drop, meta_csv, own_firm

DAY = "2026-10-19"


@pytest.fixture
def firm(store: Store) -> int:
    """A firm with a first plan."""
    return own_firm(store)


def exported(firm: int) -> bytes:
    """The firm as a file."""
    return copies.firm_zip(default_url(), firm)


def given(app: AppTest, name: str, data: bytes) -> AppTest:
    """Drop a file where an export is loaded."""
    app.file_uploader(key="load_0").upload(name, data)
    return app.run()


@pytest.mark.parametrize("lang", ["en", "az"])
def test_copies_are_offered(open_app: OpenApp, firm: int, lang: str) -> None:
    """A backup and the firm as a file are one press away, in both languages."""
    app = calm(open_app("settings", lang=lang))
    keys = [button.proto.id for button in app.get("download_button")]
    assert [key for key in ("backup", "firm_out", "acts_csv") if not any(key in found for found in keys)] == []


def test_a_firm_is_looked_at_and_then_loaded(open_app: OpenApp, store: Store, firm: int) -> None:
    """Before the press nothing changes; after it the new firm is open, and the outcome is said once."""
    app = calm(given(open_app("settings"), "firm.zip", exported(firm)))
    assert has(app, "**Xəzər Çay** · AZN")
    assert has(app, "A firm of this name is here already; both will stay.")
    assert len(store.workspaces()) == 1
    app = calm(press(app, "Load as a new firm"))
    assert [one.name for one in store.workspaces()] == ["Xəzər Çay", "Xəzər Çay"]
    (said,) = texts(app, "success")
    assert "every sum as exported" in said
    assert app.session_state["firm"] == str(firm + 1)
    assert texts(app.run(), "success") == []


@pytest.mark.parametrize("data", [b"no zip", b""])
def test_another_file_is_refused_in_words(open_app: OpenApp, store: Store, firm: int, data: bytes) -> None:
    """What is no export has a sentence and no button."""
    app = given(open_app("settings"), "holiday.zip", data)
    assert texts(app, "error") == [
        "This is no export of a firm, or one of another version of Payoff. Nothing was loaded."
    ]
    assert "Load as a new firm" not in labels(app)


def test_a_changed_export_loads_nothing(open_app: OpenApp, store: Store, firm: int) -> None:
    """A figure changed on the way: the outcome says so and no firm was made."""
    app = given(open_app("settings"), "firm.zip", changed(exported(firm)))
    press(app, "Load as a new firm")
    assert texts(app, "error") == ["The file was changed after it was exported, or is damaged. Nothing was loaded."]
    assert len(store.workspaces()) == 1


def changed(data: bytes) -> bytes:
    """The export with another name in its audit trail."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, body.replace(b'"local"', b'"loca1"') if name.endswith("audit_event.jsonl") else body)
    return out.getvalue()


def test_a_firm_can_be_loaded_before_there_is_any(open_app: OpenApp, store: Store, firm: int) -> None:
    """On an empty store Settings leads to the start, or takes an exported firm."""
    data = exported(firm)
    store.delete_workspace(firm, confirm="Xəzər Çay")
    app = calm(open_app("settings"))
    assert title(app) == "Nothing here yet."
    calm(press(given(app, "firm.zip", data), "Load as a new firm"))
    assert [one.name for one in store.workspaces()] == ["Xəzər Çay"]


def test_sound_data_are_called_well(open_app: OpenApp, firm: int) -> None:
    """The check says how many firms it went through; before it is asked for, nothing is said."""
    app = open_app("settings")
    assert texts(app, "success") == []
    assert texts(calm(press(app, "Check now")), "success") == ["All is well: 1 firm checked."]


def test_a_fault_has_words_and_a_remedy(open_app: OpenApp, store: Store, firm: int) -> None:
    """A row that counts though it should not is said with the firm and the next step; the step puts it right."""
    upload = open_app("upload")
    press(drop(upload, ("a.csv", meta_csv([("Çay", DAY, 1000, 20, 1, "12.34")]))), "Save 1 file")
    with closing(sqlite3.connect(Path(store.path))) as raw:
        raw.execute("UPDATE fact_delivery SET counted = 0")
        raw.commit()
    app = calm(press(open_app("settings"), "Check now"))
    (said,) = [text for text in texts(app, "markdown") if "Xəzər Çay:" in text]
    assert "A row counts that should not, or the other way round." in said
    assert "Press “Work it out anew”." in said
    app = calm(press(app, "Work it out anew"))
    assert texts(app, "success") == ["1 row was put right.", "All is well: 1 firm checked."]


def test_a_firm_is_removed_after_its_name_was_typed(open_app: OpenApp, store: Store, firm: int) -> None:
    """The press alone removes nothing; another name keeps the button shut; the exact name removes this firm only."""
    store.create_workspace("Nar Ev", currency="AZN")
    app = open_app("upload", firm=firm)
    app.button(key="remove_firm").click().run()
    assert app.button(key="go_remove").disabled
    app.text_input(key="remove_name").set_value("xəzər çay").run()
    assert app.button(key="go_remove").disabled
    assert len(store.workspaces()) == 2
    app.text_input(key="remove_name").set_value("Xəzər Çay").run()
    assert not app.button(key="go_remove").disabled
    app.button(key="go_remove").click().run()
    assert [one.name for one in store.workspaces()] == ["Nar Ev"]
    assert "go_remove" not in [button.key for button in app.button]
    assert not app.exception
