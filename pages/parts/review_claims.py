"""What platforms claim beside what the firm booked, by week; what is still to arrive, and the scale that is used."""

from collections.abc import Sequence

import streamlit as st

from budget.claims import Claims, ClaimWeek
from budget.immature import Arrived, early_weeks
from budget.money import major
from budget.present.charts.claims import Pair, claims
from budget.present.charts.style import PLAIN
from budget.present.escape import esc
from pages.parts import findings
from pages.parts.app import App
from pages.parts.review_looks import Looks
from pages.parts.screen import chart


def show(app: App, of: Looks) -> None:
    """Bars by week, MER beside ROAS, and every week's figures; silent where no week is known."""
    told = of.found.claims
    if not told.weeks:
        return
    arrived = early_weeks(of.plan, of.early, of.found.actual, of.found.weeks)
    by_week = dict(zip(of.found.weeks, arrived, strict=True))
    values = any(one.booked_value_micros is not None for one in told.weeks) and not told.leads
    finding = headline(app, told)
    unit = app.numbers.unit(_amount(one, "claimed", values) for one in told.weeks) if values else PLAIN
    counted = unit.name or (app.say("Leads a week") if told.leads else app.say("Orders a week"))
    pairs = [
        Pair(one.week, _amount(one, "claimed", values), _amount(one, "booked", values),
             not by_week.get(one.week, Arrived()).is_judged)
        for one in told.weeks
    ]  # fmt: skip
    with st.container(gap="xxsmall"):
        st.header(finding, anchor=False)
        if len(pairs) > 1:
            st.caption(app.say("By week, {unit}. Grey: claimed; blue: in your books; dashed: still arriving",
                               unit=counted))  # fmt: skip
    if len(pairs) > 1:
        chart(app, claims(pairs, app.numbers, app.words, unit), finding, key="claims")
    for said in (*_ratios(app, of), scale_words(app, told)):
        st.caption(esc(said))
    with st.expander(app.say("Claimed and booked by week"), expanded=len(pairs) == 1):
        header = [app.say("Week from"), app.say("Claimed so far"), app.say("Once all is in"), app.say("Booked"),
                  app.say("Counted")]  # fmt: skip
        findings.table(app, header, [_row(app, one, by_week.get(one.week, Arrived())) for one in told.weeks])
        st.caption(app.say("Conversions. Once all is in: claimed so far over the share that arrives by this age. "
                           "Counted: the part of the claims that the income statement holds."))  # fmt: skip


def headline(app: App, told: Claims) -> str:
    """By how much claims exceed the books in the weeks that can be compared; neutral where none can."""
    if not told.compared:
        return app.say("Claimed by platforms, booked by you")
    claimed, booked = _sums(told.compared)
    if not claimed or not told.exceeded or claimed <= booked:
        return app.say("Platforms claim no more than you booked")
    facts = {"share": app.numbers.percent(claimed / booked - 1, 0)} if booked else {}
    if not facts:
        return app.say("Platforms claim what you did not book")
    return app.say("Platforms claim {share} more than you booked", **facts)


def _sums(weeks: Sequence[ClaimWeek]) -> tuple[int, int]:
    """Conversions where both sides count them, else value."""
    for claimed, booked in (
        ("claimed_conversions_micros", "booked_orders_micros"),
        ("claimed_value_micros", "booked_value_micros"),
    ):
        known = [one for one in weeks if getattr(one, claimed) is not None and getattr(one, booked) is not None]
        if known:
            return sum(getattr(one, claimed) for one in known), sum(getattr(one, booked) for one in known)
    return 0, 0


def _amount(one: ClaimWeek, side: str, values: bool) -> float | None:
    counts = {"claimed": one.claimed_conversions_micros, "booked": one.booked_orders_micros}
    money = {"claimed": one.claimed_value_micros, "booked": one.booked_value_micros}
    found = (money if values else counts)[side]
    return None if found is None else major(found)


def _ratios(app: App, of: Looks) -> list[str]:
    """ROAS as platforms claim it, MER as the whole firm sold."""
    roas, mer = app.numbers.times(of.found.total[1].roas), of.found.claims.mer
    if mer is None:
        return [
            app.say("ROAS as claimed: {roas}. MER needs your sales: upload orders or enter weekly totals.", roas=roas)
        ]
    return [app.say("ROAS as claimed: {roas}. MER, all sales over all marketing cost: {mer}.", roas=roas,
                    mer=app.numbers.times(mer))]  # fmt: skip


def scale_words(app: App, told: Claims) -> str:
    """How claims enter the income statement."""
    if not told.compared:
        return app.say("No whole week can be compared yet, so claims count as they are.")
    if not told.exceeded:
        return app.say("Claims stay within your books, so they count as they are.")
    scales = [one.scale for one in told.exceeded]
    span = app.numbers.span(app.numbers.percent(min(scales), 0), app.numbers.percent(max(scales), 0))
    one = app.numbers.percent(scales[0], 0)
    weeks = app.count("{n} week", "{n} weeks", len(scales))
    return app.say("In {weeks} claims exceed your books: there {share} of them count in the income statement.",
                   weeks=weeks, share=one if min(scales) == max(scales) else span)  # fmt: skip


def _row(app: App, one: ClaimWeek, part: Arrived) -> tuple[str, str, str, str, str]:
    numbers = app.numbers
    reported = None if one.claimed_conversions_micros is None else major(one.claimed_conversions_micros)
    expected = numbers.whole(None)
    if reported is not None:
        low, mid, high = part.expected(reported)
        expected = numbers.whole(mid) + (f" ({numbers.whole_span(low, high)})" if part.needs_range else "")
    booked = None if one.booked_orders_micros is None else major(one.booked_orders_micros)
    shown = numbers.whole(booked)
    if booked is None and one.booked_value_micros is not None:
        shown = numbers.money(one.booked_value_micros)
    return numbers.date(one.week), numbers.whole(reported), expected, shown, numbers.percent(one.scale, 0)
