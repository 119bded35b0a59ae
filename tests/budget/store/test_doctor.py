# ruff: noqa: S608  # the faults are planted by SQL of our own
"""The doctor: a sound store has no fault, each planted fault is named by its own check, and what can be mended is."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from pandas.testing import assert_frame_equal

from budget.__main__ import main
from budget.store import Store, doctor, open_store
from budget.store.faults import Fault
from budget.store.migrate import backup_to
from tests.budget.store.full import facts

CURRENT = "superseded_by IS NULL AND NOT tombstone"
ONE = f"fact_id = (SELECT min(fact_id) FROM fact_delivery WHERE {CURRENT})"
PLANTED = {
    "COUNTED": f"UPDATE fact_delivery SET counted = NOT counted WHERE {ONE}",
    "SUPERSEDED_BY": "UPDATE fact_delivery SET superseded_by = import_id WHERE fact_id = "
    "(SELECT min(fact_id) FROM fact_delivery WHERE superseded_by IS NOT NULL)",
    "WEEK_START": f"UPDATE fact_delivery SET week_start = '2026-01-01' WHERE {ONE}",
    "CAMPAIGN_SLOT": f"UPDATE fact_delivery SET campaign_slot = 'x' WHERE {ONE}",
    "GRAIN_KEY": f"UPDATE fact_delivery SET grain_key = replace(grain_key, 'a', 'b') WHERE fact_id = "
    f"(SELECT min(fact_id) FROM fact_delivery WHERE grain_key LIKE '%a%' AND {CURRENT})",
    "SLICE_RANK": f"UPDATE fact_delivery SET slice_rank = slice_rank + 1 WHERE {ONE}",
    "TOTALS": f"UPDATE fact_delivery SET spend_micros = spend_micros + 1 WHERE {ONE}",
    "ROW_COUNT": "UPDATE import_batch SET row_count = row_count + 1 WHERE import_id = 1",
    "INACTIVE_ROWS": "UPDATE import_batch SET status = 'undone' WHERE import_id = 5",
    "FILE_CHANGED": "UPDATE source_blob SET body = x'00' WHERE rowid = 1",
    "FILE_MISSING": "DELETE FROM source_blob WHERE rowid = 1",
    "AUDIT_CHAIN": "UPDATE audit_event SET actor = 'nobody' WHERE event_id = 2",
    "LOCKED_PLAN": "UPDATE plan_week SET budget_micros = 1 WHERE plan_id = 2",
    "FORECAST": "UPDATE forecast_week SET q50_micros = q95_micros + 1 WHERE metric = 'value'",
    "FORECAST_SCORE": "UPDATE forecast_score SET inside_80 = NOT inside_80 WHERE data_version = 2",
    "CLOSING": "UPDATE closing SET body_json = '{}' WHERE revision = 1",
    "FOREIGN_KEY": "INSERT INTO campaign_match SELECT 99, platform, account_id, campaign_slot, tactic, line_key, how, "
    "decided_by, decided_at FROM campaign_match",
    "TRIGGER_MISSING": "",
    "INDEX_MISSING": "DROP INDEX ix_fact_delivery_counted",
    "TABLE_MISSING": "DROP TABLE fx_rate",
    "SCHEMA_DRIFT": "ALTER TABLE fx_rate ADD COLUMN other TEXT",
}
SIDES = ("fact_metric", "fact_post", "fact_order", "fact_lead", "fact_sales")
BESIDE = {
    "SUPERSEDED_BY": "UPDATE {table} SET superseded_by = import_id WHERE fact_id = (SELECT min(fact_id) FROM {table})",
    "GRAIN_KEY": "UPDATE {table} SET grain_key = substr(grain_key, 1, 31) || 'x' WHERE fact_id = "
    f"(SELECT min(fact_id) FROM {{table}} WHERE {CURRENT})",
    "TOTALS": "UPDATE {table} SET {number} = {number} + 1 WHERE fact_id = (SELECT min(fact_id) FROM {table})",
    "ROW_COUNT": "DELETE FROM {table} WHERE fact_id = (SELECT max(fact_id) FROM {table} WHERE NOT tombstone)",
    "INACTIVE_ROWS": "UPDATE import_batch SET status = 'undone' WHERE import_id = (SELECT min(import_id) FROM {table})",
}
NUMBERS = dict(zip(SIDES, ("value_micros", "views", "total_micros", "leads", "revenue_micros"), strict=True))
MENDED = ("COUNTED", "SUPERSEDED_BY", "WEEK_START", "CAMPAIGN_SLOT")


@pytest.fixture
def store(full_store: Store) -> Store:
    """A store with something in every table."""
    return full_store


@contextmanager
def behind_the_triggers(store: Store, put_back: bool = True) -> Iterator[sqlite3.Connection]:
    """A connection that nothing guards; the triggers are laid again afterwards."""
    with closing(sqlite3.connect(store.path, isolation_level=None)) as raw:
        triggers = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            raw.execute(f'DROP TRIGGER "{name}"')
        yield raw
        for _, sql in triggers if put_back else ():
            raw.execute(sql)


def codes(faults: tuple[Fault, ...]) -> dict[str, int]:
    """Fault codes with their counts."""
    return {fault.code: fault.count for fault in faults}


def test_a_sound_store_has_no_fault(store: Store, url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Corrections, late files, undo, a replaced range and locked plans leave nothing that is not as defined."""
    assert doctor.examine(url).faults == ()
    assert main(["--url", url, "doctor"]) == 0
    assert capsys.readouterr().out.splitlines() == ["workspace 1: Firm =1+1", "faults: 0"]


