"""Exports of the platforms, as downloaded: bytes in, a `Reading` out; bad bytes are findings, never errors."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from budget.exports.limits import MAX_BYTES, SMALL_TEXT_BYTES
from budget.exports.reading import (
    READER,
    Bound,
    ColumnUse,
    DeclaredTotal,
    Facts,
    Preview,
    PreviewColumn,
    Question,
    Reading,
    found,
)
from budget.exports.roles import MAPPABLE, MAPPABLE_OF, NEEDED_OF, SIDES
from budget.exports.sniff import sniff
from budget.findings import Finding

__all__ = [
    "MAPPABLE",
    "MAPPABLE_OF",
    "NEEDED_OF",
    "READER",
    "Bound",
    "ColumnUse",
    "DeclaredTotal",
    "Preview",
    "PreviewColumn",
    "Question",
    "Reading",
    "keep_spare",
    "read_export",
]

NO_ANSWERS: Mapping[str, str] = MappingProxyType({})


def read_export(
    name: str,
    data: bytes,
    answers: Mapping[str, str] = NO_ANSWERS,
    *,
    today: date | None = None,
    customer_key: str | None = None,
) -> Reading:
    """What this file is and holds. Never raises for any bytes.

    `answers` settle what only the person can say (see `Reading.questions`); `name` is a label and the last resort for
    a date; `today` (default: the clock's) bounds what can have happened. `customer_key` is the workspace's secret: with
    it an order's e-mail address becomes a keyed hash, without it nothing is kept of the address.
    """
    facts = Facts(name, sha256(data).hexdigest())
    if refusal := _refusal(data):
        return _reading(facts, None, NO_ANSWERS, refusal)
    sniffed = sniff(data)
    task: dict[str, Any] = {
        "name": name, "digest": facts.digest, "container": sniffed.container,
        "answers": {str(key): str(value) for key, value in answers.items()},
        "today": (today or date.today()).isoformat(), "customer_key": customer_key,
    }  # fmt: skip
    if sniffed.container == "text" and len(data) < SMALL_TEXT_BYTES:
        return _read_here(data, facts, task)
    return _read_apart(data, facts, task)


def keep_spare() -> None:
    """From now on a child waits beforehand, so that no file pays for its start; for applications that go on."""
    from budget.exports.spare import SPARE

    SPARE.keep()


def _refusal(data: bytes) -> Finding | None:
    """Why these bytes are not even looked into, if so."""
    sniffed = sniff(data)
    if len(data) > MAX_BYTES:
        return found("CONTAINER_TOO_LARGE", facts={"size": f"{len(data) >> 20} MB"})
    if sniffed.container == "empty":
        return found("EMPTY_FILE")
    if sniffed.container == "encrypted":
        return found("ENCRYPTED_FILE")
    return found("NOT_A_TABLE", facts={"what": sniffed.what}) if sniffed.container == "other" else None


def _read_here(data: bytes, facts: Facts, task: Mapping[str, Any]) -> Reading:
    """Small text: no native parser is involved, so this process reads it."""
    from budget.exports.answers import read_answers
    from budget.exports.frames import sides_to_arrow, to_arrow
    from budget.exports.pipeline import draft
    from budget.exports.task import Task

    answers, today = read_answers(task["answers"]), date.fromisoformat(task["today"])
    try:
        done = draft(data, Task(facts.name, facts.digest, "text", answers, today, task["customer_key"]))
        table, sides = to_arrow(done.columns, done.rows), sides_to_arrow(done.sides)
    except Exception:  # the contract: whatever the bytes do to a reader ends as a finding, never as an error
        return _reading(facts, None, NO_ANSWERS, found("READ_FAILED", facts={"id": f"F-{facts.digest[:8]}"}))
    return _reading(done.facts, table, sides)


def _read_apart(data: bytes, facts: Facts, task: Mapping[str, Any]) -> Reading:
    from budget.exports.child import read_in_child

    answer = read_in_child(data, task)
    if isinstance(answer, Finding):
        return _reading(facts, None, NO_ANSWERS, answer)
    return _reading(answer.facts, answer.table, answer.sides)


def _reading(facts: Facts, table: Any, sides: Mapping[str, Any] = NO_ANSWERS, *findings: Finding) -> Reading:
    """Facts and Arrow tables as a `Reading` with all its tables."""
    from budget.exports.frames import delivery_frame, empty_table, to_arrow, to_frame

    values: dict[str, Any] = {key: getattr(facts, key) for key in Facts.__dataclass_fields__}
    values["findings"] = (*facts.findings, *findings)
    values |= {kind: to_frame(sides[kind]) if kind in sides else empty_table(kind) for kind in SIDES}
    return Reading(**values, frame=delivery_frame(to_arrow({}, 0) if table is None else table))
