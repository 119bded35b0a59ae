"""Laws of reading: how a table is written down changes nothing but the physical row."""

import random
from collections.abc import Callable, Sequence
from datetime import date

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from budget.exports import Reading, read_export
from budget.exports.formats import load_reports
from tests.exports.make_exports import google_rows, meta_rows, tiktok_rows
from tests.exports.tables import week
from tests.exports.writers import Value, csv_bytes, xlsx_bytes

TODAY = date(2026, 9, 1)
Rows = list[list[Value]]
META = meta_rows("en", week("laws", names=("Весна", "Yaz & qış")), numbers=False)
HEAD = 1


def _read(data: bytes, name: str = "law.csv") -> Reading:
    return read_export(name, data, today=TODAY)


def _same(one: Reading, other: Reading, *, order: bool = True) -> None:
    frames = []
    for reading in (one, other):
        assert len(reading.frame)
        frame = reading.frame.drop(columns=["source_row", "source_sheet"])
        keys = ["date_day", "campaign_name", "ad_group_name", "ad_name"]
        frames.append(frame if order else frame.sort_values(keys, ignore_index=True))
    assert_frame_equal(frames[0], frames[1])


def _with_comma(rows: Sequence[Sequence[Value]]) -> Rows:
    return [
        [row[0], *row[1:6], str(row[6]).replace(".", ","), *row[7:]] if n else list(row) for n, row in enumerate(rows)
    ]


def _german_dates(rows: Sequence[Sequence[Value]]) -> Rows:
    def turned(cell: Value) -> Value:
        return f"{date.fromisoformat(str(cell)):%d.%m.%Y}" if cell else cell

    return [[*map(turned, row[:3]), *row[3:]] if n else list(row) for n, row in enumerate(rows)]


def _shuffled(rows: Sequence[Sequence[Value]]) -> Rows:
    body = [list(row) for row in rows[HEAD:]]
    random.Random(5).shuffle(body)  # noqa: S311  an order, not a secret
    return [list(rows[0]), *body]


@pytest.mark.parametrize(
    "write",
    [
        lambda rows: csv_bytes(rows, quote_all=True),
        lambda rows: csv_bytes(rows, ends="\r\n"),
        lambda rows: csv_bytes(rows, ends="\r"),
        lambda rows: csv_bytes(rows, encoding="utf-8"),
        lambda rows: csv_bytes(rows, delimiter=";"),
        lambda rows: csv_bytes(rows, delimiter="\t", encoding="utf-16"),
        lambda rows: csv_bytes(rows, delimiter="|"),
        lambda rows: csv_bytes([[*row, None, None] for row in rows]),
        lambda rows: csv_bytes(_with_comma(rows), delimiter=";"),
        lambda rows: csv_bytes(_german_dates(_with_comma(rows)), delimiter=";", ends="\r\n"),
        lambda rows: csv_bytes([["My report"], [], *rows]),
        lambda rows: csv_bytes([[*row, "note" if not n else "x"] for n, row in enumerate(rows)]),
        lambda rows: csv_bytes([list(row) for row in rows for row in ([*row], [])]),
    ],
    ids=[
        "all-quoted", "crlf", "cr", "no-mark", "semicolon", "utf16-tab", "bar", "empty-columns", "comma-decimals",
        "german", "title-above", "unknown-column", "blank-rows",
    ],
)  # fmt: skip
def test_writing_changes_nothing(write: Callable[[Rows], bytes]) -> None:
    """Quoting, line ends, delimiter, encoding, locale, empty or unknown columns and titles leave the frame equal."""
    _same(_read(csv_bytes(META)), _read(write(META)))


def test_code_pages_change_nothing() -> None:
    """The same table in a Cyrillic, Turkish, western or central code page gives the same frame."""
    tables = {
        "cp1251": ("Весна, скидки", "Лето"), "cp1254": ("Yaz İndirimi ığşç", "Çok güzel"),
        "cp1252": ("Frühling für Größe", "Été à la plage"), "cp1250": ("Wiosna źdźbło łąk", "Środa święta"),
    }  # fmt: skip
    headers = {"cp1251": "ru", "cp1254": "tr", "cp1252": "fr", "cp1250": "pl"}
    for page, names in tables.items():
        rows = meta_rows(headers[page], week(page, names=names), numbers=False)
        rows = [[str(cell).replace("\u00a0", " ").replace("görüş", "x") for cell in row] for row in rows]
        page_reading = _read(csv_bytes(rows, delimiter=";", encoding=page))
        assert page_reading.encoding in (page, "cp1254"), "cp1254 is cp1252 but for six Turkish letters"
        _same(_read(csv_bytes(rows)), page_reading)


