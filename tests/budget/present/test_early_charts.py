"""What still arrives is drawn pale, with dashes, and nothing else changes."""

import pytest

from tests.budget.present.test_charts import CHARTS, EN, WEEKS, WORDS, drawn


@pytest.mark.parametrize("name", ["spark_early", "pacing_early", "funnel_early", "fan_early"])
def test_what_still_arrives_is_pale_and_dashed(name: str) -> None:
    """The last points of what happened are a paler, dashed line from where the solid one ends; no day is lost."""
    whole, calm = CHARTS[name](EN, WORDS), CHARTS[name.removesuffix("_early")](EN, WORDS)
    solid, pale = (
        [values for layer, values in drawn(whole) if layer["mark"]["type"] == "line" and values[0]["role"] == "actual"
         and (layer["mark"].get("opacity", 1) < 1) == early and layer["mark"].get("strokeDash") != [1, 3]]
        for early in (False, True)
    )  # fmt: skip
    assert pale[0][0] == solid[0][-1]
    if name != "spark_early":
        before = [values for layer, values in drawn(calm) if layer["mark"].get("strokeWidth") == 2.75]
        assert [*solid[0], *pale[0][1:]] == before[0][: len(solid[0]) + len(pale[0]) - 1]


def test_claims_of_early_weeks_are_pale_in_a_dashed_frame() -> None:
    """Three weeks are claimed, the last still arrives; two are booked; a week without bookings is empty, not 0."""
    layers = [(layer["mark"], values) for layer, values in drawn(CHARTS["claims"](EN, WORDS))]
    bars = [(mark["opacity"], [row["y"] for row in values]) for mark, values in layers if mark["type"] == "rect"]
    assert [heights for _, heights in bars] == [[0.9, 0.8], [0.5], [0.7, 0.6]]
    assert bars[1][0] < bars[0][0]
    (outline,) = [values for mark, values in layers if mark.get("strokeDash")]
    assert {row["week"] for row in outline} == {WEEKS[2].isoformat()}
