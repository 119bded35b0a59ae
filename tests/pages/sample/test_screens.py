"""Every screen over the sample firm, in both languages, as the first thing that a server shows."""

import re

import pytest

from budget.present.words import LANGUAGES
from pages.parts.navigation import SCREENS
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, figures, has, labels, texts

NAMES = [screen.name for screen in SCREENS]
# Shown alike in every language: shorthand of the trade, names of the firm and of files.
SAME = re.compile(
    r"KPI|ROAS|CPA|CPC|CPM|CTR|CVR|ROI|Nar[ -]Ev|NarEv|Payız|Novruz|Meta|Google|TikTok|Campaign report|.*\.(csv|xlsx)"
)


@pytest.mark.parametrize("lang", list(LANGUAGES))
@pytest.mark.parametrize("screen", NAMES)
def test_a_deep_link_to_a_full_screen_stands(open_app: OpenApp, screen: str, lang: str) -> None:
    """The sample firm's screens have one title and no error, opened by their own address on a fresh server."""
    app = calm(open_app(screen, lang=lang, deep=True))
    assert len(app.title) == 1


@pytest.mark.parametrize("screen", NAMES)
def test_no_english_is_left_in_azerbaijani(open_app: OpenApp, screen: str) -> None:
    """No text of the English screen with a word in it is found again on the Azerbaijani one."""
    english, other = (
        {text for text in [*texts(app), *labels(app)] if re.search(r"[A-Za-z]{2}", text)}
        for app in (open_app(screen), open_app(screen, lang="az"))
    )
    assert len(english) > 5
    assert not {text for text in english & other if not SAME.match(text.replace("**", ""))}


def test_azerbaijani_writes_numbers_its_own_way(open_app: OpenApp) -> None:
    """Money on the cards has its code behind and points between thousands."""
    app = open_app("review", lang="az")
    assert any(re.fullmatch(r"64\.71\d AZN", figure) for figure in figures(app).values())


@pytest.mark.parametrize("screen", ["overview", "review"])
def test_where_sales_measured_what_ads_cause_the_other_end_is_said(open_app: OpenApp, screen: str) -> None:
    """What is counted to date as assumed stands beside the end of the plan with the measured share."""
    app = open_app(screen)
    assert has(app, "Up to today 68% of what platforms claim counts as caused by ads")
    assert has(app, "counted so from the first day, the plan ends at about")
