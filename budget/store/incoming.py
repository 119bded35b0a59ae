"""A file before the store is asked: its rows cleaned, its digest, and when it looked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import numpy as np
import pandas as pd

from budget.errors import InvalidValue
from budget.store import audit, cells, checks
from budget.store.cells import NONE
from budget.store.rows import Rows, clean_rows
from budget.store.side_rows import clean_sides, last_day
from budget.store.sides import Side
from budget.store.values import AsOfSource, Importable

FRESH = timedelta(days=3)


@dataclass(frozen=True)
class File:
    """What is known of a file before the store is asked."""

    reading: Importable
    raw: bytes
    rows: Rows
    sides: Mapping[Side, Rows]
    digest: str
    answers: str
    answers_digest: str
    as_of: datetime
    as_of_source: AsOfSource
    now: datetime

    @property
    def stated(self) -> tuple[int, int] | None:
        """The day numbers that the file says it covers; None where it says nothing usable."""
        try:
            start, end = self.reading.period or (None, None)
            numbers, bad = cells.days(pd.Series([start, end], dtype=object))
        except (TypeError, ValueError):
            return None
        return None if bad.any() or (numbers == NONE).any() else (int(numbers[0]), int(numbers[1]))


def open_file(reading: Importable, raw: bytes, as_of: datetime | None, now: datetime) -> File:
    """Clean the rows and date the look; `InvalidValue` for what is no reading at all."""
    rows = clean_rows(reading)
    answers = audit.canonical({str(key): str(value) for key, value in dict(reading.answers).items()})
    checks.words("answers", answers, 10**6)
    sides = clean_sides(reading)
    moment, source = _as_of(reading, _last_end(rows, sides), as_of, now)
    return File(
        reading=reading,
        raw=raw,
        rows=rows,
        sides=sides,
        digest=sha256(raw).hexdigest(),
        answers=answers,
        answers_digest=sha256(answers.encode()).hexdigest(),
        as_of=moment,
        as_of_source=source,
        now=now,
    )


def _last_end(rows: Rows, sides: Mapping[Side, Rows]) -> int | None:
    """The day after the last that the file speaks of; None where it names none."""
    ends = [last_day(sides), int(rows.frame["end"].max()) if len(rows.frame) else None]
    return max((end for end in ends if end is not None), default=None)


def _as_of(reading: Importable, end: int | None, said: datetime | None, now: datetime) -> tuple[datetime, AsOfSource]:
    """The person's word, else the file's, else now for a fresh file and the end of its last day for an old one."""
    if said is not None:
        if said.tzinfo is None:
            raise InvalidValue(f"as_of: found {said} without a zone, expected one with")
        return said.astimezone(UTC), "person"
    stated = getattr(reading, "as_of", None)
    if isinstance(stated, datetime):
        return (stated.replace(tzinfo=UTC) if stated.tzinfo is None else stated.astimezone(UTC)), "file"
    if end is None:
        return now, "inferred"
    last = cells.dates_of(np.array([end]))[0]
    ended = datetime(last.year, last.month, last.day, tzinfo=UTC)
    return (now if now - ended <= FRESH else ended), "inferred"
