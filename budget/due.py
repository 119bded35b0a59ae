"""Which platforms' exports are still missing for the last whole week."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from budget.plan import StoredPlan
from budget.weeks import Period, week_of


@dataclass(frozen=True)
class Due:
    """A platform whose data end too early; `until` is the first day without data, None where nothing was uploaded."""

    platform: str
    until: date | None


def wanted_until(plan: StoredPlan, today: date) -> dict[str, date]:
    """The day up to which each platform that has begun should have data: the last Sunday's next day, or its end."""
    monday, wanted = week_of(today), dict[str, date]()
    for line in plan.lines:
        flight: Period | None = line.flight
        if flight and flight.start < monday:
            end = min(flight.end, monday)
            wanted[line.platform] = max(wanted.get(line.platform, end), end)
    return wanted


def due(plan: StoredPlan, until: Mapping[str, date], today: date) -> tuple[Due, ...]:
    """Platforms of the plan without data up to the last Sunday, by name; `until` as in `Actuals`."""
    wanted = wanted_until(plan, today)
    late = [platform for platform, end in sorted(wanted.items()) if platform not in until or until[platform] < end]
    return tuple(Due(platform, until.get(platform)) for platform in late)
