"""Forecasts, scores, decisions, notes and experiments: what was expected and decided, kept to be judged later."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Table, and_, func, insert, select, update

from budget.errors import InvalidValue, RecordChanged, RecordMissing
from budget.store import audit, checks, plans, workspaces
from budget.store.connect import inserted
from budget.store.people import Actor
from budget.store.review_checks import checked_decision, checked_experiment, checked_forecast, checked_score
from budget.store.review_values import Decision, Experiment, NewForecast, NewScore, Note, StoredForecast
from budget.store.schema import decision, experiment, forecast, forecast_score, forecast_week, import_batch, note
from budget.store.schema_review import CELL, QUANTILES

INT_COLUMNS = ("mean_micros", *QUANTILES)
SUBJECTS = {"import": import_batch, "forecast": forecast, "decision": decision, "experiment": experiment}


# forecasts


def add_forecast(
    connection: Connection, workspace_id: int, new: NewForecast, actor: Actor, now: datetime
) -> StoredForecast:
    """Keep a forecast with its weeks; the same of the same plan version and data is there already and is returned."""
    clean = checked_forecast(new)
    plans.load(connection, workspace_id, clean.plan_id)
    inputs = audit.canonical(dict(clean.inputs))
    digest = sha256(inputs.encode()).hexdigest()
    same = (
        *(forecast.c.workspace_id == workspace_id, forecast.c.plan_id == clean.plan_id),
        *(forecast.c.plan_version == clean.plan_version, forecast.c.data_version == clean.data_version),
        forecast.c.inputs_sha256 == digest,
    )
    there = connection.execute(select(forecast).where(*same)).mappings().first()
    if there is not None:
        return _stored(there)
    if clean.supersedes_forecast_id is not None:
        _forecast(connection, workspace_id, clean.supersedes_forecast_id)
    values = {field.name: getattr(clean, field.name) for field in fields(NewForecast)}
    del values["cells"], values["inputs"]
    values |= {"workspace_id": workspace_id, "inputs_json": inputs, "inputs_sha256": digest}
    values |= {"seed": audit.canonical(list(clean.seed)), "made_by": actor.key, "made_at": now}
    made = inserted(connection, insert(forecast).values(values))
    where = {"workspace_id": workspace_id, "forecast_id": made}
    connection.execute(insert(forecast_week), [where | asdict(cell) for cell in clean.cells])
    detail = {"plan": clean.plan_id, "reason": clean.reason}
    audit.record(connection, workspace_id, actor, "add", "forecast", made, detail=detail)
    return _forecast(connection, workspace_id, made)


def _stored(row: Mapping[Any, Any]) -> StoredForecast:
    names = [field.name for field in fields(StoredForecast) if field.name not in ("inputs", "seed")]
    seed = tuple(int(part) for part in json.loads(row["seed"]))
    return StoredForecast(**{name: row[name] for name in names}, seed=seed, inputs=json.loads(row["inputs_json"]))


def _forecast(connection: Connection, workspace_id: int, forecast_id: int) -> StoredForecast:
    return _stored(_row(connection, forecast, workspace_id, forecast_id))


def _row(connection: Connection, table: Table, workspace_id: int, number: int) -> Mapping[Any, Any]:
    """The row of that number, else `RecordMissing`; `WorkspaceMissing` for none of that workspace."""
    firm = workspaces.find(connection, workspace_id).workspace_id
    own = table.c[f"{table.name}_id"] == checks.identity(table.name, number)
    row = connection.execute(select(table).where(table.c.workspace_id == firm, own)).mappings().first()
    if row is None:
        raise RecordMissing(f"{table.name} {number!a:.30}: none of that number")
    return row


def forecasts(connection: Connection, workspace_id: int, plan_id: int | None) -> tuple[StoredForecast, ...]:
    """Kept forecasts, oldest first; of one plan or of all."""
    query = select(forecast).where(forecast.c.workspace_id == workspace_id)
    if plan_id is not None:
        query = query.where(forecast.c.plan_id == checks.identity("plan", plan_id))
    return tuple(_stored(row) for row in connection.execute(query.order_by(forecast.c.forecast_id)).mappings())


def forecast_weeks(connection: Connection, workspace_id: int, forecast_id: int) -> pd.DataFrame:
    """The weeks of one forecast."""
    _forecast(connection, workspace_id, forecast_id)
    names = [*CELL[2:], *INT_COLUMNS]
    wide = select(*(forecast_week.c[name] for name in names))
    mine = (forecast_week.c.workspace_id == workspace_id, forecast_week.c.forecast_id == forecast_id)
    rows = connection.execute(wide.where(*mine).order_by(*(forecast_week.c[name] for name in CELL[2:]))).fetchall()
    return _framed(rows, names, INT_COLUMNS)


def _framed(rows: Sequence[Any], names: Sequence[str], whole: Sequence[str]) -> pd.DataFrame:
    frame = pd.DataFrame([tuple(row) for row in rows], columns=list(names))
    frame["week_start"] = pd.to_datetime(frame["week_start"])
    return frame.astype(dict.fromkeys(whole, "Int64"))


# scores

SCORE = ("data_version", "actual_micros", "actual_as_of", "maturity", "inside_50", "inside_80", "inside_90",
         "bias_micros", "crps_micros", "scored_at")  # fmt: skip
LAST = ("actual_micros", "actual_as_of", "maturity")
SCORE_INTS = ("forecast_id", "plan_id", *INT_COLUMNS, "data_version", "actual_micros", "bias_micros", "crps_micros")


def add_scores(
    connection: Connection, workspace_id: int, scores: Sequence[NewScore], actor: Actor, now: datetime
) -> int:
    """Keep scores of kept forecasts; what was scored at that data version already stays. Returns how many are new."""
    firm = workspaces.find(connection, workspace_id).workspace_id
    clean = [checked_score(score) for score in scores]
    known = {number: _known(connection, firm, number) for number in {one.forecast_id for one in clean}}
    keys = (*CELL[1:], "data_version")
    rows, done = [], set[tuple[Any, ...]]()
    for score in clean:
        key = tuple(getattr(score, name) for name in keys)
        cells, scored = known[score.forecast_id]
        if key[:-1] not in cells:
            raise RecordMissing(f"score: forecast {score.forecast_id} says nothing of {key[1:-1]!a:.120}")
        if key not in scored and key not in done:
            done.add(key)
            rows.append({"workspace_id": firm, "scored_at": now} | asdict(score))
    if rows:
        connection.execute(insert(forecast_score), rows)
        detail = {"rows": len(rows), "forecasts": len({row["forecast_id"] for row in rows})}
        audit.record(connection, firm, actor, "score", "workspace", firm, detail=detail)
    return len(rows)


def _known(connection: Connection, firm: int, forecast_id: int) -> tuple[set[Any], set[Any]]:
    """Keys of the cells of a forecast, and of their scores."""
    found = []
    for table, names in ((forecast_week, CELL[1:]), (forecast_score, (*CELL[1:], "data_version"))):
        query = select(*(table.c[name] for name in names))
        mine = (table.c.workspace_id == firm, table.c.forecast_id == forecast_id)
        found.append({tuple(row) for row in connection.execute(query.where(*mine))})
    return found[0], found[1]


def scores(connection: Connection, workspace_id: int, forecast_ids: Sequence[int] | None, latest: bool) -> pd.DataFrame:
    """Scores beside what was forecast, oldest first."""
    week, score = forecast_week, forecast_score
    joined = score.join(week, (week.c.workspace_id == workspace_id) & _same(score, week)).join(
        forecast, (forecast.c.workspace_id == workspace_id) & (forecast.c.forecast_id == score.c.forecast_id)
    )
    wide = [*(score.c[name] for name in CELL[1:]), forecast.c.plan_id, *(week.c[name] for name in INT_COLUMNS)]
    query = select(*wide, *(score.c[name] for name in SCORE)).select_from(joined)
    query = query.where(score.c.workspace_id == workspace_id)
    if forecast_ids is not None:
        query = query.where(score.c.forecast_id.in_(_identities(forecast_ids)))
    if latest:
        query = query.where(score.c.data_version == _last(workspace_id, score))
    order = [score.c[name] for name in (*CELL[1:], "data_version")]
    names = [*CELL[1:], "plan_id", *INT_COLUMNS, *SCORE]
    return _framed(connection.execute(query.order_by(*order)).fetchall(), names, SCORE_INTS)


def judged_cells(connection: Connection, workspace_id: int, forecast_ids: Sequence[int], before: date) -> pd.DataFrame:
    """Cells of weeks that begin before a day, each with its latest score."""
    week, score = forecast_week, forecast_score
    scored = (score.c.workspace_id == workspace_id) & _same(week, score)
    joined = week.outerjoin(score, scored & (score.c.data_version == _last(workspace_id, week)))
    wide = [*(week.c[name] for name in (*CELL[1:], *INT_COLUMNS)), *(score.c[name] for name in LAST)]
    mine = (week.c.workspace_id == workspace_id, week.c.forecast_id.in_(_identities(forecast_ids)))
    query = select(*wide).select_from(joined).where(*mine, week.c.week_start < checks.day("before", before))
    rows = connection.execute(query.order_by(*(week.c[name] for name in CELL[1:]))).fetchall()
    names = [*CELL[1:], *INT_COLUMNS, *LAST]
    return _framed(rows, names, ("forecast_id", *INT_COLUMNS, "actual_micros"))


def _identities(forecast_ids: Sequence[int]) -> list[int]:
    return [checks.identity("forecast", one) for one in forecast_ids]


def _last(workspace_id: int, of: Any) -> Any:
    """The newest data version at which a cell of `of` was judged."""
    newer = forecast_score.alias("newer")
    query = select(func.max(newer.c.data_version)).where(newer.c.workspace_id == workspace_id, _same(newer, of))
    return query.correlate(of).scalar_subquery()


def _same(left: Any, right: Any) -> Any:
    """The rows of two tables are about one cell."""
    return and_(*(left.c[name] == right.c[name] for name in CELL[1:]))


# decisions and experiments: edited by version


def add_decision(connection: Connection, workspace_id: int, value: Decision, actor: Actor, now: datetime) -> Decision:
    """Keep a new decision; its id and version are given here."""
    clean = _closed(checked_decision(value), actor, now)
    if clean.forecast_id is not None:
        _forecast(connection, workspace_id, clean.forecast_id)
    made = _add(connection, decision, workspace_id, _decided(clean), actor)
    return _decision(_row(connection, decision, workspace_id, made))


def save_decision(connection: Connection, workspace_id: int, value: Decision, actor: Actor, now: datetime) -> Decision:
    """Replace a decision if `value.version` is still the stored one; returns `version + 1`."""
    before = _decision(_row(connection, decision, workspace_id, value.decision_id))
    kept = replace(value, closed_by=before.closed_by, closed_at=before.closed_at)
    clean = _closed(checked_decision(kept), actor, now)
    if clean.forecast_id is not None:
        _forecast(connection, workspace_id, clean.forecast_id)
    _step(connection, decision, workspace_id, value.decision_id, value.version, _decided(clean), actor)
    return _decision(_row(connection, decision, workspace_id, value.decision_id))


def _closed(value: Decision, actor: Actor, now: datetime) -> Decision:
    """Who closed it and when, once it is no longer open."""
    if value.status == "open":
        return replace(value, closed_by=None, closed_at=None)
    return value if value.closed_at else replace(value, closed_by=actor.key, closed_at=now)


def decisions(connection: Connection, workspace_id: int) -> tuple[Decision, ...]:
    """All decisions, the newest week first."""
    query = select(decision).where(decision.c.workspace_id == workspace_id)
    rows = connection.execute(query.order_by(decision.c.week_start.desc(), decision.c.decision_id.desc())).mappings()
    return tuple(_decision(row) for row in rows)


def _decision(row: Mapping[Any, Any]) -> Decision:
    names = [field.name for field in fields(Decision) if field.name != "basis"]
    return Decision(**{name: row[name] for name in names}, basis=json.loads(row["basis_json"]))


def _decided(value: Decision) -> dict[str, Any]:
    values = _values(value, "decision_id")
    return values | {"basis_json": audit.canonical(dict(values.pop("basis")))}


def save_experiment(connection: Connection, workspace_id: int, value: Experiment, actor: Actor) -> Experiment:
    """Keep a new experiment (id 0), or replace one if `value.version` is still the stored one."""
    values = _values(checked_experiment(value), "experiment_id")
    values["design_json"] = audit.canonical(dict(values.pop("design")))
    values["result_json"] = audit.canonical(dict(values.pop("result")))
    number = value.experiment_id
    workspaces.find(connection, workspace_id)
    if number:
        _step(connection, experiment, workspace_id, number, value.version, values, actor)
    else:
        number = _add(connection, experiment, workspace_id, values, actor)
    workspaces.bump(connection, workspace_id)
    return _experiment(_row(connection, experiment, workspace_id, number))


def end_experiment(
    connection: Connection, workspace_id: int, number: int, seen: int, actor: Actor, *, ended: bool
) -> Experiment:
    """Take an experiment away, or bring it back."""
    act = "end" if ended else "restore"
    _step(connection, experiment, workspace_id, number, seen, {"ended": ended}, actor, act)
    workspaces.bump(connection, workspace_id)
    return _experiment(_row(connection, experiment, workspace_id, number))


def experiments(connection: Connection, workspace_id: int, ended: bool) -> tuple[Experiment, ...]:
    """Experiments that count, by their first day; with `ended` those that were taken away too."""
    query = select(experiment).where(experiment.c.workspace_id == workspace_id)
    if not ended:
        query = query.where(experiment.c.ended.is_(False))
    rows = connection.execute(query.order_by(experiment.c.start_date, experiment.c.experiment_id)).mappings()
    return tuple(_experiment(row) for row in rows)


def _experiment(row: Mapping[Any, Any]) -> Experiment:
    names = [field.name for field in fields(Experiment) if field.name not in ("design", "result")]
    said = {"design": json.loads(row["design_json"]), "result": json.loads(row["result_json"])}
    return Experiment(**{name: row[name] for name in names}, **said)


def _values(value: Decision | Experiment, number: str) -> dict[str, Any]:
    return {f.name: getattr(value, f.name) for f in fields(value) if f.name not in (number, "version")}


def _add(connection: Connection, table: Table, workspace_id: int, values: Mapping[str, Any], actor: Actor) -> int:
    firm = workspaces.find(connection, workspace_id).workspace_id
    made = inserted(connection, insert(table).values(workspace_id=firm, version=1, **values))
    audit.record(connection, firm, actor, "create", table.name, made, (None, 1))
    return made


def _step(
    connection: Connection,
    table: Table,
    workspace_id: int,
    number: int,
    seen: int,
    values: Mapping[str, Any],
    actor: Actor,
    act: str = "save",
) -> None:
    """Change a row from the version seen to the next; else say what is there."""
    stored = _row(connection, table, workspace_id, number)["version"]
    if stored != checks.identity("version", seen):
        raise RecordChanged(table.name, seen, stored)
    change = update(table).where(table.c.workspace_id == workspace_id, table.c[f"{table.name}_id"] == number)
    connection.execute(change.values(version=stored + 1, **values))
    audit.record(connection, workspace_id, actor, act, table.name, number, (stored, stored + 1))


# notes


def add_note(connection: Connection, workspace_id: int, value: Note, actor: Actor, now: datetime) -> Note:
    """Keep words about something of this workspace; they never change."""
    firm = workspaces.find(connection, workspace_id).workspace_id
    _subject(connection, firm, value)
    values = {
        "workspace_id": firm,
        "subject_type": value.subject_type,
        "subject_id": value.subject_id,
        "week_start": checks.day_or_none("week_start", value.week_start),
        "body": checks.words("note", value.body, checks.NOTE_LENGTH, needed=True),
        "subject_key": checks.words("subject_key", value.subject_key),
        "author": actor.key,
        "created_at": now,
    }
    made = inserted(connection, insert(note).values(values))
    audit.record(connection, firm, actor, "add", "note", made)
    return _note(_row(connection, note, firm, made))


def _subject(connection: Connection, firm: int, value: Note) -> None:
    """What the note is about must be there."""
    if value.subject_type in ("workspace", "week"):
        if value.subject_id is not None or (value.subject_type == "week") != (value.week_start is not None):
            raise InvalidValue("note: of a week expected its first day, of the workspace neither day nor number")
    elif value.subject_type == "plan":
        plans.load(connection, firm, value.subject_id or 0)
    elif value.subject_type in SUBJECTS:
        table = SUBJECTS[value.subject_type]
        number = "import_id" if table is import_batch else f"{table.name}_id"
        own = table.c[number] == checks.identity(value.subject_type, value.subject_id)
        if connection.execute(select(table.c[number]).where(table.c.workspace_id == firm, own)).first() is None:
            raise RecordMissing(f"{value.subject_type} {value.subject_id!a:.30}: none of that number")
    else:
        raise InvalidValue(f"note: found subject {value.subject_type!a:.30}")


def notes(connection: Connection, workspace_id: int) -> tuple[Note, ...]:
    """All notes, the newest first."""
    query = select(note).where(note.c.workspace_id == workspace_id).order_by(note.c.note_id.desc())
    return tuple(_note(row) for row in connection.execute(query).mappings())


def _note(row: Mapping[Any, Any]) -> Note:
    return Note(**{field.name: row[field.name] for field in fields(Note)})