def test_row_order_changes_nothing() -> None:
    """Rows in another order give the same rows and the same total."""
    one, other = _read(csv_bytes(META)), _read(csv_bytes(_shuffled(META)))
    _same(one, other, order=False)
    assert one.totals[0].values == other.totals[0].values


def test_workbook_equals_text() -> None:
    """A workbook of numbers, read in the child, and a text, read here, give the same frame."""
    rows = week("laws", names=("Весна", "Yaz & qış"))
    book = xlsx_bytes({"Worksheet": meta_rows("en", rows, numbers=True)})
    _same(_read(csv_bytes(META)), _read(book, "law.xlsx"))


def test_large_text_read_in_the_child_equals_small() -> None:
    """A text too large for this process is read in the child, with the same rows as its halves read here."""
    rows = week("large", ads=800, days=2)
    cells = meta_rows("en", rows, numbers=False)
    data = csv_bytes(cells)
    assert len(data) > 256 << 10
    whole = _read(data)
    halves = [_read(csv_bytes([cells[0], *cells[part]])) for part in (slice(2, 801), slice(801, None))]
    assert len(whole.frame) == 1_600
    for role in ("spend_micros", "impressions", "clicks"):
        assert whole.frame[role].sum() == sum(half.frame[role].sum() for half in halves)
    both = pd.concat([half.frame for half in halves], ignore_index=True)
    assert_frame_equal(
        whole.frame.drop(columns="source_row").reset_index(drop=True), both.drop(columns="source_row")
    )  # fmt: skip


@pytest.mark.parametrize("place", [1, 5, 21])
def test_meta_total_anywhere(place: int) -> None:
    """The account's total first, in between or last: the same frame and the same declared total."""
    body = [row for number, row in enumerate(META) if number != 1]
    moved = [*body[:place], META[1], *body[place:]]
    _same(_read(csv_bytes(META)), _read(csv_bytes(moved)))
    assert _read(csv_bytes(moved)).totals[0].values == _read(csv_bytes(META)).totals[0].values
    without = _read(csv_bytes(body))
    _same(_read(csv_bytes(META)), without)
    assert without.totals == ()


def test_google_and_tiktok_totals_are_not_rows() -> None:
    """Total rows of Google and TikTok, present or not, leave the frame equal."""
    google = google_rows("en", week("google law"))
    _same(_read(csv_bytes(google)), _read(csv_bytes(google[:-3])))
    tiktok = tiktok_rows("en", week("tiktok law"))
    _same(_read(csv_bytes(tiktok)), _read(csv_bytes(tiktok[:-1])))


def test_reading_is_deterministic() -> None:
    """The same bytes give the same facts, findings and signature."""
    one, other = _read(csv_bytes(META)), _read(csv_bytes(META))
    for key in ("findings", "questions", "totals", "columns", "signature", "digest", "period"):
        assert getattr(one, key) == getattr(other, key)


def test_signature_is_of_the_headers_alone() -> None:
    """Other rows have the same signature; another column has another."""
    other_rows = csv_bytes(meta_rows("en", week("other"), numbers=False))
    assert _read(csv_bytes(META)).signature == _read(other_rows).signature
    more = csv_bytes([[*row, "x"] for row in META])
    assert _read(csv_bytes(META)).signature != _read(more).signature


def test_shared_headers_keep_their_signature_whatever_the_answer() -> None:
    """A table that several platforms share is found again by the answer that settled it."""
    shared = b"Date,Views\n2026-02-02,20\n2026-02-03,25\n"
    asked = read_export("views.csv", shared, today=date(2026, 9, 1))
    (question,) = asked.questions
    for platform in question.options:
        answered = read_export("views.csv", shared, {"platform": platform}, today=date(2026, 9, 1))
        assert answered.platform == platform
        assert answered.signature == asked.signature


def test_no_alias_has_two_roles() -> None:
    """Within a report and language each header has one role, and every report asks for roles that it knows."""
    for report in load_reports():
        assert report.aliases
        known = {alias.role for language in report.aliases.values() for alias in language.values()}
        for group in report.needs:
            assert group & known, report.id
