"""CPM, CTR, CPC and CVR of one line, as low, likely and high, with where they come from."""

import streamlit as st

from budget.editing import DERIVED, OWN, figure_of, with_figure, with_prices
from budget.funnels import assumption
from budget.plan import PlanLine, StoredPlan
from budget.present.escape import esc
from budget.present.languages import region_name
from budget.present.vocabulary import CONFIDENCES, line_names
from budget.present.words import N_
from budget.ranges import Range
from pages.parts import edits
from pages.parts.app import App
from pages.parts.choice import choose

LIKELY_HELP = N_("Your own figure, or the middle of what others report. Low and high hold 8 of 10 cases.")
SOURCE = N_("{source} · {region}, {year} · confidence: {confidence}")


def figures(app: App, plan: StoredPlan) -> StoredPlan:
    """The figures of a chosen line, stored as they are typed, and a table of all lines."""
    if not plan.lines:
        st.write(app.say("Add a line first."))
        return plan
    names = line_names(app.words, plan)
    keys = [line.line_key for line in plan.lines]
    key = choose(
        app, st.container(), app.say("Line"), keys, key=f"figures_{plan.plan_id}_line", shown=names.__getitem__
    )
    with st.container(border=True):
        edited = _line(app, plan, plan.line(key))
    stored = edits.save(app, plan, edited)
    all_figures(app, stored, names)
    return stored


def _line(app: App, plan: StoredPlan, line: PlanLine) -> StoredPlan:
    money, share = app.numbers.currency, "%"
    cpm = _range(app, plan, line, "cpm", app.say("CPM, {unit}", unit=money), 1.0, 4)
    ctr = _range(app, plan, line, "ctr", app.say("CTR, {unit}", unit=share), 100.0, 3)
    cvr = _range(app, plan, line, "cvr", app.say("CVR, {unit}", unit=share), 100.0, 3)
    own_cpc = figure_of(plan, line.line_key, "cpc")
    cpc = st.number_input(
        app.say("CPC, {unit} (leave empty to derive it)", unit=money), 0.0, 1e6, own_cpc.likely if own_cpc else None,
        step=0.01, format=app.numbers.input_format(3), key=_key(plan, line, "cpc"), help=_cpc_help(app, cpm, ctr),
    )  # fmt: skip
    edited = with_prices(plan, line.line_key, cpm, ctr, cpc)
    if cvr and cvr != figure_of(edited, line.line_key, "cvr"):
        edited = with_figure(edited, line.line_key, "cvr", cvr)
    return edited


def _cpc_help(app: App, cpm: Range | None, ctr: Range | None) -> str:
    derived = cpm.likely / (1000 * ctr.likely) if cpm and ctr and ctr.likely else None
    return app.say("From CPM and CTR: {cpc} a click.", cpc=app.numbers.unit_price(derived))


def _range(
    app: App, plan: StoredPlan, line: PlanLine, figure: str, label: str, scale: float, digits: int
) -> Range | None:
    found = figure_of(plan, line.line_key, figure)
    shown = (
        [round(x * scale, digits) if found else None for x in (found.low, found.likely, found.high)] if found else []
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(source_text(app, plan, line.line_key, figure))
        _back(app, plan, line, figure)
    labels = (app.say("{label}, low", label=label), label, app.say("{label}, high", label=label))
    typed = [
        column.number_input(
            text, 0.0, 1e6, shown[n] if shown else None, step=0.01,
            format=app.numbers.input_format(2 if scale == 1 else digits),
            key=_key(plan, line, f"{figure}_{n}"), help=app.say(LIKELY_HELP) if n == 1 else None,
        )
        for n, (column, text) in enumerate(zip(st.columns(3), labels, strict=True))
    ]  # fmt: skip
    return _typed_range(app, found, shown, typed, scale)


def _back(app: App, plan: StoredPlan, line: PlanLine, figure: str) -> None:
    """An own figure can be given back to the benchmark."""
    own = assumption(plan, line.line_key, figure)
    if own is None or own.source not in (OWN, DERIVED):
        return
    label = app.say("Use the benchmark")
    if st.button(label, key=_key(plan, line, f"{figure}_back"), icon=":material/undo:", type="tertiary"):
        edits.save(app, plan, with_figure(plan, line.line_key, figure, None))
        for n in range(3):
            st.session_state.pop(_key(plan, line, f"{figure}_{n}"), None)
        st.rerun()


def _typed_range(
    app: App, found: Range | None, shown: list[float | None], typed: list[float | None], scale: float
) -> Range | None:
    """What was typed: a new likely figure takes its range along; a range out of order is said and not stored."""
    low, likely, high = typed
    if typed == shown and found:
        return found
    if not likely:
        return None
    if found and shown[0] == low and shown[2] == high:
        return found.moved_to(likely / scale)
    if low is None or high is None:
        return Range.around((likely or 0) / scale, 0.5)
    if not low <= likely <= high:
        st.error(app.say("Low must not exceed likely, nor likely high. Not stored yet."), icon=":material/error:")
        return found
    return Range(low / scale, likely / scale, high / scale)


def source_text(app: App, plan: StoredPlan, line_key: str, figure: str) -> str:
    """Where a figure comes from, as escaped text."""
    found = assumption(plan, line_key, figure)
    if found is None:
        return app.say("{figure}: not known yet", figure=figure.upper())
    if found.source == OWN:
        return app.say("{figure}: your own figure", figure=figure.upper())
    if found.source == DERIVED:
        return app.say("{figure}: derived from the other two", figure=figure.upper())
    confidence = app.say(CONFIDENCES.get(found.confidence, found.confidence))
    facts = {
        "source": esc(found.source),
        "region": esc(region_name(found.region, app.lang)),
        "year": esc(found.source_date),
    }
    return f"{figure.upper()}: {app.say(SOURCE, confidence=confidence, **facts)}"


def all_figures(app: App, plan: StoredPlan, names: dict[str, str]) -> None:
    """Every line's figures in one table, for reading."""
    header = [app.say("Line"), "CPM", "CTR", "CPC", "CVR", app.say("Expected conversions")]
    rows = [dict(zip(header, _row(app, plan, line, names), strict=True)) for line in plan.lines]
    st.table(rows, border="horizontal", hide_index=True)


def _row(app: App, plan: StoredPlan, line: PlanLine, names: dict[str, str]) -> list[str]:
    cpm, ctr, cvr = (figure_of(plan, line.line_key, key) for key in ("cpm", "ctr", "cvr"))
    cpc = cpm.likely / (1000 * ctr.likely) if cpm and ctr and ctr.likely else None
    orders = line.budget_micros / 1e6 / cpc * cvr.likely if cpc and cvr else None
    numbers = app.numbers
    return [
        esc(names[line.line_key]),
        numbers.unit_price(cpm.likely if cpm else None),
        numbers.percent(ctr.likely if ctr else None, 2),
        numbers.unit_price(cpc),
        numbers.percent(cvr.likely if cvr else None, 2),
        numbers.whole(orders),
    ]


def _key(plan: StoredPlan, line: PlanLine, name: str) -> str:
    turn = st.session_state.get(_turn(plan), 0)
    return f"figure_{plan.plan_id}_{line.line_key}_{name}" + (f"_{turn}" if turn else "")


def begin_anew(plan: StoredPlan) -> None:
    """From the next run on the inputs show the plan as stored, whatever they hold now."""
    st.session_state[_turn(plan)] = st.session_state.get(_turn(plan), 0) + 1


def _turn(plan: StoredPlan) -> str:
    return f"_figures_turn_{plan.plan_id}"
