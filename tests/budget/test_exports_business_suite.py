"""What Meta Business Suite's files do that others do not: titles, surfaces, blocks across, posts by day."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.errors import InvalidValue
from budget.exports import Reading, read_export
from budget.exports.formats import load_reports, report_of
from budget.weeks import Period
from tests.exports.business_suite import (
    AGES,
    CONTENT,
    FOLLOWERS,
    INSTAGRAM,
    MEN,
    WEEK,
    WOMEN,
    audience_rows,
    content_rows,
    insight_rows,
    place_rows,
    series,
    suite_bytes,
)
from tests.exports.writers import Value, csv_bytes, xlsx_bytes

TODAY = date(2026, 9, 1)
Rows = Sequence[Sequence[Value]]


def _read(data: bytes, name: str = "file.csv", **answers: str) -> Reading:
    return read_export(name, data, answers, today=TODAY)


def _suite(rows: Rows) -> Reading:
    return _read(suite_bytes(rows))


def _found(reading: Reading, code: str) -> list[str]:
    return [finding.where for finding in reading.findings if finding.code == code]


def _values(reading: Reading) -> dict[tuple[str | None, str, str | None, str | None], float]:
    """(surface, metric, segment, day) -> value."""
    rows: list[dict[str, Any]] = [dict(row) for _, row in reading.metrics.iterrows()]
    return {
        (
            _text(row["surface"]), str(row["metric"]), _text(row["segment"]),
            None if pd.isna(row["date_day"]) else str(row["date_day"].date()),
        ): float(row["value"])
        for row in rows
    }  # fmt: skip


def _text(cell: Any) -> str | None:
    return None if pd.isna(cell) else str(cell)


def _one(title: str, *cells: tuple[str, str], head: str = "Primary") -> list[list[Value]]:
    body: list[list[Value]] = [[day, value] for day, value in cells]
    return [[title], ["Date", head], *body, []]


def test_the_title_is_the_metric() -> None:
    """`Facebook Page visits` over a column called `Facebook Page likes` are visits."""
    reading = _suite(_one("Facebook Page visits", ("2026-02-02T00:00:00", "5"), head="Facebook Page likes"))
    assert _values(reading) == {("facebook", "visits", None, "2026-02-02"): 5}


def test_a_column_may_only_be_called_primary_or_stand_under_a_title_of_ours() -> None:
    """Days and some metric under a title nobody knows are no Business Suite file."""
    reading = _suite(_one("My own table", ("2026-02-02", "5"), ("2026-02-03", "6"), head="Xərc"))
    assert reading.report is None


@pytest.mark.parametrize(
    ("titles", "surfaces"),
    [
        (["Reach"], [None]),
        (["Reach", "Instagram reach"], ["facebook", "instagram"]),
        (["Instagram reach", "Reach"], ["instagram", "facebook"]),
        (["Reach", "Facebook reach"], [None, "facebook"]),
        (["Follows", "New Instagram followers"], ["facebook", "instagram"]),
        (["Follows", "Instagram reach"], [None, "instagram"]),
    ],
)
def test_surface_of_an_unprefixed_title(titles: list[str], surfaces: list[str | None]) -> None:
    """Beside Instagram's title of the same metric it is Facebook; beside anything else and alone it is unknown."""
    reading = _suite([row for title in titles for row in _one(title, ("2026-02-02T00:00:00", "5"))])
    assert [surface for surface, *_ in _values(reading)] == surfaces
    assert _found(reading, "SURFACE_UNKNOWN") == [title for title, own in zip(titles, surfaces, strict=True) if not own]


def test_days_that_are_missing_are_not_zero() -> None:
    """A day without a row and a day without a number have no value; a zero is one."""
    reading = _suite(_one("Reach", ("2026-02-02T00:00:00", "0"), ("2026-02-03T00:00:00", ""), ("2026-02-05", "3")))
    assert [(day, value) for (_, _, _, day), value in _values(reading).items()] == [
        ("2026-02-02", 0), ("2026-02-05", 3),
    ]  # fmt: skip
    assert reading.period == Period(date(2026, 2, 2), date(2026, 2, 6))


