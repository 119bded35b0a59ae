"""Uploads over the sample firm: the same file twice, and undo that brings earlier figures back exactly."""

from pathlib import Path

import pytest

from budget.store import Store
from tests.pages.conftest import OpenApp
from tests.pages.looks import has, press, table, texts, title
from tests.pages.sample.truth import FOLDER, PLAN, Sums, added, truth

NEWER_META = "Nar-Ev-Gruppy-obyavleniy-2026-10-05-2026-11-15.xlsx"
EARLIER = [FOLDER / "nar_ev_year_before" / export["file"] for export in PLAN["earlier_export"]]
FILES = [*EARLIER, *(FOLDER / "nar_ev" / export["file"] for export in PLAN["export"])]
PAGES = [FOLDER / "nar_ev_pages" / export["file"] for export in PLAN["page_export"]]


def reviewed(open_app: OpenApp) -> dict[str, dict[str, str]]:
    """The Review screen's table of measures."""
    return table(open_app("review"), "Measure")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_same_file_again_changes_nothing(open_app: OpenApp, store: Store, file: Path) -> None:
    """The card says that the file is here; saving it says that nothing changed, and nothing did."""
    (firm,) = store.workspaces()
    before = store.imports(firm.workspace_id), reviewed(open_app)
    app = open_app("upload")
    app.file_uploader[0].upload(file.name, file.read_bytes())
    app.run()
    assert has(app, "already here")
    press(app, "Save 1 file")
    assert texts(app, "success") == ["These files were already here. Nothing changed."]
    assert (store.imports(firm.workspace_id), reviewed(open_app)) == before


def test_undo_and_upload_again_are_exact(open_app: OpenApp, store: Store) -> None:
    """Without the newer Meta file the older look counts again; the file brings every figure back; undo takes it."""
    (firm,) = store.workspaces()
    whole = reviewed(open_app)
    app = open_app("upload")
    (newer,) = [record for record in store.imports(firm.workspace_id) if record.name == NEWER_META]
    app.button(key=f"undo_{newer.import_id}").click().run()
    assert f"undo_{newer.import_id}" not in {button.key for button in app.button}
    assert has(app, "undone on this computer")
    without = reviewed(open_app)
    lost = [row for row in truth() if row.platform == "meta" and row.week > "2026-10-12"]
    restated = added(truth()).spend - sum((row.sums for row in lost), Sums()).spend
    assert without["Spend"]["Actual"] == Sums(spend=restated).shown()["Spend"]
    assert without["Conversions"]["Actual"] < whole["Conversions"]["Actual"]

    app.file_uploader[0].upload(NEWER_META, (FOLDER / "nar_ev" / NEWER_META).read_bytes())
    press(app.run(), "Save 1 file")
    assert reviewed(open_app) == whole
    app.button(key="undo_saved").click().run()
    assert reviewed(open_app) == without


def test_what_undo_would_say_is_said(open_app: OpenApp) -> None:
    """Every earlier upload is listed, the newest first, with its rows and a button of its own."""
    app = open_app("upload")
    assert title(app) == "Drop this week's exports"
    taken = [file.name for file in (*FILES, *PAGES)]
    assert [text for text in texts(app, "markdown") if text in taken] == taken[::-1]
    pasted = 1  # the weekly sales
    assert [button.label for button in app.button].count("Undo") == len(taken) + pasted
    assert has(app, "Undo restores every figure as it was before.")


def test_the_order_of_dropping_does_not_matter(open_app: OpenApp, store: Store) -> None:
    """All exports at once into an emptied history, the newer Meta file first: the figures are the sample's."""
    (firm,) = store.workspaces()
    whole = reviewed(open_app)
    for record in store.imports(firm.workspace_id):
        store.undo_import(firm.workspace_id, record.import_id)
    app = open_app("upload")
    for file in sorted(FILES, key=lambda file: file.name):
        app.file_uploader[0].upload(file.name, file.read_bytes())
    press(app.run(), f"Save {len(FILES)} files")
    assert reviewed(open_app) == whole
