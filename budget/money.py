"""Money as whole micros (millionths) of one ISO 4217 currency, so that sums are exact everywhere."""

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal

MICROS = 1_000_000
COMMON_CURRENCIES = ("AZN", "USD", "EUR", "TRY", "GEL", "KZT", "UAH", "RUB", "UZS", "GBP", "AED", "PLN")


def micros(amount: float | int | str | Decimal) -> int:
    """Amount in major units as micros, half to even; a float by its shortest decimal text."""
    return int((Decimal(str(amount)) * MICROS).quantize(Decimal(1), ROUND_HALF_EVEN))


def major(amount_micros: int) -> float:
    """Micros as a float of major units: only at the door of `models` and of charts."""
    return amount_micros / MICROS


def split_micros(total_micros: int, weights: Sequence[float], unit_micros: int = 10_000) -> tuple[int, ...]:
    """Split a total by weights (>= 0, any scale) into whole units (default: cents); parts sum to the total exactly.

    Largest remainder, ties to the earlier part; what is smaller than a unit goes to the largest part.
    All weights zero: equal parts. No weights: `ValueError`.
    """
    if not weights or any(weight < 0 for weight in weights):
        raise ValueError(f"weights: found {list(weights)}, expected one or more numbers >= 0")
    exact = [Decimal(str(weight)) for weight in weights]
    if not any(exact):
        exact = [Decimal(1)] * len(exact)
    scale, units = sum(exact, Decimal(0)), total_micros // unit_micros
    shares = [Decimal(units) * weight / scale for weight in exact]
    parts = [int(share) for share in shares]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - shares[i], i))
    for i in by_remainder[: units - sum(parts)]:
        parts[i] += 1
    result = [part * unit_micros for part in parts]
    result[max(range(len(result)), key=lambda i: (exact[i], -i))] += total_micros - sum(result)
    return tuple(result)
