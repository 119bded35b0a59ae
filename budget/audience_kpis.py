"""The eight measures of the audience, of one network or of all: value, weeks, denominator, and what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from budget.audience_content import Cell, best_kind, kind_weeks
from budget.audience_measured import Network, Rates, engagement, followers, joined, negative, net_new, reached
from budget.audience_networks import platform_of
from budget.audience_price import Prices
from budget.audience_profile import SHARE, Profile
from budget.audience_ratio import BASES, Ratio, values, whole
from budget.audience_web import Visits, Web

Name = Literal[
    "followers", "profile", "engagement_rate", "reach_value", "best_content", "visits", "bounce_rate",
    "negative_feedback",
]  # fmt: skip
KPIS: tuple[Name, ...] = (
    "followers", "profile", "engagement_rate", "reach_value", "best_content", "visits", "bounce_rate",
    "negative_feedback",
)  # fmt: skip
ALL = ""
Floats = tuple[float | None, ...]


@dataclass(frozen=True)
class Kpi:
    """A measure of a network (`ALL` of all) in the window; shares 0 to 1, money in major units a week.

    `value` None: not in the exports, `missing` says which kind of export brings it. `ratio` is what a rate is made of,
    `basis` its denominator, `notes` codes of what is worth saying, `left_out` networks that `ALL` could not include,
    `kind` the content type of `best_content`, `change` followers won over the weeks.
    """

    name: Name
    network: str
    value: float | None
    weeks: Floats = ()
    basis: str = ""
    ratio: Ratio | None = None
    missing: str = ""
    notes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    kind: str = ""
    change: int | None = None

    @property
    def is_few(self) -> bool:
        """Whether too few events stand behind it for a colour."""
        return self.ratio is not None and self.ratio.is_few


def of_network(
    network: Network, profile: Profile | None, web: Web, cells: Sequence[Cell], prices: Prices
) -> dict[Name, Kpi]:
    """The eight measures of one network."""
    visits, name = web.by_network.get(network.name), network.name
    return {
        "followers": _followers(network),
        "profile": _profile(network, profile),
        "engagement_rate": _rate("engagement_rate", name, engagement(network), "posts"),
        "reach_value": _reach_value(network, prices),
        "best_content": _best(name, [cell for cell in cells if cell.network == name], [network]),
        "visits": _visits(name, visits, web),
        "bounce_rate": _bounce(name, visits, web),
        "negative_feedback": _rate("negative_feedback", name, negative(network), "negative"),
    }


def of_all(
    networks: Sequence[Network], each: Mapping[str, Mapping[Name, Kpi]], web: Web, cells: Sequence[Cell]
) -> dict[Name, Kpi]:
    """The same over all networks: sums, and ratios of sums over those with the same denominator."""
    rates = {network.name: _pooling(network) for network in networks}
    return {
        "followers": _fans(networks, each),
        "profile": _weighted(each),
        "engagement_rate": _pooled("engagement_rate", each, rates, "posts"),
        "reach_value": _sum("reach_value", each),
        "best_content": _best_of_all(each, cells, networks),
        "visits": _visits(ALL, web.social, web),
        "bounce_rate": _bounce(ALL, web.social, web),
        "negative_feedback": _pooled("negative_feedback", each, rates, "negative"),
    }


def _pooling(network: Network) -> dict[Name, Rates]:
    """The rates that are pooled over networks."""
    found: dict[Name, Rates | None] = {"engagement_rate": engagement(network), "negative_feedback": negative(network)}
    return {name: rates for name, rates in found.items() if rates}


def _followers(network: Network) -> Kpi:
    weeks, won, net = followers(network), joined(network), net_new(network)
    value = next((x for x in reversed(weeks) if x is not None), None)
    known = any(x is not None for x in net)
    steps = [x for x in (net if known else won) if x is not None]
    notes = ("net",) if known else ("won",) if steps else ()
    missing = "" if value is not None else "followers"
    change = sum(steps) if steps else _between(weeks)
    if sum(x is not None for x in weeks) < 2 and steps and value is not None:
        return Kpi("followers", network.name, value, _floats(won), "people", None, missing, (*notes, "line_of_won"),
                   change=change)  # fmt: skip
    return Kpi("followers", network.name, value, _floats(weeks), "people", None, missing, notes, change=change)


def _between(levels: Sequence[int | None]) -> int | None:
    known = [x for x in levels if x is not None]
    return known[-1] - known[0] if len(known) > 1 else None


def _floats(numbers: Sequence[int | None]) -> Floats:
    return tuple(None if x is None else float(x) for x in numbers)


def _profile(network: Network, profile: Profile | None) -> Kpi:
    name = network.name
    if profile is None or profile.value is None:
        split = any(fact.metric == SHARE for fact in network.facts)
        return Kpi("profile", name, None, missing="split" if split else "audience")
    by = profile.people_by if profile.people is not None else profile.places_by
    notes = (f"by {by}", *(f"no {what}" for what in profile.partial))
    return Kpi("profile", name, profile.value, (), "followers", None, "", notes)


def _rate(kpi: Name, network: str, rates: Rates | None, missing: str) -> Kpi:
    if rates is None or rates.total.value is None:
        return Kpi(kpi, network, None, missing=missing)
    notes = (rates.origin, *rates.notes)
    return Kpi(kpi, network, rates.total.value, values(rates.weeks), rates.total.basis, rates.total, "", notes)


def _reach_value(network: Network, prices: Prices) -> Kpi:
    """People reached, each at the price of one ad view in the same week; views where people are not known."""
    found, window = reached(network), network.window
    if found is None:
        return Kpi("reach_value", network.name, None, missing="reach")
    platform, worth, said = platform_of(network.name), list[float | None](), set[str]()
    for week, people in zip(window.weeks, found.weeks, strict=True):
        price = prices.price(platform, [week], fallback=window.weeks)
        known = price is not None and people is not None
        worth.append(price.worth(people) / 1e6 if price and people is not None else None)
        said |= {price.said} if known and price else set()
    known_weeks = [x for x in worth if x is not None]
    if not known_weeks:
        return Kpi("reach_value", network.name, None, missing="price" if not _price(prices, network) else "reach")
    average = sum(known_weeks) / len(known_weeks)
    notes = (found.origin, *sorted(said))
    return Kpi("reach_value", network.name, average, tuple(worth), found.basis, None, "", notes)


def _price(prices: Prices, network: Network) -> bool:
    return prices.price(platform_of(network.name), network.window.weeks) is not None


def _fans(networks: Sequence[Network], each: Mapping[str, Mapping[Name, Kpi]]) -> Kpi:
    """Followers of all; the line shows who joined where some network does not say its levels."""
    found = _sum("followers", each)
    if found.value is None or (sum(x is not None for x in found.weeks) > 1 and "line_of_won" not in found.notes):
        return found
    won = [joined(network) for network in networks if network.name not in found.left_out]
    weeks = tuple(None if None in own else float(sum(x or 0 for x in own)) for own in zip(*won, strict=True))
    notes = (*(note for note in found.notes if note != "line_of_won"), "line_of_won")
    return replace(found, weeks=weeks, notes=notes)


def _best(network: str, cells: Sequence[Cell], networks: Sequence[Network]) -> Kpi:
    if not cells:
        return Kpi("best_content", network, None, missing="posts")
    basis = min((cell.rate.basis for cell in cells), key=BASES.index)
    best = best_kind(cells, basis)
    if best is None:
        return Kpi("best_content", network, None, missing="few" if cells else "posts")
    weeks = values(kind_weeks(networks, best.kind, basis))
    return Kpi("best_content", network, best.rate.value, weeks, basis, best.rate, kind=best.kind)


def _best_of_all(each: Mapping[str, Mapping[Name, Kpi]], cells: Sequence[Cell], networks: Sequence[Network]) -> Kpi:
    found = _best(ALL, cells, networks)
    others = {cell.network for cell in cells if cell.rate.basis != found.basis}
    left = tuple(name for name in each if found.basis and name in others)
    return replace(found, left_out=left)


def _visits(network: str, visits: Visits | None, web: Web) -> Kpi:
    if visits is None or visits.sessions.total is None:
        return Kpi("visits", network, None, missing="sources" if web.has_sessions else "web")
    weeks = visits.sessions.weeks
    known = [x for x in weeks if x is not None]
    value = sum(known) / len(known) if known else visits.sessions.total
    notes = ("a_week",) if known else ("whole",)
    return Kpi("visits", network, value, _floats(weeks), "sessions", visits.conversion, "", notes)


def _bounce(network: str, visits: Visits | None, web: Web) -> Kpi:
    bounce = visits.bounce if visits else None
    if visits is None or bounce is None or bounce.value is None:
        missing = "engaged" if visits else "sources" if web.has_sessions else "web"
        return Kpi("bounce_rate", network, None, missing=missing)
    return Kpi("bounce_rate", network, bounce.value, values(visits.bounce_weeks), "sessions", bounce)


def _sum(kpi: Name, each: Mapping[str, Mapping[Name, Kpi]]) -> Kpi:
    """Networks added up; a week that some network does not know is left empty, rather than too low."""
    known = {name: own[kpi] for name, own in each.items() if own[kpi].value is not None}
    left = tuple(name for name in each if name not in known)
    if not known:
        return Kpi(kpi, ALL, None, missing=next((own[kpi].missing for own in each.values()), "followers"))
    parts = [one.weeks for one in known.values()]
    weeks = tuple(
        None if any(x is None for x in own) else sum(x or 0.0 for x in own) for own in zip(*parts, strict=True)
    )
    notes = tuple(dict.fromkeys(note for one in known.values() for note in one.notes))
    bases = {one.basis for one in known.values()}
    changes = [one.change for one in known.values()]
    change = None if any(x is None for x in changes) else sum(x or 0 for x in changes)
    return Kpi(
        kpi, ALL, sum(one.value or 0 for one in known.values()), weeks, bases.pop() if len(bases) == 1 else "mixed",
        None, "", notes, left, change=change,
    )  # fmt: skip


def _weighted(each: Mapping[str, Mapping[Name, Kpi]]) -> Kpi:
    """Shares of followers over networks, each by its followers; networks split alike only."""
    known = {n: k for n, k in each.items() if k["profile"].value is not None and k["followers"].value}
    best = _most([own["profile"].notes for own in known.values()])
    same = {n: own for n, own in known.items() if own["profile"].notes == best}
    if not same:
        return Kpi("profile", ALL, None, missing="audience")
    people = sum(own["followers"].value or 0 for own in same.values())
    inside = sum((own["profile"].value or 0) * (own["followers"].value or 0) for own in same.values())
    left = tuple(name for name in each if name not in same)
    return Kpi("profile", ALL, inside / people, (), "followers", None, "", best, left)


def _most(found: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return max(dict.fromkeys(found), key=found.count, default=())


def _pooled(
    kpi: Name, each: Mapping[str, Mapping[Name, Kpi]], rates: Mapping[str, Mapping[Name, Rates]], missing: str
) -> Kpi:
    """One ratio of sums over the networks that share the best denominator; the others are named."""
    known = {name: own[kpi] for name, own in rates.items() if kpi in own}
    if not known:
        return Kpi(kpi, ALL, None, missing=missing)
    basis = min((own.total.basis for own in known.values()), key=BASES.index)
    same = {name: own for name, own in known.items() if own.total.basis == basis}
    total = whole(own.total for own in same.values())
    columns = zip(*(own.weeks for own in same.values()), strict=True)
    weeks = tuple(whole(column) for column in columns)
    notes = tuple(dict.fromkeys(note for own in same.values() for note in (own.origin, *own.notes)))
    left = tuple(name for name in each if name not in same)
    value = total.value if total else None
    return Kpi(kpi, ALL, value, values(weeks), basis, total, "", notes, left)
