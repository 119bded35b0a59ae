"""Upload: drop the exports as downloaded; see what they are; save; undo."""

import streamlit as st

from budget.exports import keep_spare
from budget.plan import StoredPlan
from budget.store import ImportReceipt
from budget.uploads import can_store, note_import
from pages.parts import answers, file_card, frame, history, kept, matcher, states, waiting
from pages.parts.incoming import Incoming, asks_age, discard, drop_key, incoming, remembered

app = frame.enter()
keep_spare()
plan: StoredPlan = app.locked or states.main_or_stop(app)
firm = plan.workspace_id
TYPES = ["csv", "tsv", "txt", "xlsx", "xls", "ods", "pdf", "zip", "html"]


def heading(items: list[Incoming]) -> None:
    """How many files, how many questions."""
    finding = app.say("Drop this week's exports")
    open_questions = sum(
        len(item.reading.questions) or (can_store(item.reading) and asks_age(app, firm, item)) for item in items
    )
    if items and open_questions:
        files = app.count("{n} file read", "{n} files read", len(items))
        asked = app.count("{n} question before saving", "{n} questions before saving", open_questions)
        finding = f"{files}; {asked}"
    elif items:
        finding = app.count("{n} file read", "{n} files read", len(items))
    frame.title(app, finding, app.say("Upload · nothing is saved until you confirm · files stay on this computer"))


def save(items: list[Incoming]) -> None:
    """Store the files, each in one transaction, and say what changed."""
    receipts: list[ImportReceipt] = []
    for item in items:
        receipts.append(app.store.add_import(firm, item.reading, item.data, as_of=item.as_of))
        note_import(firm, item.reading, receipts[-1])
        if item.reading.signature and remembered(item):
            app.store.remember_answers(firm, item.reading.signature, remembered(item))
    if any(receipt.status == "added" for receipt in receipts):
        kept.settle(plan, "upload")
    st.session_state["_saved"] = [receipt.import_id for receipt in receipts if receipt.status == "added"]
    st.session_state.pop(matcher.BEFORE, None)
    st.session_state["_saved_rows"] = sum(receipt.new + receipt.changed for receipt in receipts)
    discard()
    st.rerun()


def saved() -> None:
    """The result of the last save, with the way on and the way back."""
    ids: list[int] | None = st.session_state.get("_saved")
    if ids is None:
        return
    if not ids:
        st.success(app.say("These files were already here. Nothing changed."), icon=":material/done_all:")
        return
    files = app.count("{n} file saved.", "{n} files saved.", len(ids))
    rows = app.count("{n} new or changed row.", "{n} new or changed rows.", st.session_state.get("_saved_rows", 0))
    st.success(f"**{files}** {rows}", icon=":material/check_circle:")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link("pages/review.py", label=app.say("See the review"), icon=":material/arrow_forward:")
        if st.button(app.say("Undo"), key="undo_saved", icon=":material/undo:", type="tertiary"):
            for import_id in reversed(ids):
                app.store.undo_import(firm, import_id)
            kept.settle(plan, "undo")
            st.session_state.pop("_saved")
            st.rerun()
    matcher.matcher(app, plan)


top = st.container()
left, right = st.columns([8, 4], gap="medium")
with left:
    st.caption(app.say("CSV or Excel, up to 25 MB each, as many as you like"))
    files = st.file_uploader(
        app.say("Drop the exports here, as downloaded"), TYPES, accept_multiple_files=True, key=drop_key()
    )
    dropped = incoming(app, firm, files)
    if dropped:
        st.session_state.pop("_saved", None)
    saved()
    ready = [item for n, item in enumerate(dropped) if file_card.card(app, firm, item, n)]
    if dropped:
        with st.container(horizontal=True, horizontal_alignment="right"):
            if st.button(app.say("Discard"), key="discard"):
                discard()
                st.rerun()
            label = app.count("Save {n} file", "Save {n} files", len(ready))
            if st.button(label, key="go_save", type="primary", icon=":material/check:", disabled=not ready):
                save(ready)
with right:
    waiting.waiting(app, plan)
    history.history(app, plan)
    waiting.by_hand(app, plan)
    answers.remembered(app, firm)
with top:
    heading(dropped)
