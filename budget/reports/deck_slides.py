"""The slides of both decks, each from the part of the pack that it shows."""

from collections.abc import Mapping, Sequence

from pptx.presentation import Presentation as Deck

from budget.forecast import Forecast
from budget.frontier import Frontier
from budget.immature import early_from
from budget.money import MICROS
from budget.next_hundred import NextHundred
from budget.outturn import whole_plan
from budget.pacing import Pacing
from budget.present import deck_tables, deck_words
from budget.present.charts import bridge
from budget.present.charts.pacing import ALLOWED, CLAMP, JUDGED_FROM
from budget.present.charts.style import Role
from budget.present.charts.waterfall import bars as steps
from budget.present.deck_words import Tongue
from budget.present.gaps import unknowns
from budget.present.overview_words import budget_name
from budget.present.pack_cards import cards as card_texts
from budget.present.record_words import METRICS, bias_sentence, inside, is_few
from budget.present.steps import pnl_steps
from budget.present.vocabulary import DRIVERS, OWNER_ROLES, key_name
from budget.projection import Projection
from budget.record import Record
from budget.reports.deck_charts import Axis, Band, Line, Names, Piece, Strip, lines, range_strip
from budget.reports.deck_page import BODY_BOX, BODY_TOP, Box, Page, Said, fit
from budget.reports.deck_parts import CHART_WIDTH, axis_of, bars_beside, cards, facts_beside, listed, page_of, waterfall
from budget.review import Review
from budget.weeks import week_ends

CUT = 0.22
"""The axis of small steps between two large totals begins this share of their span below the lowest level."""
CUT_FROM = 0.35
"""It is cut only where the steps reach over less than this share of the larger total."""
HEADS = 0.95
"""The heading of a table, its header and the space below it."""
UPPER, STEP = 2.75, 0.06
"""Height of the money's path above that of its distance from plan, and the steps of the latter's axis."""
MOST_ROWS, LETTERS = 12, 260
"""Lines that a slide shows, and letters of a sentence on it."""
LEVEL = 0.8
SHARES = (-4, -2, 0, 2, 4)
"""Budgets that are shown, in twentieths of today's."""


def figures(deck: Deck, of: Tongue, found: Review) -> None:
    """The five figures, and profit after media week by week."""
    page = page_of(deck, of, deck_words.figures(of, found))
    cards(page, card_texts(of, found))
    whole = of.pack.to_date or found
    planned = [before.after_media / MICROS for before, _ in whole.cumulative]
    actual = [after.after_media / MICROS for _, after in whole.cumulative]
    if len(planned) > 1:
        ripe = early_from(of.pack.plan, of.pack.early, whole.actual, whole.weeks) if of.pack.early else len(actual)
        drawn = [Line(of.label("plan"), planned, "plan", "dash", 1.75), *_two(of, actual, ripe, "arriving")]
        box = Box(BODY_BOX.left, BODY_TOP + 1.75, BODY_BOX.width, BODY_BOX.height - 1.75)
        lines(page, box, week_ends(whole.weeks), drawn, axis=axis_of(planned + actual))


def why(deck: Deck, of: Tongue, found: Review) -> None:
    """From plan to actual, one cause a row."""
    page = page_of(deck, of, deck_words.why(of, found))
    judged = of.pack.arrived.is_judged
    effects = [
        bridge.Effect(of.words.say(DRIVERS[d.name]), d.effect_micros, d.is_quiet or not judged) for d in found.drivers
    ]
    plan = of.label("plan"), found.plan_pnl.after_media
    rows = bridge.bars(plan, effects, (of.label("actual"), found.actual_pnl.after_media), of.numbers)
    levels = [x for row in rows[1:-1] for x in (row.start_micros, row.end_micros)]
    levels += [rows[0].end_micros, rows[-1].end_micros]
    low, high = min(levels), max(levels)
    is_cut = low > 0 and high - low < CUT_FROM * high
    who = ["", *(d.owner or of.words.say(OWNER_ROLES[d.owner_role]) for d in found.drivers), ""]
    waterfall(page, of, of.label("cause"), rows, floor_micros=round(low - CUT * (high - low)) if is_cut else None,
              who=who)  # fmt: skip


