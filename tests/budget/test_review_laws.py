"""Laws of the review over random plans, economics, uploads and books."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.actuals import Actuals, actuals_of, with_claims
from budget.booked import Booked, Books
from budget.business import Business, business_of, with_business
from budget.drivers import Terms, explain
from budget.measures import Measures, total
from budget.money import MICROS, micros
from budget.phasing import rephased
from budget.plan import PlanCost, PlanLine, StoredPlan
from budget.pnl import ProfitAndLoss, channel_pnl
from budget.ranges import Range
from budget.rates import Rate
from budget.review import Review, review
from budget.weeks import WEEK, Period
from tests.budget.builders import START, fact, facts_of, figure, plan_of, week

FIELDS = ("spend_micros", "impressions", "clicks", "conversions_micros", "value_micros")
PLATFORMS = ("meta", "google", "tiktok")
WEEKS = 6
LAWS = settings(max_examples=20, deadline=None)
Row = tuple[int, int, str, tuple[int | None, ...]]
"""Week, line (beyond the last: unmatched), currency, figures."""


@dataclass(frozen=True)
class World:
    """A plan, the working plan, what was uploaded, and what the firm booked."""

    plan: StoredPlan
    now: StoredPlan
    rows: tuple[Row, ...]
    rates: tuple[Rate, ...]
    reported: Mapping[str, tuple[float, ...]]
    books: Books
    until: Mapping[str, date]

    def actuals(self, currency: str | None = None) -> Actuals:
        """The uploads, all in one currency where it is given."""
        made = [self._fact(row, currency) for row in self.rows]
        found = actuals_of(self.plan, facts_of(made), self.until, self.rates, business=business_of(self.now))
        return with_claims(replace(found, reported=self.reported), self.books, business_of(self.now))

    def _fact(self, row: Row, currency: str | None) -> dict[str, object]:
        t, place, code, figures = row
        line = self.plan.lines[place] if place < len(self.plan.lines) else None
        made = fact(t, line.platform if line else "meta", line.line_key if line else None,
                    **dict(zip(FIELDS, figures, strict=True)))  # fmt: skip
        return made | {"currency": currency or code}

    def reviewed(self, span: Period | None = None) -> Review:
        """The review, which must exist."""
        found = review(self.plan, self.actuals(), now=self.now, span=span)
        assert found is not None
        return found


shares = st.floats(0.0, 0.6)


@st.composite
def businesses(draw: st.DrawFn) -> Business:
    """Any economics, those of firms that lose with each order too."""
    value = draw(st.floats(5.0, 500.0))
    return Business(
        order_value=Range(value * 0.8, value, value * 1.2),
        vat_share=draw(shares),
        discount_share=draw(shares),
        returns_share=draw(st.one_of(shares, st.just(1.0))),
        cogs_share=draw(shares),
        fulfilment_per_order=draw(st.floats(0.0, 20.0)),
        payment_fee_share=draw(st.floats(0.0, 0.05)),
        incrementality=Range(0.2, draw(st.floats(0.2, 1.0)), 1.0),
        media_vat_share=draw(st.sampled_from([0.0, 0.18])),
        monthly_micros={"people": draw(st.integers(0, 10**10))},
    )


@st.composite
def plans(draw: st.DrawFn) -> StoredPlan:
    """One to four lines that begin and end on any day; some say no figures, so that they cannot be computed."""
    lines, figures = [], []
    for place in range(draw(st.integers(1, 4))):
        key = f"line-{place}"
        start = START + timedelta(days=draw(st.integers(0, 20 if place else 6)))
        end = start + timedelta(days=draw(st.integers(1, 60)))
        platform, budget = draw(st.sampled_from(PLATFORMS)), draw(st.integers(0, 20_000))
        owner = draw(st.sampled_from(["", "Aysel"]))
        lines.append(PlanLine(key, platform, "prospecting", start_date=start, end_date=end,
                              budget_micros=micros(budget), owner=owner))  # fmt: skip
        if draw(st.integers(0, 4)):
            rates = draw(st.tuples(st.floats(0.5, 30.0), st.floats(0.002, 0.1), st.floats(0.002, 0.1)))
            figures += [figure(key, name, x) for name, x in zip(("cpm", "ctr", "cvr"), rates, strict=True)]
    plan = rephased(plan_of(*lines, business=draw(businesses()), figures=figures))
    return replace(plan, costs=(*plan.costs, PlanCost("agency", draw(st.integers(0, 10**10)), date(2026, 10, 1))))


def counts(most: int) -> st.SearchStrategy[int | None]:
    """A figure that may be absent or nothing."""
    return st.one_of(st.none(), st.just(0), st.integers(0, most))


rows = st.tuples(
    st.integers(0, WEEKS - 1), st.integers(0, 4), st.sampled_from(["AZN", "USD"]),
    st.tuples(st.one_of(counts(10**10), st.integers(-(10**8), 0)), counts(10**6), counts(10**4),
              counts(300 * MICROS), counts(10**10)),
)  # fmt: skip


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A plan with uploads that reach its weeks, at moving rates of exchange, partly reported, partly booked."""
    plan = draw(plans())
    now = with_business(plan, draw(businesses())) if draw(st.booleans()) else plan
    moved = [Rate(START + timedelta(days=n), "USD", "AZN", draw(st.integers(10**8, 3 * 10**9))) for n in (0, 10, 25)]
    first = (0, len(plan.lines), "AZN", (draw(st.integers(1, 10**9)), 10, 5, None, None))
    found = (first, *draw(st.lists(rows, max_size=12)))
    weeks = len(actuals_of(plan, facts_of([]), {}).weeks)
    reported = {
        platform: tuple(draw(st.lists(st.floats(0.05, 1.0), min_size=weeks, max_size=weeks)))
        for platform in sorted(draw(st.sets(st.sampled_from(PLATFORMS))))
    }
    days = [START + timedelta(days=n) for n in range(draw(st.integers(0, 7 * WEEKS)))]
    booked = {day: Booked(draw(st.integers(0, 50 * MICROS)), *[draw(st.integers(0, 10**9))] * 2) for day in days}
    ends = {platform: START + timedelta(days=draw(st.integers(1, 7 * WEEKS))) for platform in PLATFORMS}
    return World(plan, now, found, tuple(moved), reported, Books(sales=booked), ends)


