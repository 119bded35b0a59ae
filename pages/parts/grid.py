"""An editable table that loses nothing: it is fed a constant base, and its edits are read on top of it."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from budget.plan import StoredPlan


@dataclass
class Base:
    """The frame that an editor was fed, the plan version that it shows, and how often it was made anew."""

    frame: pd.DataFrame
    version: int
    generation: int


def base_for(name: str, plan: StoredPlan, fresh: pd.DataFrame) -> Base:
    """The editor's base: kept while only the editor itself changes the plan, made anew from `fresh` when others did."""
    slot = f"_base_{name}_{plan.plan_id}"
    known: dict[str, Any] | None = st.session_state.get(slot)
    if known is None or known["version"] != plan.version:
        generation = known["generation"] + 1 if known else 0
        known = {"frame": fresh, "version": plan.version, "generation": generation}
        st.session_state[slot] = known
    return Base(known["frame"], known["version"], known["generation"])


def keep(name: str, plan: StoredPlan) -> None:
    """Say that the plan's present version is what the editor shows already."""
    slot = f"_base_{name}_{plan.plan_id}"
    if slot in st.session_state:
        st.session_state[slot]["version"] = plan.version


def editor_key(name: str, plan: StoredPlan, base: Base) -> str:
    """The widget key of this base's editor."""
    return f"{name}_{plan.plan_id}_{base.generation}"
