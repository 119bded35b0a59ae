"""Frames that no export would hold: findings, never a driver's error."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budget.errors import PayoffError
from budget.store import InvalidValue, Store
from tests.budget.store.given import Bare, reading, row, total

cells = st.one_of(
    st.none(),
    st.just(float("nan")),
    st.just(pd.NA),
    st.just(pd.NaT),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.text(max_size=5),
    st.sampled_from(["\0", "\ud800", "a\x1fb", "x" * 3_000, "2026-03-02", "campaign", "ad", "AZN", "inf", "1e400"]),
    st.dates(),
    st.datetimes(),
    st.booleans(),
    st.decimals(),
    st.just([1]),
    st.just(np.datetime64("NaT")),
)
COLUMNS = [*row(), "period_start", "period_end", "grain", "ad_id", "results", "result_type", "reach", "unknown"]


@given(frame=st.lists(st.dictionaries(st.sampled_from(COLUMNS), cells, max_size=6), max_size=4), base=st.booleans())
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_frame_ends_in_findings(store: Store, firm: int, frame: list[dict[str, Any]], base: bool) -> None:
    """Anything in any cell is stored, rejected with a finding, or refused as a whole; every row is accounted for."""
    rows = [(row() | cells) if base else cells for cells in frame]
    file = Bare(pd.DataFrame(rows, dtype=object))
    seen = store.preview_import(firm, file, repr(rows).encode("utf-8", "replace"))
    if seen.rejected:
        assert seen.findings
    try:
        done = store.add_import(firm, file, repr(rows).encode("utf-8", "replace"))
    except InvalidValue:
        assert any(finding.severity == "stop" for finding in seen.findings)
        return
    assert done.rejected == seen.rejected or done.status == "unchanged"
    store.facts(firm)
    store.undo_import(firm, done.import_id)
    assert total(store, firm) == 0


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"spend_micros": 2**63}, "NUMBER_INVALID"),
        ({"spend_micros": float("inf")}, "NUMBER_INVALID"),
        ({"spend_micros": 1.5}, "NUMBER_INVALID"),
        ({"spend_micros": "much"}, "NUMBER_INVALID"),
        ({"date_day": date(9999, 12, 31)}, "DATE_INVALID"),
        ({"date_day": datetime(1, 1, 1)}, "DATE_INVALID"),  # frames hold plain dates
        ({"date_day": "30.02.2026"}, "DATE_INVALID"),
        ({"date_day": None}, "PERIOD_INVALID"),
        ({"date_day": None, "period_start": date(2026, 3, 9), "period_end": date(2026, 3, 2)}, "PERIOD_INVALID"),
        ({"entity_level": "keyword"}, "LEVEL_UNKNOWN"),
        ({"currency": "manat"}, "CURRENCY_UNKNOWN"),
        ({"campaign_name": "x" * 3_000}, "TEXT_TOO_LONG"),
    ],
)
def test_a_row_that_cannot_be_is_rejected_by_code(store: Store, firm: int, fault: dict[str, Any], code: str) -> None:
    """The good row is stored, the bad one is counted, named by its line and kept in the list of rejected rows."""
    file = reading(row(source_row=2), row(1, **fault, source_row=3))
    receipt = store.add_import(firm, file, b"x")
    assert [finding.code for finding in receipt.findings] == [code]
    assert receipt.findings[0].facts == {"count": 1, "rows": "3"}
    assert (receipt.rows, receipt.rejected, total(store, firm)) == (1, 1, 1_000_000)
    (issue,) = store.issues(firm, receipt.import_id)
    assert (issue.code, issue.row) == (code, 3)


def test_signs_that_no_database_keeps_are_replaced(store: Store, firm: int) -> None:
    """NUL and lone surrogates in names do not stop a file; a finding says so."""
    frame = pd.DataFrame([row(campaign_name="a\0b", campaign_id="\ud800")], dtype=object)
    receipt = store.add_import(firm, Bare(frame), b"x")
    assert [finding.code for finding in receipt.findings] == ["TEXT_CLEANED"]
    assert store.campaigns(firm)["campaign_name"].tolist() == ["a\ufffdb"]


def test_numbers_come_in_any_clothes(store: Store, firm: int) -> None:
    """int64, Int64, float with gaps, Decimal and digits as text all mean the same number."""
    for number in (7, np.int64(7), 7.0, Decimal(7), "7"):
        receipt = store.add_import(firm, Bare(pd.DataFrame([row(spend_micros=number)], dtype=object)), b"x")
        assert total(store, firm) == 7
        store.undo_import(firm, receipt.import_id)
    frame = pd.DataFrame([row(), row(1)])
    frame["spend_micros"] = pd.array([7, None], dtype="Int64")
    frame["date_day"] = pd.to_datetime(frame["date_day"])
    frame["campaign_name"] = frame["campaign_name"].astype("category")
    store.add_import(firm, Bare(frame), b"y")
    assert total(store, firm) == 7


def test_sums_that_64_bits_cannot_hold_stop_the_file(store: Store, firm: int) -> None:
    """A file whose column exceeds any real budget is refused whole, before sums could overflow."""
    file = reading(*(row(day, spend_micros=10**16) for day in range(101)))
    assert {finding.code for finding in store.preview_import(firm, file, b"x").findings} == {"TOTAL_OUT_OF_RANGE"}
    with pytest.raises(InvalidValue):
        store.add_import(firm, file, b"x")


def test_two_columns_of_one_name_are_no_frame(store: Store, firm: int) -> None:
    """Which one would count? Refused."""
    frame = pd.concat([reading(row()).frame, reading(row()).frame[["spend_micros"]]], axis=1)
    with pytest.raises(InvalidValue):
        store.preview_import(firm, Bare(frame), b"x")


@pytest.mark.parametrize("text", ["'; DROP TABLE plan; --", '"', "%s", "?", ":x", "a\x1fb", "<b>", "=1+1"])
def test_texts_are_never_code(store: Store, firm: int, text: str) -> None:
    """Attack strings in every text go in and come out as they are (but for the separator of keys)."""
    kept = text.replace("\x1f", "\ufffd")
    store.add_import(firm, reading(row(campaign_name=text, account_id=text, platform=text), name=text), b"x")
    assert store.facts(firm, by=["account_id"])["account_id"].tolist() == [kept]
    lines = store.lineage(firm, start=date(2026, 3, 1), end=date(2026, 4, 1), account_id=kept)
    assert lines["original_name"].tolist() == [kept]
    plan = store.create_plan(firm, name=text, currency="AZN")
    assert store.plan(firm, plan.plan_id).name == text


def test_errors_are_of_one_tree() -> None:
    """What the store raises for values is caught once, with everything else of Payoff."""
    assert issubclass(InvalidValue, PayoffError)
