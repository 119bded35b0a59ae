"""What the doctor finds."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """`code` says which check failed, `count` how often, `example` names the first; workspace 0 is the whole file."""

    code: str
    count: int
    example: str
    workspace_id: int = 0


def fault(code: str, examples: Sequence[object], workspace_id: int = 0) -> list[Fault]:
    """One fault for all examples, none for none."""
    return [Fault(code, len(examples), str(examples[0]), workspace_id)] if len(examples) else []
