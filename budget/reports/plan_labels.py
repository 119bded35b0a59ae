"""Codes of the plan as the words of a language, and back from the words of any language, exactly."""

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from budget.exports.headers import plain
from budget.present.plan_sheets import LABELS
from budget.present.words import LANGUAGES, words_for

AS_IS = "\\"
"""Leads a text that is a code as it stands, where it would else be read as a word or as nothing."""
KEYS = ("key", "audience")
"""Kinds that name something of the plan itself; every other kind of `LABELS` is a list of known codes."""


def shown(kind: str, code: str, lang: str) -> str:
    """What stands in the cell for a code; `read_label` gives exactly the code back."""
    if kind == "networks":
        return _networks(code, lang)
    labels = LABELS.get(kind, {})
    text = words_for(lang).say(labels[code]) if code in labels else code
    return text if read_label(kind, text, lang) == code else AS_IS + code


def read_label(kind: str, text: str, lang: str) -> str:
    """The code of a cell's text: a word of `lang`, else of any language, else the text as it is."""
    if text.startswith(AS_IS):
        return text[len(AS_IS) :]
    if kind == "networks":
        return ",".join(read_label("platform", part, lang) for part in map(str.strip, text.split(",")) if part)
    clean = text.strip()
    if kind in KEYS:
        return clean
    return known_words(kind, lang).get(plain(clean), clean)


def label(kind: str, code: str, lang: str) -> str:
    """The word of a code for people to read: a code that has none stands for itself."""
    labels = LABELS.get(kind, {})
    return words_for(lang).say(labels[code]) if code in labels else code


def is_known(kind: str, code: str) -> bool:
    """Whether a kind of `LABELS` knows the code."""
    return code in LABELS.get(kind, {})


@cache
def known_words(kind: str, lang: str) -> Mapping[str, str]:
    """Plain word -> code of a kind, in all languages; where two languages disagree, `lang` is right."""
    found: dict[str, str] = {}
    for language in _languages(lang):
        for code, text in LABELS.get(kind, {}).items():
            found.setdefault(plain(words_for(language).say(text)), code)
    for code in LABELS.get(kind, {}):
        found.setdefault(plain(code), code)
    return MappingProxyType(found)


def _languages(first: str) -> Iterable[str]:
    return (first, *(code for code in LANGUAGES if code != first))


def _networks(code: str, lang: str) -> str:
    text = ", ".join(label("platform", part, lang) for part in code.split(","))
    return text if read_label("networks", text, lang) == code else AS_IS + code
