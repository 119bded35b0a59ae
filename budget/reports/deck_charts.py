"""Native charts of a slide: rows of bars beside a table, and lines over time with their range; all can be edited."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from lxml import etree
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.dml.line import LineFormat
from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from budget.present.charts.style import Role
from budget.present.charts.waterfall import Bar
from budget.reports.deck_page import Box, Page, plain
from budget.reports.deck_theme import paint
from budget.reports.workbook import workbook

MICROS = 1_000_000
FIRST_DAY = datetime(1980, 1, 1)
LABEL_POINTS = 11
GAP = 45
"""Space between bars, in percent of a bar."""
MONTHS = {"en": "409", "az": "42C", "tr": "41F", "ru": "419"}
"""Languages of month names in the number format of a chart's days; others follow the reader's office."""
Dash = Literal["solid", "dash", "dot"]
DASHES = {"dash": MSO_LINE.DASH, "dot": MSO_LINE.ROUND_DOT}
TINTS = (0.3, 0.6)
WEEKS_OF_TICKS = 14
SIDE, ABOVE, BELOW = 0.55, 0.1, 0.3
"""Inches around a plot over time: for its figures, its uppermost figure, its days."""


@dataclass(frozen=True)
class Piece:
    """A part of a row from one level to another, in micros; `strength` of its colour on the page, 0 to 1."""

    start_micros: int
    end_micros: int
    role: Role
    strength: float = 1.0


@dataclass(frozen=True)
class Strip:
    """One row of bars: pieces that touch, from left to right."""

    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Names:
    """What the columns of a chart's workbook are called: the empty part before a bar, then each piece of it."""

    before: str
    pieces: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One line over time in major units; None where it is silent."""

    name: str
    values: Sequence[float | None]
    role: Role
    dash: Dash = "solid"
    points: float = 2.25


@dataclass(frozen=True)
class Axis:
    """How the vertical axis counts, in the terms of an office's number formats, and its ends where they are fixed."""

    form: str = "0;−0;0"
    ends: tuple[float, float] | None = None
    step: float | None = None


MONEY, THOUSANDS = Axis(), Axis("0,;−0,;0")


@dataclass(frozen=True)
class Band:
    """A range over time in major units, and the names of its lower end and its width."""

    low: Sequence[float]
    high: Sequence[float]
    name_low: str
    name_width: str


def strips_of(bars: Iterable[Bar]) -> list[Strip]:
    """The rows of a waterfall."""
    return [Strip(bar.name, (_whole(bar),)) for bar in bars]


def _whole(bar: Bar) -> Piece:
    return Piece(min(bar.start_micros, bar.end_micros), max(bar.start_micros, bar.end_micros), bar.role)


def range_strip(name: str, low: float, mid: float, high: float, role: Role) -> Strip:
    """A range of major units as two tints that meet in its middle."""
    ends = [round(x * MICROS) for x in (low, mid, high)]
    return Strip(name, (Piece(ends[0], ends[1], role, TINTS[0]), Piece(ends[1], ends[2], role, TINTS[1])))


def bars(page: Page, box: Box, strips: Sequence[Strip], names: Names, *, floor_micros: int | None = None) -> Chart:
    """Stacked bars, one row a strip, the first on top; each row is as high as the box divided by their number.

    A bar is the piece between two levels: below it stands an empty part, on the negative side mirrored. From
    `floor_micros` on the axis is drawn (all pieces lie above it), else with zero.
    """
    data = CategoryChartData(number_format="#,##0.00")
    data.categories = [plain(strip.name) for strip in strips]
    columns = _stack([strip.pieces for strip in strips])
    for (kind, piece), values in columns:
        label = names.before if kind == "gap" else names.pieces[min(piece, len(names.pieces) - 1)]
        data.add_series(plain(label), [value / MICROS for value in values])
    chart = _placed(page, box, XL_CHART_TYPE.BAR_STACKED, data)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = GAP, 100
    for series, ((kind, piece), _) in zip(plot.series, columns, strict=True):
        if kind == "gap":
            series.format.fill.background()
            continue
        for n, strip in enumerate(strips):
            if piece < len(strip.pieces):
                _fill(series.points[n].format.fill, strip.pieces[piece])
        _keep_colours(series)
    _row_axes(chart, strips, floor_micros)
    return chart


def lines(
    page: Page, box: Box, days: Sequence[date], found: Sequence[Line], band: Band | None = None, *, axis: Axis = MONEY
) -> Chart:
    """Lines by day with a range behind them."""
    data = CategoryChartData(number_format="#,##0.00")
    data.categories = list(days)
    for each in found:
        data.add_series(plain(each.name), each.values)
    if band:
        data.add_series(plain(band.name_low), list(band.low))
        data.add_series(plain(band.name_width), [high - low for low, high in zip(band.low, band.high, strict=True)])
    chart = _placed(page, box, XL_CHART_TYPE.LINE, data)
    for series, each in zip(chart.plots[0].series, found, strict=False):
        series.smooth = False
        series.marker.style = None
        series.marker._element.get_or_add_marker().get_or_add_symbol().set("val", "none")
        _stroke(series.format.line, each)
    if band:
        _as_band(chart, len(found))
    _time_axes(page, chart, box, days, axis)
    return chart


