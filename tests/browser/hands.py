"""What a hand does on any screen: press a button, go by the navigation, read the finding."""

import re

from playwright.sync_api import Locator, expect

from budget.present.words import words_for
from pages.parts.navigation import SCREENS
from tests.browser.visit import Visit


def press(visit: Visit, key: str) -> None:
    """Press the button with this key and wait until the screen rests."""
    visit.page.locator(f".st-key-{key} button").click()
    visit.settled()


def go_to(visit: Visit, name: str, lang: str = "en") -> None:
    """Go to a screen by the navigation."""
    (screen,) = [screen for screen in SCREENS if screen.name == name]
    say = words_for(lang).say
    section = visit.page.get_by_test_id("stTopNavSection").filter(has_text=say(screen.group))
    section.click()
    visit.page.get_by_role("menuitem", name=say(screen.title)).click()
    expect(visit.page).to_have_title(re.compile(f"^{say(screen.title)} "))
    visit.settled()


def title(visit: Visit) -> Locator:
    """The finding of the screen."""
    return visit.page.get_by_role("heading", level=1)
