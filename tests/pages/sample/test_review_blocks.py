"""The blocks of the Review screen over the sample firm: chosen days, early days, pace by platform, next 100."""

import re
from datetime import date
from decimal import Decimal

from streamlit.testing.v1 import AppTest

from budget.store import Store
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, figures, has, plain, press, table, texts, title
from tests.pages.sample.truth import PLAN, added, cents, truth, whole

WEEK, SPAN = "2026-10-05", "2026-W41"
PLATFORMS = {"Meta": "meta", "Google": "google", "TikTok": "tiktok"}
LAST_DAY = date(2026, 12, 7)


def spanned(app: AppTest, name: str) -> AppTest:
    """The screen at an address that names a week or a month."""
    app.query_params["span"] = name
    return calm(app.run())


def number(text: str) -> Decimal:
    """A shown amount."""
    return Decimal(text.replace("AZN ", "").replace(",", "").replace("−", "-").replace("+", ""))


def test_days_are_read_alone(open_app: OpenApp, store: Store) -> None:
    """A week's figures are its own, once closed it is marked; a month is cut to its days; the last week is early."""
    app = spanned(open_app("review", run=False), SPAN)
    sums, shown = added(truth(), week=WEEK), figures(app)
    spend = Decimal(sums.spend) / 1_000_000
    assert (shown["Spend"], shown["Conversions"]) == (
        f"AZN {whole(spend)}", whole(Decimal(sums.conversions) / 1_000_000)
    )  # fmt: skip
    assert table(app, "Measure")["Spend"]["Actual"] == cents(spend)
    assert table(app, "Item")["Media"]["Actual"] == f"AZN {cents(spend)}"
    assert has(app, "The pace is that of the whole plan, to the last day of data.")
    press(app, "Close this week")
    (picked,) = [option for option in app.selectbox(key="review_span").options if "closed" in option]
    assert plain(picked) == "W41, 5 – 11 Oct 2026, closed"
    app.selectbox(key="review_span").select("2026-10").run()
    (firm,) = store.workspaces()
    days = store.daily(firm.workspace_id, start=date(2026, 10, 1), end=date(2026, 11, 1), by=("platform",))
    month = Decimal(int(days["spend_micros"].sum())) / 1_000_000
    assert table(calm(app), "Measure")["Spend"]["Actual"] == cents(month)
    assert any("1 – 31 Oct 2026" in text for text in texts(app, "caption"))
    app.selectbox(key="review_span").select("2026-W46").run()
    assert title(calm(app)).startswith("Profit after media is ")
    (row,) = table(app, "Week from").values()
    assert number(row["Once all is in"].split(" (")[0]) > number(row["Claimed so far"])


def test_the_look_ahead(open_app: OpenApp) -> None:
    """Platforms add up to the plan's pace, and the next 100 is the one that Optimise shows."""
    app = calm(open_app("review"))
    _pace_adds_up(app)
    _one_platform_is_looked_at_alone(app)
    _next_100_is_that_of_optimise(app)


def _pace_adds_up(app: AppTest) -> None:
    """Spent is the truth's; budgets are the plan file's; needed a day is what is left over the 21 days to come."""
    rows = table(app, "Platform")
    every = rows.pop("All platforms")
    for name, platform in PLATFORMS.items():
        keys = [line["line_key"] for line in PLAN["line"] if line["platform"] == platform]
        budget = sum((Decimal(str(line["budget"])) for line in PLAN["line"] if line["line_key"] in keys), Decimal(0))
        assert rows[name]["Budget"] == whole(budget)
    spent = Decimal(added(truth()).spend) / 1_000_000
    assert every["Spent"] == whole(spent)
    left = sum(Decimal(str(line["budget"])) for line in PLAN["line"]) - spent
    assert abs(number(every["Needed a day"]) - left / (LAST_DAY - date(2026, 11, 16)).days) <= Decimal("0.01")
    assert sum(number(row["Needed a day"]) for row in rows.values()) == number(every["Needed a day"])
    for column in ("Spent", "Ideal", "Ends at", "Budget"):
        assert abs(sum(number(row[column]) for row in rows.values()) - number(every[column])) <= 2


def _one_platform_is_looked_at_alone(app: AppTest) -> None:
    """The finding is then that of its row: how far its end lies from its budget, and what a day would meet it."""
    for name, platform in PLATFORMS.items():
        row = table(calm(app.selectbox(key="pace_platform").set_value(platform).run()), "Platform")[name]
        off = abs(number(row["Ends at"]) / number(row["Budget"]) - 1)
        told = next(text for text in texts(app, "header") if text.startswith("Spending "))
        assert f"AZN {whole(number(row['Needed a day']))} a day " in told
        assert "on plan" in told or abs(Decimal(re.findall(r"([\d.]+)%", told)[0]) / 100 - off) < Decimal("0.006")


def _next_100_is_that_of_optimise(app: AppTest) -> None:
    """Every line's middle is Optimise's figure for today's split, the best line first."""
    shown = {name: row["Middle"] for name, row in table(app, "Where").items()}
    optimise = table(calm(app.switch_page("pages/optimise.py").run()), "Line")
    column = next(name for name in next(iter(optimise.values())) if name.startswith("Next"))
    assert shown == {name: optimise[name][column].split(" → ")[0] for name in shown}
    assert [number(x) for x in shown.values()] == sorted(map(number, shown.values()), reverse=True)


def test_a_week_in_azerbaijani_keeps_its_days(open_app: OpenApp) -> None:
    """The chosen week stays when the language changes; its spend is written with a comma before the cents."""
    app = spanned(open_app("review", run=False, lang="az"), SPAN)
    expected = cents(Decimal(added(truth(), week=WEEK).spend) / 1_000_000).translate(str.maketrans(",.", ".,"))
    assert expected in [plain(cell) for found in app.table for cell in found.value.to_numpy().ravel()]
    assert app.selectbox(key="review_span_az").value == SPAN
