"""Business Suite blocks: a title, and under it days, the audience's profile, or counts by content format."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any

from budget.exports.cells import Grid, Row, filled, is_blank, text_of
from budget.exports.dates import read_date, read_dates
from budget.exports.formats import Report, Title, load_reports
from budget.exports.headers import header, plain
from budget.exports.numbers import read_token
from budget.exports.reading import found
from budget.exports.side.collect import Collect, Values
from budget.exports.side.profiles import Long, as_percents, read_formats, read_profile
from budget.exports.side.sections import Section
from budget.exports.side.series import read_series
from budget.exports.tables import Match, Use, cut_table, named_range
from budget.exports.task import Task
from budget.weeks import DAY

FUNCTION = "business_suite_blocks"
_FIRST_ROWS = 60


@dataclass(frozen=True)
class Block:
    """A title (empty: none) and the rows under it, with the physical row of each."""

    title: str
    rows: Sequence[Row]
    lines: Sequence[int]


@dataclass(frozen=True)
class Known:
    """A block that some report knows, as a plain long table."""

    block: Block
    report: Report
    title: Title
    language: str
    long: Long


def blocks_of(grid: Grid, task: Task) -> list[Section]:
    """Every block of a sheet as a section, those that nobody knows as one; none where it is no sheet of blocks.

    What only the file as a whole can say is settled here: the surface of a title without one, the order of day and
    month, whether shares are percents. A profile has no date: it is of the last day that the file's name states, else
    a state without days.
    """
    if not any(map(_may_begin, grid.rows[:_FIRST_ROWS])):
        return []
    read = [(block, _known(block, grid, task)) for block in _split(grid)]
    known = [one for _, one in read if one]
    unknown = [block for block, one in read if one is None and (block.title or _names_values(block.rows[0]))]
    if not known and not any(_names_values(block.rows[0]) for block in unknown):
        return []
    surfaces, order = _surfaces(known), _day_order(known, task)
    longs = as_percents([one.long for one in known], grid.delimiter)
    sections = [
        _section(replace(one, long=long), surface, order, grid, task.name)
        for one, surface, long in zip(known, surfaces, longs, strict=True)
    ]
    return [*sections, _passed_over(unknown, grid, task.name)] if unknown else sections


def without_blocks(sections: Sequence[Section]) -> list[Section]:
    """The tables that are no blocks: a row that only looks like the header of one is nobody's."""
    reports = {report.id for report in _reports()}
    return [one for one in sections if not (one.table.match.report and one.table.match.report.id in reports)]


def read_block(section: Section, collect: Collect) -> None:
    """The rows of one block; a day that an earlier block of the same metric and surface gave is not taken again."""
    table, report = section.table, section.table.match.report
    if not any(use.role for use in table.match.uses):
        collect.take_columns(table, {})
        collect.passed_over |= bool(len(table.rows))
        return
    before = len(collect.rows.get("metrics", ()))
    read_series(section, collect)
    collect.uses = [use for use in collect.uses if use.header]
    rows = collect.rows.get("metrics", [])
    if len(rows) > before and report and report.surface is None:
        collect.find("SURFACE_UNKNOWN", section.title)
    _leave_out_repeated(section.title, rows, before, collect)


def _leave_out_repeated(title: str, rows: list[Values], before: int, collect: Collect) -> None:
    earlier = {_key(row): row["value"] for row in rows[:before]}
    again = [row for row in rows[before:] if _key(row) in earlier]
    if not again:
        return
    rows[before:] = [row for row in rows[before:] if _key(row) not in earlier]
    differ = any(row["value"] != earlier[_key(row)] for row in again)
    collect.findings.append(found("DUPLICATE_HEADER", title, {"header": title[:60]}, warn=differ))


def _key(row: Values) -> tuple[Any, ...]:
    return tuple(row.get(name) for name in ("surface", "metric", "segment", "period_start", "period_end"))


