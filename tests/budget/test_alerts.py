"""Alerts: silent while all goes as planned, raised by the figures that they name, quiet once they are acknowledged."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.alert_rules import alerts_of
from budget.alerts import Alert, ranked, silent_until, watchlist
from budget.audience_desk import Alert as PageAlert
from budget.audience_goals import Goal
from budget.audience_kpis import Name
from budget.claims import Claims, ClaimWeek
from budget.fans import Interval
from budget.money import MICROS, micros
from budget.pacing import day_weights
from budget.phasing import rephased
from budget.plan import StoredPlan
from budget.present.alert_words import alert_sentence
from budget.present.numbers import numbers_for
from budget.present.words import words_for
from budget.promised import Promised
from budget.watch import Watch
from tests.budget.builders import START, line, plan_of, usual_plan, week
from tests.budget.watches import Told, ending, watch_of

ENGLISH = words_for("en"), numbers_for("en", "AZN")
META, GOOGLE = "meta-prospecting", "google-search"


@dataclass(frozen=True)
class Seen:
    """An acknowledgement."""

    alert_key: str
    level_micros: int
    until: date | None


def codes(of: Watch) -> list[tuple[str, str]]:
    """Which alerts hold, and where."""
    return sorted((alert.code, alert.where) for alert in alerts_of(of))


def the(of: Watch, code: str) -> Alert:
    """The one alert of this code."""
    (found,) = [alert for alert in alerts_of(of) if alert.code == code]
    return found


plans = st.lists(st.integers(200, 90_000), min_size=3, max_size=3).map(
    lambda budgets: rephased(
        replace(
            usual_plan(),
            lines=tuple(replace(x, budget_micros=micros(b)) for x, b in zip(usual_plan().lines, budgets, strict=True)),
        )
    )
)


@settings(max_examples=25)
@given(plans, st.integers(0, 91), st.floats(0.5, 1.0))
def test_a_plan_that_is_followed_raises_nothing(plan: StoredPlan, done: int, chance: float) -> None:
    """Whatever the budgets and however far: spend, clicks and orders as planned, and no alert."""
    seen = watch_of(done, plan=plan)
    assert codes(replace(seen, end=ending(chance, 1000, 13 - done // 7))) == []


def test_a_platform_that_spends_a_third_too_much_is_named_with_its_money() -> None:
    """Early on its line still has money for weeks: the platform's end over budget is the stake."""
    seen = watch_of(28, Told(spend=lambda key, day: 1.33 if key == META else 1.0))
    found = the(seen, "PACING_OVER")
    assert (found.where, found.step) == ("meta", "review")
    assert found.stake_micros == pytest.approx(0.33 * 9000 * MICROS, rel=0.01)
    assert found.facts["share"] == pytest.approx(0.33, abs=0.01)


def test_within_the_band_nothing_is_said_and_at_the_end_the_same_share_is() -> None:
    """A tenth over plan is inside 25 % at the start; at the end 1 % is allowed."""
    over = Told(spend=lambda key, day: 1.1 if key == META else 1.0)
    assert codes(watch_of(14, over)) == []
    assert ("BUDGET_OUT", META) in codes(watch_of(80, over))


def test_too_little_spent_is_said_too() -> None:
    """Half of what Google should spend."""
    seen = watch_of(42, Told(spend=lambda key, day: 0.5 if key == GOOGLE else 1.0))
    assert codes(seen) == [("PACING_UNDER", "google")]


def test_money_that_ends_before_the_flight_is_named_with_its_day() -> None:
    """At 1.5 times the calendar a line's 91 days of money last 61; the platform says nothing beside it."""
    seen = watch_of(56, Told(spend=lambda key, day: 1.5 if key == META else 1.0))
    found = the(seen, "BUDGET_OUT")
    assert (found.where, found.facts["day"]) == (META, (START + timedelta(days=60)).isoformat())
    assert found.facts["end"] == (START + timedelta(days=90)).isoformat()
    assert ("PACING_OVER", "meta") not in codes(seen)


def test_late_data_do_not_foretell_a_day_that_is_past() -> None:
    """Ten days after the last upload the day on which the money should end is over: it is said so."""
    seen = watch_of(56, Told(spend=lambda key, day: 1.5 if key == META else 1.0))
    said = [
        alert_sentence(the(replace(seen, today=START + timedelta(days=days)), "BUDGET_OUT"), *ENGLISH, {})
        for days in (60, 61)
    ]
    assert "the money lasts to about 6 Nov, the flight to 6 Dec." in said[0]
    assert "the money ran out about 6 Nov, the flight lasts to 6 Dec. Upload the days since." in said[1]


