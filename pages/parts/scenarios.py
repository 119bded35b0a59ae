"""Plans side by side: figures, what each has more than a base, profit laid over each other, money by platform."""

from collections.abc import Sequence

import streamlit as st

from budget import desk
from budget.forecast import Missing
from budget.money import major
from budget.plan import StoredPlan
from budget.present.charts.overlay import Overlaid, overlay, role_of
from budget.present.charts.rows import Result
from budget.present.charts.rows import results as bars
from budget.present.escape import esc
from budget.present.side_words import gap_rows, short_names, side_finding, side_rows
from budget.present.version_words import plan_labels
from budget.present.vocabulary import PLATFORMS
from budget.sales_model import SalesModel
from budget.scenario import main_plan, original_of
from budget.side_by_side import Common, Side, common_of, gap, side, widened
from budget.store import Store
from pages.parts import findings, frame, results, sales_results
from pages.parts.app import App
from pages.parts.choice import choose, own_key

USUAL = 3


def show(app: App, plan: StoredPlan) -> None:
    """Folded away until asked for: only then are the other plans computed."""
    label = app.say("Compare with other plans")
    with st.expander(label, icon=":material/compare:", key="compare_plans", on_change="rerun") as body:
        if body.open:
            _compare(app, plan)


def _compare(app: App, plan: StoredPlan) -> None:
    keys = [h.plan_id for h in app.heads if h.status != "archived" and h.currency == plan.currency]
    if len(keys) < 2:
        st.caption(app.say("There is one plan so far. Copy it as a scenario above, change the copy, and compare."))
        return
    labels = plan_labels(app.words, app.heads)
    chosen = _chosen(app, plan, keys, labels)
    if len(chosen) < 2:
        st.caption(app.say("Choose at least two plans."))
        return
    before = original_of(plan, app.heads)
    usual = before.plan_id if before else plan.plan_id
    base = choose(app, st.container(), app.say("Differences against"), chosen, key=f"compare_base_{plan.plan_id}",
                  shown=labels.__getitem__, usual=usual if usual in chosen else plan.plan_id)  # fmt: skip
    ordered = [base, *(key for key in chosen if key != base)]
    plans = {key: app.store.plan(plan.workspace_id, key) for key in ordered}
    computed = _sides(app, plan, plans, labels)
    _tell(app, [labels[key] for key in ordered], [computed[key] for key in ordered])


def _chosen(app: App, plan: StoredPlan, keys: list[int], labels: dict[int, str]) -> list[int]:
    """The plans to compare, at first the opened one with the plan that is worked with and the newest others."""
    main = main_plan(app.heads)
    wanted = [plan.plan_id, plan.based_on_plan_id, main.plan_id if main else None, *sorted(keys, reverse=True)]
    usual = [key for key in dict.fromkeys(wanted) if key is not None and key in keys][:USUAL]
    slot = own_key(app, f"compare_{plan.plan_id}")
    start = [key for key in st.session_state.get("_compared", usual) if key in keys]
    picked = st.multiselect(app.say("Plans"), keys, start, format_func=labels.__getitem__, key=slot)
    st.session_state["_compared"] = picked
    return picked


def _sides(
    app: App, plan: StoredPlan, plans: dict[int, StoredPlan], labels: dict[int, str]
) -> dict[int, Side | Missing]:
    """Each plan in the same luck, with progress while something is new."""
    first = sorted(plans.values(), key=lambda each: each.plan_id != plan.plan_id)
    common = common_of(first, results.key_of(app, plan).seed)
    if common is None:
        return {key: Missing(()) for key in plans}
    bar, found = st.empty(), {}
    for n, (key, each) in enumerate(plans.items()):
        facts = {"n": str(n + 1), "of": str(len(plans)), "name": esc(labels[key])}
        bar.progress(n / len(plans), app.say("Computing {n} of {of} plans · {name}", **facts))
        found[key] = _side(
            results.key_of(app, each), common, app.store, each, sales_results.measured(app, each)
        )  # fmt: skip
    bar.empty()
    return found


