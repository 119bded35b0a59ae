"""Versions of a plan in words: what each is called, what became of a proposal, how two of them differ."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from budget.differences import Differences
from budget.money import MICROS
from budget.plan import PlanHead, Proposal, StoredPlan
from budget.present.numbers import Numbers
from budget.present.plan_change_words import change_rows
from budget.present.vocabulary import line_names
from budget.present.words import N_, Words
from budget.scenario import baseline_numbers, main_plan

DRAFT, PROPOSED = N_("{name} · draft"), N_("{name} · proposed")
SCENARIO, APPROVED, AWAY = N_("{name} · scenario"), N_("{name} · approved version {n}"), N_("{name} · put away")
WEEKS = N_("{line} · weeks")
MOST_WEEKS = 3
ALONE = "local"
"""The one person of a store without sign-in, who is not named."""


def plan_labels(words: Words, heads: Sequence[PlanHead]) -> dict[int, str]:
    """By plan_id what a chooser calls it: its name, and whether it is a draft, a scenario or an approved version."""
    main, numbers = main_plan(heads), baseline_numbers(heads)
    known = {head.plan_id for head in heads}

    def label(head: PlanHead) -> str:
        if head.status == "locked":
            return words.say(APPROVED, name=head.name, n=str(numbers[head.plan_id]))
        if head.status == "archived":
            return words.say(AWAY, name=head.name)
        if head.status == "proposed":
            return words.say(PROPOSED, name=head.name)
        is_copy = head.based_on_plan_id in known and (main is None or head.plan_id != main.plan_id)
        return words.say(SCENARIO if is_copy else DRAFT, name=head.name)

    return {head.plan_id: label(head) for head in heads}


def proposal_sentence(words: Words, numbers: Numbers, plan: StoredPlan, asked: Proposal) -> str:
    """Who asks for approval of what, or that an edit has taken the proposal back."""
    facts = {"day": numbers.date(asked.at.date()), "version": str(asked.version), "who": asked.by}
    if plan.status == "proposed":
        by_name = N_("{who} proposed version {version} for approval on {day}.")
        return words.say(N_("Version {version} was proposed for approval on {day}.") if asked.by == ALONE else by_name,
                         **facts)  # fmt: skip
    return words.say(
        N_("Version {version} was proposed on {day} and edited since: it is a draft again. Propose it anew."), **facts
    )


def budget_sentence(words: Words, numbers: Numbers, found: Differences) -> str:
    """The money of two versions and its difference."""
    before, after = numbers.money_exact(found.before_micros), numbers.money_exact(found.after_micros)
    if found.before_micros == found.after_micros:
        return words.say(N_("The same budget, {amount}"), amount=after)
    difference = numbers.signed(found.budget_micros / MICROS, 2)
    return words.say(N_("Budget {before} → {after} ({difference})"), before=before, after=after, difference=difference)


def count_sentence(words: Words, found: Differences) -> str:
    """How many things differ, part by part."""
    lines = found.counted("lines")
    weeks = sum(1 for line in found.lines if line.weeks and not _came_or_went(found, line.line_key))
    counted: list[tuple[int, Callable[[int], str]]] = [
        (lines.get("added", 0), lambda n: words.count("{n} line is new", "{n} lines are new", n)),
        (lines.get("removed", 0), lambda n: words.count("{n} line is gone", "{n} lines are gone", n)),
        (lines.get("changed", 0), lambda n: words.count("{n} line changed", "{n} lines changed", n)),
        (weeks, lambda n: words.count("other weeks on {n} line", "other weeks on {n} lines", n)),
        (
            sum(found.counted("assumptions").values()),
            lambda n: words.count("{n} figure differs", "{n} figures differ", n),
        ),
        (
            sum(sum(found.counted(part).values()) for part in OTHERS),
            lambda n: words.count(
                "{n} more difference in goals, audiences, costs and events",
                "{n} more differences in goals, audiences, costs and events",
                n,
            ),
        ),
    ]
    return " · ".join(told(n) for n, told in counted if n)


OTHERS = ("plan", "objectives", "audiences", "challenges", "costs", "events")


def _came_or_went(found: Differences, line_key: str) -> bool:
    return any(c.part == "lines" and c.kind in ("added", "removed") and c.item == (line_key,) for c in found.changes)


def difference_rows(
    words: Words, numbers: Numbers, found: Differences, before: StoredPlan, after: StoredPlan
) -> list[tuple[str, str, str]]:
    """What, before, after: the weeks of a line as one row, everything else field by field."""
    names = line_names(words, before) | line_names(words, after)
    single = [change for change in found.changes if change.part not in ("weeks", "plan")]
    rows = [
        (words.say(N_("Currency")), str(c.before), str(c.after)) for c in found.changes if c.part == "plan"
    ]  # fmt: skip
    rows += change_rows(single, before, after, words, numbers)
    sums = [_by_week(plan) for plan in (before, after)]
    for line in found.lines:
        if line.weeks and not _came_or_went(found, line.line_key):
            cells = [_weeks_text(numbers, sums[side], line.line_key, line.weeks) for side in (0, 1)]
            rows.append((words.say(WEEKS, line=names[line.line_key]), cells[0], cells[1]))
    return rows


def _by_week(plan: StoredPlan) -> dict[tuple[str, date], int]:
    return {(week.line_key, week.week_start): week.budget_micros for week in plan.weeks}


def _weeks_text(numbers: Numbers, money: Mapping[tuple[str, date], int], key: str, weeks: Sequence[date]) -> str:
    """The first weeks with their money."""
    shown = [f"{numbers.date_short(week)}: {numbers.cell(money.get((key, week), 0))}" for week in weeks[:MOST_WEEKS]]
    return " · ".join([*shown, *(["…"] if len(weeks) > MOST_WEEKS else [])])
