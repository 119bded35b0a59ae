"""Money on hand week by week, with the point where most of it is tied up."""

from collections.abc import Sequence
from datetime import date

from budget.present.charts.fan import fan
from budget.present.charts.marks import Spec, data, field
from budget.present.charts.series import Band, scaled
from budget.present.charts.style import NOTE, colour, moment
from budget.present.numbers import Numbers, Unit
from budget.present.words import Words


def cash(days: Sequence[date], total: Band, numbers: Numbers, words: Words, unit: Unit) -> Spec:
    """A fan of the running total in major units; the deepest point of its middle, where it is below zero, is marked."""
    drawing = fan(days, total, numbers, words, unit)
    middle = scaled(total.mid, unit.divisor)
    deepest = min(range(len(middle)), key=middle.__getitem__)
    if middle[deepest] < 0:
        drawing["layer"] = [*drawing["layer"], *_mark(drawing, days, deepest, middle[deepest], words)]
    return drawing


def _mark(drawing: Spec, days: Sequence[date], place: int, at: float, words: Words) -> list[Spec]:
    """A dot and its word below; on the right half the word stands on the left of the dot."""
    y = next(layer["encoding"]["y"] for layer in drawing["layer"] if "y" in layer["encoding"])
    x = field("day:T")
    late = place > len(days) / 2
    rows = data([{"day": moment(days[place]), "y": at, "text": words.say("most tied up"), "role": "bad"}])
    dot = rows.mark("point", size=80, filled=True, opacity=1).encode(x=x, y=y, color=colour())
    label = rows.mark("text", align="right" if late else "left", dx=-8 if late else 8, dy=12, fontSize=NOTE)
    return [dot, label.encode(x=x, y=y, text=field("text:N"), color=colour())]
