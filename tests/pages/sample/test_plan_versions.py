"""Plans, scenarios and versions over the sample firm: opened by the address, proposed, approved, never changed."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from budget.plan import StoredPlan
from budget.present.words import LANGUAGES, words_for
from budget.store import Store
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, edited, has, labels, press, tables, texts, title

EDITORS = ("data_editor", "number_input", "date_input", "toggle", "slider", "checkbox")


def heads(store: Store, status: str = "draft") -> list[StoredPlan]:
    """The sample firm's plans of a status, oldest first."""
    (firm,) = store.workspaces()
    found = sorted(head.plan_id for head in store.plans(firm.workspace_id) if head.status == status)
    return [store.plan(firm.workspace_id, key) for key in found]


def main(store: Store) -> StoredPlan:
    """The plan that is worked with."""
    return heads(store)[0]


def address(app: AppTest) -> str:
    """The plan in the address; a value set by the screen comes as text, one set by the test as a list."""
    found = app.query_params["plan"]
    return found if isinstance(found, str) else found[0]


def at_plan(open_app: OpenApp, screen: str, plan_id: int, lang: str = "") -> AppTest:
    """A screen with a plan in the address."""
    app = open_app(screen, lang=lang, run=False)
    app.query_params["plan"] = str(plan_id)
    return calm(app.run())


def scenario(store: Store, share: float = 0.5) -> StoredPlan:
    """A stored copy of the main plan with less money in every week."""
    before = main(store)
    weeks = tuple(replace(w, budget_micros=round(w.budget_micros * share)) for w in before.weeks)
    sums = {line.line_key: sum(w.budget_micros for w in weeks if w.line_key == line.line_key) for line in before.lines}
    lines = tuple(replace(line, budget_micros=sums[line.line_key]) for line in before.lines)
    made = replace(before, name="Less", lines=lines, weeks=weeks, based_on_plan_id=before.plan_id)
    return store.add_plan(before.workspace_id, made)


def test_a_copy_is_opened_and_left_by_one_press(open_app: OpenApp, store: Store) -> None:
    """Copy as a scenario: the copy is on the screen and in the address; one press leads back; both are as they were."""
    before = main(store)
    app = calm(press(open_app("plan"), "Copy as a scenario"))
    _, made = heads(store)
    assert (made.name, made.based_on_plan_id, made.lines) == (f"{before.name}, copy", before.plan_id, before.lines)
    assert address(app) == str(made.plan_id)
    assert has(app, "is open now")
    app = calm(press(app, f"Back to {before.name}"))
    assert "plan" not in app.query_params
    assert heads(store) == [before, made]


def test_the_opened_plan_is_edited_alone(open_app: OpenApp, store: Store) -> None:
    """What is typed while a scenario is open changes the scenario; the main plan stays to the micro."""
    before, made = main(store), scenario(store)
    app = at_plan(open_app, "plan", made.plan_id)
    calm(edited(app, f"lines_{made.plan_id}_0", rows={0: {"budget": "100.0"}}))
    now = store.plan(made.workspace_id, made.plan_id)
    assert now.lines[0].budget_micros == 100_000_000
    assert main(store) == before


@pytest.mark.parametrize("screen", ["plan", "business", "forecast", "optimise"])
def test_the_switch_is_on_every_plan_screen(open_app: OpenApp, store: Store, screen: str) -> None:
    """Each of the four screens shows which plan is open and has the way back; Review and Overview have neither."""
    made = scenario(store)
    app = at_plan(open_app, screen, made.plan_id)
    assert "Plan on the screen" in labels(app)
    assert f"Back to {main(store).name}" in labels(app)


def test_the_review_stays_with_the_baseline(open_app: OpenApp, store: Store) -> None:
    """An opened scenario changes nothing on Overview and Review."""
    made = scenario(store)
    for screen in ("overview", "review"):
        plain = texts(calm(open_app(screen)))
        assert texts(at_plan(open_app, screen, made.plan_id)) == plain


def test_rename_put_away_and_bring_back(open_app: OpenApp, store: Store) -> None:
    """A scenario gets another name, is put away (its original opens) and comes back as it was."""
    made = scenario(store)
    app = at_plan(open_app, "plan", made.plan_id)
    (box,) = [box for box in app.text_input if box.label == "Name of this plan"]
    box.set_value("Half")
    app = calm(press(app.run(), "Rename"))
    assert store.plan(made.workspace_id, made.plan_id).name == "Half"
    app = calm(press(app, "Put away"))
    assert [plan.name for plan in heads(store, "archived")] == ["Half"]
    assert "plan" not in app.query_params
    app = calm(press(app, "Bring back Half"))
    assert address(app) == str(made.plan_id)
    assert store.plan(made.workspace_id, made.plan_id).lines == made.lines


def test_deleting_asks_first(open_app: OpenApp, store: Store) -> None:
    """The press opens a question and deletes nothing yet."""
    made = scenario(store)
    app = calm(press(at_plan(open_app, "plan", made.plan_id), "Delete"))
    assert "Delete for good" in labels(app)
    assert store.plan(made.workspace_id, made.plan_id) == made


def test_an_edit_takes_a_proposal_back_and_says_so(open_app: OpenApp, store: Store) -> None:
    """Proposed with a note; an edit makes it a draft, which the screen says; proposed anew it can be withdrawn."""
    app = open_app("plan")
    (note,) = [area for area in app.text_area if str(area.key).startswith("note_propose")]
    note.set_value("For December")
    app = calm(press(app.run(), "Propose it"))
    assert main_status(store) == "proposed"
    assert has(app, "was proposed for approval")
    assert has(app, "For December")
    assert "Approve" in labels(app)
    app = calm(edited(app, "lines_1_0", rows={0: {"budget": "1000.0"}}))
    assert main_status(store) == "draft"
    assert has(calm(app.run()), "edited since: it is a draft again")
    app = calm(press(app, "Propose it"))
    calm(press(app, "Withdraw"))
    assert main_status(store) == "draft"


