"""The Audience screen of the sample firm: cards against the truth file, networks, ways to what is missing, targets."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from budget.present.words import words_for
from budget.store import Store
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, figures, has, labels, press, table, texts, title
from tests.pages.sample.truth import FOLDER

TRUTH: dict[str, Any] = json.loads((FOLDER / "nar_ev_pages" / "truth.json").read_text("utf-8"))
FIRST = "2026-09-21"


@pytest.fixture
def audience(open_app: OpenApp) -> AppTest:
    """The Audience screen, in English."""
    return calm(open_app("audience"))


def reacted(*networks: str) -> float:
    """Interactions over people reached, of posts of the last eight weeks."""
    own = [p for p in TRUTH["posts"] if p["network"] in networks and p["day"] >= FIRST]
    total: int = sum(p["likes"] + p["comments"] + p["shares"] + p["saves"] for p in own)
    return float(total / sum(p["reach"] for p in own))


def visits() -> list[dict[str, Any]]:
    """Landing rows of networks in these weeks."""
    networks = ("facebook", "instagram", "tiktok")
    return [r for r in TRUTH["landing"] if r["week"] >= FIRST and any(name in r["source"] for name in networks)]


def test_the_cards_say_the_truth(audience: AppTest) -> None:
    """Followers, engagement, visits a week and bounce rate of all networks, as the truth file adds up."""
    shown = figures(audience)
    assert shown["Followers"] == f"{sum(TRUTH['followers'].values()):,}"
    assert shown["Engagement rate"] == f"{100 * reacted('facebook', 'instagram'):.1f}%"
    sessions, engaged = (sum(row[name] for row in visits()) for name in ("sessions", "engaged"))
    assert shown["Visits to site"] == f"{sessions / 8:,.0f}"
    assert shown["Bounce rate"] == f"{100 * (1 - engaged / sessions):.0f}%"
    assert len(shown) == 8
    assert has(audience, "of people reached; without TikTok")


def test_the_title_says_what_leads_and_what_is_over_its_line(audience: AppTest) -> None:
    """Reels lead, and people turn away on TikTok."""
    assert title(audience).startswith("Reels earn ")
    assert title(audience).endswith("negative feedback is over its alert line on TikTok")


def test_landing_pages_are_the_truths(audience: AppTest) -> None:
    """The most visited page and source, with its sessions and bounce rate."""
    rows = [row for row in TRUTH["landing"] if row["week"] >= FIRST]
    sums: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        found = sums.setdefault((row["page"], row["source"]), [0, 0])
        found[0] += row["sessions"]
        found[1] += row["engaged"]
    page, source = max(sums, key=lambda key: sums[key][0])
    sessions, engaged = sums[page, source]
    shown = next(t.value for t in audience.table if "Source" in t.value.columns).iloc[0]
    assert (shown["Source"], shown["Sessions"]) == (source, f"{sessions:,}")
    assert shown["Bounce rate"] == f"{100 * (1 - engaged / sessions):.0f}%"


def test_a_network_alone_names_what_its_exports_lack(audience: AppTest) -> None:
    """Instagram's exports do not say who left: the card has no figure, and says how to get it."""
    audience.segmented_control(key="audience_network").set_value("instagram").run()
    calm(audience)
    assert figures(audience)["Engagement rate"] == f"{100 * reacted('instagram'):.1f}%"
    assert figures(audience)["Negative feedback"] == "–"
    assert has(audience, "Not in your exports")
    assert has(audience, "Instagram shows who left only in its app: Professional dashboard → Total followers.")
    assert "Upload exports" in labels(audience)


def test_the_funnel_leaves_out_what_ads_brought(audience: AppTest) -> None:
    """Free visits and their key events only; a step that the firm does not have says so."""
    steps = table(audience, "Step")
    free = [row for row in visits() if "cpc" not in row["source"]]
    assert steps["Free visits"]["Number"] == f"{sum(row['sessions'] for row in free):,}"
    assert steps["Customers"]["Number"] == f"{sum(row['key_events'] for row in free):,}"
    assert steps["Leads"]["What is counted"] == "you sell directly"
    assert steps["Reactions"]["Rate"] == "–"


def test_a_target_is_stored_as_it_is_typed_and_taken_back(audience: AppTest, store: Store) -> None:
    """An alert line for TikTok alone changes its card at once; the undo brings the old one back."""
    audience.segmented_control(key="audience_network").set_value("tiktok").run()
    audience.number_input(key="goal_tiktok_negative_feedback_alert").set_value(9.0).run()
    calm(audience)
    (head,) = [head for head in store.plans(1) if head.status == "draft"]
    stored = {(a.scope, a.key): a.likely for a in store.plan(1, head.plan_id).assumptions}
    assert stored["kpi:tiktok", "negative_feedback.alert"] == 9.0
    assert stored["kpi", "negative_feedback.alert"] == 1.5
    assert not title(audience).endswith("TikTok")
    calm(press(audience, "Undo"))
    kept = {(a.scope, a.key) for a in store.plan(1, head.plan_id).assumptions}
    assert ("kpi:tiktok", "negative_feedback.alert") not in kept
    assert title(audience).endswith("over its alert line on TikTok")


def test_an_emptied_target_is_gone(audience: AppTest, store: Store) -> None:
    """Nothing typed means no target: the chip then says what changed."""
    audience.number_input(key="goal__followers_target").set_value(None).run()
    (head,) = [head for head in store.plans(1) if head.status == "draft"]
    assert "followers.target" not in {a.key for a in store.plan(1, head.plan_id).assumptions}
    followers = next(metric for metric in audience.metric if metric.label == "Followers")
    assert followers.delta == "+1,299 in all weeks"


def test_more_weeks_can_be_chosen(audience: AppTest) -> None:
    """Thirteen weeks reach back before the first export; sums a week rest on the weeks that are known."""
    audience.selectbox(key="audience_weeks").set_value(13).run()
    calm(audience)
    rows = [row for row in TRUTH["landing"] if any(n in row["source"] for n in ("facebook", "instagram", "tiktok"))]
    sessions = sum(row["sessions"] for row in rows)
    assert figures(audience)["Visits to site"] == f"{sessions / 10:,.0f}"


def test_it_speaks_azerbaijani(open_app: OpenApp) -> None:
    """Cards, captions and steps in the person's language, with its decimal comma."""
    app, say = calm(open_app("audience", lang="az")), words_for("az").say
    assert say("Engagement rate") in figures(app)
    assert figures(app)[say("Engagement rate")] == f"{100 * reacted('facebook', 'instagram'):.1f}%".replace(".", ",")
    app.segmented_control(key="audience_network_az").set_value("tiktok").run()
    calm(app)
    assert not [text for text in texts(app, "title", "header") if "alert line" in text]
