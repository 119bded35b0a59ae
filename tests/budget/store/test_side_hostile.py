"""Frames of other datasets that no export would hold: findings, never a driver's error."""

from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budget.present.file_words import file_sentence
from budget.present.numbers import numbers_for
from budget.present.words import words_for
from budget.store import InvalidValue, Store
from tests.budget.store.given import beside, lead, metric, order, post
from tests.budget.store.test_hostile import cells
from tests.budget.store.test_sides import MAKERS, NAMES

EXTRA = (
    "period_start",
    "period_end",
    "grain",
    "segment",
    "reach",
    "watch_seconds",
    "cancelled",
    "customer_key",
    "unknown",
)


@given(
    name=st.sampled_from(NAMES),
    base=st.booleans(),
    taken=st.lists(st.lists(st.tuples(st.integers(0, 30), cells), max_size=6), min_size=1, max_size=4),
)
@settings(
    max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_frame_ends_in_findings(
    store: Store, firm: int, name: str, base: bool, taken: list[list[tuple[int, Any]]]
) -> None:
    """Anything in any cell is stored, rejected with a finding, or refused as a whole; every row is accounted for."""
    columns = [*MAKERS[name](), *EXTRA]
    rows = [(MAKERS[name]() if base else {}) | {columns[n % len(columns)]: cell for n, cell in row} for row in taken]
    file = beside(**{name: rows})
    raw = repr((name, rows)).encode("utf-8", "replace")
    seen = store.preview_import(firm, file, raw)
    if seen.rejected:
        assert seen.findings
    try:
        done = store.add_import(firm, file, raw)
    except InvalidValue:
        assert any(finding.severity == "stop" for finding in seen.findings)
        return
    kept = getattr(store, name)(firm)
    assert int(kept["merged_rows"].sum()) + done.rejected == len(rows)
    store.daily_sales(firm)
    store.side_lineage(firm, name)
    store.undo_import(firm, done.import_id)
    assert getattr(store, name)(firm).empty


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"metrics": metric(value=2**63)}, "NUMBER_INVALID"),
    ({"metrics": metric(value=float("inf"))}, "NUMBER_INVALID"),
    ({"metrics": metric(value="many")}, "NUMBER_INVALID"),
    ({"metrics": metric(unit="pieces")}, "UNIT_UNKNOWN"),
    ({"metrics": metric(unit=None)}, "UNIT_UNKNOWN"),
    ({"metrics": metric(metric=None)}, "METRIC_UNKNOWN"),
    ({"metrics": metric(unit="micros", currency="manat")}, "CURRENCY_UNKNOWN"),
    ({"metrics": metric(date_day=date(9999, 12, 31))}, "DATE_INVALID"),
    ({"metrics": metric(date_day=None)}, "PERIOD_INVALID"),
    ({"metrics": metric(date_day=None, period_start=date(2026, 3, 9), period_end=date(2026, 3, 2))}, "PERIOD_INVALID"),
    ({"posts": post(post_id=None)}, "POST_UNKNOWN"),
    ({"posts": post(published_on=datetime(1, 1, 1))}, "DATE_INVALID"),  # frames hold plain dates
    ({"posts": post(views=1.5)}, "NUMBER_INVALID"),
    ({"posts": post(title="x" * 3_000)}, "TEXT_TOO_LONG"),
    ({"orders": order(order_id=" ")}, "ORDER_UNKNOWN"),
    ({"orders": order(order_date=None)}, "PERIOD_INVALID"),
    ({"orders": order(currency="₼")}, "CURRENCY_UNKNOWN"),
    ({"orders": order(cancelled="perhaps")}, "NUMBER_INVALID"),
    ({"leads": lead(date_day="30.02.2026")}, "DATE_INVALID"),
    ({"leads": lead(is_organic=2)}, "NUMBER_INVALID"),
]


@pytest.mark.parametrize(("fault", "code"), FAULTS, ids=[f"{next(iter(f))} {code}" for f, code in FAULTS])
def test_a_row_that_cannot_be_is_rejected_by_code(store: Store, firm: int, fault: dict[str, Any], code: str) -> None:
    """The good row is stored, the bad one is counted, listed with its line, and there is a sentence for it."""
    ((name, bad),) = fault.items()
    good = MAKERS[name](5) if name in ("metrics", "leads") else MAKERS[name](9)
    file = beside(**{name: [good, bad | {"source_row": 3}]})
    done = store.add_import(firm, file, b"x")
    (finding,) = done.findings
    assert (finding.code, finding.facts) == (code, {"count": 1, "rows": "3"})
    assert (done.rows, done.rejected, len(getattr(store, name)(firm))) == (1, 1, 1)
    (issue,) = store.issues(firm, done.import_id)
    assert (issue.code, issue.row) == (code, 3)
    for lang in ("en", "az"):
        assert "{" not in file_sentence(finding, words_for(lang), numbers_for(lang, "AZN"))
        assert code not in file_sentence(finding, words_for(lang), numbers_for(lang, "AZN"))


def test_rejected_orders_do_not_name_their_customer(store: Store, firm: int) -> None:
    """The list of rejected rows holds no key of a person."""
    done = store.add_import(firm, beside(orders=[order(order_date=None, customer_key="k" * 16)]), b"x")
    (issue,) = store.issues(firm, done.import_id)
    assert "k" * 16 not in str(issue.cells)


def test_sums_that_64_bits_cannot_hold_stop_the_file(store: Store, firm: int) -> None:
    """A file beyond any firm is refused whole; files just below it can be added up all the same."""
    huge = beside(orders=[order(n, total_micros=10**16) for n in range(101)])
    assert {finding.code for finding in store.preview_import(firm, huge, b"x").findings} == {"TOTAL_OUT_OF_RANGE"}
    with pytest.raises(InvalidValue):
        store.add_import(firm, huge, b"x")


@pytest.mark.parametrize("name", NAMES)
def test_no_table_no_import(store: Store, firm: int, name: str) -> None:
    """What is no table, or names a column twice, is refused."""
    frame = pd.DataFrame([MAKERS[name]()])
    for table in ([1], pd.concat([frame, frame], axis=1)):
        file = beside()
        setattr(file, name, table)
        with pytest.raises(InvalidValue):
            store.preview_import(firm, file, b"x")


def test_signs_that_no_database_keeps_are_replaced(store: Store, firm: int) -> None:
    """NUL and lone surrogates do not stop a file; attack strings come back as they went in."""
    rows = [post(1, title="a\0b\ud800"), post(2, title="'; DROP TABLE fact_post; --")]
    done = store.add_import(firm, beside(posts=rows), b"x")
    assert [finding.code for finding in done.findings] == ["TEXT_CLEANED"]
    assert store.posts(firm)["title"].tolist() == ["a\ufffdb\ufffd", "'; DROP TABLE fact_post; --"]
    assert len(store.side_lineage(firm, "posts", title="'; DROP TABLE fact_post; --")) == 1
