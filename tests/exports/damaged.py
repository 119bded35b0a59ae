"""Meta exports with something about them: saved again by a spreadsheet, odd shapes, nothing inside."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from tests.exports.tables import DAYS, FIRST, Expected, Fact, micros, sums, week
from tests.exports.writers import Value, csv_bytes, xlsx_bytes

Piece = tuple[str, bytes, Expected]
LAST = FIRST + timedelta(days=DAYS - 1)
BASIC = ("spend_micros", "impressions", "link_clicks")
HEADER = ("Day", "Campaign name", "Ad set name", "Amount spent (AZN)", "Impressions", "Link clicks")


def _money(cents: int, decimal: str = ".") -> str:
    return f"{cents // 100}{decimal}{cents % 100:02d}"


def _row(row: Fact) -> list[Value]:
    return [str(row.day), row.campaign, row.ad_group, _money(row.cents), str(row.impressions), str(row.link_clicks)]


def _plain(rows: Sequence[Fact], header: Sequence[str] = HEADER) -> list[list[Value]]:
    return [[*header], *(_row(row) for row in rows)]


def _expected(rows: Sequence[Fact], *findings: str) -> Expected:
    return Expected(
        "meta", "meta/ads", "en", "AZN", level="ad_group", rows=len(rows), sums=sums(rows, *BASIC),
        findings=list(findings),
    )  # fmt: skip


def saved_again() -> Piece:
    """Opened and saved by a Russian spreadsheet: cp1251, `;`, dates turned, one number a date, ids rounded."""
    rows = week("saved again", names=("Весна, скидки", "Лето"))
    header = ["День", "Идентификатор кампании", "Название кампании", "Потраченная сумма (AZN)", "Показы", "Охват"]
    cells: list[list[Value]] = [[*header, "", ""]]
    for row in rows:
        money = _money(row.cents, ",")
        cells.append([f"{row.day:%d.%m.%Y}", "1,20231E+17", row.campaign, money, str(row.impressions), "11", "", ""])
    cells[3][3] = "07.дек"
    total = sums(rows, "spend_micros", "impressions")
    total["spend_micros"] -= micros(rows[2].cents)
    findings = ["DATE_IN_NUMBER", "ID_LOST_PRECISION", "REACH_NOT_ADDITIVE", "DUPLICATE_ROWS"]
    expected = Expected(
        "meta", "meta/ads", "ru", "AZN", level="campaign", rows=len(rows), sums=total, findings=findings
    )
    return "meta/saved-again-ru.csv", csv_bytes(cells, delimiter=";", encoding="cp1251", ends="\r\n"), expected


def wrapped() -> Piece:
    """Every line once more in quotes."""
    rows = week("wrapped", names=("Spring, sale", "Summer"))
    lines = csv_bytes(_plain(rows), encoding="utf-8").decode().splitlines()
    text = "\n".join(f'"{line.replace(chr(34), chr(34) * 2)}"' if '"' in line else line for line in lines)
    return "meta/wrapped.csv", text.encode(), _expected(rows, "LINES_UNWRAPPED")


def odd_letters() -> Piece:
    """Soft hyphens, no-break spaces and odd case inside German headers."""
    rows = week("odd letters")
    header = ["TAG", "Name\u00a0der Kam\u00adpagne", "Anzeigen\u00adgruppenname", "Ausgegebener  Betrag [EUR]",
              "\ufeffImpressionen", "Link-Klicks\u200b"]  # fmt: skip
    expected = replace(_expected(rows), language="de", currency="EUR")
    return "meta/odd-letters-de.csv", csv_bytes(_plain(rows, header)), expected


def separator_line() -> Piece:
    """A first line `sep=;` and numbers with a comma."""
    rows = week("separator line")
    cells = _plain(rows)
    for row in cells[1:]:
        row[3] = str(row[3]).replace(".", ",")
    data = b"\xef\xbb\xbfsep=;\r\n" + csv_bytes(cells, delimiter=";", encoding="utf-8", ends="\r\n")
    return "meta/separator-line.csv", data, _expected(rows)


def pivot() -> Piece:
    """By age and gender, with `All` rows among the detail: one for the account, one a day."""
    rows = week("pivot", ads=2)
    header = ["Day", "Age", "Gender", "Amount spent (AZN)", "Impressions", "Link clicks"]
    cells: list[list[Value]] = [[*header]]
    ages = ("18-24", "25-34")
    for number in range(DAYS):
        pair = rows[2 * number : 2 * number + 2]
        metrics: list[Value] = [
            _money(sum(row.cents for row in pair)), str(sum(row.impressions for row in pair)),
            str(sum(row.link_clicks for row in pair)),
        ]  # fmt: skip
        cells.append([str(pair[0].day), "All", "All", *metrics])
        for age, row in zip(ages, pair, strict=True):
            cells.append([str(row.day), age, "female", _money(row.cents), str(row.impressions), str(row.link_clicks)])
    whole: list[Value] = [
        _money(sum(row.cents for row in rows)), str(sum(row.impressions for row in rows)),
        str(sum(row.link_clicks for row in rows)),
    ]  # fmt: skip
    cells.insert(1, ["All", "All", "All", *whole])
    expected = replace(_expected(rows), level="account", declared=sums(rows, *BASIC))
    return "meta/by-age.csv", csv_bytes(cells), expected


def not_daily() -> Piece:
    """One row an ad set for the whole week."""
    rows = week("not daily", days=1)
    header = ["Reporting starts", "Reporting ends", *HEADER[1:]]
    cells: list[list[Value]] = [[*header], *([str(FIRST), str(LAST), *_row(row)[1:]] for row in rows)]
    return "meta/not-daily.csv", csv_bytes(cells), replace(_expected(rows, "NOT_DAILY"), grain="period")


def nothing_ran() -> Piece:
    """Only a header: nothing ran."""
    expected = Expected("meta", "meta/ads", "en", "AZN", kind="empty", grain="", start=None, end=None)
    expected.findings = ["EMPTY_EXPORT"]
    return "meta/nothing-ran.csv", csv_bytes([list(HEADER)]), expected


def nothing_said() -> Piece:
    """The platform's own sentence and nothing else."""
    expected = Expected("meta", "meta/ads", "", "", kind="empty", grain="", start=None, end=None)
    expected.findings = ["EMPTY_EXPORT"]
    return "meta/nothing-said.csv", csv_bytes([["No data available."]]), expected


