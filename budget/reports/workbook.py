"""Workbooks that hold what they were given: a text is never run as a formula, never becomes a link or a number."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

from xlsxwriter import Workbook

TEXTS_STAY_TEXTS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@contextmanager
def workbook(out: io.BytesIO) -> Iterator[Workbook]:
    """A new workbook that is in `out` when the block ends; nothing is written to a disk."""
    with Workbook(out, {"in_memory": True, "nan_inf_to_errors": False, **TEXTS_STAY_TEXTS}) as book:
        yield book
