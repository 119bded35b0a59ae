"""Signs that people are tired of the ads: seen too often, clicked less than at first, dearer than the season says."""

from collections.abc import Callable, Sequence

import streamlit as st

from budget.fatigue import Fatigue
from budget.present.charts.spark import spark
from budget.present.escape import esc
from budget.present.fatigue_words import fatigue_sentence
from budget.present.words import N_
from pages.parts import findings, results
from pages.parts.app import App
from pages.parts.review_looks import Looks
from pages.parts.screen import chart

Series = Sequence[float | None]
FREQUENCY = N_("Ads a person a week")
MEASURED = {"FATIGUE_CTR": N_("Click rate"), "FATIGUE_CPM": N_("CPM")}
SPARKS = 3
"""Lines whose weeks are drawn; the table has all."""


def show(app: App, of: Looks) -> None:
    """What passed a limit first; the rates of all lines in a table, their weeks beside it."""
    rows = results.fatigued(app, of.plan)
    if not rows:
        return
    told = [finding for row in rows for finding in row.findings]
    tired = app.count(
        "{n} sign that people are tired of the ads", "{n} signs that people are tired of the ads", len(told)
    )
    with st.container(gap="xxsmall"):
        st.header(tired if told else app.say("No sign that people are tired of the ads"), anchor=False)
        st.caption(app.say("Full weeks of the whole plan: the last two beside the line's own first three. CPM with the "
                           "season taken out"))  # fmt: skip
    findings.listed(app, told, lambda found: fatigue_sentence(found, app.words, app.numbers, of.names))
    known = any(x is not None for row in rows for x in row.frequency)
    names = (app.say("Line"), *([app.say(FREQUENCY)] if known else []), *map(app.say, MEASURED.values()))
    findings.table(app, [*names, app.say("Signs")], [_row(app, of, row, known) for row in rows])
    if not known:
        st.caption(app.say("Ads a person needs people reached by week: export weekly totals with reach to see it."))
    if told:
        _weeks(app, of, [row for row in rows if row.findings][:SPARKS])


def _row(app: App, of: Looks, row: Fatigue, known: bool) -> tuple[str, ...]:
    numbers, codes = app.numbers, {finding.code for finding in row.findings}
    signs = [
        said
        for code, said in (
            ("FATIGUE_FREQUENCY", app.say("too often")),
            ("FATIGUE_CTR", app.say("fewer clicks")),
            ("FATIGUE_CPM", app.say("dearer")),
        )
        if code in codes
    ]
    often = next((x for x in reversed(row.frequency) if x is not None), None)
    return (
        of.names[row.line_key], *([numbers.decimal(often, 1)] if known else []),
        _change(app, row.ctr, lambda x: numbers.percent(x, 2)), _change(app, row.cpm, lambda x: numbers.decimal(x, 2)),
        ", ".join(signs) or app.say("none"),
    )  # fmt: skip


def _change(app: App, series: Series, write: Callable[[float], str]) -> str:
    """`1.30% → 1.29%`: first and last known weeks; one alone while there is no other."""
    known = [x for x in series if x is not None]
    if len(known) < 2:
        return write(known[0]) if known else app.numbers.whole(None)
    return f"{write(known[0])} → {write(known[-1])}"


def _weeks(app: App, of: Looks, rows: Sequence[Fatigue]) -> None:
    """Small pictures of what has moved: the weeks of a line, dashes at its first weeks' level."""
    with st.grid(SPARKS, min_column_width=150, gap="small"):
        for row in rows:
            finding = row.findings[0]
            series = {"FATIGUE_CPM": row.cpm, "FATIGUE_CTR": row.ctr}.get(finding.code, row.frequency)
            level = finding.facts.get("before", finding.facts.get("cap", 0.0))
            with st.container(border=True, height="stretch", gap="xxsmall"):
                st.caption(esc(f"{of.names[row.line_key]} · {app.say(MEASURED.get(finding.code, FREQUENCY))}"))
                sentence = fatigue_sentence(finding, app.words, app.numbers, of.names)
                drawing = spark(series, [float(level)] * len(series), app.numbers)
                chart(app, drawing, sentence, key=f"fatigue_{row.line_key}")
