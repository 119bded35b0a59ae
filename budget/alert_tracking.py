"""Alerts about the data themselves: results that stopped, days that are missing, uploads that are late."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from budget.alerts import Alert, Code
from budget.findings import Fact
from budget.measures import Measures, total
from budget.money import MICROS
from budget.next_steps import LATE_AFTER
from budget.pacing import day_weights
from budget.watch import Days, Watch
from budget.weeks import DAY

FEWEST_RESULTS = 30
LOOKED_BACK, LONGEST_STOP, SHORTEST_STOP = timedelta(days=28), 7, 2
WEEKS_COMPARED, FAR_OVER = 4, 1.25
EXPECTED, STOPPED_SHARE = 10.0, 0.1
"""A stop is judged where ten or more results were to be expected and less than a tenth of them came."""


def tracking_alerts(of: Watch) -> Iterator[Alert]:
    """Every trouble with the data of the plan's platforms."""
    yield from _stopped(of)
    for platform in of.uploaded:
        yield from _missing(of, platform)
    yield from _over_booked(of)
    yield from _old(of)


@dataclass(frozen=True)
class _Chain:
    """A result that should follow a cause day by day."""

    code: Code
    cause: Callable[[Measures], float]
    result: Callable[[Measures], float]


CLICKS = _Chain("CLICKS_STOPPED", lambda m: (m.spend_micros or 0) / MICROS, lambda m: float(m.clicks or 0))
CONVERSIONS = _Chain("CONVERSIONS_STOPPED", lambda m: float(m.clicks or 0), lambda m: m.conversions or 0.0)


def _stopped(of: Watch) -> Iterator[Alert]:
    """Lines whose clicks go on while orders stopped, or whose spend goes on while clicks stopped: tracking, mostly."""
    for line in of.plan.lines:
        days, end = of.daily.get(line.line_key, {}), of.until.get(line.platform)
        if end is None:
            continue
        ripe = min(end, of.early_from.get(line.platform, end))
        for chain, until in ((CLICKS, end), (CONVERSIONS, ripe)):
            since = _since(chain, days, until)
            if since is not None:
                gone = total(days[day] for day in days if since <= day < until).spend_micros or 0
                facts: dict[str, Fact] = {"line": line.line_key, "day": since.isoformat(), "spent_micros": gone}
                yield Alert(chain.code, "warn", line.line_key, facts, max(gone, 1), "review", gone)
                break


def _since(chain: _Chain, days: Days, until: date) -> date | None:
    """The first day of the longest stop that ends with the last day known; None where results go on."""
    for length in range(LONGEST_STOP, SHORTEST_STOP - 1, -1):
        first = until - timedelta(days=length)
        before = [days[day] for day in days if first - LOOKED_BACK <= day < first]
        after = [days[day] for day in days if first <= day < until]
        told, cause = sum(map(chain.result, before)), sum(map(chain.cause, before))
        if told < FEWEST_RESULTS or not cause:
            continue
        expected = told / cause * sum(map(chain.cause, after))
        if expected >= EXPECTED and sum(map(chain.result, after)) < STOPPED_SHARE * expected:
            return first
    return None


def _planned(of: Watch, platform: str) -> dict[date, int]:
    """Micros that the plan means for each day of a platform; nothing on days without a plan there."""
    period = of.plan.period
    if period is None:
        return {}
    days = [period.start + n * DAY for n in range(period.days)]
    weights = day_weights(of.plan, days, platform=platform)
    return {day: round(money) for day, money in zip(days, weights, strict=True) if money > 0}


def _missing(of: Watch, platform: str) -> Iterator[Alert]:
    """Days inside a platform's data on which money was planned and no row tells of any."""
    known = {day for key in of.keys_of(platform) for day in of.daily.get(key, {})}
    planned = _planned(of, platform)
    gone = [day for day in planned if known and min(known) < day < max(known) and day not in known]
    if gone:
        facts: dict[str, Fact] = {
            "platform": platform, "n": len(gone), "day": gone[0].isoformat(), "last": gone[-1].isoformat(),
        }  # fmt: skip
        stake = sum(planned[day] for day in gone)
        yield Alert("DAYS_MISSING", "warn", platform, facts, len(gone) * MICROS, "upload", stake)


def _over_booked(of: Watch) -> Iterator[Alert]:
    """Claims of the last weeks that lie far above what was booked: money where it is known, else leads."""
    recent = of.claims.compared[-WEEKS_COMPARED:]
    money = [(w.claimed_value_micros, w.booked_value_micros) for w in recent]
    counts = [(w.claimed_conversions_micros, w.booked_orders_micros) for w in recent]
    claimed, booked = _sums(counts if of.claims.leads else money)
    if sum(number or 0 for number, _ in counts) < FEWEST_RESULTS * MICROS or claimed <= FAR_OVER * booked:
        return
    facts: dict[str, Fact] = {"claimed_micros": claimed, "booked_micros": booked, "day": recent[0].week.isoformat()}
    if of.claims.leads:
        facts = {"claimed": claimed // MICROS, "booked": booked // MICROS, "day": recent[0].week.isoformat()}
    code: Code = "LEADS_OVER" if of.claims.leads else "CLAIMS_OVER"
    yield Alert(code, "warn", "", facts, claimed - booked, "review", 0 if of.claims.leads else claimed - booked)


def _sums(pairs: Sequence[tuple[int | None, int | None]]) -> tuple[int, int]:
    """Claimed and booked of the weeks of which both are known."""
    known = [(claimed, booked) for claimed, booked in pairs if claimed is not None and booked is not None]
    return sum(claimed for claimed, _ in known), sum(booked for _, booked in known)


def _old(of: Watch) -> Iterator[Alert]:
    """Platforms whose data end more than a week before today while the plan runs: one alert for all of them."""
    unseen: dict[str, list[int]] = {}
    for platform in of.uploaded:
        planned = _planned(of, platform)
        late = planned and of.until[platform] < min(of.today - LATE_AFTER + DAY, max(planned) + DAY)
        if late:
            unseen[platform] = [money for day, money in planned.items() if of.until[platform] <= day < of.today]
    if unseen:
        facts: dict[str, Fact] = {
            "platforms": ",".join(unseen), "day": (min(of.until[name] for name in unseen) - DAY).isoformat(),
        }  # fmt: skip
        days = max(sum(map(len, unseen.values())), 1)
        yield Alert("DATA_OLD", "warn", "", facts, days * MICROS, "upload", sum(map(sum, unseen.values())))