def test_money_that_is_gone_is_said_as_gone() -> None:
    """After 70 days at 1.5 times nothing is left."""
    seen = watch_of(70, Told(spend=lambda key, day: 1.5 if key == META else 1.0))
    assert ("BUDGET_SPENT", META) in codes(seen)
    assert ("BUDGET_OUT", META) not in codes(seen)


def test_a_plan_that_is_over_asks_for_no_other_pace() -> None:
    """No day is left on which another sum could be spent."""
    assert codes(watch_of(91, Told(spend=lambda key, day: 1.4))) == []


@pytest.mark.parametrize(("chance", "raised"), [(0.49, True), (0.5, False)])
def test_a_goal_likelier_missed_is_at_risk(chance: float, raised: bool) -> None:
    """Below one half; what is at stake is the profit that is missing to the goal."""
    seen = replace(watch_of(28), end=ending(chance, 400))
    assert codes(seen) == ([("GOAL_AT_RISK", "")] if raised else [])
    if raised:
        assert the(seen, "GOAL_AT_RISK").stake_micros == micros(600)


def test_a_chance_that_fell_by_a_fifth_of_outcomes_is_said() -> None:
    """From 85 to 60 of 100: still likelier reached, and yet a fall; from 75 to 60 is none."""
    seen = replace(watch_of(28), end=ending(0.6, 1500))
    promised = Promised(week(3), 0.85, 0.1, Interval(1, 2, 3), 4)
    assert codes(replace(seen, before=promised)) == [("GOAL_FELL", "")]
    assert codes(replace(seen, before=replace(promised, p_target=0.75))) == []


def test_a_goal_is_not_judged_on_few_results() -> None:
    """Two days with a handful of orders say nothing about a goal."""
    seen = watch_of(2, Told(conversions=lambda key, day: 0.05))
    assert seen.results < 30
    assert codes(replace(seen, end=ending(0.1, 0, 13))) == []


def test_orders_that_stop_while_clicks_go_on_are_tracking() -> None:
    """Google's orders stop for five days that have all ripened: said, with the money spent since."""
    seen = watch_of(40, Told(conversions=lambda key, day: 0.0 if key == GOOGLE and day >= 35 else 1.0))
    found = the(seen, "CONVERSIONS_STOPPED")
    assert (found.where, found.facts["day"]) == (GOOGLE, (START + timedelta(days=35)).isoformat())
    assert found.stake_micros == pytest.approx(5 * 5200.5 / 91 * MICROS, rel=0.01)


def test_orders_of_early_days_are_not_missed() -> None:
    """The same five days while their orders are still arriving: nothing is said."""
    seen = watch_of(40, Told(conversions=lambda key, day: 0.0 if key == GOOGLE and day >= 35 else 1.0))
    assert codes(replace(seen, early_from={"google": START + timedelta(days=35)})) == []


def test_clicks_that_stop_while_money_goes_out_are_said_at_once() -> None:
    """Two days of spend without clicks: about money itself, so early days count."""
    told = Told(clicks=lambda key, day: 0.0 if key == META and day >= 38 else 1.0)
    seen = replace(watch_of(40, told), early_from={"meta": START + timedelta(days=30)})
    assert codes(seen) == [("CLICKS_STOPPED", META)]


def test_days_without_rows_inside_the_data_are_counted() -> None:
    """Three days of Google are missing; the plan meant three days' money for them."""
    seen = watch_of(40, Told(spend=lambda key, day: nan if key == GOOGLE and 20 <= day < 23 else 1.0))
    found = the(seen, "DAYS_MISSING")
    assert (found.where, found.facts["n"], found.step) == ("google", 3, "upload")
    assert found.stake_micros == pytest.approx(3 * 5200.5 / 91 * MICROS, rel=0.01)


def test_days_on_which_nothing_was_planned_are_no_gap() -> None:
    """A line that pauses for a week by plan is not missing."""
    plan = usual_plan()
    quiet = tuple(replace(w, budget_micros=0) if (w.line_key, w.week_start) == (GOOGLE, week(3)) else w
                  for w in plan.weeks)  # fmt: skip
    assert [alert.code for alert in alerts_of(watch_of(40, plan=replace(plan, weeks=quiet)))] == []


def claim(number: int, claimed: int, booked: int) -> ClaimWeek:
    """A compared week in manat."""
    return ClaimWeek(week(number), 40 * MICROS, micros(claimed), None, micros(booked), "compared")


