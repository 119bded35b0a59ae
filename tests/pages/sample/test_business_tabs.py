"""The tabs of the Business screen: what is typed is stored, answered beside the inputs, and can be taken back."""

from datetime import date
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from budget.lifetime import Repeat, lifetime_of, repeat_of
from budget.money import micros
from budget.plan import PlanChallenge, StoredPlan
from budget.present.numbers import numbers_for
from budget.rates import Rate
from budget.setups import choose, chosen, compared, crossings
from budget.store import Store
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, figures, has, labels, press, table, texts

TABS = ("One order", "One customer", "Goals", "Audiences", "Challenges", "Team", "Currencies and VAT")
TABS_AZ = ("Bir sifariş", "Bir müştəri", "Hədəflər", "Auditoriyalar", "Çətinliklər", "Komanda", "Valyutalar və ƏDV")
NUMBERS = numbers_for("en", "AZN")


def draft(store: Store) -> StoredPlan:
    """The sample's draft as stored."""
    (firm,) = store.workspaces()
    (head,) = [head for head in store.plans(firm.workspace_id) if head.status == "draft"]
    return store.plan(firm.workspace_id, head.plan_id)


def opened(open_app: OpenApp, tab: str) -> AppTest:
    """The Business screen with this tab open."""
    app = open_app("business")
    app.session_state["business_tabs"] = tab
    return calm(app.run())


def number(app: AppTest, key: str, value: float) -> AppTest:
    """Type a number."""
    return calm(app.number_input(key=key).set_value(value).run())


def plain(text: object) -> str:
    """With usual blanks."""
    return str(text).replace("\u00a0", " ")


@pytest.mark.parametrize(("lang", "tabs"), [("en", TABS), ("az", TABS_AZ)], ids=["en", "az"])
def test_every_tab_in_every_language(open_app: OpenApp, store: Store, lang: str, tabs: tuple[str, ...]) -> None:
    """Each tab shows its own part in the person's words, and looking at it changes nothing."""
    before, seen = draft(store), set()
    app = open_app("business", lang=lang)
    assert [label for label in labels(app) if label in tabs] == list(tabs)
    for tab in tabs:
        app.session_state["business_tabs" if lang == "en" else f"business_tabs_{lang}"] = tab
        calm(app.run())
        seen.add(tuple(texts(app, "header")))
    assert len(seen) == len(tabs)
    assert draft(store) == before


def test_only_the_open_tab_runs(open_app: OpenApp) -> None:
    """On the first tab no input of another one is there."""
    keys = [str(box.key) for box in open_app("business").number_input]
    assert keys
    assert not [key for key in keys if key.startswith(("goal_", "audience_", "setup_", "customer_"))]


def test_a_customer_is_answered_as_one_types(open_app: OpenApp, store: Store) -> None:
    """Orders a year, horizon and rate are kept; the four cards equal the domain's figures; profit stays."""
    app = opened(open_app, "One customer")
    for key, value in (("orders", 2.4), ("months", 18), ("rate", 12.5), ("new", 80.0)):
        app = number(app, f"customer_1_{key}", value)
    plan = draft(store)
    assert repeat_of(plan) == Repeat(2.4, 18, 0.125, 0.8)
    found = lifetime_of(plan)
    assert found.cac_full is not None
    assert figures(app) == {
        "LTV": plain(NUMBERS.unit_price(found.value)),
        "CAC, full": plain(NUMBERS.unit_price(found.cac_full)),
        "LTV to CAC": plain(NUMBERS.times(found.value / found.cac_full)),
        "Payback": f"after {found.payback_month} months" if found.payback_month else "at once",
    }
    assert has(app, "LTV is not in the plan's profit")


