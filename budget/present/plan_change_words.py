"""What differs between two states of a plan, as rows of finished text: what, before, after."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from budget.plan import StoredPlan
from budget.plan_changes import Change
from budget.present.numbers import UNKNOWN, Numbers
from budget.present.plan_file_words import PART_NAMES, code_name, field_kind, field_name
from budget.present.plan_sheets import LABELS
from budget.present.vocabulary import line_names
from budget.present.words import N_, Words
from budget.weeks import DAY

ADDED, REMOVED, MOVED = N_("{what}: new"), N_("{what}: removed"), N_("{what}: another order")
WEEK_OF = N_("week of {day}")
_SHARES = ("ctr", "cvr", "incrementality", "discount_rate")


def change_rows(
    changes: Iterable[Change], before: StoredPlan, after: StoredPlan, words: Words, numbers: Numbers
) -> list[tuple[str, str, str]]:
    """One row a change, as plain text."""
    names = line_names(words, after) | line_names(words, before)
    units = {(a.scope, a.key): a.unit for plan in (before, after) for a in plan.assumptions}
    return [_row(change, names, units, words, numbers) for change in changes]


def _row(
    change: Change,
    names: Mapping[str, str],
    units: Mapping[tuple[str, str], str],
    words: Words,
    numbers: Numbers,
) -> tuple[str, str, str]:
    what = _item(change, names, words, numbers)
    if change.kind == "moved":
        return words.say(MOVED, what=words.say(PART_NAMES[change.part])), "", ""
    if change.kind != "changed":
        sentence = ADDED if change.kind == "added" else REMOVED
        text = words.say(sentence, what=what)
        return text, _whole(change.part, change.before, numbers), _whole(change.part, change.after, numbers)
    unit = units.get(change.item, "") if change.part == "assumptions" else ""
    old, new = (
        _value(change, value, unit, words, numbers) if value not in (None, "") else UNKNOWN
        for value in (change.before, change.after)
    )
    return what if change.part == "weeks" else f"{what} · {field_name(change.part, change.field, words)}", old, new


def _item(change: Change, names: Mapping[str, str], words: Words, numbers: Numbers) -> str:
    """What a change is about, by its name."""
    if not change.item:
        return ""
    first, *rest = change.item
    if change.part in ("lines", "weeks"):
        name = names.get(first, str(first))
        return f"{name} · {words.say(WEEK_OF, day=numbers.date(rest[0]))}" if rest else name
    if change.part == "assumptions":
        scope = names.get(first, code_name("scope", first, words))
        return f"{scope} · {code_name('figure_key', rest[0], words)}"
    if change.part == "costs":
        return " · ".join([code_name("cost", first, words), *([numbers.month(rest[0])] if rest[0] else [])])
    kinds = {"challenges": "challenge", "objectives": "objective"}
    name = code_name(kinds.get(change.part, ""), str(first), words)
    return f"{words.say(PART_NAMES[change.part])} · {name}"


def _whole(part: str, item: Any, numbers: Numbers) -> str:
    """The figure that stands for a whole item."""
    if item is None:
        return ""
    for name in ("budget_micros", "amount_micros", "monthly_micros"):
        if hasattr(item, name):
            return numbers.money_exact(getattr(item, name))
    return numbers.decimal(item.likely) if hasattr(item, "likely") else ""


def _value(change: Change, value: Any, unit: str, words: Words, numbers: Numbers) -> str:
    """One value of a field as people read it."""
    kind = field_kind(change.part, change.field)
    if kind in ("day", "last_day") and isinstance(value, date):
        return numbers.date(value - DAY if kind == "last_day" else value)
    if kind == "money" or (kind == "amount" and change.part == "challenges"):
        return numbers.money_exact(value)
    if kind == "amount":
        return numbers.decimal(value / 1e6)
    if kind == "figure":
        share = unit == "share" or change.item[1] in _SHARES or str(change.item[1]).endswith("_share")
        return numbers.percent(value, 2) if share else numbers.decimal(value, 0 if unit == "count" else 4)
    if kind in ("count", "number"):
        return numbers.decimal(float(value), 0 if kind == "count" else 2)
    if kind == "flag":
        flag = LABELS["flag"]["yes" if value else "no"]
        return words.say(flag)
    return code_name(kind, str(value), words)