def main_status(store: Store) -> str:
    """The status of the oldest plan that is not locked."""
    (firm,) = store.workspaces()
    return min((h for h in store.plans(firm.workspace_id) if h.status != "locked"), key=lambda h: h.plan_id).status


@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_the_owner_sees_what_waits(open_app: OpenApp, store: Store, lang: str) -> None:
    """Overview names the proposed plan, its note and what approving would change; the press asks first."""
    made = scenario(store)
    store.propose_plan(made.workspace_id, made.plan_id, seen_version=made.version, note="Half for the winter")
    app, say = calm(open_app("overview", lang=lang)), words_for(lang).say
    assert say("{name} waits for your approval", name="Less") in texts(app, "subheader")
    assert has(app, "Half for the winter")
    assert has(app, "42.000,00" if lang == "az" else "42,000.00")
    app = calm(press(app, say("Approve")))
    assert say("Lock it") in labels(app)
    assert len(heads(store, "locked")) == 1


@pytest.mark.parametrize(("screen", "lang"), [("plan", "en"), ("business", "az")])
def test_a_locked_version_can_only_be_read(open_app: OpenApp, store: Store, screen: str, lang: str) -> None:
    """No editor, no field and no press that could change it; its lines stand in a table; it stays as it was."""
    (locked,) = heads(store, "locked")
    app = at_plan(open_app, screen, locked.plan_id, lang)
    assert not [kind for kind in EDITORS if app.get(kind)]
    say = words_for(lang).say
    assert not {say("Lock as baseline"), say("Propose it"), say("Rename"), say("Delete"), say("Undo")} & set(
        labels(app)
    )
    assert len(next(iter(tables(app)))) == 1 + len(locked.lines)
    assert has(app, say("To change something, copy it as a scenario, or go on in the draft."))
    app.session_state[f"lines_{locked.plan_id}_0"] = {
        "edited_rows": {0: {"budget": "1.0"}}, "added_rows": [], "deleted_rows": [0],
    }  # fmt: skip
    calm(app.run())
    assert store.plan(locked.workspace_id, locked.plan_id) == locked


def test_a_locked_version_becomes_a_scenario(open_app: OpenApp, store: Store) -> None:
    """Copied, the copy is a draft that can be edited; the version stays."""
    (locked,) = heads(store, "locked")
    app = calm(press(at_plan(open_app, "plan", locked.plan_id), "Copy as a scenario"))
    made = heads(store)[-1]
    assert (made.based_on_plan_id, made.lines) == (locked.plan_id, locked.lines)
    assert address(app) == str(made.plan_id)
    assert heads(store, "locked") == [locked]


@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_differences_are_told(open_app: OpenApp, store: Store, lang: str) -> None:
    """From the main plan to the scenario: the budget before and after, and a row for each line."""
    made = scenario(store)
    app = at_plan(open_app, "plan", made.plan_id, lang)
    app.session_state["differences"] = True
    calm(app.run())
    assert has(app, "84.000,00" if lang == "az" else "84,000.00")
    assert has(app, "42.000,00" if lang == "az" else "42,000.00")
    (found,) = [rows for rows in tables(app) if rows[0][0] == words_for(lang).say("What")]
    assert len(found) >= 1 + 2 * len(made.lines)


@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_plans_stand_side_by_side(open_app: OpenApp, store: Store, lang: str) -> None:
    """Main plan, scenario and version as columns; half the money costs half, and both charts are there."""
    made, say = scenario(store), words_for(lang).say
    app = at_plan(open_app, "forecast", made.plan_id, lang)
    before = len(app.get("vega_lite_chart"))
    app.session_state["compare_plans"] = True
    calm(app.run())
    found = {rows[0][0]: rows for rows in tables(app)}
    figures, gaps = found[say("Item")], found[say("Difference")]
    assert [len(figures[0]), len(gaps[0])] == [4, 3]
    assert [row[0] for row in figures[1:]] == [
        say(name) for name in ("Budget", "People reached", "Conversions", "Net revenue", "Profit after the team", "ROI",
                               "Chance of the goal", "Chance of a loss", "Pays back in")
    ]  # fmt: skip
    cells = dict(zip(figures[0], figures[1], strict=True))
    assert cells[say("{name} · scenario", name="Less")] == ("42.000 AZN" if lang == "az" else "AZN 42,000")
    more = dict(zip(gaps[0], gaps[1], strict=True))
    assert more[say("{name} · scenario", name="Less")] == ("−42.000" if lang == "az" else "−42,000")
    assert len(app.get("vega_lite_chart")) == before + 2


def test_the_opened_plan_has_one_profit(open_app: OpenApp, store: Store) -> None:
    """The comparison shows the middle profit of the opened plan that the forecast's headline rests on."""
    made = scenario(store)
    app = at_plan(open_app, "forecast", made.plan_id)
    finding = title(app)
    app.session_state["compare_plans"] = True
    rows = {row[0]: row for found in tables(calm(app.run())) if found[0][0] == "Item" for row in found}
    cell = rows["Profit after the team"][rows["Item"].index("Less · scenario")]
    assert title(app) == finding
    ends = [part.strip(" ()") for part in cell.split("(")[1].split("…" if "…" in cell else "–")]
    assert all(end.strip("−") in finding for end in ends)
