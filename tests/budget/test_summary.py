"""The summary of a pack: sentences only where their facts are, and no number that the pack does not hold."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.closing import body_of, new_closing
from budget.effects import Effect
from budget.fans import Interval
from budget.immature import Arrived, Immature
from budget.money import MICROS
from budget.next_hundred import NextHundred
from budget.pack import Kind, Pack, Results, pack_of
from budget.present.numbers import Numbers, numbers_for
from budget.present.summary_words import mail_text, summary_text
from budget.present.words import LANGUAGES, words_for
from budget.review import Review
from budget.store import Decision
from budget.summary import MOST, summary
from budget.weeks import Period
from tests.budget.builders import START, usual_plan
from tests.budget.test_review import Cell, cells, reviewed, uploads

PLAN = usual_plan()
TODAY = date(2026, 11, 22)
amounts = st.floats(-1e6, 1e6)
chances = st.floats(0.0, 1.0)


def span(low: float, more: float) -> Interval:
    """A range whose middle is a third on its way."""
    return Interval(low, low + more / 3, low + more)


def results(found: Review | None, **held: Any) -> Results:
    """Results that hold a review and what else is said; stand-ins have only what a summary reads."""
    nothing = cast(Any, SimpleNamespace(until=None))
    made = Results(
        firm="Nar Ev", plan=replace(PLAN, status="locked"), now=PLAN, data_version=3, today=TODAY,
        made_at=datetime(2026, 11, 22, tzinfo=UTC), span=None, review=found, to_date=found, pacing=None,
        projection=None, forecast=None, frontier=None, record=nothing, trust=nothing, campaigns=(), uploads=(),
        decisions=(), notes=(),
    )  # fmt: skip
    return replace(made, **held)


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    """Packs of either kind with any of their parts there or not."""
    rows = draw(st.lists(cells, min_size=1, max_size=6))
    held: dict[str, Any] = {}
    if draw(st.booleans()):
        pace = SimpleNamespace(
            projected=draw(st.floats(0, 1e6)), state=draw(st.sampled_from(["on", "over", "under"])),
            required_day=draw(st.floats(0, 1e5)),
        )  # fmt: skip
        held["pacing"] = SimpleNamespace(pace=pace, days_left=draw(st.integers(0, 50)), budget_micros=10**10)
    if draw(st.booleans()):
        profit = span(draw(amounts), draw(st.floats(0, 1e6)))
        held["projection"] = SimpleNamespace(profit=profit, p_loss=draw(chances), p_target=draw(st.none() | chances))
    if draw(st.booleans()):
        held["frontier"] = SimpleNamespace(
            best_micros=draw(st.integers(0, 10**11)), today_micros=5 * 10**10, chance=draw(chances),
            verdict=draw(st.sampled_from(["cut", "keep", "grow"])),
        )  # fmt: skip
    if draw(st.booleans()):
        held["hundred"] = NextHundred({"google-search": span(draw(amounts), draw(st.floats(0, 1e3)))}, span(0, 1), 0.0)
    if draw(st.booleans()):
        part = Arrived(share := draw(st.floats(0.05, 1.0)), share, share)
        weeks = {"google": {START: part}, "meta": {START: part}}
        held["early"] = Immature(weeks, {"meta": TODAY - timedelta(days=draw(st.integers(1, 20)))})
    held["campaigns"] = (SimpleNamespace(line_key=None),) * draw(st.integers(0, 12))
    held["decisions"] = tuple(decision(n, week, came) for n, (week, came) in enumerate(draw(st.lists(DECIDED))))
    held["effects"] = {one.decision_id: Effect(one.verdict) for one in held["decisions"] if one.verdict}
    locked = replace(PLAN, status=draw(st.sampled_from(["locked", "draft"])))
    kind: Kind = draw(st.sampled_from(["weekly", "owner"]))
    return pack_of(results(shown(rows), plan=locked, **held), kind)


DECIDED = st.tuples(st.integers(-3, 3), st.sampled_from([None, "worked", "failed", "no_evidence"]))


def decision(number: int, week: int, came: Any) -> Decision:
    """A decision that holds so many weeks from the first open one."""
    monday = date(2026, 11, 23) + timedelta(weeks=week)
    before, amount = (None, None) if number % 3 == 2 else (70 * MICROS, (80 + number) * MICROS)
    return Decision(monday, "scale", "AZN", "google", "search", "google-search", amount, verdict=came,
                    before_micros=before, decision_id=number + 1)  # fmt: skip


def shown(rows: Sequence[Cell]) -> Review:
    """The review of generated cells."""
    return reviewed(PLAN, uploads(PLAN, rows))


def figures(pack: Pack, numbers: Numbers) -> Iterator[str]:
    """Every figure of the pack that a summary may say, as the screens write it."""
    yield from (numbers.money_of(100), "8", "10")
    found = pack.review
    if found is not None:
        sides = found.actual_pnl, found.plan_pnl
        yield from (numbers.money(side.after_media) for side in sides)
        yield numbers.money(abs(sides[0].after_media - sides[1].after_media))
        yield from (numbers.money_signed(driver.effect_micros) for driver in found.drivers)
        yield from (numbers.money(abs(found.actual_pnl.profit)), numbers.percent(found.actual_pnl.roi))
        yield numbers.percent(pack.arrived.share)
    if pack.pacing:
        yield numbers.percent(abs(pack.pacing.pace.projected / (pack.pacing.budget_micros / MICROS) - 1))
        yield numbers.money_of(pack.pacing.pace.required_day)
    if pack.projection:
        profit = pack.projection.profit
        yield from (numbers.money_of(profit.mid), numbers.money_span(profit.low, profit.high))
        yield from (numbers.chance(pack.projection.p_loss), numbers.chance(pack.projection.p_target))
    if pack.frontier and pack.frontier.best_micros is not None:
        yield from (numbers.money(pack.frontier.best_micros), numbers.chance(pack.frontier.chance))
    if pack.hundred:
        yield numbers.money_of(abs(next(iter(pack.hundred.lines.values())).mid))
    if pack.early and pack.early.first_day:
        yield numbers.date_short(pack.early.first_day)
    judged = [one for one in pack.earlier if one.verdict in ("worked", "failed")]
    yield from (numbers.whole(len(each)) for each in (pack.unmatched, pack.decided, judged))
    yield numbers.whole(sum(one.verdict == "worked" for one in judged))
    for one in pack.decided:
        if one.amount_micros is not None and one.before_micros:
            yield from (numbers.money(one.before_micros), numbers.money(one.amount_micros))
            yield numbers.percent_signed(one.amount_micros / one.before_micros - 1, 0)


def numerals(text: str) -> list[str]:
    """Runs of digits with the marks between them."""
    return re.findall(r"\d+(?:[.,]\d+)*", text)


@settings(max_examples=40)
@given(packs(), st.sampled_from(sorted(LANGUAGES)))
def test_every_number_is_one_of_the_packs_figures(pack: Pack, lang: str) -> None:
    """Nothing is invented: each numeral of each sentence is written in one of the figures that the pack holds."""
    numbers = numbers_for(lang, pack.plan.currency)
    known = {numeral for figure in figures(pack, numbers) for numeral in numerals(figure)}
    for sentence in summary_text(words_for(lang), numbers, pack):
        assert "{" not in sentence
        assert set(numerals(sentence)) <= known, sentence


@settings(max_examples=40)
@given(packs())
def test_a_summary_is_short_and_says_nothing_twice(pack: Pack) -> None:
    """At most nine sentences, one for each code, the result first; what was decided is always said."""
    codes = [point.code for point in summary(pack)]
    assert len(codes) <= MOST
    assert len(set(codes)) == len(codes)
    assert codes[0] in ("ahead", "behind", "on_plan", "so_far")
    assert {"decided", "undecided"} & set(codes)
    assert ("pace_on" in codes or "pace_over" in codes or "pace_under" in codes) <= (pack.kind == "weekly")
    assert bool({"cut", "keep", "grow"} & set(codes)) <= (pack.kind == "owner")


def test_the_result_is_ahead_behind_or_on_plan() -> None:
    """Twice the planned value is ahead, none of it behind, and the largest cause is named with its sign."""
    row = (0, "google-search", 400 * MICROS, 13_000, 800, 36, 2_000 * MICROS)
    rich = pack_of(results(shown([(*row[:6], 90_000 * MICROS)])), "weekly")
    poor = pack_of(results(shown([(*row[:6], 0)])), "weekly")
    assert [summary(one)[0].code for one in (rich, poor)] == ["ahead", "behind"]
    told = summary(rich)[0].facts
    assert rich.review is not None
    assert told["difference_micros"] == rich.review.actual_pnl.after_media - rich.review.plan_pnl.after_media


def test_early_days_are_not_judged() -> None:
    """With half of the conversions in, the result is told as it is so far: no ahead, no behind, no cause, no return."""
    rows: list[Cell] = [(0, "google-search", 400 * MICROS, 13_000, 800, 36, 90_000 * MICROS)]
    half = Arrived(0.5, 0.4, 0.6)
    early = Immature({"google": {START: half}}, {"google": START})
    codes = [point.code for point in summary(pack_of(results(shown(rows), early=early), "weekly"))]
    assert codes == ["so_far", "undecided", "early"]


def test_a_dropped_decision_was_not_taken() -> None:
    """It is neither counted nor named; with nothing else decided, nothing was."""
    found = shown([(0, "google-search", 400 * MICROS, 13_000, 800, 36, 2_000 * MICROS)])
    kept, dropped = decision(0, 0, None), replace(decision(1, 0, None), status="dropped", line_key="meta-prospecting")
    said = [
        {point.code: point.facts for point in summary(pack_of(results(found, decisions=made), "weekly"))}
        for made in ((dropped, kept), (dropped,))
    ]
    assert said[0]["decided"] == {"n": 1}
    assert "undecided" in said[1]
    words, numbers = words_for("en"), numbers_for("en", "AZN")
    assert "Meta" not in mail_text(words, numbers, pack_of(results(found, decisions=(dropped, kept)), "weekly"))


def test_closed_days_say_so_and_what_is_restated_since() -> None:
    """The profit as it was read stands beside the data's own; a closing of other days is not of this pack."""
    found = shown([(0, "google-search", 400 * MICROS, 13_000, 800, 36, 2_000 * MICROS)])
    days, at = Period(START, START + timedelta(days=7)), datetime(2026, 11, 30, 9, tzinfo=UTC)
    body = body_of(found)
    read = replace(new_closing(days, PLAN, body, data_version=1), closed_at=at)
    actual = body["income"]["actual"] | {"after_media": 1_234_000_000}
    other = replace(read, body=body | {"income": body["income"] | {"actual": actual}})
    said = [
        mail_text(
            words_for("en"), numbers_for("en", "AZN"), pack_of(results(found, span=span, closings=(one,)), "weekly")
        )
        for one, span in (
            (read, days),
            (other, days),
            (other, Period(START + timedelta(days=7), START + timedelta(days=14))),
        )
    ]
    assert "closed on 30 Nov; the data still say the same profit after media." in said[0]
    now = numbers_for("en", "AZN").money(found.actual_pnl.after_media)
    assert f"closed on 30 Nov with a profit after media of AZN\u00a01,234; the data now say {now}." in said[1]
    assert "closed" not in said[2]


