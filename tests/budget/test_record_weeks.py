"""The weeks of the forecast record: one a week, by the last forecast, without what was taken back."""

from budget.present.charts.record import Promise, record
from budget.present.numbers import numbers_for
from budget.present.words import words_for
from budget.record_weeks import JudgedWeek, judged_weeks, right
from tests.budget.builders import START, week
from tests.budget.test_record import row, scores


def test_a_week_is_judged_by_the_last_forecast_before_its_data() -> None:
    """Of two forecasts of a week the later one counts; other metrics and scores taken back do not."""
    gone = row(2, "profit", 100.0) | {"maturity": 0.0}
    rows = [row(0, "profit", 100.0), row(1, "profit", 100.0, middle=50.0), row(1, "profit", 100.0, forecast=2), gone,
            row(0, "clicks", 900.0, forecast=3)]  # fmt: skip
    found = judged_weeks(scores(rows))
    assert found == (
        JudgedWeek(START, 60_000_000, 140_000_000, 100_000_000),
        JudgedWeek(week(1), 60_000_000, 140_000_000, 100_000_000),
    )
    assert right(found) == 2


def test_a_result_outside_its_range_is_missed() -> None:
    """Below the low end or above the high end; the ends themselves are inside."""
    found = judged_weeks(scores([row(n, "profit", x) for n, x in enumerate((59.0, 60.0, 140.0, 141.0))]))
    assert [each.is_inside for each in found] == [False, True, True, False]
    assert right(found) == 2


def test_the_chart_says_missed_in_words() -> None:
    """A dot outside is red and has its word; a dot inside has neither."""
    weeks = [Promise(week(0), 1.0, 3.0, 2.0), Promise(week(1), 1.0, 3.0, 4.0)]
    drawn = record(weeks, numbers_for("az", "AZN"), words_for("az"))
    texts = [row for layer in drawn["layer"] for row in layer["data"]["values"] if "text" in row]
    assert [row["text"] for row in texts] == [words_for("az").say("missed")]
    assert texts[0]["role"] == "bad"
