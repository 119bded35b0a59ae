"""The Forecast screen of the sample firm: every part, its switches and settings, in both languages."""

from collections import Counter
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import budget.forecast
import pages.parts.forecast_results as worked_out
from budget.cash import CashTerms, terms_of, with_terms
from budget.frequency import cap_of
from budget.present.words import words_for
from budget.store import Store
from models import simulate
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, has, labels, tables, texts
from tests.pages.sample.test_plan import draft
from tests.pages.test_results import counting

FOLDED = ("tornado_numbers", "cash_numbers", "frequency_numbers", "weekly_numbers", "forecast_sources")


def number(app: AppTest, start: str) -> Any:
    """The one number input whose key begins so."""
    (found,) = [each for each in app.number_input if str(each.key).startswith(start)]
    return found


def unfolded(app: AppTest) -> AppTest:
    """The screen with every folded part open."""
    for key in FOLDED:
        app.session_state[key] = True
    return calm(app.run())


def firsts(app: AppTest) -> list[list[str]]:
    """The header of each table on the screen."""
    return [found[0] for found in tables(app)]


@pytest.mark.parametrize("lang", ["en", "az"])
def test_every_part_has_its_finding(open_app: OpenApp, lang: str) -> None:
    """Profit, curve, tornado, warnings, goals, P&L, cash, people and weeks: one headline each, in the language."""
    app = calm(open_app("forecast", lang=lang))
    say = words_for(lang).say
    found = texts(app, "header")
    for start in ("Moves the profit most: {figure}", "At your likely figures the plan ends at {amount}",
                  "{measure} by week"):  # fmt: skip
        part = max(say(start).replace("}", "{").split("{")[::2], key=len)
        assert [text for text in found if part in text], start
    assert len(found) == 9
    assert len(app.get("vega_lite_chart")) == 7


@pytest.mark.parametrize("lang", ["en", "az"])
def test_all_numbers_are_one_click_away(open_app: OpenApp, lang: str) -> None:
    """Unfolded, each picture has its table; definitions and sources of every input stand below, in the language."""
    app = unfolded(open_app("forecast", lang=lang))
    say = words_for(lang).say
    headers = firsts(app)
    for name in ("Ads seen", "Definition", "Source", "Profit is zero", "Chance"):
        assert [header for header in headers if say(name) in header], name
    (sources,) = [found for found in tables(app) if say("Source") in found[0]]
    (definitions,) = [found for found in tables(app) if say("Definition") in found[0]]
    assert len(sources) > 6 * 4
    assert all(row[-1] for row in sources[1:])
    assert all(cell for row in definitions for cell in row)


def test_sources_name_region_and_year_or_the_firm(open_app: OpenApp) -> None:
    """Rates that were learned say how many weeks of own data they rest on."""
    (sources,) = [found for found in tables(unfolded(open_app("forecast"))) if "Source" in found[0]]
    rates = [row for row in sources if row[1] == "CVR"]
    assert rates
    assert all("your own data" in row[-1] and "weeks" in row[-1] for row in rates)
    assert all(row[2] != row[3] for row in rates)


def test_people_are_conserved_on_the_screen(open_app: OpenApp) -> None:
    """The people of the groups sum to all of them, and their impressions too, to the rounding of each row."""
    (people,) = [found for found in tables(unfolded(open_app("forecast"))) if found[0][0] == "Ads seen"]
    for column in (1, 3):
        figures = [int(row[column].replace(",", "")) for row in people[1:]]
        assert sum(figures[:-1]) == pytest.approx(figures[-1], abs=2)


def test_the_tornado_turns_to_lines(open_app: OpenApp) -> None:
    """Line by line the rows carry the names of lines; together they do not."""
    app = unfolded(open_app("forecast"))

    def names() -> list[str]:
        (found,) = [rows for rows in tables(app) if "Profit is zero" in rows[0]]
        return [row[0] for row in found[1:]]

    assert not [name for name in names() if "·" in name]
    (switch,) = [each for each in app.segmented_control if str(each.key).startswith("tornado_")]
    calm(switch.set_value(True).run())
    assert [name for name in names() if "·" in name]
    widths = [name.split(",")[0] for name in names()]
    assert set(widths) <= {"CPM", "CTR", "CVR", "Audience", "Average order", "Caused by ads", "Returns",
                           "Cost of goods"}  # fmt: skip


def test_terms_of_payment_are_kept_and_move_the_cash(open_app: OpenApp, store: Store) -> None:
    """Revenue 30 days later raises the money needed up front; the terms are on the plan and on the next visit."""
    app = calm(open_app("forecast"))
    before = [text for text in texts(app, "caption") if text.startswith("Needed up front")]
    plan = draft(store)
    calm(number(app, f"cash_{plan.plan_id}_revenue").set_value(30).run())
    after = [text for text in texts(app, "caption") if text.startswith("Needed up front")]
    assert before != after
    assert terms_of(draft(store)) == CashTerms(revenue_days=30)
    assert draft(store).version == plan.version + 1
    again = calm(open_app("forecast"))
    assert number(again, f"cash_{plan.plan_id}_revenue").value == 30
    assert [text for text in texts(again, "caption") if text.startswith("Needed up front")] == after


def test_a_lower_cap_is_kept_and_warns(open_app: OpenApp, store: Store) -> None:
    """With a cap of one and a half ads a week lines that show more are named with the cap."""
    app = calm(open_app("forecast"))
    assert not has(app, "your cap is")
    calm(number(app, "cap_").set_value(1.5).run())
    assert has(app, "your cap is 1.5")
    assert cap_of(draft(store)) == 1.5


def test_terms_changed_elsewhere_are_not_undone_by_this_screen(open_app: OpenApp, store: Store) -> None:
    """Another window changes the terms: the next run of this one shows them and stores nothing."""
    app = calm(open_app("forecast"))
    plan = draft(store)
    store.save_plan(plan.workspace_id, with_terms(plan, CashTerms(media_days=14)))
    calm(app.run())
    assert number(app, f"cash_{plan.plan_id}_media").value == 14
    assert terms_of(draft(store)) == CashTerms(media_days=14)
    assert draft(store).version == plan.version + 1


def test_nothing_is_computed_twice(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """Choosing a measure, turning the tornado and unfolding a table ask no model; a changed term asks once."""
    seen: Counter[str] = Counter()
    monkeypatch.setattr(budget.forecast, "simulate", counting(seen, "simulate", simulate))
    for name in ("sensitivity", "check_feasibility"):
        monkeypatch.setattr(worked_out, name, counting(seen, name, getattr(worked_out, name)))
    app = calm(open_app("forecast"))
    assert seen["sensitivity"] == seen["check_feasibility"] == 1
    seen.clear()
    (switch,) = [each for each in app.segmented_control if str(each.key).startswith("tornado_")]
    switch.set_value(True).run()
    (measure,) = [each for each in app.selectbox if str(each.key).startswith("weekly_metric")]
    measure.set_value("reach").run()
    unfolded(app)
    assert seen == Counter()
    number(app, "cap_").set_value(2.0).run()
    assert seen == {"simulate": 1, "sensitivity": 1, "check_feasibility": 1}
    assert {"People reached", "Chance of a loss"} <= set(labels(calm(app)))
