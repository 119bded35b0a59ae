"""What platforms claim beside what the firm booked, week by week: a broad grey bar behind a narrow one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from budget.present.charts.marks import Spec, data, field
from budget.present.charts.series import EARLY_DASH
from budget.present.charts.style import (
    PALE,
    PLAIN,
    Role,
    colour,
    day_axis,
    day_scale,
    finish,
    moment,
    number_axis,
    reach,
)
from budget.present.numbers import Numbers, Unit
from budget.present.words import Words

HEIGHT = 190
FULL = 0.5


@dataclass(frozen=True)
class Pair:
    """One week, in major units; None where nobody said. `early`: claims still arrive."""

    week: date
    claimed: float | None
    booked: float | None
    early: bool = False


def claims(weeks: Sequence[Pair], numbers: Numbers, words: Words, unit: Unit = PLAIN) -> Spec:
    """Bars from zero over each week's days; of early weeks claims are pale with a dashed outline."""
    known = [x / unit.divisor for pair in weeks for x in (pair.claimed, pair.booked) if x is not None]
    low, high = reach(known, zero=True)
    first, last = weeks[0].week, weeks[-1].week + timedelta(days=7)
    x = field("day:T", axis=day_axis(first, last), scale=day_scale(first, last))
    y = field("y:Q", axis=number_axis(unit), scale={"domain": [low, high], "nice": False})
    settled = [pair for pair in weeks if not pair.early]
    early = [pair for pair in weeks if pair.early]
    layers = [
        _bars([(pair, pair.claimed) for pair in settled], 1, "neutral", numbers, words, unit, x, y, opacity=FULL),
        _bars([(pair, pair.claimed) for pair in early], 1, "neutral", numbers, words, unit, x, y, opacity=PALE / 2),
        _outline([(pair, pair.claimed) for pair in early], unit, x, y),
        _bars([(pair, pair.booked) for pair in weeks], 2, "actual", numbers, words, unit, x, y, opacity=1),
    ]
    return finish([layer for layer in layers if layer["data"]["values"]], numbers, HEIGHT)


def _bars(
    of: Sequence[tuple[Pair, float | None]],
    inset: int,
    role: Role,
    numbers: Numbers,
    words: Words,
    unit: Unit,
    x: Spec,
    y: Spec,
    opacity: float,
) -> Spec:
    rows = [
        {**_place(pair.week, inset), "y": amount / unit.divisor, "zero": 0, "role": role,
         "tip": _tip(pair, numbers, words, unit)}
        for pair, amount in of
        if amount is not None
    ]  # fmt: skip
    marks = data(rows).mark("rect", opacity=opacity)
    return marks.encode(x=x, x2=field("end"), y=y, y2=field("zero"), color=colour(), tooltip=field("tip:N"))


def _outline(of: Sequence[tuple[Pair, float | None]], unit: Unit, x: Spec, y: Spec) -> Spec:
    """The dashed edge of early weeks, as a line around each bar."""
    rows = [
        {"day": moment(day), "y": height, "week": pair.week.isoformat(), "role": "neutral", "order": n}
        for pair, amount in of
        if amount is not None
        for n, (day, height) in enumerate(_corners(pair.week, amount / unit.divisor))
    ]
    marks = data(rows).mark("line", strokeWidth=1.25, strokeDash=list(EARLY_DASH))
    return marks.encode(x=x, y=y, color=colour(), detail=field("week:N"), order=field("order:Q"))


def _corners(week: date, height: float) -> list[tuple[date, float]]:
    start, end = week + timedelta(days=1), week + timedelta(days=6)
    return [(start, 0.0), (start, height), (end, height), (end, 0.0)]


def _place(week: date, inset: int) -> dict[str, object]:
    return {"day": moment(week + timedelta(days=inset)), "end": moment(week + timedelta(days=7 - inset))}


def _tip(pair: Pair, numbers: Numbers, words: Words, unit: Unit) -> str:
    claimed, booked = (
        numbers.decimal(None if x is None else x / unit.divisor, unit.digits) for x in (pair.claimed, pair.booked)
    )
    said = words.say("claimed {claimed}, booked {booked}", claimed=claimed, booked=booked)
    return f"{numbers.date_short(pair.week)}: {said}"
