"""The parts that every screen shows alike: the title row, a chart, the few rules of style."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from budget.present.charts.marks import Spec
from budget.present.escape import esc
from pages.parts import print_view
from pages.parts.app import App

# Streamlit writes white on primary buttons and on chosen tags whatever the scheme; on a dark page that fails WCAG
# contrast.
# It draws day and month of a date narrower than WCAG's smallest target of 24 px.
# On a phone a row of choices runs out of sight instead of going on below.
STYLE = """<style>
[class*="st-key-go_"] button:enabled, [class*="st-key-go_"] button:enabled p {color: light-dark(#ffffff, #0d141b)}
[data-testid="stMultiSelect"] [data-tag], [data-testid="stMultiSelect"] [data-tag] * {
  color: light-dark(#ffffff, #0d141b)
}
[data-testid="stDateInput"] [role="spinbutton"] {
  display: inline-block; min-width: 24px; min-height: 24px; line-height: 24px; text-align: center
}
@media (max-width: 640px) {
  [data-testid="stButtonGroup"] [role="radiogroup"] {flex-wrap: wrap; overflow: visible}
}
</style>"""


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


def style() -> None:
    """Send the static style rules of the product: what Streamlit draws too faint or too small."""
    st.html(STYLE + print_view.style())
