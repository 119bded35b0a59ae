"""From a plan and its uploads to kept forecasts and their scores."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from budget import desk
from budget.actuals import Actuals, actuals_of
from budget.business import business_of
from budget.forecast import Forecast, forecast, weekly_team_cost
from budget.funnels import channels_of
from budget.learning import beliefs
from budget.measures import Measures
from budget.money import MICROS
from budget.plan import StoredPlan
from budget.pnl import channel_pnl
from budget.ripeness import RIPE, Ripeness, ripeness
from budget.scoring import Cell, Happened, happened, score
from budget.store import NewForecast, Store, open_store
from budget.weekly_ranges import METRICS, keepable, new_forecast
from models import simulate
from tests.budget.builders import LINES, fact, facts_of, usual_plan, week

CHANNELS = {key: (platform, tactic) for key, platform, tactic, *_ in LINES}
PLATFORMS = tuple(platform for platform, _ in CHANNELS.values())
NAMES = ("spend_micros", "impressions", "clicks", "conversions_micros", "value_micros")
ONE = dict(zip(NAMES, (100_000_000, 20_000, 260, 5_000_000, 290_000_000), strict=True))
SEED = (1, 1, 1, 0)
AS_OF = datetime(2027, 1, 1, tzinfo=UTC)
ALL_IN = Ripeness(dict.fromkeys(PLATFORMS, np.ones(29)), dict.fromkeys(PLATFORMS, AS_OF))


def uploaded(plan: StoredPlan, weeks: int, ends: Mapping[str, date] | None = None, **changes: int | None) -> Actuals:
    """The same full week of every line so many times; `ends` by platform where one's data end elsewhere."""
    rows = [fact(t, of[0], key, **(ONE | changes)) for t in range(weeks) for key, of in CHANNELS.items()]
    until = dict.fromkeys(PLATFORMS, week(weeks)) if weeks else {}
    return actuals_of(plan, facts_of(rows), until | dict(ends or {}))


def kept(plan: StoredPlan, actuals: Actuals) -> NewForecast:
    """A forecast that must exist."""
    found = keepable(plan, actuals)
    assert found is not None
    return new_forecast(found, seed=SEED, reason="test", data_version=0)


def test_what_is_kept_is_what_the_screen_shows() -> None:
    """Middle and ends of every line's week are those of the forecast's own fans, to the rounding of a micro."""
    plan = usual_plan()
    shown = forecast(plan, seed=SEED)
    assert isinstance(shown, Forecast)
    cells = {(c.platform, c.week_start, c.metric): c for c in kept(plan, uploaded(plan, 0)).cells}
    for key, (platform, _) in CHANNELS.items():
        for metric in METRICS[1:]:
            fan = shown.fans[metric, key]
            for t, monday in enumerate(shown.weeks):
                cell = cells[platform, monday, metric]
                found = [cell.q10_micros, cell.q50_micros, cell.q90_micros]
                assert found == pytest.approx([x[t] * MICROS for x in (fan.low, fan.mid, fan.high)], abs=1)
    spent = sum(cells[platform, shown.weeks[0], "spend"].q50_micros for platform in PLATFORMS)
    planned = sum(w.budget_micros for w in plan.weeks if w.week_start == shown.weeks[0])
    assert spent == pytest.approx(planned, abs=3)


def test_lines_of_one_channel_are_added_draw_by_draw() -> None:
    """Two lines of the same platform and tactic are one cell; its mean is the sum of theirs."""
    plan = usual_plan()
    first, second, *rest = plan.lines
    twin = replace(plan, lines=(first, replace(second, platform="meta", tactic="prospecting"), *rest))
    apart, together = (kept(p, uploaded(plan, 0)).cells for p in (plan, twin))
    means = {c.platform: c.mean_micros for c in apart if c.metric == "clicks" and c.week_start == week(0)}
    one = [c for c in together if (c.platform, c.metric, c.week_start) == ("meta", "clicks", week(0))]
    assert [c.mean_micros for c in one] == [pytest.approx(means["meta"] + means["google"], abs=2)]


