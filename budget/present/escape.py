"""Text that came from a file or a person, made to show exactly as it was written, wherever it goes."""

import re

# Invisible and without width: parts two signs that Markdown would otherwise read together.
WORD_JOINER = "\u2060"

_MARKUP = re.compile(r"""[\\`*_{}\[\]()#+\-.!|<>$:~^&="']""")
# Typed shortcodes (`:red[`, `:material/x:`, `https://`), arrows and dashes, bare addresses and mail addresses are
# recognised even between escaped signs: each pattern marks the place where a joiner ends the recognition.
_JOINTS = (
    re.compile(r"(?<=:)(?=[A-Za-z/])"),
    re.compile(r"(?<=[-<])(?=[->])"),
    re.compile(r"(?<=\bwww)(?=\.)", re.IGNORECASE),
    re.compile(r"(?<=@)"),
)
# Signs with which a spreadsheet begins a formula, and their full-width forms.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def esc(text: object) -> str:
    """The text for any place that renders Markdown: labels, metrics, captions, toasts, table cells.

    Runs of white space become one blank. Shown, it reads as written (plus invisible word joiners).
    """
    plain = " ".join(str(text).split())
    for joint in _JOINTS:
        plain = joint.sub(WORD_JOINER, plain)
    return _MARKUP.sub(lambda sign: "\\" + sign[0], plain)


def cell(text: str) -> str:
    """A text cell of a CSV file that no spreadsheet runs as a formula: a leading apostrophe where it could.

    Only for text: numbers stay numbers. Workbooks store strings as strings instead and need no apostrophe.
    """
    return "'" + text if text.startswith(_FORMULA) else text
