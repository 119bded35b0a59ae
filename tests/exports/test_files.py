"""Every file of the corpus, found by glob: its reading states the facts that stand beside it."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from budget.exports import Reading, read_export
from budget.weeks import Period
from tests.exports.make_exports import samples

HERE = Path(__file__).parent
TODAY = date(2026, 9, 1)
FILES = sorted(path for path in HERE.glob("*/*") if path.suffix in (".csv", ".tsv", ".xlsx", ".xls", ".zip", ".ods"))


def _facts(path: Path) -> dict[str, Any]:
    with path.with_name(path.name + ".toml").open("rb") as file:
        return tomllib.load(file)


def _side(reading: Reading, name: str) -> float:
    """The sum of one metric's values, or of a column of another dataset."""
    dataset, _, column = name.partition(".")
    table = getattr(reading, dataset)
    return float(table.loc[table["metric"] == column, "value"].sum() if dataset == "metrics" else table[column].sum())


def _sum(reading: Reading, role: str) -> int:
    return int(reading.frame[role].sum())


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_reading_states_the_facts(path: Path) -> None:
    """Platform, language, currency, period, rows, exact sums, totals, findings and questions are as written."""
    facts = _facts(path)
    reading = read_export(path.name, path.read_bytes(), facts["answers"], today=TODAY)
    said = {key: getattr(reading, key) or "" for key in ("platform", "report", "language", "currency", "kind", "grain")}
    assert said == {key: facts[key] for key in said}
    assert {finding.code for finding in reading.findings} == set(facts["findings"])
    assert {question.key for question in reading.questions} == set(facts["questions"])
    assert reading.period == (Period(facts["start"], facts["end"]) if "start" in facts else None)
    assert len(reading.frame) == facts["rows"]
    assert {role: _sum(reading, role) for role in facts["sums"]} == facts["sums"]
    assert set(reading.frame["entity_level"]) <= {facts["level"]}
    tables = {dataset: len(getattr(reading, dataset)) for dataset in ("metrics", "posts", "orders", "leads", "sales")}
    assert {dataset: rows for dataset, rows in tables.items() if rows} == facts.get("tables", {})
    said_aside = {name: _side(reading, name) for name in facts.get("side", {})}
    assert said_aside == pytest.approx(facts.get("side", {}), rel=1e-12)
    if facts["declared"]:
        declared = reading.totals[0].values
        assert {role: declared[role] for role in facts["declared"]} == facts["declared"]
    assert dict(reading.answers) == facts["answers"]


def test_corpus_is_what_the_generator_writes() -> None:
    """The files and their facts are, byte for byte, what `make_exports` writes."""
    written = {sample.path: sample for sample in samples()}
    assert set(written) == {path.relative_to(HERE).as_posix() for path in FILES}
    for name, sample in written.items():
        path = HERE / name
        assert path.read_bytes() == sample.data, name
        assert path.with_name(path.name + ".toml").read_text(encoding="utf-8") == sample.expected.toml(), name
