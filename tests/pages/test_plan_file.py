"""The Plan screen's workbook: a preview before anything counts, one step to apply it, one to take it back."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from budget.plan import StoredPlan
from budget.present.words import words_for
from budget.reports.plan_file import plan_template, plan_workbook
from budget.store import Store
from tests.budget.books import edited
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, has, press, table
from tests.pages.own import own_firm


@pytest.fixture
def plan(store: Store) -> StoredPlan:
    """The plan of a firm of its own."""
    firm = own_firm(store)
    (head,) = store.plans(firm)
    return store.plan(firm, head.plan_id)


def sent(app: AppTest, data: bytes) -> AppTest:
    """The workbook dropped on the Plan screen."""
    (uploader,) = [one for one in app.file_uploader if str(one.key).startswith("plan_file_in")]
    uploader.upload("plan.xlsx", data)
    return app.run()


def typed(sheet: int, **cells: Any) -> Callable[[Any], None]:
    """An edit of cells of the sheet in that place."""

    def edit(book: Any) -> None:
        for cell, value in cells.items():
            book.worksheets[sheet][cell] = value

    return edit


def now(store: Store, plan: StoredPlan) -> StoredPlan:
    """The plan as stored by now."""
    return store.plan(plan.workspace_id, plan.plan_id)


def test_an_edited_workbook_is_shown_applied_and_taken_back(open_app: OpenApp, store: Store, plan: StoredPlan) -> None:
    """The preview lists exactly the change; nothing is stored before the press; Undo brings the plan back."""
    app = calm(sent(open_app("plan"), edited(plan, typed(0, J4="Aygün"))))
    name = "Meta · prospecting · Owner"
    assert table(app, "What")[name] == {"Before": "–", "After": "Aygün"}
    assert now(store, plan) == plan
    app = calm(press(app, "Apply 1 change"))
    assert has(app, "1 change was made.")
    assert now(store, plan).lines[0].owner == "Aygün"
    calm(press(app, "Undo"))
    assert now(store, plan).lines == plan.lines


@pytest.mark.parametrize(
    ("lang", "said", "chosen"),
    [("en", "Where budget and weeks differ, which of the two holds?", "Apply"),
     ("az", "Büdcə ilə həftələr fərqlənəndə hansı keçərlidir?", "tətbiq et")],
)  # fmt: skip
def test_a_budget_typed_over_its_weeks_is_asked_about(
    open_app: OpenApp, store: Store, plan: StoredPlan, lang: str, said: str, chosen: str
) -> None:
    """The cell is named, the question put, and the answer applied: the line gets the typed budget over its weeks."""
    app = calm(sent(open_app("plan", lang=lang), edited(plan, typed(0, H4=5000), lang)))
    assert has(app, "!H4")
    (question,) = [radio for radio in app.radio if radio.label == said]
    app = calm(question.set_value("lines").run())
    (button,) = [one for one in app.button if one.key == "go_plan_file"]
    assert chosen in button.label
    calm(button.click().run())
    stored = now(store, plan)
    assert stored.lines[0].budget_micros == 5_000_000_000
    assert sum(w.budget_micros for w in stored.weeks if w.line_key == stored.lines[0].line_key) == 5_000_000_000


def test_faults_are_named_and_nothing_is_offered(open_app: OpenApp, store: Store, plan: StoredPlan) -> None:
    """A cell that cannot be read is named with what was expected; there is nothing to apply."""
    app = sent(open_app("plan"), edited(plan, typed(1, C4="many")))
    assert has(app, "Weeks!C4: found “many”, expected an amount of 0 or more.")
    assert has(app, "Nothing was changed.")
    assert not [one for one in app.button if one.key == "go_plan_file"]
    assert now(store, plan) == plan


def test_no_workbook_is_said_calmly(open_app: OpenApp, plan: StoredPlan) -> None:
    """A file that only bears the name changes nothing and breaks nothing."""
    app = sent(open_app("plan"), b"PK\x03\x04 no workbook")
    assert not app.exception
    assert has(app, "The file is damaged or cut off.")


def test_a_locked_baseline_never_changes_by_its_workbook(open_app: OpenApp, store: Store, plan: StoredPlan) -> None:
    """The workbook of a locked plan goes into the draft; the baseline stays as it is, byte for byte."""
    locked = store.lock_plan(plan.workspace_id, plan.plan_id, seen_version=plan.version)
    app = calm(sent(open_app("plan"), edited(locked, typed(0, J4="Aygün"))))
    assert has(app, "is locked and stays as it is.")
    calm(press(app, "Apply 1 change"))
    assert store.plan(plan.workspace_id, locked.plan_id) == locked
    assert now(store, plan).lines[0].owner == "Aygün"


def test_an_older_workbook_says_what_changed_meanwhile(open_app: OpenApp, store: Store, plan: StoredPlan) -> None:
    """What changed since is shown; adding to it keeps both changes."""
    data = edited(plan, typed(0, J4="Aygün"))
    first, *rest = plan.lines
    store.save_plan(plan.workspace_id, replace(plan, lines=(replace(first, note="call Rauf"), *rest)))
    app = calm(sent(open_app("plan"), data))
    assert has(app, "Changed in the plan since the workbook was made:")
    assert table(app, "What")["Meta · prospecting · Note"]["After"] == "call Rauf"
    (question,) = [radio for radio in app.radio if radio.key == "plan_file_meanwhile"]
    app = calm(question.set_value("merge").run())
    calm(press(app, "Apply 1 change"))
    line = now(store, plan).lines[0]
    assert (line.note, line.owner) == ("call Rauf", "Aygün")


def test_an_unchanged_workbook_changes_nothing(open_app: OpenApp, store: Store, plan: StoredPlan) -> None:
    """Uploaded as it was downloaded, it says so."""
    app = calm(sent(open_app("plan"), plan_workbook(plan, words_for("az"))))
    assert has(app, "The workbook says what the plan says already.")


def test_a_template_is_a_whole_workbook(plan: StoredPlan) -> None:
    """Every sheet of the plan is in the template too."""
    whole, empty = (openpyxl.load_workbook(io.BytesIO(make(plan, words_for("en"))))
                    for make in (plan_workbook, plan_template))  # fmt: skip
    assert whole.sheetnames == empty.sheetnames
