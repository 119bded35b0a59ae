"""The Plan screen's acts: ticked lines, pasted lines, target, patterns, edits that meet; in both languages."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from budget.money import micros
from budget.plan import StoredPlan
from budget.store import Store
from budget.targets import target_of
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, edited, has, plain, press, texts


def draft(store: Store) -> StoredPlan:
    """The plan that is being edited, as stored; each line's weeks add up to its budget."""
    (firm,) = store.workspaces()
    (head,) = [head for head in store.plans(firm.workspace_id) if head.status == "draft"]
    plan = store.plan(firm.workspace_id, head.plan_id)
    for line in plan.lines:
        assert sum(w.budget_micros for w in plan.weeks if w.line_key == line.line_key) == line.budget_micros
    return plan


@pytest.fixture
def plan(open_app: OpenApp) -> AppTest:
    """The Plan screen of the sample firm."""
    return open_app("plan")


def test_ticked_lines_are_copied_and_deleted(plan: AppTest, store: Store) -> None:
    """Two ticks: both are copied below themselves; one tick deletes; undo brings it back where it was."""
    before = draft(store)
    app = calm(press(edited(plan, "lines_1_0", rows={0: {"pick": True}, 2: {"pick": True}}), "Copy 2 lines"))
    assert [line.line_key for line in draft(store).lines][:5] == [
        "meta_prospecting", "meta-prospecting", "meta_retargeting", "google_search", "google-search",
    ]  # fmt: skip
    app = press(app, "Undo")
    assert (draft(store).lines, draft(store).weeks) == (before.lines, before.weeks)
    app = calm(press(edited(app, "lines_1_2", rows={1: {"pick": True}}), "Delete 1 line"))
    assert len(draft(store).lines) == 5
    calm(press(app, "Undo"))
    assert draft(store).lines == before.lines


@pytest.mark.parametrize(
    ("lang", "typed", "said"),
    [
        (
            "en",
            "12.5x",
            "Meta · prospecting, Budget: “12.5x” is no number. The old value stays; write it like 1,234.50.",
        ),
        ("az", "12.5x", "Meta · yeni auditoriya, Büdcə: “12.5x” rəqəm deyil. Köhnə dəyər qalır; 1.234,50 kimi yazın."),
        ("en", "1.234", "Meta · prospecting, Budget: 1.234 was read as 1.23."),
        ("az", "1,234", "Meta · yeni auditoriya, Büdcə: 1,234 belə oxundu: 1,23."),
    ],
)
def test_what_a_cell_was_read_as_is_said(open_app: OpenApp, lang: str, typed: str, said: str) -> None:
    """A text that is no number, and one that could be two, in the words of the language."""
    app = edited(open_app("plan", lang=lang), "lines_1_0", rows={0: {"budget": typed}})
    assert not app.exception
    assert [text for text in texts(app, "markdown") if text.endswith(said)]


@pytest.mark.parametrize(
    ("lang", "row", "button"),
    [("en", "TikTok\tvideo\t05.10.2026\t01.11.2026\t1,000.50", "Add 1 line"),
     ("az", "TikTok\tvideo\t05.10.2026\t01.11.2026\t1.000,50", "1 sətir əlavə et")],
    ids=["en", "az"],
)  # fmt: skip
def test_pasted_lines_are_shown_and_then_added(
    open_app: OpenApp, store: Store, lang: str, row: str, button: str
) -> None:
    """Nothing is added before the press; then the line is there with its weeks."""
    app = open_app("plan", lang=lang)
    app.text_area(key="paste_lines_1_0").set_value(f"{row}\nMyspace\tads\t\t\t5").run()
    assert len(draft(store).lines) == 6
    assert [text for text in texts(app, "markdown") if "Myspace" in text]
    calm(press(app, button))
    assert draft(store).lines[-1].budget_micros == micros("1000.5")


def test_the_target_is_met_by_lines_that_are_not_committed(plan: AppTest, store: Store) -> None:
    """90,000 against 84,000: the difference is said, then spread over the two open lines, to the cent."""
    (box,) = [box for box in plan.text_input if "Target budget" in plain(box.label)]
    app = calm(box.set_value("90 000").run())
    assert target_of(draft(store)) == micros(90_000)
    assert has(app, "AZN 6,000.00 of the target has no line yet")
    app = calm(press(app, "Spread the difference"))
    assert has(app, "The lines meet the target to the cent")
    found = draft(store)
    assert found.budget_micros == micros(90_000)
    assert found.line("meta_prospecting").budget_micros == micros(26_500)
    assert found.line("tiktok_awareness").budget_micros == micros("9695.12")  # 7,500 + 6,000 * 7,500 / 20,500


def test_a_pattern_phases_all_lines(plan: AppTest, store: Store) -> None:
    """Even over all lines: no full week of a line differs from another by more than a cent; budgets stay."""
    before = draft(store)
    plan.session_state["plan_tabs"] = "Weekly phasing"
    calm(press(plan.run(), "Phase 6 lines"))
    found = draft(store)
    assert [line.budget_micros for line in found.lines] == [line.budget_micros for line in before.lines]
    for line in found.lines:
        amounts = [w.budget_micros for w in found.weeks if w.line_key == line.line_key]
        assert max(amounts) - min(amounts) <= 10_000


def test_an_edit_that_meets_another_is_added_or_asked(plan: AppTest, store: Store) -> None:
    """Saved elsewhere: another line is kept beside mine; the same cell is asked, and nothing is lost either way."""
    other = draft(store)
    lines = tuple(replace(x, note="x") if x.line_key == "google_search" else x for x in other.lines)
    store.save_plan(other.workspace_id, replace(other, lines=lines))
    app = edited(plan, "lines_1_0", rows={0: {"budget": "5"}})
    assert has(app, "Your change was added to it.")
    found = draft(store)
    assert (found.line("meta_prospecting").budget_micros, found.line("google_search").note) == (micros(5), "x")