@pytest.mark.parametrize("clock", ["T00:00:00", "T01:00:00", "T23:00:00", " 00:00", ""])
def test_a_day_with_a_clock_is_that_day(clock: str) -> None:
    """After a change of the clocks the day begins at another hour; the date as written holds."""
    assert [day for *_, day in _values(_suite(_one("Reach", (f"2026-03-29{clock}", "3"))))] == ["2026-03-29"]


def test_unknown_titles_are_named() -> None:
    """Titles that nobody knows are said once in one finding; what is known is taken all the same."""
    rows = [row for title in ("Magic", "Reach", "Karma") for row in _one(title, ("2026-02-02T00:00:00", "5"))]
    reading = _suite(rows)
    assert [dict(one.facts) for one in reading.findings if one.code == "COLUMNS_IGNORED"] == [
        {"headers": "Magic, Karma"}
    ]
    assert list(reading.metrics["metric"]) == ["reach"]
    alone = _suite(rows[:4])
    assert (alone.kind, alone.platform, len(alone.metrics)) == ("unknown", "meta", 0)
    assert _found(alone, "EMPTY_EXPORT") == []


def test_a_metric_without_days_is_empty() -> None:
    """A known title with its header and no rows says that nothing was there."""
    assert _suite(_one("Reach")).kind == "empty"


def test_the_same_days_twice_count_once() -> None:
    """Two titles of one metric and surface: days that both give are taken from the first; others are joined."""
    first, again = ("2026-02-02T00:00:00", "5"), ("2026-02-03T00:00:00", "6")
    same = _suite([*_one("Facebook visits", first), *_one("Facebook Page visits", first, again)])
    assert list(same.metrics["value"]) == [5, 6]
    assert [(one.severity, one.where) for one in same.findings] == [("info", "Facebook Page visits")]
    other = _suite([*_one("Facebook visits", first), *_one("Facebook Page visits", (first[0], "9"))])
    assert list(other.metrics["value"]) == [5]
    assert [(one.code, one.severity) for one in other.findings] == [("DUPLICATE_HEADER", "warn")]


