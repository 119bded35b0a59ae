"""Money: splitting never loses or makes a micro."""

from hypothesis import given
from hypothesis import strategies as st

from budget.money import micros, split_micros


@given(st.integers(0, 10**15), st.lists(st.floats(0, 1e6), min_size=1, max_size=60))
def test_parts_add_up(total: int, weights: list[float]) -> None:
    """However a budget is split, the parts add up to it exactly and none is negative."""
    parts = split_micros(total, weights)
    assert sum(parts) == total
    assert min(parts) >= 0


@given(st.integers(0, 10**12), st.integers(1, 30))
def test_equal_weights_differ_by_a_cent_at_most(cents: int, count: int) -> None:
    """Equal weights give parts that differ by no more than one cent."""
    parts = split_micros(cents * 10_000, [1.0] * count)
    assert max(parts) - min(parts) <= 10_000


def test_no_weight_at_all_is_an_even_split() -> None:
    """Where nothing is known about the weeks, each gets the same."""
    assert split_micros(micros(10), [0, 0]) == (micros(5), micros(5))


def test_micros_take_the_text_of_a_float() -> None:
    """0.1 + 0.2 written as money is 0.3, not its binary neighbour."""
    assert micros(0.1) + micros(0.2) == micros("0.3") == 300_000
