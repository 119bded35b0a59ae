"""The forecast record on the Learning screen: what the ranges promised beside what fell into them."""

import streamlit as st

from budget.plan import StoredPlan
from budget.present import record_words
from budget.present.charts.shares import Share, shares
from budget.present.escape import esc
from budget.record import LEVELS, Coverage, MetricRecord, Record
from pages.parts import findings, learning_keep
from pages.parts.app import App
from pages.parts.screen import chart


def record(app: App, plan: StoredPlan, found: Record) -> None:
    """Coverage as bars beside their promise and the lean of each measure; by weeks ahead; keeping one more."""
    left, right = st.columns([7, 5], gap="medium")
    with left:
        _coverage(app, found)
    if found.judged:
        with right:
            _lean(app, found)
        left, right = st.columns([7, 5], gap="medium")
        with left:
            _horizons(app, found)
    with right:
        learning_keep.keep_section(app, plan)


def _coverage(app: App, found: Record) -> None:
    finding = record_words.of_record(app.words, app.numbers, found)
    with st.container(gap="xxsmall"):
        st.header(esc(finding), anchor=False)
        kept = app.count("{n} kept forecast", "{n} kept forecasts", found.forecasts)
        judged = app.count("{n} week of a line judged", "{n} weeks of lines judged", found.judged)
        text = app.say("{kept}, {judged}: each by the last forecast before its data", kept=kept, judged=judged)
        st.caption(text)
    if not found.judged:
        st.write(app.say("Each forecast is kept. The next uploads show how good it was."))
        return
    rows = [_row(app, found.levels[level]) for level in LEVELS]
    chart(app, shares(rows, app.numbers), finding, key="learning_record")
    st.caption(app.say("Share of results inside the range. Tick: what the range promised"))


def _horizons(app: App, found: Record) -> None:
    """How good forecasts were by how far ahead they were made."""
    with st.container(gap="xxsmall"):
        st.header(app.say("How far ahead they held"), anchor=False)
        st.caption(app.say("Weeks from the last data to the week foretold, and the share of results inside each range. "
                           "Distance: of results from the forecast, as a share of it (CRPS)"))  # fmt: skip
    with st.container(gap="xxsmall"):
        for of in found.by_horizon:
            st.markdown(esc(record_words.horizon_sentence(app.words, app.numbers, of)))
    header = [app.say("Weeks ahead"), *[app.numbers.percent(level, 0) for level in LEVELS], app.say("Lean"),
              app.say("Distance")]  # fmt: skip
    rows = [record_words.horizon_row(app.words, app.numbers, of) for of in found.by_horizon]
    findings.table(app, header, rows)


def _row(app: App, of: Coverage) -> Share:
    level = app.numbers.percent(of.level, 0)
    share = app.numbers.percent(of.share if of.judged else None, 0)
    tip = app.say("{share} inside, {level} promised: {verdict}", share=share, level=level,
                  verdict=app.say(record_words.VERDICTS[of.verdict]))  # fmt: skip
    name = app.say("Range for {level}", level=level)
    return Share(name, of.share if of.judged else None, share, tip, mark=of.level)


def _lean(app: App, found: Record) -> None:
    """By measure: how many, how many inside, which way."""
    st.header(app.say("Which way they were off"), anchor=False)
    if sentence := record_words.weakest_sentence(app.words, app.numbers, found):
        st.write(esc(sentence))
    header = [app.say("Measure"), app.say("Judged"), app.say("Inside 80%"), app.say("Lean")]
    findings.table(app, header, [_metric(app, of) for of in found.by_metric.values()])


def _metric(app: App, of: MetricRecord) -> tuple[str, str, str, str]:
    level = of.levels[record_words.LEVEL]
    few = record_words.is_few(level)
    inside = record_words.inside(app.words, app.numbers, level)
    lean = app.numbers.whole(None) if few else record_words.bias_sentence(app.words, app.numbers, of)
    return app.say(record_words.METRICS[of.metric]), app.numbers.whole(of.judged), inside, lean
