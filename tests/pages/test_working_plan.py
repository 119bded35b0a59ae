"""Whose economics hold for what happened: the draft's, where it is the baseline's own and says something else."""

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


def test_the_draft_holds_where_its_economics_differ(store: Store) -> None:
    """Margins and team of the working plan; its lines and weeks alone change nothing, so nothing is computed anew."""
    team = replace(DRAFT, costs=(*DRAFT.costs, PlanCost("agency", 5)))
    for draft in (DEARER, team):
        assert results.working(app(store, draft), LOCKED) is draft
    moved = replace(DRAFT, version=9, lines=DRAFT.lines[:1], weeks=())
    assert results.working(app(store, moved), LOCKED) is LOCKED
    keys = [results.key_of(app(store, draft), LOCKED)[3:] for draft in (DRAFT, moved, DEARER, team)]
    assert keys[0] == keys[1]
    assert len(set(keys)) == 3


def test_no_other_plan_holds(store: Store) -> None:
    """A draft of another baseline, or in another currency, says nothing; a draft that is looked at is its own."""
    for draft in (None, replace(DEARER, plan_id=7), replace(DEARER, currency="USD")):
        assert results.working(app(store, draft), LOCKED) is LOCKED
    assert results.working(app(store, DEARER), DEARER) is DEARER
    scenario = replace(DRAFT, plan_id=3, based_on_plan_id=1)
    assert results.working(app(store, DEARER), scenario) is scenario
