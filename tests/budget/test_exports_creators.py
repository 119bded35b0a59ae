"""Creators' pages: tables that say the same twice, ids, totals that hold more than the rows."""

from datetime import date
from itertools import chain, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.exports import Reading, read_export
from budget.exports.formats import load_reports
from budget.exports.side.links import id_in_link, scrub_link
from budget.weeks import Period
from tests.exports import channels, creators
from tests.exports.archives import zip_bytes
from tests.exports.creators import Cells
from tests.exports.writers import Value, csv_bytes, xlsx_bytes
from tests.exports.xls import xls_bytes

TODAY = date(2026, 9, 1)
WEEK = Period(date(2026, 2, 2), date(2026, 2, 9))
KEY = ["date_day", "period_start", "metric", "segment", "value"]
COUNTS = ["post_id", "published_on", "views", "likes", "follows", "impressions"]


def _read(data: bytes, name: str = "file.csv", **answers: str) -> Reading:
    return read_export(name, data, answers, today=TODAY)


def _codes(reading: Reading) -> set[str]:
    return {finding.code for finding in reading.findings}


def _asked(reading: Reading) -> set[str]:
    return {question.key for question in reading.questions}


def _facts(reading: Reading) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """All metrics and posts without where they stood, in one order."""
    metrics, posts = reading.metrics[KEY], reading.posts[COUNTS]
    said = [[tuple(map(str, row)) for row in one.itertuples(index=False, name=None)] for one in (metrics, posts)]
    return sorted(said[0]), sorted(said[1])


def _sum(reading: Reading, metric: str) -> float:
    return float(reading.metrics.loc[reading.metrics["metric"] == metric, "value"].sum())


# Nothing counted twice


def test_parts_of_a_total_are_used_only_without_it() -> None:
    """The chart repeats the totals by video: with them it is left out by name, alone it is kept by video."""
    totals, (chart, shown) = channels.totals_table("en"), channels.chart_table("en")
    both = _read(zip_bytes({"Chart data.csv": csv_bytes(chart), "Totals.csv": csv_bytes(totals)}), "a.zip")
    alone = _read(csv_bytes(chart), "Chart data.csv")
    assert _sum(both, "views") == _sum(alone, "views") == shown
    assert both.metrics["segment"].isna().all()
    assert alone.metrics["segment"].str.startswith("video=").all()
    left = [dict(one.facts) for one in both.findings if one.code == "COLUMNS_IGNORED"]
    assert left == [{"headers": "Chart data.csv"}]


def test_an_empty_total_does_not_silence_its_parts() -> None:
    """Totals without a row say nothing: then the chart counts."""
    chart, shown = channels.chart_table("en")
    members = {"Totals.csv": csv_bytes([["Date", "Views"]]), "Chart data.csv": csv_bytes(chart)}
    assert _sum(_read(zip_bytes(members), "a.zip"), "views") == shown


def test_a_summary_row_is_no_video() -> None:
    """The first row is the channel's total: declared, never a post; follows may exceed those of the videos."""
    rows = channels.videos(5)
    reading = _read(csv_bytes(channels.video_table("de", rows)))
    assert sorted(reading.posts["post_id"]) == sorted(one.key for one in rows)
    (total,) = reading.totals
    assert (total.label, total.source_row, total.values["follows"]) == ("Gesamt", 2, sum(o.follows for o in rows) + 12)
    assert total.values["watch_seconds"] == pytest.approx(float(reading.posts["watch_seconds"].sum()), abs=1)
    assert "TOTAL_DIFFERS" not in _codes(reading)


@pytest.mark.parametrize(("footer", "reason"), [(True, "cut"), (False, "unknown")])
def test_views_beyond_the_rows_are_said(footer: bool, reason: str) -> None:
    """A total above its rows is TOTAL_DIFFERS with the exact difference, by the cut where the file says so."""
    table = channels.video_table("en", channels.videos(3), footer=footer, unlisted=41)
    reading = _read(csv_bytes(table))
    (said,) = [dict(one.facts) for one in reading.findings if one.code == "TOTAL_DIFFERS"]
    assert (said["metric"], said["difference"], said["reason"]) == ("views", "41", reason)
    assert ("ROWS_CUT_OFF" in _codes(reading)) is footer
    assert len(reading.posts) == 3