def _placed(page: Page, box: Box, kind: XL_CHART_TYPE, data: CategoryChartData) -> Chart:
    place = (Inches(x) for x in box)
    frame = page.slide.shapes.add_chart(kind, *place, data)
    page.describe(frame)
    chart = frame.chart
    chart.has_legend = chart.has_title = False
    chart.font.size = Pt(LABEL_POINTS)
    chart.part.chart_workbook.update_from_xlsx_blob(_sheet(data))
    return chart


def _sheet(data: CategoryChartData) -> bytes:
    """The chart's figures as the library lays them out, written so that no text is ever run or linked."""
    out = io.BytesIO()
    with workbook(out) as book:
        book.set_properties({"created": FIRST_DAY})
        page = book.add_worksheet("Sheet1")
        amounts, days = (book.add_format({"num_format": text}) for text in ("#,##0.00", "yyyy-mm-dd"))
        for row, category in enumerate(data.categories, 1):
            if isinstance(category.label, date):
                page.write_datetime(row, 0, category.label, days)
            else:
                page.write_string(row, 0, str(category.label))
        for place, series in enumerate(data, 1):
            page.write_string(0, place, series.name)
            for row, value in enumerate(series.values, 1):
                if value is not None:
                    page.write_number(row, place, value, amounts)
    return out.getvalue()


Kind = tuple[Literal["gap", "up", "down"], int]


def _stack(rows: Sequence[Sequence[Piece]]) -> list[tuple[Kind, list[int]]]:
    """Series that, stacked outwards from zero, draw every piece where it is; those that are empty are left out.

    Above zero pieces follow each other from left to right, below zero from right to left.
    """
    most = max((len(pieces) for pieces in rows), default=0)
    gaps = [_gap(pieces) for pieces in rows]
    found: list[tuple[Kind, list[int]]] = [(("gap", 0), gaps)] if any(gaps) else []
    ups = [(("up", n), [_part(pieces, n, above=True) for pieces in rows]) for n in range(most)]
    downs = [(("down", n), [_part(pieces, n, above=False) for pieces in rows]) for n in reversed(range(most))]
    found += [(kind, values) for kind, values in ups if any(values)]  # type: ignore[misc]  # "up" and "down" are kinds
    found += [(kind, values) for kind, values in downs if any(values)]  # type: ignore[misc]  # as above
    return found or [(("up", 0), [0] * len(rows))]


def _gap(pieces: Sequence[Piece]) -> int:
    low, high = min(p.start_micros for p in pieces), max(p.end_micros for p in pieces)
    return low if low > 0 else high if high < 0 else 0


def _part(pieces: Sequence[Piece], n: int, *, above: bool) -> int:
    """The part of a piece on one side of zero: positive above, negative below."""
    if n >= len(pieces):
        return 0
    start, end = pieces[n].start_micros, pieces[n].end_micros
    return max(end, 0) - max(start, 0) if above else min(start, 0) - min(end, 0)


def _keep_colours(series: Any) -> None:
    """Bars below zero keep their colour: where nothing is said, some offices draw them white."""
    series.invert_if_negative = False
    for point in series._element.findall(qn("c:dPt")):
        kept = etree.Element(qn("c:invertIfNegative"), val="0")
        point.find(qn("c:idx")).addnext(kept)


def _row_axes(chart: Chart, strips: Sequence[Strip], floor_micros: int | None) -> None:
    """No labels: the table beside the chart names the rows; the zero line stays where the axis has a zero."""
    levels = [x for strip in strips for p in strip.pieces for x in (p.start_micros, p.end_micros)]
    low, high = min([*levels, 0]), max([*levels, 0])
    if floor_micros is not None:
        low = floor_micros
    room = 0.02 * ((high - low) or MICROS)
    values, rows = chart.value_axis, chart.category_axis
    values.minimum_scale = (low - (room if low < 0 and floor_micros is None else 0)) / MICROS
    values.maximum_scale = (high + room) / MICROS
    values.has_major_gridlines = values.has_minor_gridlines = False
    values.visible = False
    rows.reverse_order = True
    rows.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    rows.major_tick_mark = rows.minor_tick_mark = XL_TICK_MARK.NONE
    if floor_micros is None:
        rows.format.line.width = Pt(1)
        paint(rows.format.line.color, "ink")
    else:
        rows.format.line.fill.background()
    _place_plot(chart, 0, 0, 1, 1)  # so that its rows stand beside those of the table


