"""Writes the exports of `tests/exports/` and, beside each, the facts that its reading must state.

`python -m tests.exports.make_exports [folder]`: the same bytes on every run; facts come from the generator's own whole
numbers, never from the reader.
"""

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from tests.exports import archives, business_suite, creators, damaged, platforms, unknown, web
from tests.exports.tables import DAYS, FIRST, Expected, Fact, sums, week
from tests.exports.words import GOOGLE, META, META_CURRENCY, META_ROLES, TIKTOK
from tests.exports.writers import Value, csv_bytes, xlsx_bytes

LAST = FIRST + timedelta(days=DAYS - 1)
PURCHASE = "actions:offsite_conversion.fb_pixel_purchase"
META_SUMS = ("spend_micros", "impressions", "clicks", "link_clicks", "results")


class Sample(NamedTuple):
    """One file: its path below the folder, its bytes, what must be read from it."""

    path: str
    data: bytes
    expected: Expected


def meta_rows(language: str, rows: list[Fact], *, numbers: bool, brackets: str = "()") -> list[list[Value]]:
    """Ads Manager by day: header with the currency, the account's total as row 2, the ads."""
    header = list(META[language])
    spend = META_ROLES.index("spend")
    header[spend] += f" {brackets[0]}{META_CURRENCY[language]}{brackets[1]}"

    def money(cents: int) -> Value:
        return cents / 100 if numbers else f"{cents // 100}.{cents % 100:02d}"

    def whole(value: int) -> Value:
        return value if numbers else str(value)

    total: list[Value] = [
        str(FIRST), str(LAST), "", "", "", "", money(sum(row.cents for row in rows)),
        whole(sum(row.impressions for row in rows)), whole(max(row.reach for row in rows) + 7), "", "",
        whole(sum(row.link_clicks for row in rows)), whole(sum(row.clicks for row in rows)),
    ]  # fmt: skip
    body: list[list[Value]] = [
        [
            str(row.day), str(row.day), str(row.day), row.campaign, row.ad_group, row.ad, money(row.cents),
            whole(row.impressions), whole(row.reach), whole(row.results), PURCHASE, whole(row.link_clicks),
            whole(row.clicks),
        ]
        for row in rows
    ]  # fmt: skip
    return [[*header], total, *body]


def meta_expected(language: str, rows: list[Fact]) -> Expected:
    """The facts of `meta_rows`."""
    stated = sums(rows, "spend_micros", "impressions", "clicks", "link_clicks")
    return Expected(
        "meta", "meta/ads", language, META_CURRENCY[language], level="ad", rows=len(rows),
        sums=sums(rows, *META_SUMS) | {"conversions_micros": sum(row.results for row in rows) * 1_000_000},
        declared=stated, findings=["REACH_NOT_ADDITIVE"],
    )  # fmt: skip


_GUESSED = {"az", "zh-CN", "uk", "pl", "de", "fr", "zh-TW", "ko"}


def meta() -> Iterator[Sample]:
    """Ads Manager in every language, as CSV and as workbook."""
    for language in META:
        rows = week(f"meta {language}")
        expected = meta_expected(language, rows)
        if language in _GUESSED:
            expected.findings.append("HEADER_GUESSED")
        brackets = "（）" if language == "ja" else "()"
        yield Sample(
            f"meta/{language}.csv", csv_bytes(meta_rows(language, rows, numbers=False, brackets=brackets)), expected
        )
        book = xlsx_bytes({"Raw Data Report": meta_rows(language, rows, numbers=True, brackets=brackets)})
        yield Sample(f"meta/{language}.xlsx", book, expected)


def _grouped(value: int, mark: str) -> str:
    return f"{value:,}".replace(",", mark)


def _fraction(hundredths: int, decimal: str, group: str) -> str:
    return f"{_grouped(hundredths // 100, group)}{decimal}{hundredths % 100:02d}"


# language -> group mark of counts, decimal mark, group mark of money
GOOGLE_MARKS = {
    "en": (",", ".", ""), "pt": ("\u00a0", ",", ""), "es": (".", ",", ""), "de": (".", ",", "."),
    "it": (".", ",", "."), "ja": (",", ".", ""),
}  # fmt: skip


def google_rows(language: str, rows: list[Fact]) -> list[list[Value]]:
    """A campaign report by day: title, range, header, campaigns, three totals that overlap."""
    words, (group, decimal, money_group) = GOOGLE[language], GOOGLE_MARKS[language]

    def numbers(impressions: int, clicks: int, cents: int, conversions: int) -> list[Value]:
        return [
            _grouped(impressions, group), _grouped(clicks, group), _fraction(cents, decimal, money_group),
            _fraction(conversions, decimal, group),
        ]  # fmt: skip

    body = [
        [
            "Enabled",
            str(row.day),
            row.campaign,
            "EUR",
            *numbers(row.impressions, row.clicks, row.cents, row.conversions),
        ]
        for row in rows
    ]
    whole = numbers(
        sum(row.impressions for row in rows), sum(row.clicks for row in rows), sum(row.cents for row in rows) - 1,
        sum(row.conversions for row in rows),
    )  # fmt: skip
    totals = [[word, " --", " --", "EUR", *whole] for word in words["totals"]]
    totals[2][6] = _fraction(rows[0].cents, decimal, money_group)
    above: list[list[Value]] = [[text] for text in words["above"]]
    return [*above, list(words["columns"]), *body, *totals]


