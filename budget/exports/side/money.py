"""In which currency the money of each line is, where a row names its own."""

from budget.exports.cells import Cell, each, text_of
from budget.exports.columns import Column, constant
from budget.exports.currencies import CODES
from budget.exports.metrics import Metrics
from budget.exports.reading import Question
from budget.exports.side.collect import Collect
from budget.exports.tables import Table


def read_currencies(table: Table, role: str, metrics: Metrics, collect: Collect) -> Column[str | None]:
    """The currency of each line: its own cell, else what the header of `role`, the signs or the person name."""
    column, money = table.match.column("currency"), table.match.column(role)
    said = [money.currency] if money and money.currency else sorted(metrics.currencies)
    usual = said[0] if len(said) == 1 else None
    written = each(table.cells(column), _code) if column else constant(None, len(table.rows))
    codes = {code for code in written.used() if code} or ({usual} if usual else set())
    if not codes and len(table.rows):
        answers = collect.task.answers
        usual = (answers.mapping.currency if answers.mapping else "") or answers.currency
        if not (answers.mapping and answers.mapping.currency):
            collect.ask(Question("currency"))
        codes = {usual} if usual else set()
    if len(codes) > 1:
        collect.find("MIXED_CURRENCY", table.grid.sheet, {"codes": ", ".join(sorted(codes))})
    collect.currencies |= codes
    return written.each(lambda code: code or usual)


def _code(cell: Cell) -> str | None:
    code = text_of(cell).upper()
    return code if code in CODES else None
