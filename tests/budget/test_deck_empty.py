"""Slides before the first upload: the plan alone is told, and nothing that needs a result."""

import io
from pathlib import Path

import pytest
from pptx import Presentation

from budget.pack import KINDS, Kind, pack_of
from budget.present.words import words_for
from budget.reports.deck import deck
from budget.reports.deck_page import fit, room
from budget.store import open_store
from tests.budget.packs import results_of
from tests.pages.own import own_firm

TITLES: dict[Kind, tuple[str, ...]] = {
    "weekly": ("Nothing was decided yet", "Nothing is missing or early in these figures"),
    "owner": ("Most likely", "No forecast has met its result yet", "A budget of AZN\u00a030,000 waits for approval"),
}


def test_a_plan_without_uploads_makes_both_decks(tmp_path: Path) -> None:
    """Each deck opens with what the plan promises and ends with what is still open; no slide lacks a title."""
    store = open_store(f"sqlite:///{tmp_path / 'payoff.db'}")
    found = results_of(store, own_firm(store))
    store.close()
    for kind in KINDS:
        made = Presentation(io.BytesIO(deck(pack_of(found, kind), words_for("en"))))
        titles = [slide.shapes.title.text_frame.text for slide in made.slides]
        assert all(titles)
        for start in TITLES[kind]:
            assert any(title.startswith(start) for title in titles), (start, titles)
        assert not any("ROI" in title or "cause" in title for title in titles)


@pytest.mark.parametrize("letters", [1, 5, 40])
def test_a_text_is_cut_to_its_place(letters: int) -> None:
    """A text that fits stays; a longer one ends with dots within its letters."""
    assert fit("a" * letters, letters) == "a" * letters
    assert len(fit("b" * 99, letters)) <= max(letters, 2)
    assert room(3.0, 0.36, 12) == room(3.0, 0.2, 12) < room(3.0, 0.6, 12)