def pace(deck: Deck, of: Tongue, found: Pacing) -> None:
    """Cumulative spend with its plan and projection, and what to spend a day."""
    page = page_of(deck, of, deck_words.pace(of, found))
    done, track = found.days_done, found.pace
    path = [float(x) for x in track.path]
    drawn = [
        Line(of.label("plan"), [float(x) for x in track.ideal], "plan", "dash", 1.75),
        *_two(of, path, done, "projected"),
    ]
    low, high = [float(x) for x in track.path_low], [float(x) for x in track.path_high]
    band = Band(low, high, of.label("low_end"), of.label("range"))
    lines(page, Box(BODY_BOX.left, BODY_TOP, CHART_WIDTH, UPPER), found.days, drawn, band, axis=axis_of(path))
    _funnel(page, of, found)
    numbers = of.numbers
    rows: list[tuple[str | Said, str]] = [
        (Said(of.label("plan_dashed"), 12, "plan"), numbers.money(found.budget_micros)),
        (Said(of.label("spent_line"), 12, "actual"), numbers.money(found.spent_micros)),
        (Said(of.label("projected_dots"), 12, "actual"), numbers.money_of(track.projected)),
        (of.label("outcomes"), numbers.whole_span(track.low, track.high)),
        (of.label("required_day"), numbers.money(found.required_day_micros)),
    ]
    facts_beside(page, of, rows)


def _funnel(page: Page, of: Tongue, found: Pacing) -> None:
    """The same as a share above or below plan, between the two lines that draw together."""
    top = BODY_TOP + UPPER + 0.1
    page.text(Box(BODY_BOX.left, top, CHART_WIDTH, 0.25), [[Said(of.label("funnel"), 11, "muted")]])
    ideal, days = [float(x) for x in found.pace.ideal], len(found.days)
    first = next((n for n, planned in enumerate(ideal) if planned >= JUDGED_FROM * ideal[-1] > 0), days - 1)
    width = [ALLOWED[0] + (ALLOWED[1] - ALLOWED[0]) * (n + 1) / days for n in range(days)]
    path, low, high = (_away([float(x) for x in side], ideal, first) for side in
                       (found.pace.path, found.pace.path_low, found.pace.path_high))  # fmt: skip
    allowed = [[None if share > CLAMP else sign * share for share in width] for sign in (1, -1)]
    drawn = [
        *(Line(of.label(name), side, "plan", points=1) for name, side in zip(("over", "under"), allowed, strict=True)),
        Line(of.label("plan"), [0.0] * days, "plan", "dash", 1.75),
        *_two(of, path, found.days_done, "projected", first),
    ]
    band = Band(low, high, of.label("low_end"), of.label("range"))
    place = Box(BODY_BOX.left, top + 0.25, CHART_WIDTH, BODY_BOX.height - UPPER - 0.35)
    lines(page, place, found.days, drawn, band, axis=Axis("+0%;−0%;0%", (-CLAMP, CLAMP), STEP))


def _away(path: Sequence[float], ideal: Sequence[float], first: int) -> list[float]:
    """Shares above or below plan within what is drawn; 0 before the first day that is judged."""
    shares = [float(x) / planned - 1 if planned else 0.0 for x, planned in zip(path, ideal, strict=True)]
    return [max(min(share, CLAMP), -CLAMP) if n >= first else 0.0 for n, share in enumerate(shares)]


def three(deck: Deck, of: Tongue, found: Review) -> None:
    """Plan, plan at the money spent, what happened."""
    page, all_three = page_of(deck, of, deck_words.three(of, found)), found.three
    rows: list[tuple[str, int, Role]] = [
        (of.label("plan_as_written"), all_three.planned_micros, "plan"),
        (of.label("plan_at_money_spent"), all_three.as_spent_micros, "forecast"),
        (of.label("what_happened"), all_three.actual_micros, "actual"),
    ]
    texts = [(name, of.numbers.whole(amount / MICROS)) for name, amount, _ in rows]
    strips = [Strip(name, (Piece(min(amount, 0), max(amount, 0), role),)) for name, amount, role in rows]
    headers = ((of.label("result"), 1.0, False), (of.numbers.currency, 0.5, True))
    bars_beside(page, of, headers, texts, strips, Names(of.label("before_the_step"), (of.label("amount"),)),
                box=Box(BODY_BOX.left, BODY_TOP, BODY_BOX.width, 2.8))  # fmt: skip
    said = [
        of.label("execution",
                  amount=of.numbers.money_signed(all_three.execution_micros)),
        of.label("market", amount=of.numbers.money_signed(all_three.market_micros)),
    ]  # fmt: skip
    page.points(Box(BODY_BOX.left, BODY_TOP + 2.8, BODY_BOX.width, 1.2), said, 16)


def hundred(deck: Deck, of: Tongue, found: NextHundred, names: Mapping[str, str]) -> None:
    """What the next 100 earns on each line."""
    best, earns = next(iter(found.lines.items()))
    page = page_of(deck, of, deck_words.hundred(of, key_name(of.words, names, best), earns))
    numbers = of.numbers
    rows = [(key_name(of.words, names, key), one) for key, one in found.lines.items()][:MOST_ROWS]
    texts = [(name, numbers.signed(one.mid, 1), numbers.whole_span(one.low, one.high)) for name, one in rows]
    strips = [range_strip(name, one.low, one.mid, one.high, _sure(one.low, one.high)) for name, one in rows]
    _ranges(page, of, of.label("line"), texts, strips)


