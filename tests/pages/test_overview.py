"""The owner's page in its other states: before uploads, after the end."""

import pytest

from budget.plan import StoredPlan
from budget.present.words import LANGUAGES, words_for
from budget.store import Store
from tests.budget.late import late_firm, upload
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, has, labels, texts, title
from tests.pages.own import own_firm


@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_before_uploads_the_plan_speaks(open_app: OpenApp, store: Store, lang: str) -> None:
    """The statement is the plan's, the record is empty and says what will come, nothing was approved yet."""
    own_firm(store)
    app, words = calm(open_app("overview", lang=lang)), words_for(lang)
    assert has(app, words.say("draft, not approved yet"))
    assert words.say("No forecast has met its result yet") in texts(app, "header")
    assert has(app, words.say("Each forecast is kept. The next uploads show how good it was."))
    assert not [metric for metric in app.metric if metric.delta]
    assert words.say("Print") in labels(app)


def over(store: Store) -> StoredPlan:
    """A firm whose plan ended on 6 December 2026, all weeks uploaded."""
    plan = late_firm(store)
    for weeks in (4, 8, 12, 13):
        upload(store, plan, weeks, mean_days=0)
    return plan


def test_a_plan_that_is_over_says_how_it_ended(
    open_app: OpenApp, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The finding and the statement are what happened; no week is left to move money in, which the page says."""
    monkeypatch.setenv("PAYOFF_TODAY", "2026-12-08")
    over(store)
    app = calm(open_app("overview"))
    assert title(app).startswith("The plan ended AZN ")
    (amount,) = [text.removeprefix("It added ") for text in texts(app, "header") if text.startswith("It added")]
    assert title(app) == f"The plan ended {amount} in profit"
    assert has(app, "No week of the plan is left whose money could move.")
    assert "No line with money left may be cut" in texts(app, "header")
    assert "The plan is over: copy it for the next period" in labels(app)
