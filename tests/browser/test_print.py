"""The owner's page on paper: one A4 sheet in light colours, in either language and scheme, without what is pressed."""

import re
import zlib
from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import expect

from budget.store import Closing, Decision, Store, open_store
from tests.browser.conftest import OpenVisit
from tests.browser.server import serving
from tests.browser.visit import Visit

TODAY = "2026-11-16"
DARK_ACTUAL, LIGHT_ACTUAL = "rgb(116, 171, 230)", "rgb(28, 84, 144)"
CALLS = "() => { window.__printed = 0; window.print = () => { window.__printed += 1 } }"
FILLS = "() => [...document.querySelectorAll('svg [fill]')].map(e => getComputedStyle(e).fill)"


@pytest.fixture(scope="module")
def base_url(sample_database: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app over the sample firm in its busiest state: four decisions, a closed month, a plan that waits."""
    folder = tmp_path_factory.mktemp("print")
    (folder / "payoff.db").write_bytes(sample_database)
    made = open_store(f"sqlite:///{folder / 'payoff.db'}")
    busy(made, made.workspaces()[0].workspace_id)
    made.close()
    with serving(folder, {"PAYOFF_TODAY": TODAY}) as url:
        yield url


def busy(store: Store, firm: int) -> None:
    """Decisions of two weeks with their expectations, October closed, the working plan proposed with a note."""
    for week in (date(2026, 11, 2), date(2026, 11, 9)):
        for line, platform, tactic in (("tiktok_prospecting", "tiktok", "prospecting"),
                                       ("google_search", "google", "search")):  # fmt: skip
            store.add_decision(firm, Decision(
                week, "cut", "AZN", platform, tactic, line, 900_000_000, "Leyla", week, expected_low_micros=-10**8,
                expected_likely_micros=10**7, expected_high_micros=10**8, before_micros=1_400_000_000,
            ))  # fmt: skip
    (draft,) = [head for head in store.plans(firm) if head.status == "draft"]
    days = date(2026, 10, 1), date(2026, 11, 1)
    store.add_closing(firm, Closing("month", *days, draft.plan_id, draft.version, 1, {"income": {}}))
    store.propose_plan(firm, draft.plan_id, seen_version=draft.version, note="As agreed on Monday. " * 8)


@pytest.mark.parametrize(("lang", "scheme"), [("en", "dark"), ("az", "light")], ids=["en", "az"])
def test_it_prints_on_one_sheet(open_visit: OpenVisit, lang: str, scheme: str) -> None:
    """One page as wide and high as A4, whatever the scheme and the width of the window; on it colours are light and
    nothing is there to be pressed.
    """
    visit = open_visit(width=1280, scheme=scheme)
    visit.go(f"/?lang={lang}")
    visit.page.locator("[data-testid=stVegaLiteChart] svg").nth(3).wait_for()
    visit.settled()
    colours = set(visit.page.evaluate(FILLS))
    assert (DARK_ACTUAL in colours) == (scheme == "dark")
    assert pages(visit) == 1
    on_paper(visit, scheme)
    visit.page.emulate_media(media="screen")
    visit.page.set_viewport_size({"width": 390, "height": 844})
    visit.settled()
    assert pages(visit) == 1


def on_paper(visit: Visit, scheme: str) -> None:
    """White ground, dark words, charts in the light palette, no button, no menu."""
    page = visit.page
    page.emulate_media(media="print", color_scheme="dark" if scheme == "dark" else "light")
    colours = set(page.evaluate(FILLS))
    assert DARK_ACTUAL not in colours
    assert LIGHT_ACTUAL in colours
    ground = "() => getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    assert page.get_by_role("heading", level=1).evaluate("e => getComputedStyle(e).color") == "rgb(13, 20, 27)"
    for gone in ("stHeader", "stSidebar"):
        expect(page.get_by_test_id(gone)).to_be_hidden()
    assert not [each for each in page.get_by_role("button").all() if each.is_visible()]


def pages(visit: Visit) -> int:
    """How many pages the browser prints; each is A4, portrait."""
    made = visit.page.pdf(prefer_css_page_size=True, print_background=True)
    text = made + b"".join(_inflated(made))
    sizes = {tuple(round(float(x)) for x in found.split()) for found in re.findall(rb"/MediaBox\s*\[([^\]]+)\]", text)}
    assert sizes <= {(0, 0, 595, 842), (0, 0, 596, 842), (0, 0, 595, 841), (0, 0, 594, 842)}
    return len(re.findall(rb"/Type\s*/Page\b", text))


def _inflated(made: bytes) -> Iterator[bytes]:
    for part in re.findall(rb"stream\r?\n(.*?)endstream", made, re.DOTALL):
        try:
            yield zlib.decompress(part)
        except zlib.error:
            continue


def test_the_press_opens_the_browsers_own_dialog(visit: Visit) -> None:
    """Under the policy that allows no inline script, one press is one call of the browser's print."""
    visit.go("/")
    visit.settled()
    visit.page.evaluate(CALLS)
    visit.page.locator(".st-key-print_page button").first.click()
    visit.settled()
    assert visit.page.evaluate("() => window.__printed") == 1
