"""Metrics, posts, orders and leads: taken once, restated by later looks, taken out exactly."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import permutations
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from budget.metric_names import METRICS, additive
from budget.store import InvalidValue, Store, doctor
from budget.weeks import Period
from tests.budget.store.given import MONDAY, Bare, at, beside, lead, metric, order, post, reading, row, total

MAKERS: dict[str, Callable[..., dict[str, Any]]] = {"metrics": metric, "posts": post, "orders": order, "leads": lead}
NAMES = tuple(MAKERS)
NUMBER = {"metrics": "value_micros", "posts": "views", "orders": "total_micros", "leads": "leads"}
CHANGE: dict[str, dict[str, Any]] = {"metrics": {"value": 11}, "posts": {"views": 101}, "orders": {"total_micros": 7}}


def everything(store: Store, firm: int) -> dict[str, pd.DataFrame]:
    """All current rows without the numbers of their imports."""
    return {name: getattr(store, name)(firm).drop(columns="import_id") for name in (*NAMES, "sales")}


def same(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> None:
    """Both are alike to the last cell."""
    for name, frame in one.items():
        assert_frame_equal(frame, other[name])


@pytest.mark.parametrize("name", NAMES)
def test_the_same_file_twice_changes_nothing(store: Store, firm: int, name: str) -> None:
    """The second time nothing is stored and the data version stays."""
    file = beside(**{name: [MAKERS[name]()]})
    first = store.add_import(firm, file, b"x")
    assert (first.status, first.rows, first.new, first.rejected) == ("added", 1, 1, 0)
    version, before = store.data_version(firm), everything(store, firm)
    again = store.add_import(firm, file, b"x")
    assert (again.status, again.import_id, again.unchanged) == ("unchanged", first.import_id, 1)
    assert store.data_version(firm) == version
    same(before, everything(store, firm))
    assert len(getattr(store, name)(firm)) == 1


@pytest.mark.parametrize("name", CHANGE)
def test_a_later_look_restates(store: Store, firm: int, name: str) -> None:
    """The newer file's value is current, the preview says so before, undo gives the former value back."""
    make = MAKERS[name]
    store.add_import(firm, beside(**{name: [make()]}), b"a", as_of=at(0))
    before = everything(store, firm)
    file = beside(**{name: [make(**CHANGE[name])]})
    seen = store.preview_import(firm, file, b"b", as_of=at(1))
    assert (seen.new, seen.changed, seen.unchanged, seen.stale) == (0, 1, 0, 0)
    assert (seen.datasets[name].changed, len(seen.datasets[name].examples["changed"])) == (1, 1)
    done = store.add_import(firm, file, b"b", as_of=at(1))
    assert done.changed == 1
    after = everything(store, firm)
    assert not after[name].equals(before[name])
    store.undo_import(firm, done.import_id)
    same(before, everything(store, firm))


@pytest.mark.parametrize("name", CHANGE)
def test_an_old_export_that_comes_late_does_not_win(store: Store, firm: int, name: str) -> None:
    """It goes behind, the preview calls its row stale, and comes forward when the newer one is undone."""
    make = MAKERS[name]
    newer = store.add_import(firm, beside(**{name: [make()]}), b"a", as_of=at(5))
    before = everything(store, firm)
    older = beside(**{name: [make(**CHANGE[name])]})
    assert store.preview_import(firm, older, b"b", as_of=at(1)).stale == 1
    store.add_import(firm, older, b"b", as_of=at(1))
    same(before, everything(store, firm))
    store.undo_import(firm, newer.import_id)
    assert not everything(store, firm)[name].equals(before[name])


def test_undo_in_any_order_is_exact(store: Store) -> None:
    """Three overlapping files of all datasets: whichever are active, the store says what it says with only those."""
    files = [
        beside(metrics=[metric(n), metric(1, value=n)], posts=[post(n), post(9, views=n)],
               orders=[order(n), order(9, n)], leads=[lead(n), lead(1, status="new")])
        for n in range(3)
    ]  # fmt: skip
    expected: dict[frozenset[int], dict[str, pd.DataFrame]] = {}
    for gone in permutations(range(3)):
        firm = store.create_workspace("F", currency="AZN").workspace_id
        done = [store.add_import(firm, file, b"%d" % n, as_of=at(n)).import_id for n, file in enumerate(files)]
        left = {0, 1, 2}
        for number in gone:
            store.undo_import(firm, done[number])
            left.discard(number)
            now = everything(store, firm)
            same(expected.setdefault(frozenset(left), now), now)
        assert all(frame.empty for frame in everything(store, firm).values())


