"""Exports that are no delivery: pages and profiles, posts, websites, search, shop orders, lead lists."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from budget.exports.cells import Grid
from budget.exports.side.blocks import blocks_of, read_block, without_blocks
from budget.exports.side.collect import Collect
from budget.exports.side.ga4 import read_ga4
from budget.exports.side.leads import read_leads
from budget.exports.side.orders import read_orders
from budget.exports.side.owners import choose_reading, settle_owners, with_left_out
from budget.exports.side.posts import read_posts
from budget.exports.side.sales import read_sales
from budget.exports.side.sections import Section, sections_of
from budget.exports.side.series import read_series
from budget.exports.side.stated import with_stated
from budget.exports.tables import Table
from budget.exports.task import Task

__all__ = ["Collect", "Section", "find_sections", "read_mapped", "read_sections"]

Reader = Callable[[Section, Collect], None]
READERS: Mapping[str, Reader] = MappingProxyType(
    {"metrics": read_series, "posts": read_posts, "orders": read_orders, "leads": read_leads, "sales": read_sales}
)
FUNCTIONS: Mapping[str, Reader] = MappingProxyType({"business_suite_blocks": read_block, "ga4_sections": read_ga4})


def find_sections(grids: Sequence[Grid], task: Task) -> list[Section]:
    """Every table of the other datasets in a file: those that say their days first, else in the order of the file."""

    def find(platform: str | None) -> list[Section]:
        return [
            section
            for grid in grids
            for section in choose_reading(
                grid, blocks_of(grid, task), without_blocks(sections_of(grid, task.name, platform)), platform
            )
        ]

    found = settle_owners(find, task.answers.platform, [task.name, *(grid.sheet for grid in grids)])
    found = with_stated(found, grids)
    found.sort(key=lambda one: (_is_posts(one), not _dated(one)))
    return with_left_out(found, grids)


def _is_posts(section: Section) -> bool:
    """Whether the days of a table are those on which something appeared, not those that are reported."""
    report = section.table.match.report
    return report is not None and report.kind == "posts"


def read_sections(sections: Sequence[Section], task: Task) -> Collect:
    """All tables read; one without days stands for the range of those before it."""
    collect = Collect(task)
    for section in sections:
        report = section.table.match.report
        if report:
            (FUNCTIONS.get(report.function or "") or READERS[report.kind])(section, collect)
        if section.passed:
            collect.find("COLUMNS_IGNORED", section.table.grid.sheet, {"headers": ", ".join(section.passed)})
    return collect


def read_mapped(table: Table, kind: str, task: Task) -> Collect:
    """A table whose columns and kind the person has named."""
    collect = Collect(task)
    READERS[kind](Section("", table), collect)
    return collect


def _dated(section: Section) -> bool:
    match = section.table.match
    return bool(section.table.stated) or any(match.column(role) for role in ("day", "week", "month", "start"))
