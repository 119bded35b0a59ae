"""What was answered once for files of the same headers, and how to take it back."""

import json

import streamlit as st

from budget.present.escape import esc
from budget.present.file_words import ANSWERS
from budget.present.finding_words import ROLES
from budget.present.vocabulary import SOURCES
from pages.parts.app import App


def remembered(app: App, workspace_id: int) -> bool:
    """Every remembered answer with the file it was last used for, folded; *Forget* asks again next time.

    Returns whether there was any.
    """
    known = app.store.all_answers(workspace_id)
    if not known:
        return False
    names = {record.signature: record.name for record in app.store.imports(workspace_id)}
    label = app.count("{n} remembered answer", "{n} remembered answers", len(known))
    with st.expander(label, icon=":material/psychology:"):
        st.caption(app.say("Used for later files with the same columns. Forget it to be asked again."))
        for signature, answers in known.items():
            left, right = st.columns([8, 4], vertical_alignment="center")
            with left.container(gap="xxsmall"):
                st.markdown(esc(names.get(signature, app.say("Table to fill in"))))
                st.caption(" · ".join(_said(app, key, value) for key, value in answers.items()))
            if right.button(app.say("Forget"), key=f"forget_{signature}", icon=":material/delete:", type="tertiary"):
                app.store.forget_answers(workspace_id, signature)
                st.rerun()
    return True


def _said(app: App, key: str, value: str) -> str:
    if key == "mapping":
        return _mapping(app, value)
    shown = app.say(SOURCES[value]) if value in SOURCES else value
    return f"{app.say(ANSWERS.get(key, key))}: {esc(shown)}"


def _mapping(app: App, value: str) -> str:
    """Which column is what, in the words of the mapper."""
    try:
        given = json.loads(value)
        columns = {str(header): str(role) for header, role in given["columns"].items()}
    except (ValueError, KeyError, AttributeError, TypeError):
        return app.say("columns named by you")
    pairs = [f"{header} → {app.say(ROLES.get(role, role))}" for header, role in columns.items()]
    platform = str(given.get("platform", ""))
    return " · ".join(esc(text) for text in (app.say(SOURCES.get(platform, platform)), ", ".join(pairs)) if text)
