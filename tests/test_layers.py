"""The layers: who may import whom, read from the code itself."""

import ast
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = ("models", "budget", "pages")
FORBIDDEN = {
    "models": {"budget", "pages", "streamlit", "pandas", "altair", "pyarrow", "sqlalchemy", "ibis", "alembic", "babel"},
    "budget": {"pages", "streamlit", "sqlalchemy", "ibis", "alembic"},
    "budget/store": {"pages", "streamlit"},
    "pages": {"models", "sqlalchemy", "ibis", "alembic", "sqlite3"},
}
SQL = ("SELECT ", "INSERT ", "UPDATE ", "DELETE ", "CREATE TABLE")


def sources(layer: str) -> list[Path]:
    """All Python files of a layer."""
    return sorted((ROOT / layer).rglob("*.py"))


def layer_of(path: Path) -> str:
    """The row of FORBIDDEN that a file obeys: the deepest one above it."""
    name = path.relative_to(ROOT).as_posix()
    return max((layer for layer in FORBIDDEN if name.startswith(f"{layer}/")), key=len)


def imports(path: Path) -> Iterator[tuple[str, ast.stmt]]:
    """Full names that a file imports (`budget.plan.PlanLine` for a from-import), wherever the statement stands."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            origin = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((f"{origin}.{alias.name}", node) for alias in node.names)


def file_of(name: str) -> Path | None:
    """The file of ours that an imported name comes from; None for a foreign one."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        place = ROOT.joinpath(*parts[:length])
        found = next((path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file()), None)
        if found:
            return found
    return None


ALL = [path for layer in LAYERS for path in sources(layer)]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_imports_only_what_its_layer_may(path: Path) -> None:
    """Pages ask budget, budget asks models, and only the store knows SQL."""
    banned = FORBIDDEN[layer_of(path)]
    assert {name for name, _ in imports(path) if name.split(".")[0] in banned} == set()


def test_models_stand_on_numpy_and_scipy_alone() -> None:
    """The mathematics needs numpy, scipy and the standard library, nothing else."""
    allowed = {"numpy", "scipy", "models", *sys.stdlib_module_names}
    assert {name.split(".")[0] for path in sources("models") for name, _ in imports(path)} <= allowed


def test_no_file_imports_itself_around_a_corner() -> None:
    """Imports between files form no circle, whatever function they stand in."""
    graph = {path: {found for name, _ in imports(path) if (found := file_of(name)) and found != path} for path in ALL}
    # A package's surface imports its parts; a part that imports a neighbour by the package's path passes by it.
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(path.relative_to(ROOT).as_posix() for path in error.args[1]))


@pytest.mark.parametrize("path", sources("pages"), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_page_holds_no_sql_and_no_raw_markup(path: Path) -> None:
    """Pages ask the store by method and never send markup that could carry data."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert [text for text in texts if text.startswith(SQL)] == []
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    allowed = {"html"} if path.name == "screen.py" else set()
    assert attributes & {"html", "iframe"} <= allowed
    arguments = {node.arg for node in ast.walk(tree) if isinstance(node, ast.keyword)}
    assert "unsafe_allow_html" not in arguments


@pytest.mark.parametrize("path", sorted((ROOT / "pages").glob("[!_]*.py")), ids=lambda path: path.name)
def test_a_screen_begins_with_the_frame(path: Path) -> None:
    """Each screen's first statement after imports and constants is `app = frame.enter()`: deep links rely on it."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    harmless = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)
    acts = [node for node in body if not isinstance(node, harmless) and not _is_constant(node)]
    assert ast.unparse(acts[0]) == "app = frame.enter()"


def _is_constant(node: ast.stmt) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return bool(targets) and all(isinstance(target, ast.Name) and target.id.isupper() for target in targets)
