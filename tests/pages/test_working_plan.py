"""Whose economics and money hold: the draft's, where it is the baseline's own and says something else."""

from dataclasses import replace
from datetime import date

from budget.business import business_of, with_business
from budget.plan import PlanCost, StoredPlan
from budget.present.numbers import numbers_for
from budget.present.words import words_for
from budget.store import Store
from pages.parts import results
from pages.parts.app import App
from tests.budget.builders import usual_plan

DRAFT = usual_plan()
LOCKED = replace(DRAFT, plan_id=2, based_on_plan_id=1, status="locked")
DEARER = with_business(DRAFT, replace(business_of(DRAFT), cogs_share=0.5))


def app(store: Store, draft: StoredPlan | None) -> App:
    """The context of a firm with this working plan."""
    firm = store.create_workspace("Firm", currency="AZN")
    return App(store, firm, draft, LOCKED, words_for("en"), numbers_for("en", "AZN"), "en", date(2026, 11, 16))


def test_the_draft_holds_where_its_economics_or_money_differ(store: Store) -> None:
    """Margins, team and weekly money of the working plan; a new version with the same ones computes nothing anew."""
    team = replace(DRAFT, costs=(*DRAFT.costs, PlanCost("agency", 5)))
    dearer_weeks = replace(
        DRAFT, weeks=tuple(replace(week, budget_micros=week.budget_micros * 2) for week in DRAFT.weeks)
    )
    for draft in (DEARER, team, dearer_weeks):
        assert results.working(app(store, draft), LOCKED) is draft
    saved = replace(DRAFT, name="Autumn again", version=9)
    assert results.working(app(store, saved), LOCKED) is LOCKED
    keys = [results.key_of(app(store, draft), LOCKED)[3:] for draft in (DRAFT, saved, DEARER, team, dearer_weeks)]
    assert keys[0] == keys[1]
    assert len(set(keys)) == 4


def test_no_other_plan_holds(store: Store) -> None:
    """A draft of another baseline, or in another currency, says nothing; a draft that is looked at is its own."""
    for draft in (None, replace(DEARER, plan_id=7), replace(DEARER, currency="USD")):
        assert results.working(app(store, draft), LOCKED) is LOCKED
    assert results.working(app(store, DEARER), DEARER) is DEARER
    scenario = replace(DRAFT, plan_id=3, based_on_plan_id=1)
    assert results.working(app(store, DEARER), scenario) is scenario
