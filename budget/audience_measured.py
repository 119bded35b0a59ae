"""What one network shows in the weeks that are looked at: how many it reached, who reacted, who turned away."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from budget.audience_ratio import BASES, Ratio, by_week
from budget.audience_rows import Fact, Post
from budget.audience_series import Series, Window, plus, stocks, weekly

Origin = Literal["posts", "page"]
FOLLOWERS = ("followers", "subscribers")
SHOWN = ("reach", "impressions", "views", "video_views")
_REACTIONS = ("likes", "reactions", "comments", "shares", "saves", "replies", "reposts", "bookmarks")
PER_THOUSAND = 1_000


@dataclass(frozen=True)
class Network:
    """The rows of one network."""

    name: str
    facts: tuple[Fact, ...]
    posts: tuple[Post, ...]
    window: Window

    def weekly(self, metric: str) -> Series:
        """A metric of the page by week."""
        return weekly(self.facts, metric, self.window)

    @property
    def shown_posts(self) -> tuple[Post, ...]:
        """The posts that were published in the window."""
        return tuple(post for post in self.posts if post.day and self.window.place(post.day) is not None)


@dataclass(frozen=True)
class Counted:
    """A number by week with what was counted and where: people reached, impressions or views; by posts or the page."""

    basis: str
    origin: Origin
    weeks: tuple[int | None, ...]
    total: int


@dataclass(frozen=True)
class Rates:
    """A rate by week and over all weeks; `notes` are codes of what is worth saying about it."""

    weeks: tuple[Ratio | None, ...]
    total: Ratio
    origin: Origin
    notes: tuple[str, ...] = ()


def networks_of(facts: Iterable[Fact], posts: Iterable[Post], window: Window, names: Iterable[str]) -> list[Network]:
    """The rows network by network."""
    rows, published = list(facts), list(posts)
    return [
        Network(
            name, tuple(f for f in rows if f.network == name), tuple(p for p in published if p.network == name), window
        )
        for name in names
    ]


def by_posts(network: Network, posts: Sequence[Post], name: str) -> tuple[int | None, ...]:
    """A count of posts by the week in which they appeared; a week without posts that know it is not known."""
    weeks: list[int | None] = [None] * len(network.window.weeks)
    for post in posts:
        place = network.window.place(post.day) if post.day else None
        value = post.interactions if name == "interactions" else post.counts.get(name)
        if place is not None and value is not None:
            weeks[place] = (weeks[place] or 0) + value
    return tuple(weeks)


def reached(network: Network) -> Counted | None:
    """How many the posts reached; the page's own reach where posts do not say; then how often things were seen."""
    for basis in SHOWN:
        own = by_posts(network, network.shown_posts, basis)
        if any(x is not None for x in own):
            return Counted(_basis(basis), "posts", own, _sum(own))
        page = network.weekly(basis)
        if page.total is not None:
            return Counted(_basis(basis), "page", page.weeks, page.total)
    return None


def _basis(name: str) -> str:
    return "views" if name == "video_views" else name


def _sum(values: Iterable[int | None]) -> int:
    return sum(x for x in values if x is not None)


def followers(network: Network) -> tuple[int | None, ...]:
    """Followers at the end of each week; a week that no file states is reckoned from a known one and the changes."""
    levels, change = list(stocks(network.facts, FOLLOWERS, network.window)), net_new(network)
    for place in reversed(range(len(levels) - 1)):
        after, step = levels[place + 1], change[place + 1]
        if levels[place] is None and after is not None and step is not None:
            levels[place] = after - step
    for place in range(1, len(levels)):
        before, step = levels[place - 1], change[place]
        if levels[place] is None and before is not None and step is not None:
            levels[place] = before + step
    return tuple(levels)


def net_new(network: Network) -> tuple[int | None, ...]:
    """Followers won less those lost, by week; None where a file does not say both."""
    net = network.weekly("net_follows").weeks
    won, lost = joined(network), network.weekly("unfollows").weeks
    pairs = zip(net, won, lost, strict=True)
    return tuple(n if n is not None else None if w is None or left is None else w - left for n, w, left in pairs)