def _place_plot(chart: Chart, left: float, top: float, width: float, height: float) -> None:
    """Where the plot stands in the chart's place, in shares of it: the same for charts that stand under each other."""
    area = chart._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    layout = etree.Element(qn("c:layout"))
    manual = etree.SubElement(layout, qn("c:manualLayout"))
    shares = {"x": left, "y": top, "w": width, "h": height}
    marks = {"layoutTarget": "inner", "xMode": "edge", "yMode": "edge"} | {k: f"{x:.4f}" for k, x in shares.items()}
    for name, text in marks.items():
        etree.SubElement(manual, qn(f"c:{name}")).set("val", text)
    area.insert(0, layout)


def _time_axes(page: Page, chart: Chart, box: Box, days: Sequence[date], found: Axis) -> None:
    values, time = chart.value_axis, chart.category_axis
    values.major_gridlines.format.line.width = Pt(0.5)
    paint(values.major_gridlines.format.line.color, "grid")
    values.format.line.fill.background()
    time.major_tick_mark = time.minor_tick_mark = values.major_tick_mark = XL_TICK_MARK.NONE
    time.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    paint(time.format.line.color, "grid")
    values.tick_labels.number_format = found.form
    if found.ends:
        values.minimum_scale, values.maximum_scale = found.ends
    if found.step:
        values.major_unit = found.step
    time.tick_labels.number_format = _day_format(page.lang)
    for axis in (values, time):
        axis.tick_labels.number_format_is_linked = False
        axis.tick_labels.font.size = Pt(LABEL_POINTS)
        paint(axis.tick_labels.font.color, "muted")
    _ticks(time._element, (days[-1] - days[0]).days)
    left, right, above, below = SIDE / box.width, ABOVE / box.width, ABOVE / box.height, BELOW / box.height
    _place_plot(chart, left, above, 1 - left - right, 1 - above - below)


def _day_format(lang: str) -> str:
    return f"[$-{MONTHS[lang]}]d mmm" if lang in MONTHS else "d mmm"


def _ticks(axis: Any, days: int) -> None:
    """A label a month over a long time, else one every second week; base unit is the day."""
    for name in ("baseTimeUnit", "majorUnit", "majorTimeUnit", "minorUnit", "minorTimeUnit"):
        for old in axis.findall(qn(f"c:{name}")):
            axis.remove(old)
    long = days > WEEKS_OF_TICKS * 7
    pairs = (
        ("baseTimeUnit", "days"),
        ("majorUnit", "1" if long else "14"),
        ("majorTimeUnit", "months" if long else "days"),
    )
    for name, text in pairs:
        etree.SubElement(axis, qn(f"c:{name}")).set("val", text)


def _stroke(line: LineFormat, of: Line) -> None:
    line.width = Pt(of.points)
    paint(line.color, of.role)
    if of.dash in DASHES:
        line.dash_style = DASHES[of.dash]


def _fill(fill: Any, piece: Piece) -> None:
    fill.solid()
    paint(fill.fore_color, piece.role)
    if piece.strength < 1:
        colour = fill._xPr.find(qn("a:solidFill"))[0]
        etree.SubElement(colour, qn("a:alpha")).set("val", str(round(piece.strength * 100_000)))


def _as_band(chart: Chart, first: int) -> None:
    """The last two series as stacked areas behind the lines: an empty one up to the low end, then the range."""
    lines_element = chart._chartSpace.chart.plotArea.find(qn("c:lineChart"))
    area = etree.Element(qn("c:areaChart"))
    etree.SubElement(area, qn("c:grouping")).set("val", "stacked")
    etree.SubElement(area, qn("c:varyColors")).set("val", "0")
    for n, series in enumerate(lines_element.findall(qn("c:ser"))[first:]):
        for name in ("marker", "smooth"):
            for old in series.findall(qn(f"c:{name}")):
                series.remove(old)
        series.find(qn("c:tx")).addnext(_area_look(pale=n == 1))
        area.append(series)
    for axis in lines_element.findall(qn("c:axId")):
        etree.SubElement(area, qn("c:axId")).set("val", axis.get("val"))
    lines_element.addprevious(area)


def _area_look(*, pale: bool) -> Any:
    look = etree.Element(qn("c:spPr"))
    if pale:
        colour = etree.SubElement(etree.SubElement(look, qn("a:solidFill")), qn("a:schemeClr"))
        colour.set("val", "accent3")
        etree.SubElement(colour, qn("a:alpha")).set("val", "30000")
    else:
        etree.SubElement(look, qn("a:noFill"))
    etree.SubElement(etree.SubElement(look, qn("a:ln")), qn("a:noFill"))
    return look
