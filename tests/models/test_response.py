"""Response tables from funnel draws, and incrementality told by a sales model."""

import numpy as np
import pytest

from models import calibrated, draw_funnel, expect, response_table
from tests.models.worlds import prior


def test_table_is_what_expect_says() -> None:
    """Every point is the expected incremental value of that weekly spend, times the rate; it starts at nothing."""
    draws = draw_funnel(prior(), rng=np.random.default_rng(1), draws=50)
    top = 2 * draws.spend_seen
    curves = response_table(draws, top, rate=[0.3, 0.4, 0.5], points=9)
    assert (curves.worth[:, :, 0] == 0).all()
    np.testing.assert_allclose(curves.spend[:, -1], top)
    point = expect(draws, curves.spend[:, 4:5]).incremental_value[:, :, 0]
    np.testing.assert_allclose(curves.worth[:, :, 4], point * [0.3, 0.4, 0.5])
    assert (np.diff(curves.worth) > 0).all()


def test_sales_model_replaces_incrementality() -> None:
    """The share is what media truly brought over what platforms claim; channels it does not know keep theirs."""
    draws = draw_funnel(prior(), rng=np.random.default_rng(1), draws=400)
    iroas = np.random.default_rng(2).uniform(1.0, 3.0, (64, 3))
    told = calibrated(draws, iroas, [4.0, np.nan, 2.0], rng=np.random.default_rng(3))
    assert set(told.incrementality[:, 0]) <= set(iroas[:, 0] / 4.0)
    assert (told.incrementality[:, 1] == draws.incrementality[:, 1]).all()
    both = {(row[0] / 4.0, row[2] / 2.0) for row in iroas}
    assert {tuple(row) for row in told.incrementality[:, [0, 2]]} <= both


def test_empty_tables_are_refused() -> None:
    """A channel that may spend nothing has no curve."""
    draws = draw_funnel(prior(), rng=np.random.default_rng(1), draws=5)
    with pytest.raises(ValueError, match="found top"):
        response_table(draws, [0.0, 1.0, 1.0], rate=1.0 * np.ones(3))
