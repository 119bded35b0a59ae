"""Archives of tables and open documents are read as the tables inside them."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

from pandas.testing import assert_frame_equal

from budget.exports import Reading, read_export
from tests.exports.archives import HEADER, meta_cells, ods_bytes, zip_bytes
from tests.exports.make_exports import google_rows
from tests.exports.tables import week
from tests.exports.writers import csv_bytes

TODAY = date(2026, 9, 1)
GOOGLE = csv_bytes(google_rows("en", week("archives", names=("A", "B"), ads=2)), encoding="utf-8")


def _read(name: str, data: bytes, **answers: str) -> Reading:
    return read_export(name, data, answers, today=TODAY)


def _codes(reading: Reading) -> list[str]:
    return [finding.code for finding in reading.findings]


def test_an_archive_of_one_table_is_that_table() -> None:
    """The frame, totals, findings and signature are those of the member; only the sheet's name says where it was."""
    alone, packed = _read("a.csv", GOOGLE), _read("a.zip", zip_bytes({"report/a.csv": GOOGLE}))
    assert len(alone.frame) == 14
    assert_frame_equal(alone.frame.drop(columns="source_sheet"), packed.frame.drop(columns="source_sheet"))
    assert set(packed.frame["source_sheet"]) == {"report/a.csv"}
    assert (packed.container, packed.sheets) == ("zip", ("report/a.csv",))
    assert (packed.totals, packed.signature, _codes(packed)) == (alone.totals, alone.signature, _codes(alone))


def test_the_same_table_twice_is_one() -> None:
    """Two members that say the same are one table and no question."""
    text = _read("a.csv", GOOGLE)
    other = csv_bytes(google_rows("en", week("archives", names=("A", "B"), ads=2)), delimiter="\t", encoding="utf-16")
    packed = _read("a.zip", zip_bytes({"a.csv": GOOGLE, "b.csv": other}))
    assert packed.questions == ()
    assert packed.sheets == ("a.csv", "b.csv")
    assert packed.frame["spend_micros"].sum() == text.frame["spend_micros"].sum()


def test_different_tables_are_asked_about() -> None:
    """Of two different tables the longer is proposed; nothing of the other is in the frame; the answer decides."""
    short, long = csv_bytes(meta_cells(week("short", ads=1))), csv_bytes(meta_cells(week("long", ads=4)))
    data = zip_bytes({"short.csv": short, "long.csv": long})
    asked = _read("a.zip", data)
    assert [(one.key, one.options, one.default) for one in asked.questions] == [
        ("sheet", ("short.csv", "long.csv"), "long.csv")
    ]
    assert len(asked.frame) == 28
    answered = _read("a.zip", data, sheet="short.csv")
    assert (len(answered.frame), answered.questions) == (7, ())


def test_a_fault_in_a_member_names_it() -> None:
    """A member that cannot be read stops the file and says which one it was."""
    broken = csv_bytes([list(HEADER)]) + b'2026-02-02,"A,B,1,2,3\n' * 3
    reading = _read("a.zip", zip_bytes({"good.csv": GOOGLE, "broken.csv": broken}))
    assert reading.stopped
    assert [(one.code, one.where) for one in reading.findings] == [("TEXT_TOO_LONG", "broken.csv")]
    assert reading.frame.empty


def test_an_open_document_is_the_same_table() -> None:
    """A sheet saved by LibreOffice gives the frame of the text it was."""
    cells = meta_cells(week("open"))
    document, text = _read("a.ods", ods_bytes("Raw", cells)), _read("a.csv", csv_bytes(cells))
    assert document.container == "ods"
    assert len(document.frame) == 21
    assert_frame_equal(document.frame.drop(columns="source_sheet"), text.frame.drop(columns="source_sheet"))


def test_names_with_other_letters_are_sheets() -> None:
    """A member's name in any script is kept as it is written."""
    data = zip_bytes({"Hesabat – fevral.csv": GOOGLE})
    assert ZipFile(BytesIO(data)).namelist() == ["Hesabat – fevral.csv"]
    assert _read("a.zip", data).sheets == ("Hesabat – fevral.csv",)
