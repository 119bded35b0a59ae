"""Business Suite's posts: the id that a comment names, and an export by day, whose days of one post belong together."""

import re
from collections.abc import Sequence
from typing import Any

from budget.exports.cells import each, text_of
from budget.exports.columns import Column, constant
from budget.exports.dates import read_dates
from budget.exports.roles import POST_COUNTS
from budget.exports.side.collect import Collect
from budget.exports.tables import Table

# The same person may have seen the post on several days.
_PERSONS = "reach"
_ADDED = (*(count for count in POST_COUNTS if count != _PERSONS), "watch_seconds")
_NAMED = re.compile(r"content with ID\s{1,3}([0-9]{5,25})(?![0-9])", re.IGNORECASE)

Post = dict[str, Any]


def ids_in_comments(table: Table) -> Column[str | None]:
    """The id of the content that stands for the post, where the file's own comment names it."""
    use = table.match.column("comment")
    if use is None:
        return constant(None, len(table.rows))
    matches = each(table.cells(use), lambda cell: _NAMED.search(text_of(cell)))
    return matches.each(lambda match: match[1] if match else None)


def by_post(posts: Sequence[Post], table: Table, collect: Collect) -> list[Post]:
    """One row a post: of an export by day (its dates are no `Lifetime`) the sum of the days, without reach."""
    use = table.match.column("day")
    if use is None or not posts:
        return list(posts)
    days = read_dates(
        table.cells(use), language=table.match.language, stated=table.stated, usual=collect.asked(table).usual,
        answers=(None, None), today=collect.task.today,
    ).values  # fmt: skip
    if not any(days):
        return list(posts)
    whole: dict[object, list[Post]] = {}
    for post in posts:
        key = post["post_id"] or post["permalink"] or (post["published_on"], post["title"])
        whole.setdefault(key, []).append(post)
    return [_summed(own) for own in whole.values()]


def _summed(days: Sequence[Post]) -> Post:
    sums = {name: _sum([day.get(name) for day in days]) for name in _ADDED if name in days[0]}
    reach = days[0].get(_PERSONS) if len(days) == 1 else None
    return {**days[0], **sums, _PERSONS: reach, "grain": "period"}


def _sum(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
