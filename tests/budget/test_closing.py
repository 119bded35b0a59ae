"""A period as it was read, and what the data say otherwise since."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from budget.actuals import actuals_of
from budget.closing import body_of, closings_of, figures, kind_of, new_closing, restated
from budget.measures import Measures
from budget.money import micros
from budget.projection import project
from budget.review import Review, review
from budget.weeks import WEEK, Period
from tests.budget.asking import KEYS, SEED
from tests.budget.builders import START, facts_of, usual_plan, week

SPAN = Period(week(1), week(2))
PLAN = usual_plan()
UNTIL = dict.fromkeys(("meta", "google", "tiktok"), START + 3 * WEEK)


def read(orders: float = 12.0, span: Period | None = SPAN) -> Review:
    """The review of the second week, in which the search line had so many orders."""
    row = Measures(micros(400), 9000, 500, micros(orders), micros(700))
    empty = actuals_of(PLAN, facts_of([]), UNTIL)
    rows = tuple(row if t == 1 else Measures() for t in range(len(empty.weeks)))
    found = review(PLAN, replace(empty, measures=dict(empty.measures) | {KEYS[1]: rows}), span=span)
    assert found is not None
    return found


def test_a_body_holds_the_figures_of_the_review_as_whole_numbers() -> None:
    """Sums, income statements, drivers and results are the review's; JSON gives back the same."""
    found = read()
    body = body_of(found)
    assert json.loads(json.dumps(body)) == body
    assert body["period"] == [found.period.start.isoformat(), found.period.end.isoformat()]
    assert body["sums"]["actual"] == {
        "spend_micros": micros(400), "impressions": 9000, "clicks": 500, "conversions_micros": micros(12),
        "value_micros": micros(700),
    }  # fmt: skip
    assert body["income"]["actual"]["profit"] == found.actual_pnl.profit
    assert sum(body["drivers"].values()) == found.actual_pnl.after_media - found.plan_pnl.after_media
    channels = body["channels"]
    for side, whole in (("plan", found.plan_pnl), ("actual", found.actual_pnl)):
        assert sum(one[side]["after_media"] for one in channels.values()) == whole.after_media
    assert body["three"]["actual"] == found.three.actual_micros


def test_the_income_statement_of_a_body_adds_up() -> None:
    """From claimed to profit each total follows from its steps, on both sides."""
    for side in body_of(read())["income"].values():
        net = side["claimed_net_revenue"] - side["not_booked"] - side["not_caused"]
        assert net == side["net_revenue"]
        after_media = net - side["cogs"] - side["fulfilment"] - side["media"]
        assert after_media == side["after_media"]
        team = side["people"] + side["agency"] + side["tools"] + side["production"]
        assert after_media - team - side["challenges"] == side["profit"]


def test_the_same_review_gives_the_same_body_and_nothing_is_restated() -> None:
    """Read twice it says the same; a later count of orders says which figures moved, and by how much."""
    was = body_of(read())
    assert restated(was, body_of(read())) == ()
    changes = {change.key: change for change in restated(was, body_of(read(orders=14)))}
    orders = changes["sums", "actual", "conversions_micros"]
    assert (orders.was, orders.now) == (micros(12), micros(14))
    assert ("sums", "actual", "spend_micros") not in changes
    assert not [key for key in changes if "plan" in key]
    assert {key[0] for key in changes} == {"sums", "income", "drivers", "channels", "three"}


def test_the_end_of_the_plan_is_kept_but_moves_with_time() -> None:
    """The projected end is in the body; that it looks otherwise later restates nothing."""
    end = project(PLAN, actuals_of(PLAN, facts_of([]), UNTIL), seed=SEED)
    assert end is not None
    body = body_of(read(), end)
    assert body["end"]["profit_low"] <= body["end"]["profit_mid"] <= body["end"]["profit_high"]
    assert body["end"]["spend"] == end.spend_micros
    assert restated(body, body_of(read())) == ()


def test_a_figure_that_came_or_went_is_restated() -> None:
    """A channel that was not there, or is no longer."""
    was, now = {"sums": {"a": 1}}, {"sums": {"b": 2}}
    assert [(c.key, c.was, c.now) for c in restated(was, now)] == [(("sums", "a"), 1, None), (("sums", "b"), None, 2)]
    assert figures({"a": {"b": 1, "c": "x", "d": True, "e": [1]}}) == {("a", "b"): 1}


@pytest.mark.parametrize(
    ("start", "end", "kind"),
    [
        (date(2026, 11, 9), date(2026, 11, 16), "week"), (date(2026, 11, 10), date(2026, 11, 17), None),
        (date(2026, 11, 1), date(2026, 12, 1), "month"), (date(2026, 12, 1), date(2027, 1, 1), "month"),
        (date(2026, 11, 1), date(2026, 11, 30), None), (date(2026, 11, 2), date(2026, 12, 2), None),
        (date(2026, 11, 1), date(2027, 1, 1), None), (date(2027, 2, 1), date(2027, 3, 1), "month"),
    ],
    ids=str,
)  # fmt: skip
def test_only_whole_weeks_and_months_are_closed(start: date, end: date, kind: str | None) -> None:
    """Weeks from Monday on, calendar months; nothing else makes a closing."""
    span = Period(start, end)
    assert kind_of(span) == kind
    if kind is None:
        with pytest.raises(ValueError, match="whole week or month"):
            new_closing(span, PLAN, {}, data_version=1)
        return
    made = new_closing(span, PLAN, {"x": 1}, data_version=7, revision=2, note="late")
    assert (made.kind, made.plan_id, made.plan_version, made.data_version, made.revision) == (kind, 1, 1, 7, 2)
    other = replace(made, start_date=start - timedelta(days=7), end_date=end - timedelta(days=7))
    assert closings_of(span, (made, other)) == (made,)
