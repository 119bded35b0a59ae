"""The sales model in the domain: truth is found, doubts are said, nothing is claimed that the data do not hold."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial

import numpy as np
import pytest

from budget.actuals import actuals_of
from budget.forecast import Forecast, forecast
from budget.funnels import channels_of
from budget.learning import beliefs
from budget.lifts import Lift
from budget.money import micros
from budget.plan import PlanEvent
from budget.projection import project
from budget.sales_doubts import doubts
from budget.sales_model import Missing, SalesModel, sales_model
from budget.weekly_sales import WeeklySales
from budget.weekly_spend import Channel
from models import SalesFit, fit_sales
from tests.budget.builders import fact, facts_of, usual_plan, week
from tests.budget.shops import CLAIMED, TRUE_IROAS, Firm, day, firm, sales_of, spend_of

SEED = (1, 9)
FIRM = firm(78)


def fitted(found: Firm = FIRM, *, lifts: tuple[Lift, ...] = (), events: tuple[PlanEvent, ...] = ()) -> SalesModel:
    """A model that must exist."""
    made = sales_model(sales_of(found), spend_of(found), seed=SEED, lifts=lifts, events=events)
    assert isinstance(made, SalesModel)
    return made


USUAL = fitted()
BY_NAME = {one.channel.platform: one for one in USUAL.channels}


def lift(kind: str = "lift", *, brings: float = 1.2, width: float = 0.1, first: int = 80) -> Lift:
    """A test of the prospecting channel: 1,000 more a week brought `brings` times as much."""
    sold = micros(1000 * brings)
    return Lift(
        kind, "meta", "prospecting", day(first), day(first + 4), "AZN", micros(2000), micros(1000),  # type: ignore[arg-type]  # a test's own kind
        sold, sold - micros(1281.55 * width), sold + micros(1281.55 * width),
    )  # fmt: skip


def test_the_truth_lies_in_the_ranges() -> None:
    """Of three firms, 7 or more of 9 true returns are inside 8 of 10 outcomes, middles off by a sixth on average."""
    inside, off = [], []
    for made in (fitted(firm(78, seed=2)), fitted(firm(78, seed=3)), fitted(firm(78, seed=4))):
        found = {one.channel: one.iroas for one in made.channels}
        for channel, truth in zip(FIRM.channels, TRUE_IROAS, strict=True):
            one = found[Channel(*channel)]
            inside.append(one.low < truth < one.high)
            off.append(abs(np.log(one.mid / truth)))
    assert sum(inside) >= 7
    assert np.mean(off) < 0.17
    assert USUAL.speaks
    assert USUAL.is_ranked
    assert len(USUAL.measured) == 3
    assert USUAL.warnings == ()


def test_it_is_the_models_fit_of_the_firm_s_arrays() -> None:
    """The domain changes nothing on the way: the same draws as a fit of the plain arrays."""
    plain = fit_sales(
        FIRM.spend, np.round(FIRM.sales, 6), rng=np.random.default_rng((*SEED, 3)),
        attributed_roas=spend_of(FIRM).claimed_roas,
    )  # fmt: skip
    ours = {one.channel.platform: USUAL.iroas_draws[:, c] for c, one in enumerate(USUAL.channels)}
    for c, (platform, _) in enumerate(FIRM.channels):
        np.testing.assert_allclose(ours[platform], plain.iroas[:, c], rtol=1e-6)


def test_what_channels_brought_is_return_times_spend() -> None:
    """Contribution and return are the same statement; the caused share is the return over the claim."""
    for found in USUAL.channels:
        assert found.contribution.mid == pytest.approx(found.iroas.mid * found.spend)
        assert found.claimed_roas is not None
        assert found.caused_share is not None
        assert found.caused_share.mid == pytest.approx(found.iroas.mid / found.claimed_roas)
    shares = [one.caused_share.mid for one in USUAL.channels if one.caused_share]
    assert np.mean(shares) == pytest.approx(1 / CLAIMED, rel=0.2)


def test_weeks_add_up_to_sales() -> None:
    """Baseline and parts make the fitted weeks (in their middles nearly), and these lie near what was sold."""
    middle = USUAL.baseline.mid + sum(part.mid for part in USUAL.parts)
    np.testing.assert_allclose(middle, USUAL.fitted.mid, rtol=0.02)
    assert np.abs(USUAL.fitted.mid / FIRM.sales - 1).mean() < 0.03
    true_share = (FIRM.spend.sum(axis=1) @ np.array(TRUE_IROAS)) / FIRM.sales.sum()
    assert USUAL.media_share.low < true_share < USUAL.media_share.high


def test_shares_are_parts_of_fitted_sales() -> None:
    """A channel's share is its contribution over all fitted sales; what is left of sales is without ads."""
    whole = USUAL.fitted.mid.sum()
    for found in USUAL.channels:
        assert found.share.mid == pytest.approx(found.contribution.mid / whole, rel=0.02)
        assert found.share.low < found.share.mid < found.share.high
    assert USUAL.without_ads.mid == pytest.approx(whole * (1 - USUAL.media_share.mid), rel=0.02)


