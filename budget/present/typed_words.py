"""Findings about typed and pasted cells, UTM names and edits that met, as sentences."""

from collections.abc import Mapping
from datetime import date

from budget.findings import Finding
from budget.present.numbers import UNKNOWN, Numbers
from budget.present.vocabulary import COMMITMENTS
from budget.present.words import N_, Words

SENTENCES: Mapping[str, str] = {
    "NUMBER_UNREADABLE": N_("{line}, {column}: “{text}” is no number. The old value stays; write it like {example}."),
    "NUMBER_TOO_LARGE": N_("{line}, {column}: {text} is a billion or more. The old value stays; check the digits."),
    "NUMBER_BELOW_ZERO": N_("{line}, {column}: {text} is below 0. The old value stays; write 0 or more."),
    "NUMBER_CURRENCY": N_(
        "{line}, {column}: {text} is in {found}, the plan is in {currency}. The old value stays; convert it first."
    ),
    "NUMBER_READ_AS": N_("{line}, {column}: {text} was read as {read_as}."),
    "DAY_UNREADABLE": N_("{line}, {column}: “{text}” is no day. The old one stays; write it like 26.10.2026."),
    "DAY_READ_AS": N_("{line}, {column}: {text} was read as {day}."),
    "CHOICE_UNKNOWN": N_("{line}, {column}: “{text}” is not known. The old value stays; choose one from the list."),
    "FLIGHT_IMPOSSIBLE": N_(
        "{line}: {start} to {last} is no flight. The old dates stay; it needs a day or more, at most three years."
    ),
    "WEEK_OUTSIDE": N_("{line}: the week of {week} lies outside its dates, so {text} was not taken. Change the dates."),
    "PASTED_TOO_LONG": N_("More than {most} rows were pasted. Paste fewer at a time."),
    "PASTED_NOTHING": N_("No row was understood. Copy the cells with platform, tactic and budget."),
    "PASTED_ROW_OUT": N_("{line}: “{text}” is no {column} that is known here, so the row is left out."),
    "PASTED_CELL_EMPTY": N_("{line}, {column}: “{text}” was not understood and is left empty."),
    "PASTED_DAY_FIRST": N_("{column}: {text} was read with the day first."),
    "UTM_CHARACTERS": N_(
        "{line}: links would change “{characters}” in the UTM name. Use letters a to z, digits, and . _ ~ - only."
    ),
    "UTM_TWICE": N_("{line}: another line has the UTM name “{name}” too, so clicks cannot be told apart."),
    "MERGE_CONFLICT": N_("{line}, {column}: {theirs} was stored elsewhere in the meantime; your {mine} was not."),
}
COLUMNS: Mapping[str, str] = {
    "platform": N_("Platform"), "tactic": N_("Tactic"), "objective": N_("Objective"), "objective_key": N_("Objective"),
    "start": N_("Start"), "start_date": N_("Start"), "end": N_("Last day"), "end_date": N_("Last day"),
    "budget": N_("Budget"), "budget_micros": N_("Budget"), "people": N_("Audience, people"),
    "status": N_("Status"), "commitment": N_("Status"), "owner": N_("Owner"), "audience": N_("Audience"),
    "audience_key": N_("Audience"), "utm": N_("UTM name"), "utm_campaign": N_("UTM name"), "note": N_("Note"),
    "lines": N_("Line"), "week": N_("Week"),
}  # fmt: skip
OTHER = N_("other entries")
EXAMPLE = 1234.5


def typed_sentence(finding: Finding, words: Words, numbers: Numbers, names: Mapping[str, str]) -> str:
    """The finding in the person's language, as plain text; `names` are the plan's lines by key."""
    facts = {key: str(value) for key, value in finding.facts.items()}
    column = facts.get("column", facts.get("field", ""))
    facts |= {
        "line": names.get(finding.where, finding.where or words.say("New line")),
        "column": words.say(COLUMNS.get(column, OTHER)),
        "found": facts.get("currency", ""),
        "currency": numbers.currency,
        "example": numbers.decimal(EXAMPLE),
        "text": facts.get("text") or UNKNOWN,
    }
    if column == "week" and "week" in facts and finding.code != "WEEK_OUTSIDE":
        facts["column"] = numbers.week(date.fromisoformat(facts["week"]))
    if "read_as" in facts:
        facts["read_as"] = numbers.decimal(float(facts["read_as"]), int(finding.facts.get("digits", 2)))
    facts |= {key: _day(facts[key], numbers) for key in ("start", "last", "week", "day") if key in facts}
    facts |= {key: _value(column, facts.get(key, ""), words, numbers) for key in ("mine", "theirs")}
    return words.say(SENTENCES[finding.code], **facts)


def _day(text: str, numbers: Numbers) -> str:
    return numbers.date(date.fromisoformat(text) if text else None)


def _value(field: str, text: str, words: Words, numbers: Numbers) -> str:
    """A stored value of a line as it is read on the screen."""
    if field == "budget_micros":
        return numbers.money_exact(int(text or 0))
    if field in ("start_date", "end_date"):
        return _day(text if text != "None" else "", numbers)
    if field == "commitment":
        return words.say(COMMITMENTS[text])
    return text or words.say("something else")
