"""A header as it is compared: one normalising for files and for descriptions."""

import re
import unicodedata
from typing import NamedTuple

from budget.exports.currencies import CODES
from budget.exports.limits import MAX_HEADER_CHARS

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_UNIT = re.compile(r"\s*[(\[]\s*([a-z]{3})\s*[)\]]$")


class Header(NamedTuple):
    """A normalised header and the currency that stood behind it, if any."""

    key: str
    currency: str | None


def plain(text: object) -> str:
    """Normalised text: NFKC, nothing invisible, single spaces, casefolded."""
    if not isinstance(text, str):
        return "" if text is None else str(text).casefold()
    cut = unicodedata.normalize("NFKC", text[:MAX_HEADER_CHARS]).translate(_INVISIBLE)
    return unicodedata.normalize("NFKC", " ".join(cut.split()).casefold())


def header(text: object) -> Header:
    """The header without a trailing `(EUR)`, `[USD]` or full-width unit, which is kept as its currency."""
    key = plain(text)
    match = _UNIT.search(key)
    if match and match[1].upper() in CODES:
        return Header(key[: match.start()], match[1].upper())
    return Header(key, None)
