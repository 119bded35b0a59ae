"""Preview an export, add it in one transaction, take it out again."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, func, insert, select, update

from budget.errors import ImportMissing, ImportOpen, InvalidValue, QuotaReached
from budget.findings import Finding
from budget.store import audit, campaigns, cells, checks, compare, ledger, names, workspaces
from budget.store.cells import NONE
from budget.store.compare import Difference
from budget.store.connect import inserted
from budget.store.grains import DAYS, PERIODS, Kind, counted_flags, describe, merged
from budget.store.people import Actor
from budget.store.rows import Rows, clean_rows
from budget.store.schema import MEASURES, import_batch, import_issue, known_name, source_blob
from budget.store.values import AsOfSource, Importable, ImportIssue, ImportPreview, ImportReceipt, Workspace

FRESH = timedelta(days=3)
SIDE_TABLES = ("metrics", "posts", "orders", "leads")


@dataclass(frozen=True)
class File:
    """What is known of a file before the store is asked."""

    reading: Importable
    raw: bytes
    rows: Rows
    digest: str
    answers: str
    answers_digest: str
    as_of: datetime
    as_of_source: AsOfSource
    now: datetime

    @property
    def stated(self) -> tuple[int, int] | None:
        """The day numbers that the file says it covers; None where it says nothing usable."""
        try:
            start, end = self.reading.period or (None, None)
            numbers, bad = cells.days(pd.Series([start, end], dtype=object))
        except (TypeError, ValueError):
            return None
        return None if bad.any() or (numbers == NONE).any() else (int(numbers[0]), int(numbers[1]))


def open_file(reading: Importable, raw: bytes, as_of: datetime | None, now: datetime) -> File:
    """Clean the rows and date the look; `InvalidValue` for what is no reading at all."""
    rows = clean_rows(reading)
    answers = audit.canonical({str(key): str(value) for key, value in dict(reading.answers).items()})
    checks.words("answers", answers, 10**6)
    moment, source = _as_of(reading, rows, as_of, now)
    return File(
        reading=reading,
        raw=raw,
        rows=rows,
        digest=sha256(raw).hexdigest(),
        answers=answers,
        answers_digest=sha256(answers.encode()).hexdigest(),
        as_of=moment,
        as_of_source=source,
        now=now,
    )


def _as_of(reading: Importable, rows: Rows, said: datetime | None, now: datetime) -> tuple[datetime, AsOfSource]:
    """The person's word, else the file's, else now for a fresh file and the end of its last day for an old one."""
    if said is not None:
        if said.tzinfo is None:
            raise InvalidValue(f"as_of: found {said} without a zone, expected one with")
        return said.astimezone(UTC), "person"
    stated = getattr(reading, "as_of", None)
    if isinstance(stated, datetime):
        return (stated.replace(tzinfo=UTC) if stated.tzinfo is None else stated.astimezone(UTC)), "file"
    if not len(rows.frame):
        return now, "inferred"
    last = cells.dates_of(np.array([rows.frame["end"].max()]))[0]
    ended = datetime(last.year, last.month, last.day, tzinfo=UTC)
    return (now if now - ended <= FRESH else ended), "inferred"


@dataclass(frozen=True)
class Prepared:
    """A file's facts as they would be stored, compared with what is current."""

    parts: tuple[tuple[Kind, Difference], ...]
    findings: tuple[Finding, ...]
    slots: names.Slots
    names: pd.DataFrame
    rejected: int
    issues: tuple[ImportIssue, ...]

    def count(self, flag: str) -> int:
        """How many incoming facts carry a flag of `Difference`."""
        return sum(int(getattr(part, flag).sum()) for _, part in self.parts)

    @property
    def counts(self) -> dict[str, int]:
        """The counts of a receipt."""
        return {
            "rows": sum(len(part.incoming) for _, part in self.parts),
            "new": self.count("new"),
            "changed": self.count("changed"),
            "unchanged": sum(part.unchanged for _, part in self.parts),
            "vanished": sum(len(part.vanished) for _, part in self.parts),
        }