def odd_values() -> Piece:
    """Placeholders, a limit, a refund, an unreadable cell, a bad date, a date to come, a short row, twice the same."""
    rows = week("odd values", days=4)
    cells = _plain(rows)
    cells[1][5] = "--"
    cells[2][5] = "<5"
    cells[3][3] = "-12.50"
    cells[4][4] = "many"
    cells[5][0] = "31 February"
    cells[6][0] = "2031-01-01"
    cells[7] = cells[7][:5]
    cells[8] = [*_row(replace(rows[7], ad_group=rows[8].ad_group, campaign=rows[8].campaign))]
    keep = [row for number, row in enumerate(rows) if number not in (4, 5)]
    kept = replace(rows[2], cents=-1250)
    total = sums([kept if row is rows[2] else row for row in keep], *BASIC)
    total["impressions"] -= rows[3].impressions
    total["link_clicks"] -= rows[0].link_clicks + rows[1].link_clicks + rows[6].link_clicks
    expected = _expected(
        keep, "BOUNDED_VALUES", "NEGATIVE_AMOUNT", "NUMBER_UNREADABLE", "DATE_UNREADABLE", "DATE_IN_FUTURE",
        "ROW_RAGGED", "DUPLICATE_ROWS",
    )  # fmt: skip
    expected.sums = total
    expected.end = FIRST + timedelta(days=4)
    return "meta/odd-values.csv", csv_bytes(cells), expected


def pasted() -> Piece:
    """Two files pasted together, a double header, a column of no use, letters lost, a NUL byte, total beyond."""
    rows = week("pasted")
    header = [*HEADER, "Impressions", "Frequency"]
    cells: list[list[Value]] = [[*header], ["", "", "", "1.00", "5", "5", "5", "1"]]
    for number, row in enumerate(rows):
        if number == 9:
            cells.append([*header])
        cells.append([*_row(replace(row, campaign="Gen\ufffdlik")), "7", "1.1"])
    data = csv_bytes(cells).replace(b"Frequency", b"Freq\x00uency")
    expected = _expected(
        rows, "REPEATED_HEADER", "DUPLICATE_HEADER", "COLUMNS_IGNORED", "TEXT_DAMAGED", "NUL_BYTES", "TOTAL_DIFFERS"
    )
    expected.declared = {"spend_micros": 1_000_000, "impressions": 5, "link_clicks": 5}
    return "meta/pasted.csv", data, expected


