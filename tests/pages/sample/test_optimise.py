"""Optimise over the sample firm: the answer, limits typed by hand, and a scenario that is made and taken back."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from budget.money import MICROS
from budget.plan import StoredPlan
from budget.present.words import LANGUAGES, words_for
from budget.store import Store
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, edited, has, labels, press, table, texts, title

AHEAD = ("2026-11-23", "2026-11-30")


def draft_of(store: Store) -> StoredPlan:
    """The newest draft of the sample firm."""
    (firm,) = store.workspaces()
    heads = [head for head in store.plans(firm.workspace_id) if head.status == "draft"]
    return store.plan(firm.workspace_id, max(head.plan_id for head in heads))


def money_ahead(plan: StoredPlan) -> int:
    """What the plan holds for the two weeks to come, in micros."""
    return sum(week.budget_micros for week in plan.weeks if week.week_start.isoformat() in AHEAD)


def ask(app: AppTest, aim: str) -> AppTest:
    """Choose what counts."""
    app.session_state["advice_aim"] = aim
    return calm(app.run())


def whole(text: str) -> int:
    """A figure of a table."""
    return int(text.replace("−", "-").replace(",", "").replace("+", ""))


@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_each_goal_has_an_answer_in_words(open_app: OpenApp, lang: str) -> None:
    """All four goals give a finding, reasons and a certificate, in both languages."""
    app, say = open_app("optimise", lang=lang), words_for(lang).say
    found = [title(app)]
    for aim in ("customers", "target", "increment"):
        found.append(title(ask(app, aim)))
        assert has(app, say("Why, and how sure"))
        assert has(app, "0,0" if lang == "az" else "0.0")
        assert len(app.get("vega_lite_chart")) == 4
    assert len(set(found)) == 4


def test_the_table_keeps_the_money(open_app: OpenApp, store: Store) -> None:
    """Proposed less today is the change of every line, and the changes sum to nothing but rounding."""
    rows = table(open_app("optimise"), "Line")
    assert rows["TikTok · awareness"]["What holds it"] == "no week left"
    changes = [whole(row["Change"]) for row in rows.values()]
    for row, change in zip(rows.values(), changes, strict=True):
        assert abs(whole(row["Proposed"]) - whole(row["Today"]) - change) <= 1
    assert abs(sum(changes)) <= len(changes)
    assert abs(sum(whole(row["Today"]) for row in rows.values()) - money_ahead(draft_of(store)) / MICROS) <= len(rows)


def test_a_scenario_is_a_copy_and_can_be_taken_back(open_app: OpenApp, store: Store) -> None:
    """Saving makes a draft with the same money in other weeks; the plan before stays, and undo brings it back."""
    before = draft_of(store)
    app = calm(press(open_app("optimise"), "Save as scenario"))
    made = draft_of(store)
    assert (made.name, made.based_on_plan_id) == (f"{before.name}, optimised", before.plan_id)
    assert made.budget_micros == before.budget_micros
    assert money_ahead(made) == money_ahead(before)
    assert made.weeks != before.weeks
    past = [[w for w in plan.weeks if w.week_start.isoformat() not in AHEAD] for plan in (made, before)]
    assert past[0] == past[1]
    assert (made.objectives, made.costs) == (before.objectives, before.costs)
    assert {a for a in made.assumptions if a.key != "spend_week"} == set(before.assumptions)
    assert store.plan(before.workspace_id, before.plan_id) == before
    assert title(app) == "Saved as a scenario"
    calm(press(app, f"Undo: back to {before.name}"))
    assert draft_of(store) == before


def test_a_scenario_can_be_asked_about_again(open_app: OpenApp) -> None:
    """After saving nothing new is pressed on the person; a press asks from the scenario on, and undo stays at hand."""
    app = press(open_app("optimise"), "Save as scenario")
    assert "Save as scenario" not in labels(app)
    again = calm(press(app, "Ask again from here"))
    assert title(again) != "Saved as a scenario"
    assert has(again, "is a copy of Payız 2026")
    assert any(label.startswith("Undo: back to") for label in labels(again))


def test_a_line_that_stays_keeps_its_money(open_app: OpenApp, store: Store) -> None:
    """A tick under the limits locks the line, and the table says by whom."""
    app = open_app("optimise")
    plan = draft_of(store)
    key = f"advice_limits_{plan.plan_id}_{plan.version}_2"
    rows = table(calm(edited(app, key, rows={0: {"stays": True}, 2: {"high": 3600.0}})), "Line")
    assert rows["Meta · prospecting"]["Change"] == "0"
    assert rows["Meta · prospecting"]["What holds it"] == "committed"
    assert whole(rows["Google · search"]["Proposed"]) <= 3600
    assert rows["Google · search"]["What holds it"] == "at most AZN 3,600, as you said"


@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_what_cannot_be_is_said_in_words(open_app: OpenApp, store: Store, lang: str) -> None:
    """A target out of reach names the target, what the limits allow, and the next step."""
    app = ask(open_app("optimise", lang=lang), "target")
    plan = draft_of(store)
    app.number_input(key=f"advice_target_{plan.plan_id}_{plan.version}").set_value(900_000.0)
    app = calm(app.run())
    assert title(app) == words_for(lang).say("No split can do that")
    said = [text for text in texts(app, "markdown") if re.search("900[.,]000", text)]
    assert len(said) == 1
    assert len(re.findall(r"\d[\d.,]+", said[0])) >= 3
    assert len(app.get("vega_lite_chart")) == 2


@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_what_budget_for_revenue_or_profit(open_app: OpenApp, lang: str) -> None:
    """The plain question is answered in a sentence with the target and the lines, or with why it cannot be."""
    app, say = ask(open_app("optimise", lang=lang), "target"), words_for(lang).say
    key = "advice_measure" if lang == "en" else f"advice_measure_{lang}"
    app.selectbox(key=key).set_value("revenue")
    calm(app.run())
    said = next(text for text in texts(app, "markdown") if say("net revenue of {amount}", amount="").strip() in text)
    assert "Google · " in said
    app.selectbox(key=key).set_value("profit")
    calm(app.run())
    named = say("profit of {amount} after media", amount="").split()[-1]
    assert title(app) == say("No split can do that") or named in title(app)
    assert len(app.get("vega_lite_chart")) in (2, 4)


def test_the_slider_answers_from_what_is_known(open_app: OpenApp) -> None:
    """Another budget changes the sentence and the charts of its part; it can be asked about in full."""
    app = open_app("optimise")
    slider = next(each for each in app.select_slider if str(each.key).startswith("whatif"))
    before = texts(app, "markdown")
    slider.set_value(-0.2)
    app = calm(app.run())
    said = next(text for text in texts(app, "markdown") if text not in before)
    assert "11,264" in said
    asked = calm(press(app, "Ask about this budget"))
    assert "11,264" in title(asked)


def test_a_platform_has_limits(open_app: OpenApp, store: Store) -> None:
    """At most 4,000 for Google, typed in the table of platforms: both lines together keep it; the table says so."""
    app = open_app("optimise")
    plan = draft_of(store)
    key = f"advice_platforms_{plan.plan_id}_{plan.version}_2"
    place = [line.platform for line in dict.fromkeys(plan.lines)]
    platforms = list(dict.fromkeys(place))
    rows = table(calm(edited(app, key, rows={platforms.index("google"): {"high": 4000.0}})), "Line")
    google = [row for name, row in rows.items() if name.startswith("Google")]
    assert sum(whole(row["Proposed"]) for row in google) <= 4001
    assert any(row["What holds it"] == "Google together at most AZN 4,000, as you said" for row in google)
    crossed = calm(edited(app, key, rows={platforms.index("google"): {"low": 5000.0, "high": 4000.0}}))
    assert has(crossed, "Change one of the two")


def test_a_plan_that_is_over_has_a_next_step(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """A year later the screen still stands: it advises on the weeks that nobody uploaded and says so."""
    monkeypatch.setenv("PAYOFF_TODAY", "2027-11-22")
    assert has(calm(open_app("optimise")), "The plan is over.")
