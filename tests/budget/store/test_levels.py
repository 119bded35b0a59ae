"""Levels, breakdowns, names, days and weeks: nothing counts twice, nothing is lost."""

from datetime import timedelta
from typing import Any

import pandas as pd
import pytest

from budget.store import CampaignMatch, Store
from tests.budget.store.given import MONDAY, at, reading, row, spend, total, week


def test_levels_are_never_added_up(store: Store, firm: int) -> None:
    """Account, campaign and ad exports of one day count once: the campaign's."""
    ads = [row(entity_level="ad", ad_id=ad, spend_micros=400) for ad in "xy"]
    store.add_import(firm, reading(*ads), b"ads")
    assert total(store, firm) == 800
    store.add_import(firm, reading(row(spend_micros=801)), b"campaigns")
    assert total(store, firm) == 801
    account = row(entity_level="account", campaign_id=None, campaign_name=None, spend_micros=810)
    store.add_import(firm, reading(account), b"account")
    assert total(store, firm) == 801


def test_an_account_counts_where_nothing_else_is_known(store: Store, firm: int) -> None:
    """The account's own row fills the days of which no campaign is known, and steps back when one is."""
    account = {"entity_level": "account", "campaign_id": None, "campaign_name": None}
    store.add_import(firm, reading(row(0, **account), row(1, **account)), b"account")
    assert total(store, firm) == 2_000_000
    campaigns = store.add_import(firm, reading(row(1, spend_micros=3)), b"campaigns")
    assert total(store, firm) == 1_000_003
    store.undo_import(firm, campaigns.import_id)
    assert total(store, firm) == 2_000_000


def test_breakdowns_are_never_added_up(store: Store, firm: int) -> None:
    """An export by age alone counts; beside one by age and gender, or one without, it counts once."""
    ages = [row(breakdown=f"age={age}", spend_micros=10) for age in ("18-24", "25-34")]
    store.add_import(firm, reading(*ages), b"ages")
    assert total(store, firm) == 20
    finer = [row(breakdown=f"age=18-24|gender={sex}", spend_micros=6) for sex in ("female", "male")]
    store.add_import(firm, reading(*finer), b"finer")
    assert total(store, firm) == 20
    plain = store.add_import(firm, reading(row(spend_micros=21)), b"plain")
    assert total(store, firm) == 21
    store.undo_import(firm, plain.import_id)
    assert total(store, firm) == 20


def test_one_of_two_breakdowns_counts(store: Store, firm: int) -> None:
    """By age and by gender, both of one dimension: one of them counts, whichever came first."""
    store.add_import(firm, reading(row(breakdown="gender=female", spend_micros=9)), b"sex")
    store.add_import(firm, reading(row(breakdown="age=18-24", spend_micros=7)), b"age")
    assert total(store, firm) in {7, 9}


def test_days_and_weeks_are_never_added_up(store: Store, firm: int) -> None:
    """A week counts only while that account has no day in it; the next week is not touched."""
    store.add_import(firm, reading(week(0, spend_micros=70), week(1, spend_micros=71)), b"weeks")
    assert total(store, firm) == 141
    day = store.add_import(firm, reading(row(3, spend_micros=5)), b"day")
    assert total(store, firm) == 76
    assert store.period_facts(firm)["counted"].tolist() == [False, True]
    store.undo_import(firm, day.import_id)
    assert total(store, firm) == 141
    other = reading(row(3, account_id="B", spend_micros=5))
    store.add_import(firm, other, b"other account")
    assert total(store, firm) == 146


def test_what_is_no_whole_week_is_kept_but_not_counted(store: Store, firm: int) -> None:
    """Months, cut weeks and weeks from Sunday are shown as they are and never spread."""
    sunday: dict[str, Any] = {"period_start": MONDAY - timedelta(days=1), "period_end": MONDAY + timedelta(days=6)}
    cut: dict[str, Any] = {"period_start": MONDAY, "period_end": MONDAY + timedelta(days=3)}
    month: dict[str, Any] = {"period_start": MONDAY, "period_end": MONDAY + timedelta(days=31), "grain": "month"}
    store.add_import(firm, reading(week(**sunday), week(**cut), week(**month)), b"x")
    assert total(store, firm) == 0
    assert store.period_facts(firm)["spend_micros"].tolist() == [1_000_000] * 3


def test_a_range_takes_only_weeks_that_lie_inside(store: Store, firm: int) -> None:
    """[start, end) cuts days; a week that it would cut is left out."""
    store.add_import(firm, reading(week(0), row(7), row(8)), b"x")
    inside = store.facts(firm, start=MONDAY, end=MONDAY + timedelta(days=8))
    assert inside["spend_micros"].sum() == 2_000_000
    cut = store.facts(firm, start=MONDAY + timedelta(days=1), end=MONDAY + timedelta(days=8))
    assert cut["spend_micros"].sum() == 1_000_000


def test_a_file_without_ids_meets_one_with_ids(store: Store, firm: int) -> None:
    """A name that one campaign bore is that campaign; when its ids are undone, the name stands for itself again."""
    store.add_import(firm, reading(row(0, campaign_id=None, spend_micros=1), row(1, campaign_id=None)), b"names")
    assert set(spend(store, firm, ["campaign_slot"])) == {("name:one",)}
    ids = store.add_import(firm, reading(row(0, spend_micros=2)), b"ids")
    assert spend(store, firm, ["campaign_slot"]) == {("1",): 1_000_002}
    store.undo_import(firm, ids.import_id)
    assert spend(store, firm, ["campaign_slot"]) == {("name:one",): 1_000_001}


