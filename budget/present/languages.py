"""Names of languages and platforms' reports, for the cards of uploaded files."""

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
