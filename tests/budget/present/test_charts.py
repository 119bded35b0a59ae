"""Charts show exactly the figures they are given, in the order given, in the roles of the design."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import altair as alt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.present.charts import (
    beliefs,
    bridge,
    cash,
    claims,
    curve,
    fan,
    flights,
    frontier,
    pacing,
    rows,
    shares,
    spark,
    split,
    tornado,
    waterfall,
)
from budget.present.charts.apart import GAP, apart
from budget.present.charts.marks import Spec
from budget.present.charts.multipliers import multipliers
from budget.present.charts.signs import locale
from budget.present.charts.style import PLAIN, ROLES, ticks, unique
from budget.present.numbers import Numbers, Unit, numbers_for
from budget.present.words import Words, words_for

EN, AZ = numbers_for("en", "AZN"), numbers_for("az", "AZN")
WORDS, SÖZLƏR = words_for("en"), words_for("az")
THOUSAND = Unit(1000, 1, "AZN thousand")
MICROS = st.integers(-(10**13), 10**13)
DAYS = [date(2026, 9, 28) + timedelta(days=i) for i in range(91)]
WEEKS = DAYS[::7]


@dataclass(frozen=True)
class Outcomes:
    """A fan for the tests."""

    low: tuple[float, ...]
    mid: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True)
class Paced:
    """A pace for the tests."""

    ideal: tuple[float, ...]
    path: tuple[float, ...]
    path_low: tuple[float, ...]
    path_high: tuple[float, ...]


@dataclass(frozen=True)
class Answer:
    """A response curve for the tests."""

    spend: tuple[float, ...] = (0, 1000, 2000, 3000)
    cost: tuple[float, ...] = (0, 1180, 2360, 3540)
    low: tuple[float, ...] = (0, 1500, 2200, 2600)
    mid: tuple[float, ...] = (0, 2000, 3200, 3900)
    high: tuple[float, ...] = (0, 2400, 4000, 5200)
    here_spend: float = 1500
    here_mid: float = 2600
    stop_spend: float | None = 2500
    stop_mid: float | None = 3550
    seen_high: float | None = 1800


FAN = Outcomes(
    tuple(-3000.0 - i for i in range(13)), tuple(1000.0 * i for i in range(13)), tuple(2000.0 * i for i in range(13))
)
FAN_BELOW = Outcomes(FAN.low, tuple(-100.0 * i for i in range(13)), FAN.high)
IDEAL = tuple(1000.0 * (i + 1) for i in range(91))
PACE = Paced(IDEAL, tuple(x * 0.98 for x in IDEAL), tuple(x * 0.97 for x in IDEAL), tuple(x * 0.99 for x in IDEAL))
FLIGHTS = [
    flights.Flight("Zeta", date(2026, 9, 28), date(2026, 12, 28), "committed", 31_000, 0.6),
    flights.Flight("Əla", date(2026, 10, 5), date(2026, 12, 7), "optional", 11_000),
]
EVENTS = [flights.Event("Black Friday", date(2026, 11, 27), date(2027, 2, 1))]
STRONG = [1.0] * 4 + [1.6] + [1.0] * (len(WEEKS) - 5)
BELIEFS = [
    beliefs.Belief("Zeta", (2, 4, 6), (4.1, 4.5, 5), "4.00 → 4.50", "z", "zz"),
    beliefs.Belief("Alpha", (1, 2, 3), None, "2.00 → –", "a"),
]
FAR = beliefs.Belief("Far", (50, 60, 90), (80, 85, 88), "60.00 → 85.00", "f", "ff")

BUDGETS = [frontier.Budget(100 + 20 * i, -20 - i, 40 - 10 * i, 90, f"tip {i}") for i in range(4)]

CLAIMED = [claims.Pair(WEEKS[0], 900, 700), claims.Pair(WEEKS[1], 800, None), claims.Pair(WEEKS[2], 500, 600, True)]
CHARTS: dict[str, Callable[[Numbers, Words], Spec]] = {
    "waterfall": lambda n, w: waterfall.waterfall([waterfall.Step("Zeta", 5, True), waterfall.Step("Alpha", -3)], n),
    "bridge": lambda n, w: bridge.bridge(("Plan", 10), [bridge.Effect("CPM", -3)], ("Actual", 7), n),
    "results": lambda n, w: rows.results([rows.Result("Zeta", -5, "plan"), rows.Result("Alpha", 7)], n),
    "ranges": lambda n, w: rows.ranges([rows.Range("Zeta", -5, 1, 9), rows.Range("Alpha", 1, 2, 3, "good")], n),
    "fan": lambda n, w: fan.fan(WEEKS, FAN, n, w, THOUSAND, done=3, plan=FAN.mid, goal=5000),
    "curve": lambda n, w: curve.curve(Answer(), n, w),
    "curve_weeks": lambda n, w: curve.curve(
        Answer(), n, w, weeks=[curve.Week(900, 1700, "a"), curve.Week(1800, 2500, "b")]
    ),
    "beliefs": lambda n, w: beliefs.beliefs(BELIEFS, n, w),
    "beliefs_far": lambda n, w: beliefs.beliefs([*BELIEFS, FAR], n, w),
    "shares": lambda n, w: shares.shares(
        [shares.Share("Zeta", 0.4, "40%", "z", 0.5), shares.Share("Əla", None, "–", "ə")], n
    ),
    "pacing": lambda n, w: pacing.pacing(DAYS, PACE, 40, n, w, THOUSAND),
    "funnel": lambda n, w: pacing.funnel(DAYS, PACE, 40, n, w),
    "flights": lambda n, w: flights.flights(FLIGHTS, n, w, THOUSAND, events=EVENTS, today=date(2026, 11, 22)),
    "split": lambda n, w: split.split([split.Move("Zeta", 900, 1200), split.Move("Alpha", 500, 200)], n, w),
    "marginals": lambda n, w: split.marginals([split.Marginal("Zeta", 40, -5, 12, 30)], n),
    "multipliers": lambda n, w: multipliers(WEEKS, STRONG, [1.0] * len(WEEKS), n, w),
    "cash": lambda n, w: cash.cash(WEEKS, FAN_BELOW, n, w, THOUSAND),
    "curve_even": lambda n, w: curve.curve(Answer(), n, w, even=1200),
    "frontier": lambda n, w: frontier.frontier(
        BUDGETS,
        [frontier.Place(120, 40, "today", "actual"), frontier.Place(140, 0, "zero", "muted", below=True)],
        BUDGETS[1],
        n,
        PLAIN,
    ),
    "tornado": lambda n, w: tornado.tornado(
        [tornado.Pull("Zeta", -5, 9, "1%", "3%"), tornado.Pull("Alpha", 4, 1, "a", "b")], 2.0, n
    ),
    "spark": lambda n, w: spark.spark([1.0, None, 3.0], [2.0, 2.0, 2.0], n),
    "spark_early": lambda n, w: spark.spark([1.0, 2.0, 3.0], [2.0, 2.0, 2.0], n, early=1),
    "pacing_early": lambda n, w: pacing.pacing(DAYS, PACE, 40, n, w, THOUSAND, early=3),
    "funnel_early": lambda n, w: pacing.funnel(DAYS, PACE, 40, n, w, early=3),
    "fan_early": lambda n, w: fan.fan(WEEKS, FAN, n, w, THOUSAND, done=3, early=2),
    "claims": lambda n, w: claims.claims(CLAIMED, n, w, THOUSAND),
}
every_chart = pytest.mark.parametrize("name", CHARTS)


def drawn(whole: Spec) -> Iterator[tuple[Spec, list[Spec]]]:
    """Each layer with its rows."""
    for layer in whole["layer"]:
        yield layer, layer["data"]["values"]


def texts(chart: Spec) -> list[str]:
    """The words drawn in a chart, once each, in order."""
    return list(dict.fromkeys(row["text"] for _, values in drawn(chart) for row in values if row.get("text")))


@every_chart
@pytest.mark.parametrize(("numbers", "words"), [(EN, WORDS), (AZ, SÖZLƏR)], ids=["en", "az"])
def test_obeys_the_common_rules(name: str, numbers: Numbers, words: Words) -> None:
    """Every layer is coloured by role alone; no title, no legend; as wide as its place, of a fixed height."""
    whole = CHARTS[name](numbers, words)
    assert whole["width"] == "container"
    assert isinstance(whole["height"], int)
    assert "title" not in whole
    for layer, values in drawn(whole):
        colour = layer["encoding"]["color"]
        assert colour["scale"] == {"domain": list(ROLES), "range": "category"}
        assert colour["legend"] is None
        assert {row["role"] for row in values} <= set(ROLES)
        for channel in ("x", "y"):
            axis = layer["encoding"].get(channel, {}).get("axis")
            assert axis is None or axis["title"] is None
        assert layer["mark"].get("fontSize", 12) >= 11


@every_chart
def test_is_a_chart_that_the_browser_knows(name: str) -> None:
    """Every chart holds against the schema of Vega-Lite: nothing checks it while the product runs."""
    alt.LayerChart.from_dict(CHARTS[name](EN, WORDS), validate=True)


@every_chart
def test_says_finished_text_under_the_pointer(name: str) -> None:
    """A layer shows one finished text under the pointer, or nothing: never its raw fields."""
    tips = [layer["encoding"]["tooltip"] for layer, _ in drawn(CHARTS[name](EN, WORDS))]
    assert all(tip in ({"value": None}, {"field": "tip", "type": "nominal"}) for tip in tips)
    assert name.startswith("spark") or {"field": "tip", "type": "nominal"} in tips


@every_chart
def test_takes_no_colour_of_its_own(name: str) -> None:
    """No chart holds a colour in figures: the browser takes them from the scheme."""
    assert not re.search(r"#[0-9a-fA-F]{3}|rgb", json.dumps(CHARTS[name](EN, WORDS)))


@given(st.lists(MICROS, min_size=1, max_size=8))
@settings(derandomize=True, max_examples=100)
def test_waterfall_adds_up(changes: list[int]) -> None:
    """Each bar begins where the one before ended; the last total is the exact sum; totals begin at zero."""
    steps = [waterfall.Step("Revenue", 7, True), *(waterfall.Step("Step", change) for change in changes)]
    steps.append(waterfall.Step("Profit", 7 + sum(changes), True))
    bars = waterfall.bars(steps, EN)
    assert [bar.end_micros - bar.start_micros for bar in bars[1:-1]] == changes
    assert [bar.start_micros for bar in bars[1:-1]] == [bar.end_micros for bar in bars[:-2]]
    assert bars[0].start_micros == bars[-1].start_micros == 0
    assert bars[-1].end_micros == 7 + sum(changes)
    assert bars[-1].role == ("good" if 7 + sum(changes) >= 0 else "bad")


def test_waterfall_refuses_a_false_total() -> None:
    """A total that its steps do not make is refused, not drawn."""
    steps = [waterfall.Step("Revenue", 7, True), waterfall.Step("Cost", -3), waterfall.Step("Profit", 5, True)]
    with pytest.raises(ValueError, match="found Profit 5, expected 4"):
        waterfall.bars(steps, EN)


def test_waterfall_tells_roles_and_signs() -> None:
    """Totals in the role asked for, costs neutral, the last line judged; only steps carry a sign."""
    steps = [waterfall.Step("Price", 58_000_000, True), waterfall.Step("VAT", -8_850_000)]
    steps.append(waterfall.Step("Left", 49_150_000, True))
    bars = waterfall.bars(steps, EN, digits=2, totals="plan")
    assert [(bar.role, bar.figure) for bar in bars] == [("plan", "58.00"), ("neutral", "−8.85"), ("good", "49.15")]


@given(MICROS, st.lists(MICROS, max_size=9))
@settings(derandomize=True, max_examples=100)
def test_bridge_leads_from_plan_to_actual(plan: int, changes: list[int]) -> None:
    """The bars between plan and actual join without a gap and add up exactly."""
    effects = [bridge.Effect("Driver", change) for change in changes]
    bars = bridge.bars(("Plan", plan), effects, ("Actual", plan + sum(changes)), EN)
    levels = [plan, *(bar.end_micros for bar in bars[1:-1])]
    assert [bar.start_micros for bar in bars[1:-1]] == levels[:-1]
    assert levels[-1] == bars[-1].end_micros == plan + sum(changes)


def test_bridge_judges_by_effect_and_noise() -> None:
    """A gain is good, a loss bad, what chance explains neutral; every step carries its sign."""
    effects = [
        bridge.Effect("a", 640_000_000),
        bridge.Effect("b", -210_000_000),
        bridge.Effect("c", 40_000_000, True),
        bridge.Effect("d", 0),
    ]
    bars = bridge.bars(("Plan", 0), effects, ("Actual", 470_000_000), EN)
    assert [bar.role for bar in bars] == ["plan", "good", "bad", "neutral", "neutral", "actual"]
    assert [bar.figure for bar in bars[1:-1]] == ["+640", "−210", "+40", "0"]


def test_bridge_refuses_a_gap() -> None:
    """Effects that do not explain the whole difference are refused."""
    with pytest.raises(ValueError, match="do not lead from 10 to 8"):
        bridge.bars(("Plan", 10), [bridge.Effect("a", -3)], ("Actual", 8), EN)


def test_bridge_marks_its_cut_axis() -> None:
    """Both totals carry the sign of a cut axis, and their bars begin at its lower end."""
    whole = bridge.bridge(("Plan", 10**9), [bridge.Effect("a", 10**7)], ("Actual", 10**9 + 10**7), EN)
    strokes = [values for layer, values in drawn(whole) if layer["mark"]["type"] == "text"]
    cuts = [values for values in strokes if values[0].get("text") == "//"]
    assert [[row["name"] for row in values] for values in cuts] == [["Plan", "Actual"]]
    bars = next(values for layer, values in drawn(whole) if layer["mark"]["type"] == "bar")
    low = whole["layer"][0]["encoding"]["x"]["scale"]["domain"][0]
    assert bars[0]["start"] == bars[-1]["start"] == pytest.approx(low, abs=1e-6)


@pytest.mark.parametrize("name", ["waterfall", "results", "ranges", "flights", "beliefs", "shares"])
def test_rows_stand_in_the_given_order(name: str) -> None:
    """Every layer asks for the order of the data, not the alphabet: Zeta stays before Alpha and Əla."""
    whole = CHARTS[name](EN, WORDS)
    found = [
        layer["encoding"]["y"] for layer, _ in drawn(whole) if layer["encoding"].get("y", {}).get("field") == "name"
    ]
    assert found
    assert {y["sort"] for y in found} == {None}
    assert all(y["scale"]["domain"][0] == "Zeta" for y in found)


@given(st.lists(st.sampled_from(["a", "a\u200b", "b"]), max_size=8))
@settings(derandomize=True)
def test_equal_names_stay_two_rows(names: list[str]) -> None:
    """Rows of one name stay apart and read the same."""
    found = unique(names)
    assert len(set(found)) == len(names)
    assert [name.replace("\u200b", "") for name in found] == [name.replace("\u200b", "") for name in names]


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=8))
@settings(derandomize=True)
def test_labels_keep_apart_and_in_order(values: list[float]) -> None:
    """Line-end labels are at least 17 px apart, in the order of their lines, and where there is room at their lines."""
    least = GAP * 200 / (250 - 45)
    placed = apart(values, -100, 100, 250)
    order = sorted(range(len(values)), key=values.__getitem__)
    steps = [placed[b] - placed[a] for a, b in pairwise(order)]
    assert all(step >= least - 1e-9 for step in steps)
    if all(values[b] - values[a] >= least for a, b in pairwise(order)):
        assert placed == pytest.approx(values)


def test_fan_draws_the_past_without_a_range() -> None:
    """What happened is one solid line; the band begins at its last point; what is not told is not drawn."""
    whole = fan.fan(WEEKS, FAN, EN, WORDS, THOUSAND, done=3)
    layers = list(drawn(whole))
    bands = [values for layer, values in layers if layer["mark"]["type"] == "area"]
    solid = [values for layer, values in layers if layer["mark"].get("strokeWidth") == 2.75]
    assert [len(values) for values in bands] == [11]
    assert [[row["y"] for row in values] for values in solid] == [[0, 1, 2]]
    roles = {row["role"] for layer, values in layers for row in values if layer["mark"]["type"] == "line"}
    assert "plan" not in roles


def test_fan_names_its_ends() -> None:
    """High, middle and low with their figures; with a plan its end and the projected one."""
    assert texts(fan.fan(WEEKS, FAN, EN, WORDS, THOUSAND)) == ["24.0 high", "12.0 middle", "−3.0 low"]
    with_plan = fan.fan(WEEKS, FAN, AZ, SÖZLƏR, THOUSAND, plan=FAN.high, goal=5000)
    assert texts(with_plan) == ["hədəf 5,0", "Proqnoz 12,0", "Plan 24,0"]


def test_curve_is_solid_only_where_spent() -> None:
    """The solid part ends at the largest week ever spent; without uploads nothing is solid."""
    layers = list(drawn(curve.curve(Answer(), EN, WORDS)))
    solid = [values for layer, values in layers if layer["mark"].get("strokeWidth") == 2.75]
    assert [values[-1]["x"] for values in solid] == [1800]
    assert solid[0][-1]["y"] == pytest.approx(2960)
    unseen = drawn(curve.curve(Answer(seen_high=None, stop_spend=None, stop_mid=None), EN, WORDS))
    assert not [1 for layer, _ in unseen if layer["mark"].get("strokeWidth") == 2.75]


def test_funnel_shows_the_distance_from_plan() -> None:
    """Two per cent under plan all along is −2 % in every point, drawn from a tenth of the plan on."""
    chart = pacing.funnel(DAYS, PACE, 40, EN, WORDS)
    layers = list(drawn(chart))
    solid = next(values for layer, values in layers if layer["mark"].get("strokeWidth") == 2.75)
    assert [row["y"] for row in solid] == pytest.approx([-0.02] * len(solid))
    assert solid[0]["day"] == "2026-10-07T00:00:00"
    assert texts(chart) == ["−2.0%"]
    allowed = next(values for layer, values in layers if layer["mark"].get("opacity") == 0.16)
    assert allowed[-1]["top"] == pytest.approx(0.01)


def test_flight_shows_share_spent_as_share_of_its_length() -> None:
    """Sixty per cent spent of ninety-one days reaches to the fifty-fourth; no upload, no inner bar; events are cut."""
    whole = CHARTS["flights"](EN, WORDS)
    inner = [values for layer, values in drawn(whole) if layer["mark"].get("size") == 5]
    assert [[(row["name"], row["end"]) for row in values] for values in inner] == [[("Zeta", "2026-11-21T00:00:00")]]
    events = [values[0] for layer, values in drawn(whole) if layer["mark"]["type"] == "rect"]
    assert [row["end"] for row in events] == ["2026-12-28T00:00:00"]


def test_spark_leaves_out_what_is_unknown() -> None:
    """An unknown week is no point; the last known one carries the dot."""
    layers = list(drawn(CHARTS["spark"](EN, WORDS)))
    assert [[row["i"] for row in values] for _, values in layers] == [[0, 1, 2], [0, 2], [2]]


def test_short_times_tick_on_mondays() -> None:
    """Up to some ten weeks the axis names Mondays, above the first days of months."""
    assert ticks(DAYS[0], DAYS[20]) == [DAYS[0], DAYS[7], DAYS[14]]
    assert ticks(DAYS[0], DAYS[-1]) == [date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)]


def test_browser_gets_the_language() -> None:
    """Axis figures and dates are written in the app's language, whatever the browser's."""
    found = locale("az")
    assert (found["number"]["decimal"], found["number"]["thousands"], found["number"]["minus"]) == (",", ".", "−")
    assert found["time"]["shortMonths"][10] == "noy"
    assert found["time"]["days"][0] == "bazar"


def test_a_split_shows_both_sides_and_the_change_in_figures() -> None:
    """Hollow today, full proposed; the change in the chart's unit, in good or bad by its sign, a word where none."""
    moves = [split.Move("Up", 9000, 12_000), split.Move("Down", 5000, 4900.4), split.Move("Stays", 700, 700)]
    chart = split.split(moves, EN, WORDS, THOUSAND)
    dots = next(values for layer, values in drawn(chart) if layer["mark"].get("filled"))
    assert [(row["today"], row["proposed"], row["role"]) for row in dots] == [
        (9.0, 12.0, "good"), (5.0, pytest.approx(4.9004), "bad"), (0.7, 0.7, "neutral"),
    ]  # fmt: skip
    assert texts(chart) == ["+3.0", "−0.1", "same"]