def test_a_name_that_two_campaigns_bore_is_nobodys(store: Store, firm: int) -> None:
    """Two ids of one name leave the name on its own: guessing would put money on the wrong campaign."""
    store.add_import(firm, reading(row(0), row(0, campaign_id="2")), b"ids")
    store.add_import(firm, reading(row(1, campaign_id=None)), b"name")
    assert set(spend(store, firm, ["campaign_slot"])) == {("1",), ("2",), ("name:one",)}


def test_a_match_follows_its_campaign(store: Store, firm: int) -> None:
    """A match made by name still holds when a later file tells the campaign's id."""
    store.add_import(firm, reading(row(0, campaign_id=None)), b"names")
    store.set_matches(firm, [CampaignMatch("meta", "A", "name:one", "prospecting", "l1")])
    store.add_import(firm, reading(row(1)), b"ids")
    assert spend(store, firm, ["tactic", "line_key"]) == {("prospecting", "l1"): 2_000_000}


def test_names_are_compared_without_case_and_width(store: Store, firm: int) -> None:
    """Another export writes the name in capitals, full width or with more spaces: the same grain."""
    store.add_import(firm, reading(row(campaign_id=None, campaign_name="Yay  Kampaniyası")), b"1", as_of=at(0))
    wide = "ＹＡＹ kampaniyası "
    store.add_import(firm, reading(row(campaign_id=None, campaign_name=wide, spend_micros=2)), b"2", as_of=at(1))
    assert total(store, firm) == 2


def test_equal_names_below_different_campaigns_stay_apart(store: Store, firm: int) -> None:
    """Ad "Video" of two campaigns is two things, even where no ids are exported."""
    ads = [row(entity_level="ad", campaign_id=None, campaign_name=name, ad_name="Video") for name in ("One", "Two")]
    assert store.add_import(firm, reading(*ads), b"x").rows == 2
    assert len(spend(store, firm, ["campaign_slot"])) == 2


def test_ads_without_a_campaign_do_not_join_campaigns(store: Store, firm: int) -> None:
    """Ads of an unknown campaign count only on days of which no campaign is known."""
    ad = {"entity_level": "ad", "campaign_id": None, "campaign_name": None, "ad_id": "x"}
    store.add_import(firm, reading(row(0, **ad), row(1, **ad)), b"ads")
    store.add_import(firm, reading(row(0, spend_micros=3)), b"campaigns")
    assert total(store, firm) == 1_000_003


@pytest.mark.parametrize(("first", "then"), [("A", None), (None, None)])
def test_an_account_that_is_not_named_is_the_only_known(
    store: Store, firm: int, first: str | None, then: str | None
) -> None:
    """A file that does not name its account belongs to the only one known."""
    store.add_import(firm, reading(row(account_id=first)), b"1", as_of=at(0))
    store.add_import(firm, reading(row(account_id=then, spend_micros=2)), b"2", as_of=at(1))
    assert total(store, firm) == 2


def test_accounts_named_and_not_named_are_pointed_out(store: Store, firm: int) -> None:
    """When ids come after files without, a finding warns that days may count twice."""
    store.add_import(firm, reading(row(account_id=None)), b"1")
    seen = store.preview_import(firm, reading(row(account_id="A")), b"2")
    assert [(finding.code, dict(finding.facts)) for finding in seen.findings] == [
        ("ACCOUNT_MIXED", {"platform": "meta"})
    ]


def test_the_person_can_say_the_account(store: Store, firm: int) -> None:
    """The answer `account_id` names the account of a file that does not."""
    store.add_import(firm, reading(row(account_id="A"), row(account_id="B")), b"1", as_of=at(0))
    said = reading(row(account_id=None, spend_micros=2), answers={"account_id": "B"})
    store.add_import(firm, said, b"2", as_of=at(1))
    assert spend(store, firm, ["account_id"]) == {("A",): 1_000_000, ("B",): 2}


def test_nothing_said_is_never_zero(store: Store, firm: int) -> None:
    """A column that no row filled is null in the sums; one zero makes it zero."""
    store.add_import(firm, reading(row(clicks=None, impressions=0), row(1, clicks=None, impressions=None)), b"x")
    fact = store.facts(firm).iloc[0]
    assert pd.isna(fact["clicks"])
    assert fact["impressions"] == 0


def test_reach_is_shown_only_where_it_is_one_row(store: Store, firm: int) -> None:
    """Reach of two rows is unknown: people are not added up."""
    store.add_import(firm, reading(row(0, reach=10), row(7, reach=20), row(8, reach=30)), b"x")
    reach = store.facts(firm)["reach"]
    assert (reach[0], pd.isna(reach[1])) == (10, True)
    assert store.daily(firm)["reach"].tolist() == [10, 20, 30]


def test_results_are_summed_by_type_only(store: Store, firm: int) -> None:
    """Purchases and leads are never one number."""
    rows = [row(0, results=2, result_type="purchase"), row(1, results=3, result_type="lead")]
    store.add_import(firm, reading(*rows), b"x")
    assert "results" not in store.facts(firm)
    facts = store.facts(firm, by=["result_type"])
    assert dict(zip(facts["result_type"], facts["results"], strict=True)) == {"purchase": 2, "lead": 3}
