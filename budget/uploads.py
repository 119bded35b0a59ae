"""A file on its way in: what it is, whether it adds up, what storing it would change."""

from dataclasses import dataclass

from budget.exports import Reading


@dataclass(frozen=True)
class Totals:
    """Spend of the rows and the file's own total in micros; `declared_micros` None where the file states none."""

    rows_micros: int | None
    declared_micros: int | None

    @property
    def difference_micros(self) -> int:
        """How far the rows lie from the declared total; 0 where either is unknown."""
        if self.rows_micros is None or self.declared_micros is None:
            return 0
        return self.rows_micros - self.declared_micros


def totals_of(reading: Reading) -> Totals:
    """Spend as read against the first summary row that covers the whole file."""
    spend = reading.frame["spend_micros"].dropna()
    rows = int(spend.sum()) if len(spend) else None
    whole = [total for total in reading.totals if total.scope == "account" or total.label]
    stated = (total.values.get("spend_micros") for total in whole)
    return Totals(rows, next((value for value in stated if value is not None), None))


def can_store(reading: Reading) -> bool:
    """Whether the file is a table without an open question."""
    return not reading.questions and not any(f.severity == "stop" for f in reading.findings)
