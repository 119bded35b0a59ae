"""The owner's page over the sample firm: its blocks in order, figures that agree with each other and other screens."""

import json
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from budget.present.words import LANGUAGES, words_for
from budget.store import Closing, Decision, Store
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, figures, has, labels, plain, press, table, texts
from tests.pages.sample.test_plan_versions import heads
from tests.pages.sample.truth import PLAN

MONEY, CASH, BUDGETS, RECORD = 0, 1, 2, 3
TODAY = "2026-11-22"


def chart(app: AppTest, at: int) -> dict[str, Any]:
    """The chart at that place as it is sent."""
    found: dict[str, Any] = json.loads(app.get("vega_lite_chart")[at].proto.spec)
    return found


def rows(drawn: dict[str, Any], *names: str) -> list[dict[str, Any]]:
    """The rows of the first layer whose rows have these fields."""
    layers = [layer.get("data", {}).get("values", []) for layer in drawn["layer"]]
    return next(found for found in layers if found and set(names) <= set(found[0]))


def decided(store: Store) -> None:
    """A decision of last week that was done, and October closed."""
    (locked,) = heads(store, "locked")
    one = Decision(date(2026, 11, 16), "cut", "AZN", "tiktok", "prospecting", "tiktok_prospecting", 500_000_000,
                   status="done")  # fmt: skip
    store.add_decision(locked.workspace_id, one)
    days = date(2026, 10, 1), date(2026, 11, 1)
    body = {"income": {"actual": {"profit": 1}}}
    store.add_closing(locked.workspace_id, Closing("month", *days, locked.plan_id, locked.version, 1, body))


@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_blocks_stand_in_the_owners_order(open_app: OpenApp, store: Store, lang: str) -> None:
    """Four cards; statement, cash, budgets, record; lines that go first; what was decided and closed; what next."""
    decided(store)
    app, say = calm(open_app("overview", lang=lang)), words_for(lang).say
    names = ("Chance of the goal", "Chance of a loss", "Profit, projected", "Pays back in")
    assert list(figures(app)) == [say(name) for name in names]
    assert len(app.get("vega_lite_chart")) == 4
    found = texts(app, "header")
    assert found[found.index(say("If money gets tight, these lines go first")) + 1].startswith(say("Earlier decisions"))
    assert found[-1] == say("What next")
    ((_, row),) = table(app, say("Week from")).items()
    assert row[say("Decision")].startswith(f"{say('Cut')} · TikTok")
    assert "500" in row[say("Amount")]
    assert row[say("State")].startswith(say("done"))
    month = {"en": "October 2026", "az": "oktyabr 2026"}[lang]
    assert any(month.casefold() in text.casefold() for text in texts(app, "caption"))


def test_figures_agree_on_the_page_and_with_optimise(open_app: OpenApp) -> None:
    """Statement and cash end at the card; the lines that go first have the plan file's money; the record counts its
    dots; the verdict on the budget, its break-even and today's profit are those of the Optimise screen.
    """
    app = calm(open_app("overview"))
    card = figures(app)["Profit, projected"]
    statement_adds_up(chart(app, MONEY), card)
    cash_ends_there(chart(app, CASH), card)
    record_counts(app)
    first_line_has_its_money(app)
    change_is_told(app)
    verdict = next(text for text in texts(app, "header") if "budget" in text)
    even = next(text for text in texts(app, "caption") if text.startswith("Break-even"))
    (keep,) = [row for row in rows(chart(app, BUDGETS), "low", "mid", "high") if row["name"].startswith("Keep")]
    optimise = calm(app.switch_page("pages/optimise.py").run())
    assert verdict in texts(optimise, "header")
    assert has(optimise, even)
    (today,) = [found for found in table(optimise, "Budget").values() if found["Change"] == "today"]
    assert round(keep["mid"]) == int(today["Profit"].replace(",", "").replace("−", "-").replace("+", ""))


def statement_adds_up(drawn: dict[str, Any], card: str) -> None:
    """Each bar begins where the one before ended, totals at zero; the last one is the card's figure."""
    level, bars = 0.0, rows(drawn, "start", "end", "role")
    for bar in bars:
        assert bar["start"] == pytest.approx(level if bar["role"] == "neutral" else 0.0, abs=1e-6)
        assert bar["role"] == "neutral" or bar["end"] == pytest.approx(level, abs=1e-6) or bar is bars[0]
        level = bar["end"]
    assert [bars[0]["name"], bars[-1]["name"]] == ["Net revenue claimed", "Profit"]
    assert f"{abs(round(level)):,}" == re.sub(r"[^\d,]", "", card)


def cash_ends_there(drawn: dict[str, Any], card: str) -> None:
    """Without terms of payment the middle of cash after the last week is the profit; the plan's line stands beside."""
    values = (row for layer in drawn["layer"] for row in layer.get("data", {}).get("values", []))
    said = [row["text"] for row in values if "text" in row]
    (projected,) = [text for text in said if text.startswith("Projected")]
    thousands = float(re.sub(r"[^\d.]", "", card)) / 1000
    assert abs(float(re.sub(r"[^\d.]", "", projected))) == pytest.approx(thousands, abs=0.06)
    assert any(text.startswith("Plan") for text in said)


def record_counts(app: AppTest) -> None:
    """The sentence counts the dots that lie within their bars."""
    (said,) = [text for text in texts(app, "header") if text.startswith("Our range")]
    layers = [layer for layer in chart(app, RECORD)["layer"] if layer["mark"]["type"] == "point"]
    dots = layers[0]["data"]["values"]
    inside = sum(row["low"] <= row["y"] <= row["high"] for row in dots)
    assert said == f"Our ranges were right in {inside} of {len(dots)} weeks"


def first_line_has_its_money(app: AppTest) -> None:
    """The one optional line has what the plan file gives it from the coming Monday on."""
    (line,) = [line for line in PLAN["line"] if line["commitment"] == "optional"]
    left = sum(Decimal(str(x)) for monday, x in line["weeks"].items() if monday >= TODAY)
    found = table(app, "Line")
    assert list(found) == ["TikTok · prospecting"]
    assert found["TikTok · prospecting"]["Left to spend"] == f"AZN {left:,.0f}"
    assert re.fullmatch(r"[<>]?\d+%", found["TikTok · prospecting"]["Chance that cutting is right"])


def change_is_told(app: AppTest) -> None:
    """The sample kept a forecast before the last uploads: the chip compares with it, the help says since when."""
    metric = next(metric for metric in app.metric if plain(metric.label) == "Chance of the goal")
    assert re.fullmatch(r"\d+ pp (up|down)|about the same", plain(metric.delta))
    assert "knew nothing of the weeks from" in plain(metric.help)


def test_approving_makes_the_next_version_and_the_old_one_stays(open_app: OpenApp, store: Store) -> None:
    """Proposed as it is, the page says that nothing changes, and asks; approved, it says version 2 of that day."""
    (before,) = heads(store, "locked")
    draft = heads(store)[0]
    store.propose_plan(draft.workspace_id, draft.plan_id, seen_version=draft.version, note="As it is")
    app = calm(open_app("overview"))
    assert has(app, "version 1 approved on")
    assert has(app, "It says the same as the approved version.")
    assert "Lock it" in labels(press(app, "Approve"))
    store.lock_plan(draft.workspace_id, draft.plan_id, seen_version=draft.version)
    app = calm(app.run())
    assert has(app, "version 2 approved on")
    assert not has(app, "waits for your approval")
    first, second = heads(store, "locked")
    assert first == before
    assert second.lines == draft.lines
