"""What a pack has to say in a few sentences: codes with their facts, only where the facts are there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from budget.drivers import Driver
from budget.frontier import ABOUT_RIGHT
from budget.money import MICROS
from budget.pack import Pack

NEAR_SHARE = 0.01
"""Within 1 % of plan a result is on plan."""
MOST, LEFT_OUT_FIRST = 9, ("unmatched", "earlier", "return")
"""More sentences nobody reads: these go first."""
Fact = int | float | str | date


@dataclass(frozen=True)
class Point:
    """One sentence to be: its code and the facts that fill it.

    Facts that end with `_micros` are money, with `_share` shares, with `_chance` chances, `_major` money in major
    units; `n` counts things; days are dates; texts name a line, a driver or an action by its code.
    """

    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


def summary(pack: Pack) -> tuple[Point, ...]:
    """Result against plan, cause, pace, end of the plan, decisions, what is early or closed, next step; in order."""
    parts = (_result, _cause, _return, _pace, _end, _budget, _earlier, _decided, _early, _closed, _unmatched, _next)
    found = [point for part in parts for point in part(pack)]
    for code in LEFT_OUT_FIRST:
        if len(found) > MOST:
            found = [point for point in found if point.code != code]
    return tuple(found)


def _result(pack: Pack) -> Iterator[Point]:
    if pack.review is None:
        if pack.forecast:
            yield Point("planned", {"profit_micros": pack.forecast.pnl.profit})
        return
    actual, planned = pack.review.actual_pnl.after_media, pack.review.plan_pnl.after_media
    if not pack.arrived.is_judged:
        yield Point("so_far", {"actual_micros": actual, "arrived_share": pack.arrived.share})
        return
    difference = actual - planned
    code = "ahead" if difference > 0 else "behind"
    if abs(difference) <= NEAR_SHARE * max(abs(planned), 1):
        code = "on_plan"
    facts = {"actual_micros": actual, "plan_micros": planned, "difference_micros": abs(difference)}
    yield Point(code, facts)


def _cause(pack: Pack) -> Iterator[Point]:
    """The largest cause in the direction of the difference, and the largest against it."""
    if pack.review is None or not pack.arrived.is_judged:
        return
    difference = pack.review.actual_pnl.after_media - pack.review.plan_pnl.after_media
    drivers = [d for d in pack.review.drivers if not d.within_noise]
    along = max((d for d in drivers if d.effect_micros * difference > 0), key=_size, default=None)
    against = max((d for d in drivers if d.effect_micros * difference < 0), key=_size, default=None)
    if along and against:
        yield Point("causes", _effect(along) | {f"other_{k}": v for k, v in _effect(against).items()})
    elif along:
        yield Point("cause", _effect(along))


def _size(driver: Driver) -> int:
    return abs(driver.effect_micros)


def _effect(driver: Driver) -> dict[str, Fact]:
    return {"driver": driver.name, "effect_micros": driver.effect_micros}


def _return(pack: Pack) -> Iterator[Point]:
    if pack.review is None or pack.review.actual_pnl.roi is None or not pack.arrived.is_judged:
        return
    found = pack.review.actual_pnl
    facts: dict[str, Fact] = {"profit_micros": found.profit, "roi_share": pack.review.actual_pnl.roi}
    yield Point("return", facts)


def _pace(pack: Pack) -> Iterator[Point]:
    if pack.kind != "weekly" or pack.pacing is None or not pack.pacing.days_left:
        return
    found = pack.pacing
    shift = found.pace.projected / (found.budget_micros / MICROS) - 1
    code = "pace_over" if shift > 0 else "pace_under"
    if found.pace.state == "on":
        code = "pace_on"
    yield Point(code, {"off_share": abs(shift), "day_major": found.pace.required_day})


def _end(pack: Pack) -> Iterator[Point]:
    found = pack.projection
    if found is None:
        return
    facts: dict[str, Fact] = {
        "mid_major": found.profit.mid,
        "low_major": found.profit.low,
        "high_major": found.profit.high,
        "loss_chance": found.p_loss,
    }
    if found.p_target is None:
        yield Point("end", facts)
    else:
        yield Point("end_goal", facts | {"goal_chance": found.p_target})


def _budget(pack: Pack) -> Iterator[Point]:
    """Cut, keep or grow, for the owner."""
    found = pack.frontier
    if pack.kind != "owner" or found is None or found.best_micros is None:
        return
    extra = found.best_micros - found.today_micros
    near = abs(extra) <= ABOUT_RIGHT * found.today_micros
    facts: dict[str, Fact] = {"budget_micros": found.best_micros, "budget_chance": found.chance}
    yield Point("keep" if near else found.verdict, facts)


def _earlier(pack: Pack) -> Iterator[Point]:
    """What came of earlier decisions, where something was observed."""
    judged = [one for one in pack.earlier if one.verdict in ("worked", "failed")]
    if judged:
        yield Point("earlier", {"n": len(judged), "worked": sum(one.verdict == "worked" for one in judged)})


def _decided(pack: Pack) -> Iterator[Point]:
    if pack.taken:
        yield Point("decided", {"n": len(pack.taken)})
    elif pack.review is not None:
        yield Point("undecided")


def _early(pack: Pack) -> Iterator[Point]:
    day = pack.early.first_day if pack.early else None
    if day is not None and pack.early is not None:
        yield Point("early", {"day": day})


def _closed(pack: Pack) -> Iterator[Point]:
    """That the days were closed, and what was read then where the data say otherwise now."""
    one = pack.closing
    if one is None or one.closed_at is None or pack.review is None:
        return
    was, now = int(one.body["income"]["actual"]["after_media"]), pack.review.actual_pnl.after_media
    day = {"day": one.closed_at.date()}
    yield Point("closed", day) if was == now else Point("restated", day | {"was_micros": was, "now_micros": now})


def _unmatched(pack: Pack) -> Iterator[Point]:
    if pack.unmatched:
        yield Point("unmatched", {"n": len(pack.unmatched)})


def _next(pack: Pack) -> Iterator[Point]:
    """Where the next money earns most, or what to do first."""
    if pack.review is None:
        yield Point("next_upload")
        return
    if pack.plan.status != "locked":
        yield Point("next_lock")
    found = pack.hundred
    if found is None or not found.lines:
        return
    line, earns = next(iter(found.lines.items()))
    code = "next_line" if earns.low > 0 else "next_line_unsure" if earns.mid > 0 else "next_none"
    yield Point(code, {"line": line, "gain_major": abs(earns.mid)})
