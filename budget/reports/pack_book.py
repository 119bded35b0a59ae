"""The weekly pack and the owner's pack as workbooks: live formulas over the base figures, native charts, A4."""

import io
from collections.abc import Sequence

from xlsxwriter import Workbook

from budget.pack import Pack
from budget.present.numbers import Numbers
from budget.present.pack_sheet_words import (
    APPROVALS,
    BUDGETS_BUDGETS,
    CLAIMS,
    DATA,
    DECISIONS,
    DICTIONARY,
    INCOME,
    OPTIONAL,
    OUTLOOK,
    PACING,
    RECORD,
    SUMMARY,
    WATERFALL_LEAD,
    WEEKS,
    WHY,
    WORKING,
)
from budget.present.words import Words
from budget.reports import (
    pack_budgets,
    pack_claims,
    pack_data,
    pack_decisions,
    pack_dictionary,
    pack_income,
    pack_outlook,
    pack_pacing,
    pack_record,
    pack_summary,
    pack_waterfall,
    pack_weeks,
    pack_whole,
    pack_why,
)
from budget.reports.pack_draft import Draft
from budget.reports.pack_looks import PackLooks
from budget.reports.pack_sheet import Sheet
from budget.reports.workbook import workbook


def weekly_workbook(pack: Pack, words: Words, numbers: Numbers) -> bytes:
    """The manager's week: summary, statement, causes, pacing, weeks, decisions, claims, data, dictionary."""
    out = io.BytesIO()
    with workbook(out) as book:
        draft = _draft(book, pack, words, numbers)
        summary = _sheet(draft, SUMMARY, pack_summary.WIDTHS)
        income = _sheet(draft, INCOME, pack_income.WIDTHS)
        why = _sheet(draft, WHY, pack_why.widths(draft))
        pacing = _sheet(draft, PACING, pack_pacing.WIDTHS)
        weeks = _sheet(draft, WEEKS, pack_weeks.WIDTHS)
        decisions = _sheet(draft, DECISIONS, pack_decisions.WIDTHS)
        claims = _sheet(draft, CLAIMS, pack_claims.WIDTHS)
        data, working = _data(draft)
        found = pack_data.data_sheet(data, draft)
        statement = pack_income.income_sheet(income, working, draft, found)
        chart = pack_why.why_sheet(why, working, draft, found)
        pack_pacing.pacing_sheet(pacing, draft)
        pack_weeks.weeks_sheet(weeks, draft, found)
        pack_decisions.decisions_sheet(decisions, draft)
        pack_claims.claims_sheet(claims, draft)
        pack_dictionary.dictionary_sheet(_sheet(draft, DICTIONARY, pack_dictionary.WIDTHS), draft)
        pack_summary.summary_sheet(summary, draft, found, statement, chart)
    return out.getvalue()


def owner_workbook(pack: Pack, words: Words, numbers: Numbers) -> bytes:
    """The owner's month: summary on one page, statement, outlook, budgets, record, lines that may go, approvals."""
    out = io.BytesIO()
    with workbook(out) as book:
        draft = _draft(book, pack, words, numbers)
        summary = _sheet(draft, SUMMARY, pack_summary.WIDTHS)
        income = _sheet(draft, INCOME, pack_income.WIDTHS)
        chart = pack_outlook.outlook_sheet(_sheet(draft, OUTLOOK, pack_outlook.WIDTHS), draft)
        pack_budgets.budgets_sheet(_sheet(draft, BUDGETS_BUDGETS, pack_budgets.WIDTHS), draft)
        pack_record.record_sheet(_sheet(draft, RECORD, pack_record.WIDTHS), draft)
        optional = _sheet(draft, OPTIONAL, pack_budgets.FIRST_WIDTHS)
        pack_budgets.optional_sheet(optional, draft)
        approvals = _sheet(draft, APPROVALS, pack_decisions.WIDTHS)
        pack_decisions.decisions_sheet(approvals, draft, approvals=True)
        data, working = _data(draft)
        found = pack_data.data_sheet(data, draft)
        statement = pack_income.income_sheet(income, working, draft, found)
        pack_whole.whole_block(income, draft)
        pack_dictionary.dictionary_sheet(_sheet(draft, DICTIONARY, pack_dictionary.WIDTHS), draft)
        pack_summary.summary_sheet(summary, draft, found, statement, chart)
    return out.getvalue()


def _draft(book: Workbook, pack: Pack, words: Words, numbers: Numbers) -> Draft:
    """The file is dated by the pack, so that the same pack gives the same bytes."""
    book.set_properties({"created": pack.made_at.replace(tzinfo=None)})
    return Draft(book, pack, words, numbers, PackLooks(book, words))


def _sheet(draft: Draft, title: str, widths: Sequence[float]) -> Sheet:
    return Sheet(draft.book, draft.looks, title, widths)


def _data(draft: Draft) -> Sequence[Sheet]:
    """The sheets of base figures and of the charts' working."""
    data = _sheet(draft, DATA, pack_data.WIDTHS)
    working = _sheet(draft, WORKING, pack_waterfall.WIDTHS)
    working.heading(draft.say(WORKING), draft.say(WATERFALL_LEAD))
    return data, working
