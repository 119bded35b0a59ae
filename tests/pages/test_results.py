"""What the screens read is computed once per state of the data: fresh after an upload, never twice in between."""

from collections import Counter
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from budget.store import Store
from tests.budget.late import late_firm, upload
from tests.budget.shops import firm
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, has, press
from tests.pages.shop import opened
from tests.pages.test_learning_sales import paste, pasted

SCREENS = ("forecast", "optimise", "review", "learning", "overview")
MODELS = (
    "budget.learning.learn_funnel", "budget.forecast.simulate", "budget.projection.simulate",
    "budget.weekly_ranges.simulate", "budget.ripeness.completeness", "budget.sales_model.fit_sales",
)  # fmt: skip


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each of the models was asked, by its name where it is used; clear it to count anew."""
    seen: Counter[str] = Counter()
    for path in MODELS:
        module, _, name = path.rpartition(".")
        monkeypatch.setattr(path, counting(seen, path, getattr(import_module(module), name)))
    return seen


def counting(seen: Counter[str], path: str, asked: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, counted."""

    def count(*args: Any, **kwargs: Any) -> Any:
        seen[path] += 1
        return asked(*args, **kwargs)

    return count


def visit(app: AppTest, screens: tuple[str, ...] = SCREENS) -> AppTest:
    """Look at one screen after the other in this session."""
    for screen in screens:
        calm(app.switch_page(f"pages/{screen}.py").run())
    return app


def test_another_visit_asks_no_model(open_app: OpenApp, store: Store, calls: Counter[str]) -> None:
    """The first round over all screens learns and simulates; the second one reads what is there."""
    plan = late_firm(store)
    for weeks in (1, 2, 3):
        upload(store, plan, weeks)
    app = visit(open_app("settings"))
    assert calls["budget.learning.learn_funnel"] > 0
    assert calls["budget.forecast.simulate"] > 0
    calls.clear()
    visit(app)
    assert calls == Counter()


def test_new_data_reach_every_screen(open_app: OpenApp, store: Store, calls: Counter[str]) -> None:
    """After an upload each screen that reads what was learned learns anew, once, from one week more."""
    plan = late_firm(store)
    upload(store, plan, 3)
    app = visit(open_app("settings"))
    assert has(app.switch_page("pages/learning.py").run(), "after 3 full weeks of data")
    upload(store, plan, 4)
    calls.clear()
    for screen in ("forecast", "optimise", "learning"):
        before = calls["budget.learning.learn_funnel"]
        visit(app, (screen,))
        assert calls["budget.learning.learn_funnel"] == before + 1, screen
    assert has(app, "after 4 full weeks of data")
    calls.clear()
    visit(app, ("forecast", "optimise", "learning"))
    assert calls == Counter()


def test_new_sales_are_fitted_once(open_app: OpenApp, store: Store, calls: Counter[str]) -> None:
    """Pasted sales: the forecast that is kept with them, the Learning, Forecast and Overview screens share one fit."""
    found = firm(76)
    opened(store, found, sales=False)
    app = paste(calm(open_app("learning")), pasted(found, 76))
    calls.clear()
    press(app, "Save these sales")
    assert has(calm(app), "of all sales")
    visit(app, ("forecast", "overview", "learning"))
    assert calls["budget.sales_model.fit_sales"] == 1
    (workspace,) = store.workspaces()
    assert "sales" in store.forecasts(workspace.workspace_id)[-1].inputs
