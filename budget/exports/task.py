"""One file to read: what is known beside its bytes."""

from dataclasses import dataclass
from datetime import date

from budget.exports.answers import Answers


@dataclass(frozen=True)
class Task:
    """Its name as a label, its digest, the person's answers, the day on which it is read, the workspace's secret."""

    name: str
    digest: str
    container: str
    answers: Answers
    today: date
    customer_key: str | None = None
