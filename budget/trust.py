"""How far the uploaded data can be trusted: freshness, gaps, names that match nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from budget.actuals import Actuals
from budget.matching import Proposal, likeness, names_tactic, propose
from budget.plan import PlanLine, StoredPlan


@dataclass(frozen=True)
class Trust:
    """`until`: the last day that all uploaded platforms share, as the day after; `missing`: planned, never uploaded.

    `gaps`: days without data between the first and the last day, over all accounts.
    """

    until: date | None
    latest: date | None
    uploaded: tuple[str, ...]
    missing: tuple[str, ...]
    gaps: int


@dataclass(frozen=True)
class Campaign:
    """One campaign of the exports and the line it counts for; `line_key` None: no line. `proposed` awaits a yes.

    `why` says how the proposal was found (`tactic`: by a word for it, else as in `budget.matching`), or how the match
    was made; `likeness` is 0 to 100 where names were compared. `earlier_name`: what it was called before.
    """

    platform: str
    account_id: str
    campaign_slot: str
    name: str
    spend_micros: int | None
    currency: str
    line_key: str | None
    decided: bool
    proposed: str | None
    why: str = ""
    likeness: float | None = None
    earlier_name: str = ""


def trust_of(plan: StoredPlan, actuals: Actuals, coverage: pd.DataFrame) -> Trust:
    """The trust strip of a plan."""
    planned = {line.platform for line in plan.lines}
    return Trust(
        until=min(actuals.until.values(), default=None),
        latest=max(actuals.until.values(), default=None),
        uploaded=tuple(sorted(planned & set(actuals.until))),
        missing=tuple(sorted(planned - set(actuals.until))),
        gaps=int(coverage["missing_days"].sum()) if len(coverage) else 0,
    )


def campaigns_of(plan: StoredPlan, frame: pd.DataFrame) -> tuple[Campaign, ...]:
    """Campaigns of `Store.campaigns`, those without a line first, then by money."""
    lines = {line.line_key: line for line in plan.lines}
    found = [_campaign(row, lines) for row in frame.to_dict("records")]
    return tuple(sorted(found, key=lambda c: (c.line_key is not None, c.decided, -(c.spend_micros or 0), c.name)))


def _campaign(row: Mapping[object, object], lines: Mapping[str, PlanLine]) -> Campaign:
    platform, name = str(row["platform"]), _text(row["campaign_name"]) or _text(row["campaign_slot"])
    key = _text(row["line_key"])
    own = key if key in lines else None
    proposal = None if own else propose(platform, name, tuple(lines.values()))
    spend = row["spend_micros"]
    return Campaign(
        platform=platform,
        account_id=_text(row["account_id"]),
        campaign_slot=_text(row["campaign_slot"]),
        name=name,
        spend_micros=None if spend is None or spend is pd.NA else int(str(spend)),
        currency=_text(row["currency"]),
        line_key=own,
        decided=bool(_text(row["tactic"])),
        proposed=proposal.line_key if proposal else None,
        why=_why(name, proposal, lines) if proposal else _text(row.get("how")),
        likeness=likeness(name, lines[proposal.line_key]) if proposal and proposal.how == "name" else None,
        earlier_name=_text(row.get("earlier_name")),
    )


def _why(name: str, proposal: Proposal, lines: Mapping[str, PlanLine]) -> str:
    """How the proposal was found; `tactic` where the name holds a word for it."""
    by_word = proposal.how == "name" and names_tactic(name, lines[proposal.line_key])
    return "tactic" if by_word else proposal.how


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else ""
