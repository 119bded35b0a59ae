"""A line's weeks moved to another usual week: in proportion, so that their shape stays, and exact in sum."""

from collections.abc import Sequence

from budget.money import split_micros


def usual_week(weeks: Sequence[int]) -> int:
    """The mean of the weeks with money, in whole micros; 0 where none has any."""
    paid = [amount for amount in weeks if amount]
    return round(sum(paid) / len(paid)) if paid else 0


def moved_weeks(weeks: Sequence[int], amount_micros: int, parts: Sequence[float] = ()) -> tuple[int, ...]:
    """The weeks at a usual week of `amount_micros` (>= 0): their sum is that many times the weeks with money, exactly.

    Where no week has money it goes to those that run, by `parts` (the share of each week in which the line runs).
    """
    weights: Sequence[float] = weeks if any(weeks) else parts
    count = sum(1 for weight in weights if weight)
    if not count or (any(weeks) and amount_micros == usual_week(weeks)):
        return tuple(weeks)
    return split_micros(amount_micros * count, weights)
