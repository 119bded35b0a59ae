"""Files that were dropped but not saved yet: each is read once, and again when a question is answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from budget.exports import Reading, read_export
from budget.present.escape import esc
from budget.store import ImportPreview
from budget.uploads import note_stop
from pages.parts import state
from pages.parts.app import App

MOST_FILES = 50


@dataclass
class Incoming:
    """One dropped file: its bytes, what was read, what the person answered, what storing it would change.

    `as_of` is the person's word on when the platform wrote it, where the file itself does not say.
    """

    name: str
    data: bytes
    reading: Reading
    answers: dict[str, str] = field(default_factory=dict)
    preview: ImportPreview | None = None
    previewed_at: int = -1
    as_of: datetime | None = None


def incoming(app: App, workspace_id: int, files: Sequence[UploadedFile]) -> list[Incoming]:
    """The dropped files as read, in their order; new ones are read now, with progress."""
    known: dict[str, Incoming] = st.session_state.setdefault("_incoming", {})
    fresh = [file for file in files[:MOST_FILES] if file.file_id not in known]
    bar = st.progress(0.0) if fresh else None
    for n, file in enumerate(fresh):
        if bar:
            facts = {"n": str(n + 1), "of": str(len(fresh)), "name": esc(file.name)}
            bar.progress(n / len(fresh), app.say("Reading {n} of {of} files · {name}", **facts))
        known[file.file_id] = read(app, workspace_id, file.name, file.getvalue(), {})
    if bar:
        bar.empty()
    wanted = [file.file_id for file in files[:MOST_FILES]]
    for gone in set(known) - set(wanted):
        del known[gone]
    return [known[file_id] for file_id in wanted]


def read(app: App, workspace_id: int, name: str, data: bytes, answers: Mapping[str, str]) -> Incoming:
    """Read a file; where it asks what was answered for files of its headers before, read it with that answer."""
    secret = app.store.customer_key(workspace_id)
    reading = read_export(name, data, answers, today=app.today, customer_key=secret)
    note_stop(reading, len(data))
    if reading.questions and reading.signature:
        remembered = app.store.remembered_answers(workspace_id, reading.signature)
        asked = {question.key for question in reading.questions}
        known = {key: value for key, value in remembered.items() if key in asked} | dict(answers)
        if known != dict(answers):
            again = read_export(name, data, known, today=app.today, customer_key=secret)
            return Incoming(name, data, again, known)
    return Incoming(name, data, reading, dict(answers))


def answer(app: App, workspace_id: int, item: Incoming, key: str, value: str) -> None:
    """Take an answer and read the file again."""
    again = read(app, workspace_id, item.name, item.data, item.answers | {key: value})
    item.reading, item.answers, item.preview, item.previewed_at = again.reading, again.answers, None, -1


def preview(app: App, workspace_id: int, item: Incoming) -> ImportPreview:
    """What storing the file would change, as the store is now."""
    version = app.store.data_version(workspace_id)
    if item.preview is None or item.previewed_at != version:
        item.preview = app.store.preview_import(workspace_id, item.reading, item.data, as_of=item.as_of)
        item.previewed_at = version
    return item.preview


def asks_age(app: App, workspace_id: int, item: Incoming) -> bool:
    """Whether the store holds other figures for the same days and neither file nor person said which is newer."""
    found = preview(app, workspace_id, item)
    return bool(found.stale) and found.as_of_source == "inferred" and not found.duplicate_of


def settle_age(app: App, workspace_id: int, item: Incoming, *, newer: bool) -> None:
    """Take the person's word: a newer file replaces what is stored, an older one goes behind it."""
    item.as_of = state.now() if newer else preview(app, workspace_id, item).as_of
    item.preview, item.previewed_at = None, -1


def discard() -> None:
    """Forget everything that was dropped and not saved; a fresh uploader takes the old one's place."""
    st.session_state.pop("_incoming", None)
    st.session_state["_drop"] = st.session_state.get("_drop", 0) + 1


def drop_key() -> str:
    """The key of the present uploader."""
    return f"drop_{st.session_state.get('_drop', 0)}"


def remembered(item: Incoming) -> dict[str, Any]:
    """The answers worth keeping for later files of the same headers."""
    lasting = {"currency", "day_order", "decimal", "platform", "sheet", "mapping"}
    return {key: value for key, value in item.answers.items() if key in lasting}
