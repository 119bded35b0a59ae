"""The page on paper: the press that prints, and the rules by which a screen becomes one A4 sheet in light colours."""

from functools import cache
from pathlib import Path
from string import Template

import streamlit as st

from pages.parts.app import App

PAPER = Path(__file__).with_name("paper.css")
HANDS = (
    "Header", "Sidebar", "Toolbar", "SidebarCollapsedControl", "Button", "DownloadButton", "Popover", "PageLink",
    "ButtonGroup", "Selectbox", "TooltipIcon", "Skeleton", "ElementToolbar", "StatusWidget", "TextArea", "TextInput",
    "NumberInput", "DateInput", "FileUploader", "Checkbox", "MultiSelect",
)  # fmt: skip
"""What only a hand uses, by its test id; it is not printed, nor are these places."""
PLACES = (
    '[data-testid="stExpander"]:has(> details:not([open]))', '[class*="st-key-overview_steps"]',
    '[class*="st-key-alerts"]', '[class*="st-key-waiting_"]',
)  # fmt: skip


def button(app: App) -> None:
    """Print this page. The script that comes with every page opens the dialog of the browser."""
    help_text = app.say("One A4 page, in light colours. Ctrl+P does the same.")
    st.button(app.say("Print"), key="print_page", icon=":material/print:", help=help_text)


@cache
def style() -> str:
    """The rules for paper in one style element; charts drawn in the dark scheme take the light one's colours."""
    dark, light = _palette("dark"), _palette("light")
    colours = [
        f'svg [{part}="{before}"] {{{part}: {after} !important}}'
        for before, after in zip(dark, light, strict=True)
        for part in ("fill", "stroke")
    ]
    names = {"text": "textColor", "faint": "grayColor", "border": "borderColor"}
    theme = {name: str(st.get_option(f"theme.light.{option}")) for name, option in names.items()}
    hidden = ", ".join((*(f'[data-testid="st{name}"]' for name in HANDS), *PLACES))
    paper = Template(PAPER.read_text(encoding="utf-8"))
    rules = paper.substitute(theme, colours="\n  ".join(colours), hidden=hidden)
    return f"<style>{rules}</style>"


def _palette(scheme: str) -> list[str]:
    """The colours of the charts' roles in their order."""
    return [str(each) for each in st.get_option(f"theme.{scheme}.chartCategoricalColors") or []]
