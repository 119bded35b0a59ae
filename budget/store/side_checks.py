"""The facts of the other datasets against their definitions, for the doctor."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, bindparam, update

from budget.store import side_ledger
from budget.store.faults import Fault, fault
from budget.store.sides import SIDES, Side


def faults(connection: Connection, workspace_id: int, batches: pd.DataFrame) -> list[Fault]:
    """What of a row does not follow from its own columns, its import, and the other looks at its grain."""
    made = []
    for side in SIDES:
        rows = _rows(connection, workspace_id, side, batches)
        keys = pd.Series(side.key(rows), index=rows.index, dtype=object)
        wrong = {
            "SUPERSEDED_BY": _misplaced(rows),
            "GRAIN_KEY": rows["grain_key"] != keys,
            "INACTIVE_ROWS": rows["batch_status"] != "active",
        }
        for code, which in wrong.items():
            labels = [f"{side.table.name} {number}" for number in rows.loc[which, "fact_id"].tolist()]
            made += fault(code, labels, workspace_id)
    return made


def mend(connection: Connection, workspace_id: int, batches: pd.DataFrame) -> int:
    """Write `superseded_by` as it must be; rows that become current last, so that two never meet."""
    fixed = 0
    for side in SIDES:
        rows = _rows(connection, workspace_id, side, batches)
        wrong = rows[_misplaced(rows)]
        fixed += len(wrong)
        here = side.table.c.workspace_id == workspace_id, side.table.c.fact_id == bindparam("row")
        change = update(side.table).where(*here).values(superseded_by=bindparam("next"))
        for last in (False, True):
            part = wrong[wrong["following"].isna() == last]
            values = [
                {"row": row, "next": None if last else int(following)}
                for row, following in zip(part["fact_id"].tolist(), part["following"].tolist(), strict=True)
            ]
            if values:
                connection.execute(change, values)
    return fixed


def _rows(connection: Connection, workspace_id: int, side: Side, batches: pd.DataFrame) -> pd.DataFrame:
    """All rows of a dataset with status and look of their import, and the import that must follow theirs."""
    rows = side_ledger.stored(connection, side, side.table.c.workspace_id == workspace_id)
    rows = rows.merge(batches.rename(columns={"status": "batch_status"}), on="import_id", how="left", sort=False)
    order = rows.sort_values(["grain_key", "as_of", "import_id"], kind="stable")
    following = order.groupby("grain_key", sort=False)["import_id"].shift(-1).astype("Int64")
    return rows.assign(following=following.reindex(rows.index))


def _misplaced(rows: pd.DataFrame) -> "pd.Series[Any]":
    stored = rows["superseded_by"].astype("Int64")
    same = (stored == rows["following"]).fillna(False) | (stored.isna() & rows["following"].isna())
    return ~same.astype(bool)
