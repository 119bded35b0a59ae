"""Finds LibreOffice for the tests that recalculate our workbooks: `python tests/find_office.py [--install]`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

VARIABLE = "PAYOFF_OFFICE"
NAMES = ("soffice", "libreoffice", "localc")
PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
)
HOW = (
    "No LibreOffice here: the tests that recalculate workbooks are skipped. "
    f"'apt-get install libreoffice-calc-nogui' on Debian brings it; or name its program in {VARIABLE}."
)
DEBIAN = (
    ("apt-get", "update", "-qq"),
    ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "libreoffice-calc-nogui"),
)


def find_office() -> Path | None:
    """The program named in `PAYOFF_OFFICE`, else the system's; None if there is none."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named) if Path(named).is_file() else None
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return Path(found) if found else next((path for path in map(Path, PLACES) if path.is_file()), None)


def _is_debian_root() -> bool:
    release = Path("/etc/os-release")
    if not release.is_file() or not hasattr(os, "geteuid"):
        return False
    is_debian = "ID=debian" in release.read_text(encoding="utf-8").splitlines()
    return is_debian and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install() -> None:
    """Install Debian's Calc without its windows (as root on Debian); elsewhere nothing."""
    for command in DEBIAN if _is_debian_root() else ():
        subprocess.run(command, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, check=False)


def main() -> int:
    """Print the program's path; with `--install` fetch it where there is none. Never a failure: tests skip."""
    office = find_office()
    if office is None and "--install" in sys.argv[1:]:
        print("Installing LibreOffice Calc for the tests ...", flush=True)
        install()
        office = find_office()
    print(office or HOW)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
