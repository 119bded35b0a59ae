"""Layers of a Vega-Lite chart as plain dictionaries.

Altair checks each object as it is made, which costs more than the rest of a screen: here nothing is checked while the
product runs, and a test holds every chart against Altair's schema.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Spec = dict[str, Any]
"""A part of a Vega-Lite specification, or the whole of it."""
Row = Mapping[str, object]

_TYPES = {"Q": "quantitative", "N": "nominal", "T": "temporal"}


@dataclass(frozen=True)
class Marks:
    """Rows that have a shape and wait for their places."""

    rows: tuple[Row, ...]
    shape: Spec

    def encode(self, **channels: Spec) -> Spec:
        """The finished layer. Without a `tooltip` it is silent under the pointer instead of showing raw fields."""
        values = [dict(row) for row in self.rows]
        return {"data": {"values": values}, "mark": self.shape, "encoding": {"tooltip": value(None)} | channels}


@dataclass(frozen=True)
class Rows:
    """The data of one layer."""

    rows: tuple[Row, ...]

    def mark(self, shape: str, **properties: object) -> Marks:
        """The rows as `bar`, `line`, `area`, `rule`, `rect`, `point` or `text`."""
        return Marks(self.rows, {"type": shape, **properties})


def data(rows: Iterable[Row]) -> Rows:
    """Rows as a layer's own data."""
    return Rows(tuple(rows))


def field(shorthand: str, **properties: object) -> Spec:
    """A channel that reads `name:Q`, `name:N` or `name:T`; the second end of a bar has a name alone."""
    name, _, kind = shorthand.partition(":")
    return {"field": name, **({"type": _TYPES[kind]} if kind else {}), **properties}


def value(constant: object) -> Spec:
    """A channel that is the same for all rows."""
    return {"value": constant}


def expr(text: str) -> Spec:
    """A property that the browser computes."""
    return {"expr": text}
