"""Plans side by side in words: short names, the finding, and the cells of both tables."""

from collections.abc import Callable, Mapping, Sequence

from budget.fans import Interval
from budget.money import MICROS
from budget.plan import PlanHead
from budget.present.numbers import UNKNOWN, Numbers
from budget.present.vocabulary import MEASURES
from budget.present.words import N_, Words
from budget.scenario import baseline_numbers, main_plan
from budget.side_by_side import METRICS, Gap, Side

LONGEST = 15
CLEAR = 0.8
"""A plan is called better only where it wins in so many outcomes."""
ROWS: Mapping[str, str] = {
    "reach": MEASURES["reach"],
    "conversions": MEASURES["conversions"],
    "revenue": N_("Net revenue"),
    "profit": N_("Profit after the team"),
}


def short_names(words: Words, heads: Sequence[PlanHead]) -> dict[int, str]:
    """By plan_id a name for the end of a line: the number of an approved version, what is a copy's own in its name."""
    main, numbers = main_plan(heads), baseline_numbers(heads)

    def short(head: PlanHead) -> str:
        if head.plan_id in numbers:
            return words.say(N_("version {n}"), n=str(numbers[head.plan_id]))
        own = head.name.removeprefix(main.name).lstrip(" ,·") if main else ""
        name = own or head.name
        return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"

    return {head.plan_id: short(head) for head in heads}


def side_finding(words: Words, base: str, others: Sequence[tuple[str, Gap]]) -> str:
    """Which plan earns more than the base in most outcomes; that none does where none does."""
    best = max(others, key=lambda one: one[1].p_better, default=None)
    if best is None:
        return words.say(N_("One plan alone"))
    name, gap = best
    if gap.p_better >= CLEAR:
        return words.say(N_("{name} earns more than {base} in most outcomes"), name=name, base=base)
    if all(1 - gap.p_better >= CLEAR for _, gap in others):
        return words.say(N_("{base} earns more than the others in most outcomes"), base=base)
    return words.say(N_("No plan earns clearly more than {base}"), base=base)


def side_rows(words: Words, numbers: Numbers, sides: Sequence[Side | None]) -> list[list[str]]:
    """One row a figure, one cell a plan; a plan that cannot be computed shows its budget alone elsewhere."""
    rows = [[words.say(N_("Budget")), *(_cell(side, lambda s: numbers.money(s.budget_micros)) for side in sides)]]
    for metric in METRICS:
        rows.append([words.say(ROWS[metric]), *(_cell(s, _total(numbers, metric)) for s in sides)])
    rows.append(["ROI", *(_cell(s, lambda s: _share_range(numbers, s.roi)) for s in sides)])
    rows.append([words.say(N_("Chance of the goal")), *(_cell(s, lambda s: numbers.chance(s.p_target)) for s in sides)])
    rows.append([words.say(N_("Chance of a loss")), *(_cell(s, lambda s: numbers.chance(s.p_loss)) for s in sides)])
    rows.append([words.say(N_("Pays back in")), *(_cell(s, lambda s: _payback(words, s)) for s in sides)])
    return rows


def gap_rows(words: Words, numbers: Numbers, gaps: Sequence[Gap]) -> list[list[str]]:
    """What each plan has more than the base: one row a figure, one cell a plan."""
    rows = [[words.say(N_("Budget")), *(numbers.signed(gap.budget_micros / MICROS) for gap in gaps)]]
    for metric in METRICS:
        rows.append([words.say(ROWS[metric]), *(_more(numbers, gap.more[metric]) for gap in gaps)])
    rows.append([words.say(N_("Chance to earn more")), *(numbers.chance(gap.p_better) for gap in gaps)])
    return rows


def _cell(side: Side | None, text: Callable[[Side], str]) -> str:
    return UNKNOWN if side is None else text(side)


def _total(numbers: Numbers, metric: str) -> Callable[[Side], str]:
    def text(side: Side) -> str:
        found = side.totals[metric]
        low, mid, high = (numbers.compact(x) for x in (found.low, found.mid, found.high))
        return f"{mid} ({numbers.span(low, high)})"

    return text


def _share_range(numbers: Numbers, found: Interval | None) -> str:
    if found is None:
        return UNKNOWN
    low, mid, high = (numbers.percent(x, 0) for x in (found.low, found.mid, found.high))
    return f"{mid} ({numbers.span(low, high)})"


def _more(numbers: Numbers, found: Interval) -> str:
    low, mid, high = (numbers.signed(x) for x in (found.low, found.mid, found.high))
    return mid if low == high else f"{mid} ({low} … {high})"


def _payback(words: Words, side: Side) -> str:
    if side.payback_week is None:
        return words.say(N_("not in the plan"))
    return words.say(N_("week {n}"), n=str(side.payback_week))
