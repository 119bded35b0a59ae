"""What single platforms say beside their tables: preambles, renamed hierarchies, cut tables, several platforms."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from budget.errors import InvalidValue
from budget.exports import Reading, formats, read_export
from budget.exports.formats import load_reports, report_of
from budget.weeks import Period
from tests.exports.make_exports import google_rows
from tests.exports.platforms import LINKEDIN, PREAMBLE, linkedin_rows, microsoft_text
from tests.exports.tables import week
from tests.exports.writers import Value, csv_bytes, xlsx_bytes

TODAY = date(2026, 9, 1)
WEEK = Period(date(2026, 2, 2), date(2026, 2, 9))


def _read(data: bytes, **answers: str) -> Reading:
    return read_export("file.csv", data, answers, today=TODAY)


def _codes(reading: Reading) -> set[str]:
    return {finding.code for finding in reading.findings}


def _lines(lines: Sequence[str], rows: Sequence[Sequence[Value]] = ()) -> list[Sequence[Value]]:
    return [*([line] for line in lines), [], *rows]


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("empty", [True, False])
def test_linkedin_says_when_it_was_written(language: str, empty: bool) -> None:
    """The lines above give range, zone and the moment of writing, with a table below them and without."""
    rows = [] if empty else linkedin_rows(language, week("written"))
    for data in (
        csv_bytes(_lines(PREAMBLE[language], rows), delimiter="\t", encoding="utf-16"),
        csv_bytes(_lines(PREAMBLE[language], rows), quote_all=True),
        xlsx_bytes({"Report": _lines(PREAMBLE[language], rows)}),
    ):
        reading = _read(data)
        assert (reading.platform, reading.kind) == ("linkedin", "empty" if empty else "delivery")
        assert (reading.period, reading.timezone) == (WEEK, "UTC")
        assert reading.as_of == datetime(2026, 2, 10, 9, 5, tzinfo=UTC)


def test_linkedin_hierarchies_are_one() -> None:
    """Group, campaign, creative of older files are campaign, ad set, ad of today's: the frames are equal."""
    rows = week("hierarchy")
    today, older = (_read(csv_bytes(linkedin_rows(shape, rows))) for shape in ("en", "en-older"))
    assert len(today.frame) == len(older.frame) == 21
    for role in ("campaign_id", "campaign_name", "ad_group_id", "ad_group_name", "ad_id", "ad_name"):
        assert list(today.frame[role]) == list(older.frame[role])
        assert today.frame[role].notna().all()


def test_linkedin_campaign_beside_an_ad_set_is_no_ad_set() -> None:
    """A group column beside today's hierarchy turns nothing over; it is shown as not used."""
    cells = linkedin_rows("en", week("both"))
    header = [*LINKEDIN["en"], "Campaign Group Name"]
    reading = _read(csv_bytes([header, *([*row, "Group"] for row in cells[1:])]))
    assert list(reading.frame["ad_group_name"]) == [row[6] for row in cells[1:]]
    assert "COLUMNS_IGNORED" in _codes(reading)


def test_linkedin_files_without_clock_times_have_no_unread_dates() -> None:
    """A range that ends before it starts is no range; an impossible day is none; nothing fails."""
    lines = ("Ad Performance Report (in UTC)", "Report Start: February 8, 2026", "Report End: February 2, 2026",
             "Date Generated: February 31, 2026, 25:99 PM")  # fmt: skip
    reading = _read(csv_bytes(_lines(lines, linkedin_rows("en", week("odd"))), delimiter="\t"))
    assert (reading.as_of, reading.period) == (None, WEEK)
    assert reading.kind == "delivery"


def test_microsoft_report_time_is_a_range_or_a_day() -> None:
    """`a - b` is the stated range, one day the moment of writing; the zone is kept as it is written."""
    rows = week("report time")
    ranged, written = _read(microsoft_text(rows, "")), _read(microsoft_text(rows, "TimePeriod"))
    assert (ranged.period, ranged.as_of, ranged.timezone) == (WEEK, None, "(GMT+04:00) Baku")
    assert (written.as_of, written.timezone) == (datetime(2026, 2, 9), "(GMT+04:00) Baku")


