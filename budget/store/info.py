"""What a store is: where it lies, its settings, its size, what it holds."""

from pathlib import Path

from sqlalchemy import Connection, Table, func, select

from budget.store import history, plans, workspaces
from budget.store.connect import reading
from budget.store.migrate import HEAD
from budget.store.offline import engine_of, file_of
from budget.store.schema import FACTS, acknowledgement, closing, decision, experiment, forecast, forecast_score, note
from budget.store.sides import SIDES

REVIEW = {
    "forecasts": forecast,
    "scores": forecast_score,
    "decisions": decision,
    "notes": note,
    "experiments": experiment,
    "closings": closing,
    "acknowledgements": acknowledgement,
}


def described(url: str) -> list[str]:
    """One line a fact; a URL is never printed, as it may hold a password."""
    path = file_of(url)
    with engine_of(url) as engine, reading(engine) as connection:
        mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
        lines = [f"store: {path}", f"revision: {HEAD}", f"journal: {mode}", *_sizes(path)]
        for firm in workspaces.listed(connection):
            counts = (
                len(plans.listed(connection, firm.workspace_id)),
                len(history.records(connection, firm.workspace_id)),
            )
            facts = sum(_count(connection, table, firm.workspace_id) for table in FACTS)
            said = f"{firm.name} ({firm.currency}), plans {counts[0]}, imports {counts[1]}, facts {facts}"
            sides = [f"{side.name} {_count(connection, side.table, firm.workspace_id)}" for side in SIDES]
            kept = [f"{name} {_count(connection, table, firm.workspace_id)}" for name, table in REVIEW.items()]
            lines.append(f"workspace {firm.workspace_id}: {', '.join([said, *sides, *kept])}")
    return lines


def _sizes(path: Path) -> list[str]:
    beside = [path.with_name(path.name + end) for end in ("-wal", "-journal")]
    return [f"bytes: {path.stat().st_size + sum(file.stat().st_size for file in beside if file.exists())}"]


def _count(connection: Connection, table: Table, workspace_id: int) -> int:
    query = select(func.count()).select_from(table).where(table.c.workspace_id == workspace_id)
    return connection.execute(query).scalar_one()
