"""Report: the week or the month to pass on, as a workbook, as slides, and as a few sentences for an e-mail."""

import streamlit as st

from budget.forecast import Missing
from budget.pack import KINDS, Kind, Pack
from budget.plan import StoredPlan
from budget.present.escape import esc
from budget.present.numbers import numbers_for
from budget.present.pack_words import CONTENTS, NAMES, heading, pack_name
from budget.present.summary_words import mail_text
from budget.present.words import LANGUAGES, words_for
from budget.reports.csv_file import file_name
from budget.reports.deck import deck
from budget.reports.pack_book import owner_workbook, weekly_workbook
from budget.spans import name_of
from budget.weeks import Period
from pages.parts import frame, pack, results, review_span, states

WIDTH = 720
LANGUAGE_WIDTH = 200
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

app = frame.enter()
states.main_or_stop(app)
plan: StoredPlan = app.locked or states.main_or_stop(app)


def choices() -> tuple[Kind, Period | None, str]:
    """Which pack, of which days, in which language."""
    names = {kind: app.say(NAMES[kind]) for kind in KINDS}
    with st.container(horizontal=True, vertical_alignment="top"):
        kind: Kind = st.segmented_control(
            app.say("Pack"), KINDS, default=KINDS[0], key="report_kind", format_func=names.__getitem__, required=True,
            persist_state="session",
        )  # fmt: skip
        lang = st.selectbox(
            app.say("Language of the files"), list(LANGUAGES), list(LANGUAGES).index(app.lang),
            key=f"report_lang_{app.lang}", format_func=LANGUAGES.__getitem__, width=LANGUAGE_WIDTH,
        )  # fmt: skip
    closed = {name_of(Period(one.start_date, one.end_date)) for one in app.store.closings(plan.workspace_id)}
    span = review_span.pick(app, plan.period, results.trust(app, plan), closed)
    return kind, span, lang


def inside(kind: Kind) -> None:
    """What the files hold, page by page."""
    with st.container(gap="xxsmall"):
        st.header(app.say("What is inside"), anchor=False)
        st.caption(app.say("Slides with their sources in the notes; a workbook with live formulas and a dictionary"))
    with st.grid(2, min_column_width=250, gap="small"):
        for icon, text in CONTENTS[kind]:
            with st.container(border=True):
                st.markdown(f":gray[:material/{icon}:] {esc(app.say(text))}")


def downloads(found: Pack, lang: str) -> None:
    """The files, made when they are asked for."""
    words, numbers = words_for(lang), numbers_for(lang, found.plan.currency)
    days = name_of(found.span) if found.span else found.today.isoformat()
    name = ("payoff", found.firm, found.kind, days, lang)
    book = weekly_workbook if found.kind == "weekly" else owner_workbook
    with st.container(gap="xxsmall"):
        st.header(app.say("Take it along"), anchor=False)
        st.caption(app.say("Figures as on the screens today; a file takes a few seconds to make"))
    with st.container(horizontal=True):
        st.download_button(
            app.say("Download the slides"), lambda: deck(found, words), file_name(*name, ending="pptx"), PPTX,
            on_click="ignore", key="go_report_pptx", icon=":material/co_present:", type="primary",
        )  # fmt: skip
        st.download_button(
            app.say("Download the workbook"), lambda: book(found, words, numbers), file_name(*name, ending="xlsx"),
            XLSX, on_click="ignore", key="report_xlsx", icon=":material/table_view:",
        )  # fmt: skip


def mail(found: Pack, lang: str) -> None:
    """The summary, to copy with one press."""
    with st.container(gap="xxsmall"):
        st.header(app.say("For an e-mail"), anchor=False)
        st.caption(app.say("Made of the figures above and nothing else. Copy it with the sign at its upper right"))
    text = mail_text(words_for(lang), numbers_for(lang, found.plan.currency), found)
    st.code(text, language=None, wrap_lines=True)


def nothing() -> None:
    """No forecast and no upload: there is nothing to pass on."""
    states.nothing_yet(
        app,
        app.say("Nothing to pass on yet"),
        app.say("A pack needs a plan that can be computed. Complete the plan first."),
        "pages/plan.py",
        app.say("Go to the plan"),
    )


def show() -> None:
    """Title, choices, contents, files, text; the title is filled last."""
    with st.container(width=WIDTH):
        top = st.container()
        kind, span, lang = choices()
        with st.spinner(app.say("Gathering the figures …"), show_time=False):
            found = pack.packed(app, plan, kind, span)
        with top:
            finding = app.say("{pack} of {firm}, ready to pass on", pack=pack_name(app.words, kind), firm=found.firm)
            frame.title(app, finding, app.say("Report · {what}", what=heading(app.words, app.numbers, found)))
        if kind == "weekly" and found.review is None:
            st.write(app.say("Nothing was uploaded for these days, so the pack says only what is planned."))
            st.page_link("pages/upload.py", label=app.say("Upload exports"), icon=":material/arrow_forward:")
        downloads(found, lang)
        inside(kind)
        mail(found, lang)


if isinstance(results.forecasted(app, plan), Missing) and results.reviewed(app, plan) is None:
    nothing()
else:
    show()
