"""One walk through the whole product in a real browser: sample firm, own plan, three exports, review, other looks."""

import json
import os
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from budget.present.words import LANGUAGES
from sample_data.make import FOLDER
from tests.browser.grid import Grid
from tests.browser.hands import five_numbers, go_to, press, title
from tests.browser.server import serving
from tests.browser.visit import Visit, visiting

PLANNED_ON, UPLOADED_ON = "2026-10-16", "2026-11-09"
OWN = FOLDER / "own_upload"
TRUTH: list[dict[str, Any]] = json.loads((OWN / "truth.json").read_text("utf-8"))["rows"]
EXPORTS = sorted(path for path in OWN.iterdir() if path.suffix != ".json")
PICTURES = os.environ.get("PAYOFF_PICTURES")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the walk, empty at its start."""
    return tmp_path_factory.mktemp("walk")


@pytest.fixture
def october(browser: Browser, folder: Path) -> Iterator[Visit]:
    """A visit on the day on which the plan is made."""
    with serving(folder, {"PAYOFF_TODAY": PLANNED_ON}) as url, visiting(browser, url) as visit:
        yield visit


@pytest.fixture
def november(browser: Browser, folder: Path) -> Iterator[Visit]:
    """A visit three weeks later, to a server that was started anew over the same folder."""
    with serving(folder, {"PAYOFF_TODAY": UPLOADED_ON}) as url, visiting(browser, url) as visit:
        yield visit


def picture(visit: Visit, name: str) -> None:
    """Keep a picture of the whole page where `PAYOFF_PICTURES` names a folder."""
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        visit.page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def spent(*names: str) -> Decimal:
    """What the truth says was spent, on platforms or in all."""
    return Decimal(sum(row["spend_micros"] for row in TRUTH if not names or row["platform"] in names)) / 1_000_000


def test_the_first_visit(october: Visit) -> None:
    """An empty store: the sample firm opens and is looked at; then an own plan is made of five numbers and edited."""
    october.go()
    expect(title(october)).to_have_text("Nothing here yet.")
    press(october, "go_sample")
    expect(title(october)).to_contain_text("The plan may", timeout=60_000)
    picture(october, "sample-overview")
    for name in ("forecast", "optimise", "learning", "review"):
        go_to(october, name)
        picture(october, f"sample-{name}")
    expect(title(october)).to_have_text(re.compile("ahead of plan; largest cause: "))
    start_a_plan(october)
    go_to(october, "plan")
    expect(title(october)).to_have_text("AZN 30,000 across 3 lines")
    Grid(october.page).type(1, "Budget, AZN", "8000.50")
    expect(title(october)).to_have_text(re.compile("^AZN 28,00[01] across 3 lines$"))
    expect(october.page.get_by_text("The weeks add up to AZN 28,000.50")).to_be_visible()
    picture(october, "own-plan")


def start_a_plan(visit: Visit) -> None:
    """Leave the sample by the side bar and fill the form of the first plan."""
    page = visit.page
    page.get_by_test_id("stExpandSidebarButton").click()
    press(visit, "another_firm")
    expect(title(visit)).to_have_text("Another firm")
    press(visit, "start_plan")
    five_numbers(visit)
    close_side_bar(visit)


def close_side_bar(visit: Visit) -> None:
    """Fold the side bar away; its button shows where the pointer is."""
    visit.page.get_by_test_id("stSidebar").hover()
    visit.page.get_by_test_id("stSidebarCollapseButton").locator("button").click()
    visit.settled()


def test_three_weeks_later(november: Visit) -> None:
    """The plan is still there; three exports are dropped, saved and matched; the review shows their spend."""
    november.go("/upload")
    november.page.locator("[data-testid=stFileUploader] input[type=file]").set_input_files(EXPORTS)
    expect(title(november)).to_have_text("3 files read")
    november.checked()
    picture(november, "own-upload")
    press(november, "go_save")
    expect(november.page.get_by_text("3 files saved.")).to_be_visible()
    november.checked()
    press(november, "go_match")
    expect(november.page.get_by_text("Campaigns and their lines")).to_be_visible()
    november.page.get_by_role("link", name="See the review").click()
    expect(november.page).to_have_title(re.compile("^Review "))
    november.settled()
    reviewed(november)
    learned(november)
    in_azerbaijani_dark_and_narrow(november)


def reviewed(visit: Visit) -> None:
    """The card and the table by channel hold the truth's spend."""
    card = visit.page.get_by_test_id("stMetric").filter(has_text="Spend").first
    expect(card).to_contain_text(f"{spent().quantize(Decimal(1)):,}")
    visit.page.get_by_role("radio", name="Channels").click()
    visit.settled()
    rows = visit.page.get_by_test_id("stTable").last.get_by_role("row")
    for name, platforms in {
        "Meta · prospecting": ("meta",), "Google · search": ("google",), "TikTok · prospecting": ("tiktok",),
        "All channels": (),
    }.items():  # fmt: skip
        expect(rows.filter(has_text=name)).to_contain_text(f"{spent(*platforms):,.2f}")
    visit.checked()
    picture(visit, "own-review")


def learned(visit: Visit) -> None:
    """Three weeks of the own data stand beside what the plan assumed; then back to the review."""
    go_to(visit, "learning")
    expect(title(visit)).to_have_text(re.compile(r"^Your own data now decide \d\d% of prices and rates$"))
    expect(visit.page.get_by_text("after 3 full weeks of data")).to_be_visible()
    visit.checked()
    picture(visit, "own-learning")
    go_to(visit, "review")
    visit.page.get_by_role("radio", name="Channels").click()
    visit.settled()


def in_azerbaijani_dark_and_narrow(visit: Visit) -> None:
    """Switch the language, the scheme and the width on the spot: the same figures, no fault, no overflow."""
    page = visit.page
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("radio", name=LANGUAGES["az"]).click()
    expect(page.locator("html")).to_have_attribute("lang", "az")
    close_side_bar(visit)
    page.emulate_media(color_scheme="dark")
    visit.checked()
    written = f"{spent():,.2f}".translate(str.maketrans(",.", ".,"))
    expect(page.get_by_test_id("stTable").last).to_contain_text(written)
    page.set_viewport_size({"width": 390, "height": 844})
    visit.checked()
    picture(visit, "own-review-az-dark-narrow")
