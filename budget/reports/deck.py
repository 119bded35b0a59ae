"""The packs as slides to present and edit: native charts, one message a slide, notes with sources."""

from dataclasses import replace
from datetime import UTC, datetime, time

from pptx.presentation import Presentation as Deck

from budget.pack import Pack
from budget.present import deck_words
from budget.present.deck_words import Tongue
from budget.present.numbers import numbers_for
from budget.present.pack_words import heading
from budget.present.summary_words import summary_text
from budget.present.vocabulary import line_names
from budget.present.words import Words
from budget.reports import deck_slides as slides
from budget.reports.deck_claims import claims
from budget.reports.deck_file import deck_bytes
from budget.reports.deck_page import BODY_BOX, fit, plain, room
from budget.reports.deck_parts import page_of
from budget.reports.deck_theme import empty_deck

LONGEST = 255
"""Letters that a property of a file may have."""
NAME, SENTENCE = 48, 260
"""Letters of the firm's and the plan's name, and of a sentence on the first slide."""
SIZES, GAP = (16, 14, 12, 10), 0.5
"""Sizes of the sentences on the first slide, and the space below each, in lines."""


def deck(pack: Pack, words: Words) -> bytes:
    """The pack's slides in a language; the same pack gives the same bytes."""
    of = Tongue(_named_short(pack), words, numbers_for(words.lang, pack.plan.currency))
    made = empty_deck()
    _cover(made, of)
    if pack.kind == "weekly":
        _weekly(made, of)
    else:
        _owner(made, of)
    title, finding = (
        plain(text)[:LONGEST] for text in (heading(words, of.numbers, of.pack), deck_words.cover(of).title)
    )
    day = datetime.combine(pack.today, time(), UTC)
    return deck_bytes(made, title, finding, words.lang, day)


def _cover(made: Deck, of: Tongue) -> None:
    """The finding, and the summary that also goes into an e-mail."""
    page = page_of(made, of, deck_words.cover(of))
    said = [fit(each, SENTENCE) for each in summary_text(of.words, of.numbers, of.pack)]
    page.points(BODY_BOX, said, next((size for size in SIZES if _lines(said, size) <= 1), SIZES[-1]))


def _lines(said: list[str], points: float) -> float:
    """The share of the slide that sentences of that size fill, with the space between them."""
    a_line = room(BODY_BOX.width, 0, points)
    lines = sum(-(-len(each) // a_line) + GAP for each in said)
    return lines * points * 1.2 / 72 / BODY_BOX.height


def _named_short(pack: Pack) -> Pack:
    """The pack with names as long as they fit into titles and feet."""
    return replace(pack, firm=fit(pack.firm, NAME), plan=replace(pack.plan, name=fit(pack.plan.name, NAME)))


def _weekly(made: Deck, of: Tongue) -> None:
    pack, names = of.pack, line_names(of.words, of.pack.plan)
    if pack.review:
        slides.figures(made, of, pack.review)
        slides.why(made, of, pack.review)
    if pack.pacing:
        slides.pace(made, of, pack.pacing)
    if pack.review:
        slides.three(made, of, pack.review)
    if pack.to_date:
        claims(made, of, pack.to_date)
    if pack.hundred and pack.hundred.lines:
        slides.hundred(made, of, pack.hundred, line_names(of.words, pack.now) | names)
    slides.decisions(made, of, names)
    slides.unknown(made, of, names)


def _owner(made: Deck, of: Tongue) -> None:
    pack, names = of.pack, line_names(of.words, of.pack.now) | line_names(of.words, of.pack.plan)
    slides.statement(made, of)
    if pack.to_date and pack.projection:
        slides.whole(made, of, pack.to_date, pack.projection)
    if ahead := pack.projection or pack.forecast:
        slides.goal(made, of, ahead)
        slides.outlook(made, of, ahead)
    if pack.frontier and pack.frontier.points:
        slides.budgets(made, of, pack.frontier)
    slides.record(made, of, pack.record)
    slides.first_to_go(made, of, names)
    slides.approval(made, of, names)
