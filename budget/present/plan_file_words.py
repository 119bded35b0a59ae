"""What the plan workbook says beside its tables, and what its upload says: P&L, guide, findings, changes."""

from collections.abc import Mapping

from budget.findings import Finding
from budget.present.file_words import file_sentence as export_sentence
from budget.present.numbers import Numbers
from budget.present.plan_sheets import LABELS, TABLES
from budget.present.vocabulary import CONFIDENCES, PNL_STEPS
from budget.present.words import N_, Words

PNL_LEAD = N_("P&L of {plan} at the likely figures, in {currency}. Every figure is a formula; costs are below zero.")
PNL_NOTE = N_(
    "Grey cells are values that Payoff computed: prices and rates at the planned weekly spend. Where budgets change, "
    "they stay as they are; upload the workbook to have them computed anew."
)
PNL_EMPTY = N_("No P&L yet: it needs the average order, and a line with dates, a budget, CPM, CTR and CVR.")
PNL_LEFT_OUT = N_("Left out, because something is missing: {lines}.")
STATEMENT, WORKING, RATES, TEAM = N_("Statement"), N_("How it is computed"), N_("Rates"), N_("Programme cost by month")
MONTH, DAYS_OF_PLAN, DAYS_OF_MONTH = N_("Month"), N_("Days of the plan"), N_("Days of the month")
ROI = N_("ROI: profit per money of programme cost")
WORKING_ROWS: Mapping[str, str] = {
    "spend": N_("Spend"), "cpm": N_("CPM at this spend"), "impressions": N_("Impressions"),
    "ctr": N_("CTR at this spend"), "clicks": N_("Clicks"), "cvr": N_("CVR at this spend"),
    "conversions": N_("Conversions"), "worth": N_("Value of one conversion"), "value": N_("Revenue claimed"),
    "orders": N_("Orders that ads cause"),
    **{key: PNL_STEPS[key] for key in ("claimed_net_revenue", "not_caused", "net_revenue", "cogs", "gross_margin",
                                       "fulfilment", "after_fulfilment", "media", "after_media", "profit")},
}  # fmt: skip
RATE_ROWS: Mapping[str, str] = {
    "net_share": N_("Net revenue per money of order value"),
    "fee_per_value": N_("Payment fee per money of order value"),
    "cost_per_order": N_("Delivery and return handling per order"),
    "customers_per_conversion": N_("Customers per conversion"),
    "media_factor": N_("Media cost per money of invoice"),
}
GUIDE: tuple[str, ...] = (
    N_("Change what you like on the blue-headed sheets, save as xlsx, and upload the file on the Plan screen."),
    N_("Nothing changes before you have seen what differs and said so; one press takes it back."),
    N_("Columns and rows may be moved, added and deleted. A sheet or column that is gone changes nothing."),
    N_("A new line: fill one row on Lines. Its weeks are spread evenly unless you give it a row on Weeks."),
    N_("A line's budget is the sum of its weeks. To change it, change the weeks, or type a number over it."),
    N_("Shares are written as 5% or 0.05. Days as 2026-01-31. Money without letters."),
    N_("Totals, budgets and the P&L are formulas. Average prices at the planned spend on the P&L are values."),
    N_("An example of a line: Meta, prospecting, sales, 2026-10-05 to 2026-12-27, 9,000, committed."),
    N_("A code that looks like a word of a list begins with a backslash, so that it stays as it is."),
)
GUIDE_HEAD: tuple[str, ...] = (N_("Sheet"), N_("Column"), N_("Meaning"))
EXPECTED: Mapping[str, str] = {
    "money": N_("an amount of 0 or more"), "amount": N_("a number"), "count": N_("a whole number of 0 or more"),
    "clear_number": N_("a number whose decimal mark is clear"), "clear_day": N_("a day such as 2026-01-31"),
    "day": N_("a day such as 2026-01-31"), "flag": N_("yes or no"), "formula": N_("a calculated value"),
    "text_200": N_("a text of at most 200 letters"), "text_5000": N_("a text of at most 5,000 letters"),
    "platform": N_("a platform of the list"), "tactic": N_("a tactic of the list"),
    "objective": N_("an objective of the list"), "kpi": N_("a KPI of the list"),
    "figure_key": N_("a figure of the list"), "unit": N_("a unit of the list"),
    "confidence": N_("a confidence of the list"), "commitment": N_("a status of the list"),
    "cost": N_("a cost of the list"), "challenge": N_("a challenge"), "scope": N_("a part"),
    "source": N_("a source"), "later_day": N_("a day after the start"), "three_years": N_("at most three years"),
    "factor": N_("a number above 0, at most 1,000"), "share": N_("a share from 0% to 100%"),
    "not_negative": N_("a number of 0 or more"), "between": N_("a likely figure between low and high"),
    "audience": N_("a name of the sheet Audiences"), "line": N_("a name of the sheet Lines"), "text": N_("a text"),
}  # fmt: skip
SENTENCES: Mapping[str, str] = {
    "PLANBOOK_NOT_ONE": N_("This is no plan workbook: none of its sheets is known. Download one above and fill it in."),
    "PLANBOOK_CELL": N_("{where}: found {found}, expected {expected}. Mend the cell and upload again."),
    "PLANBOOK_FORMULA": N_(
        "{where}: the formula has no value yet. Open the file in Excel or LibreOffice, save it and upload again."
    ),
    "PLANBOOK_EMPTY": N_("{where}: {column} is empty, expected {expected}. Fill it in and upload again."),
    "PLANBOOK_TWICE": N_("{where}: {found} stands twice, first in {first}. Delete or rename one of the two."),
    "PLANBOOK_NO_HEADER": N_("{where}: no known header was found. Bring back the header row of the download."),
    "PLANBOOK_HEADER_TWICE": N_("{where}: this header stands twice. Delete one of the two columns."),
    "PLANBOOK_NO_COLUMN": N_("{where}: the column {column} is gone. Bring it back from the download."),
    "PLANBOOK_NOT_MONDAY": N_("{where}: a column begins on {found}, which is no Monday. Weeks begin on Mondays."),
    "PLANBOOK_REFUSED": N_("The workbook says something that a plan cannot hold. Compare it with a fresh download."),
    "PLANBOOK_PHASED": N_("{where}: {line} has no weeks in the workbook, so its budget is spread evenly."),
    "PLANBOOK_BUDGET_DIFFERS": N_("{where}: {line} has a budget of {budget}, but its weeks add up to {weeks}."),
    "PLANBOOK_WEEK_OUTSIDE": N_(
        "{where}: {line} has {amount} in weeks outside its dates, first in the week of {found}. Move it, or change "
        "the dates."
    ),
    "PLANBOOK_CURRENCY": N_("The workbook is in {found}, this plan in {expected}. Download it again from this plan."),
    "PLANBOOK_NO_META": N_("The workbook does not say which plan it came from; it is compared with this one."),
    "PLANBOOK_OTHER_PLAN": N_("The workbook was made from {found}. It is loaded into {expected}, which is a draft."),
    "PLANBOOK_LOCKED": N_("{found} is locked and stays as it is. The workbook is loaded into {expected}."),
    "PLANBOOK_OLDER": N_("The workbook was made from version {found}; the plan is at version {expected} now."),
}


