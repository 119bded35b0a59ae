"""The card of one dropped file: what it is, whether it adds up, what it asks, what it would change."""

import streamlit as st

from budget.exports import Reading
from budget.present.escape import esc
from budget.present.file_words import COLUMNS, file_sentence
from budget.present.languages import language_name
from budget.present.numbers import numbers_for
from budget.present.vocabulary import SOURCES
from budget.uploads import booked_of, can_store, changed_rows, totals_of
from pages.parts import findings, questions
from pages.parts.app import App
from pages.parts.incoming import Incoming, asks_age, preview


def card(app: App, workspace_id: int, item: Incoming, n: int) -> bool:
    """Draw the card; returns whether the file can be saved as it stands."""
    reading, ready = item.reading, can_store(item.reading)
    refused = [f for f in preview(app, workspace_id, item).findings if f.severity == "stop"] if ready else []
    ready = ready and not refused
    with st.container(border=True, key=f"file_{n}"):
        left, right = st.columns([8, 3], vertical_alignment="top")
        platform = app.say(SOURCES.get(reading.platform or "", esc(reading.platform or "?")))
        known = f"**{platform}** · {esc(item.name)}"
        left.markdown(known if reading.platform else f"**{esc(item.name)}**")
        with right.container(horizontal=True, horizontal_alignment="right"):
            _badge(app, workspace_id, item, ready)
        if not reading.stopped:
            st.caption(_facts(app, workspace_id, item, ready))
            _totals(app, item)
            _booked(app, item)
        questions.ask(app, workspace_id, item, n)
        noted = [*refused, *(f for f in reading.findings if f.severity in ("stop", "warn"))]
        findings.listed(app, noted, lambda finding: file_sentence(finding, app.words, app.numbers))
        if ready and asks_age(app, workspace_id, item):
            questions.ask_age(app, workspace_id, item, preview(app, workspace_id, item).stale, n)
            ready = False
        _behind(app, workspace_id, item, ready)
        _changes(app, workspace_id, item)
        _details(app, item, n)
    return ready


def _badge(app: App, workspace_id: int, item: Incoming, ready: bool) -> None:
    if item.reading.stopped:
        st.badge(app.say("not read"), icon=":material/error:", color="red")
    elif item.reading.questions:
        asked = app.count("{n} question", "{n} questions", len(item.reading.questions))
        st.badge(asked, icon=":material/help:", color="orange")
    elif not ready:
        st.badge(app.say("nothing to save"), icon=":material/block:", color="gray")
    elif preview(app, workspace_id, item).duplicate_of is not None:
        st.badge(app.say("already here"), icon=":material/done_all:", color="gray")
    elif asks_age(app, workspace_id, item):
        asked = app.count("{n} question", "{n} questions", 1)
        st.badge(asked, icon=":material/help:", color="orange")
    elif any(f.severity == "warn" for f in item.reading.findings):
        st.badge(app.say("ready, with a note"), icon=":material/info:", color="gray")
    else:
        st.badge(app.say("ready"), icon=":material/check:", color="green")


def _facts(app: App, workspace_id: int, item: Incoming, ready: bool) -> str:
    """Period, rows, currency, language, and what storing it would change."""
    reading = item.reading
    parts = [app.numbers.period(*reading.period)] if reading.period else []
    parts += _counts(app, reading)
    parts += [esc(reading.currency)] if reading.currency else []
    language = language_name(reading.language, app.lang)
    parts += [app.say("headers in {language}", language=language)] if language else []
    if ready:
        found = preview(app, workspace_id, item)
        counts = {"new": found.new, "changed": max(found.changed - found.stale, 0), "unchanged": found.unchanged}
        facts = {key: app.numbers.whole(count) for key, count in counts.items()}
        parts.append(app.say("{new} new · {changed} changed · {unchanged} the same", **facts))
        vanished = app.say("{n} stored rows are not in this file; they stay", n=app.numbers.whole(found.vanished))
        parts += [vanished] if found.vanished else []
    return " · ".join(parts)


