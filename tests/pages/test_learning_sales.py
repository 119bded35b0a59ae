"""The Learning screen of a firm with sales: taken apart, pasted, undone; tests entered, taken away, planned."""

from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from budget.lifts import detectable
from budget.store import Store
from tests.budget.shops import Firm, day, firm
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, has, press, table, texts
from tests.pages.shop import opened

FIRM = firm(76)
CHANNELS = ("Google · search", "Meta · prospecting", "TikTok · awareness")


def pasted(found: Firm, weeks: int) -> str:
    """Weekly sales as a spreadsheet with decimal commas gives them."""
    money = (f"{sold:.2f}".replace(".", ",") for sold in found.sales[:weeks])
    return "Həftə\tSatış\n" + "\n".join(f"{day(n):%d.%m.%Y}\t{text}" for n, text in enumerate(money))


def paste(app: AppTest, text: str) -> AppTest:
    """Type into the field of weekly sales."""
    (field,) = [each for each in app.text_area if str(each.key).startswith("sales_text")]
    field.set_value(text)
    return calm(app.run())


@pytest.mark.parametrize("lang", ["en", "az"])
def test_sales_are_taken_apart(open_app: OpenApp, store: Store, lang: str) -> None:
    """The share of ads, each channel with its range and evidence, in both languages, without a fault."""
    opened(store, FIRM)
    app = calm(open_app("learning", lang=lang))
    assert app.get("vega_lite_chart")
    if lang == "az":
        return
    assert has(app, "of all sales")
    rows = table(app, "Channel")
    assert set(rows) == {*CHANNELS, "Without ads"}
    assert all(rows[channel]["Known"] in {"measured", "partly measured"} for channel in CHANNELS)
    low, high = (int(end.rstrip("%")) for end in rows["Without ads"]["Of all sales"].split(" – "))
    assert has(app, f"Ads brought {100 - high}% to {100 - low}% of all sales")
    assert has(app, "Forecasts take what ads cause from here for")


def test_without_sales_it_says_what_to_do(open_app: OpenApp, store: Store) -> None:
    """What is missing, how many weeks, and the place to paste them."""
    opened(store, FIRM, sales=False)
    app = calm(open_app("learning"))
    assert has(app, "What ads add to all sales is not known yet")
    assert has(app, "Paste weekly sales below")


def test_pasted_sales_are_saved_and_undone(open_app: OpenApp, store: Store) -> None:
    """Decimal commas are understood, the sum is shown before saving, undo takes all of it back."""
    workspace = opened(store, FIRM, sales=False)
    app = paste(calm(open_app("learning")), pasted(FIRM, 60))
    assert has(app, "60 weeks, 2 Jun 2025 – 26 Jul 2026")
    press(app, "Save these sales")
    assert has(app, "of all sales")
    kept = store.daily_sales(workspace)
    assert int(kept["revenue_micros"].sum()) == sum(round(x * 100) * 10_000 for x in FIRM.sales[:60])
    press(app, "Undo")
    assert store.daily_sales(workspace).empty
    assert has(calm(app), "What ads add to all sales is not known yet")


def test_too_few_weeks_are_counted(open_app: OpenApp, store: Store) -> None:
    """12 pasted weeks: 8 more are needed."""
    opened(store, FIRM, sales=False)
    app = paste(calm(open_app("learning")), pasted(FIRM, 12))
    press(app, "Save these sales")
    assert has(calm(app), "Weeks with both sales and spend: 12. 8 more are needed")


def test_an_ambiguous_column_is_asked(open_app: OpenApp, store: Store) -> None:
    """1.234 is asked; nothing can be saved before the answer."""
    opened(store, FIRM, sales=False)
    app = paste(calm(open_app("learning")), "2026-01-05\t1.234\n2026-01-12\t2.345")
    assert not [button for button in app.button if button.label == "Save these sales"]
    app.segmented_control(key="sales_decimal").set_value(",").run()
    assert has(calm(app), "AZN 3,579.00 in all")


def test_few_steady_weeks_are_not_ranked(open_app: OpenApp, store: Store) -> None:
    """Mostly assumption is said plainly, and no channel is called the best."""
    steady = firm(26, on_off=False)
    opened(store, Firm(steady.spend * 0 + steady.spend.mean(axis=1, keepdims=True), steady.sales))
    app = calm(open_app("learning"))
    assert has(app, "Mostly assumption")
    assert not has(app, "brings most for its money")
    assert has(app, "Below a year the season can pass for an effect of ads")


