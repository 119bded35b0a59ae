"""An empty deck in the product's look: 16:9, colours of the theme file as theme colours, one font, one layout."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from lxml import etree
from pptx import Presentation
from pptx.dml.color import ColorFormat
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.presentation import Presentation as Deck
from pptx.slide import SlideLayout
from pptx.util import Emu, Inches, Pt

from budget.present.charts.style import ROLES, Role

THEME_FILE = Path(__file__).parents[2] / ".streamlit" / "config.toml"
FONT = "Arial"
"""Every office has it or a font of the same widths, with all letters of our languages."""
WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.6
TITLE = (MARGIN, 0.32, WIDTH - 2 * MARGIN, 0.92)
TITLE_POINTS = 26
TITLE_ONLY = "Title Only"
SLOTS: Mapping[str, Role] = {
    "dk1": "ink", "dk2": "muted", "lt2": "grid", "accent1": "actual", "accent2": "plan", "accent3": "forecast",
    "accent4": "good", "accent5": "bad", "accent6": "neutral", "hlink": "actual", "folHlink": "muted",
}  # fmt: skip
"""Which role of the charts stands in which slot of a presentation's theme; `lt1` is the page."""
COLOURS: Mapping[Role, MSO_THEME_COLOR] = {
    "ink": MSO_THEME_COLOR.TEXT_1,
    "muted": MSO_THEME_COLOR.TEXT_2,
    "grid": MSO_THEME_COLOR.BACKGROUND_2,
    "actual": MSO_THEME_COLOR.ACCENT_1,
    "plan": MSO_THEME_COLOR.ACCENT_2,
    "forecast": MSO_THEME_COLOR.ACCENT_3,
    "good": MSO_THEME_COLOR.ACCENT_4,
    "bad": MSO_THEME_COLOR.ACCENT_5,
    "neutral": MSO_THEME_COLOR.ACCENT_6,
}
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


@cache
def palette() -> Mapping[Role, str]:
    """The light theme's colour of each chart role, as RRGGBB."""
    light = tomllib.loads(THEME_FILE.read_text("utf-8"))["theme"]["light"]
    colours = (text.lstrip("#").upper() for text in light["chartCategoricalColors"])
    return MappingProxyType(dict(zip(ROLES, colours, strict=True)))


@cache
def page_colour() -> str:
    """The light theme's background, as RRGGBB."""
    light = tomllib.loads(THEME_FILE.read_text("utf-8"))["theme"]["light"]
    return str(light["backgroundColor"]).lstrip("#").upper()


def paint(colour: ColorFormat, role: Role) -> None:
    """Give something the theme colour of a role, so that another theme recolours it."""
    colour.theme_color = COLOURS[role]


def empty_deck() -> Deck:
    """A deck without slides; its one layout has a title."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(12_192_000), Emu(6_858_000)
    for layout in list(deck.slide_layouts):
        if layout.name != TITLE_ONLY:
            deck.slide_layouts.remove(layout)
    _drop_extras(deck)
    _titles(deck)
    for part in deck.part.package.iter_parts():
        if part.content_type.endswith("theme+xml"):
            recolour(part)
    return deck


def layout_of(deck: Deck) -> SlideLayout:
    """The one layout."""
    return deck.slide_layouts[0]


def _drop_extras(deck: Deck) -> None:
    """The library's own picture and printer settings."""
    for holder in (deck.part.package, deck.part):
        for key, relation in list(holder._rels.items()):
            if relation.reltype in (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.PRINTER_SETTINGS):
                holder._rels.pop(key)


def _titles(deck: Deck) -> None:
    """Titles at the left, two lines at most; the other placeholders of the master are taken away."""
    master = deck.slide_master
    for holder in (master, layout_of(deck)):
        for shape in list(holder.placeholders):
            if shape.placeholder_format.type != 1:
                shape._element.getparent().remove(shape._element)
    title = master.placeholders[0]
    title.left, title.top, title.width, title.height = (Inches(x) for x in TITLE)
    style = master._element.find(f"{P}txStyles/{P}titleStyle/{A}lvl1pPr")
    style.set("algn", "l")
    style.find(f"{A}defRPr").set("sz", str(Pt(TITLE_POINTS).centipoints))
    style.find(f"{A}defRPr").set("b", "1")
    body = title._element.txBody.find(f"{A}bodyPr")
    for side in ("lIns", "rIns", "tIns", "bIns"):
        body.set(side, "0")
    body.set("anchor", "b")


def recolour(part: Part) -> None:
    """A theme part with our colours and font."""
    theme = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
    theme.set("name", "Payoff")
    scheme = theme.find(f".//{A}clrScheme")
    scheme.set("name", "Payoff")
    for slot in scheme:
        name = etree.QName(slot).localname
        for child in list(slot):
            slot.remove(child)
        etree.SubElement(slot, f"{A}srgbClr", val=palette()[SLOTS[name]] if name in SLOTS else page_colour())
    fonts = theme.find(f".//{A}fontScheme")
    fonts.set("name", "Payoff")
    for kind in fonts:
        for child in list(kind):
            if etree.QName(child).localname == "font":
                kind.remove(child)
        for latin in kind.findall(f"{A}latin"):
            latin.set("typeface", FONT)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)
