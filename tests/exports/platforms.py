"""Exports of LinkedIn, Microsoft, Pinterest, Snapchat, Reddit, X and of a warehouse's table of all platforms.

Headers are written by hand from published files and importers, not taken from the descriptions.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from tests.exports.tables import DAYS, FIRST, Expected, Fact, sums, week
from tests.exports.writers import Value, csv_bytes, xlsx_bytes

Piece = tuple[str, bytes, Expected]
LAST = FIRST + timedelta(days=DAYS - 1)
LINKEDIN = {
    "en": (
        "Start Date (in UTC)", "Account Name", "Currency", "Campaign ID", "Campaign Name", "Ad Set ID", "Ad Set Name",
        "Ad ID", "Ad Name", "Total Spent", "Impressions", "Clicks", "Clicks to Landing Page", "Reach", "Conversions",
        "Leads",
    ),
    "en-older": (
        "Start Date (in UTC)", "Account Name", "Currency", "Campaign Group ID", "Campaign Group Name", "Campaign ID",
        "Campaign Name", "Ad ID", "Creative Name", "Total Spent", "Impressions", "Clicks", "Clicks to Landing Page",
        "Reach", "Conversions", "Leads",
    ),
    "nl": (
        "Begindatum (in UTC)", "Accountnaam", "Valuta", "Campagne-ID", "Campagnenaam", "Advertentieset-ID",
        "Naam van advertentieset", "Advertentie-ID", "Advertentienaam", "Totaal besteed", "Weergaven", "Klikken",
        "Klikken naar bestemmingspagina", "Bereik", "Conversies", "Leads",
    ),
}  # fmt: skip
PREAMBLE = {
    "en": (
        "Ad Performance Report (in UTC)", "Report Start: February 2, 2026, 12:00 AM",
        "Report End: February 8, 2026, 11:59 PM", "Date Generated: February 10, 2026, 9:05 AM",
    ),
    "nl": (
        "Rapport met advertentieprestaties (in UTC)", "Begindatum van rapport: 2 februari 2026 00:00",
        "Einddatum van rapport: 8 februari 2026 23:59", "Datum aangemaakt: 10 februari 2026 09:05",
    ),
}  # fmt: skip


def _money(cents: int, decimal: str = ".") -> str:
    return f"{cents // 100}{decimal}{cents % 100:02d}"


def _grouped(value: int, mark: str) -> str:
    return f"{value:,}".replace(",", mark)


def _slashes(day: date) -> str:
    return f"{day.month}/{day.day}/{day.year}"


def _dashes(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"


def _utf16(above: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    """Lines as they are, a blank line, the table with TAB; no mark of a quote around the lines."""
    table = csv_bytes(rows, delimiter="\t", encoding="utf-8").decode() if rows else ""
    return b"\xff\xfe" + "".join([*(f"{line}\n" for line in above), "\n" if rows else "", table]).encode("utf-16-le")


def linkedin_rows(shape: str, rows: Sequence[Fact]) -> list[list[Value]]:
    """Header and ads by day, with ids that count from one million."""
    dutch = shape == "nl"
    decimal, group, day_of = (",", ".", _dashes) if dutch else (".", ",", _slashes)
    body: list[list[Value]] = [
        [
            day_of(row.day), "Firma", "EUR", "600100", row.campaign, f"7001{number % 3}", row.ad_group,
            f"8001{number % 3}", row.ad, _money(row.cents, decimal), _grouped(row.impressions, group),
            _grouped(row.clicks, group), str(row.link_clicks), _grouped(row.reach, group), str(row.conversions // 100),
            str(row.results),
        ]
        for number, row in enumerate(rows)
    ]  # fmt: skip
    return [list(LINKEDIN[shape]), *body]


def _linkedin_sums(rows: Sequence[Fact]) -> dict[str, int]:
    total = sums(rows, "spend_micros", "impressions", "clicks", "link_clicks", "results")
    return total | {"conversions_micros": sum(row.conversions // 100 for row in rows) * 1_000_000}


def linkedin() -> Iterator[Piece]:
    """Both hierarchies, two languages, totals of the week, conversions by name, nothing ran."""
    for shape in LINKEDIN:
        rows, language = week(f"linkedin {shape}"), shape[:2]
        expected = Expected("linkedin", "linkedin/ads", language, "EUR", level="ad", rows=len(rows))
        expected.sums, expected.findings = _linkedin_sums(rows), ["REACH_NOT_ADDITIVE"]
        if shape == "nl":
            expected.findings.append("HEADER_GUESSED")
        yield f"linkedin/{shape}.csv", _utf16(PREAMBLE[language], linkedin_rows(shape, rows)), expected
    yield _linkedin_whole()
    yield _linkedin_conversions()
    for language, above in PREAMBLE.items():
        nothing = Expected("linkedin", "linkedin/ads", "", "", kind="empty", grain="", findings=["EMPTY_EXPORT"])
        yield f"linkedin/nothing-ran-{language}.csv", _utf16(above, []), nothing


def _linkedin_whole() -> Piece:
    """Time breakdown `All`: one row an ad with the report's first day as its only date."""
    rows = week("linkedin whole", days=1)
    expected = Expected("linkedin", "linkedin/ads", "en", "EUR", grain="period", level="ad", rows=len(rows))
    expected.sums, expected.findings = _linkedin_sums(rows), ["NOT_DAILY", "REACH_NOT_ADDITIVE"]
    return "linkedin/whole-week.csv", _utf16(PREAMBLE["en"], linkedin_rows("en", rows)), expected


