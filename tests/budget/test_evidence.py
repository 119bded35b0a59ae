"""What was learned, against sums made by hand: the figures, whose they are, and what is missing."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from budget.actuals import Actuals, actuals_of
from budget.business import business_of
from budget.editing import with_figure
from budget.evidence import COLUMNS, Evidence, LineEvidence, evidence
from budget.forecast import Missing, forecast
from budget.funnels import channels_of
from budget.learning import beliefs
from budget.likely import likely_plan
from budget.measures import Measures, total
from budget.money import MICROS
from budget.plan import StoredPlan
from budget.ranges import Range
from tests.budget.builders import LINES, draft, fact, facts_of, usual_plan, week

SEED = (1, 1, 1, 0)
PLAN = usual_plan()
FIRST = LINES[0][0]


def uploaded(
    weeks: int, plan: StoredPlan = PLAN, without: tuple[str, ...] = (), factors: Mapping[str, float] | None = None
) -> Actuals:
    """The plan's likely weeks as uploads, each measure with noise of 8 %; some left out, some times a factor."""
    rows, rng = [], np.random.default_rng(7)
    for line in plan.lines:
        for t, found in enumerate(likely_plan(channels_of(plan)).measures[line.line_key][:weeks]):
            told = {name: getattr(found, name) for name in vars(found)}
            wild = dict(zip(told, np.exp(0.08 * rng.standard_normal(len(told))), strict=True)) | {"spend_micros": 1.0}
            told = {name: round((x or 0) * wild[name] * (factors or {}).get(name, 1.0)) for name, x in told.items()}
            kept = {name: x for name, x in told.items() if name not in without}
            rows.append(fact(t, line.platform, line.line_key, **kept))
    return actuals_of(plan, facts_of(rows), {line.platform: week(weeks) for line in plan.lines})


def learned(actuals: Actuals, plan: StoredPlan = PLAN) -> Evidence:
    """Evidence that must exist."""
    found = evidence(plan, actuals, seed=SEED)
    assert isinstance(found, Evidence)
    return found


def of_line(found: Evidence, key: str = FIRST) -> LineEvidence:
    """One line's part."""
    return next(line for line in found.lines if line.line_key == key)


def sums(actuals: Actuals, key: str) -> Measures:
    """What was uploaded of a line, added up."""
    return total(actuals.measures[key])


@pytest.mark.parametrize("key", [line[0] for line in LINES])
def test_after_many_weeks_the_figures_are_the_ratios_of_the_files(key: str) -> None:
    """With 13 steady weeks CPM, CTR, CVR, order value and CPA are sums divided by sums, whatever the plan said."""
    actuals = uploaded(13, factors={"impressions": 0.8, "conversions_micros": 1.25, "value_micros": 1.3})
    line, found = of_line(learned(actuals), key), sums(actuals, key)
    expected = {
        "cpm": found.cpm or 0, "ctr": found.ctr or 0, "cvr": found.cvr or 0, "cpa": found.cpa or 0,
        "value": (found.value_micros or 0) / (found.conversions_micros or 1),
    }  # fmt: skip
    near = 0.04 if (found.conversions or 0) > 100 else 0.1
    for name, observed in expected.items():
        after = line.figures[name].after
        assert after is not None
        assert after.mid == pytest.approx(observed, rel=near), name
        assert after.low < observed < after.high
        assert after.high / after.low < line.figures[name].before.high / line.figures[name].before.low


def test_before_uploads_all_is_the_plans() -> None:
    """Without a week nothing is learned: no share, no figure, no point, every column missing, and no gap is named."""
    found = learned(actuals_of(PLAN, facts_of([]), {}))
    assert (found.weeks, found.memory, found.own_share, found.gaps) == ((), "early", 0.0, ())
    for line in found.lines:
        assert (line.weeks, line.seen, line.shifts, line.missing) == (0, (), (), COLUMNS)
        assert {figure.after for figure in line.figures.values()} == {None}
        assert line.curve.seen_high is None


def test_the_assumed_range_is_the_plans_own() -> None:
    """Low, likely and high stand as they were typed, lopsided or not, before and after uploads."""
    plan = with_figure(PLAN, FIRST, "cpm", Range(3.0, 4.0, 9.0))
    for actuals in (actuals_of(plan, facts_of([]), {}), uploaded(6, plan)):
        before = of_line(learned(actuals, plan)).figures["cpm"].before
        assert (before.low, before.mid, before.high) == (3.0, 4.0, 9.0)
    value = of_line(learned(uploaded(6))).figures["value"].before
    order = business_of(PLAN).order_value
    assert (value.low, value.mid, value.high) == (order.low, order.likely, order.high)


def test_a_single_figure_is_believed_with_the_usual_width() -> None:
    """A CPM given as one number gets the width of MODELS' default: a log sd of .4, 8 of 10 outcomes."""
    plan = with_figure(PLAN, FIRST, "cpm", Range(4.0, 4.0, 4.0))
    before = of_line(learned(uploaded(6, plan), plan)).figures["cpm"].before
    assert before.mid == 4.0
    assert before.low == pytest.approx(4.0 / 1.6697, rel=1e-3)
    assert before.high == pytest.approx(4.0 * 1.6697, rel=1e-3)


def test_own_share_rises_with_weeks() -> None:
    """Each further week makes more of every line the firm's own; a share never leaves [0, 1]."""
    shares = [learned(uploaded(weeks)).own_shares for weeks in (0, 1, 2, 4, 8, 13)]
    for key, *_ in LINES:
        series = [found[key] for found in shares]
        assert series == sorted(series)
        assert len(set(series)) == len(series)
        assert series[0] == 0.0
        assert series[1] > 0.3
        assert series[-1] <= 1.0
    last = shares[-1]
    assert learned(uploaded(13)).own_share == pytest.approx(sum(last.values()) / len(last))


