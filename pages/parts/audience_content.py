"""Engagement by kind of content, and the posts that are worth paying for."""

import streamlit as st

from budget.audience_content import Candidate, Cell
from budget.audience_desk import Audience
from budget.audience_kpis import ALL
from budget.present import audience_words
from budget.present.audience_words import KINDS, OF, kind_name, network_name
from budget.present.charts.heat import Heat, heat
from budget.present.escape import esc
from pages.parts import audience_missing, findings
from pages.parts.app import App
from pages.parts.screen import chart

MOST = 5


def kinds(app: App, found: Audience, network: str) -> None:
    """Kinds of content down, networks across."""
    cells = [cell for cell in found.cells if network in (ALL, cell.network)]
    finding = audience_words.of_content(app.words, cells)
    with st.container(gap="xxsmall"):
        st.header(esc(finding), anchor=False)
        st.caption(app.say("Reactions, % of what each column names. Darker is higher among equal denominators"))
    if not cells:
        audience_missing.block(app, "posts", (network,) if network else found.networks)
        return
    rows = [kind_name(app.words, kind) for kind in KINDS if any(cell.kind == kind for cell in cells)]
    columns = {name: _column(app, cells, name) for name in dict.fromkeys(cell.network for cell in cells)}
    most = {cell.rate.basis: max(c.rate.value or 0 for c in cells if c.rate.basis == cell.rate.basis) for cell in cells}
    drawn = [_heat(app, cell, columns[cell.network], most[cell.rate.basis]) for cell in cells]
    chart(app, heat(drawn, rows, list(columns.values()), app.numbers), finding, key="audience_heat")
    with st.expander(app.say("Show the numbers")):
        header = [app.say("Network"), app.say("Kind"), app.say("Posts"), app.say("Engagement"), app.say("8 of 10")]
        findings.table(app, header, [_row(app, cell) for cell in cells])


def _column(app: App, cells: list[Cell], network: str) -> str:
    """`TikTok, of views` where not all columns have one denominator."""
    name = network_name(app.words, network)
    bases = {cell.rate.basis for cell in cells}
    basis = next(cell.rate.basis for cell in cells if cell.network == network)
    return name if bases == {"reach"} else f"{name}, {app.say(OF[basis])}"


def _heat(app: App, cell: Cell, column: str, most: float) -> Heat:
    value = cell.rate.value or 0.0
    text = app.numbers.decimal(100 * value, 1)
    few = app.say("{n}: too few reactions to judge", n=text) if cell.rate.is_few else text
    tip = ", ".join((kind_name(app.words, cell.kind), column, few, app.count("{n} post", "{n} posts", cell.posts)))
    shade = 0.0 if cell.rate.is_few or not most else value / most
    return Heat(kind_name(app.words, cell.kind), column, text, shade, tip)


def _row(app: App, cell: Cell) -> tuple[str, ...]:
    rate = f"{app.numbers.percent(cell.rate.value)} {app.say(OF[cell.rate.basis])}"
    span = audience_words.span(app.numbers, "engagement_rate", cell.rate)
    posts = app.numbers.whole(cell.posts)
    return network_name(app.words, cell.network), kind_name(app.words, cell.kind), posts, rate, span


def boost(app: App, found: Audience, network: str) -> None:
    """Free posts above the others of their network, and what 100 would show."""
    posts = [one for one in found.candidates if network in (ALL, one.post.network)][:MOST]
    finding = audience_words.of_candidates(app.words, len(posts))
    with st.container(gap="xxsmall"):
        st.header(finding, anchor=False)
        st.caption(app.say("Posts whose whole range lies above the other posts of their network. {hundred} at your "
                           "own CPM, if paid viewers react alike", hundred=app.numbers.money_of(100)))  # fmt: skip
    if not posts:
        if not any(network in (ALL, cell.network) for cell in found.cells):
            audience_missing.block(app, "posts", (network,) if network else found.networks)
        return
    header = [
        app.say("Post"), app.say("Engaged"), app.say("Views for 100"), app.say("Reactions"),
    ]  # fmt: skip
    rows = [_post(app, one) for one in posts]
    if any(one.visits for one in posts):
        header.insert(2, app.say("Clicks per 1,000"))
        rows = [(*row[:2], _clicks(app, one), *row[2:]) for row, one in zip(rows, posts, strict=True)]
    findings.table(app, header, rows)


def _post(app: App, one: Candidate) -> tuple[str, ...]:
    title = one.post.title.replace("\n", " ").strip() or one.post.key
    short = title if len(title) <= 42 else title[:40].rstrip() + "…"
    kind = kind_name(app.words, one.post.kind or "other")
    name = f"{short} · {kind}, {network_name(app.words, one.post.network)}"
    facts = {"rate": app.numbers.percent(one.rate.value), "usual": app.numbers.percent(one.usual.value)}
    rates = app.say("{rate}, others {usual}", **facts)
    if one.views is None or one.engaged is None:
        return name, rates, "–", "–"
    times = audience_words.about(app.numbers, one.views)
    low, high = (round(x, -1) if x >= 100 else round(x) for x in one.engaged)
    return name, rates, times, app.numbers.whole_span(low, high)


def _clicks(app: App, one: Candidate) -> str:
    return app.numbers.decimal(one.visits.value, 1) if one.visits else "–"
