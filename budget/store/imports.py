"""Preview an export, add it in one transaction, take it out again."""

from dataclasses import dataclass
from datetime import datetime
from itertools import chain

import pandas as pd
from sqlalchemy import Connection, select, update

from budget.errors import ImportMissing, ImportOpen, InvalidValue
from budget.findings import Finding
from budget.store import (
    audit,
    batches,
    campaigns,
    checks,
    compare,
    ledger,
    looks,
    names,
    side_ledger,
    side_reads,
    workspaces,
)
from budget.store.compare import Difference
from budget.store.grains import DAYS, PERIODS, Kind, counted_flags, describe, merged
from budget.store.incoming import File, open_file
from budget.store.people import Actor
from budget.store.rows import Rows
from budget.store.schema import import_batch, known_name
from budget.store.side_rows import keyed
from budget.store.sides import Side
from budget.store.values import DatasetPreview, ImportIssue, ImportPreview, ImportReceipt, Workspace

__all__ = ["File", "Prepared", "active_twin", "add", "open_file", "prepare", "preview", "undo"]


@dataclass(frozen=True)
class Prepared:
    """A file's facts as they would be stored, compared with what is current."""

    parts: tuple[tuple[Kind, Difference], ...]
    sides: tuple[tuple[Side, Difference], ...]
    findings: tuple[Finding, ...]
    slots: names.Slots
    names: pd.DataFrame
    rejected: int
    issues: tuple[ImportIssue, ...]

    @property
    def all(self) -> list[Difference]:
        """The comparisons of all tables."""
        return [part for _, part in chain(self.parts, self.sides)]

    @property
    def counts(self) -> dict[str, int]:
        """The counts of a receipt."""
        return counted(self.all)

    @property
    def brought(self) -> batches.Brought:
        """What the file's record speaks of."""
        sides = {side: part.incoming for side, part in self.sides}
        return batches.Brought([part.incoming for _, part in self.parts], sides, self.rejected, self.issues)


def counted(parts: list[Difference]) -> dict[str, int]:
    """Incoming facts by what they would do, and what they lack."""
    return {
        "rows": sum(len(part.incoming) for part in parts),
        "new": sum(int(part.new.sum()) for part in parts),
        "changed": sum(int(part.changed.sum()) for part in parts),
        "unchanged": sum(part.unchanged for part in parts),
        "vanished": sum(len(part.vanished) for part in parts),
    }


def prepare(connection: Connection, workspace: Workspace, file: File) -> Prepared:
    """Keys, accounts, slots and the comparison; reads only."""
    rows = _copy(file.rows)
    known = names.registry(connection, workspace.workspace_id, set(rows.frame["platform"]))
    answer = dict(file.reading.answers).get("account_id") or None
    rows.frame = describe(names.settle_accounts(rows.frame, known, answer))
    brought = names.names_in(rows.frame)
    slots = names.slots_of(pd.concat([known, brought], ignore_index=True))
    facts = names.with_slots(merged(rows), slots).assign(tombstone=False)
    sides = {side: _copy(of_side) for side, of_side in file.sides.items()}
    found = [*file.reading.findings, *rows.findings, *names.account_findings(facts, known)]
    taken = side_ledger.looks_of(connection, workspace.workspace_id)
    parts = []
    for kind in (DAYS, PERIODS):
        mine = facts[facts["is_day"].to_numpy(bool) == kind.is_day].reset_index(drop=True)
        reach = ledger.reach_of(mine)
        if reach is None:
            continue
        if file.stated:
            reach = ledger.Reach(reach.accounts, min(reach.start, file.stated[0]), max(reach.end, file.stated[1]))
        current = ledger.current_rows(connection, workspace.workspace_id, kind, reach)
        parts.append((kind, compare.difference(mine, current, taken, file.as_of, file.stated, compare.DELIVERY)))
    others = _others(connection, workspace.workspace_id, file, sides)
    every = [rows, *sides.values()]
    return Prepared(
        tuple(parts),
        tuple(others),
        (*found, *(finding for of_side in sides.values() for finding in of_side.findings)),
        slots,
        brought,
        sum(one.rejected for one in every),
        tuple(issue for one in every for issue in one.issues),
    )


def _others(
    connection: Connection, workspace_id: int, file: File, sides: dict[Side, Rows]
) -> list[tuple[Side, Difference]]:
    keys = {side: keyed(side, rows, file.as_of) for side, rows in sides.items()}
    return [
        (side, side_ledger.compared(connection, workspace_id, side, rows, file.as_of, file.stated))
        for side, rows in keys.items()
        if len(rows)
    ]


def _copy(rows: Rows) -> Rows:
    """Rows that may be refused further while the file's own stay as they are."""
    return Rows(rows.frame, list(rows.findings), list(rows.issues), rows.rejected)


def active_twin(connection: Connection, workspace_id: int, file: File) -> int | None:
    """The active import of the same bytes with the same answers."""
    query = select(import_batch.c.import_id).where(
        import_batch.c.workspace_id == workspace_id,
        import_batch.c.content_sha256 == file.digest,
        import_batch.c.answers_sha256 == file.answers_digest,
        import_batch.c.status == "active",
    )
    return connection.execute(query).scalar()