def decisions(deck: Deck, of: Tongue, names: Mapping[str, str]) -> None:
    """What came of earlier actions, and what was decided."""
    page, pack = page_of(deck, of, deck_words.decisions(of)), of.pack
    top = BODY_TOP
    parts = ((of.label("earlier_actions"), pack.earlier, True), (of.label("decided"), pack.taken, False))
    shown = [part for part in parts if part[1]]
    count = sum(len(found) for _, found, _ in shown)
    for title, found, judged in shown:
        room = (BODY_BOX.height - HEADS * len(shown)) * len(found) / count + HEADS
        page.text(Box(BODY_BOX.left, top, BODY_BOX.width, 0.3), [[Said(title, 14, bold=True)]])
        table = deck_tables.decision_table(of, found, names, judged=judged)
        listed(page, Box(BODY_BOX.left, top + 0.35, BODY_BOX.width, room - HEADS + 0.4), table)
        top += room
    if not shown:
        page.points(BODY_BOX, [of.label("decide_hint")])


def unknown(deck: Deck, of: Tongue, names: Mapping[str, str]) -> None:
    """What is not known yet."""
    found = unknowns(of.words, of.numbers, of.pack, names)
    page = page_of(deck, of, deck_words.unknown(of, len(found)))
    if len(found) > MOST_ROWS:
        more = len(found) - MOST_ROWS + 1
        found = [*found[: MOST_ROWS - 1], of.words.count("and {n} more", "and {n} more", more)]
    size = 15 if len(found) <= 8 else 11
    page.points(BODY_BOX, [fit(each, LETTERS) for each in found], size)


def statement(deck: Deck, of: Tongue) -> None:
    """The income statement down to programme profit."""
    found = of.pack.statement
    if found is None:
        return
    to_date = of.pack.review is not None
    page = page_of(deck, of, deck_words.statement(of, found, to_date))
    judged = of.pack.arrived.is_judged
    rows = steps(pnl_steps(of.words, found), of.numbers, totals="actual" if to_date else "plan", judged=judged)
    waterfall(page, of, of.label("step"), rows)


def whole(deck: Deck, of: Tongue, found: Review, ahead: Projection) -> None:
    """The income statement of the whole plan, unless every week of it is over."""
    if ahead.weeks_done == len(ahead.weeks):
        return
    pnl = whole_plan(found.actual_pnl, ahead.remaining, ahead.profit.mid)
    page = page_of(deck, of, deck_words.whole(of, pnl))
    waterfall(page, of, of.label("step"), steps(pnl_steps(of.words, pnl), of.numbers))


def goal(deck: Deck, of: Tongue, found: Forecast | Projection) -> None:
    """Every goal with its chance, and the range of profit."""
    page, numbers = page_of(deck, of, deck_words.goal(of, found)), of.numbers
    name = of.label("profit_at_the_end")
    texts = [(name, numbers.whole(found.profit.mid), numbers.whole_span(found.profit.low, found.profit.high))]
    strip = range_strip(name, found.profit.low, found.profit.mid, found.profit.high,
                        _sure(found.profit.low, found.profit.high))  # fmt: skip
    _ranges(page, of, of.label("result"), texts, [strip])
    table = deck_tables.goal_table(of)
    if table.rows:
        listed(page, Box(BODY_BOX.left, BODY_TOP + 1.6, BODY_BOX.width, BODY_BOX.height - 1.6), table)


def outlook(deck: Deck, of: Tongue, found: Forecast | Projection) -> None:
    """Cumulative profit, what happened and what may come."""
    page, numbers = page_of(deck, of, deck_words.outlook(of, found)), of.numbers
    fan = found.cumulative_profit
    low, mid, high = ([float(x) for x in side] for side in (fan.low, fan.mid, fan.high))
    done = found.weeks_done if isinstance(found, Projection) else 0
    drawn = _two(of, mid, done, "projected")
    band = Band(low, high, of.label("low_end"), of.label("range"))
    box = Box(BODY_BOX.left, BODY_TOP, CHART_WIDTH, BODY_BOX.height)
    lines(page, box, found.week_ends, drawn, band, axis=axis_of(low + high))
    rows: list[tuple[str | Said, str]] = [
        (Said(of.label("so_far_line"), 12, "actual"), numbers.money_of(mid[done - 1] if done else None)),
        (Said(of.label("end_dots"), 12, "actual"), numbers.money_of(found.profit.mid)),
        (of.label("outcomes"), numbers.whole_span(found.profit.low, found.profit.high)),
        (of.label("chance_of_a_loss"), numbers.chance(found.p_loss)),
        (of.label("pays_back_in"), of.label("week", n=str(found.payback_week)) if found.payback_week
         else of.label("not_in_the_plan")),
    ]  # fmt: skip
    facts_beside(page, of, rows)


