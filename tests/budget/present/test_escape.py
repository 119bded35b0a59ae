"""Text from outside shows as written and never becomes markup or a formula."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.present.escape import WORD_JOINER, cell, esc

HOSTILE = st.text(st.sampled_from(list("\\`*_{}[]()#+-.!|<>$:~^&=\"'@/ wW\n\t aəЖ1")) | st.characters(), max_size=60)
FORMULA_SIGNS = "=+-@\t\r\n＝＋－＠"


def shown(markdown: str) -> str:
    """What a CommonMark renderer shows of a text in which every sign is escaped."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown).replace(WORD_JOINER, "")


@given(HOSTILE)
@settings(derandomize=True, max_examples=400)
def test_reads_as_written(text: str) -> None:
    """Unescaped again, the text is the one that came in, with white space folded."""
    plain = " ".join(text.split())
    assert shown(esc(text)) == plain.replace(WORD_JOINER, "")


@given(HOSTILE)
@settings(derandomize=True, max_examples=400)
def test_no_sign_is_left_bare(text: str) -> None:
    """Every sign that Markdown knows stands behind a backslash of its own."""
    rest = re.sub(r"\\.", "", esc(text))
    assert not re.search(r"""[\\`*_{}\[\]()#+\-.!|<>$:~^&="']""", rest)


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [
        (":material/bolt:", r":\\?[A-Za-z/]"),
        (":red[x]", r":\\?[A-Za-z/]"),
        ("https://evil.example/t.png", r":\\?/"),
        ("a -> b <- c -- d", r"-\\?[->]|<\\?-"),
        ("WWW.evil.example", r"(?i)www\\?\."),
        ("me@evil.example", r"@[A-Za-z]"),
    ],
)
def test_recognition_is_broken(text: str, forbidden: str) -> None:
    """Shortcodes, addresses and arrows are parted by a joiner, which a backslash alone does not do."""
    assert re.search(forbidden, text)
    assert not re.search(forbidden, esc(text))


def test_takes_what_is_not_text() -> None:
    """A number or None is written as Python writes it, then escaped."""
    assert esc(-1.5) == r"\-1\.5"
    assert esc(None) == "None"


@given(HOSTILE, st.sampled_from(FORMULA_SIGNS))
@settings(derandomize=True)
def test_formula_becomes_text(rest: str, sign: str) -> None:
    """A text cell that begins with a formula's sign gets an apostrophe."""
    assert cell(sign + rest) == "'" + sign + rest


@given(HOSTILE)
@settings(derandomize=True)
def test_other_cells_stay(text: str) -> None:
    """Every other text cell stays as it is."""
    kept = text.lstrip(FORMULA_SIGNS)
    assert cell(kept) == kept
