"""How the cells of a pack look: number formats of the language, colours of plan, actual and ranges."""

from functools import cache
from locale import windows_locale
from typing import Any

from babel.numbers import get_decimal_symbol, get_group_symbol
from xlsxwriter import Workbook

from budget.present.numbers import POINTS
from budget.present.words import Words, words_for
from budget.reports.plan_looks import BLUE, MUTED, PALE, RULE

PLAN, ACTUAL, FORECAST, GOOD, BAD, NEUTRAL, INK = (
    "#9a6700", "#1c5490", "#5b93cf", "#0f7a5a", "#b3243a", "#6b7785", "#0d141b",
)  # fmt: skip
SIGNED = '{mark}+{body};{mark}"−"{body};{mark}{body}'
PLAIN = '{mark}{body};{mark}"−"{body}'
BODIES = {"money": "#,##0.00", "count": "#,##0", "share": "0.0%", "fine": "#,##0.00####", "ratio": "0.00",
          "points": '0.0" pp"'}  # fmt: skip
DAY = "{mark}d mmm yyyy"
SEPARATORS = {",.": "[$-409]", ".,": "[$-407]", "\u00a0,": "[$-419]"}
"""A country that writes numbers so, by the signs for thousands and decimals: programs know few by the language."""
HEAD = {"bold": True, "bg_color": BLUE, "font_color": "#ffffff", "text_wrap": True, "valign": "vcenter"}
TEXTS: dict[str, dict[str, Any]] = {
    "finding": {"bold": True, "font_size": 15, "font_color": INK},
    "title": {"font_size": 11, "font_color": MUTED},
    "lead": {"italic": True, "font_color": MUTED, "text_wrap": True, "valign": "top"},
    "section": {"bold": True, "font_color": BLUE, "font_size": 12},
    "head": {**HEAD, "indent": 1},
    "head_right": {**HEAD, "align": "right"},
    "text": {"align": "left", "indent": 1, "num_format": "@", "text_wrap": True, "valign": "top"},
    "note": {"align": "left", "indent": 1, "num_format": "@", "text_wrap": True, "valign": "top", "font_color": MUTED},
    "unknown": {"num_format": "@", "align": "right", "valign": "top", "font_color": MUTED},
    "said": {"num_format": "@", "align": "right", "valign": "top"},
}  # fmt: skip
STATES: dict[str, dict[str, Any]] = {
    "": {"bottom": 4, "bottom_color": RULE},
    "sum": {"bold": True, "top": 1, "top_color": RULE, "bottom": 1, "bottom_color": RULE},
    "pale": {"bottom": 4, "bottom_color": RULE, "bg_color": PALE, "font_color": MUTED, "italic": True},
    "bare": {},
    "big": {"bold": True, "bottom": 4, "bottom_color": RULE},
}
BARE = ("finding", "title", "lead", "section", "head", "head_right")


@cache
def number_format(kind: str, lang: str) -> str:
    """The format of a kind of number with the language's separators and months; signed kinds end in `_signed`."""
    if kind == "day":
        codes = (f"[$-{code:X}]" for code, name in windows_locale.items() if name.split("_")[0] == lang)
        return DAY.format(mark=next(codes, ""))
    mark = SEPARATORS.get(get_group_symbol(lang) + get_decimal_symbol(lang), "")
    pattern, plain = SIGNED if kind.endswith("_signed") else PLAIN, kind.removesuffix("_signed")
    points = words_for(lang).say(POINTS, n="").strip()
    return pattern.format(mark=mark, body=BODIES[plain].replace("pp", points))


class PackLooks:
    """Formats of one workbook by kind and state, made once each; words for everything else."""

    def __init__(self, book: Workbook, words: Words) -> None:
        self.words = words
        self._book = book
        self._made: dict[tuple[str, str], Any] = {}

    def of(self, kind: str, state: str = "") -> Any:
        """The format of a kind (`money`, `count`, `share`, `ratio`, `fine`, `day`, or one of `TEXTS`) in a state."""
        if (kind, state) not in self._made:
            self._made[kind, state] = self._book.add_format(self._properties(kind, state))
        return self._made[kind, state]

    def _properties(self, kind: str, state: str) -> dict[str, Any]:
        own = TEXTS.get(kind)
        if own is None:
            own = {"num_format": number_format(kind, self.words.lang), "valign": "top"}
            own |= {"align": "left", "indent": 1} if kind == "day" else {}
        return dict(own) if kind in BARE else own | STATES[state]
