"""A child's answer: the facts of a reading as JSON and its delivery as an Arrow stream; never pickle."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO

from budget.exports.reading import (
    Bound,
    ColumnUse,
    DeclaredTotal,
    Facts,
    Preview,
    PreviewColumn,
    Question,
)
from budget.findings import Finding
from budget.weeks import Period

_LENGTH = 8
_MOST_HEAD_BYTES = 1 << 30
_TEXTS = ("name", "digest", "container", "encoding", "kind", "grain", "signature", "reader")
_MAYBE = ("platform", "report", "language", "currency", "timezone")


def facts_to_json(facts: Facts) -> dict[str, Any]:
    """Facts as plain values of JSON."""
    plain: dict[str, Any] = {key: getattr(facts, key) for key in (*_TEXTS, *_MAYBE, "keep_raw")}
    return plain | {
        "sheets": list(facts.sheets),
        "breakdowns": list(facts.breakdowns),
        "period": [str(day) for day in facts.period] if facts.period else None,
        "as_of": facts.as_of.isoformat() if facts.as_of else None,
        "totals": [[one.label, one.scope, dict(one.values), one.source_row] for one in facts.totals],
        "bounds": [[one.source_sheet, one.source_row, one.column, one.op, str(one.value)] for one in facts.bounds],
        "findings": [[one.code, one.severity, one.where, dict(one.facts)] for one in facts.findings],
        "questions": [[one.key, list(one.options), one.default, dict(one.facts)] for one in facts.questions],
        "columns": [
            [one.sheet, one.index, one.header, one.role, one.evidence, one.convention] for one in facts.columns
        ],
        "preview": _preview_to_json(facts.preview),
        "answers": dict(facts.answers),
    }


def _preview_to_json(preview: Preview | None) -> dict[str, Any] | None:
    if preview is None:
        return None
    columns = [[one.header, one.kind, list(one.roles), one.proposed, one.as_order] for one in preview.columns]
    return {"sheet": preview.sheet, "row": preview.header_row, "columns": columns, "rows": [*map(list, preview.rows)]}


def facts_from_json(raw: Mapping[str, Any]) -> Facts:
    """Facts from plain values; `KeyError`, `TypeError` or `ValueError` when they are not those of `facts_to_json`."""
    texts: dict[str, Any] = {key: str(raw[key]) for key in _TEXTS}
    texts |= {key: None if raw[key] is None else str(raw[key]) for key in _MAYBE}
    return Facts(
        **texts,
        keep_raw=bool(raw["keep_raw"]),
        sheets=tuple(map(str, raw["sheets"])),
        breakdowns=tuple(map(str, raw["breakdowns"])),
        period=Period(*map(date.fromisoformat, raw["period"])) if raw["period"] else None,
        as_of=datetime.fromisoformat(raw["as_of"]) if raw["as_of"] else None,
        totals=tuple(
            DeclaredTotal(str(label), str(scope), {str(key): int(value) for key, value in values.items()}, int(row))
            for label, scope, values, row in raw["totals"]
        ),
        bounds=tuple(
            Bound(str(sheet), int(row), str(column), str(op), Decimal(value))
            for sheet, row, column, op, value in raw["bounds"]
        ),
        findings=tuple(
            Finding(str(code), severity, str(where), facts) for code, severity, where, facts in raw["findings"]
        ),
        questions=tuple(
            Question(str(key), tuple(map(str, options)), str(default), facts)
            for key, options, default, facts in raw["questions"]
        ),
        columns=tuple(
            ColumnUse(str(sheet), int(index), str(text), str(role), str(evidence), str(convention))
            for sheet, index, text, role, evidence, convention in raw["columns"]
        ),
        preview=_preview_from_json(raw["preview"]),
        answers={str(key): str(value) for key, value in raw["answers"].items()},
    )


def _preview_from_json(raw: Mapping[str, Any] | None) -> Preview | None:
    if raw is None:
        return None
    columns = tuple(
        PreviewColumn(str(text), str(kind), tuple(map(str, roles)), str(proposed), str(as_order))
        for text, kind, roles, proposed, as_order in raw["columns"]
    )
    return Preview(str(raw["sheet"]), int(raw["row"]), columns, tuple(tuple(map(str, row)) for row in raw["rows"]))


def write_head(stream: BinaryIO, head: Mapping[str, Any]) -> None:
    """Write a JSON head; whatever follows it in the stream is the body."""
    text = json.dumps(head).encode()
    stream.write(len(text).to_bytes(_LENGTH, "big") + text)


def read_head(stream: BinaryIO) -> dict[str, Any]:
    """The head at the start of a stream, which then stands at the body; `ValueError` when there is none."""
    size = int.from_bytes(stream.read(_LENGTH), "big")
    text = stream.read(min(size, _MOST_HEAD_BYTES))
    if len(text) != size:
        raise ValueError(f"the head says {size} bytes, {len(text)} are there")
    head = json.loads(text)
    if not isinstance(head, dict):
        raise ValueError("the message has no head")
    return head
