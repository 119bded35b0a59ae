"""Is the money going out as planned, in all and on each platform, and what to type into each platform today."""

import streamlit as st

from budget.money import MICROS
from budget.pacing import Pacing
from budget.present.charts.pacing import funnel, pacing
from budget.present.escape import esc
from budget.present.numbers import Unit
from budget.present.vocabulary import PLATFORMS
from pages.parts import results, review_platforms
from pages.parts.app import App
from pages.parts.choice import choose
from pages.parts.review_looks import Looks
from pages.parts.screen import chart

ALL = ""


def show(app: App, of: Looks) -> None:
    """The whole plan's pace, whatever span is looked at, or one platform's; nothing before a full day."""
    if of.paced is None:
        return
    rows = results.platforms_paced(app, of.now)
    place = st.container(gap="xxsmall")
    known = {row.platform: row.pacing for row in rows if row.pacing is not None}
    labels = {ALL: app.say("All platforms")} | {name: app.say(PLATFORMS.get(name, name)) for name in known}
    key = choose(app, st.container(), app.say("Platform"), list(labels), key="pace_platform",
                 shown=labels.__getitem__, label_visibility="collapsed")  # fmt: skip
    shown = known.get(key, of.paced)
    finding, unit = headline(app, shown), app.numbers.unit((shown.budget_micros / MICROS,))
    with place:
        st.header(finding, anchor=False)
        st.caption(app.say("Cumulative spend, {unit}. Dashes: plan; blue band: 8 of 10 outcomes", unit=unit.name))
    _charts(app, shown, finding, unit, _early_days(of, shown))
    for note in _notes(app, of, _early_days(of, shown)):
        st.caption(esc(note))
    review_platforms.show(app, of.now, of.paced, rows)


def _charts(app: App, of: Pacing, finding: str, unit: Unit, early: int) -> None:
    done = of.days_done
    chart(app, pacing(of.days, of.pace, done, app.numbers, app.words, unit, early), finding, key="pace")
    st.caption(app.say("The same, as % above or below plan. Ochre: allowed, narrowing from 25% to 1%"))
    chart(app, funnel(of.days, of.pace, done, app.numbers, app.words, early=early), finding, key="pace_band")


def headline(app: App, of: Pacing) -> str:
    """Where spending ends and what a day would meet the budget."""
    if not of.days_left:
        return app.say("The plan has ended")
    shift = of.pace.projected / (of.budget_micros / MICROS) - 1
    facts = {"share": app.numbers.percent(abs(shift)), "day": app.numbers.money_of(of.pace.required_day)}
    if of.pace.state == "on":
        return app.say("Spending is on plan; {day} a day meets the budget", day=facts["day"])
    over = app.say("Spending will end {share} over budget; {day} a day would meet it", **facts)
    under = app.say("Spending will end {share} under budget; {day} a day would meet it", **facts)
    return over if shift > 0 else under


def _early_days(of: Looks, paced: Pacing) -> int:
    first = of.early.first_day
    return sum(1 for day in paced.days[: paced.days_done] if first is not None and day >= first)


def _notes(app: App, of: Looks, early: int) -> list[str]:
    said = []
    if early:
        said.append(app.say("Pale: days whose conversions still arrive. Their spend is complete."))
    if of.span is not None:
        said.append(app.say("The pace is that of the whole plan, to the last day of data."))
    if of.now.budget_micros != of.plan.budget_micros:
        facts = {"own": app.numbers.money(of.now.budget_micros), "base": app.numbers.money(of.plan.budget_micros)}
        said.append(app.say("Held against the working plan of {own}; the baseline has {base}.", **facts))
    return said
