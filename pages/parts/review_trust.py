"""The trust strip of the review: at most six badges that say how far its figures can be trusted, each with its why."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from budget.claims import Claims
from budget.immature import Immature
from budget.money import major
from budget.present.escape import esc
from budget.present.vocabulary import PLATFORMS
from budget.rate_age import RateAge, rate_ages
from budget.trust import Campaign, Trust
from budget.weeks import DAY
from pages.parts import results
from pages.parts.app import App
from pages.parts.review_looks import Looks

Colour = Literal["green", "orange", "gray"]


def strip(app: App, of: Looks) -> None:
    """Freshness and gaps, platforms, unmatched names, early days, claimed against booked, VAT and rates."""
    trust, campaigns = results.trust(app, of.plan), results.campaigns(app, of.plan)
    with st.container(horizontal=True, gap="small", key="trust"):
        _fresh(app, trust)
        _platforms(app, trust)
        _unmatched(app, of, campaigns)
        _early(app, of.early)
        _claims(app, of.found.claims)
        _money(app, of, campaigns, trust)


def _badge(app: App, text: str, icon: str, color: Colour, why: str) -> None:
    st.badge(esc(text), icon=f":material/{icon}:", color=color, help=esc(why))


def _fresh(app: App, trust: Trust) -> None:
    if not trust.until or not trust.latest:
        return
    text = app.say("Data to {day}", day=app.numbers.date_short(trust.until - DAY))
    why = app.say("The last day that all uploaded platforms share.")
    if trust.latest != trust.until:
        why += " " + app.say("Some reach to {day}.", day=app.numbers.date_short(trust.latest - DAY))
    if trust.gaps:
        gaps = app.count("{n} day missing", "{n} days missing", trust.gaps)
        why += " " + app.say("Between first and last day some accounts have days without a row: no ads, or no export.")
        _badge(app, f"{text}, {gaps}", "event_busy", "gray", why)
        return
    _badge(app, text, "check", "green", why)


def _platforms(app: App, trust: Trust) -> None:
    done, of = str(len(trust.uploaded)), str(len(trust.uploaded) + len(trust.missing))
    text = app.say("{n} of {of} platforms", n=done, of=of)
    if not trust.missing:
        _badge(app, text, "database", "green", app.say("Every platform of the plan was uploaded."))
        return
    names = ", ".join(app.say(PLATFORMS.get(name, name)) for name in trust.missing)
    _badge(
        app, text, "database", "orange", app.say("Not uploaded: {names}. Their lines are not compared.", names=names)
    )


def _unmatched(app: App, of: Looks, campaigns: Sequence[Campaign]) -> None:
    amount = of.uploaded.unmatched.spend_micros
    if not amount:
        return
    many = sum(1 for campaign in campaigns if campaign.line_key is None)
    text = app.count("{n} name unmatched, {amount}", "{n} names unmatched, {amount}", many,
                     amount=app.numbers.money(amount))  # fmt: skip
    why = app.say("Campaigns that belong to no line of the plan. Their money counts in every total; match them below.")
    _badge(app, text, "help", "orange", why)


def _early(app: App, early: Immature) -> None:
    if not early.days or early.first_day is None:
        return
    text = app.count("Last {n} day early", "Last {n} days early", early.days)
    why = app.say("From {day} on conversions still arrive, so nothing is judged there.",
                  day=app.numbers.date_short(early.first_day))  # fmt: skip
    if set(early.early_from) - early.seen:
        why += " " + app.say("The usual delay is assumed until the same days have been exported twice.")
    _badge(app, text, "hourglass_empty", "gray", why)


def _claims(app: App, claims: Claims) -> None:
    weeks = [one for one in claims.compared if one.claimed_conversions_micros and one.booked_orders_micros is not None]
    if not weeks:
        values = [one for one in claims.compared if one.claimed_value_micros and one.booked_value_micros is not None]
        claimed, booked = (
            sum(getattr(one, f"{side}_value_micros") for one in values) for side in ("claimed", "booked")
        )
        sides = app.numbers.compact(major(claimed)), app.numbers.compact(major(booked))
    else:
        claimed = sum(one.claimed_conversions_micros or 0 for one in weeks)
        booked = sum(one.booked_orders_micros or 0 for one in weeks)
        sides = app.numbers.whole(major(claimed)), app.numbers.whole(major(booked))
    if not claimed:
        return
    text = app.say("Claimed {claimed}, booked {booked}", claimed=sides[0], booked=sides[1])
    over, fine = (
        app.say("Platforms together claim more than your books hold; the income statement counts what was booked."),
        app.say("Platforms together claim no more than your books hold."),
    )
    _badge(app, text, "balance", "orange" if claims.exceeded else "gray", over if claims.exceeded else fine)


def _money(app: App, of: Looks, campaigns: Sequence[Campaign], trust: Trust) -> None:
    """Rates of exchange where one is missing or old, else how VAT is treated."""
    used = {campaign.currency for campaign in campaigns} | set(of.uploaded.unconverted)
    ages = rate_ages(used, of.plan.currency, app.store.rates(of.plan.workspace_id), trust.latest or app.today)
    if ages and ages[0].is_old:
        _rate(app, ages[0])
        return
    vat = of.found.business.vat_share if of.found.business.prices_include_vat else 0.0
    media = of.found.business.media_vat_share
    text = app.say("VAT {share} taken out", share=app.numbers.percent(vat)) if vat else app.say("Prices without VAT")
    why = (
        app.say("Order values include VAT, and net revenue does not.") if vat else app.say("Order values hold no VAT.")
    )
    if media:
        share = app.numbers.percent(media)
        why += " " + app.say("Media costs include {share} VAT that is not recovered.", share=share)
    if ages:
        why += " " + app.say("Rates of exchange are less than a month old.")
    _badge(app, text, "percent", "gray", why)


def _rate(app: App, age: RateAge) -> None:
    if age.days is None:
        text = app.say("No rate for {currency}", currency=age.currency)
        _badge(app, text, "currency_exchange", "orange", app.say("Money in it is not counted. Enter its rate below."))
        return
    text = app.count(
        "Rate of {currency} {n} day old", "Rate of {currency} {n} days old", age.days, currency=age.currency
    )
    why = app.say("Money in it is counted at that rate. Settings holds the rates.")
    _badge(app, text, "currency_exchange", "orange", why)
