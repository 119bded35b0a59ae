"""Cut, keep or grow: profit at other budgets, and the lines that go first when money gets tight."""

from collections.abc import Mapping, Sequence

import streamlit as st

from budget.forecast import Missing
from budget.frontier import Frontier, Point
from budget.money import MICROS
from budget.optional_lines import OptionalLine
from budget.plan import StoredPlan
from budget.present import budget_words
from budget.present import overview_words as told
from budget.present.charts.rows import Range, ranges
from budget.present.escape import esc
from budget.present.vocabulary import COMMITMENTS
from budget.question import Question, usual_locks
from pages.parts import findings, results
from pages.parts.app import App
from pages.parts.screen import chart

SHARES, TINY = (-0.2, -0.1, 0.0, 0.1, 0.2), 1e-9
MOST_LINES = 5
HEIGHT = 230
"""Of the block while its budgets are being computed."""


def question(app: App, plan: StoredPlan) -> Question:
    """What the Optimise screen asks at first, so that both show the same figures."""
    return Question(app.today, locked=usual_locks(plan, results.ahead(app, plan).running))


def frontier(app: App, plan: StoredPlan) -> None:
    """Rows of budgets with the range of their profit; a sentence where the weeks to come leave no choice."""
    if not results.ahead(app, plan).running:
        _none(app, app.say("Cut, keep or grow"), app.say("No week of the plan is left whose money could move."))
        return
    found = results.budgets(app, plan, question(app, plan))
    if isinstance(found, Missing) or len(found.points) < 2:
        _none(
            app, app.say("Cut, keep or grow"), app.say("The limits leave no choice of budgets for the weeks to come.")
        )
        return
    _rows(app, found)


def _none(app: App, finding: str, why: str) -> None:
    st.header(finding, anchor=False)
    st.write(esc(why))
    st.page_link("pages/plan.py", label=app.say("Go to the plan"), icon=":material/arrow_forward:")


def _rows(app: App, found: Frontier) -> None:
    finding = budget_words.verdict_text(app.words, app.numbers, found)
    points = _points(found)
    unit = app.numbers.unit(x for point in points for x in (point.profit.low, point.profit.high))
    help_text = app.say("Each budget of the weeks to come at its best split, inside the limits of the Optimise screen, "
                        "beside the plan as it stands. Break-even: the budget from which on a loss is "
                        "expected.")  # fmt: skip
    with st.container(gap="xxsmall"):
        st.header(esc(finding), anchor=False, help=help_text)
        st.caption(esc(app.say("Profit after media of the weeks to come at each budget, before the team, {unit}; bar: "
                               "8 of 10 outcomes", unit=unit.name)))  # fmt: skip
    money = app.numbers.unit(point.budget_micros / MICROS for point in points)
    rows = [
        Range(
            told.budget_name(app.words, app.numbers, point, money.divisor, money.digits),
            point.profit.low, point.profit.mid, point.profit.high, "neutral" if point.share else "actual",
        )
        for point in points
    ]  # fmt: skip
    chart(app, ranges(rows, app.numbers, unit), finding, key="overview_frontier")
    if even := told.even_text(app.words, app.numbers, found):
        st.caption(esc(even))


def _points(found: Frontier) -> list[Point]:
    """A tenth and a fifth less and more, and the best budget, as far as the limits allow them; else all of them."""
    best = found.best_micros
    near = min(found.points, key=lambda point: abs(point.budget_micros - (best or 0))) if best else None
    shown = [
        point for point in found.points if point is near or any(abs(point.share - share) < TINY for share in SHARES)
    ]
    return shown if len(shown) > 1 else list(found.points)


def first_to_go(app: App, lines: Sequence[OptionalLine], names: Mapping[str, str]) -> None:
    """The lines that may be cut, those that are most rightly cut first."""
    help_text = app.say(
        "Profit lost: what the line's weeks to come bring after fulfilment, less their media. Chance that cutting is "
        "right: share of outcomes in which they bring less than they cost."
    )
    with st.container(gap="xxsmall"):
        st.header(esc(told.of_optional(app.words, lines)), anchor=False, help=help_text)
        st.caption(app.say("Optional lines, then forecast ones; committed lines stay. Profit after media of the weeks "
                           "to come; in brackets 8 of 10 outcomes"))  # fmt: skip
    header = [app.say("Line"), app.say("Status"), app.say("Left to spend"), app.say("Profit lost if cut"),
              app.say("Chance that cutting is right")]  # fmt: skip
    rows = [
        (
            names[each.line_key],
            app.say(COMMITMENTS[each.commitment]),
            told.left_text(app.numbers, each),
            told.lost_text(app.numbers, each),
            app.numbers.chance(each.right),
        )
        for each in lines[:MOST_LINES]
    ]
    if rows:
        findings.table(app, header, rows)
    if rest := len(lines) - len(rows):
        st.caption(app.count("{n} more line may be cut", "{n} more lines may be cut", rest))
