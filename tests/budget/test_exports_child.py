"""The child that waits: used once, replaced when it dies, gone when the application is; and what it may answer."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]  # ships no types
import pytest

from budget.exports import child, frames, read_export
from budget.exports.columns import Column, Integers, coded, integers
from budget.exports.limits import CHILD_MEMORY_BYTES
from budget.exports.spare import Spare, Started
from budget.findings import Finding
from budget.store.rows import clean_rows
from tests.exports.hostile import corpus

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 9, 1)
LINE = "2026-02-{:02d},Spring {},1.50,2\n"
TEXT = "Day,Campaign name,Amount spent (EUR),Impressions\n" + "".join(
    LINE.format(1 + place % 28, place % 9) for place in range(12_000)
)
DATA = TEXT.encode()
TASK: dict[str, Any] = {"name": "a", "digest": "0" * 64, "answers": {}, "today": "2026-09-01", "customer_key": None}


@pytest.fixture
def spare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Spare]:
    """A spare child that is wanted, its folders in a place of their own where nothing may stay."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    own = Spare()
    monkeypatch.setattr(child, "SPARE", own)
    own.keep()
    yield own
    own.end()
    assert os.listdir(tmp_path) == []


def _waiting(spare: Spare) -> Started:
    found = spare._child
    assert found is not None
    return found


def _gone(pid: int) -> bool:
    """Whether the process has ended, within some seconds."""
    for _ in range(200):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        stat = Path(f"/proc/{pid}/stat")
        if stat.exists() and stat.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


def _read() -> None:
    reading = read_export("a.csv", DATA, today=TODAY)
    assert (reading.kind, len(reading.frame)) == ("delivery", 12_000), reading.findings


def test_the_child_that_waits_reads_the_next_file_and_is_replaced(spare: Spare) -> None:
    """A child reads one file only: after it, another one waits."""
    first = _waiting(spare)
    _read()
    assert first.process.returncode == 0
    assert _waiting(spare).process.pid != first.process.pid
    assert _waiting(spare).process.poll() is None


def test_a_killed_child_is_replaced(spare: Spare) -> None:
    """A child that was killed while it waited is never asked: another one reads the file."""
    first = _waiting(spare)
    first.process.kill()
    assert _gone(first.process.pid)
    _read()
    assert first.process.returncode == -signal.SIGKILL
    assert _waiting(spare).process.poll() is None


def test_a_file_that_cannot_be_handed_over_goes_to_another_child(spare: Spare, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that dies between being chosen and being asked costs nothing."""
    dead = spare.take()
    dead.process.kill()
    dead.process.wait()
    monkeypatch.setattr(spare, "take", lambda: dead)
    _read()


def test_a_file_that_kills_its_child_does_not_touch_the_next(spare: Spare) -> None:
    """A workbook that ends the parser's process, the guard passed over, is a finding; the next file is read."""
    killer = next(one for one in corpus() if one.name == "two-cells.xlsx")
    first = _waiting(spare)
    answer = child.read_in_child(killer.data, {**TASK, "container": "xlsx"})
    assert isinstance(answer, Finding)
    assert answer.code in ("READ_FAILED", "READ_LIMIT")
    assert first.process.returncode != 0
    _read()


def test_files_at_once_get_their_own_children(spare: Spare) -> None:
    """Six files from six threads are all read, and one child waits in the end."""
    with ThreadPoolExecutor(6) as pool:
        for done in [pool.submit(_read) for _ in range(6)]:
            done.result()
    assert _waiting(spare).process.poll() is None


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="the system does not show limits")
def test_limits_hold_before_there_is_a_file(spare: Spare) -> None:
    """The child that waits has its limits of memory, time, output and core dumps already."""
    limits = Path(f"/proc/{_waiting(spare).process.pid}/limits")
    for _ in range(100):
        if str(CHILD_MEMORY_BYTES) in limits.read_text():
            break
        time.sleep(0.05)
    said = {line[:26].strip(): line[26:].split()[:2] for line in limits.read_text().splitlines()}
    assert said["Max address space"] == [str(CHILD_MEMORY_BYTES)] * 2
    assert said["Max core file size"] == ["0", "0"]
    assert said["Max cpu time"][0] != "unlimited"
    assert said["Max file size"][0] != "unlimited"


def test_a_fork_leaves_the_child_to_its_parent(spare: Spare) -> None:
    """A forked process forgets the child that waits, and does not end it."""
    first = _waiting(spare)
    forked = Spare()
    forked._child = Started(first.process, first.folder, first.question, first.reply)
    forked.forget()
    assert forked._child is None
    first.process.returncode = None
    assert first.process.poll() is None
    _read()


