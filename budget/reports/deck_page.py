"""One slide: its finding as title, what it shows below, tables, cards, speaker notes. Lengths are inches."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

from lxml import etree
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.table import _Cell
from pptx.text.text import TextFrame
from pptx.util import Inches, Pt

from budget.present.charts.style import Role
from budget.reports.deck_theme import MARGIN, TITLE_POINTS, WIDTH, layout_of, paint

CAPTION, BODY, FIGURE, SMALL = 13, 14, 24, 11
CAPTION_TOP, BODY_TOP, BODY_BOTTOM, FOOTER_TOP = 1.34, 1.95, 6.75, 6.98
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""A table without lines and fills: ours are drawn by the cells."""
LONG, LONGER = 100, 135
"""Letters of a title from which it is written smaller, to stay on two lines."""
LONGEST, CAPTION_LETTERS, FOOT_LETTERS = 175, 250, 170
"""What fits into the places of title, caption and foot."""
CELL_ROOM = 0.12
LETTER = 0.54
"""Usual width of a letter, in its height."""
Side = Literal["left", "right"]


class Box(NamedTuple):
    """A place on a slide."""

    left: float
    top: float
    width: float
    height: float


BODY_BOX = Box(MARGIN, BODY_TOP, WIDTH - 2 * MARGIN, BODY_BOTTOM - BODY_TOP)