def google_expected(language: str, rows: list[Fact]) -> Expected:
    """The facts of `google_rows`: the platform's own total is one cent below, because it rounds each row."""
    total = sums(rows, "spend_micros", "impressions", "clicks", "conversions_micros")
    declared = total | {"spend_micros": total["spend_micros"] - 10_000}
    return Expected(
        "google", "google/ads", language, "EUR", level="campaign", rows=len(rows), sums=total, declared=declared,
        findings=["TOTAL_ROUNDED"],
    )  # fmt: skip


def google() -> Iterator[Sample]:
    """Google Ads in every language: comma and UTF-8, TAB and UTF-16, workbook."""
    for language in GOOGLE:
        rows = week(f"google {language}", names=("Search, brand", "Display"), ads=2)
        expected = google_expected(language, rows)
        if language in ("de", "it", "pt"):
            expected.findings.append("HEADER_GUESSED")
        if language == "ja":
            expected.findings.append("COLUMNS_IGNORED")
        cells = google_rows(language, rows)
        text = csv_bytes(cells, encoding="utf-8")
        yield Sample(f"google/{language}.csv", text, expected)
        if language in ("en", "es"):
            yield Sample(f"google/{language}.zip", archives.zip_bytes({"Campaign report.csv": text}), expected)
        yield Sample(f"google/{language}-utf16.csv", csv_bytes(cells, delimiter="\t", encoding="utf-16"), expected)
        yield Sample(f"google/{language}.xlsx", xlsx_bytes({"Report": cells}), expected)


def tiktok_rows(language: str, rows: list[Fact]) -> list[list[Value]]:
    """Ads by day, everything as text, the total last."""
    body: list[list[Value]] = [
        [
            row.campaign, row.ad_group, row.ad, str(row.day), "USD", f"{row.cents // 100}.{row.cents % 100:02d}",
            str(row.impressions), str(row.reach), str(row.link_clicks), str(row.clicks), str(row.results),
        ]
        for row in rows
    ]  # fmt: skip
    cents = sum(row.cents for row in rows)
    total: list[Value] = [
        f"Total of {len(rows)} results", "-", "-", "-", "-", f"{cents // 100}.{cents % 100:02d}",
        str(sum(row.impressions for row in rows)), "-", str(sum(row.link_clicks for row in rows)),
        str(sum(row.clicks for row in rows)), str(sum(row.results for row in rows)),
    ]  # fmt: skip
    return [list(TIKTOK[language]), *body, total]


def tiktok() -> Iterator[Sample]:
    """TikTok Ads Manager as workbook and CSV."""
    rows = week("tiktok")
    total = sums(rows, "spend_micros", "impressions", "clicks", "link_clicks")
    total["conversions_micros"] = sum(row.results for row in rows) * 1_000_000
    expected = Expected(
        "tiktok", "tiktok/ads", "en", "USD", level="ad", rows=len(rows), sums=total, declared=total,
        findings=["REACH_NOT_ADDITIVE"],
    )  # fmt: skip
    yield Sample("tiktok/en.xlsx", xlsx_bytes({"Sheet1": tiktok_rows("en", rows)}), expected)
    yield Sample("tiktok/en.csv", csv_bytes(tiktok_rows("en", rows), encoding="utf-8"), expected)
    korean = {key: value for key, value in total.items() if key != "clicks"}
    yield Sample(
        "tiktok/ko.xlsx", xlsx_bytes({"Sheet1": tiktok_rows("ko", rows)}),
        Expected(
            "tiktok", "tiktok/ads", "ko", "", level="ad", rows=len(rows), sums=korean, declared=korean,
            findings=["COLUMNS_IGNORED", "CURRENCY_UNKNOWN"], questions=["currency"],
        ),
    )  # fmt: skip


def samples() -> Iterator[Sample]:
    """Every file of the corpus."""
    yield from meta()
    yield from google()
    yield from tiktok()
    for path, data, expected in (
        *damaged.samples(), *unknown.samples(), *platforms.samples(), *archives.samples(), *business_suite.samples(),
        *creators.samples(), *web.samples(),
    ):  # fmt: skip
        yield Sample(path, data, expected)


def write(folder: Path) -> None:
    """Write all files and their facts below a folder."""
    for sample in samples():
        path = folder / sample.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(sample.data)
        path.with_name(path.name + ".toml").write_text(sample.expected.toml(), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