@cache
def _reports() -> tuple[Report, ...]:
    return tuple(report for report in load_reports() if report.function == FUNCTION)


@cache
def _day_words() -> Mapping[str, Mapping[str, str]]:
    """Header of a column of days -> language -> evidence."""
    words: dict[str, dict[str, str]] = {}
    for report in _reports():
        for language, aliases in report.aliases.items():
            for key, alias in aliases.items():
                if alias.role == "day":
                    words.setdefault(key, {})[language] = alias.evidence
    return words


@cache
def _value_words() -> frozenset[str]:
    words = [known for report in _reports() for known in report.aliases.values()]
    return frozenset(key for known in words for key, alias in known.items() if alias.role == "value")


def _names_values(row: Row) -> bool:
    """Whether a row heads days and values, as a block's does and no other table."""
    keys = [header(cell).key for cell in row]
    return bool(keys) and keys[0] in _day_words() and not _value_words().isdisjoint(keys[1:])


def _may_begin(row: Row) -> bool:
    return _names_values(row) or (filled(row) == 1 and plain(row[0]) in _titles())


@cache
def _titles() -> frozenset[str]:
    return frozenset(title for report in _reports() for title in report.title_metric)


def _split(grid: Grid) -> list[Block]:
    """The blocks of a sheet: a title or a blank row ends the one before."""
    blocks: list[Block] = []
    title, rows, lines = "", list[Row](), list[int]()
    for place, row in enumerate(grid.rows):
        count = filled(row)
        new = count == 1 and _is_title(grid.rows, place, bool(rows), title)
        if rows and (new or not count):
            blocks.append(Block(title, rows, lines))
            title, rows, lines = "", [], []
        if new:
            title = text_of(row[0])
        elif count:
            rows.append(row)
            lines.append(grid.lines[place])
    return [*blocks, Block(title, rows, lines)] if rows else blocks


def _is_title(rows: Sequence[Row], place: int, inside: bool, title: str) -> bool:
    """Whether a row of one cell is a title: a known one, or a text before a block or right above a row of headers."""
    cell = rows[place][0]
    if not isinstance(cell, str) or is_blank(cell):
        return False
    if plain(cell) in _titles():
        return True
    below = rows[place + 1] if place + 1 < len(rows) else []
    if below and plain(below[0]) in _day_words():
        return True
    above = bool(place) and filled(rows[place - 1]) > 0
    named = inside or (above and plain(title) in _titles())
    return not named and read_date(cell) is None and read_token(cell).kind == "bad"


def _holds_days(block: Block) -> bool:
    first = block.rows[1][0] if len(block.rows) > 1 and block.rows[1] else None
    return not isinstance(first, (int, float)) and read_date(first) is not None


def _known(block: Block, grid: Grid, task: Task) -> Known | None:
    """The block as the first report reads it that knows its title and finds the shape it expects."""
    dated = _names_values(block.rows[0]) or _holds_days(block)
    for report in _reports():
        title = report.title_metric.get(plain(block.title))
        if title is None or _is_daily(report) != dated:
            continue
        long = _days(block, title) if dated else _undated(block, title, report, task, grid)
        if long:
            return Known(block, report, title, _language(block, title), long)
    return None


def _is_daily(report: Report) -> bool:
    return any(alias.role == "day" for known in report.aliases.values() for alias in known.values())


def _undated(block: Block, title: Title, report: Report, task: Task, grid: Grid) -> Long | None:
    segment = report.title_segment.get(plain(block.title), "")
    if segment == "format":
        return read_formats(block.rows, block.lines, block.title, title)
    long = read_profile(block.rows, block.lines, block.title, title, segment)
    stated = named_range(grid.sheet) or named_range(task.name)
    return long.on(stated.end - DAY) if long and stated else long


def _language(block: Block, title: Title) -> str:
    words = _day_words().get(header(block.rows[0][0]).key, {}) if block.rows[0] else {}
    return title.language if title.language in words or not words else next(iter(words))


