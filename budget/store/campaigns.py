"""Which tactic and plan line a campaign belongs to, as people confirmed it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select

from budget.errors import InvalidValue
from budget.store import audit, checks, workspaces
from budget.store.people import Actor
from budget.store.schema import campaign_match
from budget.store.values import CampaignMatch

HOWS = ("exact", "utm", "remembered", "person")
KEY_LENGTH = 2_000


def matches(connection: Connection, workspace_id: int) -> tuple[CampaignMatch, ...]:
    """All matches, by platform, account and campaign."""
    table = campaign_match
    query = select(table).where(table.c.workspace_id == workspace_id)
    rows = connection.execute(query.order_by(table.c.platform, table.c.account_id, table.c.campaign_slot)).mappings()
    names = CampaignMatch.__dataclass_fields__
    return tuple(CampaignMatch(**{name: row[name] for name in names}) for row in rows)


def set_matches(
    connection: Connection, workspace_id: int, wanted: Sequence[CampaignMatch], actor: Actor, now: datetime
) -> int:
    """Keep or (tactic None) take away matches; returns the data version, raised only if something changed."""
    before = {_key(match): match for match in matches(connection, workspace_id)}
    after = {_key(match): _checked(match) for match in wanted}
    changed = {key: match for key, match in after.items() if not _same(before.get(key), match)}
    if not changed:
        return workspaces.find(connection, workspace_id).data_version
    for key, match in changed.items():
        connection.execute(delete(campaign_match).where(_where(workspace_id, key)))
        if match.tactic is not None:
            connection.execute(insert(campaign_match).values(_values(workspace_id, match, actor, now)))
    audit.record(connection, workspace_id, actor, "match", "campaigns", detail={"count": len(changed)})
    return workspaces.bump(connection, workspace_id)


def _key(match: CampaignMatch) -> tuple[str, str, str]:
    return match.platform, match.account_id, match.campaign_slot


def _same(old: CampaignMatch | None, new: CampaignMatch) -> bool:
    if old is None:
        return new.tactic is None
    return (old.tactic, old.line_key, old.how) == (new.tactic, new.line_key, new.how)


def _checked(match: CampaignMatch) -> CampaignMatch:
    for name in ("platform", "account_id", "campaign_slot"):
        checks.words(name, getattr(match, name), KEY_LENGTH)
    if match.how not in HOWS:
        raise InvalidValue(f"how: found {match.how!a:.30}, expected one of {', '.join(HOWS)}")
    if match.tactic is not None:
        checks.words("tactic", match.tactic)
    if match.line_key is not None:
        checks.words("line_key", match.line_key)
    return match


def _where(workspace_id: int, key: tuple[str, str, str]) -> ColumnElement[bool]:
    table = campaign_match
    platform, account_id, slot = key
    return and_(
        table.c.workspace_id == workspace_id,
        table.c.platform == platform,
        table.c.account_id == account_id,
        table.c.campaign_slot == slot,
    )


def _values(workspace_id: int, match: CampaignMatch, actor: Actor, now: datetime) -> dict[str, object]:
    return {
        "workspace_id": workspace_id,
        "platform": match.platform,
        "account_id": match.account_id,
        "campaign_slot": match.campaign_slot,
        "tactic": match.tactic,
        "line_key": match.line_key,
        "how": match.how,
        "decided_by": actor.key,
        "decided_at": now,
    }


def follow(connection: Connection, workspace_id: int, moves: Iterable[tuple[str, str, str, str]]) -> None:
    """A campaign whose slot moves (platform, account, old, new) keeps its match, unless the new slot has its own."""
    known = {_key(match): match for match in matches(connection, workspace_id)}
    for platform, account_id, old, new in moves:
        found = known.get((platform, account_id, old))
        if found is not None and (platform, account_id, new) not in known:
            values = asdict(found) | {"workspace_id": workspace_id, "campaign_slot": new, "how": "remembered"}
            connection.execute(insert(campaign_match).values(values))
