"""What to type into each platform today: a row a platform, one for all, and the amounts to copy."""

from collections.abc import Sequence

import streamlit as st

from budget.money import MICROS
from budget.pacing import Pacing
from budget.plan import StoredPlan
from budget.platform_pacing import MOST_MOVE, PlatformPace
from budget.present.escape import esc
from budget.present.numbers import numbers_for
from budget.present.vocabulary import PLATFORMS
from budget.reports.csv_file import amount
from pages.parts import findings
from pages.parts.app import App


def show(app: App, plan: StoredPlan, of: Pacing, rows: Sequence[PlatformPace]) -> None:
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
