"""The house: pins, targets, documents and screens agree with the code; nothing foreign is tracked."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from pages.parts.navigation import SCREENS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TABLES = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = TABLES["project"]
RUNTIME, TESTS, PEERS = (ROOT / f"requirements{part}.txt" for part in ("", "-test", "-peers"))
LONGEST_FILE = 400
LONGER = {"first_schema.py": "frozen history"}


def name_of(requirement: str) -> str:
    """The package that a requirement names, in the one normal form."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def pins(path: Path) -> dict[str, set[str]]:
    """Pinned versions by package."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", path.read_text(encoding="utf-8"), re.MULTILINE):
        found.setdefault(name_of(name), set()).add(version)
    return found


def tracked() -> list[Path]:
    """The files under version control; in a copy without it, all but the environment."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        return [path for path in ROOT.rglob("*") if path.is_file() and ".venv" not in path.parts]
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        (RUNTIME, PROJECT["dependencies"]),
        (TESTS, [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]),
        (PEERS, TABLES["dependency-groups"]["peers"]),
    ],
    ids=["runtime", "tests", "peers"],
)
def test_everything_needed_is_pinned(path: Path, wanted: list[str]) -> None:
    """Each requirement of pyproject.toml has an exact version."""
    assert {name_of(requirement) for requirement in wanted} <= set(pins(path))


def test_tests_run_on_the_versions_that_are_served() -> None:
    """A package of requirements.txt has the same version in requirements-test.txt."""
    assert {name: versions for name, versions in pins(TESTS).items() if name in pins(RUNTIME)} == pins(RUNTIME)


def test_a_peer_is_compared_on_the_versions_that_are_tested() -> None:
    """A package of requirements-test.txt has no other version in requirements-peers.txt."""
    assert {
        name: versions for name, versions in pins(PEERS).items() if versions - pins(TESTS).get(name, versions)
    } == {}


@pytest.mark.parametrize("path", [RUNTIME, TESTS, PEERS], ids=lambda path: path.name)
def test_pins_carry_hashes_and_no_address(path: Path) -> None:
    """What is installed is what was looked at, from whatever index the person uses."""
    text = path.read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in text


def test_every_make_target_is_in_the_readme() -> None:
    """The front door's words are documented."""
    targets = set(re.findall(r"^([a-z]+):.*## ", MAKEFILE, re.MULTILINE)) - {"help", "static"}
    assert {target for target in targets if f"make {target}" not in README and f"`{target}`" not in README} == set()


def test_every_setting_is_in_the_readme() -> None:
    """Environment variables that the code reads are documented."""
    code = "".join(path.read_text(encoding="utf-8") for path in tracked() if path.suffix == ".py")
    settings = set(re.findall(r"\bPAYOFF_[A-Z_]+\b", code))
    assert {setting for setting in settings if setting not in README} == set()


def test_every_screen_is_in_the_navigation() -> None:
    """A file in pages/ without a row in the navigation could never be opened, and the reverse."""
    files = {path.stem for path in (ROOT / "pages").glob("[!_]*.py")}
    assert files == {screen.name for screen in SCREENS}


def test_no_secret_and_no_private_data_is_tracked() -> None:
    """Secrets, stores and environments stay out of version control."""
    assert [path for path in tracked() if path.name == "secrets.toml" or path.suffix in {".db", ".pem", ".key"}] == []


@pytest.mark.parametrize(
    "path", [path for path in tracked() if path.suffix == ".py"], ids=lambda p: str(p.relative_to(ROOT))
)
def test_a_file_is_short_and_opens_with_a_sentence(path: Path) -> None:
    """At most 400 lines; the module says in its first line what it is for."""
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_FILE or path.name in LONGER
    assert not text or ast.get_docstring(ast.parse(text))