def test_what_the_fit_leaves_open_varies_as_the_firm_was_made() -> None:
    """The firm's weeks vary by 2 % beside season and ads: so they do by themselves, about the same mean."""
    left = np.array(USUAL.by_itself)
    assert len(left) == FIRM.weeks
    assert left.mean() == pytest.approx(FIRM.sales.mean(), rel=0.01)
    assert left.std() / left.mean() == pytest.approx(0.02, rel=0.35)
    assert left.std() < 0.5 * FIRM.sales.std()


def test_what_did_not_settle_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fit that settles the second time counts; one that never settles is said, after three tries."""
    tried: list[SalesFit] = []

    def fit(*args: object, settle_at: int, **kwargs: object) -> SalesFit:
        found = replace(fit_sales(*args, **kwargs), settled=len(tried) + 1 >= settle_at)  # type: ignore[arg-type]  # passed on
        tried.append(found)
        return found

    for settle_at, tries, speaks in ((2, 2, True), (9, 3, False)):
        tried.clear()
        monkeypatch.setattr("budget.sales_model.fit_sales", partial(fit, settle_at=settle_at))
        found = fitted()
        assert (len(tried), found.settled) == (tries, speaks)
        assert ("SALES_UNSETTLED" in {one.code for one in found.warnings}) is not speaks
    assert not np.array_equal(tried[0].iroas, tried[1].iroas)


def test_the_same_data_the_same_numbers() -> None:
    """Bit for bit, and another data version draws anew."""
    assert np.array_equal(fitted().iroas_draws, USUAL.iroas_draws)
    other = sales_model(sales_of(FIRM), spend_of(FIRM), seed=(1, 8))
    assert isinstance(other, SalesModel)
    assert not np.array_equal(other.iroas_draws, USUAL.iroas_draws)


def test_another_currency_is_the_same_firm() -> None:
    """Ten times the money on both sides: returns stay, contributions grow tenfold."""
    other = fitted(Firm(FIRM.spend * 10, FIRM.sales * 10))
    np.testing.assert_allclose(other.iroas_draws, USUAL.iroas_draws, rtol=1e-5)
    assert other.channels[0].contribution.mid == pytest.approx(10 * USUAL.channels[0].contribution.mid, rel=1e-5)


def test_unknown_weeks_stay_unknown() -> None:
    """Weeks without sales are no zeros: the truth is still found, and they are drawn as gaps."""
    sales = FIRM.sales.copy()
    sales[[10, 11, 40]] = np.nan
    found = fitted(replace(FIRM, sales=sales))
    assert np.flatnonzero(np.isnan(found.sales)).tolist() == [10, 11, 40]
    for one in found.channels:
        assert one.iroas.mid == pytest.approx(BY_NAME[one.channel.platform].iroas.mid, rel=0.35)


@pytest.mark.parametrize(
    ("sales", "spend", "code", "facts"),
    [
        (0, 78, "SALES_MISSING", {"weeks": 20}),
        (78, 0, "SALES_NO_SPEND", {}),
        (12, 78, "SALES_TOO_FEW", {"weeks": 12, "more": 8}),
        (19, 78, "SALES_TOO_FEW", {"weeks": 19, "more": 1}),
    ],
)
def test_what_is_missing_is_said(sales: int, spend: int, code: str, facts: Mapping[str, int]) -> None:
    """Instead of a fit: which of the two is missing, and how many weeks more it takes."""
    known = dict(list(sales_of(FIRM).amounts.items())[:sales])
    paid = spend_of(FIRM) if spend else spend_of(Firm(FIRM.spend * 0, FIRM.sales))
    found = sales_model(WeeklySales(known, ()), paid, seed=SEED)
    assert isinstance(found, Missing)
    assert (found.findings[0].code, found.findings[0].facts) == (code, facts)


def test_sales_without_spend_ask_for_exports() -> None:
    """78 weeks of sales, 12 of spend: it is exports that are missing, not sales."""
    short = spend_of(Firm(FIRM.spend[:, :12], FIRM.sales[:12]))
    found = sales_model(sales_of(FIRM), short, seed=SEED)
    assert isinstance(found, Missing)
    assert (found.findings[0].code, found.findings[0].facts) == (
        "SALES_SPEND_SHORT", {"weeks": 12, "more": 8, "sold": 78},
    )  # fmt: skip


def test_twenty_weeks_are_enough_and_said_to_be_few() -> None:
    """The first fit comes with 20 weeks, and says that a year is better."""
    found = fitted(Firm(FIRM.spend[:, :20], FIRM.sales[:20]))
    few = [one for one in found.warnings if one.code == "SALES_FEW_WEEKS"]
    assert few[0].facts == {"weeks": 20, "more": 32}


def test_hardly_varying_spend_ranks_nothing() -> None:
    """26 weeks of steady money: mostly assumption, no ranking, nothing measured of what is only assumed."""
    steady = firm(26, on_off=False)
    level = Firm(steady.spend * 0 + steady.spend.mean(axis=1, keepdims=True), steady.sales)
    found = fitted(level)
    assert "SALES_MOSTLY_PRIOR" in [one.code for one in found.warnings]
    assert not found.is_ranked
    assumed = {one.channel for one in found.channels if one.evidence == "mostly prior"}
    assert assumed
    assert not assumed & found.measured


def plain_fit() -> SalesFit:
    """A fit in whose residuals nothing is wrong."""
    paid = spend_of(FIRM)
    return fit_sales(paid.spend, FIRM.sales, rng=np.random.default_rng((*SEED, 3)), attributed_roas=paid.claimed_roas)


FIT = plain_fit()
CLEAN = replace(FIT, durbin_watson=2.0, stands_out=(), s_shaped=(), late_effect=0.5, below_zero=0.0, prior_conflict=0.1)


@pytest.mark.parametrize(
    ("code", "worse", "just"),
    [
        ("SALES_UNSETTLED", {"settled": False}, {"settled": True}),
        ("SALES_LEVEL_PRIOR", {"level_share": 0.76}, {"level_share": 0.75}),
        ("SALES_PRIOR_CONFLICT", {"prior_conflict": 2.6}, {"prior_conflict": 2.5}),
        ("SALES_FOLLOW_ON", {"durbin_watson": 1.19}, {"durbin_watson": 1.2}),
        ("SALES_BELOW_ZERO", {"below_zero": 0.51}, {"below_zero": 0.5}),
        ("SALES_STANDS_OUT", {"stands_out": (3,)}, {"stands_out": ()}),
        ("SALES_S_SHAPE", {"s_shaped": (2,)}, {"s_shaped": ()}),
        ("SALES_LATE_EFFECT", {"late_effect": 0.009}, {"late_effect": 0.01}),
        ("SALES_MOSTLY_PRIOR", {"evidence": ("measured", "mostly prior", "some")}, {"evidence": ("some",) * 3}),
    ],
)
def test_each_doubt_is_said_at_its_limit(code: str, worse: dict[str, object], just: dict[str, object]) -> None:
    """Just beyond its limit each doubt is the only one said, at the limit none is."""
    paid = spend_of(FIRM)
    assert [one.code for one in doubts(replace(CLEAN, **worse), FIRM.sales, paid)] == [code]  # type: ignore[arg-type]  # fields of the fit
    assert doubts(replace(CLEAN, **just), FIRM.sales, paid) == ()  # type: ignore[arg-type]  # fields of the fit


def test_a_year_of_weeks_is_no_few() -> None:
    """52 known weeks say nothing, 51 ask for one more."""
    paid = spend_of(FIRM)
    sold = FIRM.sales.copy()
    sold[52:] = np.nan
    assert doubts(CLEAN, sold, paid) == ()
    sold[51] = np.nan
    (few,) = doubts(CLEAN, sold, paid)
    assert (few.code, few.facts["more"]) == ("SALES_FEW_WEEKS", 1)


def test_doubts_name_weeks_and_channels() -> None:
    """By their Mondays and keys."""
    worse = replace(CLEAN, stands_out=(0, 5), s_shaped=(1, 2), evidence=("mostly prior", "some", "mostly prior"))
    found = {one.code: one.facts for one in doubts(worse, FIRM.sales, spend_of(FIRM))}
    assert found["SALES_STANDS_OUT"]["weeks"] == f"{day(0)}, {day(5)}"
    assert found["SALES_MOSTLY_PRIOR"]["channels"] == "google/search, tiktok/awareness"
    assert found["SALES_S_SHAPE"] == {"channels": "meta/prospecting, tiktok/awareness", "count": 2}


def test_a_week_of_wrong_sales_is_named() -> None:
    """A total typed with one digit too many stands out by its Monday."""
    sales = FIRM.sales.copy()
    sales[30] *= 2
    found = {one.code: one.facts for one in fitted(replace(FIRM, sales=sales)).warnings}
    assert found["SALES_STANDS_OUT"]["weeks"] == day(30).isoformat()


@pytest.mark.parametrize("worse", [{"settled": False}, {"level_share": 0.8}, {"prior_conflict": 3.0}])
def test_a_fit_in_doubt_says_nothing_and_calibrates_nothing(worse: dict[str, object]) -> None:
    """Unsettled, mostly prior as a whole, or against its prior: no ranking, nothing measured."""
    found = replace(USUAL, **worse)  # type: ignore[arg-type]  # fields of the model
    assert not found.speaks
    assert not found.is_ranked
    assert found.measured == frozenset()


def test_an_event_of_the_plan_explains_its_weeks() -> None:
    """Four weeks of a sale outside of ads: with the event the returns are nearer to those without the sale."""
    sales = FIRM.sales.copy()
    sales[40:44] *= 1.35
    event = PlanEvent("Sale", day(40), day(44), 1.35)
    told, untold = (fitted(replace(FIRM, sales=sales), events=events) for events in ((event,), ()))
    far = [
        sum(abs(np.log(one.iroas.mid / BY_NAME[one.channel.platform].iroas.mid)) for one in found.channels)
        for found in (told, untold)
    ]
    assert far[0] < far[1]
    assert "SALES_STANDS_OUT" not in [one.code for one in told.warnings]


def test_events_outside_the_weeks_change_nothing() -> None:
    """An event after the last week, or over all of them, is no control."""
    later = PlanEvent("Later", day(90), day(92))
    always = PlanEvent("Always", day(-1), day(200))
    assert np.array_equal(fitted(events=(later, always)).iroas_draws, USUAL.iroas_draws)


def test_a_test_narrows_its_channel() -> None:
    """A sure test of 1.2 for 1 moves the channel to it and narrows its range; the others stay near."""
    found = fitted(lifts=(lift(),))
    after = next(one for one in found.channels if one.channel.platform == "meta")
    before = BY_NAME["meta"]
    assert np.log(after.next_iroas.high / after.next_iroas.low) < np.log(before.next_iroas.high / before.next_iroas.low)
    model = fitted(lifts=(lift(brings=0.3, width=0.02),))
    low = next(one for one in model.channels if one.channel.platform == "meta")
    assert low.iroas.mid < before.iroas.mid


def test_a_test_that_is_in_the_sales_counts_once() -> None:
    """An on/off test inside the weeks of the fit is left to the sales; one of a channel without spend is said."""
    inside = fitted(lifts=(lift("on_off", first=40, brings=0.1),))
    assert np.array_equal(inside.iroas_draws, USUAL.iroas_draws)
    assert [one.code for one in inside.warnings] == ["LIFT_IN_SALES"]
    unknown = fitted(lifts=(replace(lift(), platform="x"),))
    assert [one.code for one in unknown.warnings] == ["LIFT_NO_CHANNEL"]
    assert np.array_equal(unknown.iroas_draws, USUAL.iroas_draws)


def planned_model(share: float) -> SalesModel:
    """A model whose channels are the usual plan's, each causing `share` of what it claims, nearly surely."""
    plan = usual_plan()
    channels = tuple(
        replace(one, channel=Channel(line.platform, line.tactic), claimed_roas=2.0, evidence="measured")
        for one, line in zip(USUAL.channels, plan.lines, strict=True)
    )
    rng = np.random.default_rng(1)
    draws = 2.0 * share * np.exp(0.05 * rng.standard_normal((512, len(channels))))
    return replace(USUAL, channels=channels, iroas_draws=draws)


