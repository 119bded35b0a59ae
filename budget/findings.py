"""What is wrong or worth knowing about data, as a value: a code, where, and facts; never a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["stop", "ask", "warn", "info"]
Fact = str | int | float


@dataclass(frozen=True)
class Finding:
    """One thing found in a file, a plan or a result.

    `code` is API: words and tests rely on it. `where` names file, sheet, line or plan line.
    `facts` fill the sentence that `present` keeps for `code`. `severity`: `stop` nothing is taken, `ask`
    waits for an answer, `warn` shown, `info` folded away.
    """

    code: str
    severity: Severity
    where: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def fix(self) -> str:
        """Key of the sentence that says what was found, what was expected and the next step."""
        return self.code
