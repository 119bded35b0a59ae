"""How much of a day and a week has arrived: by the last look at each day, averaged over accounts."""

from datetime import timedelta

import pandas as pd
import pytest

from budget.money import MICROS
from budget.ripeness import LEAST, Ripeness, ripeness
from tests.budget.builders import week

Look = tuple[str, int, int, float, bool]
"""Account, day of the first week, age at the look, conversions, whether the age is sure."""


def found(*looks: Look) -> Ripeness:
    """Of one platform, looked at last on day 40."""
    days = [pd.Timestamp(week(0)) + pd.Timedelta(days=day) for _, day, *_ in looks]
    at = [day.tz_localize("UTC") + pd.Timedelta(days=look[2], hours=9) for day, look in zip(days, looks, strict=True)]
    frame = pd.DataFrame({"platform": "meta", "account_id": [look[0] for look in looks], "entity_level": "campaign",
                          "attribution_setting": None, "date_day": days, "as_of": at,
                          "as_of_sure": [look[4] for look in looks]})  # fmt: skip
    counts = pd.array([round(look[3] * MICROS) for look in looks], dtype="Int64")
    newest = pd.Timestamp(week(0) + timedelta(days=40)).tz_localize("UTC")
    coverage = pd.DataFrame({"platform": ["meta"], "newest_as_of": [newest]})
    return ripeness(frame.assign(conversions_micros=counts), coverage, seed=(1,))


def arriving(account: str, days: range, ages: tuple[int, ...]) -> list[Look]:
    """Half of 200 conversions on the first day, all from the eighth on."""
    return [(account, day, age, 100.0 if age < 7 else 200.0, True) for day in days for age in ages]


def test_the_last_look_at_a_day_counts() -> None:
    """Days that were looked at again are complete; those seen young alone are half there, whatever came later."""
    known = found(*arriving("A", range(-14, 0), (1, 9, 28)), *arriving("A", range(7), (1,)))
    assert known.reported([week(-1), week(0), week(1)])["meta"] == pytest.approx((1.0, 0.5, 1.0), abs=0.06)
    assert known.of_week("meta", week(0)) == pytest.approx(0.5, abs=0.06)


def test_accounts_are_averaged() -> None:
    """One account seen late and one seen young are three quarters together."""
    known = found(*arriving("A", range(-14, 7), (1, 9, 28)), *arriving("B", range(7), (1,)))
    assert known.reported([week(0)])["meta"] == pytest.approx((0.75,), abs=0.05)


def test_a_look_of_unknown_age_corrects_nothing() -> None:
    """Where the last look is a guess its days count as complete."""
    guess = [("A", day, 1, 100.0, False) for day in range(7)]
    known = found(*arriving("A", range(-14, 0), (1, 9, 28)), *guess)
    assert known.reported([week(0)])["meta"] == (1.0,)


def test_looks_at_old_days_tell_nothing_about_young_ones() -> None:
    """A day seen twice when all had arrived long ago is no second look: the platform is left out."""
    old = [("A", day, age, 100.0, True) for day in range(7) for age in (31, 38)]
    assert found(*old).reported([week(0)]) == {}
    assert found(*arriving("A", range(7), (1,))).reported([week(0)]) == {}


def test_a_share_is_never_next_to_nothing() -> None:
    """Even where almost all comes late, a week is not divided by less than the least share."""
    late = [("A", day, age, 0.0 if age < 20 else 5000.0, True) for day in range(-28, 0) for age in (1, 21)]
    young = [("A", day, 0, 0.0, True) for day in range(7)]
    assert found(*late, *young).reported([week(0)])["meta"] == (LEAST,)
