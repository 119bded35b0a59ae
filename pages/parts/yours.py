"""Which numbers of a screen are the firm's own: one line, with the line of the plan that knows least."""

from collections.abc import Mapping

import streamlit as st

from budget.business import business_of
from budget.forecast import Forecast
from budget.plan import StoredPlan
from budget.present.escape import esc
from pages.parts.app import App

ALIKE = 0.1
"""Shares that differ less are not told apart."""


def yours(app: App, own_share: Mapping[str, float], measured: frozenset[str], names: Mapping[str, str]) -> str:
    """How much the firm's own data decide, where least, and whether what ads cause was measured; plain text."""
    caused = app.say("What ads truly cause stays an assumption.")
    if measured:
        lines = app.count("{n} line", "{n} lines", len(measured))
        caused = app.say("What ads truly cause was measured on {lines}, assumed on the others.", lines=lines)
        if measured >= set(own_share):
            caused = app.say("What ads truly cause was measured on your own sales.")
    return f"{told(app, own_share, names)} {caused}"


def told(app: App, own_share: Mapping[str, float], names: Mapping[str, str]) -> str:
    """How much of prices and rates is the firm's own, as plain text."""
    if not any(own_share.values()):
        return app.say("Prices and rates are still assumed; uploads replace them.")
    mean = sum(own_share.values()) / len(own_share)
    least = min(own_share, key=own_share.__getitem__)
    share = app.numbers.percent(mean, 0)
    if mean - own_share[least] < ALIKE:
        return app.say("Your own data decide {share} of prices and rates.", share=share)
    facts = {"line": names.get(least, least), "least": app.numbers.percent(own_share[least], 0)}
    return app.say("Your own data decide {share} of prices and rates, least of {line}: {least}.", share=share, **facts)


def throughout(app: App, plan: StoredPlan, of: Forecast) -> None:
    """Where sales measured what ads cause: what is counted up to today instead, and the end with the measured share."""
    if not of.measured:
        return
    numbers = app.numbers
    said = app.say(
        "Up to today {share} of what platforms claim counts as caused by ads, as on the Business screen. Your sales "
        "measured {lines}: counted so from the first day, the plan ends at about {mid} ({range}).",
        share=numbers.percent(business_of(plan).incrementality.likely, 0),
        lines=app.count("{n} line", "{n} lines", len(of.measured)),
        mid=numbers.money_of_compact(of.profit.mid),
        range=numbers.span(numbers.compact(of.profit.low), numbers.compact(of.profit.high)),
    )
    st.caption(esc(said))


def of_line(app: App, share: float) -> str:
    """The share of one line, short."""
    return app.say("{share} yours", share=app.numbers.percent(share, 0)) if share else app.say("all assumed")
