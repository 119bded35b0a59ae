"""Adding files: once, in their place in time, and out again."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest

from budget.findings import Finding
from budget.store import ImportMissing, ImportOpen, InvalidValue, QuotaReached, Store, open_store
from tests.budget.store.given import MONDAY, at, reading, row, spend, total


def test_the_same_file_twice_changes_nothing(store: Store, firm: int) -> None:
    """The second time the first import is named and nothing, data_version and history included, has changed."""
    file = reading(row(), row(1))
    first = store.add_import(firm, file, b"bytes")
    before = (store.data_version(firm), store.imports(firm), total(store, firm))
    second = store.add_import(firm, file, b"bytes")
    assert (second.status, second.import_id, second.unchanged) == ("unchanged", first.import_id, 2)
    assert (store.data_version(firm), store.imports(firm), total(store, firm)) == before
    assert second.data_version == before[0] == first.data_version


def test_the_same_bytes_with_another_answer_are_a_correction(store: Store, firm: int) -> None:
    """Another answer makes a new import, which supersedes the first."""
    store.add_import(firm, reading(row(), answers={"decimal": ","}), b"bytes", as_of=at(0))
    receipt = store.add_import(firm, reading(row(spend_micros=5), answers={"decimal": "."}), b"bytes", as_of=at(1))
    assert (receipt.status, receipt.changed) == ("added", 1)
    assert total(store, firm) == 5


def test_undo_and_again_is_a_new_import(store: Store, firm: int) -> None:
    """After an undo the file counts as new, gets a new number, and its original was kept throughout."""
    file = reading(row())
    first = store.add_import(firm, file, b"bytes")
    undone = store.undo_import(firm, first.import_id)
    assert (undone.status, undone.rows, total(store, firm)) == ("undone", 1, 0)
    assert store.original(firm, first.import_id) == ("export.csv", b"bytes")
    again = store.add_import(firm, file, b"bytes")
    assert again.import_id > first.import_id
    assert [record.status for record in store.imports(firm)] == ["undone", "active"]
    assert undone.data_version == first.data_version + 1 == again.data_version - 1


def test_undo_is_exact_in_any_order(store: Store, firm: int) -> None:
    """Whatever order three overlapping looks are undone in, the totals are those of the looks that are left."""
    spends = {1: {0: 10, 1: 20, 2: 30}, 2: {1: 200, 2: 300, 3: 400}, 3: {2: 3_000, 3: 4_000, 4: 5_000}}
    for order in permutations(spends):
        ids = {}
        for look, days in spends.items():
            rows = [row(day, spend_micros=money) for day, money in days.items()]
            ids[look] = store.add_import(firm, reading(*rows), b"%d" % look, as_of=at(look)).import_id
        left = dict(spends)
        for look in order:
            store.undo_import(firm, ids[look])
            del left[look]
            expected: dict[int, int] = {}
            for days in left.values():
                expected |= days
            assert total(store, firm) == sum(expected.values())


def test_an_old_export_uploaded_late_never_wins(store: Store, firm: int) -> None:
    """The earlier look goes behind; what only it knows still counts; undoing the newer one brings it forth."""
    newer = store.add_import(firm, reading(row(0, spend_micros=100)), b"new", as_of=at(10))
    late = store.add_import(firm, reading(row(0, spend_micros=7), row(1, spend_micros=8)), b"old", as_of=at(5))
    assert total(store, firm) == 108
    middle = store.add_import(firm, reading(row(0, spend_micros=50)), b"middle", as_of=at(7))
    assert total(store, firm) == 108
    store.undo_import(firm, newer.import_id)
    assert total(store, firm) == 58
    store.undo_import(firm, middle.import_id)
    assert total(store, firm) == 15
    store.undo_import(firm, late.import_id)
    assert total(store, firm) == 0


def test_a_folder_of_old_exports_sorts_itself(store: Store, firm: int) -> None:
    """Without a stated time an old file is dated to the end of its last day, so upload order does not matter."""
    june = reading(row(0, spend_micros=1), row(30, spend_micros=1))
    march = reading(row(0, spend_micros=999))
    store.add_import(firm, june, b"june")
    store.add_import(firm, march, b"march")
    assert total(store, firm) == 2
    first, second = store.imports(firm)
    assert first.as_of_source == second.as_of_source == "inferred"
    assert second.as_of == datetime(2026, 3, 3, tzinfo=UTC)


def test_a_fresh_file_is_dated_now(url: str) -> None:
    """A file whose last day ended at most three days ago was made now, as far as we know."""
    now = datetime(2026, 3, 6, tzinfo=UTC)
    store = open_store(url, clock=lambda: now)
    firm = store.create_workspace("Firm", currency="AZN").workspace_id
    assert store.preview_import(firm, reading(row()), b"x").as_of == now
    old = reading(row(-1))
    assert store.preview_import(firm, old, b"x").as_of == datetime(2026, 3, 2, tzinfo=UTC)
    store.close()


def test_a_preview_counts_what_an_import_does(store: Store, firm: int) -> None:
    """New, changed, unchanged and vanished are those of the import that follows; nothing is written before."""
    store.add_import(firm, reading(row(0), row(1), row(2)), b"1", as_of=at(0))
    version = store.data_version(firm)
    file = reading(row(0), row(2, spend_micros=9), row(3))
    seen = store.preview_import(firm, file, b"2", as_of=at(1))
    assert store.data_version(firm) == version
    done = store.add_import(firm, file, b"2", as_of=at(1))
    for count in ("rows", "new", "changed", "unchanged", "vanished", "rejected"):
        assert getattr(seen, count) == getattr(done, count)
    assert (seen.new, seen.changed, seen.unchanged, seen.vanished, seen.stale) == (1, 1, 1, 1, 0)
    assert seen.examples["changed"]["before_spend_micros"].tolist() == [1_000_000]
    assert seen.examples["vanished"]["start"].tolist() == [MONDAY + timedelta(days=1)] or len(seen.examples["vanished"])
    assert seen.days["spend_micros"].tolist() == [1_000_000, 9, 1_000_000]


def test_a_preview_names_what_is_stale(store: Store, firm: int) -> None:
    """Rows that a later look has already restated are counted as stale; equal ones are not."""
    store.add_import(firm, reading(row(0), row(1)), b"1", as_of=at(5))
    seen = store.preview_import(firm, reading(row(0), row(1, spend_micros=2)), b"2", as_of=at(1))
    assert (seen.stale, seen.unchanged, seen.changed) == (1, 1, 1)


def test_vanished_rows_stay_unless_the_range_is_replaced(store: Store, firm: int) -> None:
    """A filtered export erases nothing; replacing the whole range does, and its undo brings all back."""
    both = reading(row(), row(campaign_id="2", campaign_name="Two"))
    store.add_import(firm, both, b"both", as_of=at(0))
    store.add_import(firm, reading(row(note=1)), b"filtered", as_of=at(1))
    assert total(store, firm) == 2_000_000
    replaced = store.add_import(firm, reading(row(note=2)), b"whole", as_of=at(2), replace_range=True)
    assert (replaced.vanished, total(store, firm)) == (1, 1_000_000)
    store.undo_import(firm, replaced.import_id)
    assert total(store, firm) == 2_000_000


def test_rows_of_one_grain_are_summed(store: Store, firm: int) -> None:
    """Two ads of one name become one fact with the sum of both and no reach; nothing said stays nothing."""
    ads = [row(entity_level="ad", ad_name="Ad", spend_micros=n, reach=n, clicks=None, source_row=n) for n in (3, 4)]
    receipt = store.add_import(firm, reading(*ads), b"x")
    fact = store.facts(firm).iloc[0]
    assert (receipt.rows, fact["spend_micros"]) == (1, 7)
    assert fact[["reach", "clicks"]].isna().all()
    line = store.lineage(firm, start=MONDAY, end=date(2026, 3, 3)).iloc[0]
    assert (line["source_row"], line["merged_rows"]) == (3, 2)


def test_stored_totals_are_those_of_the_file(store: Store, firm: int) -> None:
    """The record keeps the sums as stored and as declared."""
    store.add_import(firm, reading(row(clicks=2), row(1, clicks=3)), b"x")
    record = store.imports(firm)[0]
    assert record.totals == {"spend_micros": 2_000_000, "clicks": 5}
    assert record.days == (MONDAY, MONDAY + timedelta(days=2))


def test_an_open_question_blocks(store: Store, firm: int) -> None:
    """A file that still asks something can be looked at, not stored."""
    asking = reading(row(), questions=["currency"])
    assert store.preview_import(firm, asking, b"x").rows == 1
    with pytest.raises(ImportOpen):
        store.add_import(firm, asking, b"x")


def test_a_stopping_finding_blocks(store: Store, firm: int) -> None:
    """Nothing is taken of a file that its reader stopped at, and nothing of it is left."""
    with pytest.raises(InvalidValue, match="EMPTY_FILE"):
        store.add_import(firm, reading(row(), findings=[Finding("EMPTY_FILE", "stop")]), b"x")
    assert store.imports(firm) == ()


def test_a_dataset_of_rows_that_cannot_be_is_told(store: Store, firm: int) -> None:
    """A table handed over as another dataset is not taken in silence: each row is refused with its reason."""
    campaigns = reading(posts=reading(row()).frame)
    receipt = store.add_import(firm, campaigns, b"x")
    assert [finding.code for finding in receipt.findings] == ["POST_UNKNOWN"]
    assert (receipt.rows, receipt.rejected) == (0, 1)


def test_an_empty_export_is_recorded(store: Store, firm: int) -> None:
    """That nothing ran is worth a record."""
    receipt = store.add_import(firm, reading(kind="empty"), b"x")
    assert (receipt.status, receipt.rows, len(store.imports(firm))) == ("added", 0, 1)


def test_what_must_not_be_kept_is_not(store: Store, firm: int) -> None:
    """With `keep_raw` off only the digest stays."""
    secret = reading(row())
    secret.keep_raw = False  # type: ignore[attr-defined]  # optional, so the bare class does without
    receipt = store.add_import(firm, secret, b"people")
    assert store.original(firm, receipt.import_id) is None
    assert not store.imports(firm)[0].kept


def test_an_import_that_is_not_there_cannot_be_undone(store: Store, firm: int) -> None:
    """Neither a number that never was nor one that is undone already."""
    done = store.add_import(firm, reading(row()), b"x").import_id
    store.undo_import(firm, done)
    for number in (done, 999, -1, 2**70):
        with pytest.raises(ImportMissing):
            store.undo_import(firm, number)


def test_the_room_of_a_workspace_ends(store: Store, firm: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over its quota nothing of a file is stored."""
    monkeypatch.setattr("budget.store.workspaces.quota", lambda connection, workspace_id: 3)
    with pytest.raises(QuotaReached):
        store.add_import(firm, reading(row()), b"four")
    assert store.imports(firm) == ()


def test_a_time_without_zone_is_refused(store: Store, firm: int) -> None:
    """When a look was taken must be unambiguous."""
    with pytest.raises(InvalidValue):
        store.add_import(firm, reading(row()), b"x", as_of=datetime(2026, 1, 1))  # the fault tested


def test_currencies_stay_apart(store: Store, firm: int) -> None:
    """Sums are by currency always."""
    file = reading(row(), row(campaign_id="2", currency="USD", spend_micros=5), currency=None)
    store.add_import(firm, file, b"x")
    facts = store.facts(firm, by=())
    assert dict(zip(facts["currency"], facts["spend_micros"], strict=True)) == {"AZN": 1_000_000, "USD": 5}
    assert spend(store, firm) == {(): 1_000_005}
