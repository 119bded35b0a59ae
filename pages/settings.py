"""Settings: the firm's name, what was remembered, copies of the data and their check, the trail of what was done."""

import streamlit as st

from budget.present.issue_words import act
from budget.reports.csv_file import Value, csv_bytes, file_name
from budget.store import AuditEvent, Workspace
from pages.parts import answers, findings, frame, health, keeping

MOST_ACTS = 10_000
MOST_SHOWN = 50
LONGEST_NAME = 100
ME = "local"

app = frame.enter()


def name(firm: Workspace) -> None:
    """The firm's name, typed over and saved."""
    st.header(app.say("Firm"), anchor=False)
    with st.form("firm_name", border=False):
        typed = st.text_input(app.say("Name of the firm"), firm.name, max_chars=LONGEST_NAME, key="firm_name_text")
        pressed = st.form_submit_button(app.say("Save the name"), icon=":material/check:")
    facts = {"currency": firm.currency, "zone": firm.timezone}
    st.caption(app.say("Currency {currency} · time zone {zone}", **facts))
    if not pressed:
        return
    if not typed.strip():
        st.error(app.say("A firm needs a name."), icon=":material/error:")
    elif typed.strip() != firm.name:
        app.store.rename_workspace(firm.workspace_id, typed.strip())
        st.rerun()


def memory(firm: Workspace) -> None:
    """What was answered once and is used for later files."""
    st.header(app.say("Remembered for later files"), anchor=False)
    if not answers.remembered(app, firm.workspace_id):
        st.caption(app.say("Nothing is remembered yet."))


def trail(firm: Workspace) -> None:
    """Who did what and when: the newest acts here, all in a file."""
    acts = app.store.audit(firm.workspace_id, MOST_SHOWN)
    with st.container(gap="xxsmall"):
        st.header(app.say("What was done"), anchor=False)
        st.caption(app.say("The last {n} acts, the newest first; times are UTC", n=app.numbers.whole(len(acts))))
    header = [app.say("When"), app.say("What"), app.say("Its number"), app.say("Done by")]
    findings.table(app, header, [_shown(event) for event in acts])
    st.download_button(
        app.say("All acts as CSV"), lambda: _file(firm.workspace_id), file_name("payoff-acts", ending="csv"),
        "text/csv", on_click="ignore", key="acts_csv", icon=":material/download:",
    )  # fmt: skip


def _shown(event: AuditEvent) -> tuple[str, str, str, str]:
    when = f"{app.numbers.date(event.at.date())} {event.at.time().isoformat('minutes')}"
    number = "" if event.object_id is None else str(event.object_id)
    return when, act(app.words, event.action, event.object_type), number, _who(event)


def _who(event: AuditEvent) -> str:
    return app.say("this computer") if event.actor == ME else event.actor


def _file(firm_id: int) -> bytes:
    """All acts as a CSV file."""
    header = [app.say("When"), app.say("What"), app.say("Its number"), app.say("Done by"), app.say("Details")]
    return csv_bytes(header, [_row(event) for event in app.store.audit(firm_id, MOST_ACTS)])


def _row(event: AuditEvent) -> list[Value]:
    details = ", ".join(f"{key}: {value}" for key, value in event.detail.items())
    number = event.object_id
    return [event.at.isoformat(), act(app.words, event.action, event.object_type), number, _who(event), details]


def nothing_yet() -> None:
    """Before the first firm: where to begin, or a firm brought from elsewhere."""
    frame.title(app, app.say("Nothing here yet."))
    st.write(app.say("Settings belong to a firm: begin one first, or load one from a file."))
    st.page_link("pages/overview.py", label=app.say("Start on the overview"), icon=":material/arrow_forward:")
    with st.container(width=720):
        keeping.firm_in(app)


if app.workspace is None:
    nothing_yet()
else:
    frame.title(
        app, app.say("Settings of {name}", name=app.workspace.name), app.say("Everything stays on this computer")
    )
    with st.container(width=720):
        name(app.workspace)
        memory(app.workspace)
        keeping.backup(app)
        keeping.firm_out(app, app.workspace)
        keeping.firm_in(app)
        health.health(app)
        trail(app.workspace)