def _linkedin_conversions() -> Piece:
    """Each ad once for each conversion's name, its delivery said again in each of those rows."""
    rows = week("linkedin conversions", ads=2)
    header = ["Start Date (in UTC)", "Currency", "Campaign Name", "Ad Set Name", "Conversion Name", "Total Spent",
              "Impressions", "Clicks", "Conversions"]  # fmt: skip
    cells: list[list[Value]] = [[*header]]
    for row in rows:
        for name, count in (("Demo", row.results), ("Purchase", row.results + 3)):
            cells.append([_slashes(row.day), "EUR", row.campaign, row.ad_group, name, _money(row.cents),
                          _grouped(row.impressions, ","), _grouped(row.clicks, ","), str(count)])  # fmt: skip
    expected = Expected("linkedin", "linkedin/ads", "en", "EUR", level="ad_group", rows=2 * len(rows))
    expected.sums = {"spend_micros": 0, "impressions": 0, "clicks": 0}
    expected.sums["conversions_micros"] = sum(2 * row.results + 3 for row in rows) * 1_000_000
    expected.findings = ["HEADER_GUESSED"]
    return "linkedin/conversions.csv", _utf16(PREAMBLE["en"], cells), expected


def microsoft() -> Iterator[Piece]:
    """By day with a total and the line of rights below; and the totals of a week that no date column splits."""
    rows = week("microsoft", names=("Brand", "Total comfort"), ads=2)
    for name, day_header in (("daily", "TimePeriod"), ("gregorian", "Gregorian date")):
        expected = Expected("microsoft", "microsoft/ads", "en", "AZN", level="ad_group", rows=len(rows))
        expected.sums = expected.declared = sums(rows, "spend_micros", "impressions", "clicks", "conversions_micros")
        expected.findings = ["FORMAT_UNVERIFIED"]
        yield f"microsoft/{name}.csv", microsoft_text(rows, day_header), expected
    short = week("microsoft whole", days=1)
    whole = Expected("microsoft", "microsoft/ads", "en", "AZN", grain="period", level="ad_group", rows=len(short))
    whole.sums = whole.declared = sums(short, "spend_micros", "impressions", "clicks", "conversions_micros")
    whole.findings = ["FORMAT_UNVERIFIED", "NOT_DAILY"]
    yield "microsoft/whole-week.csv", microsoft_text(short, ""), whole