@pytest.mark.parametrize(
    "text", ["Showing top 500 results", "Mostrando los 500 resultados principales", "Показаны 500 строк"]
)
def test_the_line_below_a_cut_table_is_read_in_any_language(text: str) -> None:
    """A line of words with the number of rows ends the table; it is no video."""
    table: Cells = [*channels.video_table("en", channels.videos(3)), [text]]
    reading = _read(csv_bytes(table))
    assert "ROWS_CUT_OFF" in _codes(reading)
    assert len(reading.posts) == 3


@pytest.mark.parametrize(("count", "cut"), [(499, False), (500, True)])
def test_a_full_table_is_cut_even_without_the_line(count: int, cut: bool) -> None:
    """Five hundred videos below the total are all that fit; the total itself is not one of them."""
    reading = _read(csv_bytes(channels.video_table("en", channels.videos(count))))
    assert ("ROWS_CUT_OFF" in _codes(reading)) is cut


# Whose table it is


def test_a_table_of_days_and_views_is_asked_for_its_platform() -> None:
    """Days and views alone may be anybody's; the answer is remembered and decides."""
    data = csv_bytes(channels.totals_table("en"))
    (question,) = _read(data, "data.csv").questions
    assert question.key == "platform"
    assert set(question.options) == {"youtube", "ga4", "other"}
    assert question.default == question.options[0]
    assert question.remembered
    for answer in ("youtube", "ga4", "other"):
        said = _read(data, "data.csv", platform=answer)
        assert (set(said.metrics["platform"]), said.questions) == ({answer}, ())


def test_the_file_itself_shows_whose_it_is() -> None:
    """The platform's name of the file or its other tables settle it without a question."""
    data = csv_bytes(channels.totals_table("en"))
    table = csv_bytes(channels.video_table("en", channels.videos(2)))
    for reading in (_read(data, "Totals.csv"), _read(zip_bytes({"a.csv": data, "b.csv": table}), "c.zip")):
        assert (reading.platform, reading.questions) == ("youtube", ())


@pytest.mark.parametrize(
    "header",
    [
        ["Date", "Views", "Cost"], ["Date", "Views", "Campaign"], ["Date", "Video views", "Profile views", "Spend"],
        ["Date", "Total followers"], ["Gender", "Age", "Distribution of budget"],
        ["Location", "Total followers", "Cost"],
    ],
)  # fmt: skip
def test_somebodys_own_table_is_not_taken(header: list[str]) -> None:
    """A table that only shares words with these exports is for the mapper."""
    rows = (("2026-02-02", "5", "7", "6"), ("2026-02-03", "9", "8", "4"))
    reading = _read(csv_bytes([header, *(row[: len(header)] for row in rows)]))
    assert reading.kind == "unknown"
    assert not len(reading.metrics)


# What the cells are


def test_a_level_and_its_steps() -> None:
    """Followers are a level with its change of the day; what is `undefined` is null, not zero."""
    reading = _read(creators.text(creators.followers()[0]))
    steps = reading.metrics[reading.metrics["metric"] == "net_follows"]
    levels = list(reading.metrics.loc[reading.metrics["metric"] == "followers", "value"])
    assert len(steps) == 6
    assert list(steps["value"]) == [after - before for before, after in pairwise(levels)]
    assert "NUMBER_UNREADABLE" not in _codes(reading)


def test_shares_are_parts_of_one() -> None:
    """The audience by gender and country adds up to 1, in our words where we have them, without days of its own."""
    gender, places = (_read(creators.text(cells)) for cells in (creators.GENDER, creators.PLACES))
    assert dict(zip(gender.metrics["segment"], gender.metrics["value"], strict=True)) == {
        "gender=women": 0.59, "gender=men": 0.37, "gender=other": 0.04,
    }  # fmt: skip
    assert list(places.metrics["segment"]) == ["country=AZ", "country=TR", "country=Others"]
    for reading in (gender, places):
        assert set(reading.metrics["grain"]) == {"lifetime"}
        assert reading.metrics["period_start"].isna().all()
        assert _asked(reading) == set()


def test_a_state_takes_the_days_of_the_tables_beside_it() -> None:
    """In an archive with daily tables the audience stands for their range, whatever days its posts appeared on."""
    data = next(data for path, data, _ in creators.samples() if path == "tiktok/studio.zip")
    shares = _read(data, "studio.zip").metrics.query("metric == 'audience_share'")
    assert set(shares["period_start"].astype(str)) == {str(WEEK.start)}
    assert set(shares["period_end"].astype(str)) == {str(WEEK.end)}


