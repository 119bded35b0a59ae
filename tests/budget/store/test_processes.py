"""Several processes and threads at once, and processes that die in the middle."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from budget.plan import PlanCost
from budget.store import PlanChanged, Store, doctor, open_store
from tests.budget.store.given import reading, row, total

HOUSE = Path(__file__).parents[3]
WRITER = """
import sys
from dataclasses import replace
from budget.plan import PlanCost
from budget.store import PlanChanged, open_store
from tests.budget.store.given import reading, row
url, firm, plan, mark, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], int(sys.argv[5])
store = open_store(url)
for n in range(rounds):
    store.add_import(firm, reading(row(n, campaign_id=mark)), f"{mark} {n}".encode())
    while True:
        seen = store.plan(firm, plan)
        try:
            store.save_plan(firm, replace(seen, costs=(*seen.costs, PlanCost("tools", 1))))
            break
        except PlanChanged:
            continue
"""
IMPORTER = """
import sys
from budget.store import open_store
from tests.budget.store.given import at, reading, row
store = open_store(sys.argv[1])
rows = [row(n % 300, campaign_id=str(n // 300), spend_micros=2) for n in range(9000)]
file = reading(*rows)
print("ready", flush=True)
store.add_import(int(sys.argv[2]), file, b"big", as_of=at(9))
print("done", flush=True)
"""


def start(script: str, *arguments: object) -> "subprocess.Popen[str]":
    """Run a script of ours in its own process."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)], cwd=HOUSE, stdout=subprocess.PIPE, text=True
    )


def test_writers_of_several_processes_lose_nothing(store: Store, firm: int, url: str) -> None:
    """Eight processes import and edit one plan at once: every file and every edit is there."""
    plan = store.create_plan(firm, name="Plan", currency="AZN")
    writers = [start(WRITER, url, firm, plan.plan_id, mark, 2) for mark in "abcdefgh"]
    assert [writer.wait(timeout=120) for writer in writers] == [0] * 8
    for writer in writers:
        writer.communicate()
    saved = store.plan(firm, plan.plan_id)
    assert (saved.version, len(saved.costs)) == (17, 16)
    assert (total(store, firm), store.data_version(firm)) == (16_000_000, 16)


def test_equal_files_of_several_processes_count_once(store: Store, firm: int, url: str) -> None:
    """Eight processes bring the same two files at once: each is in once, and the doctor finds no fault."""
    plan = store.create_plan(firm, name="Plan", currency="AZN")
    writers = [start(WRITER, url, firm, plan.plan_id, "same", 2) for _ in range(8)]
    assert [writer.wait(timeout=120) for writer in writers] == [0] * 8
    for writer in writers:
        writer.communicate()
    assert (total(store, firm), store.data_version(firm), len(store.imports(firm))) == (2_000_000, 2, 2)
    assert doctor.examine(url).faults == ()


def test_many_threads_share_a_store(store: Store, firm: int) -> None:
    """Eight threads read and write through one Store; no edit is lost and no error reaches them."""
    plan = store.create_plan(firm, name="Plan", currency="AZN")

    def edit(number: int) -> None:
        store.add_import(firm, reading(row(number)), b"%d" % number)
        store.facts(firm)
        for _ in range(1_000):
            seen = store.plan(firm, plan.plan_id)
            try:
                store.save_plan(firm, replace(seen, costs=(*seen.costs, PlanCost("tools", number))))
                return
            except PlanChanged:
                continue

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(edit, range(12)))
    assert sorted(cost.amount_micros for cost in store.plan(firm, plan.plan_id).costs) == list(range(12))
    assert total(store, firm) == 12_000_000


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")
@pytest.mark.parametrize("wait", [0.05, 0.2, 0.4, 0.6, 0.9])
def test_a_killed_import_leaves_before_or_after(store: Store, firm: int, url: str, wait: float) -> None:
    """Killed at any moment, the file is in as a whole or not at all, and the store works on."""
    before = store.add_import(firm, reading(row(spend_micros=5, campaign_id="0")), b"small")
    child = start(IMPORTER, url, firm)
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    try:
        child.wait(timeout=wait)
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGKILL)
    child.communicate()
    opened = open_store(url)
    files, version = len(opened.imports(firm)), opened.data_version(firm)
    assert (files, version, total(opened, firm)) in {(1, 1, 5), (2, 2, 18_000)}
    assert doctor.examine(url).faults == ()
    again = [record.import_id for record in opened.imports(firm) if record.import_id != before.import_id]
    for import_id in again:
        opened.undo_import(firm, import_id)
    assert total(opened, firm) == 5
    opened.close()
