"""The sample's pages, posts and visits: every measure against its truth file, reckoned without our code."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from budget.audience_desk import Audience, Uploaded, alerts_of, audience_of, uploaded_of
from budget.audience_goals import goal_row
from budget.audience_kpis import ALL
from budget.exports import read_export
from budget.plan import PlanAudience
from budget.store import Store, open_store
from tests.budget.builders import usual_plan
from tests.budget.pages import delivery

FOLDER = Path(__file__).parents[2] / "sample_data" / "nar_ev_pages"
TRUTH: dict[str, Any] = json.loads((FOLDER / "truth.json").read_text("utf-8"))
FIRST, END = date(2026, 9, 21), date(2026, 11, 16)
MONDAYS = [FIRST + timedelta(weeks=n) for n in range(8)]
AS_OF = datetime(2026, 11, 16, 5, tzinfo=UTC)
PLAN = replace(
    usual_plan(),
    audiences=(PlanAudience("home", "Bakı, 25-54"),),
    assumptions=(*usual_plan().assumptions, goal_row("kpi", "negative_feedback.alert", 1.5)),
)
PRICES = delivery({"meta-prospecting": (45, 10_000), "tiktok-awareness": (20, 10_000)}, weeks=10)
HALVED = "TikTok-business-overview.csv"


def take(store: Store, firm: int, files: Mapping[str, bytes]) -> Uploaded:
    """Files read and stored, as their rows."""
    for name, raw in files.items():
        answers = {"year": "2026"} if "Studio" in name else {}
        store.add_import(firm, read_export(name, raw, answers, today=AS_OF.date()), raw, as_of=AS_OF)
    return uploaded_of(store.metrics(firm), store.posts(firm), store.leads(firm))


def whole_files() -> dict[str, bytes]:
    """The files as they are."""
    return {name: (FOLDER / name).read_bytes() for name in TRUTH["files"]}


def halves() -> dict[str, bytes]:
    """The same, one of them as two files of half the days each."""
    head, *days = (FOLDER / HALVED).read_text("utf-8").splitlines()
    parts = {"first.csv": days[:33], "second.csv": days[33:]}
    split = {name: "\n".join([head, *own, ""]).encode() for name, own in parts.items()}
    return {name: raw for name, raw in whole_files().items() if name != HALVED} | split


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An empty store."""
    opened = open_store(f"sqlite:///{tmp_path_factory.mktemp('pages')}/payoff.db")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def found(store: Store) -> Audience:
    """The measures of the last eight weeks."""
    uploaded = take(store, store.create_workspace("Whole", currency="AZN").workspace_id, whole_files())
    return audience_of(PLAN, uploaded, PRICES, uploaded.window(AS_OF.date()))


def posts(network: str, kind: str = "") -> list[dict[str, Any]]:
    """The truth's posts of the eight weeks."""
    every = (p for p in TRUTH["posts"] if FIRST <= date.fromisoformat(p["day"]) < END)
    return [p for p in every if p["network"] == network and kind in ("", p["kind"])]


def engaged(own: list[dict[str, Any]]) -> int:
    """Their likes, comments, shares and saves."""
    return sum(p["likes"] + p["comments"] + p["shares"] + p["saves"] for p in own)


def pages(network: str) -> list[dict[str, Any]]:
    """The truth's weeks of a page."""
    weeks = {week.isoformat() for week in MONDAYS}
    return [row for row in TRUTH["pages"] if row["network"] == network and row["week"] in weeks]


def sessions(network: str, *, paid: bool | None = None) -> list[dict[str, Any]]:
    """The truth's landing rows of a network's sources."""
    weeks = {week.isoformat() for week in MONDAYS}
    own = [row for row in TRUTH["landing"] if row["week"] in weeks and network in row["source"]]
    return [row for row in own if paid is None or ("cpc" in row["source"]) == paid]


def test_the_window_is_the_eight_weeks_before(found: Audience) -> None:
    """The last whole weeks up to the last day of the exports."""
    assert found.window.weeks == tuple(MONDAYS)
    assert found.networks == ("instagram", "facebook", "tiktok")


@pytest.mark.parametrize(("network", "basis"), [("instagram", "reach"), ("facebook", "reach"), ("tiktok", "views")])
def test_engagement_is_the_truths(found: Audience, network: str, basis: str) -> None:
    """Likes, comments, shares and saves of the posts over the people, or views, that their export knows."""
    own = posts(network)
    kpi = found.kpis[network]["engagement_rate"]
    assert (kpi.value, kpi.basis) == (engaged(own) / sum(p[basis] for p in own), basis)