def test_claims_far_above_the_books_are_said() -> None:
    """A quarter and more above what was booked over the last four weeks; older weeks and less than that are not."""
    far, near = Claims(tuple(claim(n, 1300, 1000) for n in range(4))), Claims((claim(0, 1250, 1000),))
    assert the(replace(watch_of(28), claims=far), "CLAIMS_OVER").stake_micros == micros(1200)
    assert codes(replace(watch_of(28), claims=near)) == []
    old = Claims((claim(0, 9000, 1000), *(claim(n, 1000, 1000) for n in range(1, 5))))
    assert codes(replace(watch_of(35), claims=old)) == []


def test_late_data_are_one_alert_for_all_platforms() -> None:
    """Nine days after the last day of data, one alert names all three; within eight none does."""
    found = the(watch_of(28, today=START + timedelta(days=37)), "DATA_OLD")
    assert found.facts["platforms"] == "google,meta,tiktok"
    days = [START + timedelta(days=n) for n in range(91)]
    assert found.stake_micros == pytest.approx(day_weights(usual_plan(), days)[28:37].sum(), rel=1e-6)
    assert codes(watch_of(28, today=START + timedelta(days=35))) == []


def test_data_of_a_plan_that_is_over_are_not_late() -> None:
    """Everything was uploaded, and the plan ended long ago."""
    assert codes(watch_of(91, today=START + timedelta(days=200))) == []


def test_no_data_and_no_plan_raise_nothing() -> None:
    """An empty plan and a plan without uploads are the business of the next steps."""
    assert codes(Watch(plan_of(), START)) == []
    assert codes(Watch(plan_of(line("a", "meta", "search", 100.0)), START + timedelta(days=50))) == []


def page(kpi: Name, value: float, line_at: float, seen: date | None) -> PageAlert:
    """A measure of Facebook beyond its line in a week."""
    return PageAlert(kpi, "facebook", value, Goal(line_at), seen, "sessions")


def test_pages_beyond_their_lines_are_said_after_all_money() -> None:
    """Bounce and negative feedback of the newest week; older than five weeks they are no news, other measures never."""
    late = Told(spend=lambda key, day: 0.5 if key == GOOGLE else 1.0)
    found = (page("bounce_rate", 0.7, 0.6, week(5)), page("negative_feedback", 3.0, 2.0, week(5)))
    seen = replace(watch_of(42, late), pages=found)
    assert [alert.code for alert in ranked(alerts_of(seen))] == ["PACING_UNDER", "BOUNCE_OVER", "NEGATIVE_OVER"]
    assert the(seen, "BOUNCE_OVER").step == "audience"
    old = (page("bounce_rate", 0.7, 0.6, week(0)), page("bounce_rate", 0.7, 0.6, None), page("visits", 1, 2, week(5)))
    assert codes(replace(watch_of(42), pages=old)) == []


alerts = st.lists(
    st.builds(
        Alert,
        st.sampled_from(["PACING_OVER", "DATA_OLD", "GOAL_AT_RISK"]),
        st.just("warn"),
        st.sampled_from(["", "meta", "google", "tiktok"]),
        level_micros=st.integers(1, 10**12),
        stake_micros=st.integers(0, 10**12),
    ),
    max_size=9,
    unique_by=lambda alert: alert.key,
)


@given(alerts, st.randoms(use_true_random=False))
def test_most_money_comes_first_whatever_the_order(found: list[Alert], chance: object) -> None:
    """None is lost; stakes never rise down the list."""
    mixed = list(found)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis gives a Random
    of = watchlist(mixed, (), START)
    assert of.open == ranked(found)
    assert sorted(a.key for a in of.open) == sorted(a.key for a in found)
    assert [a.stake_micros for a in of.open] == sorted((a.stake_micros for a in found), reverse=True)


@given(alerts, st.integers(-3, 10))
def test_acknowledged_alerts_are_silent_for_a_week(found: list[Alert], days: int) -> None:
    """All of them, from the day on which they were seen until the same weekday; then they speak again."""
    heard = [Seen(alert.key, alert.level_micros, silent_until(START)) for alert in found]
    of = watchlist(found, heard, START + timedelta(days=days))
    assert (of.silent if days < 7 else of.open) == ranked(found)


@given(st.integers(1, 10**12), st.integers(1, 10**12))
def test_an_alert_speaks_again_once_it_is_a_fifth_worse(level: int, now: int) -> None:
    """Up to that it is silent; an acknowledgement of another alert, or one taken back, silences nothing."""
    alert = Alert("DATA_OLD", "warn", "", level_micros=now)
    heard = Seen(alert.key, level, silent_until(START))
    assert bool(watchlist([alert], [heard], START).open) == (5 * now >= 6 * level)
    assert watchlist([alert], [replace(heard, alert_key="DATA_OLD:meta")], START).open
    assert watchlist([alert], [replace(heard, until=START), heard], START).open
