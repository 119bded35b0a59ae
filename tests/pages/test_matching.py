"""Campaigns and plan lines: nothing is matched unasked, nothing unmatched is dropped, an answer is remembered."""

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from budget.editing import new_line, with_lines
from budget.store import Store
from budget.weeks import WEEK
from pages.parts.matcher import MOST_SHOWN
from sample_data.make import FOLDER
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, figures, has, labels, plain, press, table, texts
from tests.pages.own import FIRST_WEEK, drop, meta_csv, own_firm
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


def named(data: bytes, number: str) -> bytes:
    """The same Meta file with the campaign's own number beside its name."""
    head, *rows = data.decode("utf-8-sig").splitlines()
    lines = [f"{head},Campaign ID", *(f"{row},{number}" for row in rows)]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def test_a_renamed_campaign_keeps_its_line(open_app: OpenApp, store: Store) -> None:
    """The platform's own number is the campaign: under another name it counts for the same line, unasked."""
    own_firm(store, ("meta",))
    first = named(meta_csv([("Çay", "2026-10-19", 1000, 20, 1, "12.34")]), "120210000000000001")
    renamed = named(meta_csv([("Yay", "2026-10-26", 1000, 20, 1, "7.66")]), "120210000000000001")
    app = drop(open_app("upload"), ("one.csv", first))
    press(press(app, "Save 1 file"), "Confirm 1 match")
    press(drop(app, ("two.csv", renamed)), "Save 1 file")
    assert "Confirm 1 match" not in [button.label for button in app.button]
    assert has(app, "**Yay** · Meta")
    assert by_channel(open_app("review")) == {"Meta · prospecting": "20.00", "All channels": "20.00"}


def test_matched_campaigns_can_be_shown_and_changed(open_app: OpenApp, store: Store) -> None:
    """While others wait, the matched ones stay folded until asked for; one of them can then be moved away."""
    own_firm(store, ("meta",))
    app = drop(open_app("upload"), ("one.csv", meta_csv([("Çay", "2026-10-19", 1000, 20, 1, "12.34")])))
    press(press(app, "Save 1 file"), "Confirm 1 match")
    press(drop(app, ("two.csv", meta_csv([("Yay", "2026-10-26", 1000, 20, 1, "7.66")]))), "Save 1 file")
    assert not has(app, "**Çay** · Meta")
    (shown,) = [toggle for toggle in app.toggle if "match_all" in str(toggle.key)]
    calm(shown.set_value(True).run())
    assert has(app, "**Çay** · Meta")
    (box,) = [box for box in app.selectbox if "Çay" in str(box.label)]
    box.set_value("").run()
    press(app, "Confirm 2 matches")
    assert by_channel(open_app("review")) == {
        "Meta · prospecting": "7.66",
        "Meta · not matched": "12.34",
        "All channels": "20.00",
    }


def two_names(*names: str) -> bytes:
    """A Meta file of one day with these campaigns, 10.00 each."""
    return meta_csv([(name, "2026-10-19", 1000, 20, 1, "10.00") for name in names])


def two_lines(store: Store) -> int:
    """A firm whose Meta has two lines, one of them with a UTM name."""
    firm = own_firm(store, ("meta",))
    plan = store.plan(firm, store.plans(firm)[0].plan_id)
    more = new_line(plan, "meta", "video", start=FIRST_WEEK, end=FIRST_WEEK + WEEK, budget_micros=1_000_000)
    lines = [replace(line, utm_campaign="payiz_26") if line.tactic == "video" else line for line in more.lines]
    store.save_plan(firm, with_lines(more, lines))
    return firm


def test_suggestions_say_why_and_doubt_suggests_nothing(open_app: OpenApp, store: Store) -> None:
    """A UTM name inside the name, a word of the tactic, a likeness in percent; what is like nothing waits."""
    firm = two_lines(store)
    names = ("AZ | payiz 26 | v2", "cold audience", "rospecting", "xyz")
    app = calm(press(drop(open_app("upload"), ("a.csv", two_names(*names))), "Save 1 file"))
    assert has(app, "suggested: the line's UTM name")
    assert has(app, "suggested: the name holds the tactic")
    assert [text for text in texts(app, "caption") if text.startswith("suggested: ") and text.endswith("% alike")]
    assert has(app, "no suggestion: choose a line")
    assert store.matches(firm) == ()
    calm(press(app, "Confirm 3 matches"))
    found = {match.campaign_slot.removeprefix("name:"): (match.tactic, match.how) for match in store.matches(firm)}
    assert found == {
        "az | payiz 26 | v2": ("video", "utm"), "cold audience": ("prospecting", "person"),
        "rospecting": ("prospecting", "person"),
    }  # fmt: skip
    assert "Match 1 campaign" in labels(app)


def test_one_undo_takes_all_of_a_confirmation_back(open_app: OpenApp, store: Store) -> None:
    """What was confirmed together goes back together; what was decided before stays."""
    firm = two_lines(store)
    app = press(drop(open_app("upload"), ("a.csv", two_names("cold A"))), "Save 1 file")
    press(app, "Confirm 1 match")
    before = store.matches(firm)
    press(drop(app, ("b.csv", two_names("cold B", "cold C"))), "Save 1 file")
    app = calm(press(app, "Confirm 2 matches"))
    assert has(app, "2 campaigns matched.")
    assert len(store.matches(firm)) == 3
    app = calm(press(app, "Undo the matches"))
    assert store.matches(firm) == before
    assert "Match 2 campaigns" in labels(app)
    assert "Undo the matches" not in labels(app)


def test_a_moved_campaign_goes_back_to_its_line(open_app: OpenApp, store: Store) -> None:
    """Undo restores the earlier line, not only the absence of one."""
    firm = two_lines(store)
    app = press(drop(open_app("upload"), ("a.csv", two_names("cold A"))), "Save 1 file")
    press(app, "Confirm 1 match")
    (box,) = [box for box in app.selectbox if "cold A" in plain(box.label)]
    box.set_value("").run()
    press(app, "Confirm 1 match")
    assert [match.line_key for match in store.matches(firm)] == [None]
    press(app, "Undo the matches")
    assert [match.tactic for match in store.matches(firm)] == ["prospecting"]


def test_the_name_before_a_rename_stands_beside_the_new_one(open_app: OpenApp, store: Store) -> None:
    """By the platform's own number it is one campaign: the screen shows what it was called."""
    own_firm(store, ("meta",))
    first = named(meta_csv([("Çay $x$", "2026-10-19", 1000, 20, 1, "12.34")]), "120210000000000001")
    renamed = named(meta_csv([("Yay", "2026-10-26", 1000, 20, 1, "7.66")]), "120210000000000001")
    app = drop(open_app("upload"), ("one.csv", first))
    press(press(app, "Save 1 file"), "Confirm 1 match")
    press(drop(app, ("two.csv", renamed)), "Save 1 file")
    assert has(app, "**Yay** · Meta")
    assert has(app, "called “Çay $x$” before · matched by you")


def test_many_campaigns_are_shown_in_parts(open_app: OpenApp, store: Store) -> None:
    """No more choosers than a screen bears; the rest comes after these were confirmed."""
    own_firm(store, ("meta",))
    many = two_names(*(f"Çay {n:02d}" for n in range(MOST_SHOWN + 5)))
    app = press(drop(open_app("upload"), ("a.csv", many)), "Save 1 file")
    assert f"Match {MOST_SHOWN + 5} campaigns" in labels(app)
    assert has(app, "5 more come after these.")
    calm(press(app, f"Confirm {MOST_SHOWN} matches"))
    assert "Match 5 campaigns" in labels(app)
