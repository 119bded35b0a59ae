"""Which uploads came in another currency than the plan's, and where a rate of exchange is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from budget.rates import Rate
from budget.weeks import Period


class File(Protocol):
    """What is asked of an uploaded file."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def currency(self) -> str | None:
        """The currency of its money, None where it holds none or several."""

    @property
    def period(self) -> Period | None:
        """The days that it speaks of."""

    @property
    def status(self) -> str:
        """`active` or `undone`."""


@dataclass(frozen=True)
class Foreign:
    """A currency of uploads that is not the plan's.

    `first_rate` is the day of the oldest rate into the plan's currency, None without any; days before it are turned
    at that same rate.
    """

    currency: str
    files: tuple[str, ...]
    first_day: date | None
    first_rate: date | None

    @property
    def is_missing(self) -> bool:
        """Whether its money is not counted, as no rate is known."""
        return self.first_rate is None

    @property
    def is_late(self) -> bool:
        """Whether money older than the oldest rate is turned at that rate."""
        return bool(self.first_rate and self.first_day and self.first_rate > self.first_day)


def foreign(
    own: str, files: Iterable[File], rates: Sequence[Rate], unconverted: Iterable[str] = ()
) -> tuple[Foreign, ...]:
    """Currencies of active uploads other than the plan's, those without a rate first, then by their code.

    `unconverted` adds currencies found inside files that name none.
    """
    names: dict[str, list[str]] = {currency: [] for currency in unconverted if currency != own}
    days: dict[str, list[date]] = {}
    for file in files:
        if file.status == "active" and file.currency and file.currency != own:
            names.setdefault(file.currency, []).append(file.name)
            days.setdefault(file.currency, []).extend([file.period.start] if file.period else [])
    found = [
        Foreign(currency, tuple(each), min(days.get(currency, []), default=None), _oldest(rates, currency, own))
        for currency, each in names.items()
    ]
    return tuple(sorted(found, key=lambda each: (not each.is_missing, each.currency)))


def _oldest(rates: Sequence[Rate], currency: str, own: str) -> date | None:
    known = [rate.date_day for rate in rates if (rate.from_currency, rate.to_currency) == (currency, own)]
    return min(known, default=None)
