"""A store with something in every table that the rules speak of: the same from the same seed."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pandas as pd

from budget.plan import PlanAudience, PlanEvent, PlanLine, PlanWeek
from budget.store import (
    Acknowledgement,
    CampaignMatch,
    Closing,
    Decision,
    Experiment,
    ForecastCell,
    NewForecast,
    NewScore,
    Note,
    Rate,
    SalesTotal,
    Store,
)
from tests.budget.store.given import MONDAY, Bare, at, beside, lead, metric, order, post, reading, row, week

LATER, NEXT = date(2026, 3, 23), date(2026, 3, 30)
POINTS = [f"q{point:02}_micros" for point in (5, 10, 25, 50, 75, 90, 95)]
LINE = PlanLine("a", "meta", "prospecting")
AUDIENCE = PlanAudience("a", "Parents", 120_000, "Baku", "Toys", "meta,tiktok")
EVENT = PlanEvent("Novruz", date(2026, 3, 20), date(2026, 3, 25), 1.5, 1.2, "gifts")


@dataclass(frozen=True)
class Filled:
    """The workspace and its imports, oldest first."""

    workspace: int
    imports: tuple[int, ...]


def rows(random: Random, start: int, count: int) -> list[dict[str, Any]]:
    """Rows of a few campaigns, levels, breakdowns and weeks."""
    made = []
    for n in range(count):
        campaign = random.choice("123")
        cells: dict[str, Any] = {
            "campaign_id": campaign if random.random() < 0.8 else None,
            "campaign_name": f"Campaign {campaign}",
            "account_id": random.choice("AB"),
            "breakdown": random.choice(("none", "none", "age=18-24")),
            "spend_micros": random.randrange(1, 10**8),
            "impressions": random.randrange(10**5),
            "clicks": random.choice((None, random.randrange(100))),
            "source_row": n + 2,
        }
        made.append(week(5 + n % 3, **cells) if n % 7 == 0 else row(start + random.randrange(20), **cells))
    return made


def fill(store: Store, seed: int = 1) -> Filled:
    """Overlapping looks, a correction, an undone file, a replaced range, a locked plan, a match, a rate, answers."""
    random = Random(seed)  # noqa: S311  # seeded on purpose
    firm = store.create_workspace("Firm =1+1", currency="AZN", timezone="Asia/Baku").workspace_id
    done = [
        store.add_import(firm, reading(*rows(random, 7 * n, 25)), b"file %d" % n, as_of=at(n)).import_id
        for n in (0, 2, 1)
    ]
    done.append(store.add_import(firm, reading(row(3), row(4), name="=cmd"), b"gone", as_of=at(5)).import_id)
    done.append(store.add_import(firm, reading(row(1), row(9)), b"range", as_of=at(6), replace_range=True).import_id)
    store.undo_import(firm, done[3])
    others(store, firm, random)
    store.set_matches(firm, [CampaignMatch("meta", "A", "1", "prospecting", "a")])
    store.set_rate(firm, Rate(date(2026, 3, 2), "USD", "AZN", 1_700_000_000, "central bank"))
    store.remember_answers(firm, "s" * 64, {"year": "2026"})
    draft = store.create_plan(firm, name="Plan", currency="AZN", lines=[LINE], weeks=[PlanWeek("a", MONDAY, 10**9)])
    locked = store.lock_plan(firm, draft.plan_id, seen_version=1)
    following = store.create_plan(firm, name="Next", currency="AZN", based_on=locked.plan_id)
    store.save_plan(firm, replace(following, audiences=(AUDIENCE,), events=(EVENT,)))
    reviewed(store, firm, locked.plan_id)
    return Filled(firm, tuple(done))


def cell(week_start: date = MONDAY, metric: str = "clicks", middle: int = 100, **names: str) -> ForecastCell:
    """What is expected of a week: quantiles 10 apart."""
    told: dict[str, Any] = {"platform": "meta", "tactic": "prospecting"} | names
    points = [middle + step for step in range(-30, 40, 10)]
    told |= dict(zip(POINTS, points, strict=True))
    return ForecastCell(week_start=week_start, metric=metric, mean_micros=middle, **told)


def new_forecast(plan_id: int, *cells: ForecastCell, **changes: Any) -> NewForecast:
    """A forecast of the weeks of `cells` (the first one) of a plan's first version."""
    told: dict[str, Any] = {
        "plan_version": 1,
        "reason": "lock",
        "model_version": 2,
        "data_version": 0,
        "seed": (1, 2),
        "horizon_start": MONDAY,
        "horizon_end": LATER,
        "inputs": {"plan": "x"},
        "cells": cells or (cell(),),
    }
    return NewForecast(plan_id, **(told | changes))


def score(forecast_id: int, actual: int = 105, data_version: int = 1, **changes: Any) -> NewScore:
    """The score of `cell()`."""
    ends = [(50, 10), (80, 20), (90, 30)]
    inside = {f"inside_{level}": abs(actual - 100) <= half for level, half in ends}
    told: dict[str, Any] = {
        "platform": "meta",
        "tactic": "prospecting",
        "week_start": MONDAY,
        "metric": "clicks",
        "data_version": data_version,
        "actual_micros": actual,
        "actual_as_of": clock(),
        "maturity": 1.0,
        "bias_micros": actual - 100,
        "crps_micros": 3,
    }
    return NewScore(forecast_id, **(told | inside | changes))


