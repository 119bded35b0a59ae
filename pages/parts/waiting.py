"""What is still missing this week and where to get it; a table to fill in for platforms that have no export."""

import streamlit as st

from budget.due import DATASETS, Due, due, wanted_until
from budget.editing import PLATFORMS
from budget.plan import StoredPlan
from budget.present.escape import esc
from budget.present.export_words import BY_HAND, HOW
from budget.present.export_words import DATASETS as DATASET_WORDS
from budget.present.vocabulary import PLATFORMS as PLATFORM_NAMES
from budget.reports.csv_file import file_name
from budget.reports.fill_in import fill_in
from budget.reports.template import template
from budget.weeks import DAY, week_of
from pages.parts import results
from pages.parts.app import App

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def waiting(app: App, plan: StoredPlan) -> None:
    """Platforms of the plan and of earlier uploads whose data end before the last Sunday, then what else could come."""
    covered = results.covered(app, plan)
    late = due(plan, results.actuals(app, plan).until, app.today, covered.gaps)
    if not (late or wanted_until(plan, app.today)):
        return
    sunday = app.numbers.date(week_of(app.today) - DAY)
    if late:
        with st.container(gap="xxsmall"):
            st.header(app.count("{n} platform is missing", "{n} platforms are missing", len(late)), anchor=False)
            st.caption(app.say("Planned or uploaded before, without data until {date}", date=sunday))
        for one in late:
            _late(app, one)
    else:
        with st.container(gap="xxsmall"):
            st.header(app.say("Nothing is missing"), anchor=False)
            st.caption(app.say("Every planned platform has data until {date}", date=sunday))
    _others(app, covered.datasets)


def _late(app: App, one: Due) -> None:
    """One platform: its last day, the days to export, where to click."""
    name = app.say(PLATFORM_NAMES.get(one.platform, one.platform.title()))
    until = app.numbers.date(one.until - DAY) if one.until else ""
    said = app.say("data until {date}", date=until) if until else app.say("never uploaded")
    with st.container(gap="xxsmall"):
        st.markdown(f":gray[:material/hourglass_empty:] {esc(name)} · {said}")
        parts = [app.say(HOW.get(one.platform, BY_HAND))]
        if one.missing and one.missing.days:
            days = app.count("{n} day", "{n} days", one.missing.days)
            facts = {"period": app.numbers.period(one.missing.start, one.missing.end), "days": days}
            parts.insert(0, app.say("Export {period} ({days}).", **facts))
        if one.gaps:
            parts.append(
                app.count("Before that, {n} day has no rows.", "Before that, {n} days have no rows.", one.gaps)
            )
        st.caption(esc(" ".join(parts)))


def _others(app: App, uploaded: frozenset[str]) -> None:
    """Web analytics, orders and page insights: never asked for, said how to get."""
    lacking, none = [name for name in DATASETS if name not in uploaded], app.say("not in your exports")
    if not lacking:
        return
    with st.expander(app.say("Optional: what else helps"), icon=":material/lightbulb:"):
        for name in lacking:
            called, how = DATASET_WORDS[name]
            with st.container(gap="xxsmall"):
                st.markdown(f"{app.say(called)} · {none}")
                st.caption(esc(app.say(how)))


def by_hand(app: App, plan: StoredPlan) -> None:
    """Tables to fill in, both read back without a question: a workbook for all platforms, a plain CSV for one."""
    with st.expander(app.say("No export? A table to fill in"), icon=":material/table:"):
        st.caption(
            app.say("One row a day and campaign, all platforms in one workbook. Fill it in, save it, drop it here.")
        )
        st.download_button(
            app.say("Download the Excel table"), lambda: fill_in(plan.currency, app.words),
            file_name("payoff", "table", ending="xlsx"), XLSX, on_click="ignore", key="fill_in",
            icon=":material/download:",
        )  # fmt: skip
        st.caption(app.say("Without Excel: a CSV for one platform."))
        names = {key: app.say(PLATFORM_NAMES[key]) for key in PLATFORMS}
        platform = st.selectbox(
            app.say("Platform"), list(names), list(names).index("telegram"), format_func=names.__getitem__,
            key="template_platform",
        )  # fmt: skip
        st.download_button(
            app.say("Download the CSV"), lambda: table(app, plan, platform),
            file_name("payoff", platform, "table", ending="csv"), "text/csv", on_click="ignore", key="template",
            icon=":material/download:",
        )  # fmt: skip


def table(app: App, plan: StoredPlan, platform: str) -> bytes:
    """The empty table of a platform; from now on the firm's files with its columns are read like it."""
    made = template(platform, plan.currency, app.words)
    app.store.remember_answers(plan.workspace_id, made.signature, {"mapping": made.mapping})
    return made.data
