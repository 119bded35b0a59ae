"""A page says nothing by itself: sentences go through `Words`, figures and dates through `Numbers`."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGES = [ROOT / "streamlit_app.py", *sorted((ROOT / "pages").rglob("*.py"))]
# Arguments that hold English sentences, by the name of the function that translates or marks them.
SENTENCES = {"say": 1, "count": 2, "N_": 1}
WORDS = re.compile(r"[^\W\d_][,.:;!?]? [^\W\d_]")
FORMAT = re.compile(r"%[-+ ,0]*\d*\.?\d*[dfgeis]|[#0],#|DD[./-]MM|%[YmdbB]\b")

# (file, pattern of the whole text): reason. Nothing here is ever read by a person as words.
ALLOWED = {
    ("pages/parts/screen.py", r"(?s)<style>.*</style>"): "the one constant CSS rule",
    ("pages/parts/hardened.py", r"[a-z]+-src .*"): "a security header",
    ("pages/parts/hardened.py", r">; rel=modulepreload; crossorigin"): "a preload header",
    ("pages/parts/hardened.py", r"<(html|script) .*"): "markup of the first page, read by browsers",
}


def said(call: ast.Call) -> list[ast.expr]:
    """The arguments of a call that are sentences for the catalogue."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return call.args[: SENTENCES.get(name, 0)]


def literal(node: ast.expr) -> bool:
    """A constant text, which is all that the extractor can read."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def said_within(node: ast.AST) -> list[ast.expr]:
    """All sentences said anywhere inside a piece of code."""
    return [argument for call in ast.walk(node) if isinstance(call, ast.Call) for argument in said(call)]


def docstrings(tree: ast.AST) -> set[int]:
    """Texts that stand alone as a statement: documentation."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def faults(source: str) -> Iterator[tuple[int, str]]:
    """(line, what is wrong) for each word or format that a page holds itself."""
    tree = ast.parse(source)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    sentences = [argument for call in calls for argument in said(call)]
    skipped = docstrings(tree) | {id(node) for node in sentences}
    for sentence in sentences:
        if not literal(sentence) and not isinstance(sentence, ast.Name | ast.Attribute | ast.Subscript | ast.Call):
            yield sentence.lineno, "a sentence that the extractor cannot read: use one literal or N_"
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            if WORDS.search(node.value):
                yield node.lineno, node.value
            elif FORMAT.search(node.value):
                yield node.lineno, f"format string {node.value}"
        if isinstance(node, ast.JoinedStr) and any(map(literal, said_within(node))):
            yield node.lineno, "a sentence inside an f-string, which the extractor does not see"
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            yield node.lineno, "an f-string with a format"
    yield from formats(tree)


def formats(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Calls and operators that format: str.format, format(), text % values, strftime."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and isinstance(node.left, ast.Constant):
            yield node.lineno, "text % values"
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in {"format", "format_map", "strftime"}:
                yield node.lineno, f"{name}()"


def allowed(path: str, what: str) -> bool:
    """Named above, with its reason."""
    return any(path == file and re.fullmatch(pattern, what) for file, pattern in ALLOWED)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_page_holds_no_words(path: Path) -> None:
    """Every sentence of a page is in the catalogue and every figure in `Numbers`."""
    name = path.relative_to(ROOT).as_posix()
    found = [(line, what) for line, what in faults(path.read_text("utf-8")) if not allowed(name, what)]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        'st.title("Your plan")',
        'st.title("Done. See it")',
        'st.write(f"Spent {x} of it now")',
        'st.write(f"{x:,.0f}")',
        'st.write("{}".format(x))',
        'st.write(format(x, ".2f"))',
        'st.write("%d" % x)',
        'st.write(day.strftime("%d"))',
        'st.number_input(label, format="%.2f")',
        'column(format="DD.MM.YYYY")',
        'words.say(f"Spent {x}")',
        'words.say("Spent " + x)',
        'words.say(msgid, name="Bare words")',
        'words.count("{n} file", "{n} files", 1, name="Bare words")',
    ],
)
def test_rule_finds(source: str) -> None:
    """The rule sees bare sentences and every way to format."""
    assert list(faults(source))


@pytest.mark.parametrize(
    "source",
    [
        '"""A page about words."""',
        'words.say("Your plan")',
        "words.say(TITLE)",
        'words.count("{n} big file", "{n} big files", n)',
        'TITLE = N_("Your plan")',
        'st.badge(text, icon=":material/check:")',
        'st.caption(f"{place} · {period}")',
        'st.session_state["plan_id"]',
    ],
)
def test_rule_lets_pass(source: str) -> None:
    """Sentences for the catalogue, documentation, keys and icons are no fault."""
    assert not list(faults(source))
