"""Is the money going out as planned, in all and on each platform, and what to type into each platform today."""

from collections.abc import Sequence

import streamlit as st

from budget.money import MICROS
from budget.pacing import Pacing
from budget.plan import StoredPlan
from budget.platform_pacing import MOST_MOVE, PlatformPace
from budget.present.charts.pacing import funnel, pacing
from budget.present.escape import esc
from budget.present.numbers import numbers_for
from budget.present.vocabulary import PLATFORMS
from budget.reports.csv_file import amount
from pages.parts import findings, results
from pages.parts.app import App
from pages.parts.review_looks import Looks
from pages.parts.screen import chart


def show(app: App, of: Looks) -> None:
    """The whole plan's pace, whatever span is looked at; nothing before a full day."""
    if of.paced is None:
        return
    finding = headline(app, of.paced)
    unit = app.numbers.unit((of.paced.budget_micros / MICROS,))
    early = _early_days(of, of.paced)
    with st.container(gap="xxsmall"):
        st.header(finding, anchor=False)
        st.caption(app.say("Cumulative spend, {unit}. Dashes: plan; blue band: 8 of 10 outcomes", unit=unit.name))
    paced, days = of.paced.pace, of.paced.days
    chart(app, pacing(days, paced, of.paced.days_done, app.numbers, app.words, unit, early), finding, key="pace")
    st.caption(app.say("The same, as % above or below plan. Ochre: allowed, narrowing from 25% to 1%"))
    chart(app, funnel(days, paced, of.paced.days_done, app.numbers, app.words, early=early), finding, key="pace_band")
    for note in _notes(app, of, of.paced, early):
        st.caption(esc(note))
    _platforms(app, of.now, of.paced, results.platforms_paced(app, of.now))


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


def _notes(app: App, of: Looks, paced: Pacing, early: int) -> list[str]:
    said = []
    if early:
        said.append(app.say("Pale: days whose conversions still arrive. Their spend is complete."))
    if of.span is not None:
        said.append(app.say("The pace is that of the whole plan, to the last day of data."))
    if of.now.budget_micros != of.plan.budget_micros:
        facts = {"own": app.numbers.money(of.now.budget_micros), "base": app.numbers.money(of.plan.budget_micros)}
        said.append(app.say("Held against the working plan of {own}; the baseline has {base}.", **facts))
    return said


def _platforms(app: App, plan: StoredPlan, of: Pacing, rows: Sequence[PlatformPace]) -> None:
    """A row a platform and one for all: the sums of the rows are those of the plan."""
    if not rows:
        return
    numbers = app.numbers
    with st.container(gap="xxsmall"):
        st.subheader(app.say("What to spend a day on each platform"), anchor=False)
        st.caption(app.say("{currency}, without VAT and fees. Needed: evenly to the end. Suggested: the coming week by "
                           "your calendar, at most {share} a day from the last week",
                           currency=plan.currency, share=numbers.percent(MOST_MOVE, 0)))  # fmt: skip
    header = [app.say("Platform"), app.say("Suggested a day"), app.say("Needed a day"), app.say("Spent"),
              app.say("Ideal"), app.say("Ends at"), app.say("Budget")]  # fmt: skip
    table = [(_name(app, row), _suggested(app, row), *_amounts(app, row)) for row in rows]
    whole = [sum(getattr(row, name) for row in rows) for name in ("ideal_micros", "projected_micros")]
    day = (sum(row.suggested_micros for row in rows), of.required_day_micros)
    sums = (numbers.whole(x / MICROS) for x in (of.spent_micros, *whole, of.budget_micros))
    findings.table(app, header, [*table, (app.say("All platforms"), *(numbers.cell(x) for x in day), *sums)])
    for row in rows if of.days_left else ():
        if not row.meets:
            st.markdown(f":orange[:material/warning:] {esc(_unmet(app, row))}")
        elif row.suggested_micros != row.wanted_micros:
            st.caption(esc(_held(app, row)))
    if of.days_left:
        with st.expander(app.say("Copy the daily budgets")):
            st.code("\n".join(f"{_name(app, row)}\t{_typed(row)}" for row in rows), language=None)


def _name(app: App, row: PlatformPace) -> str:
    return app.say(PLATFORMS.get(row.platform, row.platform))


def _amounts(app: App, row: PlatformPace) -> tuple[str, ...]:
    sums = (row.spent_micros, row.ideal_micros, row.projected_micros, row.budget_micros)
    return (app.numbers.cell(row.required_micros), *(app.numbers.whole(x / MICROS) for x in sums))


def _suggested(app: App, row: PlatformPace) -> str:
    """In the account's currency too, where that is another one."""
    own = app.numbers.cell(row.suggested_micros)
    if row.in_account is None:
        return own
    code, micros = row.in_account
    return f"{own} ({numbers_for(app.lang, code).money_exact(micros)})"


def _typed(row: PlatformPace) -> str:
    """As platforms take it: a plain decimal with its currency where that is not the plan's."""
    code, micros = row.in_account or ("", row.suggested_micros)
    return f"{amount(micros)} {code}".strip()


def _held(app: App, row: PlatformPace) -> str:
    """Why the suggestion is not the calendar's: it stays near the last week."""
    wanted, recent = app.numbers.cell(row.wanted_micros), app.numbers.cell(row.recent_micros)
    return app.say(
        "{platform}: your calendar asks for {wanted} a day. Last week had {recent}, so it moves by {share} at most.",
        platform=_name(app, row), wanted=wanted, recent=recent, share=app.numbers.percent(MOST_MOVE, 0),
    )  # fmt: skip


def _unmet(app: App, row: PlatformPace) -> str:
    facts = {"platform": _name(app, row), "left": app.numbers.money(row.budget_micros - row.spent_micros)}
    if row.budget_micros <= row.spent_micros:
        return app.say(
            "{platform} has spent its whole budget: pause it, or plan more for it.", platform=facts["platform"]
        )
    share = app.numbers.percent(MOST_MOVE, 0)
    if row.wanted_micros > row.suggested_micros or not row.wanted_micros:
        return app.say("{platform}: with moves of {share} a week at most, part of the {left} left stays unspent.",
                       share=share, **facts)  # fmt: skip
    return app.say("{platform}: even {share} less a week spends more than the {left} left.", share=share, **facts)
