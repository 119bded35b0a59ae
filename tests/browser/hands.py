"""What a hand does on any screen: press a button, go by the navigation, read the finding."""

import re

from playwright.sync_api import Locator, expect

from budget.present.words import words_for
from pages.parts.navigation import SCREENS
from tests.browser.visit import Visit

NUMBERS = {
    "Average order": "42", "Cost of goods, %": "40", "Delivery per order": "3", "Team, a month": "1500",
    "Advertising budget, 13 weeks": "30000",
}  # fmt: skip


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


def five_numbers(visit: Visit) -> None:
    """Fill the form of the first plan, with three platforms, and send it."""
    page = visit.page
    page.get_by_label("Name of the firm").first.fill("Khazar Tea")
    for label, number in NUMBERS.items():
        page.get_by_label(label).first.fill(number)
    page.get_by_label("Platforms").click()
    page.get_by_role("option", name="TikTok").click()
    page.keyboard.press("Escape")
    press(visit, "go_start")
    expect(page.get_by_text("Khazar Tea · My plan · 19 Oct 2026")).to_be_visible()
