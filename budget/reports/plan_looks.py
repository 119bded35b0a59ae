"""How the cells of a plan workbook look, and where its tables begin."""

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from budget.present.words import Words

TOTAL_ROW, HEADER_ROW, FIRST_ROW = 1, 2, 3
SPARE_ROWS = 300
"""Rows below the plan's own that totals and checks reach, for what a person adds."""
BLUE, MUTED, PALE, RULE = "#24405c", "#56616d", "#eef1f4", "#b9c2cc"
DAY, MONEY, COUNT, SHARE = "yyyy-mm-dd", "#,##0.00", "#,##0", "0.00%"
_HEAD = {"bold": True, "bg_color": BLUE, "font_color": "#ffffff", "text_wrap": True, "valign": "vcenter"}
NUMBERS = ("money", "amount", "count", "figure", "number")
"""Kinds of columns whose cells stand at the right."""
LOOKS: dict[str, dict[str, Any]] = {
    "lead": {"italic": True, "font_color": MUTED},
    "head": {**_HEAD, "indent": 1},
    "head_number": {**_HEAD, "align": "right"},
    "head_day": {**_HEAD, "num_format": DAY, "align": "right"},
    "day": {"num_format": DAY, "align": "left", "indent": 1},
    "last_day": {"num_format": DAY, "align": "left", "indent": 1},
    "money": {"num_format": MONEY},
    "amount": {"num_format": MONEY},
    "count": {"num_format": COUNT},
    "share": {"num_format": SHARE},
    "flag_number": {"num_format": "0"},
    "figure": {"num_format": "General"},
    "number": {"num_format": "0.00"},
    "idle": {"num_format": MONEY, "bg_color": PALE},
    "total": {"bold": True},
    "total_money": {"bold": True, "num_format": MONEY},
    "step": {"num_format": MONEY},
    "sum": {"bold": True, "num_format": MONEY, "top": 1, "top_color": RULE},
    "sum_text": {"bold": True, "top": 1, "top_color": RULE},
    "fine": {"num_format": "#,##0.00####", "font_color": MUTED},
    "rate": {"num_format": "0.0000##", "font_color": MUTED},
    "input": {"num_format": "#,##0.00####", "bg_color": PALE},
    "muted": {"font_color": MUTED},
    "section": {"bold": True, "font_color": BLUE, "font_size": 12},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "strong": {"bold": True, "valign": "top"},
    "strong_number": {"bold": True, "align": "right", "text_wrap": True},
}


class Looks:
    """Formats of one workbook by name, made once each; texts for everything else."""

    def __init__(self, book: Workbook, words: Words) -> None:
        self.words = words
        self._book = book
        self._made: dict[str, Any] = {}

    def of(self, name: str) -> Any:
        """The format of that name or kind of column; unknown ones are texts."""
        if name not in self._made:
            self._made[name] = self._book.add_format(LOOKS.get(name, {"num_format": "@", "indent": 1}))
        return self._made[name]


class Exact(Worksheet):  # type: ignore[misc]  # the class above ships no types
    """A sheet that writes every digit of a number: the library's own 16 lose the last bit of some."""

    def _xml_number_element(self, number: float, attributes: Any = ()) -> None:
        pairs = "".join(f' {name}="{value}"' for name, value in attributes)
        self.fh.write(f"<c{pairs}><v>{float(number)!r}</v></c>")
