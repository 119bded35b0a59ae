"""Why one row of a file was left out, and what was done in the audit trail, as plain text."""

from budget.present.words import N_, Words

REASONS = {
    "NUMBER_INVALID": N_("A number that cannot be"),
    "DATE_INVALID": N_("A date that cannot be"),
    "PERIOD_INVALID": N_("No day or period"),
    "TEXT_TOO_LONG": N_("A text longer than any name"),
    "CURRENCY_UNKNOWN": N_("No known currency"),
    "CURRENCY_CONFLICT": N_("Another currency than the campaign's other rows of the day"),
    "PLATFORM_UNKNOWN": N_("No platform"),
    "LEVEL_UNKNOWN": N_("Neither campaign nor ad"),
}
ACTS = {
    ("create", "workspace"): N_("Firm created"),
    ("rename", "workspace"): N_("Firm renamed"),
    ("load", "workspace"): N_("Firm loaded from a file"),
    ("add", "import"): N_("File saved"),
    ("undo", "import"): N_("File undone"),
    ("match", "campaigns"): N_("Campaigns matched"),
    ("set", "rate"): N_("Rate set"),
    ("remove", "rate"): N_("Rate removed"),
    ("create", "plan"): N_("Plan created"),
    ("save", "plan"): N_("Plan changed"),
    ("rename", "plan"): N_("Plan renamed"),
    ("lock", "plan"): N_("Baseline locked"),
    ("archived", "plan"): N_("Plan archived"),
    ("draft", "plan"): N_("Plan restored"),
    ("delete", "plan"): N_("Plan deleted"),
    ("add", "forecast"): N_("Forecast kept"),
    ("score", "workspace"): N_("Forecasts judged"),
    ("create", "experiment"): N_("Test entered"),
    ("save", "experiment"): N_("Test changed"),
    ("end", "experiment"): N_("Test removed"),
    ("restore", "experiment"): N_("Test brought back"),
    ("create", "decision"): N_("Decision written down"),
    ("save", "decision"): N_("Decision changed"),
    ("add", "note"): N_("Note added"),
}


def reason(words: Words, code: str) -> str:
    """Why a row was left out; an unknown code as it is."""
    return words.say(REASONS[code]) if code in REASONS else code


def act(words: Words, action: str, object_type: str) -> str:
    """What was done; an unknown act by its codes."""
    known = ACTS.get((action, object_type))
    return words.say(known) if known else f"{action} {object_type}"
