"""What the three weeks after the sample must show: decimals from the plan file and the market's truth alone."""

import statistics
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

from sample_data.exports import Seen
from sample_data.next_weeks import Moves, truth_on
from tests.browser.planned import orders
from tests.pages.sample.truth import PLAN, Sums, cents, whole

MICROS = 1_000_000
LAST = date(2026, 12, 6)
FIRST = date(2026, 9, 7)
BUSINESS = {key: Decimal(str(x[1] if isinstance(x, list) else x)) for key, x in PLAN["business"].items()}
Truth = Mapping[tuple[str, str, date], Seen]


@dataclass(frozen=True)
class Told:
    """All that the exports up to a Monday say."""

    truth: Truth
    until: date

    @classmethod
    def on(cls, morning: date, moves: Moves, *, corrected: bool = False) -> "Told":
        """By all files up to that morning, with the correction or without."""
        return cls(truth_on(morning, moves, corrected=corrected), morning)

    def sums(self, start: date = FIRST, end: date | None = None, line: str = "") -> Sums:
        """Sums of the days [start, end) of a line, or of everything."""
        cells = [cell for (_, key, day), cell in self.truth.items()
                 if start <= day < (end or self.until) and key == (line or key)]  # fmt: skip
        return Sums(
            sum(cell.spend_micros for cell in cells), sum(cell.impressions for cell in cells),
            sum(cell.link_clicks for cell in cells), sum(cell.credits for cell in cells) * 10_000,
            sum(cell.value_micros for cell in cells),
        )  # fmt: skip


def after_media(of: Sums, caused: Decimal | None = None) -> Decimal:
    """Profit after media by the product's definitions, at the share that ads cause."""
    share = BUSINESS["incrementality"] if caused is None else caused
    return net_revenue(of, share) * (1 - BUSINESS["cogs_share"]) - _delivery(of, share) - Decimal(of.spend) / MICROS


def net_revenue(of: Sums, caused: Decimal | None = None) -> Decimal:
    """Net revenue that ads caused."""
    share = BUSINESS["incrementality"] if caused is None else caused
    kept = (1 - BUSINESS["discount_share"]) * (1 - BUSINESS["returns_share"])
    return Decimal(of.value) / MICROS / (1 + BUSINESS["vat_share"]) * kept * share


def _delivery(of: Sums, share: Decimal) -> Decimal:
    value, orders = Decimal(of.value) / MICROS, Decimal(of.conversions) / MICROS * share
    fee = value * (1 - BUSINESS["discount_share"]) * BUSINESS["payment_fee_share"] * share
    returned = BUSINESS["returns_share"] * BUSINESS["return_handling_per_return"]
    return fee + orders * (BUSINESS["fulfilment_per_order"] + returned)


def team(start: date, end: date) -> Decimal:
    """People, agency, tools and production: each month's amount by its days."""
    monthly = sum((Decimal(str(amount)) for amount in PLAN["costs_monthly"].values()), Decimal(0))
    days = [start + timedelta(days=n) for n in range((end - start).days)]
    return sum((monthly / _month_days(day) for day in days), Decimal(0))


def _month_days(day: date) -> int:
    after = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return (after - day.replace(day=1)).days


def profit(of: Sums, start: date, end: date) -> Decimal:
    """What remains after the team."""
    return after_media(of) - team(start, end)


def usual_profit(told: Told, line: str, paid_micros: int, caused: Decimal) -> tuple[float, float]:
    """A week's profit after media of a line at this money by its own weeks so far, and the spread of one week.

    A week's contribution grows with its money as the plan's orders of that line do.
    """
    made = []
    for monday in (FIRST + timedelta(weeks=n) for n in range((told.until - FIRST) // timedelta(weeks=1))):
        week = told.sums(monday, monday + timedelta(weeks=1), line)
        if week.spend:
            earned = after_media(week, caused) + Decimal(week.spend) / MICROS
            made.append(float(earned) * orders(line, paid_micros / MICROS) / orders(line, week.spend / MICROS))
    return statistics.mean(made) - paid_micros / MICROS, statistics.stdev(made)


def plan_weeks() -> dict[tuple[str, date], int]:
    """The plan file's weeks in micros."""
    return {
        (line["line_key"], date.fromisoformat(week)): round(Decimal(str(amount)) * MICROS)
        for line in PLAN["line"]
        for week, amount in line["weeks"].items()
    }


def needed_a_day(budget_micros: int, spent_micros: int, until: date) -> str:
    """The money left over the days left, in whole cents, as it is shown."""
    left = (LAST - until).days + 1
    return f"{(Decimal(budget_micros - spent_micros) / MICROS / left).quantize(Decimal('0.01'), ROUND_FLOOR):,}"


def exact(amount: Decimal) -> str:
    """AZN 1,234.50, with a true minus."""
    return f"{'−' if amount < 0 else ''}AZN {cents(abs(amount))}"


def signed(amount: Decimal) -> str:
    """+AZN 1,235, with a true minus."""
    shown = amount.quantize(Decimal(1), ROUND_HALF_EVEN)
    return f"{'−' if shown < 0 else '+' if shown > 0 else ''}AZN {whole(abs(amount))}"
