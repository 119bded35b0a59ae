"""Spans that a review can be about: ISO weeks and calendar months, by names like `2026-W46` and `2026-11`."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from budget.weeks import WEEK, Period, week_of, weeks_of


def name_of(span: Period) -> str:
    """`2026-W46` for seven days from a Monday, else `2026-11`, the month of the first day."""
    if span == Period(week_of(span.start), week_of(span.start) + WEEK):
        year, week, _ = span.start.isocalendar()
        return f"{year}-W{week:02}"
    return f"{span.start:%Y-%m}"


def spans_of(plan: Period | None, until: date | None) -> dict[str, Period]:
    """Weeks and months of the plan that hold a day of data (before `until`), the newest first, months after weeks."""
    if plan is None or until is None:
        return {}
    known = plan.common(Period(plan.start, until))
    weeks = [Period(week, week + WEEK) for week in weeks_of(known)]
    return {name_of(span): span for span in (*reversed(weeks), *reversed(list(_months(known))))}


def _months(known: Period) -> Iterator[Period]:
    start = known.start.replace(day=1)
    while known.days and start < known.end:
        after = (start + timedelta(days=31)).replace(day=1)
        yield Period(start, after)
        start = after


def whole_week(spans: Mapping[str, Period], until: date | None) -> str | None:
    """The newest week of which every day was uploaded by all platforms; None where there is none."""
    whole = [name for name, span in spans.items() if "W" in name and until is not None and span.end <= until]
    return max(whole, key=lambda name: spans[name].start, default=None)
