"""Slides that both decks share: rows of a table beside their bars, cards, ranges, and the list of what is unknown."""

from collections.abc import Sequence
from dataclasses import replace

from pptx.presentation import Presentation as Deck

from budget.present.charts.waterfall import Bar
from budget.present.deck_tables import Table
from budget.present.deck_words import Told, Tongue
from budget.present.pack_cards import Card
from budget.present.pack_words import heading
from budget.reports.deck_charts import MONEY, THOUSANDS, Axis, Names, Strip, bars, strips_of
from budget.reports.deck_page import BODY_BOX, BODY_TOP, Box, Column, Page, Said

CHART_WIDTH = 8.6
"""A chart that has facts beside it."""
THOUSANDS_FROM = 10_000
HEAD, TALLEST = 0.36, 0.66
LOWEST, HIGHEST = 0.34, 0.5
"""Rows of bars are at most `TALLEST`, those of text between the other two."""
NAMES_WIDTH, WIDER, GUTTER = 5.3, 6.6, 0.25
DOTS = "…"


def page_of(deck: Deck, of: Tongue, told: Told) -> Page:
    """A slide with its words, notes and foot; what it shows comes next."""
    page = Page(deck, told.title, told.caption, of.words.lang)
    page.notes(told.notes)
    page.footer(heading(of.words, of.numbers, of.pack))
    return page


def bars_beside(
    page: Page, of: Tongue, headers: Sequence[tuple[str, float, bool]], rows: Sequence[Sequence[str | Said]],
    strips: Sequence[Strip], names: Names, *, floor_micros: int | None = None, box: Box = BODY_BOX,
    names_width: float = NAMES_WIDTH,
) -> None:  # fmt: skip
    """Rows of text on the left, and the bar of each row beside it on the right."""
    high = min(TALLEST, (box.height - HEAD) / max(len(rows), 1))
    columns = [Column(text, share, "right" if at_right else "left") for text, share, at_right in headers]
    place = Box(box.left, box.top, names_width, box.height)
    page.table(place, columns, [[sized(cell, high) for cell in each] for each in rows], row=high, header=HEAD)
    left = box.left + names_width + GUTTER
    bars(page, Box(left, box.top + HEAD, box.left + box.width - left, high * len(rows)), strips, names,
         floor_micros=floor_micros)  # fmt: skip


def sized(cell: str | Said, high: float) -> Said:
    """A text as large as the height of its row allows."""
    points = 15 if high >= 0.55 else 13 if high >= 0.42 else 12 if high > 0.3 else 10.5
    return replace(cell, points=points) if isinstance(cell, Said) else Said(cell, points)


def waterfall(
    page: Page, of: Tongue, first: str, rows: Sequence[Bar], *, floor_micros: int | None = None,
    who: Sequence[str] = (),
) -> None:  # fmt: skip
    """The steps as rows: name, figure, bar; between name and figure `who` looks at it, where that is said."""
    texts = [(_named(row), Said(row.figure, 12, bold=_is_total(row))) for row in rows]
    headers = ((first, 1.0, False), (of.numbers.currency, 0.45, True))
    columns = Names(of.label("before_the_step"), (of.label("amount"),))
    if not who:
        bars_beside(page, of, headers, texts, strips_of(rows), columns, floor_micros=floor_micros)
        return
    with_who = [(name, Said(one, 12, "muted"), figure) for (name, figure), one in zip(texts, who, strict=True)]
    wider = (headers[0], (of.label("who"), 0.7, False), headers[1])
    bars_beside(page, of, wider, with_who, strips_of(rows), columns, floor_micros=floor_micros, names_width=WIDER)


def _named(row: Bar) -> Said:
    return Said(row.name, 12, bold=_is_total(row))


def _is_total(row: Bar) -> bool:
    return row.start_micros == 0 and row.role != "neutral"


def cards(page: Page, found: Sequence[Card], top: float = BODY_TOP) -> None:
    """Figures side by side: name, figure, plan, end."""
    width = (BODY_BOX.width - GUTTER * (len(found) - 1)) / len(found)
    for n, card in enumerate(found):
        left = BODY_BOX.left + n * (width + GUTTER)
        lines = [[Said(card.label, 12, "muted")], [Said(card.figure, 22, bold=True)], [Said(card.plan, 12, "plan")],
                 [Said(card.end, 11, "muted")]]  # fmt: skip
        page.text(Box(left, top, width, 1.5), [line for line in lines if line[0].text], gap=3)


def listed(page: Page, box: Box, found: Table) -> None:
    """A table of text; rows that have no room are counted in the last one."""
    columns = [Column(text, share, side) for text, share, side in found.headers]
    row = max(LOWEST, min(HIGHEST, (box.height - HEAD) / max(len(found.rows), 1)))
    most = max(1, int((box.height - HEAD) / row + 0.01))
    rows: list[Sequence[str | Said]] = list(found.rows[:most])
    if len(found.rows) > most:
        left = len(found.rows) - most + 1
        rows[-1] = (f"{DOTS} +{left}", *[""] * (len(columns) - 1))
    page.table(box, columns, [[sized(cell, row) for cell in each] for each in rows], row=row, header=HEAD)


def facts_beside(page: Page, of: Tongue, rows: Sequence[tuple[str | Said, str]]) -> None:
    """Facts to the right of a chart; their colours name its lines."""
    left = BODY_BOX.left + CHART_WIDTH + 0.35
    table = [(name, Said(text, 12, bold=True)) for name, text in rows]
    columns = (Column(of.label("what"), 1.15), Column(of.label("amount"), 1.0, "right"))
    page.table(Box(left, BODY_TOP, BODY_BOX.left + BODY_BOX.width - left, 3), columns, table, row=0.46, header=0.34)


def axis_of(amounts: Sequence[float]) -> Axis:
    """Thousands from where captions count in them."""
    return THOUSANDS if max((abs(x) for x in amounts), default=0.0) >= THOUSANDS_FROM else MONEY
