"""The log: private, one line an event, free of what came from files."""

import json
import os
from pathlib import Path

import pytest

from budget import log


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The log file of this test."""
    monkeypatch.setenv("PAYOFF_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data" / "logs" / "payoff.log"


def lines(path: Path) -> list[dict[str, object]]:
    """All events in the file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_an_event_is_one_line_with_its_facts(written: Path) -> None:
    """A line break in a fact cannot forge a line."""
    log.note("import_added", rows=3, reader="meta\nforged")
    (line,) = lines(written)
    assert (line["event"], line["rows"], line["reader"]) == ("import_added", 3, "meta\nforged")


@pytest.mark.skipif(os.name != "posix", reason="Windows rights come from the user's profile")
def test_log_and_folder_belong_to_the_person_alone(written: Path) -> None:
    """File 0600 and folders 0700 from birth."""
    log.note("start")
    assert written.stat().st_mode & 0o777 == 0o600
    assert {folder.stat().st_mode & 0o777 for folder in (written.parent, written.parent.parent)} == {0o700}


def test_a_fault_names_types_and_places_of_all_causes(written: Path) -> None:
    """The trace leads from cause to effect; the messages, which may hold cell values, stay out."""
    try:
        try:
            int("cell 4711")
        except ValueError as err:
            raise RuntimeError("campaign Nar") from err
    except RuntimeError as error:
        code = log.fault(error)
    (line,) = lines(written)
    trace = str(line["trace"])
    assert line["id"] == code
    assert trace.index("ValueError") < trace.index("RuntimeError")
    assert "test_log.py" in trace
    assert "4711" not in trace
    assert "Nar" not in trace


def test_a_log_that_cannot_be_written_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the folder cannot be made the app goes on and says so once on the terminal."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("PAYOFF_DATA_DIR", str(tmp_path / "file" / "below"))
    log.note("start")
    assert "cannot be written" in capsys.readouterr().err
