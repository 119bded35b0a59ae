"""The theme's colours can be read and told apart, in both schemes, whatever the eye."""

import tomllib
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from budget.present.charts.style import ROLES
from tests.budget.present.colours import VISIONS, contrast, distance

CONFIG = Path(__file__).parents[3] / ".streamlit" / "config.toml"
TEXT_ROLES = ("actual", "plan", "good", "bad", "neutral", "ink", "muted")
CHANNELS = tuple(role for role in ROLES if role.startswith("c"))
JUDGED = ("actual", "plan", "good", "bad", "neutral")
both_schemes = pytest.mark.parametrize("scheme", ["light", "dark"])


def theme(scheme: str) -> dict[str, Any]:
    """The theme of a scheme as the browser gets it."""
    found: dict[str, Any] = tomllib.loads(CONFIG.read_text("utf-8"))["theme"][scheme]
    return found


def palette(scheme: str) -> dict[str, str]:
    """Colours by role."""
    return dict(zip(ROLES, theme(scheme)["chartCategoricalColors"], strict=True))


@both_schemes
def test_text_and_marks_have_contrast(scheme: str) -> None:
    """Roles that colour text reach 4.5 on the page, every mark 3.0."""
    colours, page = palette(scheme), theme(scheme)["backgroundColor"]
    ratios = {role: round(contrast(colour, page), 3) for role, colour in colours.items() if role != "grid"}
    assert {role: ratio for role, ratio in ratios.items() if role in TEXT_ROLES and ratio < 4.5} == {}
    assert {role: ratio for role, ratio in ratios.items() if ratio < 3.0} == {}


@both_schemes
def test_words_of_the_interface_have_contrast(scheme: str) -> None:
    """Text, links and coloured words reach 4.5 on the page; a caption is the text at 60 %."""
    found = theme(scheme)
    page, text = found["backgroundColor"], found["textColor"]
    channels = [(int(text[i : i + 2], 16) * 0.6 + int(page[i : i + 2], 16) * 0.4) for i in (1, 3, 5)]
    caption = "#" + "".join(f"{round(channel):02x}" for channel in channels)
    words = [text, caption, *(found[f"{name}Color"] for name in ("link", "red", "green", "orange", "yellow", "gray"))]
    assert [colour for colour in words if contrast(colour, page) < 4.5] == []


@both_schemes
def test_button_words_have_contrast(scheme: str) -> None:
    """White on the light scheme's buttons, ink on the dark one's: the one static style rule relies on it."""
    word = {"light": "#ffffff", "dark": "#0d141b"}[scheme]
    assert contrast(theme(scheme)["primaryColor"], word) >= 4.5
    assert contrast(theme(scheme)["primaryColor"], theme(scheme)["backgroundColor"]) >= 4.5


@both_schemes
@pytest.mark.parametrize("vision", VISIONS)
def test_told_apart_by_every_eye(scheme: str, vision: str) -> None:
    """Roles that meet in a chart are 10 apart, channels 13, also for colour-blind eyes."""
    colours = palette(scheme)
    for names, least in ((JUDGED, 10.0), (CHANNELS, 13.0)):
        pairs = {
            pair: round(distance(colours[pair[0]], colours[pair[1]], vision), 1) for pair in combinations(names, 2)
        }
        assert {pair: far for pair, far in pairs.items() if far < least} == {}


@both_schemes
def test_ramps_have_ten_steps(scheme: str) -> None:
    """Streamlit takes sequential and diverging palettes of exactly ten colours, else its own."""
    assert len(theme(scheme)["chartSequentialColors"]) == len(theme(scheme)["chartDivergingColors"]) == 10


def test_distance_is_the_published_one() -> None:
    """Black and white are 100 apart, a colour is nowhere but at itself, and red and green meet for a deutan."""
    assert distance("#000000", "#ffffff", "normal") == pytest.approx(100, abs=0.5)
    assert distance("#123456", "#123456", "tritan") == 0
    assert distance("#c00000", "#6b6b00", "deutan") < 0.5 * distance("#c00000", "#6b6b00", "normal")


def test_contrast_is_the_published_one() -> None:
    """WCAG's ends: black on white is 21, the same colour 1."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1