def test_all_blocks_of_a_file_show_the_order_of_its_dates() -> None:
    """A block with one ambiguous day is read as the others of the same file prove; nothing is asked."""
    rows = [
        *_one("Reach", ("03/02/2026 00:00", "1")),
        *_one("Follows", ("12/02/2026 00:00", "1"), ("13/02/2026 00:00", "2")),
    ]
    reading = _suite(rows)
    assert [day for *_, day in _values(reading)] == ["2026-02-03", "2026-02-12", "2026-02-13"]
    assert reading.questions == ()
    alone = _suite(rows[:4])
    assert [question.key for question in alone.questions] == ["day_order"]
    answered = _read(suite_bytes(rows[:4]), day_order="mdy")
    assert [day for *_, day in _values(answered)] == ["2026-03-02"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_how_a_table_is_written_changes_nothing(delimiter: str, encoding: str) -> None:
    """Delimiter, encoding, quotes and line ends of insights and audience do not show in the facts."""
    for rows in (insight_rows(series("law", ("Reach", "Instagram reach", "Magic"))), audience_rows()):
        plain = _values(_suite(rows))
        assert plain
        for quoted, ends in ((True, "\r\n"), (False, "\n")):
            data = csv_bytes(rows, delimiter=delimiter, encoding=encoding, ends=ends, quote_all=quoted)
            assert _values(_read(data)) == plain


def test_a_separator_line_that_became_a_cell() -> None:
    """A program that took `sep=,` for a cell wrote its own mark behind it, which holds."""
    rows = insight_rows(series("cell", ("Reach",)))
    data = b"sep=,;\r\n" + csv_bytes([[*row, ""] for row in rows], delimiter=";", encoding="utf-8", ends="\r\n")
    assert _values(_read(data)) == _values(_suite(rows))


def test_more_columns_change_nothing() -> None:
    """A column beside the values is not used and named; the values stay."""
    rows = insight_rows(series("more", ("Facebook reach",)))
    wide = [[*row, "x" if number == 1 else "9"] if len(row) == 2 else row for number, row in enumerate(rows)]
    reading = _suite(wide)
    assert _values(reading) == _values(_suite(rows))
    assert [one.facts["headers"] for one in reading.findings] == ["Facebook reach: x"]


def test_halves_add_up_to_the_whole() -> None:
    """Two files of half the days say together what one file says."""
    blocks = series("halves", ("Facebook reach", "Instagram reach"))
    halves = [{title: days[part] for title, days in blocks.items()} for part in (slice(3), slice(3, None))]
    first, second = (_values(_suite(insight_rows(half))) for half in halves)
    assert first | second == _values(_suite(insight_rows(blocks)))
    assert not first.keys() & second.keys()


@settings(max_examples=40, derandomize=True, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["Reach", "Instagram reach", "Facebook visits", "Follows", "Views"]),
        st.dictionaries(st.sampled_from(WEEK), st.integers(0, 10**9), min_size=1), min_size=1,
    )
)  # fmt: skip
def test_every_number_is_kept(blocks: dict[str, dict[date, int]]) -> None:
    """Whatever days and numbers stand under the titles come out once each, in order."""
    reading = _suite(insight_rows({title: sorted(days.items()) for title, days in blocks.items()}))
    expected = [(str(day), value) for days in blocks.values() for day, value in sorted(days.items())]
    assert [(str(day.date()), int(value)) for day, value in zip(
        reading.metrics["date_day"], reading.metrics["value"], strict=True
    )] == expected  # fmt: skip


def test_profile_by_age_and_gender() -> None:
    """Each share stands under its age and gender, 0 to 1; followers are a number."""
    values = {(metric, segment): value for (_, metric, segment, _), value in _values(_suite(audience_rows())).items()}
    assert values["followers", None] == FOLLOWERS
    for age, women, men in zip(AGES, WOMEN, MEN, strict=True):
        assert values["audience_share", f"age={age}|gender=women"] == pytest.approx(women / 1000, rel=1e-12)
        assert values["audience_share", f"age={age}|gender=men"] == pytest.approx(men / 1000, rel=1e-12)
    assert values["audience_share", "city=Ganja, Azerbaijan"] == pytest.approx(0.081)


def test_a_row_like_a_header_of_a_block_is_no_block() -> None:
    """Words of a profile in one row, without its title above, are a table that nobody knows."""
    reading = _read(csv_bytes([["Age & gender", "Women", "Men"], ["18-24", "5%", "3%"], ["65+", "6%", "4%"]]))
    assert [question.key for question in reading.questions] == ["mapping"]


def test_genders_may_stand_down_and_ages_across() -> None:
    """The block says the same the other way round."""
    across: list[list[Value]] = [["Age & gender"], ["", "18-24", "65+"], ["Men", "3%", "4%"], ["Women", "5%", "6%"]]
    down: list[list[Value]] = [["Age & gender"], ["Age", "Women", "Men"], ["18-24", "5%", "3%"], ["65+", "6%", "4%"]]
    assert _values(_suite(across)) == _values(_suite(down))


@pytest.mark.parametrize(
    ("cells", "share"), [(["90.1", "9"], 0.901), (["0.901", "0.09"], 0.901), (["90.1%", "9"], 0.901)]
)
def test_shares_with_and_without_a_sign(cells: list[str], share: float) -> None:
    """A percent sign anywhere, or a sum above one, makes percents of all; else they are parts of one already."""
    reading = _suite([["Top countries"], ["Azerbaijan", "Georgia"], [*cells]])
    assert list(reading.metrics["value"]) == pytest.approx([share, 0.09])