@st.cache_data(max_entries=32, scope="session", show_spinner=False)
def _side(
    key: results.Key, common: Common, _store: Store, _plan: StoredPlan, _sales: SalesModel | None
) -> Side | Missing:
    uploaded = desk.actuals(_store, widened(_plan, common))
    return side(_plan, common, actuals=None if uploaded.is_empty else uploaded, sales=_sales)


def _tell(app: App, names: Sequence[str], computed: Sequence[Side | Missing]) -> None:
    """The finding, both tables, both charts."""
    sides = [one if isinstance(one, Side) else None for one in computed]
    base = sides[0]
    known = [(name, one) for name, one in zip(names, sides, strict=True) if one is not None]
    gaps = [(name, gap(base, one)) for name, one in known[1:]] if base else []
    with st.container(gap="xxsmall"):
        st.header(esc(side_finding(app.words, names[0], gaps)), anchor=False)
        st.caption(app.say("Middle and 8 of 10 outcomes, {currency}. All plans meet the same luck: equal lines draw "
                           "equal random numbers, so a difference comes from the plans.",
                           currency=app.numbers.currency))  # fmt: skip
    findings.table(app, findings.distinct([app.say("Item"), *names]), side_rows(app.words, app.numbers, sides))
    for name, one in zip(names, sides, strict=True):
        if one is None:
            st.caption(esc(app.say("{name} cannot be computed yet: lines, figures or dates are missing.", name=name)))
    if gaps:
        st.caption(esc(app.say("More than {base}, outcome by outcome in the same luck; 8 of 10 differences",
                               base=names[0])))  # fmt: skip
        header = findings.distinct([app.say("Difference"), *(name for name, _ in gaps)])
        findings.table(app, header, gap_rows(app.words, app.numbers, [found for _, found in gaps]))
    if known:
        _charts(app, known)


def _charts(app: App, known: Sequence[tuple[str, Side]]) -> None:
    names = short_names(app.words, app.heads)
    shorts = [names[one.plan_id] for _, one in known]
    left, right = st.columns([7, 5], gap="medium")
    with left:
        unit = app.numbers.unit(x for _, one in known for x in (one.totals["profit"].low, one.totals["profit"].high))
        with st.container(gap="xxsmall"):
            st.header(app.say("Profit of the plans over time"), anchor=False)
            st.caption(app.say("Cumulative, after the team, {unit}; bands: 8 of 10 outcomes, lines: their middle",
                               unit=unit.name))  # fmt: skip
        shown = [
            Overlaid(short, one.week_ends, one.cumulative_profit) for short, (_, one) in zip(shorts, known, strict=True)
        ]
        text = app.say("Cumulative profit of {plans}", plans=", ".join(name for name, _ in known))
        frame.chart(app, overlay(shown, app.numbers, unit), text, key="compare_profit")
    with right:
        _money(app, shorts, [one for _, one in known])


def _money(app: App, shorts: Sequence[str], sides: Sequence[Side]) -> None:
    """Budget by platform, the plans of one platform below each other."""
    platforms = sorted({key for one in sides for key in one.by_platform}, key=lambda key: -_most(sides, key))
    unit = app.numbers.unit(major(_most(sides, key)) for key in platforms)
    with st.container(gap="xxsmall"):
        st.header(app.say("Budget by platform"), anchor=False)
        st.caption(app.say("Planned money, {unit}", unit=unit.name))
    rows = [
        Result(f"{app.say(PLATFORMS.get(key, key))} · {short}", major(one.by_platform.get(key, 0)), role_of(at))
        for key in platforms
        for at, (short, one) in enumerate(zip(shorts, sides, strict=True))
    ]
    frame.chart(app, bars(rows, app.numbers, unit), app.say("Budget by platform"), key="compare_money")


def _most(sides: Sequence[Side], platform: str) -> int:
    return max(one.by_platform.get(platform, 0) for one in sides)