def after_media(found: Review) -> tuple[int, int]:
    """Of the plan and of what happened."""
    return found.plan_pnl.after_media, found.actual_pnl.after_media


@LAWS
@given(worlds())
def test_bars_lead_from_plan_to_actual(world: World) -> None:
    """To the micro, in all and by channel; three results and channels add up; each bar has an owner."""
    found = world.reviewed()
    planned, actual = after_media(found)
    assert sum(driver.effect_micros for driver in found.drivers) == actual - planned
    for key, (before, after) in found.channels.items():
        assert sum(d.effect_micros for d in found.drivers_by_channel[key]) == after.after_media - before.after_media
    by_name: dict[str, int] = {}
    for driver in (d for row in found.drivers_by_channel.values() for d in row):
        by_name[driver.name] = by_name.get(driver.name, 0) + driver.effect_micros
    assert {d.name: d.effect_micros for d in found.drivers} == by_name
    assert all(driver.owner_role for driver in found.drivers)
    assert found.three.planned_micros + found.three.execution_micros + found.three.market_micros == actual
    assert found.three.planned_micros == planned


@LAWS
@given(worlds())
def test_channels_sum_to_the_total(world: World) -> None:
    """Every step of the income statement, on both sides; what the books do not hold is what claims lose on the way."""
    found = world.reviewed()
    for side, whole in enumerate((found.plan_pnl, found.actual_pnl)):
        parts = sum((pair[side] for pair in found.channels.values()), ProfitAndLoss())
        for name in ("claimed_net_revenue", "not_booked", "not_caused", "cogs", "fulfilment", "media", "after_media"):
            assert getattr(parts, name) == getattr(whole, name)
    assert found.plan_pnl.not_booked == 0
    held = [channel_pnl(found.business, total(row)) for row in found.kept.values()]
    assert found.actual_pnl.net_revenue == sum(pnl.net_revenue for pnl in held)
    assert all(0 < one.scale <= 1 for one in found.claims.weeks)
    assert all(0 < share <= 1 for share in found.reported.values())


@LAWS
@given(worlds(), st.randoms(use_true_random=False))
def test_order_of_lines_is_irrelevant(world: World, chance: Any) -> None:
    """Lines and uploads in another order are the same review, up to rounding of the last micro."""
    shuffled = list(range(len(world.plan.lines)))
    chance.shuffle(shuffled)
    lines = tuple(world.plan.lines[n] for n in shuffled)
    place = {n: shuffled.index(n) for n in range(len(shuffled))}
    rows = [(t, place.get(n, n), code, figures) for t, n, code, figures in world.rows]
    chance.shuffle(rows)
    first = world.reviewed()
    plan, now = (replace(each, lines=lines) for each in (world.plan, world.now))
    second = replace(world, plan=plan, now=now, rows=tuple(rows)).reviewed()
    assert first.actual_pnl == second.actual_pnl
    assert after_media(first) == after_media(second)
    effects = [{d.name: d.effect_micros for d in found.drivers} for found in (first, second)]
    assert effects[0].keys() == effects[1].keys()
    moved = sum(abs(amount) for pair in first.channels.values() for pnl in pair for amount in (pnl.media, pnl.cogs))
    assert effects[0] == pytest.approx(effects[1], rel=1e-6, abs=max(100, 1e-8 * moved))