def test_a_percent_that_a_workbook_formats_is_a_part_of_one() -> None:
    """Beside texts with a sign, a number of a workbook is the part that its format shows as percent."""
    data = xlsx_bytes({"Audience": [["Top countries"], ["Azerbaijan", "Georgia"], ["90.1%", 0.09]]})
    assert list(_read(data, "file.xlsx").metrics["value"]) == pytest.approx([0.901, 0.09])


def test_blocks_without_blank_rows_between_them() -> None:
    """A title begins its block also where the blank rows are gone, known or not."""
    rows = [row for title in ("Reach", "Magic", "Follows") for row in _one(title, ("2026-02-02T00:00:00", "5"))]
    reading = _suite([row for row in rows if row])
    assert list(reading.metrics["metric"]) == ["reach", "follows"]
    assert [one.facts["headers"] for one in reading.findings if one.code == "COLUMNS_IGNORED"] == ["Magic"]
    assert _found(reading, "DATE_UNREADABLE") == []


def test_two_pages_of_followers_give_their_profiles_their_surface() -> None:
    """A profile is that of the followers above it; where it cannot be told the surface is unknown."""
    profile: list[list[Value]] = [["Top countries"], ["Azerbaijan"], ["90%"], []]
    facebook: list[list[Value]] = [["Facebook followers"], ["10"], []]
    instagram: list[list[Value]] = [["Instagram followers"], ["20"], []]
    told = _suite([*facebook, *profile, *instagram, *profile])
    assert list(told.metrics["surface"]) == ["facebook", "facebook", "instagram", "instagram"]
    assert told.findings == ()
    open_one = _suite([*facebook, *instagram, *profile])
    assert [surface for surface, *_ in _values(open_one)] == ["facebook", "instagram", None]
    assert _found(open_one, "SURFACE_UNKNOWN") == ["Top countries"]


def test_a_profile_is_a_state_of_its_day() -> None:
    """Without dates it has no day and nothing is asked; a name with two dates gives the last of them."""
    rows = audience_rows()
    assert set(_suite(rows).metrics["grain"]) == {"lifetime"}
    assert _suite(rows).questions == ()
    named = _read(suite_bytes(rows), "Audience 2026-02-02 2026-02-08.csv")
    assert {day for *_, day in _values(named)} == {"2026-02-08"}


def test_damaged_shares_are_blank() -> None:
    """A number that became a date, a decimal comma that became a cell: no value, and a finding each."""
    reading = _read(
        csv_bytes([["Top cities"], ["Baku", " Azerbaijan", "45%"], ["Ganja", "07.дек"], ["Quba", "3", "2%"]])
    )
    assert _values(reading) == {(None, "audience_share", "city=Baku, Azerbaijan", None): 0.45}
    assert {"DATE_IN_NUMBER", "NUMBER_UNREADABLE"} <= {one.code for one in reading.findings}


def test_labels_that_cannot_be_told_apart_have_no_values() -> None:
    """More cells of places than of shares, all split at commas: nothing is given to a wrong place."""
    rows: Rows = [["Top cities"], ["Baku", "Azerbaijan", "Ganja", "Azerbaijan"], ["45%", "3%"]]
    reading = _read(csv_bytes(rows))
    assert len(reading.metrics) == 0
    assert "NUMBER_UNREADABLE" in {one.code for one in reading.findings}
    mended = _read(csv_bytes([rows[0], ["Baku", " Azerbaijan", "Ganja", " Azerbaijan"], rows[2]]))
    assert [segment for _, _, segment, _ in _values(mended)] == ["city=Baku, Azerbaijan", "city=Ganja, Azerbaijan"]


def test_places_split_at_their_commas_are_whole_again() -> None:
    """One row a place reads the same with the place in one cell and in several."""
    assert _values(_read(csv_bytes(place_rows(split=True)))) == _values(_read(csv_bytes(place_rows(split=False))))


