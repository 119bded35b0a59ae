"""Packs for tests without a store: every part is there, names try to be formulas, claims exceed the books."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd

from budget.actuals import UNMATCHED, Actuals, actuals_of, with_claims
from budget.booked import Booked, Books
from budget.business import business_of, with_business
from budget.effects import Effect
from budget.forecast import Forecast, forecast
from budget.frontier import frontier_of
from budget.funnels import channels_of
from budget.ground import Ground, ground_of
from budget.immature import Arrived, Immature
from budget.likely import likely_plan
from budget.money import micros
from budget.next_hundred import next_hundred_of
from budget.optional_lines import optional_lines
from budget.pacing import pacing
from budget.pack import Kind, Pack, Results, pack_of
from budget.plan import PlanChallenge, PlanCost, PlanHead, StoredPlan
from budget.platform_pacing import platform_paces
from budget.projection import project
from budget.question import Question
from budget.record import HORIZONS, LEVELS, METRICS, Coverage, HorizonRecord, MetricRecord, Record
from budget.review import review
from budget.store import Closing, Decision, Note
from budget.trust import Campaign, Trust
from budget.weeks import WEEK
from tests.budget.builders import START, fact, facts_of, usual_plan, week

ATTACK = '=HYPERLINK("http://evil.example/x","here")'
ATTACKS = (ATTACK, "+1+1", "@SUM(A1:A9)", "-1|cmd", "{=1}", "http://evil.example/y", "\tTab & <b>")
WEEKS, SEED = 6, (7, 7)
TODAY, MADE_AT = START + WEEKS * WEEK, datetime(2026, 10, 19, 8, 30, tzinfo=UTC)
FIELDS = ("spend_micros", "impressions", "clicks", "conversions_micros", "value_micros")


def attacked_plan() -> StoredPlan:
    """A locked plan with fees, VAT on media, a challenge, a line that may go, and names that want to run."""
    plan = usual_plan()
    plan = with_business(plan, replace(business_of(plan), media_vat_share=0.18, media_fee_share=0.031))
    names = zip(plan.lines, ATTACKS, ("committed", "committed", "optional"), strict=False)
    lines = tuple(replace(line, tactic=text, owner=text, commitment=state) for line, text, state in names)  # type: ignore[arg-type]  # states are those of a plan
    costs = (*plan.costs, PlanCost("agency", micros("777.77"), date(2026, 10, 1)))
    challenges = (PlanChallenge("not_ready", True, micros(333), True),)
    return replace(plan, name=ATTACK, status="locked", lines=lines, costs=costs, challenges=challenges)


def uploads(plan: StoredPlan) -> Actuals:
    """Six weeks off the plan, one without orders, one line unmatched; the books know five weeks and hold less."""
    likely, rows = likely_plan(channels_of(plan)), []
    for c, line in enumerate(plan.lines):
        for t in range(WEEKS):
            planned = likely.measures[line.line_key][t]
            shares = [1 + 0.07 * np.sin(3 * c + 1.7 * t + n) for n in range(len(FIELDS))]
            figures = [round((getattr(planned, name) or 0) * share) for name, share in zip(FIELDS, shares, strict=True)]
            said = dict(zip(FIELDS, figures, strict=True)) | ({"conversions_micros": None} if c == t == 2 else {})
            rows.append(fact(t, line.platform, line.line_key, **said))
    rows.append(fact(1, "meta", None, spend_micros=123_456_789, impressions=5000, clicks=70))
    until = {line.platform: TODAY for line in plan.lines}
    reported = {"meta": (1.0,) * (WEEKS - 1) + (0.55,) + (1.0,) * 7}
    found = replace(actuals_of(plan, facts_of(rows), until), reported=reported)
    days = [START + timedelta(days=n) for n in range(7 * (WEEKS - 1))]
    sold = {day: Booked(7_000_000, 400_000_123, 410_000_123) for day in days}
    return with_claims(found, Books(sales=sold), business_of(plan))


def results_of(plan: StoredPlan, actuals: Actuals) -> Results:
    """What the screens would show of these uploads."""
    found, until = review(plan, actuals), {line.platform: TODAY for line in plan.lines}
    daily = _daily(plan, actuals)
    paced = pacing(plan, daily, until, [], seed=SEED) if found else None
    expected = forecast(plan, seed=SEED, actuals=actuals if found else None)
    ground = ground_of(plan, TODAY if found else START, seed=SEED, actuals=actuals if found else None)
    known = ground if isinstance(ground, Ground) else None
    return Results(
        firm=ATTACKS[2],
        plan=plan,
        now=plan,
        data_version=14,
        today=TODAY,
        made_at=MADE_AT,
        span=None,
        review=found,
        to_date=found,
        pacing=paced,
        projection=project(plan, actuals, seed=SEED) if found else None,
        forecast=expected if isinstance(expected, Forecast) else None,
        frontier=frontier_of(known, Question(TODAY)) if known else None,
        record=record() if found else no_record(),
        trust=Trust(TODAY if found else None, TODAY if found else None, ("meta",), (), 0),
        campaigns=(Campaign("meta", "1", "c", ATTACK, 1, "AZN", None, False, None),) if found else (),
        uploads=(),
        decisions=decisions() if found else (),
        notes=(Note(ATTACK, week_start=week(WEEKS - 1), author=ATTACKS[1]),) if found else (),
        platforms=platform_paces(plan, daily, [], paced, seed=SEED) if paced else (),
        early=early() if found else None,
        hundred=next_hundred_of(known) if known else None,
        first_to_go=optional_lines(known) if known else (),
        closings=(_closing(plan),) if found else (),
        versions=(PlanHead(1, ATTACK, "locked", "AZN", 1, updated_by=ATTACKS[1], updated_at=MADE_AT),),
        effects={2: Effect("worked", 33_330_001, 2)},
    )


def made_pack(kind: Kind) -> Pack:
    """A pack with every part."""
    plan = attacked_plan()
    return pack_of(results_of(plan, uploads(plan)), kind)


def empty_pack(kind: Kind) -> Pack:
    """A pack before the first upload."""
    plan = usual_plan()
    return pack_of(results_of(plan, actuals_of(plan, facts_of([]), {})), kind)


def early() -> Immature:
    """Meta's last week is early."""
    part = Arrived(0.55, 0.45, 0.65)
    weeks = {"meta": {week(WEEKS - 1): part}}
    return Immature(weeks, {"meta": TODAY - timedelta(days=5)}, {"meta": TODAY}, frozenset({"meta"}))


