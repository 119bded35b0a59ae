"""Every finding and question of an export has its sentence, and facts that fill it."""

from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from budget.exports import MAPPABLE, Reading, read_export
from budget.exports.reading import QUESTION_CODES, SEVERITIES
from budget.findings import Fact
from budget.present.finding_words import FACT_WORDS, FINDINGS, QUESTIONS, ROLES, finding_sentence
from budget.present.words import words_for
from tests.exports.hostile import corpus
from tests.exports.make_exports import samples

TODAY = date(2026, 9, 1)
# Raised by the child's end alone (tested in test_hostile) or by reports that are not described yet.
ELSEWHERE = {"READ_LIMIT", "READ_FAILED"}
LATER: set[str] = set()


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    """Readings of all small texts of the corpus, of one workbook of each kind, and of the hostile files."""
    chosen = [
        (Path(sample.path).name, sample.data, sample.expected.answers)
        for sample in samples()
        if not sample.path.endswith(".xlsx") or "sheets" in sample.path
    ]
    bad = [(hostile.name, hostile.data, dict[str, str]()) for hostile in corpus() if hostile.code]
    return [read_export(name, data, answers, today=TODAY) for name, data, answers in chosen + bad]


def _placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_every_code_has_a_severity_and_a_sentence() -> None:
    """Codes, severities and sentences are the same set; every question has its sentence."""
    assert set(FINDINGS) == set(SEVERITIES)
    assert set(QUESTIONS) == set(QUESTION_CODES)
    assert set(ROLES) == set(MAPPABLE)


def test_facts_fill_their_sentence(readings: list[Reading]) -> None:
    """The facts of every finding raised are exactly the placeholders of its sentence; so are those of questions."""
    for reading in readings:
        for finding in reading.findings:
            assert set(finding.facts) == _placeholders(FINDINGS[finding.fix]), finding
        for question in reading.questions:
            assert set(question.facts) == _placeholders(QUESTIONS[question.key]), question


def test_coded_facts_have_words(readings: list[Reading]) -> None:
    """A fact that is a code has words, so that no code reaches the person."""
    for reading in readings:
        for finding in reading.findings:
            for key in set(FACT_WORDS) & set(finding.facts):
                assert finding.facts[key] in FACT_WORDS[key], finding


def test_every_code_is_raised_by_some_file_and_not_by_all(readings: list[Reading]) -> None:
    """Each code that this version can raise has a file that raises it and one that does not."""
    raised = [{finding.code for finding in reading.findings} for reading in readings]
    assert set().union(*raised) == set(SEVERITIES) - ELSEWHERE - LATER
    assert set.intersection(*raised) == set()
    asked = {question.key for reading in readings for question in reading.questions}
    assert asked == set(QUESTIONS)


def test_a_finding_becomes_a_sentence(readings: list[Reading]) -> None:
    """Facts from the file pass the caller's `show`; codes become words."""

    def show(fact: Fact) -> str:
        return f"[{fact}]"

    finding = next(one for reading in readings for one in reading.findings if one.code == "NOT_DAILY")
    assert finding_sentence(finding, words_for("en").say, show) == (
        "These are totals of [2026-02-02] to [2026-02-08], not days. For weekly work export by day: "
        "in Ads Manager choose Breakdown, By time, Day."
    )
