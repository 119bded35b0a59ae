"""The last sheet of a pack: what every figure means, how it is computed, in which unit and from where."""

from budget.present.dictionary_words import OWNER, UNITS, WEEKLY
from budget.present.pack_sheet_words import DICTIONARY, DICTIONARY_HEADS, DICTIONARY_LEAD
from budget.reports.pack_cells import text
from budget.reports.pack_draft import Draft
from budget.reports.pack_sheet import Sheet

WIDTHS = (28, 52, 52, 10, 30)


def dictionary_sheet(sheet: Sheet, draft: Draft) -> None:
    """Write the sheet: one row a figure."""
    sheet.heading(draft.say(DICTIONARY), draft.say(DICTIONARY_LEAD))
    sheet.head([draft.say(each) for each in DICTIONARY_HEADS], ["text"] * len(DICTIONARY_HEADS), repeat=True)
    for entry in WEEKLY if draft.pack.kind == "weekly" else OWNER:
        unit = draft.currency if entry.unit == "money" else draft.say(UNITS[entry.unit])
        said = [draft.say(each) for each in (entry.name, entry.meaning, entry.formula)]
        cells = [*said, unit, draft.say(entry.source)]
        sheet.line([text(each) for each in cells])
