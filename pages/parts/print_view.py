"""The page on paper: the press that prints, and the rules by which a screen becomes one A4 sheet in light colours."""

from functools import cache
from pathlib import Path
from string import Template

import streamlit as st

from pages.parts.app import App

PAPER = Path(__file__).with_name("paper.css")


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
    rules = Template(PAPER.read_text(encoding="utf-8")).substitute(theme, colours="\n  ".join(colours))
    return f"<style>{rules}</style>"


def _palette(scheme: str) -> list[str]:
    """The colours of the charts' roles in their order."""
    return [str(each) for each in st.get_option(f"theme.{scheme}.chartCategoricalColors") or []]