@dataclass(frozen=True)
class Said:
    """A piece of text and how it looks."""

    text: str
    points: float = BODY
    role: Role = "ink"
    bold: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a table: its header, its share of the width, where its cells stand."""

    header: str
    share: float = 1.0
    side: Side = "left"


def plain(text: str) -> str:
    """Text as a slide can hold it: control signs and broken letters become blanks."""
    return "".join(" " if unicodedata.category(sign) in ("Cc", "Cs", "Co", "Cn") else sign for sign in text)


def fit(text: str, letters: int) -> str:
    """The text, cut where it would run out of its place."""
    clean = plain(text)
    return clean if len(clean) <= letters else clean[: max(letters - 1, 1)].rstrip() + "…"


def room(width: float, height: float, points: float) -> int:
    """About how many letters of a size a place holds, at least one line."""
    lines = max(int(height * 72 / (points * 1.2) + 0.05), 1)
    return int(lines * width * 72 / (points * LETTER))


class Page:
    """One slide under way; it only remembers the slide and the language of its words."""

    def __init__(self, deck: Deck, title: str, caption: str, lang: str) -> None:
        self.slide: Slide = deck.slides.add_slide(layout_of(deck))
        title = fit(title, LONGEST)
        self.lang, self._title = lang, title
        holder = self.slide.shapes.title
        assert holder is not None  # noqa: S101  our one layout has a title
        points = TITLE_POINTS if len(title) <= LONG else 22 if len(title) <= LONGER else 19
        self._write(holder.text_frame, [[Said(title, points, "ink", bold=True)]])
        if caption:
            self.text(
                Box(MARGIN, CAPTION_TOP, BODY_BOX.width, 0.5), [[Said(fit(caption, CAPTION_LETTERS), CAPTION, "muted")]]
            )

    def text(
        self, box: Box, paragraphs: Sequence[Sequence[Said]], *, side: Side = "left", gap: float = 0.0,
        middle: bool = False,
    ) -> None:  # fmt: skip
        """Paragraphs of pieces, `gap` points apart."""
        shape = self.slide.shapes.add_textbox(*(Inches(x) for x in box))
        frame = shape.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE if middle else MSO_ANCHOR.TOP
        self._write(frame, paragraphs, side, gap)

    def points(self, box: Box, sentences: Sequence[str], points: float = BODY) -> None:
        """Sentences one below the other, each with a dash before it."""
        self.text(box, [[Said("– ", points, "muted"), Said(each, points)] for each in sentences], gap=points * 0.55)

    def table(
        self, box: Box, columns: Sequence[Column], rows: Sequence[Sequence[str | Said]], *, row: float = 0.36,
        points: float = 12, header: float | None = None,
    ) -> None:  # fmt: skip
        """Rows of text between thin lines; `row` is the height of each, `header` of the first where it differs."""
        head = row if header is None else header
        height = head + row * len(rows)
        place = (box.left, box.top, box.width, height)
        frame = self.slide.shapes.add_table(len(rows) + 1, len(columns), *(Inches(x) for x in place))
        self.describe(frame)
        table = frame.table
        table.first_row, table.horz_banding = True, False
        frame._element.graphic.graphicData.tbl.tblPr.find(qn("a:tableStyleId")).text = NO_STYLE
        shares = sum(column.share for column in columns)
        for place_of, column in zip(table.columns, columns, strict=True):
            place_of.width = Inches(box.width * column.share / shares)
        for line, each in zip(table.rows, (head, *[row] * len(rows)), strict=True):
            line.height = Inches(each)
        cells: list[Sequence[str | Said]] = [[Said(one.header, points - 1, "muted") for one in columns], *rows]
        for r, texts in enumerate(cells):
            for c, (text, column) in enumerate(zip(texts, columns, strict=True)):
                said = text if isinstance(text, Said) else Said(text, points)
                wide = box.width * column.share / shares - CELL_ROOM
                said = replace(said, text=fit(said.text, room(wide, row if r else head, said.points)))
                self._cell(table.cell(r, c), said, column.side, strong=r == 0)

    def describe(self, frame: Any) -> None:
        """Say in words what a chart or a table shows, for whoever does not see it: the finding of its slide."""
        frame._element.nvGraphicFramePr.cNvPr.set("descr", self._title)

    def notes(self, sentences: Sequence[str]) -> None:
        """What the speaker reads below the slide."""
        frame = self.slide.notes_slide.notes_text_frame
        assert frame is not None  # noqa: S101  the notes page of the library has one
        frame.text = plain("\u2028".join(sentences)).replace("\u2028", "\n")

    def footer(self, text: str) -> None:
        """The line at the foot: what this is, and the number of the slide as a field that follows it."""
        box = Box(MARGIN, FOOTER_TOP, BODY_BOX.width - 1, 0.25)
        self.text(box, [[Said(fit(text, FOOT_LETTERS), SMALL - 1, "muted")]])
        number = Box(WIDTH - MARGIN - 0.8, FOOTER_TOP, 0.8, 0.25)
        self.text(number, [[Said("0", SMALL - 1, "muted")]], side="right")
        run = self.slide.shapes[-1].text_frame.paragraphs[0].runs[0]._r
        run.tag = qn("a:fld")
        run.set("id", "{C1FF6DA9-008F-8B48-92A6-B652298478BF}")
        run.set("type", "slidenum")
        run.find(qn("a:t")).text = str(len(self.slide.part.package.presentation_part.presentation.slides))

    def _write(
        self, frame: TextFrame, paragraphs: Sequence[Sequence[Said]], side: Side = "left", gap: float = 0.0
    ) -> None:
        for n, pieces in enumerate(paragraphs):
            paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
            paragraph.alignment = PP_ALIGN.RIGHT if side == "right" else PP_ALIGN.LEFT
            paragraph.space_after = Pt(gap)
            for piece in pieces:
                run = paragraph.add_run()
                run.text = plain(piece.text).replace("\v", " ").replace("\n", " ")
                run.font.size, run.font.bold = Pt(piece.points), piece.bold
                paint(run.font.color, piece.role)
                run._r.get_or_add_rPr().set("lang", self.lang)

    def _cell(self, cell: _Cell, said: Said, side: Side, *, strong: bool) -> None:
        cell.margin_left, cell.margin_right = Inches(0.0), Inches(CELL_ROOM)
        cell.margin_top = cell.margin_bottom = Inches(0.02)
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        self._write(cell.text_frame, [[said]], side)
        properties: Any = cell._tc.get_or_add_tcPr()
        line = etree.SubElement(properties, qn("a:lnB"), w=str(Pt(1 if strong else 0.5)), cap="flat", cmpd="sng")
        fill = etree.SubElement(etree.SubElement(line, qn("a:solidFill")), qn("a:schemeClr"))
        fill.set("val", "tx2" if strong else "bg2")
