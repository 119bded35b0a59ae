"""Plan, actual and variance as a table: by measure, by channel or by week."""

from collections.abc import Callable, Mapping
from datetime import date

import streamlit as st

from budget.measures import Measures, total
from budget.present.vocabulary import MEASURE_HELP, MEASURES, key_name
from budget.review import Review
from pages.parts import findings
from pages.parts.app import App
from pages.parts.choice import choose

ALL = ""
ALL_WEEKS = -1  # not None: a chooser whose value is None can be cleared
ROWS = ("spend", "impressions", "clicks", "conversions", "cpm", "ctr", "cvr", "cpa", "value", "roas")
FEW_RESULTS = 30


def variance(
    app: App, found: Review, names: Mapping[str, str], early_from: int | None = None
) -> tuple[str, int | None]:
    """The table with its three views; filters stand above it. Weeks from place `early_from` on are marked as early.

    Returns the chosen channel ("" all) and week (None all to date).
    """
    views = {"measures": app.say("Measures"), "channels": app.say("Channels"), "weeks": app.say("Weeks")}
    view = st.segmented_control(
        app.say("Rows"), list(views), default="measures", format_func=views.__getitem__, key="variance_view",
        required=True, label_visibility="collapsed",
    )  # fmt: skip
    left, right = st.columns(2)
    if view == "measures":
        channel, week = _channel(app, found, names, left), _week(app, found, right)
        _measures(app, found, channel, week)
        return channel, week
    measure = _measure(app, left)
    if view == "channels":
        week = _week(app, found, right)
        _channels(app, found, names, measure, week)
        return ALL, week
    channel = _channel(app, found, names, right)
    _weeks(app, found, measure, channel, len(found.weeks) if early_from is None else early_from)
    return channel, None


def _channel(app: App, found: Review, names: Mapping[str, str], place: st.delta_generator.DeltaGenerator) -> str:
    labels = {ALL: app.say("All channels")} | {key: key_name(app.words, names, key) for key in found.planned}
    return choose(app, place, app.say("Channel"), list(labels), key="variance_channel", shown=labels.__getitem__)


def _week(app: App, found: Review, place: st.delta_generator.DeltaGenerator) -> int | None:
    whole = app.say("All weeks to date")
    chosen = choose(
        app, place, app.say("Week"), [ALL_WEEKS, *range(len(found.weeks))], key="variance_week",
        shown=lambda t: whole if t == ALL_WEEKS else app.numbers.date(found.weeks[t]),
    )  # fmt: skip
    return None if chosen == ALL_WEEKS else chosen


def _measure(app: App, place: st.delta_generator.DeltaGenerator) -> str:
    return choose(
        app, place, app.say("Measure"), ROWS, key="variance_measure", shown=lambda key: app.say(MEASURES[key])
    )


def _measures(app: App, found: Review, channel: str, week: int | None) -> None:
    planned, actual = sides(found, channel, week)
    rows = [(app.say(MEASURES[name]), *cells(app, name, planned, actual)) for name in ROWS]
    _table(app, app.say("Measure"), rows)
    _few(app, actual)


def _channels(app: App, found: Review, names: Mapping[str, str], measure: str, week: int | None) -> None:
    keys = [*found.planned, ALL]
    label = app.say("All channels")
    rows = [
        (key_name(app.words, names, key) if key else label, *cells(app, measure, *sides(found, key, week)))
        for key in keys
    ]
    _table(app, app.say("Channel"), rows)
    st.caption(app.say(MEASURE_HELP[measure]))


def _weeks(app: App, found: Review, measure: str, channel: str, early_from: int) -> None:
    rows = [
        (_named(app, week, early=t >= early_from), *cells(app, measure, *sides(found, channel, t)))
        for t, week in enumerate(found.weeks)
    ]
    rows.append((app.say("To date"), *cells(app, measure, *sides(found, channel, None))))
    _table(app, app.say("Week of"), rows)
    st.caption(app.say(MEASURE_HELP[measure]))


def _named(app: App, week: date, *, early: bool) -> str:
    day = app.numbers.date(week)
    return app.say("{day}, early", day=day) if early else day


def sides(found: Review, channel: str, week: int | None) -> tuple[Measures, Measures]:
    """Planned and actual sums of a channel ("" all) and week (None all to date)."""
    keys = [channel] if channel else list(found.planned)
    weeks = range(len(found.weeks)) if week is None else [week]
    return (
        total(found.planned[key][t] for key in keys for t in weeks),
        total(found.actual[key][t] for key in keys for t in weeks),
    )


def cells(app: App, name: str, planned: Measures, actual: Measures) -> tuple[str, str, str]:
    """Plan, actual and variance (as amount and percent) of a measure, as finished text."""
    before, after = figure(planned, name), figure(actual, name)
    write = writer(app, name)
    if before is None or after is None:
        return write(before), write(after), write(None)
    relative = f" · {app.numbers.percent_signed(after / before - 1)}" if before else ""
    return write(before), write(after), _difference(app, name, after - before) + relative


def figure(of: Measures, name: str) -> float | None:
    """A measure as a number: money in major units, shares as fractions."""
    if name == "value":
        return None if of.value_micros is None else of.value_micros / 1e6
    found: float | None = getattr(of, name)
    return found


def writer(app: App, name: str) -> Callable[[float | None], str]:
    """How a measure is written."""
    numbers = app.numbers
    if name in ("spend", "value"):
        return lambda x: numbers.decimal(x, 2)
    if name in ("cpm", "cpa"):
        return lambda x: numbers.decimal(x, 2)
    if name in ("ctr", "cvr"):
        return lambda x: numbers.percent(x, 2)
    return numbers.times if name == "roas" else numbers.whole


def _difference(app: App, name: str, change: float) -> str:
    if name in ("ctr", "cvr"):
        return app.numbers.points_signed(change, 2)
    digits = 0 if name in ("impressions", "clicks", "conversions") else 2
    return app.numbers.signed(change, digits)


def _table(app: App, first: str, rows: list[tuple[str, str, str, str]]) -> None:
    header = [first, app.say("Planned"), app.say("Actual"), app.say("Difference")]
    findings.table(app, header, rows)


def _few(app: App, actual: Measures) -> None:
    """Below 30 conversions a price says little: its range is said instead of a judgement."""
    if actual.cpa_range is None or (actual.conversions or 0) >= FEW_RESULTS:
        return
    low, high = actual.cpa_range
    facts = {"n": app.numbers.whole(actual.conversions), "range": app.numbers.money_span(low, high)}
    st.caption(app.say("Only {n} conversions: the true CPA may lie at {range}.", **facts))
