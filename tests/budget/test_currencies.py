"""Uploads in other currencies: which are named, which lack a rate, which take an older one."""

from dataclasses import dataclass
from datetime import date

from budget.currencies import foreign
from budget.rates import Rate
from budget.weeks import Period

SEPTEMBER = Period(date(2026, 9, 7), date(2026, 10, 5))


@dataclass(frozen=True)
class Uploaded:
    """An uploaded file."""

    name: str
    currency: str | None
    period: Period | None = SEPTEMBER
    status: str = "active"


def rate(day: date, currency: str = "USD", into: str = "AZN") -> Rate:
    """A rate of that day."""
    return Rate(day, currency, into, 1_700_000_000)


def test_own_money_needs_no_rate() -> None:
    """Files in the plan's currency, without one, or undone are not listed."""
    files = [Uploaded("a", "AZN"), Uploaded("b", None), Uploaded("c", "USD", status="undone")]
    assert foreign("AZN", files, []) == ()


def test_a_currency_without_a_rate_names_its_files() -> None:
    """Both files of the currency stand under it; a rate the other way round, or into another, is none."""
    files = [Uploaded("meta.csv", "USD"), Uploaded("google.csv", "USD", Period(date(2026, 8, 3), date(2026, 9, 7)))]
    (found,) = foreign("AZN", files, [rate(SEPTEMBER.start, "AZN", "USD"), rate(SEPTEMBER.start, "USD", "EUR")])
    assert (found.currency, found.files, found.first_day) == ("USD", ("meta.csv", "google.csv"), date(2026, 8, 3))
    assert found.is_missing
    assert not found.is_late


def test_a_rate_from_the_first_day_is_enough() -> None:
    """The oldest rate on or before the first day: nothing to say; after it: older money takes that rate."""
    files = [Uploaded("meta.csv", "USD")]
    (on_time,) = foreign("AZN", files, [rate(date(2026, 10, 1)), rate(SEPTEMBER.start)])
    (late,) = foreign("AZN", files, [rate(date(2026, 10, 1)), rate(date(2026, 9, 8))])
    assert (on_time.is_missing, on_time.is_late) == (False, False)
    assert (late.is_missing, late.is_late, late.first_rate) == (False, True, date(2026, 9, 8))


def test_currencies_found_inside_files_are_listed() -> None:
    """A file that names no currency may still hold one; those without a rate come first."""
    files = [Uploaded("meta.csv", "EUR")]
    found = foreign("AZN", files, [rate(SEPTEMBER.start, "EUR")], ["USD", "AZN"])
    assert [(each.currency, each.is_missing, each.files) for each in found] == [
        ("USD", True, ()), ("EUR", False, ("meta.csv",)),
    ]  # fmt: skip


def test_a_file_without_days_is_never_late() -> None:
    """Nothing is said of days that a file does not tell."""
    (found,) = foreign("AZN", [Uploaded("x", "USD", None)], [rate(date(2026, 10, 1))])
    assert (found.first_day, found.is_late) == (None, False)
