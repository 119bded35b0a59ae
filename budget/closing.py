"""A week or a month as it was read: its figures as plain whole numbers, and what the data say otherwise since."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from budget.measures import Measures
from budget.money import MICROS, micros
from budget.plan import StoredPlan
from budget.pnl import ProfitAndLoss
from budget.projection import Projection
from budget.review import Review
from budget.store import Closing
from budget.store.review_values import ClosingKind
from budget.weeks import WEEK, Period, months_of

FORM = 1
"""Grows when a body begins to hold something else."""
TOTALS = ("net_revenue", "gross_margin", "after_fulfilment", "after_media", "team", "profit")
SIDES = ("plan", "actual")


@dataclass(frozen=True)
class Change:
    """A figure that the data say otherwise than when the period was closed; `key` as in `figures`, None: not there."""

    key: tuple[str, ...]
    was: int | None
    now: int | None


def kind_of(span: Period) -> ClosingKind | None:
    """Whether the days are a whole week or a whole calendar month; None for anything else."""
    if span.end - span.start == WEEK and span.start.weekday() == 0:
        return "week"
    parts = list(months_of(span))
    whole = len(parts) == 1 and parts[0].days == parts[0].month_days
    return "month" if whole else None


def body_of(found: Review, projection: Projection | None = None) -> dict[str, Any]:
    """The figures of a review (of the period to close) as plain values: whole micros and counts.

    Sums of both sides, in all and by channel; the income statements; drivers; the three results; the end of the plan
    as it looked then. The same review gives the same body.
    """
    sums = found.by_channel()
    body: dict[str, Any] = {
        "form": FORM,
        "period": [found.period.start.isoformat(), found.period.end.isoformat()],
        "sums": dict(zip(SIDES, map(_sums, found.total), strict=True)),
        "income": {"plan": _income(found.plan_pnl), "actual": _income(found.actual_pnl)},
        "drivers": {one.name: one.effect_micros for one in found.drivers},
        "channels": {
            key: {
                side: _sums(sums[key][place]) | {"after_media": found.channels[key][place].after_media}
                for place, side in enumerate(SIDES)
            }
            for key in found.channels
        },
        "three": {
            "planned": found.three.planned_micros,
            "as_spent": found.three.as_spent_micros,
            "actual": found.three.actual_micros,
        },
    }
    return body | ({"end": _end(projection)} if projection else {})


def _sums(found: Measures) -> dict[str, int]:
    """What somebody said; unknown figures are left out."""
    return {f.name: value for f in fields(Measures) if (value := getattr(found, f.name)) is not None}


def _income(found: ProfitAndLoss) -> dict[str, int]:
    return {name: getattr(found, name) for name in (*(f.name for f in fields(ProfitAndLoss)), *TOTALS)}


def _end(found: Projection) -> dict[str, int]:
    """The projected end: profit of 8 of 10 outcomes and chances, in micros."""
    chance = {} if found.p_target is None else {"chance_of_goal": round(found.p_target * MICROS)}
    ends = {name: micros(float(getattr(found.profit, name))) for name in ("low", "mid", "high")}
    return {f"profit_{name}": amount for name, amount in ends.items()} | chance | {"spend": found.spend_micros}


def new_closing(
    span: Period, plan: StoredPlan, body: Mapping[str, Any], *, data_version: int, revision: int = 1, note: str = ""
) -> Closing:
    """The closing of a whole week or month, to be stored; `ValueError` for other days."""
    kind = kind_of(span)
    if kind is None:
        raise ValueError(f"closing: found {span}, expected a whole week or month")
    return Closing(kind, span.start, span.end, plan.plan_id, plan.version, data_version, body, revision, note)


def closings_of(span: Period, kept: tuple[Closing, ...]) -> tuple[Closing, ...]:
    """The closings of exactly these days, the newest first."""
    return tuple(one for one in kept if (one.start_date, one.end_date) == span)


def figures(body: Mapping[str, Any]) -> dict[tuple[str, ...], int]:
    """Every whole number of a body by its place in it."""
    return dict(_numbers(body, ()))


def _numbers(value: Any, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _numbers(inner, (*place, str(key)))
    elif isinstance(value, int) and not isinstance(value, bool):
        yield place, value


def restated(was: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Change, ...]:
    """Every figure that differs, in the order of the body; the end of the plan, which moves with time, left out."""
    before, after = figures(was), figures(now)
    keys = list(dict.fromkeys([*before, *after]))
    changed = (Change(key, before.get(key), after.get(key)) for key in keys if key[0] != "end")
    return tuple(one for one in changed if one.was != one.now)
