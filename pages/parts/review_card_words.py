"""What stands around the figure of a card: how far from plan, the plan, the end."""

from math import floor
from typing import Literal

import streamlit as st

from budget.fans import Interval
from budget.immature import Arrived
from budget.present.escape import esc
from budget.standing import Standing, Verdict
from pages.parts.app import App

Colour = Literal["green", "red", "gray"]
Arrow = Literal["up", "down", "off"]
COLOURS: dict[Verdict, Colour] = {"good": "green", "bad": "red", "open": "gray"}
SAME_SHARE = 0.005


def against(app: App, of: Standing) -> tuple[str, Arrow]:
    """The chip: how far above or below plan."""
    if not of.planned or of.actual is None:
        return app.say("not planned"), "off"
    change = of.actual / of.planned - 1
    if abs(change) < SAME_SHARE:
        return app.say("on plan"), "off"
    share = app.numbers.percent(abs(change))
    over, under = app.say("{share} over plan", share=share), app.say("{share} under plan", share=share)
    return (over, "up") if change > 0 else (under, "down")


def beside(app: App, of: Standing) -> None:
    """The plan of the same days, and where the figure ends."""
    planned = app.say("Plan {n}", n=app.numbers.compact(of.planned))
    lines(planned, app.say("End {range}", range=ends(app, of.end)) if of.end else "")


def ends(app: App, of: Interval) -> str:
    """8 of 10 outcomes of an end, short."""
    return app.numbers.span(app.numbers.compact(of.low), app.numbers.compact(of.high))


def lines(*said: str) -> None:
    """Small lines under a figure; empty ones are left out."""
    st.caption("  \n".join(esc(line) for line in said if line))


def early_help(app: App, part: Arrived) -> str:
    """How much of the days' conversions has arrived."""
    share = arrived_share(app, part)
    if part.is_judged:
        return app.say("Platforms report late: about {share} of these days' conversions are in.", share=share)
    return app.say("Too early to judge: about {share} of these days' conversions are in.", share=share)


def arrived_share(app: App, part: Arrived) -> str:
    """The share arrived, rounded down: what is not judged never looks as if it had reached the limit."""
    return app.numbers.percent(floor(part.share * 100) / 100, 0)
