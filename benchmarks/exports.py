"""`make bench`: reading large exports beside the plainest readers of the same bytes, in CPU seconds and memory."""

import csv
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROWS = {"workbook": 100_000, "csv": 1_000_000}
LIMITS = {"workbook": 2.0, "csv": 3.0}
ROUNDS = 3
ADS, DAYS = 1_600, 690
HEADER = [
    "Day", "Account name", "Account ID", "Campaign name", "Campaign ID", "Ad set name", "Ad set ID", "Ad name", "Ad ID",
    "Amount spent (EUR)", "Impressions", "Reach", "Clicks (all)", "Link clicks", "Currency",
]  # fmt: skip
AMOUNTS = range(9, 14)
OURS = """
import sys; sys.path.insert(0, sys.argv[2])
from budget.exports import read_export
reading = read_export("export", open(sys.argv[1], "rb").read())
assert reading.kind == "delivery" and len(reading.frame) == int(sys.argv[3]), reading.findings
"""
BASE = {
    "workbook": """
import sys; from python_calamine import CalamineWorkbook
assert len(CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()) == int(sys.argv[3]) + 1
""",
    "csv": """
import sys; import pandas
assert len(pandas.read_csv(sys.argv[1], engine="c")) == int(sys.argv[3])
""",
}
# Everything is loaded, in the reading child too: it refuses an archive without members at once.
IDLE = {
    "ours": """
import budget.exports.frames, pandas
from budget.exports import read_export
assert read_export("nothing", b"PK\\x05\\x06" + bytes(18)).stopped
""",
    "workbook": "import python_calamine",
    "csv": "import pandas",
}


def records(count: int) -> Iterator[list[str]]:
    """An account's ads day by day; the same for everybody who asks."""
    chance = random.Random(7)  # noqa: S311  figures of a made-up account
    yield HEADER
    for place in range(count):
        ad, day = place % ADS, date(2024, 1, 1) + timedelta(days=place // ADS % DAYS)
        shown = chance.randrange(50, 90_000)
        yield [
            str(day), "Example firm", "120210000000001", f"Campaign {ad // 40} spring", str(120210000000100 + ad // 40),
            f"Ad set {ad // 8} | AZ 25-44", str(120210000001000 + ad // 8), f"Ad {ad} video", str(120210000010000 + ad),
            f"{chance.random() * 900:.2f}", str(shown), str(shown * 7 // 10), str(shown // 50), str(shown // 80), "EUR",
        ]  # fmt: skip


def write_csv(path: Path, count: int) -> None:
    """The records as a text."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(records(count))


def write_workbook(path: Path, count: int) -> None:
    """The records as a workbook, amounts as numbers."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Worksheet")
        for row, record in enumerate(records(count)):
            for column, text in enumerate(record):
                if row and column in AMOUNTS:
                    sheet.write_number(row, column, float(text))
                else:
                    sheet.write_string(row, column, text)


def run(script: str, *arguments: str) -> tuple[float, float]:
    """CPU seconds of a Python process with all its children, and the most that one of them held in MB."""
    meter = "import resource as r, subprocess as s, sys; s.run(sys.argv[1:], check=True); u = r.getrusage(-1)"
    meter += "; print(u.ru_utime + u.ru_stime, u.ru_maxrss / 1024)"
    command = [sys.executable, "-c", meter, sys.executable, "-c", script, *arguments]
    out = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)  # noqa: S603  our own interpreter
    cpu, memory = out.stdout.split()
    return float(cpu), float(memory)


def measure(kind: str, path: Path) -> str:
    """One line: least CPU of the rounds, each reader in turn, without what loading costs on both sides; their ratio.

    The last ratio is that of the processes as a whole, from the start of Python to its end, children included.
    """
    arguments = (str(path), str(ROOT), str(ROWS[kind]))
    scripts = {"ours": OURS, "base": BASE[kind], "idle ours": IDLE["ours"], "idle base": IDLE[kind]}
    runs: dict[str, list[tuple[float, float]]] = {name: [] for name in scripts}
    for _ in range(ROUNDS):
        for name, script in scripts.items():
            runs[name].append(run(script, *arguments))
    cpu = {name: min(seconds for seconds, _ in found) for name, found in runs.items()}
    mine, theirs = cpu["ours"] - cpu["idle ours"], cpu["base"] - cpu["idle base"]
    memory = "".join(f"{max(most for _, most in runs[name]):8.0f}" for name in ("ours", "base"))
    ratios = f"{mine / theirs:7.1f}{LIMITS[kind]:7.1f}{cpu['ours'] / cpu['base']:7.1f}"
    return f"{kind:<10}{path.stat().st_size / 1e6:6.0f}{mine:8.2f}{theirs:8.2f}{ratios}{memory}"


def main() -> None:
    """Print one line a file."""
    print(
        f"{'export':<10}{'MB':>6}{'CPU s':>8}{'base':>8}{'ratio':>7}{'limit':>7}{'whole':>7}{'peak MB':>8}{'base':>8}",
        flush=True,
    )
    with tempfile.TemporaryDirectory() as folder:
        for kind, write in (("workbook", write_workbook), ("csv", write_csv)):
            path = Path(folder) / kind
            write(path, ROWS[kind])
            print(measure(kind, path), flush=True)
            path.unlink()


if __name__ == "__main__":
    main()
