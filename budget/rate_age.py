"""Which currencies of the accounts have no rate of exchange, and how old the others' newest one is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from budget.rates import Rate

OLD_DAYS = 31
"""A rate older than a month is worth a look."""


@dataclass(frozen=True)
class RateAge:
    """A currency of some account; `days` since its newest rate, None without any."""

    currency: str
    days: int | None

    @property
    def is_old(self) -> bool:
        """Whether the rate is missing or older than a month."""
        return self.days is None or self.days > OLD_DAYS


def rate_ages(currencies: Iterable[str], wanted: str, rates: Sequence[Rate], day: date) -> tuple[RateAge, ...]:
    """Of all currencies but the wanted one, the worst first: those without a rate, then the oldest."""
    found = [_age(code, wanted, rates, day) for code in sorted({*currencies} - {wanted, ""})]
    return tuple(sorted(found, key=lambda age: (age.days is not None, -(age.days or 0))))


def _age(code: str, wanted: str, rates: Sequence[Rate], day: date) -> RateAge:
    known = [rate.date_day for rate in rates if (rate.from_currency, rate.to_currency) == (code, wanted)]
    return RateAge(code, max((day - max(known)).days, 0) if known else None)