def test_only_weeks_that_no_data_have_told_are_kept() -> None:
    """A platform's complete weeks are left out, its broken one is not; profit begins where all platforms do."""
    plan = usual_plan()
    new = kept(plan, uploaded(plan, 3, {"google": week(5) + timedelta(days=3)}))
    first = {p: min(c.week_start for c in new.cells if c.platform == p) for p in ("", *PLATFORMS)}
    assert first == {"meta": week(3), "google": week(5), "tiktok": week(3), "": week(5)}
    assert (new.horizon_start, new.horizon_end) == (week(3), week(13))


def test_a_plan_that_is_over_promises_nothing() -> None:
    """Once all weeks are in there is nothing to keep, and nothing from a plan without figures."""
    plan = usual_plan()
    assert keepable(plan, uploaded(plan, 13)) is None
    assert keepable(replace(plan, assumptions=()), uploaded(plan, 0)) is None


def test_inputs_tell_what_a_forecast_rests_on() -> None:
    """The same plan and history are the same inputs; another week, another figure or another line are others."""
    plan = replace(usual_plan(), content_sha256="a" * 64)
    same = [keepable(plan, uploaded(plan, 2)) for _ in range(2)]
    others = [
        keepable(plan, uploaded(plan, 3)),
        keepable(plan, uploaded(plan, 2, clicks=261)),
        keepable(replace(plan, content_sha256="b" * 64), uploaded(plan, 2)),
        keepable(plan, uploaded(plan, 0)),
    ]
    made = [str(found.inputs) for found in (*same, *others) if found]
    assert len(made) == 6
    assert len(set(made)) == 5


def known(plan: StoredPlan, actuals: Actuals, ripe: Ripeness = ALL_IN) -> dict[Cell, Happened]:
    """What happened in the cells of the usual plan."""
    return happened(plan, actuals, CHANNELS, ripe)


def test_what_happened_is_the_sum_of_complete_weeks() -> None:
    """Two full weeks of five metrics and three channels, the third one broken; profit as the P&L has it."""
    plan = usual_plan()
    found = known(plan, uploaded(plan, 3, dict.fromkeys(PLATFORMS, week(2) + timedelta(days=6))))
    assert len(found) == 2 * (3 * 5 + 1)
    assert found["meta", "prospecting", week(1), "clicks"].micros == 260 * MICROS
    assert found["meta", "prospecting", week(1), "value"].micros == 290_000_000
    team = round(float(weekly_team_cost(plan, (week(1),))[0]) * MICROS)
    after = 3 * channel_pnl(business_of(plan), Measures(**ONE)).after_media
    assert found["", "", week(1), "profit"].micros == after - team


def test_what_nobody_said_is_not_judged() -> None:
    """A figure that a line lacks leaves its cell out; a platform never looked at has none, and then no profit."""
    plan = usual_plan()
    found = known(plan, uploaded(plan, 1, clicks=None))
    assert {metric for *_, metric in found} == {"spend", "impressions", "conversions", "value", "profit"}
    blind = replace(ALL_IN, as_of={"meta": AS_OF})
    assert {(platform, metric) for platform, *_, metric in known(plan, uploaded(plan, 1), blind)} == {
        ("meta", metric) for metric in METRICS
    }


def test_conversions_wait_until_they_have_arrived() -> None:
    """Under 80 % of a week's conversions only spend, impressions and clicks are judged."""
    plan = usual_plan()
    for share, metrics in ((RIPE - 0.01, 3), (RIPE + 0.01, 5)):
        ripe = replace(ALL_IN, shares=dict.fromkeys(PLATFORMS, np.full(29, share)))
        found = known(plan, uploaded(plan, 1), ripe)
        assert sum(platform == "meta" for platform, *_ in found) == metrics
        assert (("", "", week(0), "profit") in found) == (metrics == 5)


