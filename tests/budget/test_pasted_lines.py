"""Lines pasted from a spreadsheet: read in either language, each row answered for, nothing taken unsaid."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.money import micros
from budget.pasted_lines import MOST_ROWS, PastedLines, read_lines, with_pasted
from budget.present.line_names import names_of
from budget.present.numbers import numbers_for
from tests.budget.builders import usual_plan

TODAY = date(2026, 9, 1)
PLAN = usual_plan()
EN, AZ = (numbers_for(lang, "AZN").writing for lang in ("en", "az"))


def pasted(text: str, lang: str = "en") -> PastedLines:
    """What a paste is understood as."""
    return read_lines(text, names_of(PLAN), numbers_for(lang, "AZN").writing, today=TODAY)


def codes(found: PastedLines) -> list[tuple[str, str]]:
    """Codes and rows of the findings."""
    return [(each.code, each.where) for each in found.findings]


@pytest.mark.parametrize("mark", ["\t", ";"], ids=["tabs", "semicolons"])
def test_a_table_with_an_azerbaijani_header_is_read(mark: str) -> None:
    """Columns in any order, names in either language, money in local form; unknown columns are passed over."""
    rows = [
        ("Taktika", "Platforma", "Büdcə, AZN", "Başlanğıc", "Son gün", "Status", "Rəng", "UTM adı"),
        ("yeni auditoriya", "Facebook", "12.345,67", "05.10.2026", "01.11.2026", "Qəti", "göy", "payiz"),
        ("Axtarış", "GOOGLE", "1,5 min", "2026-10-05", "1 noy 2026", "Optional", "", ""),
    ]
    found = pasted("\n".join(mark.join(row) for row in rows), "az")
    assert found.findings == ()
    plan = with_pasted(PLAN, found, AZ, TODAY).plan
    assert plan.lines[:3] == PLAN.lines
    first, second = plan.lines[3:]
    assert (first.platform, first.tactic, first.budget_micros) == ("meta", "prospecting", micros("12345.67"))
    assert (first.start_date, first.end_date) == (date(2026, 10, 5), date(2026, 11, 2))
    assert (first.commitment, first.utm_campaign) == ("committed", "payiz")
    assert (second.platform, second.tactic, second.commitment) == ("google", "search", "optional")
    assert (second.budget_micros, second.flight) == (micros(1500), first.flight)
    assert {x.line_key for x in plan.lines} == {w.line_key for w in plan.weeks}


def test_without_a_header_the_columns_are_those_of_the_editor() -> None:
    """Platform, tactic, start, last day, budget, status, objective, owner, and so on; quoted cells hold lines."""
    text = 'TikTok\tvideo\t5 Oct 2026\t11 Oct 2026\t1,000.50\tForecast\tSales\tLeyla\t\t5000\tut\t"a\nb"\n\n'
    found = pasted(text)
    assert found.findings == ()
    (line,) = with_pasted(PLAN, found, EN, TODAY).plan.lines[3:]
    assert (line.budget_micros, line.commitment, line.objective_key, line.owner, line.note) == (
        micros("1000.5"), "forecast", "sales", "Leyla", "a\nb",
    )  # fmt: skip


def test_one_cell_may_name_the_channel() -> None:
    """`Meta · prospecting`, as the charts name it, is platform and tactic."""
    found = pasted("Channel\tBudget\nMeta · prospecting\t5\nTikTok - awareness\t6")
    assert [(row["platform"], row["tactic"]) for row in found.rows] == [
        ("meta", "prospecting"), ("tiktok", "awareness"),
    ]  # fmt: skip


def test_every_row_answers_for_itself() -> None:
    """Rows without a known channel are left out; cells that cannot be read are left empty; all is said by row."""
    text = (
        "Platform\tTactic\tBudget\tStatus\tStart\n"
        "Myspace\tprospecting\t5\t\t\n"
        "Meta\tprospecting\ta lot\tmaybe\tsoon\n"
        "Meta\t\t5\t\t\n"
        "Meta\tleads\t5 USD\t\t\n"
        "Meta\tvideo\t1.234\t\t\n"
    )
    found = pasted(text)
    assert sorted(codes(found), key=lambda each: each[1]) == [
        ("PASTED_ROW_OUT", "2"),
        ("PASTED_CELL_EMPTY", "3"), ("PASTED_CELL_EMPTY", "3"), ("PASTED_CELL_EMPTY", "3"),
        ("PASTED_ROW_OUT", "4"), ("PASTED_CELL_EMPTY", "5"), ("NUMBER_READ_AS", "6"),
    ]  # fmt: skip
    assert [x.budget_micros for x in with_pasted(PLAN, found, EN, TODAY).plan.lines[3:]] == [0, 0, micros("1.23")]


def test_a_day_that_could_be_a_month_is_read_first_and_said() -> None:
    """5/10/2026 alone could be May or October: the day comes first, and the paste says so."""
    found = pasted("Meta\tvideo\t5/10/2026\t6/11/2026\t5")
    assert {row["start"] for row in found.rows} == {"2026-10-05"}
    assert ("PASTED_DAY_FIRST", "") in codes(found)


@pytest.mark.parametrize(
    ("text", "code"),
    [("Platform\tTactic\tBudget", "PASTED_NOTHING"), ("Meta\tvideo\n" * (MOST_ROWS + 1), "PASTED_TOO_LONG")],
    ids=["header", "long"],
)
def test_nothing_and_too_much_are_said(text: str, code: str) -> None:
    """A header alone, and more rows than anybody plans."""
    found = pasted(text)
    assert (found.rows, codes(found)) == ((), [(code, "")])


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet=st.sampled_from('Meta\tvideo\n;,"·05.12/ 2026AZN'), max_size=120))
def test_any_paste_is_rows_or_findings(text: str) -> None:
    """Hostile text neither raises nor vanishes; what is added leaves the plan's own lines alone."""
    found = pasted(text)
    assert found.rows or found.findings
    plan = with_pasted(PLAN, found, EN, TODAY).plan
    assert plan.lines[:3] == PLAN.lines
    assert len(plan.lines) == 3 + len(found.rows)
