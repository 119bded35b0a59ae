"""Any two of CPM, CTR and CPC give the third; contradictions are said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.prices import complete_prices

positive = st.floats(0.01, 1000)


@given(positive, st.floats(0.0005, 0.5))
def test_the_third_agrees_with_the_other_two(cpm: float, ctr: float) -> None:
    """Deriving CPC and then deriving back gives the first figures again."""
    cpc = complete_prices(cpm, ctr, None).cpc
    assert complete_prices(cpm, None, cpc).ctr == pytest.approx(ctr)
    assert complete_prices(None, ctr, cpc).cpm == pytest.approx(cpm)
    assert complete_prices(cpm, ctr, cpc).finding is None


def test_a_contradiction_is_said_with_both_numbers() -> None:
    """CPM 5 at 1 % click rate is 0.50 a click: a typed 0.80 is said, and CPM and CTR hold."""
    found = complete_prices(5.0, 0.01, 0.8, where="meta-prospecting")
    assert found.cpc == pytest.approx(0.5)
    assert found.finding is not None
    assert (found.finding.code, found.finding.where) == ("PRICES_DISAGREE", "meta-prospecting")
    assert found.finding.facts["cpc"] == 0.8
    assert found.finding.facts["implied"] == pytest.approx(0.5)


def test_one_figure_alone_derives_nothing() -> None:
    """From a CPM alone nothing follows."""
    assert complete_prices(5.0, None, None) == complete_prices(5.0, 0, 0)
    assert complete_prices(5.0, None, None).cpc is None
