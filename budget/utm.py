"""UTM names of plan lines: built from what a line is, and checked."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from budget.findings import Finding
from budget.plan import PlanLine, StoredPlan

_LETTERS = str.maketrans("ıə", "ie")
_ALLOWED = re.compile(r"[A-Za-z0-9._~-]+")


def built_utm(line: PlanLine, taken: Collection[str] = ()) -> str:
    """`platform-tactic-objective-2026-10`, in lower case, with a number where that is taken."""
    month = f"{line.start_date:%Y-%m}" if line.start_date else ""
    parts = (line.platform, line.tactic, line.objective_key, month)
    base = "-".join(clean for part in parts if (clean := re.sub(r"[^a-z0-9-]+", "_", _latin(part)).strip("_")))
    used = {name.casefold() for name in taken}
    return next(name for n in range(1, len(used) + 2) if (name := base if n == 1 else f"{base}-{n}") not in used)


def _latin(text: str) -> str:
    """Small letters without their marks: `Satış` is `satis`."""
    plain = text.lower().translate(_LETTERS)
    return "".join(letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter))


def with_utm_names(plan: StoredPlan, keys: Collection[str] = ()) -> StoredPlan:
    """The plan with names built for these lines; without keys for all lines that have none yet."""
    wanted = set(keys) or {line.line_key for line in plan.lines if not line.utm_campaign}
    taken = [line.utm_campaign for line in plan.lines if line.line_key not in wanted and line.utm_campaign]
    lines = []
    for line in plan.lines:
        if line.line_key in wanted:
            line = replace(line, utm_campaign=built_utm(line, taken))
            taken.append(line.utm_campaign)
        lines.append(line)
    return replace(plan, lines=tuple(lines))


def check_utm(plan: StoredPlan) -> tuple[Finding, ...]:
    """UTM_CHARACTERS for names that links would change, UTM_TWICE for a name on more than one line (any case)."""
    named = [line for line in plan.lines if line.utm_campaign]
    times = Counter(line.utm_campaign.casefold() for line in named)
    found = []
    for line in named:
        name = line.utm_campaign
        if not _ALLOWED.fullmatch(name):
            wrong = "".join(dict.fromkeys(re.sub(_ALLOWED, "", name)))
            found.append(Finding("UTM_CHARACTERS", "warn", line.line_key, {"name": name, "characters": wrong}))
        if times[name.casefold()] > 1:
            found.append(Finding("UTM_TWICE", "warn", line.line_key, {"name": name}))
    return tuple(found)
