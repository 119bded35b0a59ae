"""What a store is: where it lies, its settings, its size, what it holds."""

from pathlib import Path

from sqlalchemy import func, select

from budget.store import history, plans, workspaces
from budget.store.connect import reading
from budget.store.migrate import HEAD
from budget.store.offline import engine_of, file_of
from budget.store.schema import FACTS


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
            facts = sum(
                connection.execute(
                    select(func.count()).select_from(table).where(table.c.workspace_id == firm.workspace_id)
                ).scalar_one()
                for table in FACTS
            )
            said = f"{firm.name} ({firm.currency}), plans {counts[0]}, imports {counts[1]}, facts {facts}"
            lines.append(f"workspace {firm.workspace_id}: {said}")
    return lines


def _sizes(path: Path) -> list[str]:
    beside = [path.with_name(path.name + end) for end in ("-wal", "-journal")]
    return [f"bytes: {path.stat().st_size + sum(file.stat().st_size for file in beside if file.exists())}"]
