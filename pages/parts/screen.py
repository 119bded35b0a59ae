"""The parts that every screen shows alike: the title row, a chart, the colour of primary buttons."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from budget.present.charts.marks import Spec
from budget.present.escape import esc
from pages.parts.app import App

# Streamlit writes white on primary buttons whatever the scheme; on a dark page that fails WCAG contrast.
PRIMARY_BUTTONS = (
    '<style>[class*="st-key-go_"] button, [class*="st-key-go_"] button p {color: light-dark(#ffffff, #0d141b)}</style>'
)


def title(app: App, finding: str, caption: str = "") -> DeltaGenerator:
    """The title row: the page's finding and caption (plain text) on the left, room for two buttons on the right.

    Returns the right, horizontal container. Primary buttons in it have keys that begin with `go_`.
    """
    left, right = st.columns([9, 3], vertical_alignment="bottom")
    with left.container(gap="xxsmall"):
        st.title(esc(finding), anchor=False)
        if caption:
            st.caption(esc(caption))
    return right.container(horizontal=True, horizontal_alignment="right")


def chart(app: App, drawing: Spec, alt_text: str, key: str) -> None:
    """A chart as wide as its place, in Vega-Lite's terms; `alt_text` is its finding in the person's language."""
    st.vega_lite_chart(spec=drawing, alt=alt_text, key=key, width="stretch")


def primary_button_colour() -> None:
    """Send the one static style rule of the product."""
    st.html(PRIMARY_BUTTONS)
