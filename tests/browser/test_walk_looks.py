"""Every full screen in both schemes, wide and narrow, and names that try to be more than text."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Dialog, FilePayload, expect

from pages.parts.navigation import SCREENS
from tests.browser.conftest import TODAY, OpenVisit
from tests.browser.server import serving
from tests.browser.visit import Visit
from tests.pages.own import meta_csv

NAMES = [screen.name for screen in SCREENS]
HOSTILE = (
    "![pixel](https://evil.test/t.png)",
    "$x^2$ :red[sale] :material/home: **bold**",
    '=HYPERLINK("https://evil.test","click")',
    "<img src=https://evil.test/i.png onerror=alert(1)> www.evil.test",
    "<img src=x onerror=alert(2)>",
    "=SUM(A1)",
    "[sale](javascript:alert(3)) javascript:alert(4)",
)


@pytest.fixture(scope="module")
def base_url(sample_database: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app over a store with the sample firm."""
    folder = tmp_path_factory.mktemp("looks")
    (folder / "payoff.db").write_bytes(sample_database)
    with serving(folder, {"PAYOFF_TODAY": TODAY}) as url:
        yield url


@pytest.mark.parametrize(("width", "scheme", "lang"), [(1280, "light", "en"), (390, "dark", "az")])
def test_full_screens_are_accessible_and_fit(open_visit: OpenVisit, width: int, scheme: str, lang: str) -> None:
    """Each screen of the sample firm by its address: no axe fault, no overflow, no console error, no foreign host."""
    visit = open_visit(width=width, scheme=scheme)
    for name in NAMES:
        visit.go(f"/{name}?lang={lang}")
        expect(visit.page.locator("html")).to_have_attribute("lang", lang)
        visit.checked()


WIDE, NARROW = (1280, "dark", "en"), (390, "light", "az")


@pytest.mark.parametrize(
    ("name", "look"),
    [("business", WIDE), ("plan", NARROW), ("forecast", WIDE), ("optimise", NARROW), ("review", WIDE)],
    ids=lambda value: value if isinstance(value, str) else value[1],
)
def test_hidden_parts_are_accessible_too(open_visit: OpenVisit, name: str, look: tuple[int, str, str]) -> None:
    """Every tab of a screen, with all its parts unfolded, has no fault either."""
    width, scheme, lang = look
    visit = open_visit(width=width, scheme=scheme)
    visit.go(f"/{name}?lang={lang}")
    unfold(visit)
    visit.checked()
    for tab in visit.page.get_by_role("tab").all()[1:]:
        tab.click()
        visit.settled()
        unfold(visit)
        visit.checked()


def unfold(visit: Visit) -> None:
    """Open every folded part; those that then appear too."""
    folded = visit.page.locator("[data-testid=stExpander] details:not([open]) > summary")
    while folded.count():
        folded.first.click()
        visit.settled()


def test_names_from_a_file_are_only_text(visit: Visit) -> None:
    """Campaigns called like images, formulas, links and tags: shown as written on the card, in the matcher and on
    the review; no element drawn, no dialog opened, nobody asked.
    """
    dialogs: list[str] = []

    def dismissed(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    visit.page.on("dialog", dismissed)
    rows = [(name, "2026-10-19", 1000, 20, 1, "12.34") for name in HOSTILE]
    visit.go("/upload")
    name = f"{HOSTILE[1]}.csv".replace("/", "_")
    dropped: FilePayload = {"name": name, "mimeType": "text/csv", "buffer": meta_csv(rows)}
    visit.page.locator("[data-testid=stFileUploader] input[type=file]").set_input_files([dropped])
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("1 file read")
    visit.page.locator(".st-key-go_save button").click()
    expect(visit.page.get_by_text("1 file saved.")).to_be_visible()
    only_text(visit)
    visit.go("/review")
    only_text(visit)
    again = [(name, "2026-10-19", 1000, 20, 1, "15.00") for name in HOSTILE]
    visit.go("/upload")
    changed: FilePayload = {"name": name, "mimeType": "text/csv", "buffer": meta_csv(again)}
    visit.page.locator("[data-testid=stFileUploader] input[type=file]").set_input_files([changed])
    newer = visit.page.locator("[class*=st-key-newer_] button")
    visit.page.get_by_role("heading", level=1).get_by_text("1 file read").wait_for()
    visit.settled()
    if newer.count():
        newer.first.click()
        visit.settled()
    visit.page.get_by_text("What would change").click()
    only_text(visit)
    assert dialogs == []


def only_text(visit: Visit) -> None:
    """All hostile names can be read, letter by letter, and none became an image, link, icon or formula."""
    visit.settled()
    read = visit.page.get_by_test_id("stMain").inner_text().replace("\u2060", "")
    assert not [name for name in HOSTILE if name not in read]
    for made in ("img[src*='evil']", "a[href*='evil']", "a[href^=javascript]", ".katex",
                 "[data-testid=stMarkdownContainer] img", "[onerror]"):  # fmt: skip
        expect(visit.page.locator(made)).to_have_count(0)
