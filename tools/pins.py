"""Compiles all `requirements*.txt` from `pyproject.toml`: exact versions with hashes."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
HEADER = "# Exact versions of everything that {does}, made by `make pins` from pyproject.toml. Do not edit by hand.\n"
COMPILE = "pip compile --quiet --universal --generate-hashes --python-version 3.11"
PLAIN = "--no-header --no-annotate --no-emit-index-url"  # no address of a registry in the files


def compile_pins(target: str, does: str, *options: str) -> None:
    """Write one file; what it pins already is kept unless `--upgrade` is among the options."""
    path = ROOT / target
    command = [
        sys.executable,
        "-m",
        "uv",
        *COMPILE.split(),
        *PLAIN.split(),
        *options,
        "-o",
        str(path),
    ]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  a fixed command
    path.write_text(HEADER.format(does=does) + path.read_text(encoding="utf-8"), encoding="utf-8")


if __name__ == "__main__":
    ALL, UPGRADE = "pyproject.toml", sys.argv[1:]
    compile_pins("requirements.txt", "runs", ALL, *UPGRADE)
    compile_pins("requirements-test.txt", "runs and tests", ALL, "--extra", "test", "-c", "requirements.txt", *UPGRADE)
    beside = ("--group", "peers", "-c", "requirements-test.txt")  # our numpy: one process can run both models
    compile_pins("requirements-peers.txt", "stands beside our sales model in `make peers`", *beside, *UPGRADE)
