"""What every sheet of a pack is written from: the pack, the words and numbers of the reader, and where data stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from xlsxwriter import Workbook

from budget.pack import Pack
from budget.present.numbers import Numbers
from budget.present.vocabulary import key_name, line_names
from budget.present.words import Words
from budget.reports.pack_looks import PackLooks


@dataclass(frozen=True)
class Draft:
    """A pack's workbook while it is written."""

    book: Workbook
    pack: Pack
    words: Words
    numbers: Numbers
    looks: PackLooks

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Names of the plan's lines by key."""
        return line_names(self.words, self.pack.plan)

    def named(self, key: str) -> str:
        """The name of a channel of the review: a line, or what a platform ran outside the plan."""
        return key_name(self.words, self.names, key)

    def say(self, msgid: str, /, **facts: str) -> str:
        """The sentence in the reader's language."""
        return self.words.say(msgid, **facts)

    @property
    def currency(self) -> str:
        """The currency of every amount."""
        return self.pack.plan.currency
