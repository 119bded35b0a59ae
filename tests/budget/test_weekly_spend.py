"""Spend by week and channel: all uploaded weeks, exact money, platforms that begin or end said."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from budget.rates import Rate
from budget.weekly_spend import Channel, channel_of, weekly_spend
from tests.budget.builders import BUSINESS
from tests.budget.shops import CLAIMED, MONDAY, Firm, coverage, day, facts, firm, spend_of

FIRM = firm(12)


def test_spend_is_the_facts_by_channel_and_week() -> None:
    """Every cell is the uploaded money; channels stand in the order of their names."""
    found = spend_of(FIRM)
    assert found.channels == tuple(Channel(*one) for one in FIRM.channels)
    np.testing.assert_allclose(found.spend, FIRM.spend, atol=1e-6)
    assert found.weeks[0] == MONDAY
    assert len(found.weeks) == 12


def test_claims_are_value_over_spend() -> None:
    """A channel claims what it causes times the same bias."""
    np.testing.assert_allclose(spend_of(FIRM).claimed_roas, np.array(FIRM.iroas) * CLAIMED, rtol=1e-6)


def test_few_claims_say_nothing() -> None:
    """Below 30 conversions the ratio is not taken."""
    small = Firm(FIRM.spend / 1000, FIRM.sales)
    assert np.isnan(spend_of(small).claimed_roas).all()
    assert np.isnan(spend_of(replace(FIRM, claims=False)).claimed_roas).all()


def test_lines_without_spend_are_left_out() -> None:
    """A channel that never cost anything is no channel of the model."""
    spend = FIRM.spend.copy()
    spend[1] = 0
    found = spend_of(replace(FIRM, spend=spend))
    assert [one.platform for one in found.channels] == ["google", "tiktok"]


def test_campaigns_of_nobody_are_a_channel() -> None:
    """Spend without a tactic stays in, under its platform."""
    frame = facts(FIRM)
    frame.loc[frame["platform"] == "meta", "tactic"] = None
    found = weekly_spend(frame, coverage(FIRM), "AZN", BUSINESS)
    assert Channel("meta", "") in found.channels
    assert found.spend.sum() == pytest.approx(FIRM.spend.sum())


def test_weeks_end_with_the_platform_that_is_late() -> None:
    """A platform two weeks behind ends the weeks for all: its spend is not known."""
    found = weekly_spend(facts(FIRM), coverage(FIRM, last={"meta": day(10, 2)}), "AZN", BUSINESS)
    assert len(found.weeks) == 10
    assert found.findings == ()


def test_a_platform_that_is_over_ends_nothing() -> None:
    """One without data for months counts as stopped, and that is said."""
    found = weekly_spend(facts(FIRM), coverage(FIRM, last={"tiktok": day(3, -1)}), "AZN", BUSINESS)
    assert len(found.weeks) == 12
    assert [(one.code, one.facts["platform"]) for one in found.findings] == [("SPEND_ENDED", "tiktok")]


def test_a_platform_that_began_later_is_said() -> None:
    """Weeks before its first day count as no spend."""
    late = coverage(FIRM, first={"tiktok": day(5)})
    found = weekly_spend(facts(FIRM), late, "AZN", BUSINESS)
    assert [(one.code, one.facts["day"]) for one in found.findings] == [("SPEND_BEGAN", day(5).isoformat())]
    assert len(found.weeks) == 12


def test_a_first_week_that_is_not_whole_is_left_out() -> None:
    """Data that begin on a Wednesday begin with the next Monday."""
    began = {platform: MONDAY + timedelta(days=2) for platform, _ in FIRM.channels}
    assert weekly_spend(facts(FIRM), coverage(FIRM, first=began), "AZN", BUSINESS).weeks[0] == day(1)


def test_money_is_turned_and_what_cannot_be_is_named() -> None:
    """Dollars at 1.7 are manat, ratios stay; without a rate the spend is out and said."""
    frame = facts(FIRM, currency="USD")
    turned = weekly_spend(frame, coverage(FIRM), "AZN", BUSINESS, [Rate(MONDAY, "USD", "AZN", 1_700_000_000)])
    np.testing.assert_allclose(turned.spend, FIRM.spend * 1.7, atol=1e-5)
    np.testing.assert_allclose(turned.claimed_roas, spend_of(FIRM).claimed_roas, rtol=1e-6)
    lost = weekly_spend(frame, coverage(FIRM), "AZN", BUSINESS)
    assert (lost.channels, lost.findings[-1].code) == ((), "SPEND_RATE_MISSING")


def test_nothing_uploaded_is_no_weeks() -> None:
    """No coverage, no weeks, no channels."""
    found = weekly_spend(facts(FIRM)[:0], pd.DataFrame(columns=["platform", "first_day", "last_day"]), "AZN", BUSINESS)
    assert (found.weeks, found.channels, found.spend.shape) == ((), (), (0, 0))


def test_a_key_leads_back_to_its_channel() -> None:
    """Also without a tactic."""
    for channel in (Channel("meta", "prospecting"), Channel("meta", "")):
        assert channel_of(channel.key) == channel


def test_next_to_nothing_is_left_out_and_said() -> None:
    """A channel with less than half a percent of all spend is no channel of the model; with more it is one."""
    spend = FIRM.spend.copy()
    others = spend[[0, 1]].sum()
    for share, count in ((0.004, 2), (0.006, 3)):
        spend[2] *= others * share / (1 - share) / spend[2].sum()
        found = spend_of(replace(FIRM, spend=spend))
        assert len(found.channels) == count
        said = [one.facts["channels"] for one in found.findings if one.code == "SPEND_TINY"]
        assert said == (["tiktok/awareness"] if count == 2 else [])
