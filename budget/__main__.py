"""Commands for the person who runs Payoff: `python -m budget info|upgrade|backup FILE`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from budget.errors import PayoffError
from budget.store import default_url, open_store, upgrade
from budget.store.migrate import HEAD, backup_to


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 only on success, one line per fact."""
    parser = argparse.ArgumentParser(prog="python -m budget", description=__doc__)
    parser.add_argument("--url", default=None, help="database URL; default: the store in the data folder")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("info", help="where the store is and what it holds")
    commands.add_parser("upgrade", help="bring the store up to date")
    commands.add_parser("backup", help="copy the store into a new file").add_argument("file", type=Path)
    said = parser.parse_args(arguments)
    try:
        lines = _run(said.command, said.url or default_url(), getattr(said, "file", None))
    except PayoffError as err:
        sys.stderr.write(f"{err}\n")
        return 1
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 0


def _run(command: str, url: str, file: Path | None) -> list[str]:
    if command == "upgrade":
        return [f"revision: {upgrade(url)}"]
    store = open_store(url)
    try:
        if file is not None:
            return [f"backup: {backup_to(store.path, file.absolute())}"]
        lines = [f"store: {store.path}", f"revision: {HEAD}", f"bytes: {store.path.stat().st_size}"]
        for firm in store.workspaces():
            plans, files = len(store.plans(firm.workspace_id)), len(store.imports(firm.workspace_id))
            lines.append(
                f"workspace {firm.workspace_id}: {firm.name} ({firm.currency}), plans {plans}, imports {files}"
            )
        return lines
    finally:
        store.close()


if __name__ == "__main__":
    sys.exit(main())
