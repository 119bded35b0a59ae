"""The lines on the Learning screen: assumed beside learned, whose numbers these are, and what they rest on."""

from collections.abc import Mapping

import streamlit as st

from budget.evidence import FIGURES, Evidence, Figure, LineEvidence
from budget.fans import Interval
from budget.present import evidence_words
from budget.present.charts.beliefs import Belief, beliefs, by_factors
from budget.present.charts.shares import Share, shares
from budget.present.escape import esc
from pages.parts import findings, yours
from pages.parts.app import App
from pages.parts.choice import choose
from pages.parts.screen import chart


def figures(app: App, found: Evidence, names: Mapping[str, str]) -> None:
    """One figure of every line: the plan's range above, what the data say below."""
    place = st.container(gap="xxsmall")
    name = choose(app, st.container(), app.say("Figure"), FIGURES, key="learning_figure",
                  shown=lambda key: app.say(evidence_words.FIGURES[key]), label_visibility="collapsed")  # fmt: skip
    rows = [_belief(app, line, name, names[line.line_key]) for line in found.lines]
    finding = evidence_words.of_figures(app.words, app.numbers, found.lines, name, names)
    unit = "%" if name in evidence_words.SHARES else app.numbers.currency
    facts = {"measure": app.say(evidence_words.FIGURES[name]), "unit": unit}
    plain = app.say("{measure}, {unit}; bars: 8 of 10 outcomes, dots: their middle. Right: assumed → learned", **facts)
    factors = app.say("{text}. Equal steps of the axis are equal factors", text=plain)
    with place:
        st.header(esc(finding), anchor=False)
        st.caption(esc(factors if by_factors(rows) else plain))
    chart(app, beliefs(rows, app.numbers, app.words), finding, key="learning_beliefs")
    _figures_table(app, found, name, names)


def _belief(app: App, line: LineEvidence, name: str, label: str) -> Belief:
    figure = line.figures[name]
    scale = 100.0 if name in evidence_words.SHARES else 1.0
    before, after = _cell(app, name, figure.before), _cell(app, name, figure.after)
    facts = {"line": label, "range": before}
    learned = app.say("{line}, your data: {range}", line=label, range=after)
    short = _short(app, figure)
    return Belief(
        label,
        _ends(figure.before, scale),
        _ends(figure.after, scale) if figure.after else None,
        short,
        app.say("{line}, assumed: {range}", **facts),
        learned,
    )


def _ends(of: Interval, scale: float) -> tuple[float, float, float]:
    return of.low * scale, of.mid * scale, of.high * scale


def _short(app: App, figure: Figure) -> str:
    """Assumed → learned without a unit, or what is missing."""
    before = _bare(app, figure.name, figure.before.mid)
    return f"{before} → {_bare(app, figure.name, figure.after.mid) if figure.after else app.numbers.whole(None)}"


def _bare(app: App, name: str, x: float) -> str:
    return app.numbers.decimal(x * 100, 2) if name in evidence_words.SHARES else app.numbers.decimal(x, 2)


def _cell(app: App, name: str, of: Interval | None) -> str:
    if of is None:
        return app.numbers.whole(None)
    low, mid, high = (evidence_words.written(app.numbers, name, x) for x in (of.low, of.mid, of.high))
    return f"{mid} ({app.numbers.span(low, high)})"


def _figures_table(app: App, found: Evidence, name: str, names: Mapping[str, str]) -> None:
    with st.expander(app.say("Show the numbers")):
        header = [app.say("Line"), app.say("Assumed"), app.say("Your data")]
        rows = [
            (
                names[line.line_key],
                _cell(app, name, line.figures[name].before),
                _cell(app, name, line.figures[name].after),
            )
            for line in found.lines
        ]
        findings.table(app, header, rows)


def shares_of_lines(app: App, found: Evidence, names: Mapping[str, str]) -> None:
    """How much of each line is the firm's own, and what it rests on."""
    finding = evidence_words.of_shares(app.words, app.numbers, found, names)
    with st.container(gap="xxsmall"):
        st.header(esc(finding), anchor=False)
        st.caption(app.say("How much of each line's prices and rates comes from your data, not from assumptions"))
    rows = [
        Share(names[line.line_key], line.own_share, app.numbers.percent(line.own_share, 0), _basis(app, line, names))
        for line in found.lines
    ]
    chart(app, shares(rows, app.numbers), finding, key="learning_shares")
    for sentence in _remarks(app, found, names):
        st.markdown(f"{findings.MARKS['info']} {esc(sentence)}")
    with st.expander(app.say("What these numbers rest on")):
        _basis_table(app, found, names)


def _basis(app: App, line: LineEvidence, names: Mapping[str, str]) -> str:
    weeks = app.count("{n} full week", "{n} full weeks", line.weeks)
    return f"{names[line.line_key]}: {yours.of_line(app, line.own_share)} · {weeks}"


def _remarks(app: App, found: Evidence, names: Mapping[str, str]) -> list[str]:
    """Young weeks, what is not reported and how to get it, then lines with few results."""
    young = [evidence_words.young_sentence(app.words, app.numbers, each) for each in found.young]
    gaps = [told for gap in found.gaps for told in evidence_words.gap_sentences(app.words, gap)]
    few = [evidence_words.few_sentence(app.words, app.numbers, line, names[line.line_key]) for line in found.lines]
    return [*young, *gaps, *(sentence for sentence in few if sentence)]


def _basis_table(app: App, found: Evidence, names: Mapping[str, str]) -> None:
    header = [app.say("Line"), app.say("Full weeks"), app.say("Conversions"), app.say("Not reported")]
    findings.table(app, header, [_basis_row(app, line, names) for line in found.lines])


def _basis_row(app: App, line: LineEvidence, names: Mapping[str, str]) -> tuple[str, str, str, str]:
    known = "conversions" not in line.missing
    missing = ", ".join(app.say(evidence_words.COLUMNS[column]) for column in line.missing) if line.weeks else ""
    count = app.numbers.whole(line.conversions if known else None)
    return names[line.line_key], app.numbers.whole(line.weeks), count, missing or app.numbers.whole(None)