def test_goals_are_added_ordered_and_removed(open_app: OpenApp, store: Store) -> None:
    """A second goal is typed, made the main one, and removed again; each names its chance."""
    app = press(opened(open_app, "Goals"), "Add a goal")
    assert has(app, "No target yet")
    app = number(app, "goal_1_awareness_target", 1000.0)
    app.text_input(key="goal_1_awareness_owner").set_value("Aysel").run()
    assert [text for text in texts(app, "markdown") if text.endswith("of outcomes")].__len__() == 2
    app = calm(app.button(key="goal_1_awareness_up").click().run())
    goals = draft(store).objectives
    assert [(goal.objective_key, goal.kpi, goal.owner) for goal in goals] == [
        ("awareness", "reach", "Aysel"), ("sales", "profit", ""),
    ]  # fmt: skip
    assert goals[0].target_micros == micros(1000)
    app = calm(app.button(key="goal_1_awareness_remove").click().run())
    assert [goal.objective_key for goal in draft(store).objectives] == ["sales"]
    calm(press(app, "Undo"))
    assert [goal.objective_key for goal in draft(store).objectives] == ["awareness", "sales"]


def test_the_chance_is_the_forecasts(open_app: OpenApp) -> None:
    """The main goal's chance is the one that the Forecast screen shows."""
    (said,) = [text for text in texts(opened(open_app, "Goals"), "markdown") if text.endswith("of outcomes")]
    assert figures(open_app("forecast"))["Chance of the goal"] == said.removesuffix(" of outcomes").rpartition(" ")[2]


def test_a_watched_goal_has_no_chance(open_app: OpenApp, store: Store) -> None:
    """A goal that no forecast speaks of says so, with its distance from the baseline, in percent."""
    app = press(opened(open_app, "Goals"), "Add a goal")
    app.selectbox(key="goal_1_awareness_kpi").set_value("engagement").run()
    app = number(number(app, "goal_1_awareness_baseline", 2.0), "goal_1_awareness_target", 3.0)
    assert draft(store).objectives[1].target_micros == 30_000
    assert has(app, "Not computable: uploads show it · +50% on the level before")


def test_an_audience_gives_its_size_to_a_line(open_app: OpenApp, store: Store) -> None:
    """A new audience with a size, chosen for a line, is where the line's people come from."""
    app = press(opened(open_app, "Audiences"), "Add an audience")
    app.text_input(key="audience_1_audience_segment").set_value("Gənc analar").run()
    app = number(app, "audience_1_audience_size", 123_000)
    app.multiselect(key="audience_1_audience_networks").set_value(["tiktok"]).run()
    app = calm(app.selectbox(key="whom_1_meta_prospecting").set_value("audience").run())
    plan = draft(store)
    assert plan.line("meta_prospecting").audience_key == "audience"
    assert (plan.audiences[-1].segment, plan.audiences[-1].networks) == ("Gənc analar", "tiktok")
    assert has(app, "123,000 people: the size of the audience, give or take 30%")
    assert has(app, "Gənc analar is not met on Meta")
    app = calm(app.button(key="audience_1_audience_remove").click().run())
    assert draft(store).line("meta_prospecting").audience_key == ""


def test_a_challenge_costs_gates_and_becomes_a_goal(open_app: OpenApp, store: Store) -> None:
    """Ticked, it holds media back on four screens, costs in the P&L, and offers its goal."""
    app = opened(open_app, "Challenges")
    app = calm(app.checkbox(key="challenge_1_not_ready_on").check().run())
    app = number(app, "challenge_1_not_ready_cost", 300.0)
    assert draft(store).challenges == (PlanChallenge("not_ready", True, micros(300), True),)
    # 7 September to 6 December: 24 of 30, 31 of 31, 30 of 30 and 6 of 31 days of 300 a month
    amount = round(300 * (Decimal(24) / 30 + 1 + 1 + Decimal(6) / 31))
    assert has(app, f"1 challenge takes AZN {amount} from the plan")
    app = press(app, "Make it a goal")
    assert has(app, "Infrastructure not ready → Sales → Conversions")
    assert draft(store).objectives[1].challenge_key == "not_ready"
    for screen in ("business", "plan", "forecast", "optimise"):
        assert has(calm(open_app(screen)), "Checkout not ready: hold media."), screen


