"""No file can stop, slow or fill the application: each is stopped by a finding, and the next good file is read."""

import os
import tempfile
import threading
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budget.exports import Reading, child, limits, read_export
from budget.exports.reading import SEVERITIES
from budget.exports.roles import FRAME_COLUMNS
from tests.exports.hostile import Hostile, corpus

HERE = Path(__file__).parent
TODAY = date(2026, 9, 1)
GOOD_TEXT = HERE / "meta" / "en.csv"
GOOD_BOOK = HERE / "tiktok" / "en.xlsx"
SEEDS = [GOOD_TEXT, HERE / "meta" / "saved-again-ru.csv", HERE / "google" / "pt-utf16.csv"]


def _read_good() -> None:
    reading = read_export(GOOD_BOOK.name, GOOD_BOOK.read_bytes(), today=TODAY)
    assert reading.kind == "delivery"
    assert len(reading.frame) == 21


@pytest.fixture
def private_temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place of its own for temporary files, so that what is left behind can be seen."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("hostile", list(corpus()), ids=lambda hostile: hostile.name)
def test_hostile_file_is_stopped(hostile: Hostile, private_temp: Path) -> None:
    """A hostile file gives a finding that stops it, no row, no exception, and leaves no file behind."""
    reading = read_export(hostile.name, hostile.data, today=TODAY)
    codes = [finding.code for finding in reading.findings if finding.severity == "stop"]
    assert codes, reading.findings
    assert not hostile.code or codes == [hostile.code]
    assert reading.frame.empty
    assert reading.stopped
    assert os.listdir(private_temp) == []


def test_good_file_is_read_after_all_of_them() -> None:
    """After a crash and after a limit in the child, the next good file is read as if nothing had been."""
    for hostile in corpus():
        if hostile.name in ("unnumbered.xlsx", "not-xml.xlsx"):
            read_export(hostile.name, hostile.data, today=TODAY)
    _read_good()


def test_child_over_its_time_is_ended(monkeypatch: pytest.MonkeyPatch, private_temp: Path) -> None:
    """A child that takes longer than its time is ended: READ_LIMIT says how long it had."""
    monkeypatch.setattr(child, "wall_seconds_for", lambda _: 0)
    reading = read_export("slow.xlsx", GOOD_BOOK.read_bytes(), today=TODAY)
    assert [(finding.code, finding.facts) for finding in reading.findings] == [("READ_LIMIT", {"limit": "0 s"})]
    assert os.listdir(private_temp) == []
    monkeypatch.undo()
    _read_good()


def test_child_over_its_memory_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that runs out of memory is READ_LIMIT with the limit, not a failure of the reader."""
    monkeypatch.setattr(child, "MEMORY_CODE", 0)
    reading = read_export("large.xlsx", GOOD_BOOK.read_bytes(), today=TODAY)
    assert [(finding.code, finding.facts) for finding in reading.findings] == [("READ_LIMIT", {"limit": "3 GB"})]


@pytest.mark.parametrize("reply", [b"", b"\x00" * 8, b"\xff" * 40, b"\x00\x00\x00\x00\x00\x00\x00\x02{}", b"[" * 99])
def test_bad_answer_of_a_child_is_a_finding(reply: bytes, tmp_path: Path) -> None:
    """Whatever a child writes that is not a whole answer is READ_FAILED with the file's note."""
    path = tmp_path / "reply"
    path.write_bytes(reply)
    with path.open("rb") as file:
        finding = child._answer(file, 0, "abcdef0123456789")
    assert not isinstance(finding, child.Answer)
    assert (finding.code, finding.facts) == ("READ_FAILED", {"id": "F-abcdef01"})


def test_many_files_at_once_are_all_read() -> None:
    """Five threads that read at once get five whole readings; never more than two children work."""
    found: list[Reading] = []
    data = GOOD_BOOK.read_bytes()
    threads = [
        threading.Thread(target=lambda: found.append(read_export("a.xlsx", data, today=TODAY))) for _ in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(reading.frame) for reading in found] == [21] * 5
    assert limits.MAX_CHILDREN == 2


def test_names_are_only_labels(private_temp: Path) -> None:
    """A name that climbs, holds NUL or is very long is kept as it is and touches no path."""
    for name in ("../../x.csv", "a\x00b.csv", "CON", "x" * 4_000, "=cmd()|a.csv"):
        reading = read_export(name, GOOD_TEXT.read_bytes(), today=TODAY)
        assert reading.name == name
        assert len(reading.frame) == 21
        assert read_export(name, GOOD_BOOK.read_bytes(), today=TODAY).name == name
    assert os.listdir(private_temp) == []


def _whole(reading: Reading) -> None:
    assert tuple(reading.frame.columns) == FRAME_COLUMNS
    assert {finding.code for finding in reading.findings} <= set(SEVERITIES)
    assert reading.stopped == any(finding.severity == "stop" for finding in reading.findings)


@given(data=st.binary(max_size=400))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_any_bytes_give_a_reading(data: bytes) -> None:
    """Any bytes at all give a whole reading (archives have their own test)."""
    if not data.startswith((b"PK", b"\xd0\xcf")):
        _whole(read_export("any", data, today=TODAY))


@given(
    seed=st.sampled_from(SEEDS),
    edits=st.lists(
        st.tuples(st.integers(0, 1 << 20), st.binary(max_size=6), st.integers(0, 40)), min_size=1, max_size=8
    ),
)
@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_mutated_text_gives_a_reading(seed: Path, edits: list[tuple[int, bytes, int]]) -> None:
    """Any mutation of a real shape gives a whole reading; what is read never fails in the reader itself."""
    data = seed.read_bytes()
    for place, piece, cut in edits:
        at = place % (len(data) + 1)
        data = data[:at] + piece + data[at + cut :]
    if not data.startswith((b"PK", b"\xd0\xcf")):
        reading = read_export(seed.name, data, today=TODAY)
        _whole(reading)
        assert "READ_FAILED" not in {finding.code for finding in reading.findings}


@given(place=st.integers(0, 1 << 20), piece=st.binary(min_size=1, max_size=40))
@settings(max_examples=12, deadline=None, derandomize=True)
def test_mutated_workbook_gives_a_reading(place: int, piece: bytes) -> None:
    """A workbook with any bytes overwritten gives a whole reading."""
    data = bytearray(GOOD_BOOK.read_bytes())
    at = 4 + place % (len(data) - 4)
    data[at : at + len(piece)] = piece
    _whole(read_export("mutated.xlsx", bytes(data), today=TODAY))
