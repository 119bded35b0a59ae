"""A chooser that keeps its choice when the language changes: the browser sends labels back, not codes."""

from collections.abc import Callable, Sequence
from typing import Literal, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.parts.app import App

T = TypeVar("T")


def choose(
    app: App,
    place: DeltaGenerator,
    label: str,
    options: Sequence[T],
    *,
    key: str,
    shown: Callable[[T], str],
    usual: T | None = None,
    help_text: str | None = None,
    label_visibility: Literal["visible", "collapsed"] = "visible",
    remembered: bool = True,
) -> T:
    """One of the options, at first `usual` (else the first one).

    Each language has a chooser of its own, which begins with what was chosen in the other; options that are gone give
    way to `usual`. Not `remembered`: it begins with `usual` again, for choices that are stored at once.
    """
    slot = f"_choice_{key}"
    start = usual if usual in options else options[0]
    chosen = st.session_state.get(slot, start) if remembered else start
    picked: T = place.selectbox(
        label,
        options,
        options.index(chosen if chosen in options else start),
        key=own_key(app, key),
        format_func=shown,
        help=help_text,
        label_visibility=label_visibility,
    )
    st.session_state[slot] = picked
    return picked


def own_key(app: App, key: str) -> str:
    """The widget key of this language's chooser."""
    return key if app.lang == "en" else f"{key}_{app.lang}"
