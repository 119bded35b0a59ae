"""Who can act on a driver: a role for each, and the person of the line where the plan names one."""

from collections.abc import Mapping

from budget.plan import StoredPlan

NOBODY = "nobody"
OWNER_ROLES: Mapping[str, str] = {
    "volume": "planner",
    "cpm": "media_buyer",
    "ctr": "creative",
    "cvr": "website",
    "value_per_conversion": "offer",
    "returns": "operations",
    "fx": "finance",
    "mix": "planner",
    "reported": NOBODY,
    "margin": "operations",
    "vat": "finance",
    "booked": "tracking",
    "unpaid": "tracking",
}


def persons_of(plan: StoredPlan) -> dict[str, str]:
    """The person who answers for each line, by its key; lines without one are left out."""
    return {line.line_key: line.owner for line in plan.lines if line.owner}
