"""Exports of Meta Business Suite: metrics, audience, content."""

from collections.abc import Iterator

from tests.exports.tables import Expected


def samples() -> Iterator[tuple[str, bytes, Expected]]:
    """Every file of these sources."""
    yield from ()
