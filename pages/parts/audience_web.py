"""Visits that networks and others send: landing pages by source, who leaves at once, who converts."""

import streamlit as st

from budget.audience_desk import Audience
from budget.audience_goals import Goal, goal_of, passed
from budget.audience_kpis import ALL
from budget.audience_web import Landing
from budget.plan import StoredPlan
from budget.present import audience_words
from budget.present.escape import esc
from pages.parts import audience_missing, findings
from pages.parts.app import App

MOST = 12


def landings(app: App, plan: StoredPlan, found: Audience, network: str) -> None:
    """Most visited first; a bounce rate beyond the line is marked in words."""
    rows = [row for row in found.web.landings if network in (ALL, row.network)]
    finding = audience_words.of_landing(app.words, app.numbers, rows)
    with st.container(gap="xxsmall"):
        st.header(esc(finding), anchor=False)
        st.caption(app.say("Sessions of these weeks by landing page and source. Bounce = 1 − engaged sessions ÷ "
                           "sessions; conversion = key events ÷ sessions"))  # fmt: skip
    if not rows:
        missing = "sources" if found.web.has_sessions else "web"
        audience_missing.block(app, missing, ())
        return
    line = goal_of(plan, "bounce_rate", "alert", network)
    header = [app.say("Landing page"), app.say("Source"), app.say("Sessions"), app.say("Bounce rate"),
              app.say("Conversion")]  # fmt: skip
    findings.table(app, header, [_row(app, row, line) for row in rows[:MOST]])
    if len(rows) > MOST:
        with st.expander(app.say("Show the numbers")):
            findings.table(app, header, [_row(app, row, line) for row in rows])


def _row(app: App, row: Landing, line: Goal | None) -> tuple[str, ...]:
    source = row.source or "–"
    return row.page or "–", source, app.numbers.whole(row.sessions), _bounce(app, row, line), _conversion(app, row)


def _bounce(app: App, row: Landing, line: Goal | None) -> str:
    bounce = row.bounce
    if bounce is None:
        return "–"
    text = app.numbers.percent(bounce.value, 0)
    if bounce.is_few:
        return audience_words.span(app.numbers, "bounce_rate", bounce)
    return app.say("{share}, over the line", share=text) if passed("bounce_rate", bounce.value, line) else text


def _conversion(app: App, row: Landing) -> str:
    conversion = row.conversion
    if conversion is None:
        return "–"
    if not conversion.is_few:
        return app.numbers.percent(conversion.value)
    return audience_words.span(app.numbers, "engagement_rate", conversion)
