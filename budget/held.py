"""What keeps a line from moving further, as a code with its facts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from budget.ahead import Ahead
from budget.findings import Fact
from budget.guardrails import CENT, Rails
from budget.question import Question

Array = np.ndarray
Reason = Literal[
    "over", "committed", "locked", "most_move", "least_move", "observed", "line_low", "line_high", "increment", "order",
    "platform_low", "platform_high",
]  # fmt: skip


@dataclass(frozen=True)
class Held:
    """`over` no week to come; `committed`, `locked` stay; `most_move`, `least_move` the weekly limit (`share`);
    `observed` twice the largest week known; `line_low`, `line_high` your limits, `platform_low`, `platform_high` those
    of its platform; `increment` nothing may lose; `order` others give first.
    """

    reason: Reason
    facts: Mapping[str, Fact] = field(default_factory=dict)


def held_of(
    ahead: Ahead, rails: Rails, question: Question, proposed: Array, locked: tuple[str, ...]
) -> dict[str, Held | None]:
    """By line_key: the bound at which all its weeks stand; None where a week still could move."""
    found: dict[str, Held | None] = {}
    for c, line in enumerate(ahead.channels.lines):
        key = line.line_key
        if key not in ahead.running:
            found[key] = Held("over")
        elif key in locked:
            found[key] = Held("committed" if line.commitment == "committed" else "locked")
        else:
            found[key] = _bound(ahead, rails, question, proposed, c)
    return found


def _bound(ahead: Ahead, rails: Rails, question: Question, proposed: Array, c: int) -> Held | None:
    cells = ahead.open[c]
    near = max(question.step_micros, CENT * int(cells.sum()))
    total, low, high = int(proposed[c].sum()), int(rails.line_low[c]), int(rails.line_high[c])
    if low and total <= low + near:
        return Held("line_low", {"low_micros": low})
    if high < int(rails.high[c].sum()) and total >= high - near:
        return Held("line_high", {"high_micros": high})
    money, top, bottom = proposed[c][cells], rails.high[c][cells], rails.low[c][cells]
    if (money >= top - near).all() and (top > 0).any():
        if (top >= rails.cap[c][cells]).all():
            return Held("observed", {"cap_micros": int(top.max())})
        return Held("most_move", {"share": question.max_move})
    if (money <= bottom + near).all() and (bottom > 0).any():
        if question.aim == "increment":
            return Held("increment")
        return Held("order") if rails.kept[c] else Held("least_move", {"share": question.max_move})
    return _by_platform(rails, proposed, c, near)


def _by_platform(rails: Rails, proposed: Array, c: int, near: int) -> Held | None:
    """The platform's limit, where its lines together stand at it."""
    k = rails.platform[c]
    total, low, high = (int(of[k]) for of in (rails.by_platform(proposed.sum(axis=1)), rails.platform_low,
                                              rails.platform_high))  # fmt: skip
    if low and total <= low + near:
        return Held("platform_low", {"low_micros": low, "platform": rails.platforms[k]})
    if total >= high - near:
        return Held("platform_high", {"high_micros": high, "platform": rails.platforms[k]})
    return None
