"""What is read back: shapes, types, coverage, lineage, snapshots, campaigns, memory."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pandas as pd

from budget.store import CampaignMatch, InvalidValue, Rate, Store
from tests.budget.store.given import MONDAY, at, reading, row, spend, week

MEASURES = ["spend_micros", "impressions", "clicks", "link_clicks", "landing_page_views", "engagements"]
MEASURES += ["conversions_micros", "value_micros", "reach"]


def test_types_do_not_depend_on_content(store: Store, firm: int) -> None:
    """An empty store gives the same columns and types as a full one."""
    reads: list[Callable[[], pd.DataFrame]] = [
        lambda: store.facts(firm, by=["platform", "tactic", "line_key", "result_type"]),
        lambda: store.daily(firm),
        lambda: store.snapshots(firm),
        lambda: store.period_facts(firm),
        lambda: store.coverage(firm),
        lambda: store.campaigns(firm),
        lambda: store.lineage(firm, start=MONDAY, end=date(2027, 1, 1)),
    ]
    empty = [read().dtypes.to_dict() for read in reads]
    store.add_import(firm, reading(row(), week(2), row(4, result_type="lead", results=1)), b"x")
    assert [read().dtypes.to_dict() for read in reads] == empty


def test_facts_have_the_promised_columns(store: Store, firm: int) -> None:
    """Weeks, groups, currency, nine numbers that may be null; sorted by the groups."""
    store.add_import(firm, reading(row(7, platform="tiktok"), row(7), row(0, platform="tiktok")), b"x")
    facts = store.facts(firm, by=["platform"])
    assert list(facts.columns) == ["week_start", "platform", "currency", *MEASURES]
    assert set(facts[MEASURES].dtypes.astype(str)) == {"Int64"}
    assert facts["week_start"].tolist() == [pd.Timestamp(MONDAY)] + [pd.Timestamp(MONDAY) + pd.Timedelta(days=7)] * 2
    assert facts["platform"].tolist() == ["tiktok", "meta", "tiktok"]
    daily = store.daily(firm, start=MONDAY + timedelta(days=7), by=())
    assert list(daily.columns) == ["date_day", "currency", *MEASURES]
    assert daily["spend_micros"].tolist() == [2_000_000]


def test_unmatched_spend_is_shown(store: Store, firm: int) -> None:
    """A campaign that nobody matched stands under a missing tactic; matching moves it and raises the version."""
    store.add_import(firm, reading(row(), row(campaign_id="2", spend_micros=5)), b"x")
    version = store.data_version(firm)
    match = CampaignMatch("meta", "A", "1", "prospecting", "l1")
    assert store.set_matches(firm, [match]) == version + 1
    assert store.set_matches(firm, [match]) == version + 1
    assert spend(store, firm, ["tactic"]) == {("prospecting",): 1_000_000, (None,): 5}
    (kept,) = store.matches(firm)
    assert (kept.line_key, kept.how, kept.decided_by) == ("l1", "person", "local")
    store.set_matches(firm, [CampaignMatch("meta", "A", "1", None)])
    assert (store.matches(firm), spend(store, firm, ["tactic"])) == ((), {(None,): 1_000_005})


def test_campaigns_tell_name_days_spend_and_match(store: Store, firm: int) -> None:
    """One row a campaign with its newest name, first and last day, counted spend and match."""
    store.add_import(firm, reading(row(0, campaign_name="Old"), row(5, campaign_name="New")), b"x")
    store.set_matches(firm, [CampaignMatch("meta", "A", "1", "prospecting")])
    (found,) = store.campaigns(firm).to_dict("records")
    assert (found["campaign_name"], found["spend_micros"], found["tactic"]) == ("New", 2_000_000, "prospecting")
    assert (found["first_day"].date(), found["last_day"].date()) == (MONDAY, MONDAY + timedelta(days=5))
    assert pd.isna(found["line_key"])


def test_coverage_tells_gaps_and_restatements(store: Store, firm: int) -> None:
    """First, last and missing days, the newest look, and the days of which a later look said something else."""
    store.add_import(firm, reading(row(0), row(1), row(4)), b"1", as_of=at(0))
    store.add_import(firm, reading(row(0), row(1, spend_micros=7)), b"2", as_of=at(3))
    (found,) = store.coverage(firm).to_dict("records")
    assert (found["days"], found["missing_days"], found["restated_days"]) == (3, 2, 1)
    assert found["newest_as_of"] == at(3)
    assert found["last_day"].date() == MONDAY + timedelta(days=4)


def test_lineage_adds_up_to_the_number(store: Store, firm: int) -> None:
    """The rows behind a sum have that sum, and name file, sheet and line."""
    store.add_import(firm, reading(row(source_sheet="Report", source_row=9), row(8), week(5), name="a.csv"), b"x")
    lines = store.lineage(firm, start=MONDAY, end=MONDAY + timedelta(days=7), platform="meta", tactic=None)
    assert lines[["original_name", "source_sheet", "source_row"]].values.tolist() == [["a.csv", "Report", 9]]
    everything = store.lineage(firm, start=date(2026, 1, 1), end=date(2027, 1, 1))
    assert everything["spend_micros"].sum() == store.facts(firm)["spend_micros"].sum()
    assert everything["period_end"].tolist()[-1] == pd.Timestamp(MONDAY + timedelta(days=42))


def test_snapshots_keep_every_look(store: Store, firm: int) -> None:
    """Superseded looks still teach how numbers mature; an inferred date of an old file orders but does not teach."""
    store.add_import(firm, reading(row(conversions_micros=1)), b"1", as_of=at(0))
    store.add_import(firm, reading(row(conversions_micros=2)), b"2", as_of=at(1))
    store.add_import(firm, reading(row(conversions_micros=3)), b"3")
    seen = store.snapshots(firm)
    assert seen["conversions_micros"].tolist() == [3, 1, 2]
    assert seen["as_of_sure"].tolist() == [False, True, True]
    assert seen["as_of"].tolist() == [datetime(2026, 3, 3, tzinfo=UTC), at(0), at(1)]


def test_answers_are_remembered_by_signature(store: Store, firm: int) -> None:
    """What was answered for these headers is offered again, until forgotten; it changes no fact."""
    store.remember_answers(firm, "abc", {"currency": "AZN"})
    store.remember_answers(firm, "abc", {"currency": "EUR"})
    assert store.remembered_answers(firm, "abc") == {"currency": "EUR"}
    assert store.all_answers(firm) == {"abc": {"currency": "EUR"}}
    store.forget_answers(firm, "abc")
    assert (store.remembered_answers(firm, "abc"), store.data_version(firm)) == ({}, 0)


def test_rates_are_kept_by_day(store: Store, firm: int) -> None:
    """One rate a day and pair of currencies; another takes its place; a rate must be positive."""
    store.set_rate(firm, Rate(MONDAY, "USD", "AZN", 1_700_000_000, "central bank"))
    rate = Rate(MONDAY, "USD", "AZN", 1_710_000_000)
    assert store.set_rate(firm, rate) == store.set_rate(firm, rate) == 2
    assert store.rates(firm) == (rate,)
    for wrong in (0, -1, 1.5):
        try:
            store.set_rate(firm, Rate(MONDAY, "USD", "AZN", wrong))  # type: ignore[arg-type]  # the fault tested
        except InvalidValue:
            continue
        raise AssertionError(wrong)


def test_a_rate_can_be_taken_back(store: Store, firm: int) -> None:
    """Only the rate of that day and those currencies goes; taking back what is not there changes nothing."""
    first, later = (Rate(MONDAY + timedelta(days=d), "USD", "AZN", 1_700_000_000) for d in (0, 7))
    other = Rate(MONDAY, "EUR", "AZN", 1_840_000_000)
    for rate in (first, later, other):
        store.set_rate(firm, rate)
    assert store.remove_rate(firm, first) == 4
    assert store.rates(firm) == (other, later)
    assert store.remove_rate(firm, first) == 4
    assert [event.action for event in store.audit(firm)].count("remove") == 1
