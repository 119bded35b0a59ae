"""What a finding of an export says to the person: one English sentence a code, and words for facts that are codes."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from budget.findings import Fact, Finding
from budget.present.metric_words import METRIC_WORDS
from budget.present.words import N_

FINDINGS: Mapping[str, str] = MappingProxyType(
    {
        "EMPTY_FILE": N_("The file is empty. Download it again and wait until the download has finished."),
        "NOT_A_TABLE": N_("This is not a table ({what}). Export the report as CSV or Excel."),
        "CONTAINER_BROKEN": N_("The file is damaged or cut off. Download it again."),
        "CONTAINER_UNSAFE": N_(
            "This archive holds something that an export never holds ({what}). Upload the report itself, not an "
            "archive of archives."
        ),
        "CONTAINER_TOO_LARGE": N_("Unpacked, this file would be {size}. Export a shorter period or fewer columns."),
        "SHEET_TOO_LARGE": N_(
            "Cells lie as far out as {cell}, beyond any report. Delete the empty rows and columns or export again."
        ),
        "DOCTYPE_FOUND": N_("The workbook contains instructions that Excel never writes. It was not opened."),
        "ENCRYPTED_FILE": N_("The workbook is protected by a password. Save it without one."),
        "READ_LIMIT": N_("Reading took more than {limit}. Split the export by month, or send it as CSV."),
        "READ_FAILED": N_("Something in this file defeats our reader (note {id}). The other files are not affected."),
        "UNKNOWN_FORMAT": N_("We do not know this table. Tell us which column is what; we will remember it."),
        "PLATFORM_UNKNOWN": N_("Which platform wrote this file?"),
        "CURRENCY_UNKNOWN": N_("The file names no currency. Which currency is the account billed in?"),
        "MIXED_CURRENCY": N_("The file holds several currencies: {codes}. They stay apart until converted."),
        "DAY_ORDER_UNKNOWN": N_("Is {example} the {a} or the {b}?"),
        "YEAR_UNKNOWN": N_("The dates carry no year. Do they end in {year}?"),
        "DECIMAL_UNKNOWN": N_("Is {example} more than a thousand, or a little over {small}?"),
        "PERIOD_UNKNOWN": N_("The file does not say which days it covers. From when to when?"),
        "SHEET_CHOICE": N_("Several sheets hold data. Which one counts?"),
        "EMPTY_EXPORT": N_("The platform says that nothing ran in this period. Recorded as such."),
        "NOT_DAILY": N_("These are totals of {from} to {to}, not days. For weekly work export by day: {how}."),
        "TOTAL_DIFFERS": N_(
            "{metric}: the rows add up to {sum}, the file's own total is {declared}: {difference} apart. {reason}"
        ),
        "TOTAL_ROUNDED": N_("{metric}: rows and total differ by {difference}: the platform rounds each row."),
        "ROWS_CUT_OFF": N_(
            "The platform cut this table at {rows} rows. Totals are kept, the rest is missing. Export a shorter period."
        ),
        "DATE_IN_NUMBER": N_(
            "A spreadsheet turned {count} numbers into dates (for example {example}). Those cells are blank. Upload "
            "the original download."
        ),
        "ID_LOST_PRECISION": N_(
            "A spreadsheet rounded the ids in {column}. They are left blank; names are used. Upload the original "
            "download."
        ),
        "TEXT_DAMAGED": N_(
            "Letters were lost in names (for example {example}) when the file was saved. Upload the original download."
        ),
        "NUMBER_UNREADABLE": N_(
            "{count} cells of {column} are not numbers, for example {example} in row {row}. Left blank."
        ),
        "DATE_UNREADABLE": N_(
            "{count} dates could not be read, for example {example} in row {row}. Those rows are left out."
        ),
        "DATE_IN_FUTURE": N_("{count} rows lie after today. Left out."),
        "NEGATIVE_AMOUNT": N_("{count} amounts are negative (refunds or credits?). Kept."),
        "DUPLICATE_ROWS": N_("{count} rows look the same in name and date. Both are kept; export with ids to be sure."),
        "DUPLICATE_HEADER": N_("Column {header} appears twice. The first is used."),
        "MIXED_LEVELS": N_("Campaigns and ads stand side by side. Only the {level} rows count."),
        "ROW_RAGGED": N_("{count} rows are shorter or longer than the header. Missing cells are blank."),
        "TEXT_TOO_LONG": N_(
            "A cell holds far more text than any report does: a quote is probably not closed near row {row}."
        ),
        "NUL_BYTES": N_("The file contained {count} empty bytes, which were removed."),
        "LINES_UNWRAPPED": N_("Every line had been wrapped in quotes once more. Undone."),
        "REPEATED_HEADER": N_("The header appears {count} times; files were probably pasted together."),
        "BOUNDED_VALUES": N_('{count} cells say only "less than {n}". They are blank, the limit is kept.'),
        "REACH_NOT_ADDITIVE": N_("Reach is shown per row and from the file's own total; it is never added up."),
        "RESULTS_MIXED": N_("Results count different things ({types}). They are not added together."),
        "SURFACE_UNKNOWN": N_("The file does not say whether this is Facebook or Instagram."),
        "COUNT_FROM_RATIO": N_("{metric} was won back from a ratio and its base."),
        "HEADER_GUESSED": N_("{header} was recognised by a translation we have not yet seen confirmed."),
        "FORMAT_UNVERIFIED": N_(
            "We have not yet seen a real download of this kind. Compare the sums with the platform's own figures."
        ),
        "COLUMNS_IGNORED": N_("Not used: {headers}."),
        "ROWS_UNDATED": N_("{count} rows have no date. Left out."),
        "ROWS_SLIPPED": N_(
            "{count} rows have more cells than the header, for example row {row}. They are left out: nobody knows "
            "which cell belongs where."
        ),
        "ORDERS_UNPRICED": N_("{count} orders state no total. They count as orders, without money."),
        "ORDERS_DIFFER": N_("{count} orders state several totals. The first one counts."),
        "PERSONAL_DATA_REMOVED": N_("Names, e-mails and telephone numbers were not taken over."),
    }
)
QUESTIONS: Mapping[str, str] = MappingProxyType(
    {
        "currency": FINDINGS["CURRENCY_UNKNOWN"],
        "day_order": FINDINGS["DAY_ORDER_UNKNOWN"],
        "decimal": FINDINGS["DECIMAL_UNKNOWN"],
        "year": FINDINGS["YEAR_UNKNOWN"],
        "period": FINDINGS["PERIOD_UNKNOWN"],
        "platform": FINDINGS["PLATFORM_UNKNOWN"],
        "sheet": FINDINGS["SHEET_CHOICE"],
        "mapping": FINDINGS["UNKNOWN_FORMAT"],
    }
)
FACT_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "what": {
            "web": N_("a web page"),
            "pdf": N_("a PDF"),
            "image": N_("a picture"),
            "archive": N_("an archive"),
            "document": N_("a text document"),
            "json": N_("data for programs"),
            "binary": N_("bytes of a program"),
            "text": N_("text without columns of numbers"),
            "members": N_("too many or double entries"),
            "paths": N_("file names that point elsewhere"),
        },
        "reason": {
            "unreadable": N_("Some cells could not be read."),
            "bounds": N_('Some cells say only "less than".'),
            "dates": N_("Some rows were left out because of their dates."),
            "cut": N_("The platform did not write all rows."),
            "unknown": N_("Check the filters of the export."),
        },
        "how": {
            "meta": N_("in Ads Manager choose Breakdown, By time, Day"),
            "google": N_("add Segment, Time, Day before the download"),
            "tiktok": N_("add the dimension By Day"),
            "linkedin": N_("set the time breakdown to Daily before the download"),
            "microsoft": N_("set the unit of time to Day"),
            "other": N_("add the day as a column"),
        },
        "level": {
            "account": N_("account"),
            "campaign": N_("campaign"),
            "ad_group": N_("ad set"),
            "ad": N_("ad"),
        },
        "metric": {
            **METRIC_WORDS,
            "spend_micros": N_("Spend"),
            "impressions": N_("Impressions"),
            "clicks": N_("Clicks"),
            "link_clicks": N_("Link clicks"),
            "conversions_micros": N_("Conversions"),
        },
    }
)
ROLES: Mapping[str, str] = MappingProxyType(
    {
        "day": N_("Day"),
        "week": N_("Week"),
        "month": N_("Month"),
        "start": N_("First day"),
        "end": N_("Last day"),
        "account_id": N_("Account id"),
        "account_name": N_("Account"),
        "campaign_id": N_("Campaign id"),
        "campaign_name": N_("Campaign"),
        "ad_group_id": N_("Ad set id"),
        "ad_group_name": N_("Ad set"),
        "ad_id": N_("Ad id"),
        "ad_name": N_("Ad"),
        "spend_micros": N_("Spend"),
        "conversions_micros": N_("Conversions"),
        "value_micros": N_("Conversion value"),
        "impressions": N_("Impressions"),
        "reach": N_("Reach"),
        "clicks": N_("Clicks"),
        "link_clicks": N_("Link clicks"),
        "landing_page_views": N_("Landing page views"),
        "engagements": N_("Engagements"),
        "results": N_("Results"),
        "result_type": N_("Kind of result"),
        "currency": N_("Currency"),
        "age": N_("Age"),
        "gender": N_("Gender"),
        "region": N_("Region"),
        "country": N_("Country"),
        "city": N_("City"),
        "placement": N_("Placement"),
        "publisher": N_("Platform shown on"),
        "device": N_("Device"),
        "hour": N_("Hour"),
        "product": N_("Product"),
        "asset": N_("Asset"),
        "conversion": N_("Conversion name"),
    }
)


def fact_texts(facts: Mapping[str, Fact], say: Callable[[str], str], show: Callable[[Fact], str]) -> dict[str, str]:
    """Facts as finished text: codes become words by `say`; everything else, which may come from a file, passes `show`.

    `show` formats numbers and ISO dates in the person's language and escapes text.
    """
    return {
        key: say(FACT_WORDS[key][str(value)]) if str(value) in FACT_WORDS.get(key, {}) else show(value)
        for key, value in facts.items()
    }


def finding_sentence(finding: Finding, say: Callable[..., str], show: Callable[[Fact], str]) -> str:
    """The sentence of a finding in the person's language (`say` is `Words.say`)."""
    return say(FINDINGS[finding.fix], **fact_texts(finding.facts, say, show))