def budgets(deck: Deck, of: Tongue, found: Frontier) -> None:
    """Cut, keep or grow."""
    page, numbers = page_of(deck, of, deck_words.budgets(of, found)), of.numbers
    points = [point for point in found.points if round(point.share * 20) in SHARES]
    texts, strips = [], []
    for point in points:
        name = budget_name(of.words, numbers, point, 1, 0)
        profit, today = point.profit, point.share == 0
        texts.append(
            (Said(name, 12, bold=today), numbers.whole(profit.mid), numbers.whole_span(profit.low, profit.high))
        )
        strips.append(range_strip(name, profit.low, profit.mid, profit.high, "actual" if today else "neutral"))
    _ranges(page, of, of.label("budget_ahead"), texts, strips)


def record(deck: Deck, of: Tongue, found: Record) -> None:
    """Were the ranges honest."""
    page, words, numbers = page_of(deck, of, deck_words.record(of, found)), of.words, of.numbers
    if not found.judged:
        page.points(BODY_BOX, [of.label("record_hint")])
        return
    texts, strips = [], []
    for one in found.by_metric.values():
        level, name = one.levels[LEVEL], words.say(METRICS[one.metric])
        lean = numbers.whole(None) if is_few(level) else bias_sentence(words, numbers, one)
        texts.append((name, numbers.whole(one.judged), inside(words, numbers, level), lean))
        share = 0.0 if is_few(level) else level.share
        strips.append(
            Strip(name, (Piece(0, round(share * MICROS), "actual"), Piece(round(share * MICROS), MICROS, "grid")))
        )
    headers = ((of.label("measure"), 1.2, False), (of.label("judged"), 0.8, True), (of.label("inside"), 0.9, True),
               (of.label("lean"), 1.5, True))  # fmt: skip
    columns = Names(of.label("before_the_step"), (of.label("inside"), of.label("outside")))
    bars_beside(page, of, headers, texts, strips, columns, names_width=7.2)


def first_to_go(deck: Deck, of: Tongue, names: Mapping[str, str]) -> None:
    """The lines that go first."""
    table = deck_tables.first_table(of, names)
    page = page_of(deck, of, deck_words.first_to_go(of, len(table.rows)))
    if table.rows:
        listed(page, BODY_BOX, table)


def approval(deck: Deck, of: Tongue, names: Mapping[str, str]) -> None:
    """Decisions, and the line on which the owner signs."""
    page, pack = page_of(deck, of, deck_words.approval(of)), of.pack
    found = (*pack.earlier, *pack.decided)
    if found:
        table = deck_tables.decision_table(of, found, names, judged=False)
        listed(page, Box(BODY_BOX.left, BODY_TOP, BODY_BOX.width, 3.2), table)
    else:
        page.points(Box(BODY_BOX.left, BODY_TOP, BODY_BOX.width, 1), [of.label("nothing_decided")])
    signed = [[Said(of.label("approved_by"), 12, "muted"), Said(" " + "_" * 36, 12, "muted"),
               Said("     " + of.label("date"), 12, "muted"), Said(" " + "_" * 18, 12, "muted")]]  # fmt: skip
    page.text(Box(BODY_BOX.left, BODY_BOX.top + BODY_BOX.height - 0.5, BODY_BOX.width, 0.3), signed)


def _two(of: Tongue, path: Sequence[float], done: int, later: str, first: int = 0) -> list[Line]:
    """From the place `first` on what is known as a line, then what comes after as dots that go on from it."""
    known = [x if first <= n < done else None for n, x in enumerate(path)]
    after = [x if n >= max(done - 1, first) else None for n, x in enumerate(path)]
    lines_of = [Line(of.label("actual"), known, "actual", points=2.75)] if done > first else []
    return [*lines_of, Line(of.label(later), after, "actual", "dot", 1.75)] if done < len(path) else lines_of


def _ranges(
    page: Page, of: Tongue, first: str, texts: Sequence[Sequence[str | Said]],
    strips: list[Strip],
) -> None:  # fmt: skip
    headers = ((first, 1.25, False), (of.label("middle"), 0.6, True), (of.label("outcomes"), 1.0, True))
    names = Names(of.label("before_the_range"), (of.label("low_part"), of.label("high_part")))
    bars_beside(page, of, headers, texts, strips, names, names_width=6.2)


def _sure(low: float, high: float) -> Role:
    """Green or red only where the whole range lies on one side of zero."""
    return "good" if low > 0 else "bad" if high < 0 else "actual"