def cells_of(new: NewForecast) -> pd.DataFrame:
    """The cells of a forecast as `Store.judged_cells` gives them, never judged."""
    frame = pd.DataFrame([asdict(cell) for cell in new.cells]).assign(forecast_id=1, actual_micros=None, maturity=None)
    return frame.assign(week_start=pd.to_datetime(frame["week_start"]))


def test_worlds_drawn_from_the_plan_are_covered_as_said() -> None:
    """In 200 worlds as uncertain as the plan says, 50, 80 and 90 % ranges hold about that share of what happens."""
    plan = usual_plan()
    cells = cells_of(kept(plan, uploaded(plan, 0)))
    cells = cells[cells["week_start"].dt.date.isin([week(0), week(6)]) & (cells["platform"] != "")]
    channels = channels_of(plan)
    found = beliefs(channels, None, (77,))
    worlds = simulate(found.draws, channels.spend, rng=np.random.default_rng(78))
    inside = []
    for world in range(200):
        told = {
            (line.platform, line.tactic, channels.weeks[t], metric): Happened(
                round(float(getattr(worlds, metric)[world, c, t]) * MICROS), 1.0, AS_OF
            )
            for c, line in enumerate(channels.lines)
            for t in (0, 6)
            for metric in METRICS[1:]
        }
        inside += [(s.inside_50, s.inside_80, s.inside_90) for s in score(cells, {1: told}, 1)]
    assert len(inside) == 200 * 3 * 2 * 4
    assert np.mean(inside, axis=0) == pytest.approx([0.5, 0.8, 0.9], abs=0.05)


def test_a_score_is_worked_out_by_hand() -> None:
    """The bias is the distance to the middle; inside is told of both ends; what stands is not judged again."""
    plan = usual_plan()
    cells = cells_of(kept(plan, uploaded(plan, 0)))
    one = cells[(cells["platform"] == "meta") & (cells["metric"] == "clicks")].head(1)
    low, middle = int(one["q10_micros"].iloc[0]), int(one["q50_micros"].iloc[0])
    key = ("meta", "prospecting", week(0), "clicks")
    for actual, inside_80 in ((low, True), (low - 1, False)):
        (made,) = score(one, {1: {key: Happened(actual, 0.9, AS_OF)}}, 4)
        assert (made.inside_80, made.bias_micros, made.data_version) == (inside_80, actual - middle, 4)
    stands = one.assign(actual_micros=low, maturity=0.9)
    assert score(stands, {1: {key: Happened(low, 0.91, AS_OF)}}, 5) == ()
    assert len(score(stands, {1: {key: Happened(low, 0.99, AS_OF)}}, 5)) == 1
    assert len(score(stands, {1: {key: Happened(low + 1, 0.9, AS_OF)}}, 5)) == 1
    assert score(one, {1: {}}, 5) == ()


def snapshots(rows: list[tuple[str, int, int, float, bool]]) -> pd.DataFrame:
    """(platform, day, age, conversions, sure) as `Store.snapshots` has them."""
    days = [pd.Timestamp(week(0)) + pd.Timedelta(days=day) for _, day, *_ in rows]
    looks = [day.tz_localize("UTC") + pd.Timedelta(days=row[2], hours=9) for day, row in zip(days, rows, strict=True)]
    frame = pd.DataFrame({"platform": [row[0] for row in rows], "account_id": "A", "entity_level": "campaign",
                          "attribution_setting": None, "date_day": days, "as_of": looks})  # fmt: skip
    counts = pd.array([round(row[3] * MICROS) for row in rows], dtype="Int64")
    return frame.assign(as_of_sure=[row[4] for row in rows], conversions_micros=counts)


def coverage(at: date) -> pd.DataFrame:
    """Both platforms looked at on one day."""
    moment = pd.Timestamp(at).tz_localize("UTC")
    return pd.DataFrame({"platform": ["meta", "google"], "newest_as_of": [moment, moment]})


