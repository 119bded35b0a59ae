"""What the product says, in the person's language: English in the code, other languages in `locale/<lang>.po`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LOCALE = Path(__file__).parent / "locale"
SOURCE = "en"


def N_(text: str) -> str:  # noqa: N802  gettext's own name, known to every extractor and translator
    """Mark a sentence for translation where it is kept as data; `Words.say` translates it when it is shown."""
    return text


# Each catalogue translates "English" by its own language's name in that language.
OWN_NAME = N_("English")


@dataclass(frozen=True)
class Words:
    """All sentences in one language. Facts arrive as finished text: formatted by `Numbers`, escaped by `esc`."""

    lang: str
    _texts: NullTranslations = field(repr=False, compare=False)

    def say(self, msgid: str, /, **facts: str) -> str:
        """The sentence in this language with its `{facts}` filled in; English where a translation is missing."""
        text = self._texts.gettext(msgid) if msgid else ""
        return text.format(**facts) if facts else text

    def count(self, singular: str, plural: str, n: int, /, **facts: str) -> str:
        """The form that this language uses for `n` things; `{n}` is filled with n as the language writes it."""
        text = self._texts.ngettext(singular, plural, n)
        return text.format(**{"n": format_decimal(n, locale=self.lang)} | facts)


def _read(lang: str) -> NullTranslations:
    """The catalogue of one language; the source language needs none."""
    if lang == SOURCE:
        return NullTranslations()
    with (LOCALE / f"{lang}.po").open("rb") as file:
        catalogue = read_po(file, locale=lang, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def _known(lang: str) -> Words:
    return Words(lang, _read(lang))


def _languages() -> Mapping[str, str]:
    codes = [SOURCE, *sorted(path.stem for path in LOCALE.glob("*.po"))]
    return MappingProxyType({code: _known(code).say(OWN_NAME) for code in codes})


LANGUAGES: Mapping[str, str] = _languages()


def language_of(tag: str | None) -> str:
    """The language we have for a browser's tag such as `az-AZ`; English when we have none."""
    code = (tag or SOURCE).replace("_", "-").split("-")[0].lower()
    return code if code in LANGUAGES else SOURCE


def words_for(lang: str | None) -> Words:
    """The sentences of a language, read once; an unknown language gives English."""
    return _known(language_of(lang))
