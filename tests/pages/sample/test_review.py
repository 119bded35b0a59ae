"""The Review screen against the sample's truth: every total to the cent, the P&L and ROI by their definitions."""

from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import OpenApp
from tests.pages.looks import figures, table, texts, title
from tests.pages.sample.truth import (
    PLAN,
    REPORTED_UNTIL,
    UNMATCHED,
    added,
    cents,
    income,
    planned_spend,
    roi,
    team,
    truth,
    whole,
)

CHANNELS = {
    "meta_prospecting": "Meta · prospecting",
    "meta_retargeting": "Meta · retargeting",
    "google_search": "Google · search",
    "google_retargeting": "Google · retargeting",
    "tiktok_awareness": "TikTok · awareness",
    "tiktok_prospecting": "TikTok · prospecting",
    UNMATCHED: "Meta · not matched",
}
MEASURES = {
    "spend": "Spend", "impressions": "Impressions", "clicks": "Clicks", "conversions": "Conversions",
    "value": "Revenue claimed",
}  # fmt: skip
WEEK, WEEK_SHOWN, WEEK_AT = "2026-10-05", "5 Oct 2026", 4
WEEKS = sorted({row.week for row in truth()})


@pytest.fixture
def review(open_app: OpenApp) -> AppTest:
    """The Review screen of the sample firm."""
    return open_app("review")


def view(app: AppTest, rows: str, **choices: object) -> AppTest:
    """The variance table by measures, channels or weeks, with its filters set."""
    app.segmented_control(key="variance_view").set_value(rows).run()
    for name, choice in choices.items():
        app.selectbox(key=f"variance_{name}").set_value(choice)
    return app.run()


def actual(app: AppTest, first: str) -> dict[str, str]:
    """The column of what happened, by row."""
    return {name: cells["Actual"] for name, cells in table(app, first).items()}


@pytest.mark.parametrize("week", ["", WEEK])
def test_totals_equal_the_truth(review: AppTest, week: str) -> None:
    """All channels together, for all weeks and for one: five sums equal the truth to the cent."""
    shown = actual(view(review, "measures", week=WEEK_AT if week else -1), "Measure")
    expected = added(truth(), week=week).shown()
    assert {name: shown[name] for name in expected} == expected


@pytest.mark.parametrize("measure", MEASURES)
def test_every_channel_equals_the_truth(review: AppTest, measure: str) -> None:
    """Each channel, the unmatched one and all together, for all weeks and for one, equal the truth to the cent."""
    for week in ("", WEEK):
        shown = actual(view(review, "channels", measure=measure, week=WEEK_AT if week else -1), "Channel")
        assert shown.pop("All channels") == added(truth(), week=week).shown()[MEASURES[measure]]
        expected = {
            CHANNELS[key]: added(truth(), line_key=key, week=week).shown()[MEASURES[measure]] for key in CHANNELS
        }
        if measure in ("conversions", "value"):
            expected[CHANNELS[UNMATCHED]] = "–"  # its rows say nothing of orders: that is not 0
        assert shown == expected


@pytest.mark.parametrize("line", ["", "google_search", "meta_retargeting"])
def test_every_week_equals_the_truth(review: AppTest, line: str) -> None:
    """The spend of each of the ten weeks, of all channels and of one, equals the truth to the cent."""
    shown = actual(view(review, "weeks", measure="spend", channel=line), "Week of")
    assert shown.pop("To date") == added(truth(), line_key=line).shown()["Spend"]
    assert list(shown.values()) == [added(truth(), line_key=line, week=week).shown()["Spend"] for week in WEEKS]
    assert len(shown) == 10


def test_planned_spend_is_the_plan_files(review: AppTest) -> None:
    """The planned column holds the plan file's weeks up to the last day of data, by channel and in all."""
    shown = {
        name: cells["Planned"] for name, cells in table(view(review, "channels", measure="spend"), "Channel").items()
    }
    for line in PLAN["line"]:
        assert shown[CHANNELS[line["line_key"]]] == cents(planned_spend(line["line_key"]))
    assert shown["All channels"] == cents(planned_spend())


