"""Names of languages and regions in the person's language."""

from babel import Locale, UnknownLocaleError


def language_name(code: str | None, lang: str) -> str:
    """The language's name in `lang`; the code itself where Babel knows no name."""
    if not code:
        return ""
    try:
        name = Locale.parse(code.replace("-", "_")).get_language_name(lang)
    except (UnknownLocaleError, ValueError):
        return code
    return str(name or code)


def region_name(code: str, lang: str) -> str:
    """The country's name in `lang` for a two-letter code; anything else as it is."""
    names = Locale.parse(lang).territories
    return ", ".join(str(names.get(part.upper(), part)) for part in code.split(", ")) if code else ""