def _counts(app: App, reading: Reading) -> list[str]:
    """How many rows of what."""
    said = (
        (len(reading.frame), app.count("{n} row", "{n} rows", len(reading.frame))),
        (len(reading.metrics), app.count("{n} figure", "{n} figures", len(reading.metrics))),
        (len(reading.posts), app.count("{n} post", "{n} posts", len(reading.posts))),
        (len(reading.orders), app.count("{n} order", "{n} orders", len(reading.orders))),
        (len(reading.leads), app.count("{n} lead", "{n} leads", len(reading.leads))),
    )
    return [text for size, text in said if size] or [said[0][1]]


def _booked(app: App, item: Incoming) -> None:
    """What a shop's orders come to, by currency; cancelled ones are left out."""
    for currency, (orders, micros) in booked_of(item.reading).items():
        amount = numbers_for(app.lang, currency or app.numbers.currency).money_exact(micros)
        said = app.count(
            "{n} order that was not cancelled: {amount} after refunds",
            "{n} orders that were not cancelled: {amount} after refunds", orders, amount=amount,
        )  # fmt: skip
        st.markdown(f":gray[:material/receipt_long:] {esc(said)}")


def _totals(app: App, item: Incoming) -> None:
    """Does it add up? Always said where the file states a total."""
    found = totals_of(item.reading)
    numbers = numbers_for(app.lang, item.reading.currency or app.numbers.currency)
    if found.rows_micros is None:
        return
    facts = {"rows": numbers.decimal(found.rows_micros / 1e6, 2)}
    if found.declared_micros is None:
        alone = app.say("Rows add up to {rows}; the file states no total", **facts)
        st.markdown(f":gray[:material/info:] {alone}")
        return
    facts |= {"declared": numbers.decimal(found.declared_micros / 1e6, 2)}
    differs = any(f.code == "TOTAL_DIFFERS" for f in item.reading.findings)
    mark = ":orange[:material/difference:]" if differs else ":green[:material/check_circle:]"
    both = app.say("Rows add up to **{rows}**; the file says **{declared}**", **facts)
    st.markdown(f"{mark} {both}")
    if found.difference_micros and not differs:
        why = [f for f in item.reading.findings if f.code == "TOTAL_ROUNDED"]
        findings.listed(app, why, lambda finding: file_sentence(finding, app.words, app.numbers))


def _behind(app: App, workspace_id: int, item: Incoming, ready: bool) -> None:
    """Rows of an older look that the store already knows better: they are kept, the newer figures count."""
    if not ready:
        return
    found = preview(app, workspace_id, item)
    if found.stale and found.duplicate_of is None:
        written = app.numbers.date(found.as_of.date())
        said = app.count(
            "{n} stored row is newer than this file of {date} and stays.",
            "{n} stored rows are newer than this file of {date} and stay.", found.stale, date=written,
        )  # fmt: skip
        st.markdown(f":gray[:material/history:] {said}")


def _changes(app: App, workspace_id: int, item: Incoming) -> None:
    """What saving would change in figures that are stored already, row by row."""
    if not can_store(item.reading):
        return
    found = preview(app, workspace_id, item)
    rows = changed_rows(found)
    if not rows or found.duplicate_of is not None:
        return
    with st.expander(app.say("What would change")):
        exact, whole = app.numbers.decimal, app.numbers.whole
        header = [
            app.say("Campaign"), app.say("Day"), app.say("Spend, before"), app.say("Spend"),
            app.say("Conversions, before"), app.say("Conversions"),
        ]  # fmt: skip
        body = [
            (row.campaign, app.numbers.date_short(row.day), exact(row.spend_before), exact(row.spend),
             whole(row.conversions_before), whole(row.conversions))
            for row in rows
        ]  # fmt: skip
        findings.table(app, header, body)


def _details(app: App, item: Incoming, n: int) -> None:
    """Notes and how every column was read, folded away."""
    notes = [f for f in item.reading.findings if f.severity == "info" and f.code != "TOTAL_ROUNDED"]
    if not (notes or item.reading.columns):
        return
    with st.expander(app.say("How this file was read")):
        findings.listed(app, notes, lambda finding: file_sentence(finding, app.words, app.numbers))
        header = [app.say("Column"), app.say("Read as")]
        unused = app.say("not used")
        rows = [(c.header, app.say(COLUMNS.get(c.role, c.role)) if c.role else unused) for c in item.reading.columns]
        findings.table(app, header, rows)
