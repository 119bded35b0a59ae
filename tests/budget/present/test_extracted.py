"""Every sentence that the code says can be found by the tool that collects sentences for translation."""

import ast
from pathlib import Path

import pytest

from budget.present.extract import ROOT, SOURCES

FILES = sorted({path for pattern in SOURCES for path in ROOT.glob(pattern)})


def hidden(source: str) -> list[str]:
    """Sentences that stand inside f-strings, where the collector does not look."""
    return [
        str(text.value)
        for outer in ast.walk(ast.parse(source))
        if isinstance(outer, ast.JoinedStr)
        for call in ast.walk(outer)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in ("say", "count")
        for text in call.args
        if isinstance(text, ast.Constant) and isinstance(text.value, str)
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_sentence_hides_in_a_format_string(path: Path) -> None:
    """`f"{say('…')}"` would stay English in every language."""
    assert hidden(path.read_text(encoding="utf-8")) == []


def test_such_a_sentence_is_seen() -> None:
    """The check itself finds what it looks for."""
    assert hidden("f\"{app.say('Hello')} · {app.say(name)}\"") == ["Hello"]
