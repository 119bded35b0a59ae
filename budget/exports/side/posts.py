"""A table of posts: one row each, with what it had brought by the day of the export."""

from html import unescape
from typing import Any

import numpy as np

from budget.exports.cells import Cell, each, text_of
from budget.exports.columns import Column, constant, together
from budget.exports.dates import read_dates
from budget.exports.headers import plain
from budget.exports.levels import id_of
from budget.exports.metrics import read_metrics
from budget.exports.numbers import NULLS
from budget.exports.privacy import scrub
from budget.exports.reading import Question
from budget.exports.roles import POST_COUNTS
from budget.exports.side.collect import Collect
from budget.exports.side.declared import declare_totals
from budget.exports.side.links import id_in_link, scrub_link
from budget.exports.side.post_days import by_post, ids_in_comments
from budget.exports.side.sections import Section
from budget.exports.tables import Table
from budget.exports.totals import find_totals, is_null
from budget.findings import Fact
from budget.money import MICROS
from budget.weeks import DAY, Period

_TITLE = 80
_AMOUNTS = ("watch_seconds", "watch_hours")
_HOUR = 3600


def read_posts(section: Section, collect: Collect) -> None:
    """Every post of the section's table; summary rows are declared totals."""
    table, report = section.table, section.table.match.report
    if report is None:
        return
    metrics = read_metrics(table, report.decimal, collect.task.answers.decimal, (*POST_COUNTS, *_AMOUNTS), POST_COUNTS)
    collect.take_metrics(metrics)
    published = _published(table, collect)
    collect.take_columns(table, metrics.conventions)
    totals = find_totals(table, report, ("post_id", "title", "permalink", "published_on"), [*metrics.numbers])
    summary = {total.place for total in totals}
    texts = {role: _texts(table, role, collect) for role in ("account_name", "post_type", "title", "permalink")}
    ids = _ids(table, texts["permalink"], collect)
    fixed = {"platform": report.platform, "surface": report.surface, "grain": "lifetime"}
    posts: list[dict[str, Any]] = []
    for place in range(len(table.rows)):
        if place in summary:
            continue
        counts = {role: metrics.numbers[role].values[place] for role in POST_COUNTS if role in metrics.numbers}
        row: dict[str, Any] = {
            **fixed, **counts, "post_id": ids[place], "published_on": published[place],
            "watch_seconds": _seconds(metrics.numbers, place), "source_sheet": table.grid.sheet or None,
            "source_row": table.lines[place], **{role: column[place] for role, column in texts.items()},
        }  # fmt: skip
        if row["post_id"] or row["permalink"] or row["published_on"] or row["title"]:
            posts.append(row)
    for row in by_post(posts, table, collect):
        collect.add("posts", row)
    days = [day for day in published if day]
    if days:
        collect.periods.append(Period(min(days), max(days) + DAY))
    detail = np.array([place for place in range(len(table.rows)) if place not in summary], np.int64)
    declare_totals(table, totals, metrics.numbers, detail, collect)


def _published(table: Table, collect: Collect) -> Column[Any]:
    """The day on which each post appeared; a post whose day cannot be read keeps its numbers."""
    use = table.match.column("published_on")
    if use is None:
        return constant(None, len(table.rows))
    asked, cells = collect.asked(table), table.cells(use)
    dates = read_dates(
        cells, language=table.match.language, stated=table.stated, usual=asked.usual,
        answers=(asked.order, asked.year), today=asked.today, running=False,
    )  # fmt: skip
    if dates.question == "day_order":
        facts: dict[str, Fact] = {"example": dates.example, "a": dates.readings[0], "b": dates.readings[1]}
        collect.ask(Question("day_order", ("dmy", "mdy"), dates.order, facts))
    elif dates.question == "year":
        collect.ask(Question("year", (), str(dates.year), {"year": dates.year}))
    return dates.values


def _ids(table: Table, links: Column[str | None], collect: Collect) -> Column[str | None]:
    """The ids, where the file has none or a rounded one that of its comment or of the post's address."""
    use, linked = table.match.column("post_id"), links.each(id_in_link)
    if use is None:
        return linked
    cells = table.cells(use)
    known = together([each(cells, id_of), ids_in_comments(table), linked])
    ids = known.each(lambda own: next((one for one in own if one), None))
    lost = ids.nulls() & cells.where(lambda cell: not is_null(cell))
    if lost.any():
        collect.find("ID_LOST_PRECISION", use.header, {"column": use.header})
    return ids


def _texts(table: Table, role: str, collect: Collect) -> Column[str | None]:
    use, report = table.match.column(role), table.match.report
    if use is None or report is None:
        return constant(None, len(table.rows))
    known = report.words.get(role, {})

    def text(cell: Cell) -> str | None:
        raw = unescape(text_of(cell)) if report.html_texts else text_of(cell)
        if plain(raw) in NULLS:
            return None
        if role == "post_type":
            return known.get(plain(raw))
        clean = scrub_link(raw) if role == "permalink" else scrub(raw)
        if clean != raw:
            collect.find("PERSONAL_DATA_REMOVED")
        return clean[:_TITLE] if role == "title" else clean[:500]

    return each(table.cells(use), text)


def _seconds(numbers: Any, place: int) -> float | None:
    for role, times in (("watch_seconds", 1), ("watch_hours", _HOUR)):
        if role in numbers and (value := numbers[role].values[place]) is not None:
            return float(value * times / MICROS)
    return None
