"""Keeps the catalogues in step with the code: `python -m budget.present.extract`."""

from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from budget.present.words import LOCALE

ROOT = Path(__file__).parents[2]
SOURCES = ("budget/present/**/*.py", "pages/**/*.py", "streamlit_app.py")
KEYWORDS: dict[str, tuple[int, ...] | None] = {"say": None, "count": (1, 2), "N_": None}
HEADER = """\
msgid ""
msgstr ""
"Language: {lang}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


def template(root: Path = ROOT) -> Catalog:
    """Every sentence that the code says, without places and dates: the file changes only when a sentence does."""
    found = Catalog(charset="utf-8")
    for path in sorted({path for pattern in SOURCES for path in root.glob(pattern)}):
        for _, message, _, _ in extract_from_file("python", path, keywords=KEYWORDS):
            if message:
                found.add(message)
    return found


def read(path: Path) -> Catalog:
    """The catalogue of one language as it is on disk."""
    with path.open("rb") as file:
        return read_po(file, locale=path.stem, abort_invalid=True)


def update(path: Path, sentences: Catalog) -> list[str]:
    """Rewrites one catalogue: keeps its translations, adds new sentences, drops what nobody says.

    Returns what still waits for a translation.
    """
    catalogue = read(path)
    catalogue.update(sentences, no_fuzzy_matching=True)
    with path.open("wb") as file:
        file.write(HEADER.format(lang=path.stem, plurals=catalogue.plural_forms).encode())
        write_po(file, catalogue, width=0, omit_header=True, no_location=True, sort_output=True, ignore_obsolete=True)
    return untranslated(catalogue)


def untranslated(catalogue: Catalog) -> list[str]:
    """English sentences of a catalogue that lack a form of their translation, in order."""
    return sorted(_singular(message.id) for message in catalogue if message.id and not _complete(message.string))


def _singular(msgid: str | Iterable[str]) -> str:
    return msgid if isinstance(msgid, str) else next(iter(msgid))


def _complete(translation: str | Iterable[str] | None) -> bool:
    return translation is not None and bool(translation) and all(translation)


def main() -> None:
    """Updates every language and prints what waits for a translation."""
    sentences = template()
    for path in sorted(LOCALE.glob("*.po")):
        waiting = update(path, sentences)
        print(f"{path.stem}: {len(sentences)} sentences, {len(waiting)} to translate")
        for sentence in waiting:
            print(f"  {sentence}")


if __name__ == "__main__":
    main()
