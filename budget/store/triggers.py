# ruff: noqa: S608  # statements are made of the names of our own tables; triggers take no parameters
"""Triggers of SQLite that keep locked plans, imported values, forecasts and the audit as they are, whoever writes."""

from collections.abc import Iterable

from sqlalchemy import Table

from budget.store import schema

ALIVE = (
    "NOT EXISTS (SELECT 1 FROM schema_meta WHERE key = 'deleting_workspace' "
    "AND value = CAST({row}.workspace_id AS TEXT))"
)
PLAN_IS_LOCKED = "PAYOFF plan is locked"
VALUE_IS_FINAL = "PAYOFF value is final"


def _trigger(table: str, name: str, event: str, when: str, message: str) -> str:
    return (
        f'CREATE TRIGGER "{table}_{name}" BEFORE {event} ON "{table}" WHEN {when} '
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _alive(row: str) -> str:
    return ALIVE.format(row=row)


def _plan() -> Iterable[str]:
    there = "EXISTS (SELECT 1 FROM plan WHERE plan_id = NEW.plan_id AND status = 'locked')"
    yield _trigger("plan", "insert_locked", "INSERT", f"NEW.status = 'locked' OR {there}", PLAN_IS_LOCKED)
    yield _trigger("plan", "update_locked", "UPDATE", f"OLD.status = 'locked' OR {there}", PLAN_IS_LOCKED)
    yield _trigger("plan", "delete_locked", "DELETE", f"OLD.status = 'locked' AND {_alive('OLD')}", PLAN_IS_LOCKED)


def _plan_part(table: str) -> Iterable[str]:
    def locked(row: str) -> str:
        return f"EXISTS (SELECT 1 FROM plan WHERE plan_id = {row}.plan_id AND status = 'locked')"

    yield _trigger(table, "insert_locked", "INSERT", locked("NEW"), PLAN_IS_LOCKED)
    yield _trigger(table, "update_locked", "UPDATE", f"{locked('OLD')} OR {locked('NEW')}", PLAN_IS_LOCKED)
    yield _trigger(table, "delete_locked", "DELETE", f"{locked('OLD')} AND {_alive('OLD')}", PLAN_IS_LOCKED)


def _final(table: Table, may_change: frozenset[str]) -> str:
    fixed = ", ".join(f'"{column.name}"' for column in table.c if column.name not in may_change)
    return _trigger(table.name, "update_final", f"UPDATE OF {fixed}", "1", VALUE_IS_FINAL)


def _facts(table: Table) -> Iterable[str]:
    """INSERT OR REPLACE removes a row without its delete trigger, so inserts look for what they would remove."""
    name = table.name
    same_id = f'EXISTS (SELECT 1 FROM "{name}" WHERE fact_id = NEW.fact_id)'
    grain = f'SELECT 1 FROM "{name}" WHERE workspace_id = NEW.workspace_id AND grain_key = NEW.grain_key'
    same_look = f"EXISTS ({grain} AND import_id = NEW.import_id)"
    same_current = f"(NEW.superseded_by IS NULL AND EXISTS ({grain} AND superseded_by IS NULL))"
    active = "EXISTS (SELECT 1 FROM import_batch WHERE import_id = OLD.import_id AND status = 'active')"
    yield _final(table, schema.DERIVED)
    yield _trigger(name, "insert_over", "INSERT", f"{same_id} OR {same_look} OR {same_current}", VALUE_IS_FINAL)
    yield _trigger(name, "delete_active", "DELETE", f"{active} AND {_alive('OLD')}", VALUE_IS_FINAL)


def _kept(table: Table, may_change: frozenset[str] = frozenset()) -> Iterable[str]:
    whole = [
        index.columns for index in table.indexes if index.unique and index.dialect_options["sqlite"]["where"] is None
    ]
    keys = [[column.name for column in columns] for columns in (table.primary_key.columns, *whole)]
    same = [" AND ".join(f"{name} = NEW.{name}" for name in key) for key in keys]
    there = " OR ".join(f'EXISTS (SELECT 1 FROM "{table.name}" WHERE {one})' for one in same)
    yield _final(table, may_change)
    yield _trigger(table.name, "insert_over", "INSERT", there, VALUE_IS_FINAL)
    yield _trigger(table.name, "delete_final", "DELETE", _alive("OLD"), VALUE_IS_FINAL)


def sqlite_triggers() -> tuple[str, ...]:
    """The statements that create every trigger."""
    made = [*_plan()]
    for part in schema.PLAN_PARTS:
        made += _plan_part(part.name)
    for table in (*schema.FACTS, *schema.SIDE_FACTS):
        made += _facts(table)
    for table in (schema.audit_event, *schema.KEPT):
        made += _kept(table)
    made += _kept(schema.import_batch, frozenset({"status", "undone_by", "undone_at"}))
    return tuple(made)
