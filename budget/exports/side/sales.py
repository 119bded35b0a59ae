"""Totals of all sales by week or day, as a person writes them into our own workbook."""

from budget.exports.grain import read_spans
from budget.exports.metrics import read_metrics
from budget.exports.side.collect import Collect
from budget.exports.side.money import read_currencies
from budget.exports.side.sections import Section

COUNTS = ("orders", "new_customers", "units")
_VALUES = (*COUNTS, "revenue_micros")


def read_sales(section: Section, collect: Collect) -> None:
    """Every week or day that says anything of its orders, customers, revenue or pieces."""
    table = section.table
    report = table.match.report
    metrics = read_metrics(table, report.decimal if report else None, collect.task.answers.decimal, _VALUES, COUNTS)
    collect.take_metrics(metrics)
    spans = read_spans(table, None, collect.asked(table), aggregated=False)
    collect.take_spans(spans)
    collect.take_columns(table, {**spans.orders, **metrics.conventions})
    currencies = read_currencies(table, "revenue_micros", metrics, collect)
    for place, (span, grain) in enumerate(zip(spans.spans, spans.grains, strict=True)):
        said = {role: column.values[place] for role, column in metrics.numbers.items()}
        if span is None or all(value is None for value in said.values()):
            continue
        dates = {"grain": grain, "period_start": span.start, "period_end": span.end}
        place_of = {"source_sheet": table.grid.sheet or None, "source_row": table.lines[place]}
        collect.add("sales", {**said, **dates, **place_of, "currency": currencies[place]})
