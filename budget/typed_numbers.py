"""Numbers as people type and paste them: `12345.67`, `12 345,67`, `12.345,67`, `AZN 500`, `1.5k`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal

from budget.exports.numbers import Token, body_value, read_token, vote
from budget.findings import Finding

LONGEST = 60
MOST = Decimal(10) ** 9


@dataclass(frozen=True)
class Writing:
    """How the person's language writes numbers: its decimal mark, and its short words for powers of ten.

    `powers` are the words after a number ("k": 1000). `currency` is the plan's; an amount in another one is refused.
    """

    decimal: str = "."
    currency: str = ""
    powers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Typed:
    """What was read; None where it cannot be read, and then `finding` says what was found and what is expected."""

    value: Decimal | None
    finding: Finding | None = None


def read_typed(text: str | None, writing: Writing, *, digits: int = 2, percent: bool = False) -> Typed:
    """The number that a cell holds, 0 or more, rounded half to even to `digits`; an empty cell is 0.

    A lone mark before three digits (`1.234`) is read as the language writes numbers; where that makes it a decimal
    mark, and where digits are rounded away, the finding NUMBER_READ_AS says how it was understood.
    """
    clean = " ".join((text or "").split())
    if not clean:
        return Typed(Decimal(0))
    body, power = _without_power(clean[: LONGEST + 1], writing)
    token = read_token(body)
    if fault := next(_faults(token, clean, writing, percent=percent), ""):
        return Typed(None, Finding(fault, "stop", "", {"text": clean[:LONGEST], "currency": token.currency}))
    mark = vote(token.body)
    found = body_value(token.body, writing.decimal if mark in ("", "?") else mark)
    if found is None:
        return Typed(None, Finding("NUMBER_UNREADABLE", "stop", "", {"text": clean[:LONGEST]}))
    if found * power >= MOST:
        return Typed(None, Finding("NUMBER_TOO_LARGE", "stop", "", {"text": clean[:LONGEST]}))
    exact = found * power
    value = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN)
    doubtful = value != exact or (mark == "?" and writing.decimal in token.body)
    facts: dict[str, str | int | float] = {"text": clean, "read_as": str(value), "digits": digits}
    return Typed(value, Finding("NUMBER_READ_AS", "info", "", facts) if doubtful else None)


def _without_power(text: str, writing: Writing) -> tuple[str, int]:
    """The text without the language's word for a power of ten, and that power; `K` is `k`, but `m` is not `M`."""
    for word, power in writing.powers.items():
        kinds = {word, word.upper()} if power == 1000 else {word}
        pattern = "|".join(re.escape(kind) for kind in kinds)
        found = re.fullmatch(rf"(.*[0-9])\s*(?:{pattern})\.?(\s*[^\w\s]?|\s+[A-Za-z]{{3}})", text)
        if found:
            return found[1] + found[2], power
    return text, 1


def _faults(token: Token, clean: str, writing: Writing, *, percent: bool) -> Iterator[str]:
    if token.kind != "number" or len(clean) > LONGEST or ("%" in clean and not percent):
        yield "NUMBER_UNREADABLE"
    if token.currency and writing.currency and token.currency != writing.currency:
        yield "NUMBER_CURRENCY"
    if token.negative and token.body.strip("0., "):
        yield "NUMBER_BELOW_ZERO"
