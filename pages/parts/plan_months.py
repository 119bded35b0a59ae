"""The months of a plan: each against a usual one, typed, or taken from the firm's own sales."""

from typing import Any

import pandas as pd
import streamlit as st

from budget.plan import StoredPlan
from budget.present.season_words import month_name, season_sentence
from budget.season import MONTHS, months, with_months
from budget.typed_events import DIGITS, LONGEST_REASON, typed_months
from budget.yearly import FEWEST_WEEKS, OwnMonths, own_months
from pages.parts import edits, findings, grid, sales_results
from pages.parts.app import App

NAME = "months"
ROW = 34
TEXTS = ("name", "demand", "price", "reason")
COLUMNS = ("month", *TEXTS)


def show(app: App, plan: StoredPlan) -> StoredPlan:
    """The twelve months, folded away; returns the plan as it is now."""
    many = len({month for _, month in months(plan)})
    label = app.say("Months of the year · {n} set", n=str(many)) if many else app.say("Months of the year")
    box = st.expander(label, key=f"months_{plan.plan_id}", icon=":material/calendar_month:", on_change="rerun")
    with box:
        return _months(app, plan) if box.open else plan


def _months(app: App, plan: StoredPlan) -> StoredPlan:
    st.caption(app.say("Multiples of a usual month, every year: 1.00 is a usual month."))
    plan = _from_sales(app, plan)
    if grid.is_behind(NAME, plan):
        plan = _store(app, plan) or plan
    base = grid.base_for(NAME, app, plan, lambda: _frame(app, plan))
    rows = st.data_editor(
        base.frame, key=base.key, disabled=["name"], hide_index=True, row_height=ROW, height=13 * ROW + 2,
        column_config=_columns(app), alt=app.say("Months of the year"),
        on_change=edits.at_once, args=(lambda: _store(app, plan),),
    ).to_dict("records")  # fmt: skip
    typed = typed_months(plan, rows, app.numbers.writing)
    stored = edits.save(app, plan, typed.plan)
    if not edits.followed(typed.plan, stored):
        st.rerun()
    grid.keep(NAME, stored)
    findings.listed(app, typed.findings, lambda finding: season_sentence(finding, app.words, app.numbers))
    return stored


def _store(app: App, plan: StoredPlan) -> StoredPlan | None:
    """Store what was typed on top of what the editor showed; None where that is stored already."""
    found = grid.typed(NAME, plan)
    if found is None:
        return None
    seen, rows = found
    return edits.save_typed(app, NAME, seen, typed_months(seen, rows, app.numbers.writing).plan)


def _from_sales(app: App, plan: StoredPlan) -> StoredPlan:
    """A button where a year of weekly sales is known; else what is missing for it."""
    sold = sales_results.booked(app, plan).amounts
    found = own_months(sold)
    if found is None:
        st.caption(
            app.say(
                "With {weeks} weeks of sales that reach into every month, months can be taken from them; {known} are "
                "known.",
                weeks=str(FEWEST_WEEKS), known=str(len(sold)),
            )
        )  # fmt: skip
        return plan
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if st.button(app.say("Take from my own sales"), key="own_months", icon=":material/query_stats:"):
            rounded = {month: round(x, DIGITS) for month, x in found.factors.items()}
            edits.save(app, plan, with_months(plan, "demand", rounded, _reason(app, found)))
            st.rerun()
        st.caption(_rests_on(app, found), width="content")
    return plan


def _reason(app: App, found: OwnMonths) -> str:
    return app.say("Own sales of {years} years", years=app.numbers.decimal(found.years, 1))


def _rests_on(app: App, found: OwnMonths) -> str:
    years = app.numbers.decimal(found.years, 1)
    if found.growth is None:
        return app.say(
            "Rests on {years} years of sales: too few to tell growth from the season, so growth is still in it.",
            years=years,
        )
    growth = app.numbers.percent_signed(found.growth)
    return app.say(
        "Rests on {years} years of sales; growth of {growth} a year is taken out.", years=years, growth=growth
    )


def _frame(app: App, plan: StoredPlan) -> pd.DataFrame:
    known = months(plan)
    rows = []
    for month in MONTHS:
        cells = {kind: known.get((kind, month)) for kind in ("demand", "price")}
        shown = {kind: app.numbers.decimal(row.likely if row else 1.0, DIGITS) for kind, row in cells.items()}
        reason = next((row.source for row in cells.values() if row), "")
        rows.append({"month": month, "name": month_name(month, app.numbers), "reason": reason} | shown)
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(dict.fromkeys(TEXTS, object))


def _columns(app: App) -> dict[str, Any]:
    column = st.column_config
    return {
        "month": None,
        "name": column.TextColumn(app.say("Month"), pinned=True, width=130),
        "demand": column.TextColumn(app.say("Conversions ×"), alignment="right", width=120),
        "price": column.TextColumn(app.say("CPM ×"), alignment="right", width=90),
        "reason": column.TextColumn(app.say("Why"), max_chars=LONGEST_REASON, width=380),
    }
