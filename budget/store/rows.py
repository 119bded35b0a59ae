"""The delivery rows of a reading, cleaned: what can be stored, and findings for what cannot."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from budget.errors import InvalidValue
from budget.findings import Fact, Finding, Severity
from budget.store import cells
from budget.store.cells import NONE, Bools
from budget.store.schema import MEASURES
from budget.store.values import Importable, ImportIssue

TEXTS = (
    "platform",
    "currency",
    "account_id",
    "account_name",
    "campaign_id",
    "campaign_name",
    "ad_group_id",
    "ad_group_name",
    "ad_id",
    "ad_name",
    "entity_level",
    "breakdown",
    "grain",
    "result_type",
    "attribution_setting",
    "source_sheet",
)
DATES = ("date_day", "period_start", "period_end")
LEVELS = {"campaign": 0, "ad_group": 1, "ad": 2, "account": 3}
CELL_LIMIT = 10**16
TOTAL_LIMIT = 10**18
ISSUES_KEPT = 10_000
HIDDEN = "customer_key"
_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass
class Rows:
    """Clean rows: texts (None: not said), int64 measures and day numbers (NONE: not said), and what was refused.

    `start, end` are day numbers, [start, end); `is_day` tells day rows from period rows.
    """

    frame: pd.DataFrame
    findings: list[Finding] = field(default_factory=list)
    issues: list[ImportIssue] = field(default_factory=list)
    rejected: int = 0

    def refuse(self, code: str, which: Bools, severity: Severity = "warn") -> None:
        """Take rows out, with one finding that counts them and names the first three."""
        if not which.any():
            return
        lost = self.frame[which]
        self.note(code, lost, severity)
        self.issues += [
            ImportIssue(code, row["source_sheet"] or "", _known(row["source_row"]), _cells(row))
            for row in lost.head(max(0, ISSUES_KEPT - len(self.issues))).to_dict("records")
        ]
        self.rejected += len(lost)
        self.frame = self.frame[~which].reset_index(drop=True)

    def note(self, code: str, rows: pd.DataFrame, severity: Severity) -> None:
        """One finding that counts rows and names the first three."""
        facts: dict[str, Fact] = {"count": len(rows)}
        shown = [_known(row) for row in rows["source_row"].head(3)]
        facts["rows"] = ", ".join(str(row) for row in shown if row is not None)
        self.findings.append(Finding(code, severity, facts=facts))


def _known(number: Any) -> int | None:
    return None if number == NONE else int(number)


def _cells(row: dict[Any, Any]) -> dict[str, Any]:
    return {str(name): value for name, value in row.items() if value is not None and value != NONE and name != HIDDEN}


def clean_rows(reading: Importable) -> Rows:
    """The reading's delivery rows, ready for keys; nothing is raised for any content of the frame.

    Raises `InvalidValue` only when `frame` is no table or names a column twice.
    """
    source = reading.frame
    if not isinstance(source, pd.DataFrame) or source.columns.has_duplicates:
        raise InvalidValue("frame: expected a table in which each column has its own name")
    rows = Rows(pd.DataFrame(index=range(len(source))))
    bad = _typed(rows, source)
    _with_defaults(rows, reading)
    return _kept(rows, bad)


def _typed(rows: Rows, source: pd.DataFrame) -> dict[str, Bools]:
    """Fill the typed columns; return where cells were refused, by code."""
    nothing = pd.Series([None] * len(source), dtype=object)
    bad = {code: np.zeros(len(source), bool) for code in ("TEXT_TOO_LONG", "NUMBER_INVALID", "DATE_INVALID")}
    typed: dict[str, Any] = {}
    changed = np.zeros(len(source), bool)
    for name in TEXTS:
        found, long, cleaned = cells.texts(source.get(name, nothing))
        typed[name] = pd.Series(found, dtype=object)
        bad["TEXT_TOO_LONG"] |= long
        changed |= cleaned
    for name in (*MEASURES, "source_row"):
        typed[name], wrong = cells.wholes(source.get(name, nothing), CELL_LIMIT)
        bad["NUMBER_INVALID"] |= wrong
    for name in DATES:
        typed[name], wrong = cells.days(source.get(name, nothing))
        bad["DATE_INVALID"] |= wrong
    rows.frame = pd.DataFrame(typed)
    if changed.any():
        rows.note("TEXT_CLEANED", rows.frame[changed], "info")
    return bad


def _with_defaults(rows: Rows, reading: Importable) -> None:
    """What the file says once for all rows, and the one form of dates: [start, end) with a grain."""
    frame = rows.frame
    for name, value in (("platform", reading.platform), ("currency", reading.currency), ("breakdown", "none")):
        frame[name] = frame[name].where(frame[name].notna(), value)
    is_day = frame["date_day"] != NONE
    frame["is_day"] = is_day
    frame["start"] = frame["date_day"].where(is_day, frame["period_start"])
    frame["end"] = (frame["date_day"] + 1).where(is_day, frame["period_end"])
    frame["grain"] = frame["grain"].where(frame["grain"].notna(), "period").where(~is_day, "day")


def _kept(rows: Rows, bad: dict[str, Bools]) -> Rows:
    frame = rows.frame
    refusals = {
        **bad,
        "PERIOD_INVALID": ((frame["start"] == NONE) | (frame["end"] <= frame["start"])).to_numpy(),
        "LEVEL_UNKNOWN": ~frame["entity_level"].isin(list(LEVELS)).to_numpy(),
        "PLATFORM_UNKNOWN": frame["platform"].isna().to_numpy(),
        "CURRENCY_UNKNOWN": odd_currencies(frame["currency"]),
    }
    refuse_each(rows, refusals)
    refuse_endless_sums(rows, MEASURES)
    return rows


def odd_currencies(column: "pd.Series[Any]") -> Bools:
    """Where a text is no code of three capital letters."""
    return ~column.map(lambda code: bool(_CURRENCY.fullmatch(code or ""))).to_numpy(bool)


def refuse_each(rows: Rows, refusals: Mapping[str, Bools]) -> None:
    """Take each row out once, under the first code that holds for it."""
    taken = np.zeros(len(rows.frame), bool)
    first: dict[str, Bools] = {}
    for code, which in refusals.items():
        first[code] = which & ~taken
        taken |= which
    left = np.ones(len(rows.frame), bool)
    for code, which in first.items():
        rows.refuse(code, which[left])
        left &= ~which


def refuse_endless_sums(rows: Rows, names: Iterable[str]) -> None:
    """Sums must stay far below what 64 bits hold: such a file is no export."""
    for name in names:
        numbers = rows.frame[name].to_numpy()
        if np.abs(numbers[numbers != NONE].astype(float)).sum() > TOTAL_LIMIT:
            rows.refuse("TOTAL_OUT_OF_RANGE", np.ones(len(rows.frame), bool), "stop")
            return


def breakdown_names(breakdown: str) -> tuple[str, ...]:
    """The names in `age=25-34|gender=female`: age, gender; none for `none`."""
    if breakdown == "none":
        return ()
    return tuple(part.partition("=")[0] for part in breakdown.split("|") if "=" in part) or ("other",)