def test_hours_of_watching_are_seconds() -> None:
    """Watch time in hours becomes seconds in posts and in days."""
    cells: Cells = [["Date", "Views", "Watch time (hours)", "Subscribers"], ["2026-02-02", "10", "1.5", "-2"]]
    reading = _read(csv_bytes(cells))
    assert (_sum(reading, "watch_time"), _sum(reading, "follows")) == (5_400, -2)


def test_long_ids_survive_a_spreadsheet_by_their_address() -> None:
    """Rounded ids come back from the post's own address; without one they are blank and it is said."""
    whole, _ = creators.x_posts()
    linked, _ = creators.x_posts(rounded=True)
    bare, _ = creators.x_posts(rounded=True, links=False)
    exact, healed, lost = (_read(xlsx_bytes({"S": one})) for one in (whole, linked, bare))
    assert list(exact.posts["post_id"]) == list(healed.posts["post_id"]) == [str(creators.X_ID + n) for n in range(3)]
    assert lost.posts["post_id"].isna().all()
    assert [("ID_LOST_PRECISION" in _codes(one)) for one in (exact, healed, lost)] == [False, False, True]


def test_texts_of_x_are_no_html() -> None:
    """Entities are letters again, and what looks like a tag stays text."""
    reading = _read(csv_bytes(creators.x_posts()[0]))
    assert list(reading.posts["title"]) == [f"Q&A <b> {place}" for place in range(3)]


def test_captions_lose_telephone_numbers_but_addresses_keep_their_account() -> None:
    """A number in a caption is taken out and said; an account's name with a dot in an address is no e-mail."""
    reading = _read(creators.text(creators.content()[0]))
    assert not reading.posts["title"].str.contains("123").any()
    assert reading.posts["permalink"].str.startswith("https://www.tiktok.com/@ev.az/video/").all()
    assert "PERSONAL_DATA_REMOVED" in _codes(reading)
    assert "info@" not in scrub_link("https://a.b/@ev.az/?to=info@ev.az")


@pytest.mark.parametrize(
    ("link", "key"),
    [
        ("https://www.tiktok.com/@a.b/video/7412345678901234567?lang=az", "7412345678901234567"),
        ("https://x.com/a/status/1890123456789012345", "1890123456789012345"),
        ("https://www.linkedin.com/feed/update/urn:li:activity:7291234567890123400", "7291234567890123400"),
        ("https://www.tiktok.com/@1234567890123456789", None), ("https://example.com/a/2026020304050607", None),
        ("", None), (None, None),
    ],
)  # fmt: skip
def test_an_id_in_an_address(link: str | None, key: str | None) -> None:
    """The id stands behind the word for posts; other long numbers are none."""
    assert id_in_link(link) == key


def test_an_old_workbook_says_what_the_new_one_says() -> None:
    """A page's .xls and .xlsx are one; the line above the header is no header; of three parts the total counts."""
    for make in (channels.page_tables, channels.follower_tables, channels.visitor_tables):
        sheets, _ = make()
        old, new = _read(xls_bytes({**sheets}), "a.xls"), _read(xlsx_bytes({**sheets}), "a.xlsx")
        assert (old.container, new.container) == ("xls", "xlsx")
        assert _facts(old) == _facts(new)
        assert "FORMAT_UNVERIFIED" in _codes(old)


def test_sheets_that_nobody_knows_are_named() -> None:
    """What was in the file and not taken is said by its sheet."""
    sheets, _ = channels.follower_tables()
    more: Cells = [["Follower demographics."], ["Seniority", "Total followers"], ["Senior", 40], ["Entry", 12]]
    reading = _read(xlsx_bytes({**sheets, "Seniority": more}), "a.xlsx")
    said = " ".join(str(dict(one.facts)) for one in reading.findings if one.code == "COLUMNS_IGNORED")
    assert "Seniority" in said
    assert _facts(reading) == _facts(_read(xlsx_bytes({**sheets}), "a.xlsx"))


# Laws


def _tables() -> dict[str, Cells]:
    """Every table of these sources whose rows stand on their own."""
    return {
        "tiktok/overview": creators.overview(), "tiktok/followers": creators.followers()[0],
        "tiktok/content": creators.content()[0], "x/content": creators.x_posts()[0],
        "youtube/table": channels.video_table("de", channels.videos(6)), "youtube/totals": channels.totals_table("de"),
        "youtube/chart": channels.chart_table("en")[0],
        "linkedin/page-visitors": channels.visitor_tables()[0]["Visitor metrics"][1:],
    }  # fmt: skip


