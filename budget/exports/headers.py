"""A header as it is compared: one normalising for files and for descriptions."""

import re
import unicodedata
from typing import NamedTuple

from budget.exports.currencies import CODES
from budget.exports.limits import MAX_HEADER_CHARS

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_UNIT = re.compile(r"\s*[(\[]\s*([A-Z]{3})\s*[)\]]$")


class Header(NamedTuple):
    """A normalised header and the currency that stood behind it, if any."""

    key: str
    currency: str | None


def _visible(text: str) -> str:
    cut = unicodedata.normalize("NFKC", text[:MAX_HEADER_CHARS]).translate(_INVISIBLE)
    return " ".join(cut.split())


def plain(text: object) -> str:
    """Normalised text: NFKC, nothing invisible, single spaces, casefolded."""
    if not isinstance(text, str):
        return "" if text is None else str(text).casefold()
    # Turkish İ casefolds to i and a dot above; without the dot, capitals and small letters meet.
    return unicodedata.normalize("NFKC", _visible(text).casefold().replace("i\u0307", "i"))


def header(text: object) -> Header:
    """The header without a trailing `(EUR)`, `[USD]` or full-width unit, which is kept as its currency.

    A code is written in capitals: `Clicks (all)` is not in Albanian lek.
    """
    match = _UNIT.search(_visible(text)) if isinstance(text, str) else None
    if match and match[1] in CODES:
        return Header(plain(match.string[: match.start()]), match[1])
    return Header(plain(text), None)
