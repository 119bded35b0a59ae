"""What the check of the data finds, in words: what is wrong, and the next step."""

from budget.present.words import N_, Words
from budget.store.faults import Fault

MEND = N_("Press “Work it out anew”.")
AGAIN = N_("Undo that upload and drop its file again, or put a backup back.")
BACK = N_("Put a backup back: the guide to your data says how.")
ASK = N_("Put a backup back, and ask who else can write to the file.")
# Codes whose figures follow from others: `budget.store.doctor.mend` puts them right.
MENDABLE = frozenset({"COUNTED", "SUPERSEDED_BY", "WEEK_START", "CAMPAIGN_SLOT"})
FAULTS: dict[str, tuple[str, str]] = {
    "FILE_DAMAGED": (N_("The disk lost a part of the file."), BACK),
    "COUNTED": (N_("A row counts that should not, or the other way round."), MEND),
    "SUPERSEDED_BY": (N_("A row points to the wrong later figure."), MEND),
    "WEEK_START": (N_("A day stands in the wrong week."), MEND),
    "CAMPAIGN_SLOT": (N_("A row stands under the wrong campaign."), MEND),
    "TOTALS": (N_("The sums of an upload are not those that came in."), AGAIN),
    "ROW_COUNT": (N_("An upload has more or fewer rows than came in."), AGAIN),
    "GRAIN_KEY": (N_("A row says that it is about something else than it is."), AGAIN),
    "SLICE_RANK": (N_("A row has the wrong rank among its like."), AGAIN),
    "INACTIVE_ROWS": (N_("Rows of an undone upload are still there."), AGAIN),
    "FILE_CHANGED": (N_("A kept upload is not the file that was dropped."), BACK),
    "FILE_MISSING": (N_("A kept upload is gone."), BACK),
    "LOCKED_PLAN": (N_("A locked plan was changed."), ASK),
    "FORECAST": (N_("A kept forecast was changed."), ASK),
    "FORECAST_SCORE": (N_("A forecast was judged otherwise than its figures say."), ASK),
    "CLOSING": (N_("A closed week or month was changed."), ASK),
    "AUDIT_CHAIN": (N_("The trail of what was done was changed."), ASK),
    "FOREIGN_KEY": (N_("A row points to nothing."), BACK),
    "TABLE_MISSING": (N_("A table is missing."), BACK),
    "INDEX_MISSING": (N_("An index is missing."), BACK),
    "TRIGGER_MISSING": (N_("A guard of the data is missing."), BACK),
    "SCHEMA_DRIFT": (N_("Another program changed the form of the data."), BACK),
}
UNKNOWN = (N_("Something is not as it must be ({code})."), BACK)


def fault_sentence(words: Words, fault: Fault) -> str:
    """The fault and what to do, as plain text."""
    wrong, step = FAULTS.get(fault.code, UNKNOWN)
    return f"{words.say(wrong, code=fault.code)} {words.say(step)}"