@pytest.mark.parametrize("code", PLANTED)
def test_each_planted_fault_is_found(store: Store, url: str, code: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The check that is made for the fault names it once, with an example, and the command fails."""
    with behind_the_triggers(store, put_back=code != "TRIGGER_MISSING") as raw:
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute(PLANTED[code] or "SELECT 1")
    assert main(["--url", url, "doctor"]) == 1
    said = capsys.readouterr().out
    assert f"{code}: " in said
    found = {fault.code: fault for fault in doctor.examine(url).faults}
    assert found[code].count >= 1
    assert found[code].example


@pytest.mark.parametrize("table", SIDES)
def test_faults_of_other_datasets_are_found(store: Store, url: str, table: str) -> None:
    """In every table a fault planted by itself is named by its own check; only the pointer can be mended."""
    (firm,) = (one.workspace_id for one in store.workspaces())
    before = facts(store, firm)
    for code, statement in BESIDE.items():
        copy = backup_to(store.path, store.path.with_name(f"{code}.db"))
        other = open_store(f"sqlite:///{copy}")
        with behind_the_triggers(other) as raw:
            raw.execute("PRAGMA foreign_keys=OFF")
            raw.execute(statement.format(table=table, number=NUMBERS[table]))
        found = codes(doctor.examine(f"sqlite:///{copy}").faults)
        assert found.get(code, 0) >= 1, (code, found)
        if code == "SUPERSEDED_BY":
            assert doctor.mend(f"sqlite:///{copy}").faults == ()
            for old, new in zip(before, facts(other, firm), strict=True):
                assert_frame_equal(old, new)
        other.close()


@pytest.mark.parametrize("code", MENDED)
def test_what_is_derived_is_mended(store: Store, url: str, code: str) -> None:
    """`--fix` gives exactly the former facts again and raises the data version, once."""
    (firm,) = (one.workspace_id for one in store.workspaces())
    before, version = facts(store, firm), store.data_version(firm)
    with behind_the_triggers(store) as raw:
        raw.execute(PLANTED[code])
    assert code in codes(doctor.examine(url).faults)
    assert main(["--url", url, "doctor", "--fix"]) == 0
    for old, new in zip(before, facts(store, firm), strict=True):
        assert_frame_equal(old, new)
    assert store.data_version(firm) == version + 1
    assert doctor.mend(url).fixed == 0
    assert store.data_version(firm) == version + 1


def test_what_is_not_derived_is_never_mended(store: Store, url: str) -> None:
    """A changed value stays reported after `--fix`: only its file could tell what it was."""
    with behind_the_triggers(store) as raw:
        raw.execute(PLANTED["TOTALS"])
    assert main(["--url", url, "doctor", "--fix"]) == 1
    assert codes(doctor.examine(url).faults) == {"TOTALS": 1}


def test_a_damaged_file_is_told_first(store: Store, url: str) -> None:
    """A page of facts that was overwritten is found by SQLite's own check; nothing else is claimed."""
    with closing(sqlite3.connect(store.path)) as raw:
        page = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'fact_delivery'").fetchone()[0]
        size = raw.execute("PRAGMA page_size").fetchone()[0]
    store.close()
    with store.path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * 64)
    assert [fault.code for fault in doctor.examine(url).faults] == ["FILE_DAMAGED"]
    assert main(["--url", url, "doctor", "--fix"]) == 1