def prepare(connection: Connection, workspace: Workspace, file: File) -> Prepared:
    """Keys, accounts, slots and the comparison; reads only."""
    rows = Rows(file.rows.frame, list(file.rows.findings), list(file.rows.issues), file.rows.rejected)
    known = names.registry(connection, workspace.workspace_id, set(rows.frame["platform"]))
    answer = dict(file.reading.answers).get("account_id") or None
    rows.frame = describe(names.settle_accounts(rows.frame, known, answer))
    brought = names.names_in(rows.frame)
    slots = names.slots_of(pd.concat([known, brought], ignore_index=True))
    facts = names.with_slots(merged(rows), slots).assign(tombstone=False)
    found = [*file.reading.findings, *rows.findings, *names.account_findings(facts, known), *_not_kept(file.reading)]
    looks = _looks(connection, workspace.workspace_id)
    parts = []
    for kind in (DAYS, PERIODS):
        mine = facts[facts["is_day"].to_numpy(bool) == kind.is_day].reset_index(drop=True)
        reach = ledger.reach_of(mine)
        if reach is None:
            continue
        if file.stated:
            reach = ledger.Reach(reach.accounts, min(reach.start, file.stated[0]), max(reach.end, file.stated[1]))
        current = ledger.current_rows(connection, workspace.workspace_id, kind, reach)
        parts.append((kind, compare.difference(mine, current, looks, file.as_of, file.stated)))
    return Prepared(tuple(parts), tuple(found), slots, brought, rows.rejected, tuple(rows.issues))


def _not_kept(reading: Importable) -> list[Finding]:
    """Tables that this store has no place for yet stop the import, so that the file is not taken as known."""
    tables = {name: getattr(reading, name, None) for name in SIDE_TABLES}
    full = [name for name, table in tables.items() if table is not None and len(table)]
    return [Finding("DATASET_NOT_STORED", "stop", facts={"datasets": ", ".join(full)})] if full else []


def _looks(connection: Connection, workspace_id: int) -> dict[int, datetime]:
    query = select(import_batch.c.import_id, import_batch.c.as_of).where(import_batch.c.workspace_id == workspace_id)
    return {row.import_id: row.as_of for row in connection.execute(query)}


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
    counted = facts[counted_flags(facts)] if stored else facts
    return ImportPreview(
        **prepared.counts,
        rejected=prepared.rejected,
        stale=prepared.count("stale"),
        as_of=file.as_of,
        as_of_source=file.as_of_source,
        findings=prepared.findings,
        examples=compare.examples(part for _, part in prepared.parts) if stored else {},
        days=compare.day_sums(counted),
        duplicate_of=active_twin(connection, workspace_id, file),
    )


def add(connection: Connection, workspace_id: int, file: File, actor: Actor, *, replace_range: bool) -> ImportReceipt:
    """Store the file, or say that it is there already."""
    workspace = workspaces.find(connection, workspace_id)
    twin = active_twin(connection, workspace_id, file)
    if twin is not None:
        return _already(connection, workspace, twin)
    prepared = prepare(connection, workspace, file)
    _refuse_open(file, prepared)
    _keep_original(connection, workspace_id, file)
    import_id = _insert_batch(connection, workspace_id, file, prepared, actor)
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


def _keep_original(connection: Connection, workspace_id: int, file: File) -> None:
    if not getattr(file.reading, "keep_raw", True):
        return
    mine = source_blob.c.workspace_id == workspace_id
    if connection.execute(
        select(source_blob.c.size_bytes).where(mine, source_blob.c.content_sha256 == file.digest)
    ).first():
        return
    used = connection.execute(select(func.coalesce(func.sum(source_blob.c.size_bytes), 0)).where(mine)).scalar_one()
    quota = workspaces.quota(connection, workspace_id)
    if used + len(file.raw) > quota:
        raise QuotaReached(f"files: found {used + len(file.raw)} bytes, expected at most {quota}")
    body = zlib.compress(file.raw)
    values = {"workspace_id": workspace_id, "content_sha256": file.digest, "size_bytes": len(file.raw), "body": body}
    connection.execute(insert(source_blob), [values])


