"""A deck as bytes: the same deck gives the same bytes, and nothing in it points outside."""

import io
import zipfile
from datetime import datetime

from pptx.presentation import Presentation as Deck

from budget.reports.deck_theme import recolour

EPOCH = (1980, 1, 1, 0, 0, 0)
AUTHOR = "Payoff"
MADE_WITH = (
    b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Payoff</Application></Properties>"
)


def deck_bytes(deck: Deck, title: str, subject: str, lang: str, made: datetime) -> bytes:
    """The deck as a file with its properties; `made` is its only date (UTC)."""
    for part in deck.part.package.iter_parts():
        if part.content_type.endswith("theme+xml"):
            recolour(part)
        elif part.content_type.endswith("extended-properties+xml"):
            part._blob = MADE_WITH
    facts = deck.core_properties
    facts.title, facts.subject, facts.author, facts.last_modified_by = title, subject, AUTHOR, AUTHOR
    facts.language, facts.keywords, facts.comments, facts.category = lang, "", "", ""
    facts.created = facts.modified = facts.last_printed = made.replace(tzinfo=None, microsecond=0)
    facts.revision = 1
    out = io.BytesIO()
    deck.save(out)
    return _timeless(out.getvalue())


def _timeless(data: bytes) -> bytes:
    """The same archive with every member at the first day that an archive knows."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as write:
        for member in read.infolist():
            one = zipfile.ZipInfo(member.filename, EPOCH)
            one.compress_type, one.external_attr, one.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            write.writestr(one, read.read(member))
    return out.getvalue()