@pytest.mark.parametrize(
    ("columns", "untold", "told"),
    [
        (("impressions",), {"cpm", "ctr"}, {"cvr", "cpa", "value"}),
        (("clicks",), {"ctr", "cvr"}, {"cpm", "cpa", "value"}),
        (("conversions_micros", "value_micros"), {"cvr", "cpa", "value"}, {"cpm", "ctr"}),
        (("impressions", "clicks"), {"cpm", "ctr", "cvr"}, {"cpa", "value"}),
    ],
)
def test_what_is_not_reported_is_said(columns: tuple[str, ...], untold: set[str], told: set[str]) -> None:
    """A missing column is named once for all its platforms; figures that need it stay assumed, the others are told."""
    found = learned(uploaded(8, without=columns))
    names = {column.removesuffix("_micros") for column in columns} | {"reach"}
    assert {gap.column for gap in found.gaps} == names
    for gap in found.gaps:
        assert gap.platforms == ("meta", "google", "tiktok")
        assert gap.line_keys == tuple(line[0] for line in LINES)
    for line in found.lines:
        assert set(line.missing) == names
        assert {name for name, figure in line.figures.items() if figure.after is None} == untold
        assert {name for name, figure in line.figures.items() if figure.after is not None} == told


def test_an_order_value_that_no_platform_told_is_not_the_firms_own() -> None:
    """Where orders are valued by the plan's average the order value stays assumed."""
    found = learned(uploaded(8, without=("value_micros",)))
    assert {line.figures["value"].after for line in found.lines} == {None}
    assert {line.figures["cvr"].after is None for line in found.lines} == {False}


def test_observed_points_are_the_weeks_at_the_plans_margins() -> None:
    """A week's point is its spend, and what its orders leave before media by the product's definitions."""
    actuals = uploaded(5, factors={"value_micros": 1.1})
    line, business = of_line(learned(actuals)), business_of(PLAN)
    assert len(line.seen) == line.weeks == 5
    for seen, found in zip(line.seen, actuals.measures[FIRST], strict=False):
        value, orders = (found.value_micros or 0) / MICROS, (found.conversions_micros or 0) / MICROS
        net = value / 1.18 * 0.94 * 0.955
        an_order = business.fulfilment_per_order + 0.045 * business.return_handling_per_return
        left = 0.68 * (net * (1 - 0.42) - value * 0.94 * 0.02 - orders * an_order)
        assert seen.spend == pytest.approx((found.spend_micros or 0) / MICROS)
        assert seen.contribution == pytest.approx(left, rel=1e-5)


def test_the_curve_is_the_forecasts() -> None:
    """The same beliefs draw the same curve on both screens."""
    actuals = uploaded(6)
    ahead = forecast(PLAN, seed=SEED, actuals=actuals)
    assert not isinstance(ahead, Missing)
    for line, other in zip(learned(actuals).lines, ahead.curves, strict=True):
        assert line.curve.mid == pytest.approx(other.mid)
        assert line.curve.seen_high == max(seen.spend for seen in line.seen)
        assert ahead.own_share[line.line_key] == line.own_share


def test_a_week_that_is_not_over_teaches_nothing() -> None:
    """A platform whose data end inside a week leaves that week out, of figures, points and count."""
    actuals = uploaded(6)
    cut = replace(actuals, until={platform: week(5) for platform in actuals.until})
    line = of_line(learned(cut))
    assert (line.weeks, len(line.seen)) == (5, 5)
    assert line.conversions == pytest.approx(total(actuals.measures[FIRST][:5]).conversions)


def test_weekly_people_close_the_last_gap() -> None:
    """Where single rows tell the people of a week they are learned from, and nothing of that line is missing."""
    actuals = uploaded(8)
    people = tuple(round((m.impressions or 0) * 0.6) or None for m in actuals.measures[FIRST])
    found = learned(replace(actuals, reach={FIRST: people}))
    assert of_line(found).missing == ()
    assert [gap.platforms for gap in found.gaps] == [("google", "tiktok")]
    formed = beliefs(channels_of(PLAN), replace(actuals, reach={FIRST: people}), SEED)
    assert formed.links[0] == "full"


def test_a_row_of_people_is_kept_only_where_it_stands_alone() -> None:
    """Two rows of one line and week cannot be added: their people overlap."""
    one = fact(0, "meta", FIRST, spend_micros=MICROS, impressions=1000) | {"reach": 700}
    other = fact(0, "meta", FIRST, spend_micros=MICROS, impressions=500) | {"reach": 400, "currency": "AZN"}
    alone = fact(1, "meta", FIRST, spend_micros=MICROS, impressions=900) | {"reach": 600}
    frame = facts_of([one, other, alone])
    frame["reach"] = [700, 400, 600]
    assert actuals_of(PLAN, frame, {"meta": week(2)}).reach[FIRST][:3] == (None, 600, None)


def test_a_plan_without_lines_cannot_learn() -> None:
    """There is no prior to bring up to date: what is missing is named."""
    empty = draft(PLAN, lines=(), weeks=())
    found = evidence(empty, actuals_of(empty, facts_of([]), {}), seed=SEED)
    assert isinstance(found, Missing)
    assert found.findings


def test_from_ten_weeks_on_forgetting_is_judged() -> None:
    """Steady weeks give no reason to forget; fewer than ten are too few to tell."""
    assert learned(uploaded(9)).memory == "early"
    assert learned(uploaded(12)).memory == "even"