def test_a_cleared_gate_is_quiet(open_app: OpenApp, store: Store) -> None:
    """Once the gate is cleared nothing is said; the cost stays."""
    app = opened(open_app, "Challenges")
    app = calm(app.checkbox(key="challenge_1_not_ready_on").check().run())
    app = calm(app.toggle(key="challenge_1_not_ready_gate").set_value(False).run())
    assert not has(app, "hold media.")
    assert draft(store).challenges == (PlanChallenge("not_ready", True),)


def test_set_ups_are_compared_and_chosen(open_app: OpenApp, store: Store) -> None:
    """Two set-ups side by side, their break-even in words, the chosen one in the monthly costs; undo takes it back."""
    app = press(opened(open_app, "Team"), "Use the costs as typed")
    before = draft(store)
    app = number(number(app, "setup_1_agency_fee_micros_1", 600.0), "setup_1_agency_share_1", 12.5)
    plan = draft(store)
    cheapest = compared(plan)[0]
    assert has(app, f"costs least: {plain(NUMBERS.money(cheapest.total_micros))}")
    (crossing,) = table(app, "Cheaper below").values()
    assert crossing["Cheaper above"] == "In-house"
    assert crossing["Break-even media over the plan"] == plain(NUMBERS.money(crossings(compared(plan))[0].media_micros))
    (which,) = [each for each in app.segmented_control if each.label == "In the P&L"]
    app = calm(which.set_value("agency").run())
    assert draft(store) == choose(plan, "agency") or chosen(draft(store)) == "agency"
    assert draft(store).costs != before.costs
    app.session_state["business_tabs"] = "One order"
    assert has(calm(app.run()), "These are the costs of Agency. Change them under Team.")
    app = press(app, "Undo")
    assert draft(store).costs == before.costs


def test_vat_on_media_is_a_switch(open_app: OpenApp, store: Store) -> None:
    """On: 18 % until another share is typed; off: nothing."""
    app = opened(open_app, "Currencies and VAT")
    app = calm(app.toggle(key="business_1_media_vat").set_value(True).run())
    assert has(app, "AZN 100 on a platform's invoice cost you AZN 118.00 of media in every P&L")
    app = number(app, "business_1_media_vat_share", 20.0)
    assert share_of(store) == 0.2
    calm(app.toggle(key="business_1_media_vat").set_value(False).run())
    assert share_of(store) == 0.0


def share_of(store: Store) -> float:
    """The stored share of VAT on media."""
    (row,) = [a for a in draft(store).assumptions if a.key == "media_vat_share"]
    return row.likely


def test_rates_are_added_changed_and_removed(open_app: OpenApp, store: Store) -> None:
    """A rate is kept from its day; the same day takes its place; it can be removed."""
    app = opened(open_app, "Currencies and VAT")
    assert has(app, "All uploads count in AZN")
    app.date_input(key="rate_day").set_value(date(2026, 9, 1)).run()
    for value in (1.7, 1.72):
        app.number_input(key="rate_value_USD").set_value(value).run()
        app = press(app, "Save the rate")
    (firm,) = store.workspaces()
    assert store.rates(firm.workspace_id) == (Rate(date(2026, 9, 1), "USD", "AZN", 1_720_000_000, "person"),)
    assert has(app, "1 USD = 1.7200 AZN from 1 Sep 2026")
    app = calm(app.button(key="rate_remove_USD_2026-09-01").click().run())
    assert store.rates(firm.workspace_id) == ()


def test_undo_shows_what_is_stored(open_app: OpenApp, store: Store) -> None:
    """After an undo the input shows the figure before, and does not store the taken-back one again."""
    app = open_app("business")
    number(app, "business_1_price", 80.0)
    app = press(app, "Undo")
    (box,) = [box for box in app.number_input if "price" in str(box.key)]
    assert box.value == 58.0
    assert next(a.likely for a in draft(store).assumptions if a.key == "order_value") == 58.0
