"""Where a number comes from: the rows under the variance table make its figures."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import origin
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, has, table, texts


@pytest.fixture
def behind(open_app: OpenApp) -> AppTest:
    """The Review screen of the sample firm with the rows unfolded."""
    app = open_app("review")
    assert not app.dataframe
    return app.toggle(key="origin").set_value(True).run()


def listed(app: AppTest, column: str) -> float:
    """The sum of a column of the listed rows."""
    (rows,) = app.dataframe
    return float(rows.value[column].sum())


def test_the_rows_of_a_channel_and_week_make_the_figures(behind: AppTest) -> None:
    """Spend, impressions, clicks, conversions and value of the table are the sums of the rows below it."""
    behind.selectbox(key="variance_channel").set_value("google_search")
    app = calm(behind.selectbox(key="variance_week").set_value(2).run())
    shown = table(app, "Measure")
    for name, rounding in (
        ("Spend", 0.006),
        ("Impressions", 0),
        ("Clicks", 0),
        ("Conversions", 0.5),
        ("Revenue claimed", 0.006),
    ):
        assert listed(app, name) == pytest.approx(float(shown[name]["Actual"].replace(",", "")), abs=rounding), name
    assert has(app, "the same as in the table")
    (rows,) = app.dataframe
    assert set(rows.value["File"]) == {"Campaign report.csv"}
    assert rows.value["Row"].is_unique


@pytest.mark.parametrize("view", ["measures", "channels", "weeks"])
def test_every_view_has_its_rows(behind: AppTest, view: str) -> None:
    """Whatever the table shows, its rows are there, agree, and are at most 200 on the screen."""
    app = calm(behind.segmented_control(key="variance_view").set_value(view).run())
    (rows,) = app.dataframe
    assert len(rows.value) == origin.MOST_ROWS
    assert has(app, "the same as in the table")
    assert has(app, "The first 200 of")
    assert [getattr(button, "label", "") for button in app.get("download_button")] == ["All rows as CSV"]


def test_a_week_without_rows_says_so(behind: AppTest) -> None:
    """A channel that had nothing in a week lists nothing."""
    behind.selectbox(key="variance_channel").set_value("unmatched:meta")
    app = calm(behind.selectbox(key="variance_week").set_value(9).run())
    assert not app.dataframe
    assert has(app, "No uploaded row stands behind these figures.")


def test_the_rows_speak_azerbaijani(open_app: OpenApp) -> None:
    """No English is left where the rows are listed."""
    app = calm(open_app("review", lang="az").toggle(key="origin").set_value(True).run())
    (rows,) = app.dataframe
    assert not {"File", "Row", "Platform", "Campaign", "Last day"} & set(rows.value.columns)
    assert not [text for text in texts(app) if "the same as in the table" in text]
