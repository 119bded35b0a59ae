"""One's data taken home and brought back: a backup of everything, one firm as a file, and such a file loaded."""

from datetime import date

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from budget import copies
from budget.errors import StoreError, StoreRefused
from budget.present.escape import esc
from budget.reports.csv_file import file_name
from budget.store import Workspace, default_url
from pages.parts import state
from pages.parts.app import App

LOADED = "_loaded"
MOST_MB = 256


def backup(app: App) -> None:
    """The whole store as a zip file; made on the click."""
    with st.container(gap="xxsmall"):
        st.header(app.say("Backup"), anchor=False)
        st.caption(app.say("All firms, plans and uploads in one file. It works while others write, and is checked."))
    how = app.say(
        "To put this copy back: close Payoff, unpack it and run: "
        "python -m budget restore payoff-backup.db --confirm payoff.db"
    )
    st.download_button(
        app.say("Download a backup"), lambda: copies.backup_zip(default_url(), how), _name("backup", app.today),
        "application/zip", on_click="ignore", key="backup", icon=":material/save:",
    )  # fmt: skip
    st.caption(app.say("Copying and checking begin when you press; a large store takes a minute."))


def firm_out(app: App, firm: Workspace) -> None:
    """Everything of one firm as a zip file; made on the click."""
    with st.container(gap="xxsmall"):
        st.header(app.say("This firm as a file"), anchor=False)
        st.caption(app.say("Plans, uploads and trail of {name}; its tables open in Excel.", name=esc(firm.name)))
    st.download_button(
        app.say("Export everything of this firm"), lambda: copies.firm_zip(default_url(), firm.workspace_id),
        _name("firm", app.today), "application/zip", on_click="ignore", key="firm_out", icon=":material/folder_zip:",
    )  # fmt: skip


def firm_in(app: App) -> None:
    """An exported firm as a new one, after a look at what the file holds."""
    with st.container(gap="xxsmall"):
        st.header(app.say("Load an export"), anchor=False)
        st.caption(app.say("It becomes a new firm; nothing that is here changes."))
    loaded()
    count = st.session_state.get("_load", 0)
    file = st.file_uploader(app.say("The exported firm"), ["zip"], key=f"load_{count}", max_upload_size=MOST_MB)
    if file is None:
        return
    try:
        found = copies.contents(file.getvalue())
    except StoreRefused:
        st.error(app.say("This is no export of a firm, or one of another version of Payoff. Nothing was loaded."),
                 icon=":material/error:")  # fmt: skip
        return
    rows, files = app.count("{n} row", "{n} rows", found.rows), app.count("{n} upload", "{n} uploads", found.files)
    st.markdown(f"**{esc(found.name)}** · {esc(found.currency)} · {rows} · {files}")
    if found.name in {firm.name for firm in app.store.workspaces()}:
        same = app.say("A firm of this name is here already; both will stay.")
        st.markdown(f":orange[:material/info:] {same}")
    if st.button(app.say("Load as a new firm"), key="go_load", type="primary", icon=":material/upload:"):
        _load(app, file)


def _load(app: App, file: UploadedFile) -> None:
    """Load it and open the new firm; a file that was changed on the way loads nothing."""
    try:
        with st.spinner(app.say("Loading and checking every sum …")):
            made = copies.load_firm(default_url(), file.getvalue())
    except StoreError:
        st.error(app.say("The file was changed after it was exported, or is damaged. Nothing was loaded."),
                 icon=":material/error:")  # fmt: skip
        return
    rows = app.count("{n} row was loaded, every sum as exported.", "{n} rows were loaded, every sum as exported.",
                     made.rows)  # fmt: skip
    st.session_state[LOADED] = f"**{esc(made.name)}** · {rows}"
    st.session_state["_load"] = st.session_state.get("_load", 0) + 1
    state.open_firm(made.workspace_id)
    st.rerun()


def loaded() -> None:
    """What the last load brought, said once."""
    said: str | None = st.session_state.pop(LOADED, None)
    if said:
        st.success(said, icon=":material/check_circle:")


def _name(what: str, today: date) -> str:
    return file_name("payoff", what, today.isoformat(), ending="zip")
