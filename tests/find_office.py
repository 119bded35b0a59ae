"""Finds LibreOffice for the tests of workbooks and slides: `python -m tests.find_office [--install]`."""

import os
import shutil
import sys
from pathlib import Path

from tests.debian import install, may_install

VARIABLE = "PAYOFF_OFFICE"
NAMES = ("soffice", "libreoffice", "localc")
PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
)
PACKAGES = ("libreoffice-calc-nogui", "libreoffice-impress-nogui")
HOW = (
    "No LibreOffice here: the tests that recalculate workbooks and draw slides are skipped. "
    f"'apt-get install {' '.join(PACKAGES)}' on Debian brings it; or name its program in {VARIABLE}."
)


def find_office() -> Path | None:
    """The program named in `PAYOFF_OFFICE`, else the system's; None if there is none."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named) if Path(named).is_file() else None
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return Path(found) if found else next((path for path in map(Path, PLACES) if path.is_file()), None)


def find_slides() -> Path | None:
    """The same where it can open slides: Debian has a package of its own for them."""
    office = find_office()
    if office is None:
        return None
    beside = office.resolve().parent
    has_parts = any(beside.glob("libsclo.*"))
    return office if not has_parts or any(beside.glob("libsdlo.*")) else None


def main() -> int:
    """Print the program's path; with `--install` fetch it, as root on Debian. Never a failure: tests skip."""
    office = find_slides()
    if office is None and "--install" in sys.argv[1:]:
        print("Installing LibreOffice for the tests ...", flush=True)
        if may_install():
            install(*PACKAGES)
        office = find_slides()
    print(office or find_office() or HOW)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