@pytest.mark.parametrize("report", _tables())
def test_the_writing_of_a_table_changes_nothing(report: str) -> None:
    """Delimiter, encoding, quotes, line ends, order of columns and empty ones at the end leave every fact as it is."""
    cells = _tables()[report]
    plain = _read(csv_bytes(cells), platform="youtube") if report == "youtube/totals" else _read(csv_bytes(cells))
    assert plain.report == report
    width = len(cells[0])
    turned: Cells = [row[::-1] for row in ([*row, *[""] * (width - len(row))] for row in cells)]
    wider: Cells = [[*row, *[""] * (width - len(row)), None, None] for row in cells]
    for data in (
        csv_bytes(cells, delimiter=";", ends="\r\n"), csv_bytes(cells, delimiter="\t", encoding="utf-16"),
        csv_bytes(cells, quote_all=True, encoding="utf-8"), csv_bytes(wider), csv_bytes(turned),
        xlsx_bytes({"Sheet1": cells}), zip_bytes({"one.csv": csv_bytes(cells)}),
    ):  # fmt: skip
        again = _read(data, platform="youtube") if report == "youtube/totals" else _read(data)
        if data == csv_bytes(turned) and report == "youtube/table":
            continue  # a total row is known by its first cell
        assert _facts(again) == _facts(plain)
        assert again.report == report


@pytest.mark.parametrize("report", ["tiktok/overview", "x/content", "youtube/chart", "linkedin/page-visitors"])
def test_an_unknown_column_changes_nothing(report: str) -> None:
    """A column that the platform adds one day is named and left."""
    cells = _tables()[report]
    more: Cells = [[*row, "Brand new" if not place else "7"] for place, row in enumerate(cells)]
    reading = _read(csv_bytes(more))
    assert _facts(reading) == _facts(_read(csv_bytes(cells)))
    assert "COLUMNS_IGNORED" in _codes(reading)


@pytest.mark.parametrize("report", ["tiktok/overview", "x/content", "youtube/chart", "linkedin/page-visitors"])
@given(cut=st.integers(1, 6))
@settings(max_examples=3, derandomize=True, deadline=None)
def test_halves_add_up_to_the_whole(report: str, cut: int) -> None:
    """A table split between two files says in both together what it said in one."""
    head, *body = _tables()[report]
    halves = [_facts(_read(csv_bytes([head, *part]))) for part in (body[:cut], body[cut:]) if part]
    joined = tuple(sorted(chain.from_iterable(half[kind] for half in halves)) for kind in (0, 1))
    assert joined == _facts(_read(csv_bytes([head, *body])))


def test_numbers_that_a_spreadsheet_turned_into_dates_are_blank() -> None:
    """A count that became a day and month is null and said; the others stay."""
    cells: Cells = [["Date", "Views", "Watch time (hours)", "Subscribers"]]
    cells += [["2026-02-02", "10", "07.дек", "1"], ["2026-02-03", "12", "1.25", "2"]]
    reading = _read(csv_bytes(cells))
    assert "DATE_IN_NUMBER" in _codes(reading)
    assert (_sum(reading, "views"), _sum(reading, "watch_time")) == (22, 4_500)


def test_every_report_of_these_platforms_has_two_files() -> None:
    """Each description has two generated files at least: shapes or languages."""
    made = [expected.report for _, _, expected in creators.samples()]
    pages = [
        report.id
        for report in load_reports()
        if report.platform in ("tiktok", "youtube", "x", "linkedin") and report.kind != "delivery"
    ]
    inside = {"linkedin/page-posts"}  # the second sheet of the page's workbooks
    assert {report for report in pages if made.count(report) < 2} == inside


def _value(cell: object) -> Value:
    return cell if isinstance(cell, (str, int, float)) else None


@given(
    st.lists(
        st.lists(
            st.one_of(st.text(max_size=6), st.sampled_from(["February 30", "NAN", "<5", "1.2K", "500 a"])), max_size=9
        ),
        max_size=5,
    ),
    st.sampled_from(["tiktok/overview", "tiktok/content", "x/content", "youtube/table"]),
)
@settings(max_examples=40, derandomize=True, deadline=None)
def test_hostile_rows_end_in_a_reading(rows: list[list[str]], report: str) -> None:
    """Whatever stands below a known header, there is a reading, and no metric is a guess at text."""
    head = _tables()[report][0]
    reading = _read(csv_bytes([head, *([_value(cell) for cell in row] for row in rows)]))
    assert reading.kind in ("metrics", "posts", "empty", "unknown")
    assert "READ_FAILED" not in _codes(reading)
    assert reading.metrics["value"].notna().all()
