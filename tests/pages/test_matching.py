"""Campaigns and plan lines: nothing is matched unasked, nothing unmatched is dropped, an answer is remembered."""

import json
from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from budget.store import Store
from sample_data.make import FOLDER
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, figures, has, press, table, texts
from tests.pages.own import drop, meta_csv, own_firm
from tests.test_samples import exports

TRUTH: list[dict[str, Any]] = json.loads((FOLDER / "own_upload" / "truth.json").read_text("utf-8"))["rows"]


def spent(platform: str = "") -> str:
    """What the truth says was spent, of a platform or in all."""
    micros = sum(row["spend_micros"] for row in TRUTH if row["platform"] == (platform or row["platform"]))
    return f"{Decimal(micros) / 1_000_000:,.2f}"


def by_channel(app: AppTest) -> dict[str, str]:
    """What was spent, by channel."""
    app.segmented_control(key="variance_view").set_value("channels").run()
    return {name: cells["Actual"] for name, cells in table(app, "Channel").items()}


@pytest.fixture
def uploaded(open_app: OpenApp, store: Store) -> AppTest:
    """The Upload screen after the three exports of the tea firm were dropped and saved."""
    own_firm(store)
    files = [(path.name, path.read_bytes()) for path in exports("own_upload")]
    return press(drop(open_app("upload"), *files), "Save 3 files")


def test_unmatched_spend_is_shown_and_counts(uploaded: AppTest, open_app: OpenApp) -> None:
    """Before anybody matched anything, all money stands in the totals, as not matched."""
    calm(uploaded)
    review = calm(open_app("review"))
    shown = by_channel(review)
    assert {name: amount for name, amount in shown.items() if "not matched" in name} == {
        "Meta · not matched": spent("meta"),
        "Google · not matched": spent("google"),
        "TikTok · not matched": spent("tiktok"),
    }
    assert shown["All channels"] == spent()
    assert has(review, f"AZN {spent()} belongs to no line of the plan.")


def test_confirmed_matches_move_the_money(uploaded: AppTest, open_app: OpenApp) -> None:
    """After the proposals were confirmed, each platform's money stands at its line, and the totals are the same."""
    calm(press(uploaded, "Confirm 4 matches"))
    assert "Match" not in " ".join(button.label for button in uploaded.button)
    review = calm(open_app("review"))
    assert by_channel(review) == {
        "Meta · prospecting": spent("meta"),
        "Google · search": spent("google"),
        "TikTok · prospecting": spent("tiktok"),
        "All channels": spent(),
    }
    assert figures(review)["Spend"] == f"AZN {Decimal(spent().replace(',', '')).quantize(Decimal(1)):,}"


def test_a_campaign_can_stay_outside_the_plan(uploaded: AppTest, open_app: OpenApp) -> None:
    """Saying "not in the plan" is an answer: it is not asked again, and its money still counts."""
    (tiktok,) = [box for box in uploaded.selectbox if "tiktok" in str(box.key)]
    tiktok.set_value("").run()
    press(uploaded, "Confirm 4 matches")
    review = open_app("review")
    assert not [text for text in texts(review, "caption") if text.startswith("Match")]
    assert "Match" not in " ".join(part.label for part in review.expander)
    assert by_channel(review)["TikTok · not matched"] == spent("tiktok")
    assert by_channel(review)["All channels"] == spent()


def test_a_match_is_remembered_for_later_files(open_app: OpenApp, store: Store) -> None:
    """The next week of a campaign that was matched needs no confirmation."""
    own_firm(store, ("meta",))
    app = drop(open_app("upload"), ("one.csv", meta_csv([("Çay", "2026-10-19", 1000, 20, 1, "12.34")])))
    press(press(app, "Save 1 file"), "Confirm 1 match")
    drop(app, ("two.csv", meta_csv([("Çay", "2026-10-26", 1000, 20, 1, "7.66")])))
    press(app, "Save 1 file")
    assert "Confirm 1 match" not in [button.label for button in app.button]
    assert by_channel(open_app("review")) == {"Meta · prospecting": "20.00", "All channels": "20.00"}
