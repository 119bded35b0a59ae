"""What the exports lack, how to get it, and the way to the uploads."""

import streamlit as st

from budget.present.audience_ways import ways
from budget.present.escape import esc
from pages.parts.app import App


def how(app: App, missing: str, networks: tuple[str, ...], key: str) -> None:
    """A folded note that opens beside a figure which is not there."""
    with st.popover(app.say("How to get it"), type="tertiary", key=key):
        steps(app, missing, networks)


def steps(app: App, missing: str, networks: tuple[str, ...]) -> None:
    """Where the files are, and the link to drop them in."""
    for way in ways(app.words, missing, networks):
        st.markdown(esc(way))
    st.page_link("pages/upload.py", label=app.say("Upload exports"), icon=":material/arrow_forward:")


def block(app: App, missing: str, networks: tuple[str, ...]) -> None:
    """A whole block without data."""
    lead = app.say("Not in your exports; here is how to get it")
    st.markdown(f"**{lead}**")
    steps(app, missing, networks)