def test_lines_below_the_footer_are_not_rows() -> None:
    """Nothing after the line of rights is read; a campaign whose name begins like a total stays a campaign."""
    rows = week("footer", names=("Total comfort",), ads=1)
    text = microsoft_text(rows, "TimePeriod") + b'"2/2/2026","Firma","Later","G","AZN","1","1","1.00","1","1"\r\n'
    reading = _read(text)
    assert len(reading.frame) == 7
    assert set(reading.frame["campaign_name"]) == {"Total comfort"}
    assert [total.label for total in reading.totals] == ["Total"]


def test_rows_of_a_warehouse_keep_their_platform() -> None:
    """Each row is of its own platform; a word that nobody knows is `other`; equal names elsewhere are no double."""
    header = ["date_day", "platform", "campaign_name", "spend", "impressions", "currency"]
    words = {"facebook_ads": "meta", "google_ads": "google", "twitter_ads": "x", "amazon_ads": "other"}
    reading = _read(csv_bytes([header, *(["2026-02-02", word, "A", "1.00", "5", "EUR"] for word in words)]))
    assert list(reading.frame["platform"]) == list(words.values())
    assert (reading.platform, reading.currency, _codes(reading)) == ("other", "EUR", set())


def _with_report(monkeypatch: pytest.MonkeyPatch, **changes: object) -> None:
    reports = tuple(replace(one, **changes) if one.id == "google/ads" else one for one in load_reports())  # type: ignore[arg-type]  # fields of a report by name
    for module in ("budget.exports.tables", "budget.exports.pipeline"):
        monkeypatch.setattr(f"{module}.load_reports", lambda: reports)


@pytest.mark.parametrize(("limit", "cut"), [(20, True), (21, True), (22, False)])
def test_a_table_as_long_as_the_platform_writes_is_cut(monkeypatch: pytest.MonkeyPatch, limit: int, cut: bool) -> None:
    """A table that reaches the row limit of its report is ROWS_CUT_OFF; its declared totals are kept."""
    _with_report(monkeypatch, row_limit=limit)
    reading = _read(csv_bytes(google_rows("en", week("cut"))))
    assert len(reading.frame) == 21
    said = [dict(finding.facts) for finding in reading.findings if finding.code == "ROWS_CUT_OFF"]
    assert said == ([{"rows": limit}] if cut else [])
    assert reading.totals[0].values["impressions"] == reading.frame["impressions"].sum()


def test_unverified_shapes_say_so() -> None:
    """Every description without a real file behind it says so in its reading; the others never do."""
    unverified = {report.id for report in load_reports() if not report.verified}
    ads = {"microsoft/ads", "pinterest/ads", "reddit/ads", "snapchat/ads", "x/ads"}
    pages = {f"linkedin/{name}" for name in ("page", "page-posts", "page-followers", "page-places", "page-visitors")}
    sales = {"shopify/orders", "woocommerce/orders", "meta/leads", "other/leads"}
    assert unverified == ads | pages | sales
    assert "FORMAT_UNVERIFIED" in _codes(_read(microsoft_text(week("said"), "TimePeriod")))
    assert "FORMAT_UNVERIFIED" not in _codes(_read(csv_bytes(linkedin_rows("en", week("said")))))


@pytest.mark.parametrize(
    "wrong",
    [
        {"preamble": {"author": {"en": ["By"]}}},
        {"repeated": {"conversion": ["price"]}},
        {"platforms": {"facebook_ads": "facebook"}},
        {"rename": [{"language": "en", "when": ["A"], "evidence": "file", "roles": {"B": "price"}}]},
        {"rename": [{"language": "en", "when": ["A"], "evidence": "file", "roles": {}, "where": "x"}]},
    ],
)
def test_wrong_keys_of_descriptions_are_refused(wrong: Mapping[str, object]) -> None:
    """A preamble, breakdown, platform or renaming that names something unknown is refused with words."""
    spec = {"needs": [], "column": {"spend_micros": {"en": {"file": ["Cost"]}}}}
    assert report_of("x", spec).verified
    with pytest.raises(InvalidValue, match="found"):
        report_of("x", {**spec, **wrong})


def test_no_renaming_gives_two_columns_one_role() -> None:
    """Under each renaming every header of the language that stays beside it has a role of its own kind."""
    for report in formats.load_reports():
        for rename in report.renames:
            taken = {alias.role for alias in rename.aliases.values()}
            beside = {
                alias.role
                for key, alias in report.aliases[rename.language].items()
                if key not in rename.aliases and key not in rename.unless
            }
            assert not taken & beside, report.id
