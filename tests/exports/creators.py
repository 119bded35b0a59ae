"""Exports of the platforms' own pages for creators: TikTok, YouTube, X, LinkedIn."""

from collections.abc import Iterator

from tests.exports.tables import Expected


def samples() -> Iterator[tuple[str, bytes, Expected]]:
    """Every file of these sources."""
    yield from ()
