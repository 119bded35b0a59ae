"""The page on paper: the press that prints, and the rules by which a screen becomes one A4 sheet in light colours."""

from functools import cache
from string import Template

import streamlit as st

from pages.parts.app import App

ON_SCREEN_ONLY = (
    "stHeader", "stSidebar", "stToolbar", "stSidebarCollapsedControl", "stButton", "stDownloadButton", "stPopover",
    "stPageLink", "stButtonGroup", "stSelectbox", "stTooltipIcon", "stSkeleton", "stElementToolbar", "stStatusWidget",
)  # fmt: skip
"""What a hand uses, not the eye."""
KEYS = ("overview_steps", "alerts", "waiting_")
"""Beginnings of the keys of parts that ask for a press."""
PAPER = Template("""
@page {size: A4 portrait; margin: 9mm}
@media print {
  html, body {background: #ffffff !important; print-color-adjust: exact; -webkit-print-color-adjust: exact}
  html, body, #root, #root > div, .stApp, [data-testid="stAppViewContainer"], [data-testid="stMain"] {
    position: static !important; display: block !important; overflow: visible !important;
    width: auto !important; height: auto !important; min-height: 0 !important; background: #ffffff !important;
    color-scheme: light !important
  }
  [data-testid="stMainBlockContainer"] {
    zoom: .63; width: 1130px !important; max-width: none !important; min-width: 0 !important;
    margin: 0 !important; padding: 0 !important
  }
  [data-testid="stHorizontalBlock"], [data-testid="stVerticalBlock"] {display: flex !important}
  [data-testid="stMain"] :is(
    [data-testid="stLayoutWrapper"], [data-testid="stElementContainer"], [data-testid="stColumn"]
  ) {
    margin-bottom: 0 !important
  }
  [data-testid="stVerticalBlock"] {gap: 1.1rem !important}
  [data-testid="stVerticalBlock"] [data-testid="stVerticalBlock"] {gap: .35rem !important}
  [data-testid="stMetric"] {padding-bottom: 0 !important}
  [data-testid="stHorizontalBlock"]:has(> [data-testid="stColumn"]) {flex-wrap: nowrap !important}
  [data-testid="stColumn"] {min-width: 0 !important}
  [data-testid="stVegaLiteChart"] svg {
    max-width: 100%; height: auto; max-height: 330px; background: none !important
  }
  :is([data-testid="stHorizontalBlock"], [data-testid="stMetric"], [data-testid="stTable"]) {break-inside: avoid}
  [data-testid="stMain"] :is(h1, h2, h3, h4, p, li, label, td, th, [data-testid="stMetricValue"] *) {
    color: $text !important
  }
  [data-testid="stMain"] :is([data-testid="stCaptionContainer"] *, [data-testid="stMetricLabel"] *) {
    color: $faint !important
  }
  [data-testid="stCaptionContainer"] {opacity: 1 !important}
  svg .role-axis-grid line {stroke: $border !important}
  [data-testid="stMain"] * {border-color: $border !important}
  [data-testid="stMetricDelta"], [data-testid="stMetricDelta"] * {
    background: none !important; color: $text !important
  }
""")


def button(app: App) -> None:
    """Print this page. The script that comes with every page opens the dialog of the browser."""
    help_text = app.say("One A4 page, in light colours. Ctrl+P does the same.")
    st.button(app.say("Print"), key="print_page", icon=":material/print:", help=help_text)


@cache
def style() -> str:
    """The rules for paper: what is only used by hand goes, and each colour of the dark scheme becomes the light one."""
    hidden = ", ".join(
        [*(f'[data-testid="{name}"]' for name in ON_SCREEN_ONLY), *(f'[class*="st-key-{key}"]' for key in KEYS)]
    )
    holders = f'[data-testid="stElementContainer"]:has(> :is(style, [data-testid="stHtml"], {hidden}))'
    rules = [f"{hidden}, {holders} {{display: none !important}}"]
    dark, light = _palette("dark"), _palette("light")
    for before, after in zip(dark, light, strict=True):
        rules += [f'svg [{part}="{before}"] {{{part}: {after} !important}}' for part in ("fill", "stroke")]
    paper = PAPER.substitute(text=_theme("textColor"), faint=_theme("grayColor"), border=_theme("borderColor"))
    return paper + "\n".join(rules) + "\n}"


def _theme(name: str) -> str:
    return str(st.get_option(f"theme.light.{name}"))


def _palette(scheme: str) -> list[str]:
    """The roles' colours, and the background's."""
    colours = st.get_option(f"theme.{scheme}.chartCategoricalColors") or []
    return [str(each) for each in colours]