def microsoft_text(rows: Sequence[Fact], day_header: str) -> bytes:
    """A report with its ten lines above; no date column where `day_header` is empty."""
    above = ["Report Name: Week", "Report Time: 2/2/2026 - 2/8/2026" if not day_header else "Report Time: 2/9/2026",
             "Time Zone: (GMT+04:00) Baku", "Last Completed Available Day: 2/8/2026 11:59:00 PM (GMT)",
             "Last Completed Available Hour: 2/9/2026 5:00:00 AM (GMT)", "Report Aggregation: Daily", "Report Filter: ",
             "Potential Incomplete Data: False", f"Rows: {len(rows)}"]  # fmt: skip
    dates = [day_header] if day_header else []
    header = [*dates, "AccountName", "CampaignName", "AdGroupName", "CurrencyCode", "Impressions", "Clicks", "Spend",
              "Conversions", "Revenue"]  # fmt: skip
    cells: list[list[Value]] = [[line] for line in above]
    cells += [[], [*header]]
    for row in rows:
        day = [_slashes(row.day)] if day_header else []
        cells.append([*day, "Firma", row.campaign, row.ad_group, "AZN", *_microsoft_numbers([row])])
    labels = ["Total", *[""] * (len(header) - 6)]
    cells += [[*labels, *_microsoft_numbers(rows)], [], ["©2026 Microsoft Corporation. All rights reserved. "]]
    return csv_bytes(cells, quote_all=True, ends="\r\n")


def _microsoft_numbers(rows: Sequence[Fact]) -> list[Value]:
    return [
        _grouped(sum(row.impressions for row in rows), ","), _grouped(sum(row.clicks for row in rows), ","),
        f"{sum(row.cents for row in rows) / 100:,.2f}", _money(sum(row.conversions for row in rows)), "1.00",
    ]  # fmt: skip


Line = Callable[[Fact], list[Value]]


def _simple(
    platform: str,
    header: Sequence[str],
    line: Line,
    *,
    asks_currency: bool,
    findings: Sequence[str],
    total: dict[str, int],
) -> Iterator[Piece]:
    """One table by day, as text and as a workbook of text."""
    rows = week(platform)
    cells: list[list[Value]] = [[*header], *map(line, rows)]
    expected = Expected(platform, f"{platform}/ads", "en", "" if asks_currency else "USD", level="ad", rows=len(rows))
    expected.sums, expected.findings = total, ["FORMAT_UNVERIFIED", *findings]
    if asks_currency:
        expected.findings.append("CURRENCY_UNKNOWN")
        expected.questions = ["currency"]
    yield f"{platform}/daily.csv", csv_bytes(cells, encoding="utf-8"), expected
    yield f"{platform}/daily.xlsx", xlsx_bytes({"Report": cells}), expected


def others() -> Iterator[Piece]:
    """Platforms of which no real file was seen: each as text and as workbook."""
    rows = week("pinterest")
    yield from _simple(
        "pinterest",
        ("Date", "Campaign name", "Ad group name", "Ad name", "Currency", "Spend in account currency", "Impressions",
         "Pin clicks", "Outbound clicks", "Total conversions", "Total conversion value"),
        lambda row: [str(row.day), row.campaign, row.ad_group, row.ad, "USD", _money(row.cents), str(row.impressions),
                     str(row.clicks), str(row.link_clicks), str(row.results), "7.50"],
        asks_currency=False, findings=["HEADER_GUESSED"],
        total=sums(rows, "spend_micros", "impressions", "clicks", "link_clicks")
        | {"conversions_micros": sum(row.results for row in rows) * 1_000_000, "value_micros": len(rows) * 7_500_000},
    )  # fmt: skip
    yield from _simple(
        "reddit",
        ("Date", "Campaign Name", "Ad Group Name", "Ad Name", "Amount Spent (USD)", "Impressions", "Clicks"),
        lambda row: [str(row.day), row.campaign, row.ad_group, row.ad, _money(row.cents), str(row.impressions),
                     str(row.clicks)],
        asks_currency=False, findings=["HEADER_GUESSED"],
        total=sums(week("reddit"), "spend_micros", "impressions", "clicks"),
    )  # fmt: skip
    rows = week("snapchat")
    yield from _simple(
        "snapchat",
        ("Start time", "End time", "Campaign name", "Ad Set Name", "Ad Name", "Amount Spent", "Paid Impressions",
         "Swipe Ups", "Purchases", "Purchases Value"),
        lambda row: [f"{row.day} 00:00:00", f"{row.day + timedelta(days=1)} 00:00:00", row.campaign, row.ad_group,
                     row.ad, _money(row.cents), str(row.impressions), str(row.clicks), str(row.results), "2.00"],
        asks_currency=True, findings=["HEADER_GUESSED"],
        total=sums(rows, "spend_micros", "impressions", "clicks")
        | {"conversions_micros": sum(row.results for row in rows) * 1_000_000},
    )  # fmt: skip
    yield from _x()


