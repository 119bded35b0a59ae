"""What the tables of one file say together: rows by dataset, findings, questions, columns, declared totals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from budget.exports.formats import Report
from budget.exports.grain import Asked, Spans
from budget.exports.metrics import Metrics
from budget.exports.reading import Bound, ColumnUse, DeclaredTotal, Question, found
from budget.exports.tables import Table
from budget.exports.task import Task
from budget.exports.uses import describe_columns
from budget.findings import Fact, Finding
from budget.weeks import Period

Values = Mapping[str, Any]


def _totals(report: Report) -> int:
    """How many rows of a full table are the platform's own total."""
    return int(bool(report.total_labels or report.total_words))


@dataclass
class Collect:
    """Filled by the readers of the tables; a row is a mapping of the dataset's columns."""

    task: Task
    rows: dict[str, list[Values]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    questions: dict[str, Question] = field(default_factory=dict)
    uses: list[ColumnUse] = field(default_factory=list)
    totals: list[DeclaredTotal] = field(default_factory=list)
    bounds: list[Bound] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)
    currencies: set[str] = field(default_factory=set)
    # Whose numbers these are, where only the first of several tables says so.
    account: str | None = None
    # Tables were there whose values nobody knows how to take.
    passed_over: bool = False

    @property
    def period(self) -> Period | None:
        """From the first day to the last of everything that was read so far."""
        if not self.periods:
            return None
        return Period(min(one.start for one in self.periods), max(one.end for one in self.periods))

    def add(self, dataset: str, values: Values) -> None:
        """Take one row of a dataset."""
        self.rows.setdefault(dataset, []).append(values)

    def ask(self, question: Question) -> None:
        """Put a question; the same one only once."""
        self.questions.setdefault(question.key, question)

    def find(self, code: str, where: str = "", facts: Mapping[str, Fact] | None = None) -> None:
        """Say something of the file; the same thing only once."""
        finding = found(code, where, facts)
        if finding not in self.findings:
            self.findings.append(finding)

    def asked(self, table: Table) -> Asked:
        """What dates of a table may rest on beside its cells."""
        report, answers = table.match.report, self.task.answers
        usual = report.order_for(table.match.language) if report else None
        return Asked(usual, answers.day_order, answers.year, answers.period, self.task.today)

    def take_spans(self, spans: Spans) -> None:
        """Keep what reading the dates brought up."""
        self.findings += [one for one in spans.findings if one not in self.findings]
        for question in spans.questions:
            self.ask(question)
        if spans.period:
            self.periods.append(spans.period)

    def take_metrics(self, metrics: Metrics) -> None:
        """Keep what reading the numbers brought up."""
        self.findings += [one for one in metrics.findings if one not in self.findings]
        self.bounds += metrics.bounds
        if metrics.question:
            self.ask(metrics.question)

    def take_columns(self, table: Table, conventions: Mapping[str, str]) -> None:
        """Keep how the columns were used and what is to be said of the table as a whole."""
        uses, findings = describe_columns(table, conventions)
        self.uses += uses
        self.findings += [one for one in findings if one not in self.findings]
        report, sheet = table.match.report, table.grid.sheet
        if report and not report.verified and len(table.rows):
            self.find("FORMAT_UNVERIFIED", sheet)
        if report and report.row_limit and (table.cut or len(table.rows) >= report.row_limit + _totals(report)):
            self.find("ROWS_CUT_OFF", sheet, {"rows": report.row_limit})
        if table.ragged and table.grid.delimiter:
            self.find("ROW_RAGGED", sheet, {"count": table.ragged})
        if table.repeats:
            self.find("REPEATED_HEADER", sheet, {"count": table.repeats + 1})