@LAWS
@given(worlds())
def test_sides_swapped_flip_signs(world: World) -> None:
    """Told from what happened to the plan, each cause has the same size and the other sign."""
    found, laid = world.reviewed(), world.actuals()
    eventual = {
        key: total(
            replace(m, conversions_micros=(m.conversions_micros or 0) * 2, value_micros=(m.value_micros or 0) * 2)
            for m in row
        )
        for key, row in found.actual.items()
    }
    first = {key: total(row[: len(found.weeks)]) for key, row in laid.at_first_rates.items() if key in found.actual}
    side = Terms(found.business, first, eventual, {key: total(row) for key, row in found.kept.items()})
    planner = Terms(business_of(world.plan))
    there = explain(found.business, found.planned, found.actual, found.channels, terms=(planner, side))
    swapped = {key: (after, before) for key, (before, after) in found.channels.items()}
    back = explain(found.business, found.actual, found.planned, swapped, terms=(side, planner))
    forth = {d.name: d.effect_micros for d in there.total}
    moved = sum(abs(amount) for pair in found.channels.values() for pnl in pair for amount in (pnl.media, pnl.cogs))
    assert {d.name: -d.effect_micros for d in back.total} == pytest.approx(forth, abs=max(100, 1e-8 * moved))


@LAWS
@given(plans(), st.integers(1, WEEKS))
def test_a_plan_that_is_followed_has_no_variance(plan: StoredPlan, weeks: int) -> None:
    """Spend as planned and results as forecast, to any day: both sides alike, every cause and the execution zero."""
    until = dict.fromkeys(PLATFORMS, START + timedelta(days=7 * weeks - 3))
    shown = review(plan, actuals_of(plan, facts_of([fact(0, "meta", None, spend_micros=1)]), until))
    assert shown is not None
    rows = [
        fact(t, plan.line(key).platform, key, **{name: getattr(found, name) for name in FIELDS})
        for key, row in shown.planned.items()
        if not key.startswith("unmatched:")
        for t, found in enumerate(row)
        if found != Measures()
    ]
    followed = actuals_of(plan, facts_of(rows), until)
    found = review(plan, followed)
    if not any(m != Measures() for row in followed.measures.values() for m in row):
        assert found is None
        return
    assert found is not None
    assert found.plan_pnl == found.actual_pnl
    assert not any(driver.effect_micros for driver in found.drivers)
    assert not any(d.effect_micros for row in found.drivers_by_channel.values() for d in row)
    assert found.three.market_micros == found.three.execution_micros == 0


@LAWS
@given(worlds())
def test_currency_at_one_to_one_changes_nothing(world: World) -> None:
    """All money in dollars at a rate of 1 is the review in the plan's own currency, and no exchange is a cause."""
    world = replace(world, rates=(Rate(START, "USD", "AZN", 10**9),))
    found = [review(world.plan, world.actuals(code), now=world.now) for code in ("USD", "AZN")]
    assert found[0] == found[1]
    assert found[0] is not None
    assert "fx" not in {driver.name for driver in found[0].drivers}


@LAWS
@given(worlds())
def test_weeks_add_up_to_the_whole(world: World) -> None:
    """Plan, actual and kept sums of the weeks are those of all to date; so is profit after media, up to rounding."""
    whole = world.reviewed()
    laid = world.actuals()
    parts = [review(world.plan, laid, now=world.now, span=Period(day, day + WEEK)) for day in whole.weeks]
    known = [part for part in parts if part is not None]
    alone = [t for t, part in enumerate(parts) if part is None]
    for key in whole.planned:
        assert all(whole.actual[key][t] == Measures() for t in alone)
        for table in ("planned", "actual", "kept"):
            rows: Sequence[Measures] = getattr(whole, table)[key]
            assert total(getattr(part, table)[key][0] for part in known) == total(
                found for t, found in enumerate(rows) if t not in alone
            )
    if not alone:
        for side in ("plan_pnl", "actual_pnl"):
            summed = sum(getattr(part, side).after_media for part in known)
            assert summed == pytest.approx(
                getattr(whole, side).after_media, abs=20 * len(known) * (len(whole.channels) + 1)
            )


def test_weekly_spans_are_those_of_their_days() -> None:
    """A span names its own days, weeks and team cost; days without uploads have no review."""
    plan = plan_of(PlanLine("a", "meta", "x", start_date=START, end_date=week(4), budget_micros=micros(100)))
    rows = [fact(t, "meta", "a", spend_micros=t + 1) for t in (0, 1)]
    laid = actuals_of(plan, facts_of(rows), {"meta": week(2)})
    found = review(plan, laid, span=Period(week(1), week(2)))
    assert found is not None
    assert (found.period, found.weeks) == (Period(week(1), week(2)), (week(1),))
    assert found.total[1].spend_micros == 2
    assert found.plan_pnl.people == micros(1500) * 7 // 30
    assert review(plan, laid, span=Period(week(2), week(3))) is None
    with pytest.raises(ValueError, match="cut to these days"):
        review(plan, laid, span=Period(week(1), week(1) + timedelta(days=3)))
