"""Notes on what differs from plan: of a week, and of a cause or channel; they never change."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from budget.plan import StoredPlan
from budget.present.escape import esc
from budget.present.vocabulary import DRIVERS, line_names
from budget.store import Note
from budget.weeks import WEEK, Period, week_of, weeks_of
from pages.parts import people
from pages.parts.app import App
from pages.parts.choice import choose

LONGEST = 1_000
SHOWN = 12
OFFERED = 4
ALL = ""
CAUSE, CHANNEL = "cause:", "channel:"
TURN = "_notes_turn"


def show(app: App, plan: StoredPlan, span: Period | None) -> None:
    """The notes of the weeks of `span` (None: all), and a new one for one of them."""
    weeks = weeks_of(span) if span else ()
    names = _subjects(app, plan)
    kept = [note for note in app.store.notes(plan.workspace_id) if note.subject_type == "week"]
    shown = [note for note in kept if not span or note.week_start in weeks]
    with st.container(gap="xxsmall"):
        st.header(app.count("{n} note", "{n} notes", len(shown)) if shown else app.say("No notes yet"), anchor=False)
        st.caption(app.say("What the figures do not tell. A note stays as it was written; a later one can correct it"))
    for note in shown[:SHOWN]:
        _note(app, note, names)
    if len(shown) > SHOWN:
        with st.expander(app.say("Earlier notes")):
            for note in shown[SHOWN:]:
                _note(app, note, names)
    _form(app, plan, list(weeks) or _last_weeks(app), names)


def _subjects(app: App, plan: StoredPlan) -> dict[str, str]:
    """What a note may be about: all of it, a cause, a channel."""
    causes = {CAUSE + name: app.say(text) for name, text in DRIVERS.items()}
    channels = {CHANNEL + key: name for key, name in line_names(app.words, plan).items()}
    return {ALL: app.say("The whole week")} | causes | channels


def _last_weeks(app: App) -> list[date]:
    """The whole weeks that ended last, to choose from where all days are looked at."""
    return [week_of(app.today) - n * WEEK for n in range(OFFERED, 0, -1)]


def _note(app: App, note: Note, names: dict[str, str]) -> None:
    about = names.get(note.subject_key, note.subject_key.partition(":")[2])
    week = app.numbers.week(note.week_start)
    written = app.numbers.date(note.created_at.date() if note.created_at else None)
    with st.container(gap=None):
        st.markdown(f"**{esc(week)} · {esc(about)}** {esc(note.body)}")
        st.caption(esc(" · ".join(part for part in (people.named(app, note.author), written) if part)))


def _form(app: App, plan: StoredPlan, weeks: Sequence[date], names: dict[str, str]) -> None:
    turn = st.session_state.get(TURN, 0)
    first, second = st.columns(2)
    week = weeks[-1]
    if len(weeks) > 1:
        week = choose(app, first, app.say("Week"), weeks, key="note_week", usual=week,
                      shown=lambda day: app.numbers.period(day, day + WEEK))  # fmt: skip
    about = choose(app, second if len(weeks) > 1 else first, app.say("About"), list(names), key=f"note_about_{turn}",
                   shown=names.__getitem__)  # fmt: skip
    body = st.text_area(app.say("Note"), max_chars=LONGEST, key=f"note_body_{turn}", height=80, persist_state="session")
    if st.button(app.say("Keep the note"), key="note_keep", icon=":material/edit_note:") and body and body.strip():
        app.store.add_note(plan.workspace_id, Note(body.strip(), "week", week_start=week, subject_key=about))
        st.session_state[TURN] = turn + 1
        st.rerun()
