"""An editable table that loses nothing: it is fed a constant base, and its edits are read on top of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from budget.plan import StoredPlan
from pages.parts.app import App


@dataclass(frozen=True)
class Base:
    """The frame that an editor is fed, and the widget key that belongs to it."""

    frame: pd.DataFrame
    key: str


def base_for(name: str, app: App, plan: StoredPlan, fresh: Callable[[], pd.DataFrame]) -> Base:
    """The editor's base: kept while only the editor itself changes the plan, else made anew by `fresh`.

    A new one is also due after the screen was left, when the browser has forgotten the edits on top of the old one,
    and in another language.
    """
    known = _slot(name, plan)
    shown = known and known["version"] == plan.version and known["lang"] == app.lang
    if not known or not shown or known["key"] not in st.session_state:
        generation = known["generation"] + 1 if known else 0
        key = f"{name}_{plan.plan_id}_{generation}"
        known = {"frame": fresh(), "generation": generation, "key": key, "lang": app.lang}
        st.session_state[_name(name, plan)] = known | {"version": plan.version, "plan": plan}
    return Base(known["frame"], known["key"])


def keep(name: str, plan: StoredPlan) -> None:
    """Say that the plan as it is now is what the editor shows already."""
    if known := _slot(name, plan):
        known |= {"version": plan.version, "plan": plan}


def is_behind(name: str, plan: StoredPlan) -> bool:
    """Whether the plan was changed elsewhere since the editor last showed it."""
    known = _slot(name, plan)
    return known is not None and known["version"] != plan.version


def typed(name: str, plan: StoredPlan) -> tuple[StoredPlan, list[dict[str, Any]]] | None:
    """The plan as the editor last showed it, and its rows with all that was typed since; None without an editor."""
    known = _slot(name, plan)
    if not known or known["key"] not in st.session_state:
        return None
    return known["plan"], _edited_rows(known["frame"], st.session_state[known["key"]])


def _edited_rows(frame: pd.DataFrame, state: Any) -> list[dict[str, Any]]:
    """The rows of the frame with the edits of an editor's state, as the editor itself would give them."""
    rows: list[dict[str, Any]] = [
        {str(name): cell for name, cell in row.items()} for row in frame.reset_index().to_dict("records")
    ]
    for place, cells in state.get("edited_rows", {}).items():
        if int(place) < len(rows):
            rows[int(place)] |= cells
    gone = {int(place) for place in state.get("deleted_rows", [])}
    return [row for place, row in enumerate(rows) if place not in gone] + list(state.get("added_rows", []))


def _name(name: str, plan: StoredPlan) -> str:
    return f"_base_{name}_{plan.plan_id}"


def _slot(name: str, plan: StoredPlan) -> dict[str, Any] | None:
    found: dict[str, Any] | None = st.session_state.get(_name(name, plan))
    return found
