"""Which kind of content people react to, network by network, and which posts are worth paying for."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from budget.audience_measured import Network, basis_of
from budget.audience_networks import platform_of
from budget.audience_price import Prices
from budget.audience_ratio import Ratio, whole
from budget.audience_rows import Post
from budget.money import MICROS

HUNDRED = 100
FEWEST_POSTS = 4
"""Of fewer posts nobody can say what is usual on a network."""


@dataclass(frozen=True)
class Cell:
    """Posts of one kind on one network: interactions over reach, or over what the network's posts know."""

    network: str
    kind: str
    posts: int
    rate: Ratio


@dataclass(frozen=True)
class Candidate:
    """A free post above its network's middle by more than chance.

    `usual` is the rate of the network's other posts. `views` are ad views that 100 of the currency buy at the own
    price (None without one), `engaged` the interactions that they bring if paid viewers react alike: 8 of 10.
    """

    post: Post
    rate: Ratio
    usual: Ratio
    visits: Ratio | None
    views: int | None
    engaged: tuple[float, float] | None


def content(networks: Sequence[Network]) -> tuple[Cell, ...]:
    """Interactions over reach by network and kind of post, ratios of sums; posts of no known kind are `other`."""
    found = []
    for network in networks:
        posts, basis = measurable(network)
        for kind in dict.fromkeys(post.kind or "other" for post in posts):
            own = [post for post in posts if (post.kind or "other") == kind]
            rate = whole(_rate(post, basis) for post in own)
            if rate is not None:
                found.append(Cell(network.name, kind, len(own), rate))
    return tuple(found)


def measurable(network: Network) -> tuple[list[Post], str]:
    """The posts that know their reactions and how many they were shown to, and by which denominator."""
    known = [post for post in network.shown_posts if post.interactions is not None]
    basis = basis_of(known)
    return [post for post in known if post.counts.get(basis, 0) > 0], basis


def _rate(post: Post, basis: str) -> Ratio:
    return Ratio(post.interactions or 0, post.counts[basis], basis)


def best_kind(cells: Sequence[Cell], basis: str) -> Cell | None:
    """The kind with the highest rate over all networks of one denominator, among those with events enough."""
    kinds = dict.fromkeys(cell.kind for cell in cells if cell.rate.basis == basis and cell.kind != "other")
    pooled = []
    for kind in kinds:
        own = [cell for cell in cells if cell.kind == kind and cell.rate.basis == basis]
        rate = whole(cell.rate for cell in own)
        if rate is not None and not rate.is_few:
            networks = {cell.network for cell in own}
            name = networks.pop() if len(networks) == 1 else ""
            pooled.append(Cell(name, kind, sum(cell.posts for cell in own), rate))
    return max(pooled, key=lambda cell: (cell.rate.value or 0, cell.kind), default=None)


def kind_weeks(networks: Sequence[Network], kind: str, basis: str) -> tuple[Ratio | None, ...]:
    """The rate of one kind of post by the week in which they appeared, over the networks of one denominator."""
    weeks: list[list[Ratio]] = [[] for _ in networks[0].window.weeks] if networks else []
    for network in networks:
        posts, own = measurable(network)
        for post in posts:
            place = network.window.place(post.day) if post.day else None
            if own == basis and (post.kind or "other") == kind and place is not None:
                weeks[place].append(_rate(post, basis))
    return tuple(map(whole, weeks))


def candidates(networks: Sequence[Network], prices: Prices, most: int = 5) -> tuple[Candidate, ...]:
    """Posts whose whole range lies above the other posts' rate of their network, the surest first.

    At most so many of one network.
    """
    found = [one for network in networks for one in _ranked(network, prices)[:most]]
    return tuple(candidate for _, candidate in sorted(found, key=_surest))


def _surest(one: tuple[float, Candidate]) -> tuple[float, str, str]:
    return -one[0], one[1].post.network, one[1].post.key


def _ranked(network: Network, prices: Prices) -> list[tuple[float, Candidate]]:
    """The candidates of a network, each with how many times the others' rate its low end is."""
    posts, basis = measurable(network)
    rates = [_rate(post, basis) for post in posts]
    top, bottom = sum(rate.top for rate in rates), sum(rate.bottom for rate in rates)
    found = []
    for post, rate in zip(posts, rates, strict=True):
        usual, span = Ratio(top - rate.top, bottom - rate.bottom, basis), rate.span
        if len(posts) < FEWEST_POSTS or span is None or not usual.value or rate.is_few:
            continue
        if span[0] > usual.value:
            found.append((span[0] / usual.value, _candidate(post, rate, usual, network, prices)))
    return sorted(found, key=_surest)


def _candidate(post: Post, rate: Ratio, usual: Ratio, network: Network, prices: Prices) -> Candidate:
    price = prices.price(platform_of(network.name), network.window.weeks)
    views = int(HUNDRED * MICROS / Fraction(price.micros, price.views)) if price else None
    span = rate.span
    engaged = (span[0] * views, span[1] * views) if views is not None and span else None
    clicks = post.counts.get("link_clicks")
    visits = None if clicks is None else Ratio(clicks, rate.bottom, rate.basis, 1_000)
    return Candidate(post, rate, usual, visits, views, engaged)
