"""Money spent in another currency than the plan's: asked for its rate, then counted."""

from budget.store import Store
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, figures, has, press, table, title
from tests.pages.own import drop, meta_csv, own_firm

DOLLARS = meta_csv([("Tea", "2026-10-19", 1000, 20, 2, "100.10"), ("Tea", "2026-10-20", 1000, 20, 2, "50.05")], "USD")
MANAT = meta_csv([("Çay", "2026-10-21", 1000, 20, 2, "10.00")], "AZN")


def test_dollars_count_once_their_rate_is_known(open_app: OpenApp, store: Store) -> None:
    """150.15 dollars at 1.7 are 255.26 manat (255.255, half to even); before, the screen asks for the rate."""
    own_firm(store)
    app = drop(open_app("upload"), ("usd.csv", DOLLARS))
    assert has(app, "2 rows · USD")
    press(app, "Save 1 file")
    review = calm(open_app("review"))
    assert title(review) == "No results yet"
    assert review.button(key="use_rate_USD").disabled
    review.number_input(key="rate_USD").set_value(1.7).run()
    review.button(key="use_rate_USD").click().run()
    assert table(calm(review), "Measure")["Spend"]["Actual"] == "255.26"
    assert not [box for box in review.number_input if box.key == "rate_USD"]


def test_money_without_a_rate_is_said_beside_what_counts(open_app: OpenApp, store: Store) -> None:
    """Where other money counts already, the dollars are named as left out, and join once their rate is given."""
    own_firm(store)
    press(drop(open_app("upload"), ("usd.csv", DOLLARS), ("azn.csv", MANAT)), "Save 2 files")
    review = calm(open_app("review"))
    assert figures(review)["Spend"] == "AZN 10"
    assert has(review, "USD")
    review.number_input(key="rate_USD").set_value(2.0).run()
    review.button(key="use_rate_USD").click().run()
    assert table(review, "Measure")["Spend"]["Actual"] == "310.30"
