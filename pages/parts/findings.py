"""Findings as a list, worst first, and small tables of finished text."""

from collections.abc import Callable, Iterable, Sequence

import pyarrow as pa  # type: ignore[import-untyped]  # ships no types
import streamlit as st

from budget.findings import Finding, Severity
from budget.present.escape import esc
from pages.parts.app import App

MARKS: dict[Severity, str] = {
    "stop": ":red[:material/error:]",
    "ask": ":orange[:material/help:]",
    "warn": ":orange[:material/warning:]",
    "info": ":gray[:material/info:]",
}
ORDER: tuple[Severity, ...] = ("stop", "ask", "warn", "info")


def listed(app: App, found: Iterable[Finding], sentence: Callable[[Finding], str]) -> None:
    """One line a finding: an icon in its colour, the sentence in ink. `sentence` gives plain text."""
    for finding in sorted(found, key=lambda finding: ORDER.index(finding.severity)):
        st.markdown(f"{MARKS[finding.severity]} {esc(sentence(finding))}")


def table(app: App, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A read-only table of finished plain text."""
    columns = list(zip(*(map(esc, row) for row in rows), strict=True)) or [()] * len(header)
    text = {name: pa.array(column, pa.string()) for name, column in zip(header, columns, strict=True)}
    st.table(pa.table(text), border="horizontal", hide_index=True)


def distinct(header: Sequence[str]) -> list[str]:
    """Headers that differ from each other, as table columns must: a repeated one takes a number."""
    found: list[str] = []
    for name in header:
        same = sum(1 for taken in found if taken == name or taken.startswith(f"{name} ("))
        found.append(f"{name} ({same + 1})" if same else name)
    return found