def test_marginals_hold_both_middles_and_zero() -> None:
    """The axis holds zero, the middle before, and the range after."""
    chart = split.marginals([split.Marginal("Zeta", 40, 5, 12, 30), split.Marginal("Alpha", -60, -50, -20, -4)], EN)
    low, high = chart["layer"][1]["encoding"]["x"]["scale"]["domain"]
    assert low < -60 < 0 < 40 < high
    tips = [row["tip"] for row in chart["layer"][1]["data"]["values"]]
    assert [tip.partition(" (")[0] for tip in tips] == ["Zeta: +40 → +12", "Alpha: −60 → −20"]


def test_multipliers_step_from_monday_to_monday() -> None:
    """Each week's level holds to the next Monday, the last one to its end; both lines are named where they end."""
    whole = CHARTS["multipliers"](EN, WORDS)
    demand = next(v for layer, v in drawn(whole) if layer["mark"].get("strokeDash") == [6, 4])
    assert [row["y"] for row in demand] == [*STRONG, STRONG[-1]]
    assert [row["day"][:10] for row in demand][4:6] == ["2026-10-26", "2026-11-02"]
    assert demand[-1]["day"][:10] == "2026-12-28"
    assert texts(whole) == ["Conversions", "CPM"]
    tips = next(v for _, v in drawn(whole) if "tip" in v[0])
    assert tips[4]["tip"] == "26 Oct: Conversions × 1.60, CPM × 1.00"
