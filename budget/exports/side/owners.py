"""Which platform wrote a table that several write alike, and which tables of a file only repeat another."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from budget.exports.cells import Grid, filled
from budget.exports.formats import known_titles, load_reports
from budget.exports.headers import plain
from budget.exports.side.sections import Section

_FIRST_ROWS = 60
Find = Callable[[str | None], list[Section]]


def settle_owners(find: Find, said: str | None, names: Sequence[str]) -> list[Section]:
    """The tables as `find` knows them for the person's platform `said`, else for the one that the file itself shows.

    Its other tables show it, the lines above a table, and last of all the names of the file and its members, where the
    platform gives them.
    """
    sections = find(said)
    shared = {platform for one in sections for platform in one.table.match.tied}
    if said or not shared:
        return _without_repeats(sections)
    others = {one.table.match.platform for one in sections if not one.table.match.tied}
    shown = shared & others or shared & _announced(sections) or shared & _named(names)
    if len(shown) != 1:
        return _without_repeats(sections)
    return _without_repeats([_certain(one) for one in find(shown.pop())])


def choose_reading(grid: Grid, blocks: list[Section], tables: list[Section], said: str | None) -> list[Section]:
    """A sheet as blocks or as tables: as tables where a report of another shape knows a header and no block is titled.

    Where that header is shared, whoever writes such blocks may have written it, too.
    """
    functions = {one.table.match.report.function for one in blocks if one.table.match.report}
    others = [one for one in tables if one.table.match.report and one.table.match.report.function not in functions]
    if not blocks or not others:
        return blocks or tables
    owners = {one.table.match.platform for one in blocks if any(use.role for use in one.table.match.uses)}
    shared = all(one.table.match.tied for one in others)
    if _has_title(grid) or (shared and said in owners):
        return blocks
    return [_shared_with(one, sorted(filter(None, owners))) for one in tables]


def _has_title(grid: Grid) -> bool:
    return any(filled(row) == 1 and plain(row[0]) in known_titles() for row in grid.rows[:_FIRST_ROWS])


def _shared_with(section: Section, owners: Sequence[str]) -> Section:
    match = section.table.match
    if not match.tied:
        return section
    tied = (*match.tied, *(one for one in owners if one not in match.tied))
    return replace(section, table=replace(section.table, match=replace(match, tied=tied)))


def with_left_out(sections: list[Section], grids: Sequence[Grid]) -> list[Section]:
    """The first table also says which sheets and members of the file nothing was taken from."""
    read = {one.table.grid.sheet for one in sections}
    left = [grid.sheet for grid in grids if grid.sheet and grid.sheet not in read and _is_table(grid)]
    if not sections or not left:
        return sections
    first = sections[0]
    return [replace(first, passed=(*first.passed, *left)), *sections[1:]]


def _is_table(grid: Grid) -> bool:
    return sum(filled(row) > 1 for row in grid.rows[:_FIRST_ROWS]) > 1


def _announced(sections: Sequence[Section]) -> set[str]:
    """The platforms whose named lines stand above a table."""
    said = {
        plain(str(row[0]).partition(":")[0])
        for one in sections
        for row in one.table.grid.rows[: one.table.match.row]
        if row and ":" in str(row[0])
    }
    return {report.platform for report in load_reports() if said & set(report.preamble)}


def _named(names: Sequence[str]) -> set[str]:
    """The platforms that call a file so."""
    ends = {plain(name.replace("\\", "/").rsplit("/", 1)[-1]) for name in names}
    return {report.platform for report in load_reports() if report.file_names & ends}


def _certain(section: Section) -> Section:
    return replace(section, table=replace(section.table, match=replace(section.table.match, tied=())))


def _without_repeats(sections: list[Section]) -> list[Section]:
    """A table whose numbers stand in another one already, added up, is left out."""
    held = {one.table.match.report.id for one in sections if one.table.match.report and len(one.table.rows)}
    return [one for one in sections if not (one.table.match.report and one.table.match.report.repeats in held)]
