"""Labels at line ends pushed apart, so that each can be read."""

from collections.abc import Sequence

GAP = 17
"""Pixels between two labels."""
EDGES = 45
"""Pixels of a chart's height that its axis and edges take."""


def apart(values: Sequence[float], low: float, high: float, height: int) -> list[float]:
    """Where labels of line ends stand: as near to their values as 17 px between neighbours allow, in their order."""
    least = GAP * (high - low) / max(height - EDGES, 1)
    order = sorted(range(len(values)), key=values.__getitem__)
    blocks: list[list[int]] = []
    for i in order:
        blocks.append([i])
        while len(blocks) > 1 and _bottom(blocks[-1], values, least) - _top(blocks[-2], values, least) < least:
            last = blocks.pop()
            blocks[-1] += last
    return _laid(blocks, values, least)


def _middle(block: list[int], values: Sequence[float]) -> float:
    return sum(values[i] for i in block) / len(block)


def _bottom(block: list[int], values: Sequence[float], least: float) -> float:
    return _middle(block, values) - least * (len(block) - 1) / 2


def _top(block: list[int], values: Sequence[float], least: float) -> float:
    return _middle(block, values) + least * (len(block) - 1) / 2


def _laid(blocks: list[list[int]], values: Sequence[float], least: float) -> list[float]:
    placed = list(values)
    for block in blocks:
        for k, i in enumerate(block):
            placed[i] = _bottom(block, values, least) + k * least
    return placed