def joined(network: Network) -> tuple[int | None, ...]:
    """New followers by week, whoever left."""
    follows = network.weekly("follows").weeks
    return follows if any(x is not None for x in follows) else network.weekly("page_likes").weeks


def engagement(network: Network) -> Rates | None:
    """Interactions over the best denominator that goes with them: of posts, else of the page."""
    return _of_posts(network) or _of_page(network)


def _of_posts(network: Network) -> Rates | None:
    known = [post for post in network.shown_posts if post.interactions is not None]
    basis = basis_of(known)
    if basis == "followers":
        return _per_follower(network, by_posts(network, known, "interactions"), "posts") if known else None
    own = [post for post in known if basis in post.counts]
    weeks = by_week(by_posts(network, own, "interactions"), by_posts(network, own, basis), basis)
    total = Ratio(sum(post.interactions or 0 for post in own), sum(post.counts[basis] for post in own), basis)
    return Rates(weeks, total, "posts", ("some_posts",) if len(own) < len(known) else ())


def basis_of(posts: Sequence[Post]) -> str:
    """The best denominator that at least half of the posts know; `followers` where none does."""
    found = (basis for basis in BASES if posts and 2 * sum(basis in post.counts for post in posts) >= len(posts))
    return next(found, "followers")


def _of_page(network: Network) -> Rates | None:
    tops = _reactions(network)
    for basis in SHOWN:
        bottom = network.weekly(basis)
        weeks = by_week(tops.weeks, bottom.weeks, _basis(basis))
        known = [part for part in weeks if part]
        if known:
            total = Ratio(sum(p.top for p in known), sum(p.bottom for p in known), _basis(basis))
            return Rates(weeks, total, "page")
        if tops.total is not None and bottom.total is not None:
            return Rates(weeks, Ratio(tops.total, bottom.total, _basis(basis)), "page", ("not_by_week",))
    return _per_follower(network, tops.weeks, "page")


def _reactions(network: Network) -> Series:
    for name in ("interactions", "engagements"):
        found = network.weekly(name)
        if found.total is not None:
            return found
    parts = [network.weekly(name) for name in _REACTIONS]
    totals = [part.total for part in parts if part.total is not None]
    return Series(plus([part.weeks for part in parts]), sum(totals) if totals else None)


def _per_follower(network: Network, tops: Sequence[int | None], origin: Origin) -> Rates | None:
    weeks = by_week(tops, followers(network), "followers")
    known = [part for part in weeks if part]
    if not known:
        return None
    total = Ratio(sum(p.top for p in known), sum(p.bottom for p in known), "followers")
    return Rates(weeks, total, origin, ("a_week",))


def negative(network: Network) -> Rates | None:
    """Hides, reports and people who left, per 1,000 reached; `notes` say which of them the exports know."""
    page = {name: network.weekly(name).weeks for name in ("unfollows", "negative_feedback")}
    posts = by_posts(network, network.shown_posts, "negative_feedback")
    parts: Mapping[str, tuple[int | None, ...]] = {
        "unfollows": page["unfollows"],
        "hides": posts if any(x is not None for x in posts) else page["negative_feedback"],
    }
    said = tuple(name for name, own in parts.items() if any(x is not None for x in own))
    bottom = _denominator(network, said)
    if not said or bottom is None:
        return None
    weeks = by_week(plus(list(parts.values())), bottom.weeks, bottom.basis, per=PER_THOUSAND)
    known = [part for part in weeks if part]
    if not known:
        return None
    total = Ratio(sum(p.top for p in known), sum(p.bottom for p in known), bottom.basis, PER_THOUSAND)
    return Rates(weeks, total, bottom.origin, said)


def _denominator(network: Network, said: Sequence[str]) -> Counted | None:
    """What was reached by that from which people turned away: the page where they left it, else the posts."""
    if "unfollows" not in said:
        return reached(network)
    for basis in SHOWN:
        page = network.weekly(basis)
        if any(x is not None for x in page.weeks):
            return Counted(_basis(basis), "page", page.weeks, _sum(page.weeks))
    return reached(network)
