"""Every figure behind a forecast has a source, and gives way to uploads in sight."""

from dataclasses import replace

import pytest

from budget.editing import with_figure
from budget.forecast import Forecast
from budget.plan import BUSINESS, PlanAssumption, PlanAudience, StoredPlan
from budget.provenance import LINE_FIGURES, Input, provenance
from budget.ranges import Range
from tests.budget.builders import draft, usual_plan
from tests.budget.test_forecast import forecasted, uploaded


def rows(plan: StoredPlan, found: Forecast | None = None) -> dict[tuple[str, str], Input]:
    """Inputs by scope and key."""
    return {(each.scope, each.key): each for each in provenance(plan, found or forecasted(plan))}


def test_every_line_has_its_four_figures_and_the_business_its_own() -> None:
    """Three lines give twelve rows; shares of zero of the business are left out."""
    plan = usual_plan()
    found = rows(plan)
    assert {key for scope, key in found if scope != BUSINESS} == set(LINE_FIGURES)
    assert len([1 for scope, _ in found if scope != BUSINESS]) == 12
    assert (BUSINESS, "cogs_share") in found
    assert (BUSINESS, "media_vat_share") not in found
    assert (BUSINESS, "lead_to_customer_share") not in found


def test_kinds_of_sources_are_told_apart() -> None:
    """A benchmark, an own figure, an audience of the plan, and a number that nobody said."""
    plan = usual_plan()
    google = "google-search"
    gone = tuple(a for a in plan.assumptions if a.key != "audience")
    lines = tuple(replace(x, audience_key="tea" if x.line_key == google else "") for x in plan.lines)
    plan = draft(plan, assumptions=gone, lines=lines, audiences=(PlanAudience("tea", "Tea", 90_000),))
    bench = PlanAssumption(google, "ctr", 0.03, 0.06, 0.09, "share", "Somebody", "az", "2026", "low")
    plan = draft(plan, assumptions=(*(a for a in plan.assumptions if (a.scope, a.key) != (google, "ctr")), bench))
    plan = with_figure(plan, google, "cvr", Range(0.02, 0.03, 0.04), "derived")
    found = rows(plan)
    kinds = {key: found[google, key].kind for key in LINE_FIGURES}
    assert kinds == {"cpm": "own", "ctr": "benchmark", "cvr": "derived", "audience": "audience"}
    assert found["meta-prospecting", "audience"].kind == "assumed"
    assert found[google, "ctr"].row == bench
    assert found[google, "audience"].planned.likely == 90_000


def test_before_uploads_the_plan_is_what_is_used() -> None:
    """Without uploads both columns say the same and no week stands behind."""
    for each in rows(usual_plan()).values():
        assert each.used == each.planned
        assert each.weeks == 0
        assert each.own_share == 0


def test_after_uploads_what_is_used_is_narrower_and_says_its_weeks() -> None:
    """After eight weeks the click rate in use is narrower than the plan's range, and its own share is said."""
    plan = usual_plan()
    found = rows(plan, forecasted(plan, uploaded(plan, 8)))["google-search", "ctr"]
    assert found.weeks == 8
    assert found.own_share > 0.5
    assert found.used.high / found.used.low < found.planned.high / found.planned.low
    assert found.used.likely == pytest.approx(0.06, rel=0.1)


def test_what_uploads_do_not_say_stays_the_plans() -> None:
    """Uploads without reach teach nothing about the audience: it is used as planned, and no week is claimed for it."""
    plan = usual_plan()
    for line_key in ("meta-prospecting", "google-search"):
        found = rows(plan, forecasted(plan, uploaded(plan, 8)))[line_key, "audience"]
        assert found.used == found.planned
        assert found.weeks == 0
