"""How far each week of each line may move, in whole micros; and what stands in the way, as findings."""

from dataclasses import dataclass

import numpy as np

from budget.ahead import Ahead
from budget.findings import Fact, Finding
from budget.money import MICROS
from budget.plan import Commitment, StoredPlan
from budget.question import Question, usual_locks

Array = np.ndarray
CENT = 10_000
NO_MOST = 10**17
"""Micros that no plan holds."""
FIRST_TO_GO: tuple[Commitment, ...] = ("optional", "forecast", "committed")


@dataclass(frozen=True, eq=False)
class Rails:
    """Bounds of cells (C, T), of lines (C,) and of platforms (K,) over all weeks, in micros.

    `cap` (C, T): twice the largest week ever spent (or planned, where nothing was). `kept` (C,) bool: lines that give
    nothing because others go first; `fixed` (C,) bool: locked lines. `platform` (C,): each line's
    place in `platforms`.
    """

    low: Array
    high: Array
    line_low: Array
    line_high: Array
    cap: Array
    kept: Array
    fixed: Array
    platforms: tuple[str, ...]
    platform: Array
    platform_low: Array
    platform_high: Array

    def by_platform(self, lines: Array) -> Array:
        """(K,): whole sums over the lines (C,) of each platform."""
        out = np.zeros(len(self.platforms), np.int64)
        np.add.at(out, self.platform, lines)
        return out

    @property
    def platform_needs(self) -> Array:
        """(K,): the least that the lines of each platform need."""
        return self.by_platform(np.maximum(self.low.sum(axis=1), self.line_low))

    @property
    def platform_room(self) -> Array:
        """(K,): the most that the lines of each platform can take."""
        return self.by_platform(np.minimum(self.high.sum(axis=1), self.line_high))

    @property
    def free(self) -> Array:
        """(C, T) bool: cells that have room."""
        found: Array = self.high > self.low
        return found

    @property
    def needed_micros(self) -> int:
        """The least that all lines together need."""
        return int(np.maximum(self.platform_needs, self.platform_low).sum())

    @property
    def room_micros(self) -> int:
        """The most that all lines together can take."""
        return int(np.minimum(self.platform_room, self.platform_high).sum())


def locks_of(plan: StoredPlan, ahead: Ahead, question: Question) -> tuple[str, ...]:
    """The lines that stay as they are."""
    return usual_locks(plan, ahead.running) if question.locked is None else question.locked


def rails_of(
    plan: StoredPlan,
    ahead: Ahead,
    question: Question,
    top: Array,
    total_micros: int | None,
    *,
    moves_along: bool = True,
    base: Array | None = None,
) -> Rails:
    """The bounds for a split of `total_micros` over the weeks to come (None: any); `top` (C,) ends what is known.

    With more or less money than today the band around each week grows (`moves_along`) or stays. A cut below `base`, the
    best split (C, T) of today's money, is taken from optional lines first, then from forecast ones, then from those
    committed that are not locked.
    """
    today, lines = ahead.today_micros, ahead.channels.lines
    locks = locks_of(plan, ahead, question)
    fixed = np.array([line.line_key in locks for line in lines], np.bool_)
    cap = np.maximum(np.floor(top[:, None] * MICROS * ahead.part).astype(np.int64), today)
    high, low = np.where(ahead.open, cap, 0), np.zeros_like(today)
    if question.limits_moves:
        stretch = _stretch(today, fixed, total_micros) if moves_along else 1.0
        low = np.ceil(today * ((1 - question.max_move) * min(1.0, stretch))).astype(np.int64)
        high = np.minimum(high, np.floor(today * ((1 + question.max_move) * max(1.0, stretch))).astype(np.int64))
    low, high = np.minimum(low, today), np.maximum(high, today)
    if question.aim == "increment":
        low = today.copy()
    stay = fixed[:, None] | ~ahead.open
    low, high = np.where(stay, today, low), np.where(stay, today, high)
    rules = [question.rule(line.line_key) for line in lines]
    floor = np.array([0 if f else r.low_micros or 0 for r, f in zip(rules, fixed, strict=True)], np.int64)
    most = high.sum(axis=1)
    roof = np.array(
        [m if f or r.high_micros is None else min(r.high_micros, m) for r, f, m in zip(rules, fixed, most, strict=True)]
    )
    start = today if base is None else base
    kept = _kept(ahead, start, low, total_micros)
    low = np.where(kept[:, None], np.minimum(start, high), low)
    return Rails(low, high, floor, roof.astype(np.int64), cap, kept, fixed, *_platforms(ahead, question))


def _platforms(ahead: Ahead, question: Question) -> tuple[tuple[str, ...], Array, Array, Array]:
    """Names of platforms, each line's place (C,) among them, and their limits (K,); no limit is beyond all money."""
    lines = ahead.channels.lines
    names = tuple(dict.fromkeys(line.platform for line in lines))
    rules = [question.platform_rule(name) for name in names]
    low = np.array([rule.low_micros or 0 for rule in rules], np.int64)
    high = np.array([NO_MOST if rule.high_micros is None else rule.high_micros for rule in rules], np.int64)
    return names, np.array([names.index(line.platform) for line in lines], np.intp), low, high


def _stretch(today: Array, fixed: Array, total_micros: int | None) -> float:
    """How much more the lines that are not locked get than today."""
    free = int(today[~fixed].sum())
    if total_micros is None or not free:
        return 1.0
    return max((total_micros - int(today[fixed].sum())) / free, 0.0)