def file_sentence(finding: Finding, words: Words, numbers: Numbers) -> str:
    """The finding of a plan workbook in the person's language, as plain text."""
    if finding.code not in SENTENCES:
        return export_sentence(finding, words, numbers)
    facts = {key: str(value) for key, value in finding.facts.items()} | {"where": finding.where}
    code = finding.code
    if code == "PLANBOOK_CELL":
        code = "PLANBOOK_FORMULA" if facts["expected"] == "formula" else code
        facts["found"] = f"“{facts['found']}”" if facts["found"] else words.say(N_("an empty cell"))
    if code in ("PLANBOOK_CELL", "PLANBOOK_EMPTY"):
        expected = EXPECTED[facts["expected"]]
        facts["expected"] = words.say(expected)
    if "column" in facts:
        header = facts["column"]
        facts["column"] = words.say(header)
    money = {key: int(value) for key, value in finding.facts.items() if key.endswith("_micros")}
    facts |= {key.removesuffix("_micros"): numbers.money_exact(value) for key, value in money.items()}
    return words.say(SENTENCES[code], **facts)


PART_NAMES: Mapping[str, str] = {
    "lines": N_("Lines"), "weeks": N_("Weeks"), "objectives": N_("Objectives"), "audiences": N_("Audiences"),
    "challenges": N_("Challenges"), "assumptions": N_("Figures"), "costs": N_("Costs"), "events": N_("Events"),
}  # fmt: skip
_HEADERS = {(sheet.part, column.name): column for sheet in TABLES for column in sheet.columns}


def field_name(part: str, name: str, words: Words) -> str:
    """What a field of a part is called: the header of its column."""
    column = _HEADERS.get((part, name))
    return words.say(column.header) if column else name


def field_kind(part: str, name: str) -> str:
    """How a field of a part is written: the kind of its column."""
    column = _HEADERS.get((part, name))
    return "money" if part == "weeks" and name == "budget_micros" else column.kind if column else "text"


def code_name(kind: str, code: str, words: Words) -> str:
    """The word of a code; a code that has none stands for itself."""
    labels = {**LABELS, "confidence": CONFIDENCES}.get(kind, {})
    return words.say(labels[code]) if code in labels else code