def test_calibration_reaches_the_draws() -> None:
    """What ads cause is the model's return over the claim; channels that it does not know keep the assumption."""
    channels = channels_of(usual_plan())
    plain = beliefs(channels, None, (1, 1, 1, 0))
    whole = planned_model(0.3)
    one = replace(whole, channels=(whole.channels[0],), iroas_draws=whole.iroas_draws[:, :1])
    found = beliefs(channels, None, (1, 1, 1, 0), one)
    assert found.measured == {channels.lines[0].line_key}
    assert np.median(found.draws.incrementality[:, 0]) == pytest.approx(0.3, rel=0.02)
    assert np.array_equal(found.draws.incrementality[:, 1:], plain.draws.incrementality[:, 1:])
    assert np.array_equal(found.draws.ctr, plain.draws.ctr)
    assert plain.measured == frozenset()


def test_calibration_reaches_forecast_curves_and_projection() -> None:
    """Half of the assumed share: revenue, curves and the weeks to come halve; claims and what has happened stay."""
    plan = usual_plan()
    assumed = forecast(plan, seed=(1, 1, 1, 0), sales=planned_model(0.68))
    halved = forecast(plan, seed=(1, 1, 1, 0), sales=planned_model(0.34))
    assert isinstance(assumed, Forecast)
    assert isinstance(halved, Forecast)
    assert halved.totals["revenue"].mid == pytest.approx(assumed.totals["revenue"].mid / 2, rel=0.01)
    assert halved.totals["conversions"] == assumed.totals["conversions"]
    assert halved.curves[0].here_mid == pytest.approx(assumed.curves[0].here_mid / 2, rel=0.01)
    assert halved.measured == {line.line_key for line in plan.lines}
    rows = [fact(t, "meta", "meta-prospecting", spend_micros=micros(600), value_micros=micros(900)) for t in range(2)]
    actuals = actuals_of(plan, facts_of(rows), {line.platform: week(2) for line in plan.lines})
    ends = [project(plan, actuals, seed=(1, 1, 1, 1), sales=sales) for sales in (planned_model(0.34), None)]
    assert ends[0] is not None
    assert ends[1] is not None
    assert ends[0].profit.mid < ends[1].profit.mid
    np.testing.assert_allclose(ends[0].cumulative_profit.mid[:2], ends[1].cumulative_profit.mid[:2])


def test_a_model_in_doubt_changes_no_forecast() -> None:
    """A fit that says nothing leaves the forecast as it is without one, bit for bit."""
    plan = usual_plan()
    plain = forecast(plan, seed=(1, 1, 1, 0))
    silent = forecast(plan, seed=(1, 1, 1, 0), sales=replace(planned_model(0.1), settled=False))
    assert isinstance(plain, Forecast)
    assert isinstance(silent, Forecast)
    assert plain.profit == silent.profit
    assert silent.measured == frozenset()


def test_the_period_is_the_weeks() -> None:
    """From the first Monday to after the last Sunday."""
    assert USUAL.period.start == USUAL.weeks[0]
    assert USUAL.period.end == USUAL.weeks[-1] + timedelta(days=7)
