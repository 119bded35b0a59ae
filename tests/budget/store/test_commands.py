"""The commands of `python -m budget` that concern the store."""

import csv
import io
import json
import os
import sqlite3
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from budget.__main__ import main
from budget.store import Store, StoreBusy, doctor, limits, open_store
from budget.store.audit import canonical
from budget.store.hold import lock_file
from budget.store.schema import SIDE_FACTS
from tests.budget.store.full import facts, fill
from tests.budget.store.given import reading, row, total
from tests.budget.store.test_processes import HOUSE

PRIVATE = "NobodyMayReadThisName"
HOLDER = """
import sys
from budget.store import open_store
store = open_store(sys.argv[1])
print("open", flush=True); sys.stdin.read()
"""
IDS = (
    *("workspace_id", "plan_id", "based_on_plan_id", "import_id", "superseded_by", "fact_id", "event_id", "object_id"),
    *("forecast_id", "supersedes_forecast_id", "experiment_id", "note_id", "subject_id"),
    *("decision_id", "closing_id", "acknowledgement_id"),
)
DERIVED_FROM_IDS = ("prev_hash", "hash", "detail_json")
FULL = 1
"""The workspace of the store that is full."""
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(url: str, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on the store: status, output, errors."""

    def command(*words: object, at: str = url) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main(["--url", at, *map(str, words)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return command


def beside(tmp_path: Path, name: str = "other.db") -> str:
    """The URL of another store."""
    return f"sqlite:///{tmp_path / name}"


def test_info_upgrade_backup(store: Store, firm: int, run: Run, tmp_path: Path) -> None:
    """Each ends with 0 and one line per fact; a backup is private and opens; a second one over it is refused with 1."""
    status, out, _ = run("info")
    assert status == 0
    assert f"workspace {firm}: Firm (AZN), plans 0, imports 0" in out
    assert run("upgrade")[0] == 0
    copy = tmp_path / "copy.db"
    assert run("backup", copy)[0] == 0
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    opened = open_store(beside(tmp_path, "copy.db"))
    assert [found.name for found in opened.workspaces()] == ["Firm"]
    opened.close()
    status, _, err = run("backup", copy)
    assert (status, "name a new file" in err) == (1, True)


@pytest.mark.parametrize("words", [("info",), ("backup", "x.db"), ("export", "x.zip"), ("doctor",), ("delete",)])
def test_no_command_makes_a_store_by_mistake(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    """Where there is no store, commands that need one fail and leave nothing behind."""
    status, _, err = run(*words, at=beside(tmp_path, "nowhere.db"))
    assert (status, "none at" in err) == (1, True)
    assert list(tmp_path.glob("nowhere*")) == []


def test_a_backup_comes_back(full_store: Store, url: str, run: Run, tmp_path: Path) -> None:
    """Restored, the store says what it said then; what it said since lies aside and is a whole store itself."""
    firm = FULL
    before = facts(full_store, firm)
    run("backup", tmp_path / "b.db")
    full_store.add_import(firm, reading(row(2)), b"later")
    later = total(full_store, firm)
    full_store.close()
    status, out, _ = run("restore", tmp_path / "b.db", "--confirm", "payoff.db")
    assert status == 0
    opened = open_store(url)
    for old, new in zip(before, facts(opened, firm), strict=True):
        assert_frame_equal(old, new)
    opened.close()
    aside = Path(next(line for line in out.splitlines() if line.startswith("set aside: ")).removeprefix("set aside: "))
    assert stat.S_IMODE(full_store.path.stat().st_mode) == stat.S_IMODE(aside.stat().st_mode) == 0o600
    kept = open_store(f"sqlite:///{aside}")
    assert total(kept, firm) == later
    kept.close()


def test_a_backup_makes_a_store_where_none_is(store: Store, firm: int, run: Run, tmp_path: Path) -> None:
    """On a new computer nothing is in the way and nothing needs to be confirmed."""
    run("backup", tmp_path / "b.db")
    assert run("restore", tmp_path / "b.db", at=beside(tmp_path))[0] == 0
    assert "workspace 1: Firm" in run("info", at=beside(tmp_path))[1]


def test_restore_refuses(store: Store, firm: int, run: Run, tmp_path: Path) -> None:
    """No confirmation, the store itself, no store, a damaged and a newer one: each is refused, the store untouched."""
    run("backup", tmp_path / "good.db")
    store.close()
    before = store.path.read_bytes()
    (tmp_path / "text.db").write_text("no database")
    (tmp_path / "empty.db").write_bytes(b"")
    body = bytearray((tmp_path / "good.db").read_bytes())
    (tmp_path / "cut.db").write_bytes(bytes(body[: len(body) // 2]))
    newer = tmp_path / "newer.db"
    newer.write_bytes(bytes(body))
    with closing(sqlite3.connect(newer, isolation_level=None)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    assert run("restore", tmp_path / "good.db")[0] == 1
    for name in ("text.db", "empty.db", "cut.db", "newer.db", "nowhere.db", store.path):
        assert run("restore", tmp_path / name, "--confirm", "payoff.db")[0] == 1
    assert store.path.read_bytes() == before
    assert not store.path.with_name("payoff.db.restoring").exists()


@pytest.mark.skipif(os.name != "posix", reason="Windows does not replace open files")
def test_an_open_store_is_not_replaced(store: Store, firm: int, url: str, run: Run, tmp_path: Path) -> None:
    """While another process has the store open it is neither restored over nor deleted as a whole; then it is."""
    run("backup", tmp_path / "b.db")
    store.close()
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", HOLDER, url], cwd=HOUSE, **pipes, text=True) as child:  # type: ignore[call-overload]  # the pipes are as typed
        assert child.stdout.readline() == "open\n"
        for words in (("restore", tmp_path / "b.db"), ("delete", "--everything")):
            status, _, err = run(*words, "--confirm", "payoff.db")
            assert (status, "open in another program" in err) == (1, True)
        child.stdin.close()
        child.wait(timeout=60)
    assert run("restore", tmp_path / "b.db", "--confirm", "payoff.db")[0] == 0
    assert run("delete", "--everything", "--confirm", "payoff.db")[0] == 0
    assert not store.path.exists()


def contents(path: Path) -> dict[str, Any]:
    """An export without its ids, times, and what is computed from them."""
    found: dict[str, Any] = {}
    with zipfile.ZipFile(path) as file:
        for name in file.namelist():
            if name.startswith("tables/"):
                found[name] = [plain(json.loads(line)) for line in file.read(name).splitlines()]
            elif name.startswith("files/"):
                found[name] = file.read(name)
    return found


def plain(cells: dict[str, Any]) -> dict[str, Any]:
    """A row without ids and what hangs on them."""
    return {name: value for name, value in cells.items() if name not in IDS + DERIVED_FROM_IDS}


@settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(seed=st.integers(0, 10**6), neighbours=st.integers(0, 2))
def test_export_and_load_are_inverse(tmp_path_factory: pytest.TempPathFactory, seed: int, neighbours: int) -> None:
    """Loaded beside others, a workspace says the same to the last row, is sound and exports to the same but ids."""
    folder = tmp_path_factory.mktemp("export")
    first, second = open_store(beside(folder, "a.db")), open_store(beside(folder, "b.db"))
    filled = fill(first, seed).workspace
    for n in range(neighbours):
        fill(second, n)
    assert main(["--url", beside(folder, "a.db"), "export", str(folder / "a.zip")]) == 0
    assert stat.S_IMODE((folder / "a.zip").stat().st_mode) == 0o600
    assert main(["--url", beside(folder, "b.db"), "load", str(folder / "a.zip")]) == 0
    mine = second.workspaces()[-1].workspace_id
    for old, new in zip(facts(first, filled), facts(second, mine), strict=True):
        assert_frame_equal(old, new)
    assert note_of(second, mine) == note_of(first, filled)
    assert [plan.status for plan in second.plans(mine)] == [plan.status for plan in first.plans(filled)]
    assert doctor.examine(beside(folder, "b.db")).faults == ()
    asked = ["--workspace", str(mine)]
    assert main(["--url", beside(folder, "b.db"), "export", str(folder / "b.zip"), *asked]) == 0
    was, is_now = contents(folder / "a.zip"), contents(folder / "b.zip")
    assert is_now["tables/audit_event.jsonl"].pop()["action"] == "load"
    assert was == is_now
    second.undo_import(mine, second.imports(mine)[0].import_id)
    assert doctor.examine(beside(folder, "b.db")).faults == ()
    first.close()
    second.close()


def note_of(store: Store, firm: int) -> tuple[str, str]:
    """The note about an experiment, and the platform of the experiment that it is about."""
    (said,) = [note for note in store.notes(firm) if note.subject_type == "experiment"]
    (about,) = [one for one in store.experiments(firm, ended=True) if one.experiment_id == said.subject_id]
    return said.body, about.platform


def test_load_makes_a_store_where_none_is(full_store: Store, run: Run, tmp_path: Path) -> None:
    """An export is enough to start anew on another computer."""
    run("export", tmp_path / "a.zip")
    status, out, _ = run("load", tmp_path / "a.zip", at=beside(tmp_path))
    assert (status, out.splitlines()[0]) == (0, "workspace: 1 Firm =1+1")


def changed(source: Path, target: Path, name: str, edit: Callable[[bytes], bytes]) -> Path:
    """A copy of an export in which one member is edited."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.namelist():
            body = old.read(member)
            new.writestr(member, edit(body) if member.startswith(name) else body)
    return target


@pytest.mark.parametrize(
    ("name", "edit"),
    [
        ("manifest.json", lambda body: body.replace(b'"format": 1', b'"format": 2')),
        ("manifest.json", lambda body: body.replace(b'"revision": "0', b'"revision": "9')),
        ("manifest.json", lambda body: b"[]"),
        ("manifest.json", lambda body: b"{"),
        ("tables/fact_delivery.jsonl", lambda body: body.replace(b'"spend_micros":', b'"spend_micros":1', 1)),
        ("tables/audit_event.jsonl", lambda body: body.replace(b'"actor":"local"', b'"actor":"nobody"', 1)),
        ("tables/plan.jsonl", lambda body: b""),
        ("files/", lambda body: body + b"x"),
    ],
)
def test_load_refuses_what_was_changed(
    full_store: Store, run: Run, tmp_path: Path, name: str, edit: Callable[[bytes], bytes]
) -> None:
    """An export with one changed member is refused, whichever it is, and the store stays as it was."""
    run("export", tmp_path / "a.zip")
    before = run("info")[1]
    status, _, err = run("load", changed(tmp_path / "a.zip", tmp_path / "b.zip", name, edit))
    assert (status, err.startswith("load: ")) == (1, True)
    assert run("info")[1] == before


def test_an_export_of_an_earlier_revision_loads(store: Store, run: Run, tmp_path: Path) -> None:
    """What that revision did not know is empty; what it knew is all there."""
    firm = store.create_workspace("Old", currency="AZN").workspace_id
    store.add_import(firm, reading(row()), b"x")
    run("export", tmp_path / "new.zip")
    with zipfile.ZipFile(tmp_path / "new.zip") as new:
        members = {name: new.read(name) for name in new.namelist()}
    batches = [json.loads(line) for line in members["tables/import_batch.jsonl"].splitlines()]
    plain_rows = [{name: value for name, value in batch.items() if name != "raw_kept"} for batch in batches]
    members["tables/import_batch.jsonl"] = b"".join(canonical(batch).encode() + b"\n" for batch in plain_rows)
    manifest = json.loads(members["manifest.json"]) | {"revision": "0001"}
    manifest["tables"]["import_batch"]["sha256"] = sha256(members["tables/import_batch.jsonl"]).hexdigest()
    for table in SIDE_FACTS:
        del manifest["tables"][table.name], members[f"tables/{table.name}.jsonl"]
    with zipfile.ZipFile(tmp_path / "old.zip", "w") as old:
        for name, body in (members | {"manifest.json": json.dumps(manifest).encode()}).items():
            old.writestr(name, body)
    assert run("load", tmp_path / "old.zip", at=beside(tmp_path))[0] == 0
    opened = open_store(beside(tmp_path))
    assert total(opened, 1) == total(store, firm)
    opened.close()
    assert run("doctor", at=beside(tmp_path))[0] == 0


@pytest.mark.parametrize(
    ("limit", "value"),
    [("MAX_MANIFEST_BYTES", 100), ("MAX_LINE_BYTES", 100), ("MAX_TABLES_BYTES", 1_000), ("MAX_ORIGINAL_BYTES", 2)],
)
def test_load_unpacks_only_so_much(
    full_store: Store, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    """Beyond each limit an export is refused while it is unpacked, and the store stays as it was."""
    run("export", tmp_path / "a.zip")
    before = run("info")[1]
    monkeypatch.setattr(limits, limit, value)
    status, _, err = run("load", tmp_path / "a.zip")
    assert (status, err.startswith("load: ")) == (1, True)
    assert run("info")[1] == before


def test_load_refuses_a_bomb(
    store: Store, firm: int, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A member that unpacks to hundreds of times its size is refused before it is whole, whatever its header says."""
    run("export", tmp_path / "a.zip")
    monkeypatch.setattr(limits, "RATIO_FROM_BYTES", 1_000_000)
    with (
        zipfile.ZipFile(tmp_path / "a.zip") as old,
        zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, body.rstrip() + b" " * 10_000_000 if name == "tables/workspace.jsonl" else body)
    status, _, err = run("load", tmp_path / "b.zip")
    assert (status, "unpack" in err) == (1, True)


def test_readable_tables_run_no_formula(store: Store, run: Run, tmp_path: Path) -> None:
    """Names that begin like formulas carry an apostrophe in the CSV files; numbers are numbers."""
    firm = store.create_workspace("Firm", currency="AZN").workspace_id
    store.add_import(firm, reading(row(campaign_name="=HYPERLINK(1)", spend_micros=-5)), b"x")
    run("export", tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as file:
        lines = list(csv.DictReader(io.StringIO(file.read("readable/fact_delivery.csv").decode("utf-8-sig"))))
    assert (lines[0]["campaign_name"], lines[0]["spend_micros"]) == ("'=HYPERLINK(1)", "-5")


def test_export_needs_to_know_which(store: Store, firm: int, run: Run, tmp_path: Path) -> None:
    """Of two workspaces one is named, by number or by name; a file that is there is never overwritten."""
    store.create_workspace("Other", currency="EUR")
    assert run("export", tmp_path / "a.zip")[0] == 1
    assert run("export", tmp_path / "a.zip", "--workspace", "Other")[0] == 0
    before = (tmp_path / "a.zip").read_bytes()
    assert run("export", tmp_path / "a.zip", "--workspace", firm)[0] == 1
    assert (tmp_path / "a.zip").read_bytes() == before
    assert run("export", tmp_path / "b.zip", "--workspace", firm)[0] == 0


def holds(folder: Path, word: str) -> list[str]:
    """Files below a folder that contain a word."""
    return [file.name for file in folder.rglob("*") if file.is_file() and word.encode() in file.read_bytes()]


def test_a_deleted_workspace_is_gone_from_every_file(full_store: Store, run: Run, tmp_path: Path) -> None:
    """Without its name nothing happens; with it no file of the store holds a word of it, and its neighbour stays."""
    firm = full_store.create_workspace("Gone", currency="AZN").workspace_id
    other = FULL
    before = facts(full_store, other)
    full_store.add_import(firm, reading(row(campaign_name=PRIVATE)), PRIVATE.encode(), as_of=None)
    full_store.create_plan(firm, name=PRIVATE, currency="AZN")
    folder = full_store.path.parent
    assert holds(folder, PRIVATE) == ["payoff.db"]
    for words in ((), ("--confirm", "Firm"), ("--confirm", "gone")):
        assert run("delete", "--workspace", firm, *words)[0] == 1
    assert holds(folder, PRIVATE) == ["payoff.db"]
    assert run("delete", "--workspace", firm, "--confirm", "Gone")[0] == 0
    assert holds(folder, PRIVATE) == []
    for old, new in zip(before, facts(full_store, other), strict=True):
        assert_frame_equal(old, new)


def test_a_workspace_deleted_in_the_app_is_gone_from_the_file(full_store: Store, run: Run) -> None:
    """While others have the store open, what is deleted is overwritten; nothing of the neighbour is lost."""
    firm = full_store.create_workspace("Gone", currency="AZN").workspace_id
    other = FULL
    before = facts(full_store, other)
    full_store.add_import(firm, reading(row(campaign_name=PRIVATE)), PRIVATE.encode(), as_of=None)
    with closing(sqlite3.connect(full_store.path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("ROLLBACK")
        full_store.delete_workspace(firm, confirm="Gone")
        assert holds(full_store.path.parent, PRIVATE) == []
        assert reader.execute("SELECT count(*) FROM workspace").fetchone() == (1,)
    for old, new in zip(before, facts(full_store, other), strict=True):
        assert_frame_equal(old, new)


def test_a_long_read_does_not_stop_a_deletion(store: Store, firm: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the file cannot be written anew because somebody reads, the workspace is gone and overwritten all the same."""
    store.add_import(firm, reading(row(campaign_name=PRIVATE)), PRIVATE.encode())

    def busy(engine: object) -> None:
        raise StoreBusy("somebody reads")

    monkeypatch.setattr("budget.store.erase.rewrite", busy)
    store.delete_workspace(firm, confirm="Firm")
    assert store.workspaces() == ()
    assert holds(store.path.parent, PRIVATE) == []


def test_backups_are_listed_or_deleted(store: Store, firm: int, run: Run, tmp_path: Path) -> None:
    """Deleting says which copies of its own still hold the data, and takes them too when told to."""
    run("backup", tmp_path / "b.db")
    store.close()
    run("restore", tmp_path / "b.db", "--confirm", "payoff.db")
    (aside,) = (store.path.parent / "backups").iterdir()
    run("load", tmp_path / "none.zip")
    status, out, _ = run("delete", "--workspace", firm, "--confirm", "Firm")
    assert (status, f"still there: {aside}" in out) == (0, True)
    status, out, _ = run("delete", "--everything", "--with-backups", "--confirm", "payoff.db")
    assert (status, f"deleted: {aside}" in out) == (0, True)
    assert [file.name for file in store.path.parent.rglob("*") if file.is_file()] == []
    assert not lock_file(store.path).exists()
