"""Earlier uploads: each with its exact undo, its rejected rows and the file as it came; undone ones folded away."""

from collections.abc import Callable

import streamlit as st

from budget.plan import StoredPlan
from budget.present.escape import esc
from budget.present.issue_words import reason
from budget.present.vocabulary import SOURCES
from budget.reports.csv_file import Value, csv_bytes, file_name
from budget.store import ImportIssue, ImportRecord
from budget.weeks import DAY
from pages.parts import kept
from pages.parts.app import App

ENDINGS = ("csv", "tsv", "txt", "xlsx", "xls", "zip", "html")
ME = "local"
TYPED = "typed/1"


def history(app: App, plan: StoredPlan) -> None:
    """The newest first."""
    workspace_id = plan.workspace_id
    st.header(app.say("Earlier uploads"), anchor=False)
    records = app.store.imports(workspace_id)[::-1]
    active = [record for record in records if record.status == "active"]
    for record in active:
        _past(app, plan, record)
    if active:
        st.caption(app.say("Undo restores every figure as it was before."))
    else:
        st.caption(app.say("Nothing was uploaded yet."))
    _undone(app, workspace_id, [record for record in records if record.status == "undone"])


def _past(app: App, plan: StoredPlan, record: ImportRecord) -> None:
    """One earlier upload with what can be done with it."""
    rows = app.count("{n} row", "{n} rows", record.rows)
    with st.container(gap="xxsmall", key=f"past_{record.import_id}"):
        st.markdown(esc(_name(app, record)))
        st.caption(" · ".join([*_what(app, record), rows, app.numbers.date(record.created_at.date())]))
        with st.container(horizontal=True, gap="small"):
            if st.button(app.say("Undo"), key=f"undo_{record.import_id}", icon=":material/undo:", type="tertiary"):
                app.store.undo_import(plan.workspace_id, record.import_id)
                kept.settle(plan, "undo")
                st.session_state.pop("_saved", None)
                st.rerun()
            _downloads(app, plan.workspace_id, record)


def _name(app: App, record: ImportRecord) -> str:
    """The file's name; sales that a person pasted have none."""
    return app.say("Weekly sales") if record.reader == TYPED else record.name


def _what(app: App, record: ImportRecord) -> list[str]:
    platform = app.say(SOURCES.get(record.platform or "", esc(record.platform or "")))
    return [part for part in (platform, app.numbers.period(*record.period) if record.period else "") if part]


def _undone(app: App, workspace_id: int, records: list[ImportRecord]) -> None:
    if not records:
        return
    label = app.count("{n} undone upload", "{n} undone uploads", len(records))
    with st.expander(label, icon=":material/history:"):
        st.caption(app.say("Upload the file again to bring its figures back."))
        for record in records:
            with st.container(gap="xxsmall"):
                st.markdown(esc(_name(app, record)))
                st.caption(" · ".join([*_what(app, record), _who(app, record)]))
                with st.container(horizontal=True, gap="small"):
                    _downloads(app, workspace_id, record)


def _who(app: App, record: ImportRecord) -> str:
    day = app.numbers.date(record.undone_at.date() if record.undone_at else None)
    if record.undone_by in (None, ME):
        return app.say("undone on this computer, {date}", date=day)
    return app.say("undone by {who}, {date}", who=esc(record.undone_by), date=day)


def _downloads(app: App, workspace_id: int, record: ImportRecord) -> None:
    """The file as it came, and the rows that were left out; made on the click."""
    if record.rejected:
        label = app.count("{n} row left out", "{n} rows left out", record.rejected)
        _download(label, lambda: rejected(app, workspace_id, record.import_id),
                  file_name("payoff-left-out", str(record.import_id), ending="csv"), f"rejected_{record.import_id}",
                  ":material/rule:")  # fmt: skip
    if record.kept:
        _download(app.say("The file"), lambda: _original(app, workspace_id, record.import_id),
                  original_name(record), f"original_{record.import_id}", ":material/download:")  # fmt: skip


def _download(label: str, made: Callable[[], bytes], name: str, key: str, icon: str) -> None:
    st.download_button(label, made, name, "application/octet-stream", on_click="ignore", key=key, icon=icon,
                       type="tertiary")  # fmt: skip


def _original(app: App, workspace_id: int, import_id: int) -> bytes:
    found = app.store.original(workspace_id, import_id)
    return found[1] if found else b""


def original_name(record: ImportRecord) -> str:
    """A name of ours for the file as uploaded: platform, days and number, with an ending we know."""
    ending = record.name.rpartition(".")[2].lower()
    period = record.period
    days = [period.start.isoformat(), (period.end - DAY).isoformat()] if period else []
    parts = ["payoff", record.platform or "", *days, str(record.import_id)]
    return file_name(*parts, ending=ending if ending in ENDINGS else "bin")


def rejected(app: App, workspace_id: int, import_id: int) -> bytes:
    """The rows that an import left out, each with its place, the reason and its cells, as a CSV file."""
    issues = app.store.issues(workspace_id, import_id)
    names = list(dict.fromkeys(str(name) for issue in issues for name in issue.cells))
    header = [app.say("Sheet"), app.say("Row"), app.say("Reason"), *names]
    return csv_bytes(header, [_issue(app, issue, names) for issue in issues])


def _issue(app: App, issue: ImportIssue, names: list[str]) -> list[Value]:
    cells = ["" if issue.cells.get(name) is None else str(issue.cells[name]) for name in names]
    return [issue.sheet, issue.row, reason(app.words, issue.code), *cells]
