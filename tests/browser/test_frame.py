"""The frame in a real browser: every screen, both schemes, wide and narrow, both languages."""

import re

import pytest
from playwright.sync_api import expect

from budget.present.words import LANGUAGES, words_for
from pages.parts.navigation import SCREENS
from tests.browser.conftest import OpenVisit

THERE = [screen for screen in SCREENS if screen.path.is_file()]
NAMES = [screen.name for screen in THERE]


@pytest.mark.parametrize(("width", "scheme", "lang"), [(1280, "light", "en"), (390, "dark", "az")])
def test_empty_screens_are_accessible_and_ask_nobody(open_visit: OpenVisit, width: int, scheme: str, lang: str) -> None:
    """Each by its own address: one title, no axe fault, no overflow, no console error, no request to another host."""
    visit = open_visit(width=width, scheme=scheme)
    for screen in NAMES:
        visit.go(f"/{screen}?lang={lang}")
        expect(visit.page.get_by_role("heading", level=1)).to_have_count(1)
        expect(visit.page.locator("html")).to_have_attribute("lang", lang)
        visit.checked()


def test_the_language_lives_in_the_address(open_visit: OpenVisit) -> None:
    """Switching writes the address, a reload keeps it, and the browser's tab speaks it."""
    visit = open_visit()
    visit.go()
    visit.page.get_by_test_id("stExpandSidebarButton").click()
    visit.page.get_by_role("radio", name=LANGUAGES["az"]).click()
    expect(visit.page).to_have_url(re.compile(r"\?lang=az$"))
    expect(visit.page.locator("html")).to_have_attribute("lang", "az")
    visit.page.reload()
    visit.settled()
    overview = words_for("az").say(THERE[0].title)
    expect(visit.page).to_have_title(re.compile(f"^{overview} "))


def test_the_language_stays_from_screen_to_screen(open_visit: OpenVisit) -> None:
    """Someone who chose Azerbaijani keeps it wherever the navigation leads."""
    words = words_for("az")
    visit = open_visit()
    visit.go("/?lang=az")
    visit.page.get_by_test_id("stTopNavSection").first.click()
    visit.page.get_by_role("menuitem", name=words.say(THERE[1].title)).click()
    expect(visit.page).to_have_url(re.compile(rf"/{THERE[1].name}\?lang=az$"))
    visit.settled()
    expect(visit.page).to_have_title(re.compile(f"^{words.say(THERE[1].title)} "))