def _days(block: Block, title: Title) -> Long:
    """The first column's days, with the title as the name of the column of values; others are not used."""
    head, text = block.rows[0], block.title
    valued = [place for place in range(1, len(head)) if header(head[place]).key in _value_words()]
    value = next(iter(valued), next((place for place in range(1, len(head)) if not is_blank(head[place])), 1))
    width = max(len(head), value + 1)
    headers = ["" if place >= len(head) else text_of(head[place]) for place in range(width)]
    headers = [f"{text}: {name}" if place and name else name for place, name in enumerate(headers)]
    headers[value] = text
    roles = ["day" if place == 0 else title.metric if place == value else "" for place in range(width)]
    words = _day_words().get(header(head[0]).key, {})
    evidence = [title.evidence] * width
    evidence[0] = words.get(_language(block, title), "file")
    rows = [(row, line) for row, line in zip(block.rows[1:], block.lines[1:], strict=True) if not _is_head(row)]
    return Long(headers, roles, evidence, [row for row, _ in rows], [line for _, line in rows])


def _is_head(row: Row) -> bool:
    return header(row[0]).key in _day_words()


def _surfaces(known: Sequence[Known]) -> list[str | None]:
    """Each block's surface. A title without one is Facebook's beside Instagram's of the same metric.

    A profile is that of the followers counted above it, where the file names one surface or alternates.
    """
    said = {(one.title.metric, one.title.surface) for one in known}
    stocks = [place for place, one in enumerate(known) if one.title.metric == "followers"]
    named = {known[place].title.surface for place in stocks}
    apart = all(later - earlier > 1 for earlier, later in pairwise(stocks))
    out: list[str | None] = []
    for place, one in enumerate(known):
        surface = one.title.surface
        if surface is None and one.report.title_segment and one.title.metric == "audience_share":
            above = [stock for stock in stocks if stock < place]
            if len(named) == 1:
                surface = next(iter(named))
            elif apart and above:
                surface = known[above[-1]].title.surface
        elif surface is None and (one.title.metric, "instagram") in said:
            surface = "facebook"
        out.append(surface)
    return out


def _day_order(known: Sequence[Known], task: Task) -> str:
    """The order of day and month that all blocks together show; empty where they leave it open."""
    cells = [row[0] for one in known if _is_daily(one.report) for row in one.long.rows if row]
    read = read_dates(cells, language=None, stated=None, usual=None, answers=(None, None), today=task.today)
    return "" if read.question == "day_order" else read.order


def _section(one: Known, surface: str | None, order: str, grid: Grid, name: str) -> Section:
    long = one.long
    orders = {"default": order} if order else {}
    report = replace(one.report, surface=surface, day_order=orders)
    uses = [
        Use(place, text, role, evidence if role else "", None)
        for place, (text, role, evidence) in enumerate(zip(long.header, long.roles, long.evidence, strict=True))
    ]
    match = Match(report, report.platform, one.language, 0, tuple(uses), len(uses))
    part = Grid(grid.sheet, [[*long.header], *long.rows], [one.block.lines[0], *long.lines], grid.delimiter)
    return Section(one.block.title, cut_table(part, match, name))


def _passed_over(blocks: Sequence[Block], grid: Grid, name: str) -> Section:
    """All blocks that nobody knows as one table whose headers are their titles."""
    titles = [block.title or ": ".join(text_of(cell) for cell in block.rows[0] if filled([cell])) for block in blocks]
    titles = list(dict.fromkeys(titles))
    uses = tuple(Use(place, title, "", "", None) for place, title in enumerate(titles))
    report = _reports()[0]
    match = Match(report, report.platform, None, 0, uses, 0)
    rows = [row for block in blocks for row in block.rows]
    lines = [line for block in blocks for line in block.lines]
    return Section("", cut_table(Grid(grid.sheet, [[*titles], *rows], [lines[0], *lines]), match, name))
