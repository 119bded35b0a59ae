"""Commands for the person who runs Payoff: `python -m budget <command> --help`."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from budget.errors import NotAllowed, PayoffError
from budget.store import default_url, doctor, erase, upgrade
from budget.store.backup import backup, restore
from budget.store.info import described
from budget.store.loading import load
from budget.store.transfer import export

Said = argparse.Namespace
FAILED = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 only on success, one line per fact."""
    said = _parser().parse_args(arguments)
    try:
        lines, status = COMMANDS[said.command](said)
    except PayoffError as err:
        sys.stderr.write(f"{err}\n")
        return FAILED
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m budget", description=__doc__)
    parser.add_argument("--url", default=default_url(), help="database URL; default: the store in the data folder")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("info", help="where the store is and what it holds")
    commands.add_parser("upgrade", help="bring the store up to date")
    commands.add_parser("backup", help="copy the store into a new file").add_argument("file", type=Path)
    back = commands.add_parser("restore", help="put a backup in the place of the store; close Payoff first")
    back.add_argument("file", type=Path)
    back.add_argument("--confirm", metavar="NAME", help="the name of the store's file, if there is a store")
    out = commands.add_parser("export", help="write one workspace into a new zip file")
    out.add_argument("file", type=Path)
    commands.add_parser("load", help="put an export into a new workspace").add_argument("file", type=Path)
    gone = commands.add_parser("delete", help="delete one workspace, or everything, for good")
    gone.add_argument("--everything", action="store_true", help="all workspaces and the store's file")
    gone.add_argument("--confirm", metavar="NAME", help="the workspace's name; with --everything the file's name")
    gone.add_argument("--with-backups", action="store_true", help="also the copies that Payoff made by itself")
    for one in (out, gone):
        one.add_argument("--workspace", metavar="WORKSPACE", help="number or name; not needed where there is one")
    check = commands.add_parser("doctor", help="compute everything anew and compare; 0 if nothing is wrong")
    check.add_argument("--fix", action="store_true", help="rebuild what is derived from other columns")
    return parser


Answer = tuple[list[str], int]


def _info(said: Said) -> Answer:
    return described(said.url), 0


def _upgrade(said: Said) -> Answer:
    return [f"revision: {upgrade(said.url)}"], 0


def _backup(said: Said) -> Answer:
    made = backup(said.url, said.file)
    return [f"backup: {made.file}", f"revision: {made.revision}", f"rows: {made.rows}", "check: ok"], 0


def _restore(said: Said) -> Answer:
    made = restore(said.url, said.file, said.confirm)
    lines = [f"restored: {made.file}", f"revision: {made.revision}", f"rows: {made.rows}"]
    return lines + ([f"set aside: {made.aside}"] if made.aside else []), 0


def _export(said: Said) -> Answer:
    made = export(said.url, said.file, said.workspace)
    lines = [f"export: {made.file}", f"workspace: {made.workspace_id} {made.name}"]
    return [*lines, f"rows: {made.rows}", f"files: {made.files}"], 0


def _load(said: Said) -> Answer:
    made = load(said.url, said.file)
    return [f"workspace: {made.workspace_id} {made.name}", f"rows: {made.rows}", f"files: {made.files}"], 0


def _delete(said: Said) -> Answer:
    if said.everything and said.workspace:
        raise NotAllowed("delete: found --everything and --workspace, expected one of them")
    if said.everything:
        lines = [f"deleted: {erase.erase_store(said.url, said.confirm)}"]
    else:
        lines = [f"deleted: workspace {erase.erase_workspace(said.url, said.workspace, said.confirm)}"]
    if said.with_backups:
        return lines + [f"deleted: {file}" for file in erase.erase_copies(said.url)], 0
    return lines + [f"still there: {file}" for file in erase.copies(said.url)], 0


def _doctor(said: Said) -> Answer:
    report = doctor.mend(said.url) if said.fix else doctor.examine(said.url)
    lines = [f"workspace {one.workspace_id}: {one.name}" for one in report.workspaces]
    lines += [f"fixed: {report.fixed}"] if said.fix else []
    for one in report.faults:
        where = f" in workspace {one.workspace_id}" if one.workspace_id else ""
        lines.append(f"{one.code}: {one.count}{where}, such as {one.example}")
    lines.append(f"faults: {sum(one.count for one in report.faults)}")
    return lines, FAILED if report.faults else 0


COMMANDS: dict[str, Callable[[Said], Answer]] = {
    "info": _info,
    "upgrade": _upgrade,
    "backup": _backup,
    "restore": _restore,
    "export": _export,
    "load": _load,
    "delete": _delete,
    "doctor": _doctor,
}


if __name__ == "__main__":
    sys.exit(main())
