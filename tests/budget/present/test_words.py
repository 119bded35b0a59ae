"""Every sentence exists in every language, with the same facts in it."""

from collections.abc import Iterable
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message

from budget.present import extract
from budget.present.words import LANGUAGES, LOCALE, language_of, words_for

CATALOGUES = sorted(LOCALE.glob("*.po"))
every_catalogue = pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)


def forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    """The singular, or all forms of a plural."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def facts(text: str) -> set[tuple[str, str | None, str | None]]:
    """Names of the facts in a sentence, with whatever format or conversion was put on them."""
    return {(name, spec, convert) for _, name, spec, convert in Formatter().parse(text) if name is not None}


def messages(catalogue: Catalog) -> dict[str, Message]:
    """Messages by their English singular."""
    return {forms(message.id)[0]: message for message in catalogue if message.id}


@every_catalogue
def test_every_sentence_is_translated(path: Path) -> None:
    """A catalogue holds exactly what the code says: nothing missing, nothing left over, nothing guessed."""
    catalogue, said = extract.read(path), messages(extract.template())
    stored = messages(catalogue)
    assert sorted(set(said) - set(stored)) == [], "run: python -m budget.present.extract"
    assert sorted(set(stored) - set(said)) == [], "run: python -m budget.present.extract"
    assert not catalogue.obsolete
    assert extract.untranslated(catalogue) == []
    assert [msgid for msgid, message in stored.items() if message.fuzzy] == []


@every_catalogue
def test_same_facts_in_every_language(path: Path) -> None:
    """A translation takes the facts of its English sentence, each in each plural form."""
    for message in extract.read(path):
        expected = set().union(*(facts(form) for form in forms(message.id)))
        for form in filter(None, forms(message.string)):
            assert facts(form) == expected, form


def test_facts_arrive_finished() -> None:
    """No sentence formats a fact itself: numbers come from `Numbers`."""
    for message in extract.template():
        for form in forms(message.id):
            assert {(spec, convert) for _, spec, convert in facts(form)} <= {("", None)}, form


@every_catalogue
def test_file_is_as_the_extractor_writes_it(path: Path, tmp_path: Path) -> None:
    """Extracting again changes nothing: order and header are the tool's, so that a difference is a sentence."""
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    extract.update(copy, extract.template())
    assert copy.read_text("utf-8") == path.read_text("utf-8"), "run: python -m budget.present.extract"


def test_update_keeps_adds_and_drops(tmp_path: Path) -> None:
    """An update keeps translations, adds new sentences in order and drops what nobody says any more."""
    path = tmp_path / "az.po"
    path.write_text(extract.HEADER.format(lang="az", plurals="nplurals=2; plural=(n != 1);"), "utf-8")
    first, second = Catalog(charset="utf-8"), Catalog(charset="utf-8")
    first.add("Plan"), first.add("Gone")
    assert extract.update(path, first) == ["Gone", "Plan"]
    path.write_text(
        path.read_text("utf-8").replace('msgid "Plan"\nmsgstr ""', 'msgid "Plan"\nmsgstr "Plan az"'), "utf-8"
    )
    second.add("Plan"), second.add(("{n} file", "{n} files"))
    assert extract.update(path, second) == ["{n} file"]
    text = path.read_text("utf-8")
    assert 'msgstr "Plan az"' in text
    assert "Gone" not in text
    assert "Date" not in text


def test_languages_are_the_files() -> None:
    """English and each catalogue, each under its own name."""
    assert set(LANGUAGES) == {"en"} | {path.stem for path in CATALOGUES}
    assert LANGUAGES["en"] == "English"
    assert LANGUAGES["az"] == "Azərbaycanca"


@pytest.mark.parametrize(("tag", "lang"), [("az-AZ", "az"), ("AZ_latn", "az"), ("fr", "en"), ("", "en"), (None, "en")])
def test_nearest_language(tag: str | None, lang: str) -> None:
    """A browser's tag finds our language; what we do not have is English."""
    assert language_of(tag) == lang
    assert words_for(tag).lang == lang


def test_sentence_takes_facts_as_they_are() -> None:
    """A fact is put in verbatim, braces and all; an unknown sentence stays English in every language."""
    assert words_for("az").say("Not in any catalogue: {name}", name="{x} %s") == "Not in any catalogue: {x} %s"
    assert words_for("az").say("") == ""


def test_count_chooses_the_form_and_writes_the_number() -> None:
    """The form follows the number, and the number is written in the language."""
    assert words_for("en").count("{n} file", "{n} files", 1) == "1 file"
    assert words_for("en").count("{n} file", "{n} files", 1284) == "1,284 files"
    assert words_for("az").count("{n} row of {name}", "{n} rows of {name}", 1284, name="x") == "1.284 rows of x"