def test_before_uploads_the_plan_is_said_and_the_next_step() -> None:
    """Without a review there is no result to tell: what the plan should bring, and that exports come next."""
    forecast = cast(Any, SimpleNamespace(pnl=SimpleNamespace(profit=1_234_567_890)))
    pack = pack_of(results(None, forecast=forecast), "owner")
    assert [point.code for point in summary(pack)] == ["planned", "next_upload"]
    text = mail_text(words_for("en"), numbers_for("en", "AZN"), pack)
    assert "should bring AZN\u00a01,235 after the team" in text


@pytest.mark.parametrize(("days", "decided", "earlier"), [(None, [3, 4], [1, 2]), (7, [2], [1]), (28, [1, 2], [])])
def test_decisions_belong_to_the_days_after_which_they_hold(
    days: int | None, decided: list[int], earlier: list[int]
) -> None:
    """To date those of open weeks, of a past week those of the week after it, of a month those since it began."""
    mondays = [START + timedelta(weeks=n) for n in (8, 9, 11, 12)]
    known = tuple(Decision(day, "hold", "AZN", decision_id=n) for n, day in enumerate(mondays, 1))
    end = mondays[1]
    chosen = None if days is None else Period(end - timedelta(days=days), end)
    pack = pack_of(results(None, decisions=tuple(reversed(known)), span=chosen), "weekly")
    assert [one.decision_id for one in pack.decided] == decided
    assert [one.decision_id for one in pack.earlier] == earlier
