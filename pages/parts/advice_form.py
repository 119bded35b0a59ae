"""The question to the advice: what counts, how much money, and the limits; every input has a good default."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from budget.ahead import Ahead
from budget.forecast import Forecast
from budget.money import major, micros
from budget.plan import StoredPlan
from budget.present.advice_words import AIM_NAMES
from budget.present.numbers import UNKNOWN
from budget.question import AIMS, MOST_MOVE, NO_LIMIT, Aim, LineRule, Question, usual_locks
from pages.parts.app import App
from pages.parts.choice import own_key

EXTRA_SHARE, TARGET_FACTOR = 0.1, 1.1
WIDE = 240


def question(app: App, plan: StoredPlan, ahead: Ahead, found: Forecast, names: Mapping[str, str]) -> Question:
    """The inputs in one wrapping row, the limits by line folded below."""
    mark = f"{plan.plan_id}_{plan.version}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        labels = {aim: app.say(AIM_NAMES[aim]) for aim in AIMS}
        aim: Aim = st.segmented_control(
            app.say("Goal"), AIMS, default=AIMS[0], format_func=labels.__getitem__, key="advice_aim", required=True,
            persist_state="session",
        )  # fmt: skip
        today = int(ahead.today_micros.sum())
        budget, target = None, 0.0
        if aim == "target":
            target = _number(app, app.say("Conversions"), _round(expected(found, ahead) * TARGET_FACTOR),
                             f"advice_target_{mark}", app.say("From the first week to come on, as platforms claim "
                             "them; reached in 8 of 10 outcomes."))  # fmt: skip
        elif aim == "increment":
            label = app.say("Extra money, {currency}", currency=app.numbers.currency)
            extra = _number(app, label, _round(major(today) * EXTRA_SHARE), f"advice_extra_{mark}",
                            app.say("Beside what is planned; no week gets less than today."))  # fmt: skip
            budget = today + micros(extra)
        else:
            label = app.say("Budget, {currency}", currency=app.numbers.currency)
            typed = _number(app, label, round(major(today), 2), f"advice_budget_{mark}",
                            app.say("For the weeks to come, all lines together."))  # fmt: skip
            budget = None if micros(typed) == micros(round(major(today), 2)) else micros(typed)
        usual = NO_LIMIT if aim == "target" else MOST_MOVE
        move = st.number_input(
            app.say("Largest move a week, %"), 1, 100, round(usual * 100), step=5, key=f"advice_move_{aim == 'target'}",
            help=app.say("How far a week may leave today's plan; 100 is no limit. Large jumps make platforms learn "
                         "anew."), width=WIDE, persist_state="session",
        )  # fmt: skip
    locked, rules, step = _limits(app, plan, ahead, names, mark)
    return Question(
        app.today, aim, budget, target, max_move=move / 100, step_micros=step, locked=locked, rules=rules
    )  # fmt: skip


def _number(app: App, label: str, usual: float, key: str, help_text: str) -> float:
    return float(
        st.number_input(label, 0.0, 1e9, float(usual), step=100.0, format=app.numbers.input_format(0), key=key,
                        help=help_text, width=WIDE)
    )  # fmt: skip


def expected(found: Forecast, ahead: Ahead) -> float:
    """Conversions of the weeks to come, in the middle of the forecast."""
    weekly = found.fans["conversions", ""].mid
    return float(sum(x for week, x in zip(found.weeks, weekly, strict=True) if week in ahead.weeks))


def _round(amount: float) -> float:
    """Two digits that count: 12,345 is 12,000."""
    size = 10 ** max(len(str(int(amount))) - 2, 0)
    return float(round(amount / size) * size)


def _limits(
    app: App, plan: StoredPlan, ahead: Ahead, names: Mapping[str, str], mark: str
) -> tuple[tuple[str, ...], tuple[LineRule, ...], int]:
    """Lines that stay, least and most of each line, and the step."""
    locks = usual_locks(plan, ahead.running)
    with st.expander(app.say("Limits by line"), icon=":material/tune:"):
        st.caption(app.say("A line that stays keeps its weeks as planned. At least and at most hold for all weeks to "
                           "come together; empty is no limit"))  # fmt: skip
        base = _frame(ahead, names, locks)
        typed = st.data_editor(
            base, key=own_key(app, f"advice_limits_{mark}_{len(ahead.weeks)}"), disabled=["line", "today"],
            hide_index=True, row_height=34, column_config=_columns(app), alt=app.say("Limits by line"),
            placeholder=UNKNOWN,
        )  # fmt: skip
        step = st.number_input(
            app.say("Step, {currency}", currency=app.numbers.currency), 0, 100_000, 0, key="advice_step",
            help=app.say("Weeks are whole multiples of it; 0 is to the cent."), width=WIDE, persist_state="session",
        )  # fmt: skip
    rows = {str(key): row for key, row in zip(typed.index, typed.to_dict("records"), strict=True)}
    rules = tuple(
        LineRule(key, _micros(row["low"]), _micros(row["high"]))
        for key, row in rows.items()
        if not (pd.isna(row["low"]) and pd.isna(row["high"]))
    )
    return tuple(key for key, row in rows.items() if row["stays"]), rules, micros(step)


def _micros(amount: float | None) -> int | None:
    return None if amount is None or pd.isna(amount) else micros(round(float(amount), 2))


def _frame(ahead: Ahead, names: Mapping[str, str], locks: tuple[str, ...]) -> pd.DataFrame:
    money = {
        line.line_key: major(int(row.sum()))
        for line, row in zip(ahead.channels.lines, ahead.today_micros, strict=True)
        if line.line_key in ahead.running
    }
    rows = [
        {"key": key, "line": names[key], "today": amount, "stays": key in locks, "low": None, "high": None}
        for key, amount in money.items()
    ]
    frame = pd.DataFrame(rows, columns=["key", "line", "today", "stays", "low", "high"])
    return frame.astype({"low": "float64", "high": "float64"}).set_index("key")


def _columns(app: App) -> dict[str, Any]:
    column, write = st.column_config, app.numbers.grid_format(0)
    return {
        "line": column.TextColumn(app.say("Line"), pinned=True, width=170),
        "today": column.NumberColumn(app.say("Today"), format=write),
        "stays": column.CheckboxColumn(app.say("Stays")),
        "low": column.NumberColumn(app.say("At least"), min_value=0, format=write),
        "high": column.NumberColumn(app.say("At most"), min_value=0, format=write),
    }
