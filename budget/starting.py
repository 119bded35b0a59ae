"""A first plan from five numbers: order, goods, delivery, team, budget."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from budget.business import Business, with_business
from budget.editing import free_key, next_quarter, with_lines
from budget.money import micros, split_micros
from budget.plan import PlanLine, StoredPlan
from budget.ranges import Range

USUAL_VAT = {"AZN": 0.18, "TRY": 0.20, "GEL": 0.18, "KZT": 0.16, "UAH": 0.20}
"""Standard VAT rates where the currency names the country; a starting value that the person sees and can change."""
FIRST_TACTICS = {"google": "search"}


@dataclass(frozen=True)
class FiveNumbers:
    """What a first plan needs; money in major units, shares as fractions."""

    order_value: float
    cogs_share: float
    fulfilment_per_order: float
    team_month: float
    budget: float


def first_plan(plan: StoredPlan, numbers: FiveNumbers, platforms: Sequence[str], today: date) -> StoredPlan:
    """The empty plan filled: 13 weeks from next Monday, the budget in equal parts over the platforms."""
    start, end = next_quarter(today)
    parts = split_micros(micros(numbers.budget), [1.0] * len(platforms)) if platforms else ()
    lines: list[PlanLine] = []
    for platform, part in zip(platforms, parts, strict=True):
        tactic = FIRST_TACTICS.get(platform, "prospecting")
        key = free_key(replace(plan, lines=tuple(lines)), platform, tactic)
        lines.append(PlanLine(key, platform, tactic, "sales", start_date=start, end_date=end, budget_micros=part))
    business = Business(
        order_value=Range.around(numbers.order_value, 0.15),
        vat_share=USUAL_VAT.get(plan.currency, 0.0),
        cogs_share=numbers.cogs_share,
        fulfilment_per_order=numbers.fulfilment_per_order,
        monthly_micros={"people": micros(numbers.team_month)},
    )
    return with_lines(with_business(plan, business), lines)
