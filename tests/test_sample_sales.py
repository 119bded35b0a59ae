"""The sample firm's sales hold a known effect of ads, and the sales model finds it again within its ranges."""

import json
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from budget import desk
from budget.sales_doubts import MOSTLY_PRIOR
from budget.sales_model import SalesChannel, SalesModel
from budget.sample import open_sample
from budget.store import open_store
from budget.weekly_spend import Channel
from sample_data.make import FOLDER

TRUTH: dict[str, Any] = json.loads((FOLDER / "nar_ev" / "sales_truth.json").read_text("utf-8"))
PLAN: dict[str, Any] = tomllib.loads((FOLDER / "nar_ev" / "plan.toml").read_text("utf-8"))
SHARES = {
    "meta_prospecting": 0.75, "meta_retargeting": 0.4, "google_search": 0.62, "google_retargeting": 0.4,
    "tiktok_awareness": 0.8, "tiktok_prospecting": 0.7,
}  # fmt: skip
"""Of what a platform claims, what its ads cause."""
STUDIED = Channel("meta", "retargeting")


def claimed(line_key: str) -> float:
    """The value that platforms claim for a line in both files of the truth, in manat."""
    rows = [
        row
        for firm in ("nar_ev_year_before", "nar_ev")
        for row in json.loads((FOLDER / firm / "truth.json").read_text("utf-8"))["rows"]
    ]
    return float(sum(row["value_micros"] or 0 for row in rows if row["line_key"] == line_key)) / 1e6


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SalesModel, SalesModel]]:
    """The fit of the sample firm without and with its lift study."""
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('sample') / 'payoff.db'}")
    firm = open_sample(store).workspace_id
    plan = store.plan(firm, next(head.plan_id for head in store.plans(firm) if head.status == "locked"))
    found = (desk.sales(store, plan), desk.sales(store, plan, desk.lifts(store, plan)))
    assert isinstance(found[0], SalesModel)
    assert isinstance(found[1], SalesModel)
    yield found[0], found[1]
    store.close()


def of(model: SalesModel, channel: Channel) -> SalesChannel:
    """One channel of a fit."""
    return next(one for one in model.channels if one.channel == channel)


def channel(line_key: str) -> Channel:
    """The channel of a plan line of the sample: one line each."""
    platform, _, tactic = line_key.partition("_")
    return Channel(platform, tactic)


def test_sales_are_the_sum_of_their_parts() -> None:
    """Each of 62 weeks in a row: pasted sales are those without ads and what each line caused, rounded each."""
    weeks = [date.fromisoformat(week) for week in TRUTH["weeks"]]
    assert weeks == [date(2025, 9, 8) + timedelta(weeks=n) for n in range(62)]
    parts = zip(TRUTH["without_ads"], *TRUTH["caused"].values(), strict=True)
    for week, row in zip(TRUTH["weeks"], parts, strict=True):
        assert PLAN["sales_weekly"][week] == pytest.approx(sum(row), abs=0.5 * (len(row) + 1))


@pytest.mark.parametrize("line_key", list(SHARES))
def test_a_line_causes_its_share_of_what_is_claimed(line_key: str) -> None:
    """Over all weeks, up to 3 % that is booked after the last week or not reported yet."""
    caused = sum(TRUTH["caused"][line_key])
    assert caused == pytest.approx(SHARES[line_key] * claimed(line_key), rel=0.03)


def test_the_ranges_hold_the_truth(models: tuple[SalesModel, SalesModel]) -> None:
    """With the study or without, 9 of 10 outcomes hold the true part of all ads and of each channel."""
    caused = {channel(key): sum(row) for key, row in TRUTH["caused"].items()}
    true_share = sum(caused.values()) / (sum(caused.values()) + sum(TRUTH["without_ads"]))
    for model in models:
        assert model.speaks
        assert {one.channel for one in model.channels} == set(caused)
        assert model.media_share.low < true_share < model.media_share.high
        for one, draws in zip(model.channels, model.iroas_draws.T, strict=True):
            low, high = np.quantile(draws, (0.05, 0.95)) * one.spend
            assert low < caused[one.channel] < high, one.channel


def test_what_was_spent_little_is_mostly_assumption(models: tuple[SalesModel, SalesModel]) -> None:
    """The year of varied prospecting tells something; lines of the last weeks rest on assumptions."""
    for model in models:
        known = {one.channel: one.evidence for one in model.channels}
        assert known[Channel("meta", "prospecting")] != MOSTLY_PRIOR
        assert known[Channel("tiktok", "awareness")] == known[Channel("google", "retargeting")] == MOSTLY_PRIOR
        assert not model.is_ranked


def test_the_study_measures_its_channel(models: tuple[SalesModel, SalesModel]) -> None:
    """Retargeting is no more than partly measured without the study; with it the range is less than half as wide."""
    before, after = (of(model, STUDIED) for model in models)
    assert before.evidence != after.evidence == "measured"
    assert after.iroas.high - after.iroas.low < 0.5 * (before.iroas.high - before.iroas.low)


def test_the_study_says_what_is_true() -> None:
    """Four weeks with and without retargeting: its true sales for 1 lie in the range that the study gives."""
    [study] = PLAN["test"]
    spent = sum(
        row["spend_micros"] / 1e6
        for row in json.loads((FOLDER / "nar_ev_year_before" / "truth.json").read_text("utf-8"))["rows"]
        if row["line_key"] == "meta_retargeting"
        and study["start_date"] <= date.fromisoformat(row["week_start"]) < study["end_date"]
    )
    weeks = [date.fromisoformat(week) for week in TRUTH["weeks"]]
    caused = zip(weeks, TRUTH["caused"]["meta_retargeting"], strict=True)
    brought = sum(money for week, money in caused if study["start_date"] <= week < study["end_date"])
    assert spent == pytest.approx(4 * study["spend_change"], rel=0.05)
    assert study["low"] < study["spend_change"] * brought / spent < study["high"]