def typed_test(app: AppTest) -> AppTest:
    """A lift study of four weeks: 1,000 more a week brought 1,200."""
    app.selectbox(key="test_channel").select("meta/prospecting")
    app.selectbox(key="test_kind").select("lift").run()
    app.date_input(key="test_days").set_value((date(2026, 3, 2), date(2026, 3, 29)))
    app.number_input(key="test_before").set_value(2000.0)
    app.number_input(key="test_during").set_value(3000.0)
    for n, amount in enumerate((1100.0, 1200.0, 1300.0)):
        app.number_input(key=f"amount_{n}").set_value(amount)
    return calm(app.run())


def test_a_test_is_entered_shown_and_taken_away(open_app: OpenApp, store: Store) -> None:
    """Its effect on the channel stands beside it; taken away it counts no more, and comes back by undo."""
    workspace = opened(store, FIRM)
    app = typed_test(calm(open_app("learning")))
    press(app, "Save this test")
    assert has(calm(app), "1 test tells what ads cause")
    assert has(app, "changed sales by +AZN 1,200 a week (AZN 1,100 – 1,300)")
    assert [text for text in texts(app) if "without the test" in text]
    (kept,) = store.experiments(workspace)
    assert (kept.start_date, kept.end_date, kept.design["spend_change_micros"]) == (
        date(2026, 3, 2), date(2026, 3, 30), 1_000_000_000,
    )  # fmt: skip
    press(app, "Take away")
    assert store.experiments(workspace) == ()
    press(calm(app), "Undo")
    assert has(calm(app), "1 test tells what ads cause")


def test_own_weeks_tell_an_on_off_test(open_app: OpenApp, store: Store) -> None:
    """Dates and spend are enough where weekly sales are known: the change is worked out and can be saved."""
    workspace = opened(store, FIRM)
    app = calm(open_app("learning"))
    app.date_input(key="test_days").set_value((day(60), day(64) - timedelta(days=1)))
    app.number_input(key="test_before").set_value(2500.0)
    app.number_input(key="test_during").set_value(0.0)
    app = calm(app.run())
    mean_before, mean_in = FIRM.sales[34:60].mean(), FIRM.sales[60:64].mean()
    shown = f"{abs(mean_in - mean_before):,.0f}"
    assert has(app, f"Sales changed by {'+' if mean_in > mean_before else '−'}AZN {shown} a week")
    press(app, "Save this test")
    assert len(store.experiments(workspace)) == 1
    assert has(calm(app), "its weeks are in the sales already")


def test_a_range_that_does_not_hold_is_refused(open_app: OpenApp, store: Store) -> None:
    """A low end above the result is said, and there is nothing to save."""
    opened(store, FIRM)
    app = typed_test(calm(open_app("learning")))
    app.number_input(key="amount_0").set_value(1250.0)
    app = calm(app.run())
    assert has(app, "the range must hold the change of sales")
    assert not [button for button in app.button if button.label == "Save this test"]


def test_the_calculator_says_what_a_test_sees(open_app: OpenApp, store: Store) -> None:
    """More money is seen more surely; longer tests see smaller changes; regions can be compared."""
    opened(store, FIRM)
    app = calm(open_app("learning"))
    assert has(app, "A test of 4 weeks sees a change of AZN")
    app.number_input(key="test_change").set_value(100.0)
    assert has(calm(app.run()), "with a chance of only")
    app.number_input(key="test_change").set_value(100_000.0)
    assert has(calm(app.run()), "would be seen with a chance of >99%.")
    app.toggle(key="regions_planned").set_value(True).run()
    text = "\n".join(f"{200 + n % 3}\t{100 + n % 2}" for n in range(20))
    app.text_area(key="groups_planned").set_value(text)
    seen = detectable([200.0 + n % 3 for n in range(20)], 4, control=[100.0 + n % 2 for n in range(20)]).lift
    assert has(calm(app.run()), f"A test of 4 weeks sees a change of AZN {seen:,.0f} a week")


def test_the_calculator_needs_weeks(open_app: OpenApp, store: Store) -> None:
    """Without sales it says how many."""
    opened(store, FIRM, sales=False)
    assert has(calm(open_app("learning")), "It takes 8 weeks of sales")


def test_forecast_says_that_it_is_measured(open_app: OpenApp, store: Store) -> None:
    """The Forecast screen drops the assumption for the measured channels."""
    opened(store, FIRM)
    app = calm(open_app("forecast"))
    assert has(app, "What ads truly cause was measured on your own sales.")
    assert not has(app, "What ads truly cause stays an assumption.")