def levels() -> Iterator[Piece]:
    """Campaign rows among ad sets: equal to the sum they are totals, more than it they are left out."""
    rows = week("levels", ads=2, days=1, names=("One",))
    whole = replace(rows[0], cents=rows[0].cents + rows[1].cents, impressions=rows[0].impressions + rows[1].impressions)
    for name, extra, findings in (("subtotals", 0, ()), ("mixed-levels", 100, ("MIXED_LEVELS",))):
        parent = _row(replace(whole, ad_group="", cents=whole.cents + extra))
        cells = [*_plain(rows)[:1], parent, *_plain(rows)[1:]]
        expected = replace(_expected(rows, *findings), end=FIRST + timedelta(days=1))
        yield f"meta/{name}.csv", csv_bytes(cells), expected


def currencies() -> Iterator[Piece]:
    """Two currencies stay apart; none is asked for; results of two kinds are not added."""
    rows = week("currencies")
    header = [*HEADER[:3], "Amount spent", *HEADER[4:], "Currency", "Results", "Result type"]
    kinds = (("AZN", "3", "Website purchases"), ("USD", "4", "Link clicks"))
    cells: list[list[Value]] = [[*header], *([*_row(row), *kinds[n % 2]] for n, row in enumerate(rows))]
    expected = replace(_expected(rows, "MIXED_CURRENCY", "RESULTS_MIXED"), currency="")
    expected.sums |= {"conversions_micros": 3_000_000 * len(rows[::2])}
    yield "meta/two-currencies.csv", csv_bytes(cells), expected
    nameless = csv_bytes(_plain(rows, header[:6]))
    open_ = replace(_expected(rows, "CURRENCY_UNKNOWN"), currency="", questions=["currency"])
    yield "meta/no-currency.csv", nameless, open_
    yield "meta/no-currency-answered.csv", nameless, replace(_expected(rows), answers={"currency": "AZN"})


def shared() -> Piece:
    """Headers that Meta and TikTok share, without any date: both the platform and the period are asked."""
    rows = week("shared", days=1)
    cells: list[list[Value]] = [["Campaign name", "Impressions", "Reach"]]
    cells += [[row.campaign, str(row.impressions), str(row.reach)] for row in rows]
    expected = Expected("meta", "meta/ads", "en", "", grain="", level="campaign", start=None, end=None, rows=len(rows))
    expected.sums = sums(rows, "impressions")
    expected.findings = ["REACH_NOT_ADDITIVE", "PLATFORM_UNKNOWN", "PERIOD_UNKNOWN", "DUPLICATE_ROWS"]
    expected.questions = ["period", "platform"]
    return "meta/shared-headers.csv", csv_bytes(cells), expected


def sheets() -> Iterator[Piece]:
    """Two sheets with the same table are one; different ones are a question, the longest is the default."""
    rows, fewer = week("sheets"), week("sheets", days=2)
    same = xlsx_bytes({"Formatted Report": _plain(rows), "Raw Data Report": _plain(rows)})
    yield "meta/same-sheets.xlsx", same, _expected(rows)
    book = xlsx_bytes({"A": _plain(fewer), "B": _plain(rows)})
    yield "meta/two-sheets.xlsx", book, replace(_expected(rows, "SHEET_CHOICE"), questions=["sheet"])
    answered = replace(_expected(fewer), answers={"sheet": "A"}, end=FIRST + timedelta(days=2))
    yield "meta/two-sheets-answered.xlsx", book, answered


def samples() -> Iterator[Piece]:
    """All of them."""
    for make in (
        saved_again, wrapped, odd_letters, separator_line, pivot, not_daily, nothing_ran, nothing_said, odd_values,
        pasted, shared,
    ):  # fmt: skip
        yield make()
    yield from levels()
    yield from currencies()
    yield from sheets()