@pytest.mark.parametrize("generation", CONTENT)
def test_captions_of_several_lines_are_one_title(generation: str) -> None:
    """A caption keeps its lines, loses its e-mail address; the line of a post is where its record begins."""
    rows, _ = content_rows(generation)
    reading = _read(csv_bytes(rows))
    assert set(reading.posts["title"]) == {'Novruz endirimi,\n"ev tekstili" bizdə\n…'}
    # Facebook's caption stands in two columns, so that a record has twice as many lines.
    lines = 5 if generation.startswith("facebook") else 3
    assert list(reading.posts["source_row"]) == [2 + lines * number for number in range(5)]
    assert [str(day.date()) for day in reading.posts["published_on"]] == [str(day) for day in WEEK[:5]]


def test_a_post_without_id_takes_that_of_its_comment() -> None:
    """The comment names the content that stands for it; a comment without one gives none."""
    rows, _ = content_rows("instagram-2025")
    assert list(_read(csv_bytes(rows)).posts["post_id"]) == [f"1790000000000{number:04d}" for number in range(5)]
    comment = INSTAGRAM.split(",").index("Data comment")
    rows[2][comment] = "Only some of the data is there"
    assert _read(csv_bytes(rows)).posts["post_id"].isna().tolist() == [False, True, False, False, False]


def test_types_of_posts() -> None:
    """Each platform's word for a type is ours; a word that nobody knows is no type."""
    rows, _ = content_rows("instagram-2025")
    place = INSTAGRAM.split(",").index("Post type")
    for row, kind in zip(rows[1:], ("IG image", "IG reel", "IG carousel", "IG story", "IG hologram"), strict=True):
        row[place] = kind
    assert list(_read(csv_bytes(rows)).posts["post_type"].fillna("")) == ["image", "reel", "carousel", "story", ""]


def test_an_export_by_day_is_one_row_a_post() -> None:
    """Days of a post add up, but for the persons reached; `Lifetime` stays as it is."""
    rows, sums = content_rows("instagram-2025")
    day = INSTAGRAM.split(",").index("Date")
    daily = [rows[0], *([*row[:day], f"02/1{part}/2026", *row[day + 1 :]] for part in (1, 2) for row in rows[1:])]
    reading = _read(csv_bytes(daily))
    assert (len(reading.posts), set(reading.posts["grain"])) == (5, {"period"})
    assert int(reading.posts["likes"].sum()) == 2 * sums["likes"]
    assert reading.posts["reach"].isna().all()
    assert set(_read(csv_bytes(rows)).posts["grain"]) == {"lifetime"}


def test_ids_that_a_spreadsheet_rounded_are_blank() -> None:
    """`1.79E+16` is no id; the post keeps its address and numbers."""
    rows, sums = content_rows("instagram-2025")
    rows[1][0] = "1,79E+16"
    reading = _read(csv_bytes(rows, delimiter=";"))
    assert _found(reading, "ID_LOST_PRECISION") == ["Post ID"]
    assert int(reading.posts["likes"].sum()) == sums["likes"]


def test_columns_of_posts_in_any_order() -> None:
    """The order of the columns says nothing."""
    rows, _ = content_rows("facebook-2025")
    turned = [row[::-1] for row in rows]
    assert _read(csv_bytes(rows)).posts.equals(_read(csv_bytes(turned)).posts)


def test_titles_are_checked_when_they_are_loaded() -> None:
    """A title of an unknown metric, language, segment or function is refused with what was expected."""
    spec = {"id": "meta/x", "kind": "metrics", "needs": [["day"]], "column": {}}
    for wrong in (
        {"title_metric": {"Reach": ["magic"]}}, {"title_metric": {"Reach": ["reach", "", "xx"]}},
        {"title_segment": {"Reach": "planet"}}, {"function": "magic"},
    ):  # fmt: skip
        with pytest.raises(InvalidValue, match="expected one of"):
            report_of("meta", {**spec, **wrong})
    titles = {title for report in load_reports() for title in report.title_metric}
    assert {"facebook reach", "new instagram followers", "top towns/cities"} <= titles
