"""Workbooks of packs as tests read them: cells by place, rows by their label, amounts to the cent."""

import io
from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from functools import cache
from typing import Any, TypeGuard

import openpyxl

from budget.pack import KINDS, Kind, Pack
from budget.present.numbers import UNKNOWN, numbers_for
from budget.present.words import words_for
from budget.reports.pack_book import owner_workbook, weekly_workbook
from tests.budget.made_packs import empty_pack, made_pack

Cells = Mapping[str, Mapping[tuple[int, int], Any]]
"""Values by sheet, row and column, both from 1."""


LANGS = ("en", "az")
PACKS = [(kind, lang) for kind in KINDS for lang in LANGS]
MADE = {"weekly": weekly_workbook, "owner": owner_workbook}


@cache
def pack(kind: Kind) -> Pack:
    """The same pack for all tests."""
    return made_pack(kind)


@cache
def book(kind: Kind, lang: str) -> bytes:
    """Its workbook."""
    return MADE[kind](pack(kind), words_for(lang), numbers_for(lang, "AZN"))


@cache
def empty_book(kind: Kind, lang: str) -> bytes:
    """The workbook before the first upload."""
    return MADE[kind](empty_pack(kind), words_for(lang), numbers_for(lang, "AZN"))


def cells(data: bytes, *, formulas: bool = False) -> Cells:
    """What stands in each cell, or its formula."""
    opened = openpyxl.load_workbook(io.BytesIO(data), data_only=not formulas, read_only=True)
    return {
        sheet.title: {
            (cell.row, cell.column): cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None
        }
        for sheet in opened
    }


def rows_of(sheet: Mapping[tuple[int, int], Any]) -> list[list[Any]]:
    """The rows of a sheet that hold anything, without empty cells."""
    found: dict[int, list[Any]] = {}
    for (row, _), value in sorted(sheet.items()):
        found.setdefault(row, []).append(value)
    return list(found.values())


def row_of(sheet: Mapping[tuple[int, int], Any], label: str) -> list[Any]:
    """The first row that begins with the label, without it."""
    return next(row[1:] for row in rows_of(sheet) if row[0] == label)


def title(msgid: str, lang: str) -> str:
    """A sheet's or row's name in a language."""
    return words_for(lang).say(msgid)


def cents(amount_micros: int) -> int:
    """Whole cents, half to even: the screens' rounding, computed on its own."""
    return round(Fraction(amount_micros, 10_000))


def same(found: object, amount_micros: int) -> bool:
    """Whether a cell holds exactly these cents."""
    return isinstance(found, int | float) and abs(found * 100 - cents(amount_micros)) < 1e-6


def exactly(found: object, amount_micros: int | None) -> bool:
    """Whether a cell holds exactly these micros, or says that nobody knows."""
    if amount_micros is None:
        return found == UNKNOWN
    return isinstance(found, int | float) and abs(found * 1e6 - amount_micros) < 1e-3


def is_day(found: object) -> TypeGuard[datetime]:
    """Whether a cell holds a day."""
    return isinstance(found, datetime)