@pytest.mark.parametrize("network", ["instagram", "facebook"])
def test_kinds_of_content_are_the_truths(found: Audience, network: str) -> None:
    """Each kind's rate and number of posts; reels lead on both."""
    cells = {cell.kind: cell for cell in found.cells if cell.network == network}
    assert set(cells) == {p["kind"] for p in posts(network)}
    for kind, cell in cells.items():
        own = posts(network, kind)
        assert (cell.posts, cell.rate.value) == (len(own), engaged(own) / sum(p["reach"] for p in own))
    assert max(cells, key=lambda kind: cells[kind].rate.value or 0) == "reel"
    assert found.kpis[network]["best_content"].kind == "reel"


def test_followers_are_the_truths(found: Audience) -> None:
    """The levels of the last day; TikTok's of every week follow from who came and left."""
    assert {n: found.kpis[n]["followers"].value for n in found.networks} == TRUTH["followers"]
    assert found.kpis[ALL]["followers"].value == sum(TRUTH["followers"].values())
    weeks, level = pages("tiktok"), TRUTH["followers"]["tiktok"]
    levels = []
    for row in reversed(weeks):
        levels.append(level)
        level -= row["follows"] - row["unfollows"]
    assert found.kpis["tiktok"]["followers"].weeks == tuple(reversed(levels))
    assert found.kpis["instagram"]["followers"].change == sum(row["follows"] for row in pages("instagram"))


def test_negative_feedback_passes_its_line_on_tiktok(found: Audience) -> None:
    """People who left per 1,000 reached, week by week; the last two lie over 1.5, and only this is an alert."""
    weeks = [1000 * row["unfollows"] / row["reach"] for row in pages("tiktok")]
    kpi = found.kpis["tiktok"]["negative_feedback"]
    assert kpi.weeks == pytest.approx(tuple(weeks))
    assert [x > 1.5 for x in weeks] == [False] * 6 + [True] * 2
    assert kpi.value == 1000 * sum(r["unfollows"] for r in pages("tiktok")) / sum(r["reach"] for r in pages("tiktok"))
    own = posts("facebook")
    assert found.kpis["facebook"]["negative_feedback"].value == 1000 * sum(p["hidden"] for p in own) / sum(
        p["reach"] for p in own
    )
    assert found.kpis["instagram"]["negative_feedback"].missing == "negative"
    assert [(alert.kpi, alert.network, alert.week) for alert in alerts_of(PLAN, found)] == [
        ("negative_feedback", "tiktok", MONDAYS[-1])
    ]


def test_free_reach_is_worth_the_own_price(found: Audience) -> None:
    """People reached by posts at 4.50 for 1,000 ad views; TikTok's page at 2.00; the mean of eight weeks."""
    people = sum(p["reach"] for p in posts("instagram"))
    assert found.kpis["instagram"]["reach_value"].value == pytest.approx(people * 4.5 / 1000 / 8)
    people = sum(row["reach"] for row in pages("tiktok"))
    assert found.kpis["tiktok"]["reach_value"].value == pytest.approx(people * 2 / 1000 / 8)


@pytest.mark.parametrize("network", ["instagram", "facebook", "tiktok"])
def test_visits_and_bounces_are_the_truths(found: Audience, network: str) -> None:
    """Sessions a week, 1 - engaged / sessions and key events per session, of the network's sources."""
    own = sessions(network)
    total = sum(row["sessions"] for row in own)
    kpis = found.kpis[network]
    assert kpis["visits"].value == total / 8
    assert kpis["bounce_rate"].value == pytest.approx(1 - sum(row["engaged"] for row in own) / total)
    assert kpis["visits"].ratio is not None
    assert kpis["visits"].ratio.value == sum(row["key_events"] for row in own) / total
    steps = {step.name: step for step in found.funnels[network]}
    free = sessions(network, paid=False)
    assert steps["visits"].value == sum(row["sessions"] for row in free)
    assert steps["customers"].value == sum(row["key_events"] for row in free)


def test_the_profile_is_the_truths(found: Audience) -> None:
    """Of 25 to 54 year-olds of both genders, and of Baku, in tenths of a percent."""
    for network in ("instagram", "facebook"):
        inside = sum(sum(TRUTH["people"][network][age]) for age in ("25-34", "35-44", "45-54"))
        profile = found.profiles[network]
        assert profile.people == pytest.approx(inside / 1000)
        assert profile.places == pytest.approx(TRUTH["cities"]["Baku, Azerbaijan"] / 1000)
    assert found.kpis["tiktok"]["profile"].missing == "split"


def test_a_file_in_two_halves_changes_nothing(store: Store, found: Audience) -> None:
    """Half the days in each of two uploads give every measure of the one upload."""
    uploaded = take(store, store.create_workspace("Halves", currency="AZN").workspace_id, halves())
    other = audience_of(PLAN, uploaded, PRICES, uploaded.window(AS_OF.date()))
    assert (other.kpis, other.cells, other.funnels) == (found.kpis, found.cells, found.funnels)
    assert (other.candidates, other.web.landings) == (found.candidates, found.web.landings)