def test_one_file_fills_several_tables(store: Store, firm: int) -> None:
    """Delivery and all datasets of one file come in one import and go by one undo; the record says what came."""
    file = reading(
        row(),
        **{name: pd.DataFrame([make()]) for name, make in MAKERS.items()},
    )
    done = store.add_import(firm, file, b"x")
    assert (done.rows, done.new) == (5, 5)
    assert total(store, firm) == 1_000_000
    (record,) = store.imports(firm)
    assert record.totals == {
        "spend_micros": 1_000_000, "metrics.rows": 1, "metrics.value_micros": 10_000_000, "posts.rows": 1,
        "posts.views": 100, "orders.rows": 1, "orders.total_micros": 50_000_000, "orders.items": 2, "leads.rows": 1,
        "leads.leads": 1,
    }  # fmt: skip
    assert store.undo_import(firm, done.import_id).rows == 5
    assert total(store, firm) == 0
    assert all(frame.empty for frame in everything(store, firm).values())


@pytest.mark.parametrize("name", ["metrics", "orders", "leads"])
def test_a_replaced_range_has_no_other_rows(store: Store, firm: int, name: str) -> None:
    """Of the days that a file states, what it lacks is gone on request, and only then; undo brings it back."""
    make = MAKERS[name]
    rows = [make(1, 0), make(2, 3), make(3, 9)] if name == "orders" else [make(0), make(3), make(9)]
    store.add_import(firm, beside(**{name: rows}), b"a", as_of=at(0))
    before = everything(store, firm)
    file = beside(**{name: rows[:1], "period": Period(MONDAY, MONDAY + timedelta(days=7))})
    assert store.preview_import(firm, file, b"b", as_of=at(1)).vanished == 1
    kept = store.add_import(firm, file, b"b", as_of=at(1))
    assert len(getattr(store, name)(firm)) == 3
    store.undo_import(firm, kept.import_id)
    done = store.add_import(firm, file, b"b", as_of=at(1), replace_range=True)
    assert len(getattr(store, name)(firm)) == 2
    store.undo_import(firm, done.import_id)
    same(before, everything(store, firm))


def test_a_file_of_posts_never_says_that_others_are_gone(store: Store, firm: int) -> None:
    """An export of the newest posts does not remove the older ones, even when a range is replaced."""
    store.add_import(firm, beside(posts=[post(1), post(2)]), b"a", as_of=at(0))
    done = store.add_import(firm, beside(posts=[post(2)]), b"b", as_of=at(1), replace_range=True)
    assert (done.vanished, len(store.posts(firm))) == (0, 2)


def test_a_grain_that_is_said_to_be_gone_can_come_back(store: Store, firm: int) -> None:
    """A later file that has it again is newer than the tombstone."""
    store.add_import(firm, beside(orders=[order(1), order(2)]), b"a", as_of=at(0))
    store.add_import(firm, beside(orders=[order(1)]), b"b", as_of=at(1), replace_range=True)
    assert store.orders(firm)["order_id"].tolist() == ["#1"]
    done = store.add_import(firm, beside(orders=[order(2)]), b"c", as_of=at(2))
    assert (done.new, store.orders(firm)["order_id"].tolist()) == (1, ["#1", "#2"])


@pytest.mark.parametrize("name", CHANGE)
def test_a_second_row_of_one_thing(store: Store, firm: int, name: str) -> None:
    """Said again it is one row that counts two lines; said otherwise it is refused with a finding and listed."""
    make = MAKERS[name]
    rows = [make(), make(source_row=3), make(**CHANGE[name], source_row=4)]
    done = store.add_import(firm, beside(**{name: rows}), b"x")
    assert [(finding.code, finding.facts) for finding in done.findings] == [("ROWS_DIFFER", {"count": 1, "rows": "4"})]
    assert (done.rows, done.rejected) == (1, 1)
    (line,) = getattr(store, name)(firm).to_dict("records")
    assert (line["source_row"], line["merged_rows"]) == (2, 2)
    (issue,) = store.issues(firm, done.import_id)
    assert (issue.code, issue.row) == ("ROWS_DIFFER", 4)


