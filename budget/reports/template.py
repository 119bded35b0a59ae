"""A table to fill in by hand for a platform that has no export: read back by the usual way in, without a question."""

import json
from dataclasses import dataclass

from budget.exports import read_export
from budget.present.template_words import HEADERS
from budget.present.vocabulary import PLATFORMS
from budget.present.words import Words
from budget.reports.csv_file import csv_bytes

_FILLED = ("2026-01-31", "A", "1000", "20", "1", "45.50", "12.34", "")


@dataclass(frozen=True)
class Template:
    """An empty table as a CSV file, with the header signature it will have and the mapping that reads it."""

    data: bytes
    signature: str
    mapping: str


def template(platform: str, currency: str, words: Words) -> Template:
    """The table of one platform in the person's language.

    A last, unused column is headed by the platform: it tells the tables of two platforms apart, so that each keeps
    its own mapping.
    """
    columns = {words.say(text, currency=currency): role for role, text in HEADERS.items()}
    header = [*columns, words.say(PLATFORMS.get(platform, platform.title()))]
    filled = read_export("template.csv", csv_bytes(header, [_FILLED]))
    (question,) = filled.questions
    given = json.loads(question.default) | {"platform": platform, "currency": currency, "columns": columns}
    return Template(csv_bytes(header, []), filled.signature, json.dumps(given, ensure_ascii=False, sort_keys=True))