def reviewed(store: Store, firm: int, plan_id: int) -> None:
    """Two forecasts, one judged twice; decisions, notes and experiments, one of them ended."""
    first = store.add_forecast(firm, new_forecast(plan_id, cell(), cell(metric="value")))
    later = new_forecast(plan_id, data_version=3, supersedes_forecast_id=first.forecast_id)
    store.add_forecast(firm, later)
    store.add_scores(firm, [score(first.forecast_id), score(first.forecast_id, 170, 2)])
    told = store.add_decision(
        firm,
        Decision(
            MONDAY, "scale", "AZN", "meta", amount_micros=5, forecast_id=first.forecast_id, reason="=1+1",
            before_micros=4, basis={"caused": 0.7, "without": {"2026-03-02": 9}},
        ),
    )  # fmt: skip
    store.save_decision(firm, replace(told, status="done", verdict="worked", observed_micros=7))
    test = store.save_experiment(firm, Experiment("geo", "meta", "prospecting", MONDAY, LATER, {"cells": [1, 2]}))
    store.remove_experiment(firm, test.experiment_id, seen_version=1)
    store.save_experiment(firm, Experiment("on_off", "google", "search", MONDAY, NEXT, result={"lift": 0.25}))
    store.add_note(firm, Note("=said", "experiment", test.experiment_id))
    store.add_note(firm, Note("of the week", "week", week_start=MONDAY, subject_key="cpm"))
    first_look = Closing("week", MONDAY, MONDAY + timedelta(days=7), plan_id, 1, 2, {"profit": {"plan": -5, "ad": [1]}})
    store.add_closing(firm, first_look)
    store.add_closing(firm, replace(first_look, data_version=3, body={"profit": {}}, revision=2, note="=late orders"))
    store.acknowledge(firm, Acknowledgement("pace=meta", 250_000, LATER))


def others(store: Store, firm: int, random: Random) -> None:
    """Overlapping looks at all other datasets, one late, one undone, one that replaces its range; typed totals."""
    for n in (0, 2, 1):
        store.add_import(firm, others_file(random, n), b"others %d" % n, as_of=at(n))
    undone = store.add_import(firm, others_file(random, 3), b"others gone", as_of=at(5))
    store.undo_import(firm, undone.import_id)
    whole = beside(
        metrics=[metric(0, value=3), metric(9)], orders=[order(0, 0), order(19, 9)], leads=[lead(0), lead(9)]
    )
    store.add_import(firm, whole, b"others range", as_of=at(6), replace_range=True)
    secret = beside(leads=[lead(20, form_name="=form"), lead(20)])
    secret.keep_raw = False  # type: ignore[attr-defined]  # optional, so the bare class does without
    store.add_import(firm, secret, b"people", as_of=at(7))
    store.add_sales(firm, [SalesTotal(MONDAY, date(2026, 3, 3), "AZN", 5, 1), SalesTotal(LATER, NEXT, "AZN", 70)])


def others_file(random: Random, n: int) -> Bare:
    """A file of all datasets, with what each may hold."""
    return beside(
        metrics=[
            metric(random.randrange(9), value=random.random(), unit="share", metric="ctr", segment=f"age={n}"),
            metric(random.randrange(9), value=n, metric="revenue", unit="micros", currency="AZN"),
            *(metric(day, value=random.randrange(100)) for day in range(n, n + 4)),
        ],
        posts=[post(k, views=random.randrange(10**6), watch_seconds=random.random()) for k in range(n, n + 4)],
        orders=[
            order(k, k % 9, total_micros=random.randrange(10**8), customer_key=random.choice((None, "k1", "k2")),
                  cancelled=random.choice((None, True, False)), source=random.choice(("web", "pos")))
            for k in range(n, n + 6)
        ],
        leads=[lead(random.randrange(9), status=random.choice(("new", "won", None))) for _ in range(6)],
    )  # fmt: skip


def clock() -> datetime:
    """A fixed moment for stores that must come out alike."""
    return datetime(2026, 7, 1, tzinfo=UTC)


def facts(store: Store, workspace: int) -> list[pd.DataFrame]:
    """Everything that is read."""
    by = ("platform", "tactic", "line_key", "account_id", "campaign_slot")
    delivery = [store.facts(workspace, by=by), store.snapshots(workspace), store.period_facts(workspace)]
    sides = [store.metrics, store.posts, store.orders, store.leads, store.sales]
    kept = [store.forecast_weeks(workspace, one.forecast_id) for one in store.forecasts(workspace)]
    kept.append(store.scores(workspace, latest=False).drop(columns=["forecast_id", "plan_id"]))
    return [
        *delivery,
        *kept,
        *(read(workspace).drop(columns="import_id") for read in sides),
        store.daily_sales(workspace),
    ]
