"""Questions, answers, the mapper, descriptions: nothing is guessed silently."""

import json
from datetime import date
from typing import Any

import pytest

from budget.errors import InvalidValue
from budget.exports import Reading, read_export
from budget.exports.formats import report_of
from budget.findings import Finding
from budget.weeks import Period
from tests.exports.writers import csv_bytes

TODAY = date(2026, 9, 1)
TABLE = csv_bytes(
    [
        ["Report of the shop"],
        ["When", "Cost per results", "Campaign", "Amount spent", "Phone", "Contact", "Impression"],
        ["2026-02-02", "1.10", "A", "10.50", "+994 50 123 45 67", "a@b.az", "100"],
        ["2026-02-03", "1.20", "B", "20.25", "+994 50 123 45 68", "c@d.az", "200"],
    ]
)
MAPPING = {
    "kind": "delivery",
    "platform": "pinterest",
    "header_row": 2,
    "columns": {"When": "day", "Campaign": "campaign_name", "Amount spent": "spend_micros"},
    "currency": "AZN",
}


def _read(data: bytes, **answers: str) -> Reading:
    return read_export("table.csv", data, answers, today=TODAY)


def test_unknown_table_is_proposed_not_read() -> None:
    """An unknown table gives no row: a preview with likely roles, the likeliest preselected, is asked about."""
    reading = _read(TABLE.replace(b"Campaign", b"Project").replace(b"Amount spent", b"Amounts spent"))
    assert reading.frame.empty
    assert [question.key for question in reading.questions] == ["mapping"]
    assert reading.preview is not None
    assert reading.preview.header_row == 2
    by_header = {column.header: column for column in reading.preview.columns}
    assert by_header["Amounts spent"].proposed == "spend_micros"
    assert by_header["Impression"].proposed == "impressions"
    assert by_header["When"].proposed == "day"
    assert by_header["Cost per results"].proposed != "spend_micros"
    assert json.loads(reading.questions[0].default)["columns"]["Amounts spent"] == "spend_micros"


def test_persons_are_masked_in_the_preview() -> None:
    """Cells of person columns are never shown, and such a column is never proposed for anything."""
    reading = _read(TABLE.replace(b"Campaign", b"Project").replace(b"Amount spent", b"Amounts spent"))
    assert reading.preview is not None
    kinds = {column.header: (column.kind, column.roles) for column in reading.preview.columns}
    assert kinds["Phone"] == kinds["Contact"] == ("person", ())
    shown = {cell for row in reading.preview.rows for cell in row}
    assert "…" in shown
    assert not any("@" in cell or "994" in cell for cell in shown)


def test_mapping_is_applied_and_remembered_by_signature() -> None:
    """A confirmed mapping reads the table; the signature is the same before and after, and of the headers alone."""
    unknown = TABLE.replace(b"Amount spent", b"Paid out")
    mapping = MAPPING | {"columns": {"When": "day", "Campaign": "campaign_name", "Paid out": "spend_micros"}}
    before, after = _read(unknown), _read(unknown, mapping=json.dumps(mapping))
    assert after.signature == before.signature != ""
    assert (after.platform, after.currency, after.questions) == ("pinterest", "AZN", ())
    assert list(after.frame["spend_micros"]) == [10_500_000, 20_250_000]
    assert set(after.frame["platform"]) == {"pinterest"}
    assert dict(after.answers) == {"mapping": json.dumps(mapping)}


@pytest.mark.parametrize(
    "mapping",
    ["", "{", "[]", '{"columns": 3}', '{"columns": {"When": "day"}}', '{"columns": {"Nowhere": "spend_micros"}}',
     '{"columns": {"When": "spend_micros"}, "header_row": 99}', "[" * 5_000],
)  # fmt: skip
def test_bad_mapping_stays_a_question(mapping: str) -> None:
    """A mapping that is not JSON, names no metric or does not fit the table leaves the question open."""
    reading = _read(TABLE.replace(b"Amount spent", b"Paid out").replace(b"Impression", b"Seen"), mapping=mapping)
    assert [question.key for question in reading.questions] == ["mapping"]
    assert reading.frame.empty


def test_invalid_answers_are_no_answers() -> None:
    """A currency that does not exist leaves the question open; one that exists closes it."""
    data = csv_bytes([["Day", "Campaign name", "Amount spent", "Impressions"], ["2026-02-02", "A", "1.50", "5"]])
    assert [question.key for question in _read(data, currency="manat").questions] == ["currency"]
    answered = _read(data, currency="AZN", decimal=",", year="0")
    assert answered.questions == ()
    assert set(answered.frame["currency"]) == {"AZN"}
    assert dict(answered.answers) == {"currency": "AZN"}


def test_evidence_wins_where_no_question_was_put() -> None:
    """An answer to a question that the file does not raise changes nothing."""
    data = csv_bytes([["Day", "Campaign name", "Amount spent (USD)", "Impressions"], ["13/02/2026", "A", "1.50", "5"]])
    reading = _read(data, currency="AZN", decimal=",", day_order="mdy", platform="tiktok", sheet="x")
    assert (reading.currency, reading.platform, dict(reading.answers)) == ("USD", "meta", {})
    assert list(reading.frame["spend_micros"]) == [1_500_000]
    assert list(reading.frame["date_day"].dt.date) == [date(2026, 2, 13)]


def test_period_comes_from_the_file_name_last_of_all() -> None:
    """Two ISO dates in the name are the range of a table without dates; else the person is asked and believed."""
    data = csv_bytes([["Ad group name", "Cost (USD)", "Impressions"], ["A", "1.50", "5"]])
    named = read_export("TikTok-2026-02-02_2026-02-08.csv", data, today=TODAY)
    answered = _read(data, period="2026-02-02/2026-02-09")
    week = Period(date(2026, 2, 2), date(2026, 2, 9))
    assert named.period == answered.period == week
    assert (named.questions, answered.questions) == ((), ())
    assert [question.key for question in _read(data).questions] == ["period"]
    assert named.frame["date_day"].isna().all()