def preview(connection: Connection, workspace_id: int, file: File) -> ImportPreview:
    """What `add` would do now."""
    workspace = workspaces.find(connection, workspace_id)
    prepared = prepare(connection, workspace, file)
    stored = [part.incoming for _, part in prepared.parts]
    facts = pd.concat(stored, ignore_index=True) if stored else file.rows.frame.assign(tombstone=False)
    taken = facts[counted_flags(facts)] if stored else facts
    return ImportPreview(
        **prepared.counts,
        rejected=prepared.rejected,
        stale=sum(int(part.stale.sum()) for part in prepared.all),
        as_of=file.as_of,
        as_of_source=file.as_of_source,
        findings=prepared.findings,
        examples=compare.examples(part for _, part in prepared.parts) if stored else {},
        days=compare.day_sums(taken),
        duplicate_of=active_twin(connection, workspace_id, file),
        datasets={side.name: _dataset(side, part) for side, part in prepared.sides},
    )


def _dataset(side: Side, part: Difference) -> DatasetPreview:
    return DatasetPreview(**counted([part]), stale=int(part.stale.sum()), examples=side_reads.examples(side, part))


def add(connection: Connection, workspace_id: int, file: File, actor: Actor, *, replace_range: bool) -> ImportReceipt:
    """Store the file, or say that it is there already."""
    workspace = workspaces.find(connection, workspace_id)
    twin = active_twin(connection, workspace_id, file)
    if twin is not None:
        return _already(connection, workspace, twin)
    prepared = prepare(connection, workspace, file)
    _refuse_open(file, prepared)
    batches.keep_original(connection, workspace_id, file)
    import_id = batches.record(connection, workspace_id, file, prepared.brought, actor)
    known = names.registry(connection, workspace_id, set(prepared.names["platform"]))
    before = names.slots_of(known)
    names.remember_names(connection, workspace_id, import_id, prepared.names)
    touched = [_resettle(connection, workspace_id, before, prepared.slots, known)]
    for kind, part in prepared.parts:
        rows = part.incoming
        if replace_range and len(part.vanished):
            rows = pd.concat([rows, compare.tombstones(part.vanished)], join="inner", ignore_index=True)
        ledger.add_rows(connection, ledger.Place(workspace_id, import_id, kind, workspace.week_start), rows, part.known)
        touched.append(ledger.reach_of(rows))
    for side, part in prepared.sides:
        side_ledger.add_rows(connection, workspace_id, import_id, side, part, replace_range)
    ledger.recount(connection, workspace_id, ledger.union(touched), workspace.week_start)
    version = workspaces.bump(connection, workspace_id)
    counts = prepared.counts
    audit.record(
        connection, workspace_id, actor, "add", "import", import_id, detail={**counts, "name": file.reading.name}
    )
    return ImportReceipt(
        import_id, "added", **counts, rejected=prepared.rejected, data_version=version, findings=prepared.findings
    )


def _already(connection: Connection, workspace: Workspace, import_id: int) -> ImportReceipt:
    row = connection.execute(
        select(import_batch.c.row_count, import_batch.c.rejected_count).where(
            import_batch.c.workspace_id == workspace.workspace_id, import_batch.c.import_id == import_id
        )
    ).one()
    return ImportReceipt(
        import_id, "unchanged", row.row_count, 0, 0, row.row_count, 0, row.rejected_count, workspace.data_version
    )


def _refuse_open(file: File, prepared: Prepared) -> None:
    if len(file.reading.questions):
        keys = ", ".join(str(getattr(question, "key", question)) for question in file.reading.questions)
        raise ImportOpen(f"import: {keys} still to be answered")
    stops = sorted({finding.code for finding in prepared.findings if finding.severity == "stop"})
    if stops:
        raise InvalidValue(f"import: found {', '.join(stops)}, expected a file that can be taken")


def _resettle(
    connection: Connection, workspace_id: int, before: names.Slots, after: names.Slots, known: pd.DataFrame
) -> ledger.Reach | None:
    """Move rows whose campaign name now stands for another slot, and remember the person's match with it."""
    changed = {key: after.get(key, key[2]) for key in names.nameless(known) if before.get(key) != after.get(key)}
    moves = [(key[0], key[1], before.get(key, key[2]), slot) for key, slot in changed.items()]
    campaigns.follow(connection, workspace_id, moves)
    return ledger.move_slots(connection, workspace_id, changed)


def undo(connection: Connection, workspace_id: int, import_id: int, actor: Actor, now: datetime) -> ImportReceipt:
    """Take an import out as if it had never come; the file and its record stay."""
    workspace = workspaces.find(connection, workspace_id)
    mine = (
        import_batch.c.workspace_id == workspace_id,
        import_batch.c.import_id == checks.identity("import", import_id),
    )
    done = update(import_batch).where(*mine, import_batch.c.status == "active")
    if connection.execute(done.values(status="undone", undone_by=actor.key, undone_at=now)).rowcount != 1:
        raise ImportMissing(f"import {import_id}: no active import of that number")
    gone = known_name.c.workspace_id == workspace_id, known_name.c.import_id == import_id
    platforms = set(connection.execute(select(known_name.c.platform).where(*gone)).scalars())
    known = names.registry(connection, workspace_id, platforms)
    reaches = [
        ledger.joined(ledger.import_reach(connection, workspace_id, import_id, kind)) for kind in (DAYS, PERIODS)
    ]
    rows = sum(looks.take_out(connection, looks.Place(kind.table, workspace_id, import_id)) for kind in (DAYS, PERIODS))
    rows += side_ledger.take_out(connection, workspace_id, import_id)
    connection.execute(known_name.delete().where(*gone))
    left = known[known["import_id"] != import_id]
    reaches.append(_resettle(connection, workspace_id, names.slots_of(known), names.slots_of(left), left))
    ledger.recount(connection, workspace_id, ledger.union(reaches), workspace.week_start)
    version = workspaces.bump(connection, workspace_id)
    audit.record(connection, workspace_id, actor, "undo", "import", import_id, detail={"rows": rows})
    return ImportReceipt(import_id, "undone", rows, 0, 0, 0, 0, 0, version)
