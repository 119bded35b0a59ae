"""Tables that the product writes: templates are read back as filled in, cells are never formulas, names are safe."""

import csv
import io
import string
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.editing import PLATFORMS
from budget.exports import read_export
from budget.present.words import LANGUAGES, words_for
from budget.reports.csv_file import amount, csv_bytes, file_name
from budget.reports.template import template

TODAY = date(2026, 11, 22)
ROWS = ("2026-10-19,Çay,1000,20,1,45.50,12.34,", '2026-10-20,Çay,2000,30,2,,"1000.5",')
BY_EXCEL = ("19.10.2026;Çay;1000;20;1;45,50;12,34;", "20.10.2026;Çay;2000;30;2;;1000,5;")


@pytest.mark.parametrize("lang", list(LANGUAGES))
@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize(("rows", "comma"), [(ROWS, ","), (BY_EXCEL, ";")], ids=["plain", "excel"])
def test_a_filled_template_is_read_without_a_question(
    lang: str, platform: str, rows: tuple[str, ...], comma: str
) -> None:
    """Typed in plainly or saved by a spreadsheet with commas: every figure arrives, under the platform's name."""
    made = template(platform, "AZN", words_for(lang))
    header = next(csv.reader(io.StringIO(made.data.decode("utf-8-sig"))))
    text = io.StringIO()
    csv.writer(text, delimiter=comma).writerow(header)
    data = (text.getvalue() + "\r\n".join(rows) + "\r\n").encode("utf-8-sig")
    found = read_export("table.csv", data, {"mapping": made.mapping}, today=TODAY)
    assert (found.questions, found.platform, found.currency) == ((), platform, "AZN")
    assert found.signature == made.signature
    frame = found.frame
    assert [day.isoformat()[:10] for day in frame["date_day"]] == ["2026-10-19", "2026-10-20"]
    assert list(frame["campaign_name"]) == ["Çay", "Çay"]
    assert [int(frame[name].sum()) for name in ("impressions", "clicks", "conversions_micros")] == [3000, 50, 3_000_000]
    assert (int(frame["spend_micros"].sum()), int(frame["value_micros"].sum())) == (1_012_840_000, 45_500_000)


def test_templates_of_two_platforms_keep_their_own_mapping() -> None:
    """No two platforms' tables look alike to the reader."""
    assert len({template(platform, "AZN", words_for("en")).signature for platform in PLATFORMS}) == len(PLATFORMS)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(max_size=30))
def test_a_text_cell_is_no_formula_and_reads_back(text: str) -> None:
    """Any text comes back as it was, behind an apostrophe where a spreadsheet would run it; the table keeps shape."""
    data = csv_bytes(["a", "b"], [(text, -5)])
    assert data.startswith(b"\xef\xbb\xbf")
    header, row = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert header == ["a", "b"]
    assert row[1] == "-5"
    assert not row[0].startswith(tuple("=+-@\t\r\n＝＋－＠"))
    wanted = text.replace("\0", "").encode("utf-8", "replace").decode()
    assert row[0].removeprefix("'") == wanted.removeprefix("'")


@pytest.mark.parametrize(
    ("micros", "written"),
    [(None, ""), (0, "0.00"), (12_340_000, "12.34"), (-1, "-0.000001"), (1_000_000_000_000_001, "1000000000.000001")],
)
def test_amounts_are_exact(micros: int | None, written: str) -> None:
    """Micros are written to the last digit, and read back as the same number."""
    data = csv_bytes(["x", "y"], [(amount(micros), "")]).decode("utf-8-sig").splitlines()[1]
    assert data.split(",")[0] == written
    assert micros is None or Decimal(written) * 1_000_000 == micros


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(max_size=300), st.text(max_size=300))
def test_a_file_name_is_ours(first: str, second: str) -> None:
    """Whatever the parts are, the name holds ASCII letters, digits and hyphens and does not climb."""
    stem, _, ending = file_name(first, second, ending="csv").rpartition(".")
    assert ending == "csv"
    assert 0 < len(stem) <= 80
    assert set(stem) <= set(string.ascii_letters + string.digits + "-")
