"""The screens and their groups: to add a screen, write `pages/<name>.py` and give it a row here."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from budget.present.words import N_, Words

FOLDER = Path(__file__).parents[1]
ROOT = "home"  # Streamlit keeps the first screen at `/`, yet reserves a name for it
PRODUCT, ICON = "Payoff", Path(__file__).with_name("icon.png")


@dataclass(frozen=True)
class Screen:
    """One screen: its file `pages/<name>.py` (also its address), its group, title and icon."""

    name: str
    group: str
    title: str
    icon: str

    @property
    def path(self) -> Path:
        """The screen's file."""
        return FOLDER / f"{self.name}.py"


SCREENS = (
    Screen("overview", "", N_("Overview"), ":material/dashboard:"),
    Screen("business", N_("Plan"), N_("Business"), ":material/storefront:"),
    Screen("plan", N_("Plan"), N_("Plan"), ":material/edit_calendar:"),
    Screen("forecast", N_("Plan"), N_("Forecast"), ":material/query_stats:"),
    Screen("optimise", N_("Plan"), N_("Optimise"), ":material/tune:"),
    Screen("upload", N_("Review"), N_("Upload"), ":material/upload_file:"),
    Screen("review", N_("Review"), N_("Review"), ":material/fact_check:"),
    Screen("audience", N_("Review"), N_("Audience"), ":material/groups:"),
    Screen("learning", N_("Review"), N_("Learning"), ":material/school:"),
    Screen("report", N_("Share"), N_("Report"), ":material/ios_share:"),
    Screen("settings", N_("Share"), N_("Settings"), ":material/settings:"),
)


def navigation(words: Words) -> StreamlitPage:
    """Draw the top navigation with the screens that exist; returns the one that was asked for."""
    # Before the navigation: else the browser asks a foreign host for the screen's icon as favicon.
    st.set_page_config(page_icon=str(ICON), layout="wide", initial_sidebar_state="collapsed")
    groups: dict[str, list[StreamlitPage]] = {}
    for screen in SCREENS:
        if screen.path.is_file():
            groups.setdefault(words.say(screen.group), []).append(_page(screen, words))
    groups[""].append(st.Page(_home, title=PRODUCT, url_path=SCREENS[0].name, visibility="hidden"))
    chosen = st.navigation(groups, position="top")
    st.set_page_config(f"{chosen.title} · {PRODUCT}")
    return chosen


def _page(screen: Screen, words: Words) -> StreamlitPage:
    first = screen is SCREENS[0]
    title = words.say(screen.title)
    return st.Page(screen.path, title=title, icon=screen.icon, url_path=ROOT if first else screen.name, default=first)


def _home() -> None:
    """The first screen lives at `/`; its own name leads there too."""
    st.switch_page(SCREENS[0].path)
