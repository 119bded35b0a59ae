"""The Learning screen of the sample firm against its truth, and an upload that reaches every screen at once."""

import json
from decimal import Decimal
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from budget.store import Store
from tests.pages.conftest import OpenApp
from tests.pages.looks import figures, has, press, table, tables, texts, title
from tests.pages.sample.truth import FOLDER, PLAN, Sums, added, truth

NEWER_META = "Nar-Ev-Gruppy-obyavleniy-2026-10-05-2026-11-15.xlsx"
READERS = ("learning", "forecast", "review", "overview", "optimise")
CHANNELS = {
    "meta_prospecting": "Meta · prospecting",
    "meta_retargeting": "Meta · retargeting",
    "google_search": "Google · search",
    "google_retargeting": "Google · retargeting",
    "tiktok_awareness": "TikTok · awareness",
    "tiktok_prospecting": "TikTok · prospecting",
}


@pytest.fixture
def learning(open_app: OpenApp) -> AppTest:
    """The Learning screen."""
    return open_app("learning")


def rates(sums: Sums) -> dict[str, Decimal]:
    """Ratios of the truth's sums."""
    return {
        "cpm": Decimal(sums.spend) / 1000 / sums.impressions,
        "ctr": 100 * Decimal(sums.clicks) / sums.impressions,
        "cvr": 100 * Decimal(sums.conversions) / 1_000_000 / sums.clicks,
        "cpa": Decimal(sums.spend) / sums.conversions,
    }


def charted(app: AppTest, kind: str, at: int = 0) -> list[dict[str, Any]]:
    """The rows of the first layer of such marks in the chart at this place."""
    spec = json.loads(app.get("vega_lite_chart")[at].proto.spec)
    return next(layer["data"]["values"] for layer in spec["layer"] if layer["mark"]["type"] == kind)


@pytest.mark.parametrize("name", ["cpa", "cpm", "ctr", "cvr"])
def test_learned_figures_are_near_the_truths_ratios(learning: AppTest, name: str) -> None:
    """After ten weeks each line's learned figure lies near spend, views, clicks and orders divided by each other."""
    learning.selectbox(key="learning_figure").set_value(name).run()
    spec = json.loads(learning.get("vega_lite_chart")[0].proto.spec)
    after = {
        row["name"]: row
        for layer in spec["layer"]
        if layer["mark"]["type"] == "point"
        for row in layer["data"]["values"]
        if row["role"] == "actual"
    }
    for key, label in CHANNELS.items():
        observed = float(rates(added(truth(), line_key=key))[name])
        assert after[label]["mid"] == pytest.approx(observed, rel=0.05), label


def test_assumed_figures_are_the_plan_files(learning: AppTest) -> None:
    """The range drawn for the plan is low, likely and high of the plan file."""
    learning.selectbox(key="learning_figure").set_value("cpm").run()
    planned = {row["name"]: (row["low"], row["mid"], row["high"]) for row in charted(learning, "bar")}
    assert planned == {CHANNELS[line["line_key"]]: tuple(line["cpm"]) for line in PLAN["line"]}


def test_what_the_numbers_rest_on_is_counted(learning: AppTest) -> None:
    """Full weeks and conversions of each line are the truth's; only people a week are not reported."""
    shown = next(rows for rows in tables(learning) if "Full weeks" in rows[0])
    by_line = {row[0]: row[1:] for row in shown[1:]}
    for key, label in CHANNELS.items():
        weeks = {row.week for row in truth() if row.line_key == key and row.sums.spend}
        orders = Decimal(added(truth(), line_key=key).conversions) / 1_000_000
        assert by_line[label] == [str(len(weeks)), f"{round(orders):,}", "People reached"]


def test_observed_weeks_are_the_truths(learning: AppTest) -> None:
    """The circles of the first line stand at the ten weekly sums of its spend."""
    (circles,) = [
        layer["data"]["values"]
        for layer in json.loads(learning.get("vega_lite_chart")[2].proto.spec)["layer"]
        if layer["mark"].get("filled") is False
    ]
    weeks = sorted({row.week for row in truth()})
    spent = [added(truth(), line_key="meta_prospecting", week=week).spend / 1e6 for week in weeks]
    assert [row["x"] for row in circles] == pytest.approx(spent)


