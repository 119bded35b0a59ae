"""`make bench`: server CPU of a rerun of each screen of the sample firm, beside an empty Streamlit page's."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from benchmarks import THREADS
from benchmarks.client import Session, cpu_ms
from budget.sample import open_sample
from budget.store import open_store
from pages.parts.navigation import SCREENS

ROOT = Path(__file__).parents[1]
WARM_UP, RERUNS, ROUNDS = 3, 15, 3
TODAY = "2026-11-22"
SERVE = """
import sys
from pathlib import Path
import serve
serve.application(Path(sys.argv[1])).run(config={"server.port": int(sys.argv[2])})
"""


@contextmanager
def serving(script: Path, port: int, data_folder: Path) -> Iterator[tuple[str, int]]:
    """Base URL and process id of a server like the real one around a script."""
    usual = {name: value for name, value in os.environ.items() if name not in THREADS}
    settings = usual | {"PAYOFF_DATA_DIR": str(data_folder), "PAYOFF_TODAY": TODAY}
    command = [sys.executable, "-c", SERVE, str(script), str(port)]
    with (data_folder / "server.txt").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=log, stderr=log)  # noqa: S603  our own server
    try:
        base_url = f"http://127.0.0.1:{port}"
        _wait(base_url)
        yield base_url, process.pid
    finally:
        process.terminate()
        process.wait()


def _wait(base_url: str) -> None:
    for _ in range(600):
        try:
            with urlopen(f"{base_url}/_stcore/health", timeout=2):  # noqa: S310  our own loopback address
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def measure(base_url: str, pid: int, page: str) -> tuple[float, float, int]:
    """Least server CPU and median wall time of a rerun in ms over the rounds, and the bytes it sends."""
    with Session(base_url, page) as session:
        for _ in range(WARM_UP):
            session.run()
        cpu, runs = [], []
        for _ in range(ROUNDS):
            before = cpu_ms(pid)
            runs += [session.run() for _ in range(RERUNS)]
            cpu.append((cpu_ms(pid) - before) / RERUNS)
    return min(cpu), statistics.median(run.wall_ms for run in runs), runs[-1].size_bytes


def main() -> None:
    """Print one line a screen."""
    print(f"{'screen':<12}{'CPU ms':>8}{'wall ms':>9}{'kB':>7}   a rerun of the whole page, {RERUNS} x {ROUNDS}")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PAYOFF_DATA_DIR"] = folder
        store = open_store()
        open_sample(store)
        store.close()
        with serving(ROOT / "benchmarks" / "empty.py", 8591, Path(folder)) as (base_url, pid):
            _line("(empty)", measure(base_url, pid, ""))
        with serving(ROOT / "streamlit_app.py", 8592, Path(folder)) as (base_url, pid):
            for screen in SCREENS:
                if screen.path.is_file():
                    _line(screen.name, measure(base_url, pid, "" if screen is SCREENS[0] else screen.name))
        _no_fault(Path(folder))


def _no_fault(data_folder: Path) -> None:
    """A screen that fails is quick: no figure counts then."""
    log = data_folder / "logs" / "payoff.log"
    if log.is_file() and '"fault"' in log.read_text(encoding="utf-8"):
        raise SystemExit("a screen failed while it was measured: no figure counts")


def _line(name: str, figures: tuple[float, float, int]) -> None:
    cpu, wall, size = figures
    print(f"{name:<12}{cpu:8.0f}{wall:9.0f}{size / 1000:7.0f}", flush=True)


if __name__ == "__main__":
    main()