def test_variance_is_actual_less_planned(review: AppTest) -> None:
    """The difference of spend, and its share of the plan, are those of the two columns."""
    spend = table(view(review, "measures"), "Measure")["Spend"]
    difference = Decimal(added(truth()).spend) / 1_000_000 - planned_spend()
    assert spend["Difference"].split(" · ") == [f"+{cents(difference)}", f"+{difference / planned_spend():.1%}"]


def test_ratios_are_ratios_of_sums(review: AppTest) -> None:
    """CPM, CTR, CVR, CPA and ROAS come from the sums, not from averages of weeks."""
    shown, sums = actual(review, "Measure"), added(truth())
    spend, conversions, value = (Decimal(x) / 1_000_000 for x in (sums.spend, sums.conversions, sums.value))
    assert shown["CPM"] == cents(1000 * spend / sums.impressions)
    assert shown["CTR"] == f"{Decimal(sums.clicks) / sums.impressions:.2%}"
    assert shown["CVR"] == f"{conversions / sums.clicks:.2%}"
    assert shown["CPA"] == cents(spend / conversions)
    assert shown["ROAS"] == f"{cents(value / spend)}×"


def test_the_income_statement_follows_its_definitions(review: AppTest) -> None:
    """Every row of the actual P&L equals a computation in decimals from the plan file and the truth, to the cent."""
    shown = table(review, "Item")
    assert {name: cells["Actual"] for name, cells in shown.items()} == {
        name: f"AZN {cents(amount)}" for name, amount in income(added(truth())).items()
    }
    assert shown["Media"]["Planned"] == f"AZN {cents(planned_spend())}"
    assert shown["Team and tools"]["Planned"] == f"AZN {cents(team())}"


def test_the_cards_say_the_same(review: AppTest) -> None:
    """Spend, conversions, profit after media and ROI on the cards are those of the tables and definitions."""
    sums, rows = added(truth()), income(added(truth()))
    shown = figures(review)
    assert shown["Spend"] == f"AZN {whole(Decimal(sums.spend) / 1_000_000)}"
    assert shown["Conversions"] == whole(Decimal(sums.conversions) / 1_000_000)
    assert shown["Profit after media"] == f"AZN {whole(rows['After media'])}"
    assert any(f"ROI {roi(rows):.1%}" in text.split("\n") for text in texts(review, "caption"))
    assert any(text.startswith(f"ROI to date: {roi(rows):.1%};") for text in texts(review, "header"))


def test_the_drivers_add_up_to_the_difference(review: AppTest) -> None:
    """The shown effects sum to the difference of profit after media, but for the rounding of each to whole manat."""
    effects = [int(cells["Effect"].replace("AZN ", "").replace("−", "-").replace(",", "")) for cells in
               table(review, "Cause").values()]  # fmt: skip
    rows = table(review, "Item")["After media"]
    difference = Decimal(rows["Actual"][4:].replace(",", "")) - Decimal(rows["Planned"][4:].replace(",", ""))
    assert abs(sum(effects) - difference) <= Decimal("0.5") * len(effects)
    assert title(review).startswith(f"AZN {whole(difference)} ahead of plan")


def test_the_overview_tells_the_same_profit(open_app: OpenApp) -> None:
    """What ads added so far is the profit of the income statement; the data end where the exports end."""
    app = open_app("overview")
    app.segmented_control(key="overview_span").set_value("to_date").run()
    assert f"So far it added AZN {whole(income(added(truth()))['Profit'])}" in texts(app, "header")
    assert REPORTED_UNTIL.isoformat() == "2026-11-16"
    assert any("data to 15 Nov" in text for text in texts(app, "caption"))


def test_azerbaijani_shows_the_same_figures(open_app: OpenApp) -> None:
    """The table in Azerbaijani holds the same sums, written with a comma before the cents."""
    shown = [cell for table in open_app("review", lang="az").table for cell in table.value.to_numpy().ravel()]
    expected = added(truth()).shown()["Spend"].translate(str.maketrans(",.", ".,"))
    assert expected in [str(cell).replace("\\", "") for cell in shown]
