"""Learning: what the plan assumed, what the data say, and how good the forecasts were."""

import streamlit as st

from budget.evidence import Evidence
from budget.forecast import Missing
from budget.plan import StoredPlan
from budget.present import evidence_words
from budget.present.plan_words import plan_sentence
from budget.present.vocabulary import line_names
from pages.parts import (
    findings,
    frame,
    learning_curve,
    learning_lines,
    learning_record,
    learning_sales,
    learning_tests,
    results,
    states,
)

app = frame.enter()
states.main_or_stop(app)
plan: StoredPlan = app.locked or states.main_or_stop(app)
names = line_names(app.words, plan)


def heading(of: Evidence) -> None:
    """How much is the firm's own by now."""
    weeks = app.count("after {n} full week of data", "after {n} full weeks of data", len(of.weeks))
    caption = app.say("Learning · {name} · {weeks} · what the plan assumed, and what the data say", name=plan.name,
                      weeks=weeks)  # fmt: skip
    frame.title(app, evidence_words.of_evidence(app.words, app.numbers, of), caption)


def missing(lacking: Missing) -> None:
    """The plan lacks what learning starts from."""
    frame.title(app, app.say("Nothing to learn from yet"), app.say("Learning · what is still missing"))
    findings.listed(app, lacking.findings, lambda f: plan_sentence(f, app.words, app.numbers, names))
    st.page_link("pages/plan.py", label=app.say("Go to the plan"), icon=":material/arrow_forward:")
    st.page_link("pages/business.py", label=app.say("Go to the business"), icon=":material/arrow_forward:")


def empty() -> None:
    """Nothing uploaded yet."""
    states.nothing_yet(
        app,
        app.say("Nothing learned yet: the plan's figures are assumptions"),
        app.say("Once exports are uploaded, this screen sets your own prices and rates beside the assumed ones, "
                "shows how far each line's curve was observed, and keeps score of the forecasts."),
        "pages/upload.py",
        app.say("Upload exports"),
    )  # fmt: skip


def lines(of: Evidence) -> None:
    """Assumed beside learned, the curve, drift."""
    left, right = st.columns([7, 5], gap="medium")
    with left:
        learning_lines.figures(app, of, names)
    with right:
        learning_lines.shares_of_lines(app, of, names)
    left, right = st.columns([7, 5], gap="medium")
    with left:
        learning_curve.response(app, of, names)
    with right:
        learning_curve.drift(app, of, names)


found = results.learned(app, plan)
if isinstance(found, Missing):
    missing(found)
elif results.actuals(app, plan).is_empty:
    empty()
else:
    heading(found)
    lines(found)
    learning_record.record(app, plan, results.record(app, plan))
    learning_sales.sales_section(app, plan)
    learning_tests.tests_section(app, plan)