PARENT = """
import sys, time
from budget.exports.spare import SPARE
SPARE.keep()
print(SPARE._child.process.pid, SPARE._child.folder, flush=True)
time.sleep(float(sys.argv[1]))
"""


@pytest.mark.parametrize("killed", [False, True])
def test_no_process_is_left_after_the_application(killed: bool, tmp_path: Path) -> None:
    """The child that waits ends with the application, also when that is killed, and so does its folder."""
    environment = {"TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", PARENT, "30" if killed else "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, env=environment, text=True) as parent:
        assert parent.stdout is not None
        pid, folder = parent.stdout.readline().split()
        if killed:
            parent.send_signal(signal.SIGKILL)
        parent.wait(timeout=20)
    assert _gone(int(pid))
    assert not Path(folder).exists()


def test_nobody_waits_unless_wanted() -> None:
    """Reading without a spare starts a child for the file alone."""
    own = Spare()
    own.refill()
    assert own._child is None
    own.take().end()


def _table(rows: int) -> pa.Table:
    """A delivery with names that repeat under two codes, missing names, and a column without any value."""
    names: Column[str | None] = Column(["a", None, "b", "a"], np.array([0, 1, 2, 3] * (rows // 4)))
    days: Column[date | None] = coded([TODAY, None, TODAY, TODAY] * (rows // 4))
    spend = integers([1, None, 3, 4] * (rows // 4))
    level = coded(["campaign"] * rows)
    columns: dict[str, Column[Any] | Integers] = {
        "campaign_name": names, "ad_name": coded([None] * rows), "date_day": days, "spend_micros": spend,
        "entity_level": level, "impressions": integers([7] * rows),
    }  # fmt: skip
    return frames.to_arrow(columns, rows)


def _sent(table: pa.Table) -> pa.Table:
    stream = BytesIO()
    frames.write_arrow(stream, table)
    return frames.from_bytes(stream.getvalue())[0]


def test_categories_and_texts_are_the_same_to_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    """A large delivery differs from a small one in the types of its texts only; what the store makes of it is equal."""
    small = frames.delivery_frame(_sent(_table(8)))
    monkeypatch.setattr(frames, "MANY_ROWS", 0)
    large = frames.delivery_frame(_sent(_table(8)))
    assert isinstance(large["campaign_name"].dtype, pd.CategoricalDtype)
    assert list(large.columns) == list(small.columns)
    pd.testing.assert_frame_equal(large.astype(small.dtypes.to_dict()), small)
    reading = read_export("a.csv", DATA, today=TODAY)
    rows = clean_rows(reading)
    monkeypatch.setattr(frames, "MANY_ROWS", 1 << 40)
    again = clean_rows(read_export("a.csv", DATA, today=TODAY))
    pd.testing.assert_frame_equal(rows.frame, again.frame)
    assert (rows.findings, rows.rejected) == (again.findings, again.rejected)


@pytest.mark.parametrize("values", [["a", "a"], ["a", None]])
def test_odd_dictionaries_of_a_child_are_read_all_the_same(values: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A dictionary that repeats a word or holds nothing at a place gives the rows that it says, not an error."""
    monkeypatch.setattr(frames, "MANY_ROWS", 0)
    table = _table(4)
    odd = pa.DictionaryArray.from_arrays(pa.array([0, 1, 1, 0], pa.int8()), pa.array(values, pa.string()))
    place = table.schema.get_field_index("campaign_name")
    frame = frames.delivery_frame(_sent(table.set_column(place, "campaign_name", odd)))
    assert [None if pd.isna(name) else name for name in frame["campaign_name"]] == [
        values[code] for code in (0, 1, 1, 0)
    ]


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("campaign_name", pa.array([1, 2, 3, 4])),
        ("spend_micros", pa.array(["1", "2", "3", "4"])),
        ("date_day", pa.array([1, 2, 3, 4])),
        (
            "campaign_name",
            pa.array(["a", "b", "c", "d"]).dictionary_encode().cast(pa.dictionary(pa.int64(), pa.string())),
        ),
    ],
)
def test_an_answer_of_other_types_is_refused(name: str, column: pa.Array) -> None:
    """Only the columns and types that a child of ours sends are taken."""
    table = _table(4)
    with pytest.raises(ValueError, match="the answer has"):
        _sent(table.set_column(table.schema.get_field_index(name), name, column))
    with pytest.raises(ValueError, match="the answer has"):
        _sent(table.drop_columns([name]))
