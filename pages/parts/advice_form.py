"""The question to the advice: what counts, how much money, and the limits; every input has a good default."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from budget.ahead import Ahead
from budget.forecast import Forecast, Missing
from budget.money import major, micros
from budget.plan import StoredPlan
from budget.present.advice_words import AIM_NAMES, MEASURE_NAMES
from budget.present.numbers import UNKNOWN
from budget.present.vocabulary import COMMITMENTS, PLATFORMS
from budget.question import (
    AIMS,
    MEASURES,
    MOST_MOVE,
    NO_LIMIT,
    PROBABILITY,
    Aim,
    LineRule,
    Measure,
    PlatformRule,
    Question,
    usual_locks,
)
from pages.parts import results, whatif
from pages.parts.app import App
from pages.parts.choice import choose, own_key

EXTRA_SHARE, TARGET_FACTOR = 0.1, 1.1
SURE = (0.5, 0.6, 0.7, 0.8, 0.9)
WIDE = 240


def question(app: App, plan: StoredPlan, ahead: Ahead, found: Forecast, names: Mapping[str, str]) -> Question:
    """The inputs in one wrapping row, the limits by line and by platform folded below."""
    mark = f"{plan.plan_id}_{plan.version}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        labels = {aim: app.say(AIM_NAMES[aim]) for aim in AIMS}
        aim: Aim = st.segmented_control(
            app.say("Goal"), AIMS, default=AIMS[0], format_func=labels.__getitem__, key="advice_aim", required=True,
            persist_state="session",
        )  # fmt: skip
        today = int(ahead.today_micros.sum())
        budget, target, measure, sure = None, 0.0, MEASURES[0], PROBABILITY
        if aim == "target":
            measure, target, sure = _target(app, plan, ahead, found, mark)
        elif aim == "increment":
            label = app.say("Extra money, {currency}", currency=app.numbers.currency)
            extra = _number(app, label, _round(major(today) * EXTRA_SHARE), f"advice_extra_{mark}",
                            app.say("Beside what is planned; no week gets less than today."))  # fmt: skip
            budget = today + micros(extra)
        else:
            label = app.say("Budget, {currency}", currency=app.numbers.currency)
            asked = whatif.asked_budget(plan)
            usual_money = round(major(asked or today), 2)
            typed = _number(app, label, usual_money, f"advice_budget_{mark}" + (f"_{asked}" if asked else ""),
                            app.say("For the weeks to come, all lines together."))  # fmt: skip
            budget = None if micros(typed) == micros(round(major(today), 2)) else micros(typed)
        usual = NO_LIMIT if aim == "target" else MOST_MOVE
        move = st.number_input(
            app.say("Largest move a week, %"), 1, 100, round(usual * 100), step=5, key=f"advice_move_{aim == 'target'}",
            help=app.say("How far a week may leave today's plan; 100 is no limit. Large jumps make platforms learn "
                         "anew."), width=WIDE, persist_state="session",
        )  # fmt: skip
    with st.expander(app.say("Limits by line"), icon=":material/tune:"):
        locked, rules = _limits(app, plan, ahead, names, mark)
        platforms = _platforms(app, ahead, mark)
        step = st.number_input(
            app.say("Step, {currency}", currency=app.numbers.currency), 0, 100_000, 0, key="advice_step",
            help=app.say("Weeks are whole multiples of it; 0 is to the cent."), width=WIDE, persist_state="session",
        )  # fmt: skip
    return Question(
        app.today, aim, budget, target, sure, max_move=move / 100, step_micros=micros(step), locked=locked, rules=rules,
        measure=measure, platforms=platforms,
    )  # fmt: skip


def _target(app: App, plan: StoredPlan, ahead: Ahead, found: Forecast, mark: str) -> tuple[Measure, float, float]:
    """What is to be reached, how much of it, and how surely."""
    place = st.container(width=WIDE)
    names = {measure: app.say(MEASURE_NAMES[measure]) for measure in MEASURES}
    measure = choose(app, place, app.say("What budget for"), MEASURES, key="advice_measure", shown=names.__getitem__)
    help_text = app.say("From the first week to come on. Conversions as platforms claim them; revenue net and caused "
                        "by ads; profit before the team.")  # fmt: skip
    key = f"advice_target_{mark}" if measure == "conversions" else f"advice_target_{measure}_{mark}"
    label = app.say("At least") if measure == "conversions" else app.say("At least, {currency}",
                                                                       currency=app.numbers.currency)  # fmt: skip
    target = _number(app, label, _usual_target(app, plan, ahead, found, measure), key, help_text)
    shown = {sure: app.say("{n} of 10 outcomes", n=str(round(sure * 10))) for sure in SURE}
    sure = choose(app, st.container(width=WIDE), app.say("How sure"), SURE, key="advice_sure",
                  shown=shown.__getitem__, usual=PROBABILITY)  # fmt: skip
    return measure, target, sure


def _usual_target(app: App, plan: StoredPlan, ahead: Ahead, found: Forecast, measure: Measure) -> float:
    """A little more than the weeks to come bring as planned; of profit, which cannot grow at will, half of it."""
    if measure == "conversions":
        return _round(expected(found, ahead) * TARGET_FACTOR)
    budgets = results.budgets(app, plan, Question(app.today))
    points = () if isinstance(budgets, Missing) else budgets.points
    keep = next((point for point in points if point.share == 0), None)
    if keep is None:
        return 0.0
    return _round(keep.revenue.mid * TARGET_FACTOR if measure == "revenue" else max(keep.profit.mid / 2, 0.0))


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
) -> tuple[tuple[str, ...], tuple[LineRule, ...]]:
    """Lines that stay, and least and most of each line."""
    locks = usual_locks(plan, ahead.running)
    st.caption(app.say("A line that stays keeps its weeks as planned: committed lines do, where enough others can "
                       "move. When money is cut, optional lines give first, then forecast ones. At least and at most "
                       "hold for all weeks to come together; empty is no limit. No week goes beyond twice the largest "
                       "one so far"))  # fmt: skip
    base = _frame(app, plan, ahead, names, locks)
    typed = st.data_editor(
        base, key=own_key(app, f"advice_limits_{mark}_{len(ahead.weeks)}"), disabled=["line", "status", "today"],
        hide_index=True, row_height=34, column_config=_columns(app), alt=app.say("Limits by line"), placeholder=UNKNOWN,
    )  # fmt: skip
    rows = {str(key): row for key, row in zip(typed.index, typed.to_dict("records"), strict=True)}
    rules = tuple(
        LineRule(key, _micros(row["low"]), _micros(row["high"])) for key, row in rows.items() if _limited(row)
    )
    return tuple(key for key, row in rows.items() if row["stays"]), rules


def _platforms(app: App, ahead: Ahead, mark: str) -> tuple[PlatformRule, ...]:
    """Least and most of all lines of a platform together."""
    money: dict[str, int] = {}
    for line, row in zip(ahead.channels.lines, ahead.today_micros, strict=True):
        if line.line_key in ahead.running:
            money[line.platform] = money.get(line.platform, 0) + int(row.sum())
    names = [app.say(PLATFORMS.get(platform, platform)) for platform in money]
    frame = pd.DataFrame({"key": list(money), "line": names, "today": [major(x) for x in money.values()]})
    base = frame.assign(low=float("nan"), high=float("nan")).set_index("key")
    columns = _columns(app)
    columns = {"line": st.column_config.TextColumn(app.say("Platform"), pinned=True, width=170)} | {
        key: columns[key] for key in ("today", "low", "high")
    }
    typed = st.data_editor(
        base, key=own_key(app, f"advice_platforms_{mark}_{len(ahead.weeks)}"), disabled=["line", "today"],
        hide_index=True, row_height=34, column_config=columns, alt=app.say("Limits by platform"), placeholder=UNKNOWN,
    )  # fmt: skip
    rows = zip(typed.index, typed.to_dict("records"), strict=True)
    return tuple(
        PlatformRule(str(key), _micros(row["low"]), _micros(row["high"])) for key, row in rows if _limited(row)
    )


def _limited(row: Mapping[Hashable, Any]) -> bool:
    return not (pd.isna(row["low"]) and pd.isna(row["high"]))


def _micros(amount: float | None) -> int | None:
    return None if amount is None or pd.isna(amount) else micros(round(float(amount), 2))


def _frame(app: App, plan: StoredPlan, ahead: Ahead, names: Mapping[str, str], locks: tuple[str, ...]) -> pd.DataFrame:
    money = {
        line.line_key: major(int(row.sum()))
        for line, row in zip(ahead.channels.lines, ahead.today_micros, strict=True)
        if line.line_key in ahead.running
    }
    rows = [
        {
            "key": key,
            "line": names[key],
            "status": app.say(COMMITMENTS[plan.line(key).commitment]),
            "today": amount,
            "stays": key in locks,
            "low": None,
            "high": None,
        }
        for key, amount in money.items()
    ]
    frame = pd.DataFrame(rows, columns=["key", "line", "status", "today", "stays", "low", "high"])
    return frame.astype({"low": "float64", "high": "float64"}).set_index("key")


def _columns(app: App) -> dict[str, Any]:
    column, write = st.column_config, app.numbers.grid_format(0)
    return {
        "line": column.TextColumn(app.say("Line"), pinned=True, width=170),
        "status": column.TextColumn(app.say("Status"), width=100),
        "today": column.NumberColumn(app.say("Today"), format=write),
        "stays": column.CheckboxColumn(app.say("Stays")),
        "low": column.NumberColumn(app.say("At least"), min_value=0, format=write),
        "high": column.NumberColumn(app.say("At most"), min_value=0, format=write),
    }
