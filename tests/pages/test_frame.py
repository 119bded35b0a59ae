"""The frame around every screen: language, firm, plan, faults."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from budget.errors import StoreBusy
from budget.present.words import LANGUAGES, words_for
from budget.store import Store
from pages.parts.navigation import SCREENS
from pages.parts.refusal import reaches_others
from tests.pages.conftest import OpenApp

THERE = [screen.name for screen in SCREENS if screen.path.is_file()]


def titles(app: AppTest) -> list[str]:
    """The titles on the screen."""
    return [title.value for title in app.title]


def captions(app: AppTest) -> str:
    """All captions of the side bar as one text."""
    return " | ".join(caption.value for caption in app.sidebar.caption)


@pytest.mark.parametrize("screen", THERE)
@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_a_deep_link_on_a_fresh_server_shows_the_screen(open_app: OpenApp, screen: str, lang: str) -> None:
    """The first thing a server ever shows may be any screen in any language: with frame, title and no error."""
    app = open_app(screen, lang=lang, deep=True)
    assert not app.exception
    assert not app.error
    assert len(titles(app)) == 1
    assert app.segmented_control(key="lang").value == lang


def test_the_language_of_the_address_wins_and_stays(open_app: OpenApp) -> None:
    """`?lang=az` speaks Azerbaijani from the first word; switching back cleans the address."""
    app = open_app(lang="az")
    assert app.segmented_control(key="lang").label == words_for("az").say("Language")
    app.segmented_control(key="lang").set_value("en").run()
    assert app.segmented_control(key="lang").label == "Language"
    assert "lang" not in app.query_params


def test_an_unknown_language_speaks_the_default(open_app: OpenApp) -> None:
    """An address made up by somebody changes nothing and is cleaned."""
    app = open_app(lang="xx")
    assert app.segmented_control(key="lang").value == "en"
    assert "lang" not in app.query_params


def test_the_browsers_language_is_the_default(open_app: OpenApp) -> None:
    """Someone whose browser speaks Azerbaijani is met in Azerbaijani."""
    app = open_app(run=False)
    app.context["locale"] = "az-AZ"
    app.run()
    assert app.segmented_control(key="lang").value == "az"
    assert "lang" not in app.query_params


def test_the_firm_of_the_address_is_shown_and_an_unknown_one_falls_back(open_app: OpenApp, store: Store) -> None:
    """`?firm=` takes the ids of this store; any other text means the newest firm."""
    first = store.create_workspace("Nar", currency="AZN").workspace_id
    second = store.create_workspace("Su", currency="USD").workspace_id
    assert open_app(firm=first).selectbox(key="firm").value == str(first)
    for wrong in (999, -1):
        assert open_app(firm=wrong).selectbox(key="firm").value == str(second)


def test_the_side_bar_says_which_plan_is_open(open_app: OpenApp, store: Store) -> None:
    """The newest draft and the newest locked plan are named; a name is shown as it was written."""
    assert words_for("en").say("No plan yet") in captions(open_app())
    firm = store.create_workspace("Nar", currency="AZN").workspace_id
    plan = store.create_plan(firm, name="Q4 *big* $x$", currency="AZN")
    shown = captions(open_app()).replace("\\", "")
    assert "Q4 *big* $x$: draft" in shown
    assert "locked" not in shown
    store.lock_plan(firm, plan.plan_id, seen_version=plan.version)
    assert "locked" in captions(open_app())


def test_a_bug_is_one_calm_sentence_and_a_private_line_in_the_log(
    open_app: OpenApp, tmp_path: Path, faults: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The person sees a code; the log holds the place under that code, but not the message with its cell values."""

    def broken(*_: object, **__: object) -> None:
        raise KeyError("Leyla Aliyeva +994501234567")

    monkeypatch.setattr(Store, "workspaces", broken)
    app = open_app()
    (shown,) = [error.value for error in app.error]
    (line,) = [json.loads(line) for line in (tmp_path / "logs" / "payoff.log").read_text().splitlines()]
    assert line["id"] in shown
    assert "Leyla" not in shown
    assert "KeyError" in line["trace"]
    assert "broken" in line["trace"]
    assert "Leyla" not in json.dumps(line)
    assert len(faults) == 1
    faults.clear()


def test_a_refused_state_is_shown_as_its_sentence(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the store refuses is no bug: the person reads what to do, in his language."""

    def busy(*_: object, **__: object) -> None:
        raise StoreBusy("database is locked: /home/x/payoff.db")

    monkeypatch.setattr(Store, "workspaces", busy)
    shown = [error.value for error in open_app(lang="az").error]
    assert shown == [
        words_for("az").say("Somebody else is writing just now. Nothing was changed: try again in a minute.")
    ]


@pytest.mark.parametrize(
    ("address", "open_to_others"),
    [
        (None, True),
        ("", True),
        ("0.0.0.0", True),  # noqa: S104  the address that must be refused
        ("::", True),
        ("10.0.0.7", True),
        ("localhost.example.org", True),
        ("127.0.0.1", False),
        ("127.1.2.3", False),
        ("::1", False),
        ("localhost", False),
    ],
)
def test_only_loopback_is_closed_to_others(address: str | None, open_to_others: bool) -> None:
    """An address that is unset or not loopback can be reached by other computers."""
    assert reaches_others(address) is open_to_others