def test_leads_are_counted(store: Store, firm: int) -> None:
    """Rows of one day, ad, form and status are so many leads; an ad is its id, else its name in any letters."""
    rows = [
        lead(),
        lead(),
        lead(status="won"),
        lead(is_organic=None),
        lead(campaign_id=None, campaign_name="Spring  SALE"),
    ]
    store.add_import(firm, beside(leads=[*rows, lead(campaign_id=None, campaign_name="spring sale")]), b"x")
    leads = store.leads(firm)
    assert sorted(leads["leads"]) == [1, 1, 2, 2]
    assert int(leads["leads"].sum()) == 6
    assert leads["merged_rows"].tolist() == leads["leads"].tolist()
    assert str(leads["is_organic"].dtype) == "boolean"


@given(value=st.decimals(-(10**9), 10**9, places=9), unit=st.sampled_from(["count", "share", "seconds"]))
@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_values_are_kept_as_millionths(store: Store, firm: int, value: Decimal, unit: str) -> None:
    """Value x 10^6, half to even, of every unit but money."""
    done = store.add_import(firm, beside(metrics=[metric(value=value, unit=unit)]), f"{value} {unit}".encode())
    kept = int(store.metrics(firm)["value_micros"].iloc[0])
    assert kept == int((value * 10**6).quantize(Decimal(1), ROUND_HALF_EVEN))
    store.undo_import(firm, done.import_id)


def test_money_is_micros_already(store: Store, firm: int) -> None:
    """A value of unit `micros` is stored as it is, with its currency or the file's; another unit has none."""
    rows = [
        metric(metric="revenue", value=12_345_678.0, unit="micros", currency="USD"),
        metric(1, metric="revenue", value=5, unit="micros"),
        metric(2, currency="USD"),
    ]
    store.add_import(firm, beside(metrics=rows), b"x")
    metrics = store.metrics(firm)
    assert metrics["value_micros"].tolist() == [12_345_678, 5, 10_000_000]
    assert metrics["currency"].fillna("").tolist() == ["USD", "AZN", ""]


def test_what_nobody_said_is_null(store: Store, firm: int) -> None:
    """Null is not zero: in numbers, flags, texts and dates."""
    bare = pd.DataFrame([{"order_id": "1", "order_date": MONDAY, "currency": "AZN", "total_micros": pd.NA}])
    posts = pd.DataFrame([{"permalink": "https://x/1", "platform": "x", "views": float("nan")}])
    done = store.add_import(firm, Bare(pd.DataFrame(), orders=bare, posts=posts, platform=None), b"x")
    assert done.rejected == 0
    (order_line,) = store.orders(firm).to_dict("records")
    (post_line,) = store.posts(firm).to_dict("records")
    assert (order_line["source"], order_line["source_row"]) == ("shop", 1)
    assert all(pd.isna(order_line[name]) for name in ("total_micros", "items", "cancelled", "status", "customer_key"))
    assert all(pd.isna(post_line[name]) for name in ("views", "published_on", "post_id", "watch_seconds_micros"))


def test_an_order_without_a_source_is_of_the_shop_that_exported_it(store: Store, firm: int) -> None:
    """The reading's platform takes the place of the source."""
    store.add_import(firm, beside(orders=[order(source=None)], platform="shopify"), b"x")
    assert store.orders(firm)["source"].tolist() == ["shopify"]


def test_a_post_is_its_id(store: Store, firm: int) -> None:
    """Another title or day is the same post; without an id it is its link, then its day and title."""
    store.add_import(firm, beside(posts=[post(1, title="a"), post(2)]), b"a", as_of=at(0))
    later = post(1, title="b", published_on=MONDAY + timedelta(days=1), views=5)
    link: dict[str, Any] = {"post_id": None, "permalink": "https://x/1"}
    store.add_import(firm, beside(posts=[later, post(**link), post(**link, title="t")]), b"b", as_of=at(1))
    text: dict[str, Any] = {"post_id": None, "title": "Hello"}
    store.add_import(firm, beside(posts=[post(**text), post(**text, published_on=date(2026, 3, 3))]), b"c", as_of=at(2))
    posts = store.posts(firm)
    assert sorted(posts["views"]) == [5, 100, 100, 100, 100]
    assert posts.loc[posts["permalink"].notna(), "merged_rows"].tolist() == [2]


