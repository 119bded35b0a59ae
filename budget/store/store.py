"""The store as the rest of the house sees it: every method is one transaction, usable from many threads."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

from pandas import DataFrame
from sqlalchemy import Engine

from budget.errors import StoreBusy
from budget.rates import Rate
from budget.store import (
    audit,
    campaigns,
    checks,
    erase,
    frames,
    history,
    imports,
    memory,
    migrate,
    place,
    reads,
    workspaces,
)
from budget.store.connect import ours, sqlite_engine, writing
from budget.store.connect import reading as _snapshot
from budget.store.hold import Hold
from budget.store.people import LOCAL, Actor
from budget.store.plan_store import PlanStore
from budget.store.review_store import ReviewStore
from budget.store.side_store import SideReads
from budget.store.values import (
    AuditEvent,
    CampaignMatch,
    Importable,
    ImportIssue,
    ImportPreview,
    ImportReceipt,
    ImportRecord,
    Workspace,
)

BY_CHANNEL = ("platform", "tactic")


def utc_now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


def open_store(url: str | None = None, *, clock: Callable[[], datetime] = utc_now) -> "Store":
    """The store at `url` (default: `default_url()`), made or brought up to date.

    Raises `StoreRefused` for a place or file that cannot hold one, `StoreNewer` for one written by a newer version.
    """
    parsed, path = place.sqlite_path(url or place.default_url())
    place.make_room(path)
    held = Hold(path, alone=False)
    migrate.bring_up(parsed, path)
    with ours():
        return Store(sqlite_engine(parsed), path, clock, held)


def upgrade(url: str | None = None) -> str:
    """Bring the store up to date without opening it; returns its revision."""
    parsed, path = place.sqlite_path(url or place.default_url())
    place.make_room(path)
    return migrate.bring_up(parsed, path)


class Store(SideReads, ReviewStore, PlanStore):
    """Plans, imports and facts of one database. `workspace` is always a `workspace_id`; frames are always new."""

    def __init__(
        self, engine: Engine, path: Path, clock: Callable[[], datetime] = utc_now, held: Hold | None = None
    ) -> None:
        super().__init__(engine, clock)
        self.path, self._held = path, held

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()
        if self._held is not None:
            self._held.release()

    # workspaces

    def create_workspace(self, name: str, *, currency: str, timezone: str = "UTC", actor: Actor = LOCAL) -> Workspace:
        """A new, empty workspace."""
        with writing(self._engine) as connection:
            return workspaces.create(connection, name, currency, timezone, actor, self._now())

    def workspaces(self, *, actor: Actor = LOCAL) -> tuple[Workspace, ...]:
        """All workspaces of the person, oldest first."""
        with _snapshot(self._engine) as connection:
            return workspaces.listed(connection)

    def workspace(self, workspace: int) -> Workspace:
        """One workspace, else `WorkspaceMissing`."""
        with _snapshot(self._engine) as connection:
            return workspaces.find(connection, workspace)

    def customer_key(self, workspace: int) -> str:
        """The firm's secret for `read_export`: it turns e-mail addresses of orders into keys of customers."""
        with _snapshot(self._engine) as connection:
            return workspaces.customer_key(connection, workspaces.find(connection, workspace).workspace_id)

    def rename_workspace(self, workspace: int, name: str, *, actor: Actor = LOCAL) -> Workspace:
        """Give a workspace another name."""
        with writing(self._engine) as connection:
            return workspaces.rename(connection, workspace, name, actor)

    def delete_workspace(self, workspace: int, *, confirm: str, actor: Actor = LOCAL) -> None:
        """Delete all of a workspace for good; `confirm` must be its exact name, else `NotAllowed`.

        What it left in the file is overwritten; copies in `backups` stay.
        """
        erase.empty(self._engine, [(workspace, confirm)])
        with suppress(StoreBusy):  # a long read of another process: what was deleted is overwritten already
            erase.rewrite(self._engine)

    def data_version(self, workspace: int) -> int:
        """Grows by one with every commit that can change a fact; part of every cache key."""
        with _snapshot(self._engine) as connection:
            return workspaces.find(connection, workspace).data_version

    # imports

    def preview_import(
        self,
        workspace: int,
        reading: Importable,
        raw: bytes,
        *,
        as_of: datetime | None = None,
        replace_range: bool = False,
    ) -> ImportPreview:
        """What `add_import` with the same arguments would do; writes nothing."""
        file = imports.open_file(reading, raw, as_of, self._now())
        with _snapshot(self._engine) as connection:
            return imports.preview(connection, workspace, file)

    def add_import(
        self,
        workspace: int,
        reading: Importable,
        raw: bytes,
        *,
        as_of: datetime | None = None,
        replace_range: bool = False,
        actor: Actor = LOCAL,
    ) -> ImportReceipt:
        """Store a file's facts; the same file with the same answers again changes nothing.

        `replace_range`: what the file lacks of its own accounts and days no longer exists. Raises `ImportOpen` while a
        question is open, `InvalidValue` for a file with a finding of severity `stop`, `QuotaReached`.
        """
        file = imports.open_file(reading, raw, as_of, self._now())
        with writing(self._engine) as connection:
            return imports.add(connection, workspace, file, actor, replace_range=replace_range)

    def undo_import(self, workspace: int, import_id: int, *, actor: Actor = LOCAL) -> ImportReceipt:
        """Take an active import out exactly, in any order; else `ImportMissing`."""
        with writing(self._engine) as connection:
            return imports.undo(connection, workspace, import_id, actor, self._now())

    def imports(self, workspace: int) -> tuple[ImportRecord, ...]:
        """The history of files, oldest first."""
        with _snapshot(self._engine) as connection:
            workspaces.find(connection, workspace)
            return history.records(connection, workspace)

    def original(self, workspace: int, import_id: int) -> tuple[str, bytes] | None:
        """Name and bytes of the file as uploaded; None if it was not kept."""
        with _snapshot(self._engine) as connection:
            workspaces.find(connection, workspace)
            return history.original(connection, workspace, import_id)

    def issues(self, workspace: int, import_id: int) -> tuple[ImportIssue, ...]:
        """The rows that an import could not take."""
        with _snapshot(self._engine) as connection:
            workspaces.find(connection, workspace)
            return history.issues(connection, workspace, import_id)

    # facts

    def facts(
        self, workspace: int, *, start: date | None = None, end: date | None = None, by: Sequence[str] = BY_CHANNEL
    ) -> DataFrame:
        """Sums by week.

        Columns: `week_start, *by, currency`, then Int64 `spend_micros, impressions, clicks, link_clicks,
        landing_page_views, engagements, conversions_micros, value_micros, reach` (and `results` with `result_type` in
        `by`), null where no row said anything. `by`: any of `platform, tactic, line_key, account_id, campaign_slot,
        result_type`. Days in [start, end); whole weeks without days count when they lie inside. `reach` only where
        the group is one row. Sorted by the group columns.
        """
        return self._read(workspace, "weekly", *frames.span(start, end), reads.groups(by))

    def daily(
        self, workspace: int, *, start: date | None = None, end: date | None = None, by: Sequence[str] = BY_CHANNEL
    ) -> DataFrame:
        """Sums by day, of rows that are days: as `facts`, with `date_day` in place of `week_start`."""
        return self._read(workspace, "daily", *frames.span(start, end), reads.groups(by))

    def snapshots(self, workspace: int, *, start: date | None = None, end: date | None = None) -> DataFrame:
        """What each active import said of each day: how reported numbers mature."""
        return self._read(workspace, "snapshots", *frames.span(start, end)).drop(columns="import_id")

    def period_facts(self, workspace: int) -> DataFrame:
        """Rows that are not single days; `counted` where `facts` takes them for a week without days."""
        return self._read(workspace, "period_facts")

    def _read(self, workspace: int, read: str, *arguments: object) -> DataFrame:
        with _snapshot(self._engine) as connection:
            found = workspaces.find(connection, workspace)
            return frames.run(connection, read, found.workspace_id, *arguments)

    def coverage(self, workspace: int) -> DataFrame:
        """One row an account.

        Columns: `platform, account_id, account_name, first_day, last_day, days, missing_days, newest_as_of,
        restated_days`.
        """
        with _snapshot(self._engine) as connection:
            return frames.coverage(connection, workspaces.find(connection, workspace).workspace_id)

    def lineage(self, workspace: int, *, start: date, end: date, **keys: str | None) -> DataFrame:
        """The counted rows behind a number of `facts`: file, sheet, row; a key of None asks for rows without one."""
        frames.span(start, end)
        with _snapshot(self._engine) as connection:
            found = workspaces.find(connection, workspace)
            return frames.lineage(connection, found.workspace_id, start, end, keys)

    def campaigns(self, workspace: int) -> DataFrame:
        """One row a campaign and currency.

        Columns: `platform, account_id, campaign_slot, campaign_name, first_day, last_day, spend_micros, currency,
        tactic, line_key, how, earlier_name`; `tactic` to `how` null where nobody matched it, `earlier_name` where the
        campaign was never renamed.
        """
        with _snapshot(self._engine) as connection:
            return frames.campaigns(connection, workspaces.find(connection, workspace).workspace_id)

    def matches(self, workspace: int) -> tuple[CampaignMatch, ...]:
        """Which tactic and line each campaign was matched to."""
        with _snapshot(self._engine) as connection:
            workspaces.find(connection, workspace)
            return campaigns.matches(connection, workspace)

    def set_matches(self, workspace: int, matches: Sequence[CampaignMatch], *, actor: Actor = LOCAL) -> int:
        """Keep matches, or take away those whose tactic is None; others stay. Returns the data version."""
        with writing(self._engine) as connection:
            workspaces.find(connection, workspace)
            return campaigns.set_matches(connection, workspace, matches, actor, self._now())

    def audit(self, workspace: int, limit: int = 200) -> tuple[AuditEvent, ...]:
        """The last acts on a workspace, the newest first; `limit` from 1 to 10,000."""
        with _snapshot(self._engine) as connection:
            found = workspaces.find(connection, workspace)
            return audit.newest(connection, found.workspace_id, checks.whole("limit", limit, 1, 10_000))

    # what was said once

    def remembered_answers(self, workspace: int, signature: str) -> dict[str, str]:
        """The answers given for files of these headers; empty if none."""
        with _snapshot(self._engine) as connection:
            workspaces.find(connection, workspace)
            return memory.answers(connection, workspace, signature)

    def all_answers(self, workspace: int) -> dict[str, dict[str, str]]:
        """All remembered answers by signature."""
        with _snapshot(self._engine) as connection:
            workspaces.find(connection, workspace)
            return memory.remembered(connection, workspace)

    def remember_answers(
        self, workspace: int, signature: str, answers: Mapping[str, str], *, actor: Actor = LOCAL
    ) -> None:
        """Keep answers for files of these headers, in place of earlier ones."""
        with writing(self._engine) as connection:
            workspaces.find(connection, workspace)
            memory.remember(connection, workspace, signature, answers, actor, self._now())

    def forget_answers(self, workspace: int, signature: str, *, actor: Actor = LOCAL) -> None:
        """Forget the answers for files of these headers."""
        with writing(self._engine) as connection:
            workspaces.find(connection, workspace)
            memory.forget(connection, workspace, signature)

    def rates(self, workspace: int) -> tuple[Rate, ...]:
        """All rates of exchange, by day."""
        with _snapshot(self._engine) as connection:
            workspaces.find(connection, workspace)
            return memory.rates(connection, workspace)

    def set_rate(self, workspace: int, rate: Rate, *, actor: Actor = LOCAL) -> int:
        """Keep a rate of exchange in place of the one of that day; returns the data version."""
        with writing(self._engine) as connection:
            workspaces.find(connection, workspace)
            return memory.set_rate(connection, workspace, rate, actor)

    def remove_rate(self, workspace: int, rate: Rate, *, actor: Actor = LOCAL) -> int:
        """Forget the rate of exchange of that day and those currencies; returns the data version."""
        with writing(self._engine) as connection:
            workspaces.find(connection, workspace)
            return memory.remove_rate(connection, workspace, rate, actor)