def decisions() -> tuple[Decision, ...]:
    """One that holds from the week to come, one of two weeks ago."""
    first = Decision(
        TODAY, "scale", "AZN", "meta", "prospecting", "meta-prospecting", 900_000_000, ATTACK, TODAY,
        expected_low_micros=-20_000_000, expected_likely_micros=40_000_000, expected_high_micros=90_005_000,
        before_micros=700_000_000, reason=ATTACKS[1], decision_id=1,
    )  # fmt: skip
    return first, replace(first, week_start=TODAY - 2 * WEEK, action="cut", decision_id=2)


def record() -> Record:
    """Twenty weeks of lines judged, profit too few."""
    levels = {level: Coverage(level, 80, level + 0.05, level - 0.1, level + 0.1, "about right") for level in LEVELS}
    few = {level: Coverage(level, 4, 1.0, 0.4, 1.0, "too few") for level in LEVELS}
    metrics = {name: MetricRecord(name, 20, few if name == "profit" else levels, 0.07, 1.5) for name in METRICS}
    ahead = tuple(HorizonRecord(a, b, 20, 80, 68, levels, -0.03, 0.12) for a, b in HORIZONS)
    return Record(3, 20, levels, metrics, "price", {"price": 0.1}, ahead)


def no_record() -> Record:
    """Nothing was judged."""
    return Record(0, 0, {level: Coverage(level, 0, np.nan, np.nan, np.nan, "too few") for level in LEVELS}, {}, None)


def _closing(plan: StoredPlan) -> Closing:
    return Closing("month", date(2026, 9, 1), date(2026, 10, 1), plan.plan_id, 1, 9, {}, note=ATTACK,
                   closed_by=ATTACKS[2], closed_at=MADE_AT)  # fmt: skip


def _daily(plan: StoredPlan, actuals: Actuals) -> pd.DataFrame:
    """Each week's spend by platform, evenly over its days."""
    platforms, rows = {line.line_key: line.platform for line in plan.lines}, []
    for key, measures in actuals.measures.items():
        platform = platforms.get(key, key.removeprefix(UNMATCHED))
        for t, found in enumerate(measures):
            for n in range(7):
                rows.append((week(t) + timedelta(days=n), platform, (found.spend_micros or 0) // 7, "AZN"))
    frame = pd.DataFrame(rows, columns=["date_day", "platform", "spend_micros", "currency"])
    frame["date_day"] = pd.to_datetime(frame["date_day"])
    return frame.astype({"spend_micros": "Int64"})
