"""What is still missing this week, and a table to fill in for platforms that have no export."""

import streamlit as st

from budget.due import due, wanted_until
from budget.editing import PLATFORMS
from budget.plan import StoredPlan
from budget.present.escape import esc
from budget.present.vocabulary import PLATFORMS as PLATFORM_NAMES
from budget.reports.csv_file import file_name
from budget.reports.template import template
from budget.weeks import DAY, week_of
from pages.parts import results
from pages.parts.app import App


def waiting(app: App, plan: StoredPlan) -> None:
    """Platforms of the plan whose data end before the last Sunday."""
    if not wanted_until(plan, app.today):
        return
    sunday = app.numbers.date(week_of(app.today) - DAY)
    late = due(plan, results.actuals(app, plan).until, app.today)
    if not late:
        st.header(app.say("Nothing is missing"), anchor=False)
        st.caption(app.say("Every planned platform has data until {date}", date=sunday))
        return
    with st.container(gap="xxsmall"):
        st.header(app.count("{n} platform is missing", "{n} platforms are missing", len(late)), anchor=False)
        st.caption(app.say("Planned platforms without data until {date}", date=sunday))
    for one in late:
        name = app.say(PLATFORM_NAMES.get(one.platform, one.platform.title()))
        until = app.numbers.date(one.until - DAY) if one.until else ""
        said = app.say("data until {date}", date=until) if until else app.say("never uploaded")
        st.markdown(f":gray[:material/hourglass_empty:] {esc(name)} · {said}")


def by_hand(app: App, plan: StoredPlan) -> None:
    """A table for one platform; taking it remembers how it is read, so that it comes back without a question."""
    with st.expander(app.say("No export? A table to fill in"), icon=":material/table:"):
        st.caption(app.say("One row a day and campaign. Fill it in with Excel, save it as CSV, drop it here."))
        names = {key: app.say(PLATFORM_NAMES[key]) for key in PLATFORMS}
        platform = st.selectbox(
            app.say("Platform"), list(names), list(names).index("telegram"), format_func=names.__getitem__,
            key="template_platform",
        )  # fmt: skip
        st.download_button(
            app.say("Download the table"), lambda: table(app, plan, platform),
            file_name("payoff", platform, "table", ending="csv"), "text/csv", on_click="ignore", key="template",
            icon=":material/download:",
        )  # fmt: skip


def table(app: App, plan: StoredPlan, platform: str) -> bytes:
    """The empty table of a platform; from now on the firm's files with its columns are read like it."""
    made = template(platform, plan.currency, app.words)
    app.store.remember_answers(plan.workspace_id, made.signature, {"mapping": made.mapping})
    return made.data
