"""Plan workbooks for tests: made, edited as people edit them, read without a child, recalculated by LibreOffice."""

import io
import json
import re
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from budget.exports.book import Book, book_of
from budget.exports.raw_cells import cells_of
from budget.plan import StoredPlan
from budget.present.words import words_for
from budget.reports.plan_file import plan_workbook
from budget.reports.plan_upload import Upload, read_plan_book
from tests.find_office import HOW, find_office


def book_here(data: bytes) -> Book:
    """The cells as the child would send them, read in this process."""
    found = book_of(json.loads(json.dumps(cells_of(data))))
    assert isinstance(found, Book)
    return found


def upload(data: bytes, plan: StoredPlan, **answers: str) -> Upload:
    """The workbook laid against the plan."""
    return read_plan_book(book_here(data), plan, **answers)


def edited(plan: StoredPlan, edit: Callable[[Any], None], lang: str = "en") -> bytes:
    """The plan's workbook after a person changed it and saved; `edit` gets the open workbook."""
    book = openpyxl.load_workbook(io.BytesIO(_written(plan, lang)))
    edit(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@lru_cache(maxsize=4)
def _written(plan: StoredPlan, lang: str) -> bytes:
    return plan_workbook(plan, words_for(lang))


def without_values(data: bytes) -> bytes:
    """The workbook without the values that stand beside its formulas: whoever opens it must calculate them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as target:
        for name in archive.namelist():
            body = archive.read(name)
            if name.startswith("xl/worksheets/"):
                body = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", body)
            target.writestr(name, body)
    return out.getvalue()


def recalculated(data: bytes, folder: Path) -> bytes:
    """The workbook after LibreOffice calculated every formula and saved it; skips where there is none."""
    return all_recalculated({"plan": data}, folder)["plan"]


def all_recalculated(books: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """The same of many workbooks by name, in one start of LibreOffice."""
    office = find_office()
    if office is None:
        pytest.skip(HOW)
    (folder / "in").mkdir()
    sources = [folder / "in" / f"{name}.xlsx" for name in books]
    for source, data in zip(sources, books.values(), strict=True):
        source.write_bytes(without_values(data))
    command = [
        str(office), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to",
        "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder), *map(str, sources),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return {name: (folder / f"{name}.xlsx").read_bytes() for name in books}
