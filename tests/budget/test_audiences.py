"""Audiences: their size is the number of people that their lines can reach, unless a line has its own."""

from dataclasses import replace

import numpy as np
import pytest

from budget.audiences import (
    check_audiences,
    free_key,
    joined,
    lines_of,
    networks_of,
    origin_of,
    universe,
    with_audiences,
)
from budget.editing import figure_of, with_figure
from budget.errors import InvalidValue
from budget.forecast import Forecast, forecast
from budget.funnels import channels_of
from budget.plan import PlanAssumption, PlanAudience, StoredPlan
from budget.ranges import Range
from tests.budget.builders import usual_plan

BAKU = PlanAudience("baku", "Women 25-44", 320_000, "Baku", "Bed linen", "meta,tiktok")
META = "meta-prospecting"


def without_own(plan: StoredPlan) -> StoredPlan:
    """The plan whose lines have no number of people of their own."""
    return replace(plan, assumptions=tuple(a for a in plan.assumptions if a.key != "audience"))


def speaking() -> StoredPlan:
    """The usual plan whose Meta line speaks to Baku."""
    return joined(with_audiences(without_own(usual_plan()), [BAKU]), META, "baku")


def test_a_line_reaches_as_many_as_its_audience() -> None:
    """The size becomes the line's range of people, 30 % to either side, and says where it comes from."""
    plan = speaking()
    assert universe(plan, META) == PlanAssumption(
        META, "audience", 224_000, 320_000, 416_000, "count", "audience", "Baku"
    )
    assert figure_of(plan, META, "audience") == Range(224_000, 320_000, 416_000)
    assert [origin_of(plan, line.line_key) for line in plan.lines] == ["audience", "unknown", "unknown"]


def test_the_forecast_is_that_of_the_same_number_typed() -> None:
    """Whether the people come from the audience or were typed on the line, every figure is the same."""
    typed = with_figure(without_own(usual_plan()), META, "audience", Range(224_000, 320_000, 416_000))
    first, second = channels_of(speaking()).prior, channels_of(typed).prior
    assert first is not None
    assert second is not None
    np.testing.assert_array_equal(first.audience.median, second.audience.median)
    np.testing.assert_array_equal(first.audience.log_sd, second.audience.log_sd)


def test_a_larger_audience_never_reaches_fewer() -> None:
    """Reach of the line grows with its audience, and stays below the audience."""
    reached = []
    for size in (40_000, 320_000, 2_000_000):
        plan = with_audiences(speaking(), [replace(BAKU, size=size)])
        found = forecast(plan, seed=(1, 1, 1, 0))
        assert isinstance(found, Forecast)
        reached.append(float(found.fans["reach", META].mid[-1]))
    assert reached == sorted(reached)
    assert reached[0] < 40_000 * 1.3


def test_an_own_number_goes_first_until_an_audience_is_chosen() -> None:
    """A typed number stands over the audience's; choosing an audience takes the number away."""
    plan = with_figure(speaking(), META, "audience", Range.around(50_000, 0.6))
    assert origin_of(plan, META) == "own"
    assert figure_of(plan, META, "audience") == Range.around(50_000, 0.6)
    again = joined(plan, META, "baku")
    assert (origin_of(again, META), figure_of(again, META, "audience")) == (
        "audience",
        figure_of(speaking(), META, "audience"),
    )


def test_an_audience_without_size_takes_no_number_away() -> None:
    """Choosing an audience of unknown size leaves the line's own number; without one a usual range is assumed."""
    plan = with_audiences(usual_plan(), [replace(BAKU, size=0)])
    assert figure_of(joined(plan, META, "baku"), META, "audience") == figure_of(usual_plan(), META, "audience")
    (finding,) = check_audiences(joined(plan, META, "baku"))
    assert (finding.code, finding.where) == ("AUDIENCE_SIZE_MISSING", "baku")


def test_lines_follow_a_size_that_was_copied_to_them() -> None:
    """A line whose own number was its audience's size moves with it; another own number stays."""
    plan = with_audiences(without_own(usual_plan()), [BAKU])
    lines = tuple(replace(line, audience_key="baku") for line in plan.lines)
    plan = replace(plan, lines=lines)
    plan = with_figure(plan, META, "audience", Range.around(320_000, 0.2))
    plan = with_figure(plan, "google-search", "audience", Range.around(9_000, 0.2))
    moved = with_audiences(plan, [replace(BAKU, size=400_000)])
    likely = [figure.likely for line in moved.lines if (figure := figure_of(moved, line.line_key, "audience"))]
    assert likely == [400_000, 9_000, 400_000]


def test_other_edits_of_an_audience_touch_no_line() -> None:
    """A new name or place leaves every figure of the lines as it was."""
    plan = with_figure(speaking(), META, "audience", Range.around(320_000, 0.2))
    renamed = with_audiences(plan, [replace(BAKU, segment="Everybody", region="Ganja")])
    assert renamed.assumptions == plan.assumptions
    assert renamed.lines == plan.lines


def test_lines_of_a_gone_audience_speak_to_nobody_named() -> None:
    """Removing an audience frees its lines; names that the plan never knew stay as they are."""
    plan = speaking()
    strange = tuple(
        replace(line, audience_key="of the agency") if line.line_key != META else line for line in plan.lines
    )
    plan = replace(plan, lines=strange)
    gone = with_audiences(plan, [])
    assert [line.audience_key for line in gone.lines] == ["", "of the agency", "of the agency"]
    assert (len(lines_of(plan, "baku")), lines_of(gone, "baku")) == (1, ())


def test_a_line_on_a_network_without_its_audience_is_said() -> None:
    """An audience that is met on Meta and TikTok is not met by a Google line; no networks means all."""
    plan = joined(speaking(), "google-search", "baku")
    (finding,) = check_audiences(plan)
    assert (finding.code, finding.where) == ("AUDIENCE_ELSEWHERE", "google-search")
    assert finding.facts == {"audience": "Women 25-44", "platform": "google"}
    assert check_audiences(with_audiences(plan, [replace(BAKU, networks="")])) == ()
    assert networks_of(replace(BAKU, networks=" meta ,, tiktok")) == ("meta", "tiktok")


def test_keys_are_free_and_readable() -> None:
    """A key is made of the segment's words, with a number where it is taken, and never empty."""
    assert free_key([], "Women 25-44, Baku") == "women_25_44_baku"
    assert free_key(["audience", "audience_2"], "audience") == "audience_3"
    assert free_key([], "Ə!") == "audience"


def test_what_cannot_be_is_refused() -> None:
    """Two audiences of one key, and a line that speaks to one the plan does not have."""
    with pytest.raises(InvalidValue):
        with_audiences(usual_plan(), [BAKU, BAKU])
    with pytest.raises(InvalidValue):
        joined(usual_plan(), META, "moon")