def test_google_weeks_are_cut_to_the_stated_range() -> None:
    """The first and last week hold only the days inside the report's range."""
    data = csv_bytes(
        [
            ["Campaign report"], ["February 4, 2026 - February 11, 2026"],
            ["Week", "Campaign", "Cost", "Impr.", "Currency code"],
            ["2026-02-02", "A", "1.00", "5", "AZN"], ["2026-02-09", "A", "2.00", "6", "AZN"],
        ]
    )  # fmt: skip
    frame = _read(data).frame
    assert [str(day.date()) for day in frame["period_start"]] == ["2026-02-04", "2026-02-09"]
    assert [str(day.date()) for day in frame["period_end"]] == ["2026-02-09", "2026-02-12"]
    assert set(frame["grain"]) == {"week"}


def test_ids_stay_text() -> None:
    """Ids of 17 digits stay as written; the side tables are there and empty."""
    header = ["Day", "Campaign ID", "Campaign name", "Amount spent (USD)", "Impressions"]
    reading = _read(csv_bytes([header, ["2026-02-02", "120210000000000123", "A", "1.50", "5"]]))
    assert list(reading.frame["campaign_id"]) == ["120210000000000123"]
    for table in (reading.metrics, reading.posts, reading.orders, reading.leads):
        assert len(table) == 0
        assert len(table.columns) > 5


def _refusals() -> list[dict[str, Any]]:
    column = {"spend_micros": {"en": {"file": ["Cost"]}}}
    return [
        {"needs": [], "column": {"price": {"en": {"file": ["Cost"]}}}},
        {"needs": [], "column": {"spend_micros": {"xx": {"file": ["Cost"]}}}},
        {"needs": [], "column": {"spend_micros": {"en": {"hearsay": ["Cost"]}}}},
        {"needs": [], "column": column | {"clicks": {"en": {"file": ["COST"]}}}},
        {"needs": [], "column": column, "colour": "red"},
    ]


@pytest.mark.parametrize("spec", _refusals())
def test_wrong_descriptions_are_refused(spec: dict[str, Any]) -> None:
    """A description with an unknown role, language, evidence or key, or one header twice, is refused with words."""
    with pytest.raises(InvalidValue, match=r"found|stands twice"):
        report_of("meta", spec)


def test_total_beyond_rounding_differs() -> None:
    """Within half a cent a row the platform rounded; a cent more and the total differs, with the amounts."""
    header = ["Day", "Campaign name", "Amount spent (USD)", "Impressions"]
    rows = [["2026-02-02", name, "10.00", "100"] for name in "ABCD"]

    def about_total(spend: str, impressions: str) -> list[Finding]:
        findings = _read(csv_bytes([header, ["", "", spend, impressions], *rows])).findings
        return [finding for finding in findings if finding.code.startswith("TOTAL")]

    assert about_total("40.00", "400") == []
    assert [finding.code for finding in about_total("40.02", "400")] == ["TOTAL_ROUNDED"]
    assert [finding.code for finding in about_total("40.03", "401")] == ["TOTAL_DIFFERS", "TOTAL_DIFFERS"]
    assert dict(about_total("40.03", "400")[0].facts) == {
        "metric": "spend_micros", "sum": "40.00 USD", "declared": "40.03 USD", "difference": "0.03 USD",
        "reason": "unknown",
    }  # fmt: skip


def test_words_of_own_tables_are_proposed() -> None:
    """Columns that a person named in Azerbaijani are proposed their roles, and still asked about."""
    table = "Tarix;Kampaniya;Xərc;Kliklər;Sifarişlər;Gəlir\n"
    table += "09.11.2026;Radio;12,50;10;2;99,00\n10.11.2026;Radio;9,25;9;1;58,50\n"
    reading = read_export("own.csv", table.encode())
    assert reading.preview is not None
    proposed = {column.header: column.proposed for column in reading.preview.columns}
    assert proposed == {
        "Tarix": "day", "Kampaniya": "campaign_name", "Xərc": "spend_micros", "Kliklər": "clicks",
        "Sifarişlər": "conversions_micros", "Gəlir": "value_micros",
    }  # fmt: skip
    assert [question.key for question in reading.questions] == ["mapping"]
    assert len(reading.frame) == 0


def test_a_table_whose_dates_nobody_knows_is_no_platforms() -> None:
    """English words that Google uses too do not make a file Google's when its day column is not Google's."""
    table = b"Date,Campaign,Cost,Impressions,Clicks,Orders\n2026-11-01,A,10.5,100,5,1\n2026-11-02,A,11.5,100,5,1\n"
    reading = read_export("own.csv", table)
    assert reading.platform is None
    assert [question.key for question in reading.questions] == ["mapping"]
    assert reading.preview is not None
    assert {c.header: c.proposed for c in reading.preview.columns}["Date"] == "day"


@pytest.mark.parametrize("campaign", ["Campaign", "Campaign name"])
def test_money_is_never_lost_to_a_platform_that_does_not_know_its_column(campaign: str) -> None:
    """A table with a column called Spend, which Meta does not use, is asked about, not read without its money."""
    table = f"Day,{campaign},Impressions,Clicks,Spend\n2026-11-01,A,100,5,10.5\n2026-11-02,A,90,4,9.5\n"
    reading = read_export("own.csv", table.encode())
    assert reading.platform is None
    assert reading.preview is not None
    assert {c.header: c.proposed for c in reading.preview.columns}["Spend"] == "spend_micros"