def _x() -> Iterator[Piece]:
    """X by day, and one row a campaign whose time period is a range."""
    header = ["Time period", "Campaign name", "Ad Group name", "Impressions", "Clicks", "Link clicks", "Spend", "Leads",
              "Purchases"]  # fmt: skip
    for name, days in (("daily", DAYS), ("whole-week", 1)):
        rows = week(f"x {name}", days=days)
        cells: list[list[Value]] = [[*header]]
        for row in rows:
            when = str(row.day) if name == "daily" else f"{FIRST} - {LAST}"
            cells.append([when, row.campaign, row.ad_group, str(row.impressions), str(row.clicks),
                          str(row.link_clicks), _money(row.cents), str(row.results), "2"])  # fmt: skip
        expected = Expected("x", "x/ads", "en", "USD", level="ad_group", rows=len(rows), answers={"currency": "USD"})
        expected.sums = sums(rows, "spend_micros", "impressions", "clicks", "link_clicks", "results")
        expected.sums["conversions_micros"] = len(rows) * 2_000_000
        expected.findings = ["FORMAT_UNVERIFIED"]
        if name != "daily":
            expected.grain = "period"
            expected.findings.append("NOT_DAILY")
        yield f"x/{name}.csv", csv_bytes(cells, encoding="utf-8"), expected


WAREHOUSE = ("date_day", "platform", "account_id", "account_name", "campaign_id", "campaign_name", "ad_group_id",
             "ad_group_name", "ad_id", "ad_name", "clicks", "impressions", "spend", "conversions",
             "conversions_value")  # fmt: skip


def warehouse() -> Iterator[Piece]:
    """All platforms in one table, and one platform alone with a currency column."""
    for name, platforms in (("warehouse", ("facebook_ads", "google_ads", "amazon_ads")), ("one", ("linkedin_ads",))):
        rows = week(f"warehouse {name}")
        cells: list[list[Value]] = [[*WAREHOUSE]]
        for number, row in enumerate(rows):
            word = platforms[number % len(platforms)]
            ids = ("11", "Firma", "22", row.campaign, "33", row.ad_group, f"44{number % 3}", row.ad)
            cells.append([str(row.day), word, *ids, str(row.clicks), str(row.impressions),
                          f"{_money(row.cents)}0000", str(row.results), "0.5"])  # fmt: skip
        expected = Expected("other", "warehouse/ads", "en", "", level="ad", rows=len(rows))
        expected.sums = sums(rows, "spend_micros", "impressions", "clicks")
        expected.sums["conversions_micros"] = sum(row.results for row in rows) * 1_000_000
        expected.findings, expected.questions = ["CURRENCY_UNKNOWN"], ["currency"]
        if name == "one":
            expected.platform, expected.currency = "linkedin", "EUR"
            expected.findings, expected.questions, expected.answers = [], [], {"currency": "EUR"}
        yield f"other/{'warehouse' if name == 'warehouse' else 'warehouse-one'}.csv", csv_bytes(cells), expected


def samples() -> Iterator[Piece]:
    """All of them."""
    yield from linkedin()
    yield from microsoft()
    yield from others()
    yield from warehouse()