def test_days_and_periods_of_a_metric_stay_apart(store: Store, firm: int) -> None:
    """A day, a month and a profile without any date are three things; the last is of the day of the look."""
    month: dict[str, Any] = {
        "date_day": None,
        "period_start": date(2026, 3, 1),
        "period_end": date(2026, 4, 1),
        "grain": "month",
    }
    profile: dict[str, Any] = {
        "date_day": None,
        "grain": "lifetime",
        "metric": "audience_share",
        "unit": "share",
        "value": 0.25,
    }
    file = beside(metrics=[metric(), metric(**month), metric(**profile, segment="age=25-34")])
    done = store.add_import(firm, file, b"x", as_of=datetime(2026, 5, 4, 12, tzinfo=UTC))
    assert done.rejected == 0
    metrics = store.metrics(firm)
    assert metrics["grain"].tolist() == ["month", "day", "lifetime"]
    assert metrics["date_day"].notna().tolist() == [False, True, False]
    assert metrics["period_start"].dt.date.tolist()[2] == date(2026, 5, 4)
    assert metrics["value_micros"].tolist()[2] == 250_000
    assert store.metrics(firm, start=date(2026, 3, 2), end=date(2026, 3, 3))["grain"].tolist() == ["day"]


def test_reads_take_a_range(store: Store, firm: int) -> None:
    """[start, end) by the day of each dataset."""
    file = beside(
        metrics=[metric(d) for d in range(4)],
        posts=[post(d, published_on=MONDAY + timedelta(days=d)) for d in range(4)],
        orders=[order(d, d) for d in range(4)], leads=[lead(d) for d in range(4)],
    )  # fmt: skip
    store.add_import(firm, file, b"x")
    span: dict[str, Any] = {"start": MONDAY + timedelta(days=1), "end": MONDAY + timedelta(days=3)}
    for name in NAMES:
        assert len(getattr(store, name)(firm, **span)) == 2
        assert len(getattr(store, name)(firm, start=span["start"])) == 3
        assert len(getattr(store, name)(firm, end=span["end"])) == 3
        assert len(store.side_lineage(firm, name, **span)) == 2
    with pytest.raises(InvalidValue):
        store.metrics(firm, start="2026")  # type: ignore[arg-type]  # the fault tested


def test_each_number_tells_its_line(store: Store, firm: int) -> None:
    """File, sheet, row and look of what is current; by any text column of the dataset, None for none."""
    store.add_import(firm, beside(metrics=[metric(source_sheet="S", source_row=7)], name="m.csv"), b"a", as_of=at(0))
    store.add_import(firm, beside(metrics=[metric(1, surface=None)], name="n.csv"), b"b", as_of=at(1))
    (line,) = store.side_lineage(firm, "metrics", metric="views", surface="facebook").to_dict("records")
    assert (line["original_name"], line["source_sheet"], line["source_row"]) == ("m.csv", "S", 7)
    assert line["as_of"] == pd.Timestamp(at(0))
    assert store.side_lineage(firm, "metrics", surface=None)["original_name"].tolist() == ["n.csv"]
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("delivery", {}),
        ("metrics", {"value_micros": "1"}),
        ("leads", {"x": "y"}),
    ]
    for dataset, keys in wrong:
        with pytest.raises(InvalidValue):
            store.side_lineage(firm, dataset, **keys)


def test_frames_have_their_types_when_empty(store: Store, firm: int) -> None:
    """Types never depend on what is in a store."""
    empty = everything(store, firm)
    store.add_import(firm, beside(**{name: [make()] for name, make in MAKERS.items()}), b"x")
    full = everything(store, firm)
    for name in NAMES:
        assert empty[name].dtypes.to_dict() == full[name].dtypes.to_dict()


def test_a_reading_dates_itself_by_its_last_day(store: Store, firm: int) -> None:
    """An old file of orders looks at the end of its last day, so that a folder of old exports sorts itself."""
    seen = store.preview_import(firm, beside(orders=[order(1, 0), order(2, 4)]), b"x")
    assert (seen.as_of, seen.as_of_source) == (datetime(2026, 3, 7, tzinfo=UTC), "inferred")


def test_what_may_not_be_kept_leaves_its_digest(store: Store, firm: int, url: str) -> None:
    """A lead list is not stored as a file, whatever its kind is called, and the doctor does not miss it."""
    file = beside(leads=[lead()], kind="people")
    file.keep_raw = False  # type: ignore[attr-defined]  # optional, so the bare class does without
    done = store.add_import(firm, file, b"people")
    assert store.original(firm, done.import_id) is None
    assert doctor.examine(url).faults == ()


def test_only_a_flow_is_summed() -> None:
    """Stocks, shares and people are marked, and what nobody knows is not summed either."""
    assert additive("sessions")
    assert not any(additive(name) for name in ("followers", "audience_share", "reach", "users", "unheard_of"))
    assert {one.kind for one in METRICS.values()} <= {"flow", "stock", "share", "people"}
