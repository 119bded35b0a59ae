"""A chart whose shape stays while its rows change: the browser then moves marks instead of drawing all anew."""

from collections.abc import Iterable

from budget.present.charts.marks import Row, Spec

LAYER = "layer"


def live(drawing: Spec, moving: Iterable[int] | None = None) -> tuple[Spec, list[Row]]:
    """The chart without the rows of its `moving` layers (None: all), and those rows in one table.

    The column `layer` says where a row belongs. Charts that are equal but for this table are one chart to the browser:
    axes must not depend on what changes.
    """
    layers, rows = list(drawing["layer"]), []
    for place in range(len(layers)) if moving is None else moving:
        rows += [{**row, LAYER: place} for row in layers[place]["data"]["values"]]
        shape = {name: part for name, part in layers[place].items() if name != "data"}
        layers[place] = {**shape, "transform": [{"filter": f"datum.{LAYER} === {place}"}]}
    columns = list(dict.fromkeys(name for row in rows for name in row))
    return {**drawing, "layer": layers}, [{name: row.get(name) for name in columns} for row in rows]