def _insert_batch(connection: Connection, workspace_id: int, file: File, prepared: Prepared, actor: Actor) -> int:
    facts = [part.incoming for _, part in prepared.parts]
    low = min((int(rows["start"].min()) for rows in facts), default=None)
    high = max((int(rows["end"].max()) for rows in facts), default=None)
    values = {
        "workspace_id": workspace_id,
        "original_name": _label(file.reading.name, 1_000),
        "content_sha256": file.digest,
        "size_bytes": len(file.raw),
        "kind": _label(file.reading.kind),
        "platform": _label(file.reading.platform) if file.reading.platform else None,
        "reader": _label(file.reading.reader),
        "signature": _label(getattr(file.reading, "signature", "") or ""),
        "answers_json": file.answers,
        "answers_sha256": file.answers_digest,
        "as_of": file.as_of,
        "as_of_source": file.as_of_source,
        "grain": _label(file.reading.grain),
        "currency": _one_of(facts, "currency"),
        "attribution_setting": _one_of(facts, "attribution_setting"),
        "period_start": _date(file.stated[0]) if file.stated else None,
        "period_end": _date(file.stated[1]) if file.stated else None,
        "min_date": None if low is None else _date(low),
        "max_date": None if high is None else _date(high - 1),
        "row_count": sum(len(rows) for rows in facts),
        "rejected_count": prepared.rejected,
        "declared_totals_json": audit.canonical([_declared(total) for total in file.reading.totals]),
        "totals_json": audit.canonical(_totals(facts)),
        "status": "active",
        "created_by": actor.key,
        "created_at": file.now,
    }
    import_id = inserted(connection, insert(import_batch).values(values))
    _keep_issues(connection, workspace_id, import_id, prepared.issues)
    return import_id


def _keep_issues(connection: Connection, workspace_id: int, import_id: int, issues: Sequence[ImportIssue]) -> None:
    values = [
        {
            "workspace_id": workspace_id,
            "import_id": import_id,
            "seq": seq,
            "code": issue.code,
            "severity": "warn",
            "sheet": issue.sheet,
            "row": issue.row,
            "column": "",
            "raw_row_json": audit.canonical(dict(issue.cells)),
            "facts_json": "{}",
        }
        for seq, issue in enumerate(issues)
    ]
    if values:
        connection.execute(insert(import_issue), values)


def _label(value: Any, length: int = 200) -> str:
    """A file's word about itself, as far as it can be stored."""
    found, _, _ = cells.texts(pd.Series([value], dtype=object))
    return (found[0] or "")[:length]


def _one_of(facts: list[pd.DataFrame], column: str) -> str | None:
    """The one value that all rows share, else None."""
    values = {value for rows in facts for value in rows[column].unique()}
    return values.pop() if len(values) == 1 else None


def _date(number: int) -> Any:
    return cells.dates_of(np.array([number]))[0]


def _declared(total: Any) -> dict[str, Any]:
    values = getattr(total, "values", {})
    kept = (
        {str(key): int(value) for key, value in dict(values).items() if value is not None}
        if isinstance(values, Mapping)
        else {}
    )
    return {
        "label": _label(getattr(total, "label", "")),
        "scope": _label(getattr(total, "scope", "")),
        "values": kept,
        "source_row": getattr(total, "source_row", None),
    }


def _totals(facts: list[pd.DataFrame]) -> dict[str, int]:
    made: dict[str, int] = {}
    for rows in facts:
        for name in (measure for measure in MEASURES if measure != "reach"):
            numbers = rows[name].to_numpy(np.int64)
            said = numbers[numbers != NONE]
            if len(said):
                made[name] = made.get(name, 0) + int(said.sum())
    return made


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
    rows = sum(ledger.take_out(connection, workspace_id, import_id, kind) for kind in (DAYS, PERIODS))
    connection.execute(known_name.delete().where(*gone))
    left = known[known["import_id"] != import_id]
    reaches.append(_resettle(connection, workspace_id, names.slots_of(known), names.slots_of(left), left))
    ledger.recount(connection, workspace_id, ledger.union(reaches), workspace.week_start)
    version = workspaces.bump(connection, workspace_id)
    audit.record(connection, workspace_id, actor, "undo", "import", import_id, detail={"rows": rows})
    return ImportReceipt(import_id, "undone", rows, 0, 0, 0, 0, 0, version)
