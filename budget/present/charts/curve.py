"""What a week's spend on one channel brings back: solid where it was ever spent, dotted where it is only believed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from budget.present.charts.marks import Row, Spec, data, expr, field, value
from budget.present.charts.series import scaled
from budget.present.charts.style import LABEL, NOTE, PLAIN, Role, colour, finish, number_axis
from budget.present.numbers import Numbers
from budget.present.words import Words

HEIGHT = 250
LEFT_THIRD = 0.3


class Response(Protocol):
    """Weekly spend, its full cost, and what comes back with 8 of 10 outcomes; in major units."""

    @property
    def spend(self) -> Iterable[float]:
        """Ascending, no further than twice what was ever spent or planned."""

    @property
    def cost(self) -> Iterable[float]:
        """What the spend costs."""

    @property
    def low(self) -> Iterable[float]:
        """10 % points of what comes back."""

    @property
    def mid(self) -> Iterable[float]:
        """Middle."""

    @property
    def high(self) -> Iterable[float]:
        """90 % points."""

    @property
    def here_spend(self) -> float:
        """The usual week."""

    @property
    def here_mid(self) -> float:
        """What the usual week brings back."""

    @property
    def stop_spend(self) -> float | None:
        """Where the next money brings back just itself."""

    @property
    def stop_mid(self) -> float | None:
        """What that week brings back."""

    @property
    def seen_high(self) -> float | None:
        """The largest week ever spent."""


@dataclass(frozen=True)
class Week:
    """One week as it happened: spend and what came back, in major units; `tip` is finished text."""

    spend: float
    back: float
    tip: str


def curve(
    response: Response,
    numbers: Numbers,
    words: Words,
    height: int = HEIGHT,
    weeks: Sequence[Week] = (),
    even: float | None = None,
) -> Spec:
    """The response curve of one channel; profit is the gap between the curve and the dashes.

    A circle marks where the curve meets the dashes at the spend `even`, the break-even of a whole week.
    With `weeks` these are drawn as circles, in place of the words at the usual week.
    """
    spend, cost = scaled(response.spend, 1), scaled(response.cost, 1)
    low, mid, high = (scaled(side, 1) for side in (response.low, response.mid, response.high))
    top = max(*high, *cost, *(week.back for week in weeks), 1e-9) * 1.04
    x = field("x:Q", axis=number_axis(PLAIN, grid=False), scale={"domain": [0, spend[-1] * 1.06], "nice": False})
    floor = min(0.0, *low, *(week.back for week in weeks))
    y = field("y:Q", axis=number_axis(PLAIN), scale={"domain": [floor, top], "nice": False})
    area = [
        {"x": at, "y": bottom, "top": roof, "role": "forecast"}
        for at, bottom, roof in zip(spend, low, high, strict=True)
    ]
    layers: list[Spec] = [
        data(area).mark("area", opacity=0.25).encode(x=x, y=y, y2=field("top"), color=colour()),
        _line(spend, cost, "muted", x, y, 1, [6, 4]),
        _line(spend, mid, "actual", x, y, 1.75, [1, 3]),
        *_seen(response.seen_high, spend, mid, numbers, words, x, y, min((w.spend for w in weeks), default=0.0)),
        _even(spend, cost, mid, words, x, y),
        *_meets(even, spend, mid, numbers, words, x, y),
        *_spots(response, spend[-1], numbers, words, x, y, here=not weeks),
        _hints(spend, low, mid, high, numbers, x, y),
        *_weeks(weeks, x, y),
    ]
    return finish(layers, numbers, height)


def _meets(
    even: float | None, spend: Sequence[float], mid: Sequence[float], numbers: Numbers, words: Words, x: Spec, y: Spec
) -> list[Spec]:
    """The break-even as an open circle in ink; its words are under the pointer: on a phone they would meet others."""
    if not even:
        return []
    tip = words.say("Break-even: {amount}", amount=numbers.money_of(even))
    rows = data([{"x": even, "y": _at(even, spend, mid), "tip": tip, "role": "ink"}])
    marks = rows.mark("point", size=80, filled=False, strokeWidth=1.75, opacity=expr("width < 420 ? 0 : 1"))
    return [marks.encode(x=x, y=y, color=colour(), tooltip=field("tip:N"))]


def _weeks(weeks: Sequence[Week], x: Spec, y: Spec) -> list[Spec]:
    """Weeks as they happened: open circles, above the unseen points of the curve."""
    rows: list[Row] = [{"x": w.spend, "y": w.back, "tip": w.tip, "role": "actual"} for w in weeks]
    marks = data(rows).mark("point", size=48, filled=False, strokeWidth=1.5, opacity=0.9)
    return [marks.encode(x=x, y=y, color=colour(), tooltip=field("tip:N"))] if rows else []


def _line(
    at: Sequence[float], values: Sequence[float], role: Role, x: Spec, y: Spec, width: float, dash: Sequence[int] = ()
) -> Spec:
    rows: list[Row] = [{"x": a, "y": value, "role": role} for a, value in zip(at, values, strict=True)]
    return (
        data(rows)
        .mark("line", strokeWidth=width, strokeDash=list(dash), strokeCap="round")
        .encode(x=x, y=y, color=colour())
    )


def _seen(
    seen: float | None,
    spend: Sequence[float],
    mid: Sequence[float],
    numbers: Numbers,
    words: Words,
    x: Spec,
    y: Spec,
    least: float = 0.0,
) -> list[Spec]:
    """The solid part of the curve, and the observed spend as a bar on the floor with its words."""
    if not seen:
        return []
    end = min(seen, spend[-1])
    inside = [*((at, value) for at, value in zip(spend, mid, strict=True) if at < end), (end, _at(end, spend, mid))]
    text = words.say("spent so far: up to {amount}", amount=numbers.whole(seen))
    if least:
        text = words.say("spent so far: {span}", span=numbers.whole_span(least, seen))
    bar = data([{"x": least, "end": end, "role": "neutral"}]).mark("bar", height=5, opacity=0.55, baseline="bottom")
    label = data([{"x": least or end, "text": text, "role": "muted"}]).mark(
        "text", align="left" if least else "right", baseline="bottom", fontSize=NOTE
    )
    return [
        _line([at for at, _ in inside], [value for _, value in inside], "actual", x, y, 2.75),
        bar.encode(x=x, x2=field("end"), y=value(expr("height - 3")), color=colour()),
        label.encode(x=x, y=value(expr("height - 8")), text=field("text:N"), color=colour()),
    ]


def _at(at: float, spend: Sequence[float], mid: Sequence[float]) -> float:
    return float(np.interp(at, spend, mid))


def _even(spend: Sequence[float], cost: Sequence[float], mid: Sequence[float], words: Words, x: Spec, y: Spec) -> Spec:
    """The words of the dashed line, on its side that the curve leaves free."""
    at = int(len(spend) * 0.72)
    rows = [{"x": spend[at], "y": cost[at], "text": words.say("money back = money spent"), "role": "muted"}]
    above = cost[at] > mid[at]
    marks = data(rows).mark(
        "text",
        align="right" if above else "left",
        baseline="bottom" if above else "top",
        dx=-6 if above else 2,
        dy=-4 if above else 10,
        fontSize=NOTE,
    )
    return marks.encode(x=x, y=y, text=field("text:N"), color=colour())


def _hints(
    spend: Sequence[float],
    low: Sequence[float],
    mid: Sequence[float],
    high: Sequence[float],
    numbers: Numbers,
    x: Spec,
    y: Spec,
) -> Spec:
    rows = [
        {
            "x": at,
            "y": middle,
            "role": "ink",
            "tip": f"{numbers.money_of(at)}: {numbers.whole(middle)} ({numbers.whole_span(bottom, top)})",
        }
        for at, bottom, middle, top in zip(spend, low, mid, high, strict=True)
    ]
    marks = data(rows).mark("point", size=200, filled=True, opacity=0)
    return marks.encode(x=x, y=y, color=colour(), tooltip=field("tip:N"))


def _spots(
    response: Response, end: float, numbers: Numbers, words: Words, x: Spec, y: Spec, *, here: bool
) -> list[Spec]:
    """The usual week, labelled upper left, and where to stop growing, labelled lower right; above it if passed."""
    usual = (
        words.say("You are here") + "\n" + words.say("{amount} a week", amount=numbers.money_of(response.here_spend))
    )
    left = response.here_spend < LEFT_THIRD * end
    layers = _spot(response.here_spend, response.here_mid, usual, "actual", x, y, above=not left) if here else []
    if response.stop_spend is not None and response.stop_mid is not None:
        passed = response.stop_spend < response.here_spend
        stop = words.say("Pays up to") if passed else words.say("Stop growing at")
        text = stop + "\n" + numbers.money_of(response.stop_spend)
        layers += _spot(response.stop_spend, response.stop_mid, text, "good", x, y, above=False, lifted=passed)
    return layers


def _spot(
    at: float, value: float, text: str, role: Role, x: Spec, y: Spec, *, above: bool, lifted: bool = False
) -> list[Spec]:
    """A dot and its words: upper left, else lower right; `lifted`, where the floor is near, upper right."""
    rows = data([{"x": at, "y": value, "text": text, "role": role}])
    dot = rows.mark("point", size=90, filled=True, opacity=1).encode(x=x, y=y, color=colour())
    label = rows.mark(
        "text",
        align="right" if above else "left",
        baseline="bottom" if above or lifted else "top",
        lineBreak="\n",
        fontSize=LABEL,
        dx=-8 if above else -4 if lifted else 10,
        dy=-30 if lifted else -18 if above else 8,
    )
    return [dot, label.encode(x=x, y=y, text=field("text:N"), color=colour())]