def _kept(ahead: Ahead, start: Array, low: Array, total_micros: int | None) -> Array:
    """(C,) bool: lines whose turn to give has not come, for a cut below the money of `start`."""
    kept = np.zeros(len(low), np.bool_)
    cut = 0 if total_micros is None else int(start.sum()) - total_micros
    if cut <= 0:
        return kept
    for commitment in FIRST_TO_GO:
        mine = np.array([line.commitment == commitment for line in ahead.channels.lines], np.bool_)
        kept |= mine & (cut <= 0)
        cut -= int((start - low)[mine].sum())
    return kept


def check_rails(ahead: Ahead, rails: Rails, total_micros: int | None) -> tuple[Finding, ...]:
    """Why no split can be: each with what was found and what was expected."""
    if not ahead.running:
        return (Finding("ADVICE_NO_WEEKS", "stop", "plan"),)
    if not rails.free.any():
        return (Finding("ADVICE_ALL_LOCKED", "stop", "plan"),)
    found = [finding for c in range(len(rails.fixed)) if (finding := _line(ahead, rails, c))]
    found = found or [finding for k in range(len(rails.platforms)) if (finding := _platform(rails, k))]
    if found or total_micros is None:
        return tuple(found)
    facts: dict[str, Fact] = {"budget_micros": total_micros}
    if total_micros < rails.needed_micros:
        return (Finding("ADVICE_BUDGET_SHORT", "stop", "plan", facts | {"needed_micros": rails.needed_micros}),)
    if total_micros > rails.room_micros:
        return (Finding("ADVICE_BUDGET_LARGE", "stop", "plan", facts | {"room_micros": rails.room_micros}),)
    return ()


def _line(ahead: Ahead, rails: Rails, c: int) -> Finding | None:
    key, low, high = ahead.channels.lines[c].line_key, int(rails.line_low[c]), int(rails.line_high[c])
    needed, room = int(rails.low[c].sum()), int(rails.high[c].sum())
    if low > room:
        return Finding("ADVICE_LINE_ROOM", "stop", key, {"low_micros": low, "room_micros": room})
    if low > high:
        return Finding("ADVICE_LIMITS_CROSS", "stop", key, {"low_micros": low, "high_micros": high})
    if high < needed:
        return Finding("ADVICE_LINE_NEEDS", "stop", key, {"high_micros": high, "needed_micros": needed})
    return None


def _platform(rails: Rails, k: int) -> Finding | None:
    low, high = int(rails.platform_low[k]), int(rails.platform_high[k])
    needed, room = int(rails.platform_needs[k]), int(rails.platform_room[k])
    facts: dict[str, Fact] = {"platform": rails.platforms[k]}
    if low > room:
        return Finding("ADVICE_PLATFORM_ROOM", "stop", "plan", facts | {"low_micros": low, "room_micros": room})
    if low > high:
        return Finding("ADVICE_PLATFORM_CROSS", "stop", "plan", facts | {"low_micros": low, "high_micros": high})
    if high < needed:
        return Finding("ADVICE_PLATFORM_NEEDS", "stop", "plan", facts | {"high_micros": high, "needed_micros": needed})
    return None


def exact_micros(spend: Array, rails: Rails, total_micros: int) -> Array:
    """A split (C, T) in major units as whole micros inside the bounds of cells that sum to the total exactly.

    Cents by largest remainder; what cannot be a cent goes where most room is left. Locked cells are as they were.
    """
    exact = np.asarray(spend, dtype=float) * MICROS
    out = np.clip(np.floor(exact / CENT + 1e-6).astype(np.int64) * CENT, rails.low, rails.high)
    for c, short in enumerate(rails.line_low - out.sum(axis=1)):
        if short > 0:
            t = int((rails.high[c] - out[c]).argmax())
            out[c, t] = min(out[c, t] + short, rails.high[c, t])
    for k, short in enumerate(rails.platform_low - rails.by_platform(out.sum(axis=1))):
        if short > 0:
            room = np.where((rails.platform == k)[:, None], _room(out, rails, up=True), 0)
            cell = np.unravel_index(int(room.argmax()), out.shape)
            out[cell] += min(short, room[cell])
    left = total_micros - int(out.sum())
    for place in np.argsort(-(exact - out).ravel(), kind="stable"):
        c, t = np.unravel_index(place, out.shape)
        if left >= CENT and exact[c, t] > out[c, t] and _room(out, rails, up=True)[c, t] >= CENT:
            out[c, t], left = out[c, t] + CENT, left - CENT
    while left:
        room = _room(out, rails, up=left > 0)
        cell = np.unravel_index(int(room.argmax()), out.shape)
        if room[cell] <= 0:
            break
        step = min(abs(left), int(room[cell])) * (1 if left > 0 else -1)
        out[cell], left = out[cell] + step, left - step
    return out


def _room(spend: Array, rails: Rails, *, up: bool) -> Array:
    """(C, T): what each cell can still take, or give, inside the bounds of its own, its line and its platform."""
    lines = spend.sum(axis=1)
    line = rails.line_high - lines if up else lines - rails.line_low
    sums = rails.by_platform(lines)
    line = np.minimum(line, (rails.platform_high - sums if up else sums - rails.platform_low)[rails.platform])
    found: Array = np.minimum(rails.high - spend if up else spend - rails.low, np.maximum(line, 0)[:, None])
    return found