def test_how_conversions_arrive_is_learned_from_sure_looks() -> None:
    """A platform whose days were complete at once is ripe the day after; one without looks waits as is usual."""
    looks = [("meta", day, age, 50.0, True) for day in range(40) for age in (1, 2, 9, 20)]
    unsure = [("google", day, age, 50.0, False) for day in range(40) for age in (1, 2, 9, 20)]
    found = ripeness(snapshots(looks + unsure), coverage(week(1)), seed=(1,))
    assert found.of_week("meta", week(0)) > 0.9
    assert found.of_week("google", week(0)) < RIPE
    assert found.of_week("google", week(-4)) == pytest.approx(1.0, abs=0.01)
    assert found.of_week("tiktok", week(0)) == 0.0
    usual = ripeness(snapshots(looks).iloc[:0], coverage(week(1)), seed=(1,))
    assert usual.of_week("google", week(0)) == pytest.approx(found.of_week("google", week(0)))


@pytest.fixture(scope="module")
def store(sample_database: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample firm."""
    path = tmp_path_factory.mktemp("sample") / "payoff.db"
    path.write_bytes(sample_database)
    made = open_store(f"sqlite:///{path}")
    yield made
    made.close()


def locked(store: Store) -> StoredPlan:
    """The baseline of the sample firm."""
    (firm,) = store.workspaces()
    return next(
        store.plan(firm.workspace_id, h.plan_id) for h in store.plans(firm.workspace_id) if h.status == "locked"
    )


def test_the_sample_firm_has_a_record(store: Store) -> None:
    """Forecasts of the plan, of the first upload and of the baseline; more than ten weeks judged; a verdict."""
    plan = locked(store)
    found = desk.record(store, plan)
    assert [one.reason for one in store.forecasts(plan.workspace_id)] == ["plan", "upload", "lock"]
    assert found.forecasts == 3
    assert found.judged > 10
    assert found.verdict != "too few"
    assert found.weakest is not None


def test_no_judged_week_was_known_when_it_was_forecast(store: Store) -> None:
    """Every scored cell lies at or after the first open week of its platform, as the forecast itself says."""
    plan = locked(store)
    kept_ones = {one.forecast_id: one.inputs["known"] for one in store.forecasts(plan.workspace_id)}
    scored = store.scores(plan.workspace_id, latest=False)
    assert not scored.empty
    for each in scored.to_dict("records"):
        opened = kept_ones[each["forecast_id"]]
        first = opened.get(each["platform"]) or max(opened.values())
        assert each["week_start"].date() >= date.fromisoformat(first)


def test_nothing_is_kept_or_judged_twice(store: Store) -> None:
    """Without new data a second look writes nothing; undone and read again, forecasts and scores only grow."""
    plan = locked(store)
    firm = plan.workspace_id
    before = store.forecasts(firm), store.scores(firm, latest=False)
    desk.settle(store, plan, "again")
    assert desk.score_forecasts(store, plan) == 0
    assert store.forecasts(firm) == before[0]
    pd.testing.assert_frame_equal(store.scores(firm, latest=False), before[1])
    last = [one for one in store.imports(firm) if one.kind == "delivery"][-1]
    store.undo_import(firm, last.import_id)
    desk.settle(store, plan, "undo")
    after = store.forecasts(firm), store.scores(firm, latest=False)
    assert after[0][: len(before[0])] == before[0]
    assert len(after[0]) == len(before[0]) + 1
    merged = before[1].merge(after[1], how="left", indicator=True)
    assert (merged["_merge"] == "both").all()


def test_a_plan_without_forecasts_has_an_empty_record(store: Store) -> None:
    """Nothing was promised, so nothing can be judged."""
    plan = store.create_plan(locked(store).workspace_id, name="Other", currency="AZN")
    assert desk.keep_forecast(store, plan, "empty") is None
    assert desk.score_forecasts(store, plan) == 0
    assert desk.record(store, plan).forecasts == 0
