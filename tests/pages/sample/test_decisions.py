"""Deciding on the Review screen of the sample firm: suggestions, the plan that follows, effects, notes, closings."""

from datetime import date, timedelta
from typing import Any

from streamlit.testing.v1 import AppTest

from budget import desk
from budget.business import business_of
from budget.money import micros
from budget.plan import StoredPlan
from budget.pnl import channel_pnl
from budget.store import Decision, Store
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, has, labels, press, tables, texts

FIRST = date(2026, 11, 23)
"""The first week whose money can still move on 22 November."""
WEEK = timedelta(days=7)
LAST = date(2026, 11, 9)
"""The last week that was uploaded to the end."""
RIPE = date(2026, 11, 2)
"""A week of which most conversions have arrived."""
SEARCH = "google_search"


def plans(store: Store) -> tuple[int, StoredPlan, StoredPlan]:
    """The firm, its working plan and its baseline."""
    firm = store.workspaces()[0].workspace_id
    heads = {head.status: head.plan_id for head in store.plans(firm)}
    return firm, store.plan(firm, heads["draft"]), store.plan(firm, heads["locked"])


def opened(open_app: OpenApp, lang: str = "", span: str = "") -> AppTest:
    """The Review screen, of all to date or of one span."""
    app = open_app(lang=lang, run=False)
    if span:
        app.query_params["span"] = span
    return calm(app.switch_page("pages/review.py").run())


def field(app: AppTest, kind: str, key: str) -> Any:
    """The one input whose key holds these words."""
    (found,) = [each for each in app.get(kind) if key in str(each.key)]
    return found


def money_of(plan: StoredPlan, key: str, start: date = FIRST) -> list[int]:
    """The line's weeks from a day on."""
    return [week.budget_micros for week in plan.weeks if week.line_key == key and week.week_start >= start]


def test_a_meeting(open_app: OpenApp, store: Store) -> None:
    """Amounts are typed as in the grids, what cannot be read is said and saves nothing; rows are left out and added.
    One press keeps the decisions, moves the weeks to come of the working plan by exactly that, and keeps the forecast
    that follows; past weeks and the baseline stay, and the press beside it takes the money back.
    """
    firm, draft, locked = plans(store)
    forecasts = len(store.forecasts(firm))
    app = opened(open_app)
    assert has(app, "Nothing was decided before this week.")
    assert has(app, "Choose a week or a month at the top to close it")
    app = field(app, "text_input", f"amount_{SEARCH}").set_value("lots").run()
    assert app.button(key="go_decide").disabled
    assert has(app, "Complete the marked rows, then save.")
    app = calm(field(app, "text_input", f"amount_{SEARCH}").set_value("AZN 1 000,50").run())
    (row,) = [text for text in texts(app, "markdown") if text.startswith("**Cut · Google · search**")]
    assert "AZN 1,000.50 a week" in row
    out = next(each for each in app.button if "cut_tiktok_prospecting_gone" in str(each.key))
    app = press(out.click().run(), "Add a decision")
    app = field(app, "selectbox", "own_1_action").set_value("scale").run()
    assert has(app, "Choose the line whose money moves: Edit.")
    assert app.button(key="decide_only").disabled
    app = field(app, "selectbox", "own_1_action").set_value("fix").run()
    field(app, "text_input", "own_1_owner_").set_value("  Leyla ")
    app = calm(field(app, "text_input", "own_1_reason").set_value("Pixel fires twice").run())
    app = calm(app.button(key="go_decide").click().run())
    _, moved, still = plans(store)
    assert (moved.version, still) == (draft.version + 1, locked)
    kept = {(one.action, one.line_key): one for one in store.decisions(firm)}
    own = kept["fix", None] if kept["fix", None].reason == "Pixel fires twice" else store.decisions(firm)[0]
    assert (own.reason, own.owner, own.due_date) == ("Pixel fires twice", "Leyla", FIRST + WEEK - timedelta(days=1))
    search = kept["cut", SEARCH]
    was = money_of(draft, SEARCH)
    assert (search.amount_micros, search.before_micros) == (micros("1000.5"), round(sum(was) / len(was)))
    amounts = {key: one.amount_micros for (action, key), one in kept.items() if key and action in ("scale", "cut")}
    assert "tiktok_prospecting" not in amounts
    for line in draft.lines:
        before, now = money_of(draft, line.line_key), money_of(moved, line.line_key)
        told = amounts.get(line.line_key)
        assert sum(now) == (sum(before) if told is None else told * sum(map(bool, before)))
        past = [money_of(plan, line.line_key, date.min)[: -len(before) or None] for plan in (draft, moved)]
        assert past[0] == past[1]
    new = store.forecasts(firm)[forecasts:]
    assert [(one.plan_version, one.reason) for one in new] == [(moved.version, "review")]
    assert {(one.forecast_id, one.week_start) for one in kept.values()} == {(new[0].forecast_id, FIRST)}
    assert search.basis["weeks"]
    calm(app.button(key="decide_undo").click().run())
    assert plans(store)[1].weeks == draft.weeks
    assert len(store.decisions(firm)) == len(kept) + (own is not kept["fix", None])