def test_the_record_counts_what_the_store_holds(learning: AppTest, store: Store) -> None:
    """The three bars are the shares of the newest stored results inside their ranges; ticks stand at the promise."""
    (firm,) = store.workspaces()
    kept = [one.forecast_id for one in store.forecasts(firm.workspace_id)]
    scores = store.scores(firm.workspace_id, forecast_ids=kept)
    newest = {
        (row["platform"], row["tactic"], row["week_start"], row["metric"]): row
        for row in scores.sort_values("forecast_id").to_dict("records")
        if row["metric"] in ("impressions", "clicks", "conversions", "value")
    }
    layers = json.loads(learning.get("vega_lite_chart")[3].proto.spec)["layer"]
    _, bars, ticks, *_ = [layer["data"]["values"] for layer in layers]
    for bar, tick, level in zip(bars, ticks, (50, 80, 90), strict=True):
        inside = [bool(row[f"inside_{level}"]) for row in newest.values()]
        assert len(inside) > 100
        assert bar["end"] == pytest.approx(sum(inside) / len(inside))
        assert tick["start"] == level / 100
    judged = table(learning, "Measure")["Clicks"]["Judged"]
    assert judged == str(sum(key[-1] == "clicks" for key in newest))


def test_each_screen_says_whose_numbers_it_shows(open_app: OpenApp) -> None:
    """Learning, Forecast, Review and Overview name the same share."""
    found = {screen: open_app(screen) for screen in ("learning", "overview", "review", "forecast")}
    share = title(found["learning"]).removeprefix("Your own data now decide ").removesuffix(" of prices and rates")
    assert share.endswith("%")
    assert has(found["overview"], f"Your own data decide {share} of prices and rates.")
    assert has(found["review"], f"Ahead: Your own data decide {share} of prices and rates.")
    assert has(found["forecast"], "Prices and rates: 98% yours")


def shown(app: AppTest) -> list[Any]:
    """All that a screen says: texts, figures, tables, and the data behind its charts."""
    charts = [element.proto.spec for element in app.get("vega_lite_chart")]
    return [texts(app), figures(app), list(tables(app)), charts]


def readers(app: AppTest) -> dict[str, list[Any]]:
    """What the screens that read uploads show in this session, one after the other."""
    return {name: shown(app.switch_page(f"pages/{name}.py").run()) for name in READERS}


def fresh(open_app: OpenApp) -> dict[str, list[Any]]:
    """The same in a new session that remembers nothing."""
    st.cache_data.clear()
    return readers(open_app("settings"))


def test_an_upload_reaches_every_screen_at_once(open_app: OpenApp, store: Store) -> None:
    """Taking the newer Meta file back and uploading it again changes every screen of the same session at once, to
    what a session without any memory computes: nothing is stale.
    """
    (firm,) = store.workspaces()
    app = open_app("upload")
    before = readers(app)
    (newer,) = [record for record in store.imports(firm.workspace_id) if record.name == NEWER_META]
    app.switch_page("pages/upload.py").run().button(key=f"undo_{newer.import_id}").click().run()
    without = readers(app)
    assert without == fresh(open_app)
    app.switch_page("pages/upload.py").run()
    app.file_uploader[0].upload(NEWER_META, (FOLDER / "nar_ev" / NEWER_META).read_bytes())
    press(app.run(), "Save 1 file")
    again = readers(app)
    assert again == fresh(open_app)
    for name in READERS:
        assert before[name] != without[name] != again[name], name
    rest = next(rows for rows in again["learning"][2] if "Full weeks" in rows[0])
    fewer = next(rows for rows in without["learning"][2] if "Full weeks" in rows[0])
    assert (rest[1][1], fewer[1][1]) == ("10", "6")


def test_nothing_is_learned_twice(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another look at the same data reads what was computed; a choice on the screen computes nothing anew."""
    app = open_app("learning")

    def again(*args: object, **kwargs: object) -> None:
        raise AssertionError("learned a second time")

    monkeypatch.setattr("pages.parts.results.evidence", again)
    app.selectbox(key="learning_figure").set_value("ctr").run()
    app.selectbox(key="learning_line").set_value("google_search").run()
    assert title(app).startswith("Your own data now decide")
