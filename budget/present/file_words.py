"""What is said of a file that was read: findings of exports and of the store, as plain text."""

from collections.abc import Callable
from datetime import date

from budget.findings import Fact, Finding
from budget.money import micros
from budget.present.finding_words import FINDINGS, QUESTIONS, ROLES, fact_texts
from budget.present.metric_words import METRIC_WORDS, SIDE_COLUMNS
from budget.present.numbers import Numbers, numbers_for
from budget.present.words import N_, Words

STORE = {
    "ACCOUNT_MIXED": N_("Some files of {platform} name their account and some do not; they are taken as one."),
    "NUMBER_INVALID": N_("{count} rows hold a number that cannot be; they are left out."),
    "DATE_INVALID": N_("{count} rows hold a date that cannot be; they are left out."),
    "PERIOD_INVALID": N_("{count} rows have no day or period; they are left out."),
    "TEXT_TOO_LONG": N_("{count} rows hold a text longer than any name; they are left out."),
    "CURRENCY_UNKNOWN": N_("{count} rows name no known currency; they are left out."),
    "CURRENCY_CONFLICT": N_("{count} rows of one campaign and day are in different currencies; they are left out."),
    "PLATFORM_UNKNOWN": N_("{count} rows name no platform; they are left out."),
    "LEVEL_UNKNOWN": N_("{count} rows name neither campaign nor ad; they are left out."),
    "TEXT_CLEANED": N_("{count} names held invisible signs, which were removed."),
    "TOTAL_OUT_OF_RANGE": N_("The sums of this file are beyond any account. Nothing was taken."),
    "METRIC_UNKNOWN": N_("{count} rows do not say what they count; they are left out."),
    "UNIT_UNKNOWN": N_("{count} rows do not say in what they are measured; they are left out."),
    "POST_UNKNOWN": N_("{count} rows name no post; they are left out."),
    "ORDER_UNKNOWN": N_("{count} rows name no order; they are left out."),
    "ROWS_DIFFER": N_("{count} rows say something else than an earlier row about the same thing; they are left out."),
}
AMOUNTS = {"sum", "declared", "difference"}
COLUMNS = {
    **METRIC_WORDS, **SIDE_COLUMNS, **ROLES,
    "attribution_setting": N_("Attribution setting"), "level": N_("Level"), "label": N_("Label"),
}  # fmt: skip
ANSWERS = {
    "currency": N_("Currency"), "day_order": N_("Order of day and month"), "decimal": N_("Decimal mark"),
    "platform": N_("Platform"), "sheet": N_("Sheet"), "attribution": N_("Attribution setting"),
}  # fmt: skip
OTHER = N_("Noticed: {code}. Look at the rows of this file once more.")


def shown(numbers: Numbers) -> Callable[[Fact], str]:
    """How a fact of a file is written: numbers and ISO dates in the person's language, text as it is."""

    def show(fact: Fact) -> str:
        if isinstance(fact, (int, float)):
            return numbers.whole(fact) if float(fact).is_integer() else numbers.decimal(float(fact), 2)
        try:
            return numbers.date(date.fromisoformat(fact)) if len(fact) == len("2026-11-22") else fact
        except ValueError:
            return fact

    return show


def file_sentence(finding: Finding, words: Words, numbers: Numbers) -> str:
    """The finding in the person's language, as plain text."""
    # The store counts rows; a reader that says the same code says it of the whole file.
    counted = STORE.get(finding.code) if "count" in finding.facts else None
    sentence = counted or FINDINGS.get(finding.code) or STORE.get(finding.code) or OTHER
    facts = fact_texts(finding.facts, words.say, shown(numbers)) | {"code": finding.code}
    facts |= {key: _amount(str(finding.facts[key]), numbers) for key in AMOUNTS & finding.facts.keys()}
    return words.say(sentence, **facts).replace("..", ".")


def _amount(text: str, numbers: Numbers) -> str:
    """`1234.50 EUR` of a reader as the person's language writes money; a bare number as a number."""
    amount, _, code = text.partition(" ")
    if code:
        return numbers_for(numbers.lang, code).money_exact(micros(amount))
    return numbers.decimal(float(amount), 2 if "." in amount else 0)


def question_sentence(key: str, facts: dict[str, Fact], words: Words, numbers: Numbers) -> str:
    """The question in the person's language, as plain text; a year is not grouped like a number."""
    texts = fact_texts(facts, words.say, shown(numbers))
    if "year" in facts:
        texts["year"] = str(facts["year"])
    return words.say(QUESTIONS[key], **texts)