def test_a_dropped_decision_gives_its_money_back(open_app: OpenApp, store: Store) -> None:
    """Dropping asks for nothing; one press beside it puts that line's weeks back, the other decisions' stay."""
    firm, draft, _ = plans(store)
    app = calm(opened(open_app).button(key="go_decide").click().run())
    moved = plans(store)[1]
    dropped, *others = (one for one in store.decisions(firm) if one.action in ("scale", "cut"))
    key = f"put_back_{dropped.decision_id}"
    assert key not in {str(each.key) for each in app.button}
    app = calm(app.button(key=f"taken_drop_{dropped.decision_id}").click().run())
    app = calm(app.button(key=key).click().run())
    back = plans(store)[1]
    assert money_of(back, str(dropped.line_key)) == money_of(draft, str(dropped.line_key))
    assert others
    for one in others:
        assert money_of(back, str(one.line_key)) == money_of(moved, str(one.line_key))
    assert key not in {str(each.key) for each in app.button}


def test_a_meeting_that_leaves_the_plan(open_app: OpenApp, store: Store) -> None:
    """In Azerbaijani: decisions alone, not offered again; a note on a cause of the week; the week is closed as
    it was read, an upload is taken back, and closing again asks for the reason and keeps the first.
    """
    firm, draft, locked = plans(store)
    app = opened(open_app, "az", "2026-W46")
    app = calm(app.button(key="decide_only").click().run())
    assert plans(store)[1] == draft
    assert {one.action for one in store.decisions(firm)} >= {"scale", "cut"}
    assert not [each for each in app.text_input if "decide_" in str(each.key)]
    field(app, "selectbox", "note_about").set_value("cause:cpm")
    app.text_area[0].set_value("Bayramdan əvvəl qiymətlər *")
    app = calm(app.button(key="note_keep").click().run())
    (kept,) = store.notes(firm)
    assert (kept.body, kept.week_start, kept.subject_key) == ("Bayramdan əvvəl qiymətlər *", LAST, "cause:cpm")
    assert has(app, "Bayramdan əvvəl qiymətlər *")
    app = calm(app.button(key="close_period").click().run())
    (first,) = store.closings(firm)
    assert (first.kind, first.start_date, first.plan_id, first.revision) == ("week", LAST, locked.plan_id, 1)
    assert first.data_version == store.data_version(firm)
    found = desk.actuals(store, locked)
    spent = sum(row[found.weeks.index(LAST)].spend_micros or 0 for row in found.measures.values())
    assert first.body["sums"]["actual"]["spend_micros"] == spent
    store.undo_import(firm, store.imports(firm)[-1].import_id)
    app = app.run()
    assert app.button(key="close_again_sure").disabled
    app = field(app, "text_input", "close_reason").set_value("Fayl səhv idi").run()
    calm(app.button(key="close_again_sure").click().run())
    second, same = store.closings(firm)
    assert (same, second.revision, second.note) == (first, 2, "Fayl səhv idi")
    assert second.body != first.body


def earlier(store: Store) -> Decision:
    """A decision that took hold in a ripe week: from nothing to what was spent, 10 expected without it."""
    firm, draft, _ = plans(store)
    found = desk.actuals(store, draft)
    amount = found.measures[SEARCH][found.weeks.index(RIPE)].spend_micros
    made = Decision(
        RIPE, "scale", "AZN", "google", "search", SEARCH, amount, "Leyla", LAST, expected_low_micros=micros(-50_000),
        expected_likely_micros=0, expected_high_micros=micros(50_000),
        basis={"caused": 0.68, "weeks": {RIPE.isoformat(): [0, amount, micros(10)]}},
    )  # fmt: skip
    return store.add_decision(firm, made)


def test_the_week_after(open_app: OpenApp, store: Store) -> None:
    """Earlier decisions come first with their effect, as the income statement of their weeks has it; Done keeps what is
    seen and can be opened again, Still open moves the day a week on. The month is closed, the working plan proposed.
    """
    made, (firm, draft, locked) = earlier(store), plans(store)
    app = opened(open_app, span="2026-10")
    assert [text for text in texts(app, "markdown") if text.count("Observed") and "over 1 full week" in text]
    app = calm(app.button(key=f"action_open_{made.decision_id}").click().run())
    assert store.decisions(firm)[0].due_date == date(2026, 11, 29)
    app = calm(app.button(key=f"action_done_{made.decision_id}").click().run())
    done, found = store.decisions(firm)[0], desk.actuals(store, draft)
    row = found.kept(SEARCH)[found.weeks.index(RIPE)]
    assert (done.status, done.basis) == ("done", made.basis)
    assert done.observed_micros == channel_pnl(business_of(draft), row).after_media - micros(10)
    assert done.verdict == ("worked" if done.observed_micros > 0 else "no_evidence")
    app = calm(app.button(key=f"action_reopen_{made.decision_id}").click().run())
    assert (store.decisions(firm)[0].status, store.decisions(firm)[0].verdict) == ("open", None)
    app = press(app, "Close this month")
    (month,) = store.closings(firm)
    assert (month.kind, month.start_date, month.end_date) == ("month", date(2026, 10, 1), date(2026, 11, 1))
    assert month.plan_id == locked.plan_id
    assert table_rows(app, "As read")[0][0] == "Spend"
    calm(press(app, "Propose it"))
    assert {head.status for head in store.plans(firm)} == {"proposed", "locked"}
    assert "Close this month" not in labels(app)


def table_rows(app: AppTest, header: str) -> list[list[str]]:
    """The rows of the one table whose first column is called so."""
    ((_, *rows),) = [found for found in tables(app) if found[0][0] == header]
    return rows
