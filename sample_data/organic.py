"""What the pages of Nar Ev bring without paying: posts, days of the pages, visits to the shop; seeded like the ads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from budget.weeks import Period, week_of, weeks_of
from sample_data.firm import days_of
from sample_data.market import WEEKDAYS, Chance, Delivery

NETWORKS = ("facebook", "instagram", "tiktok")
FOLLOWERS = {"facebook": 9_412, "instagram": 18_264, "tiktok": 6_930}
"""At the end of the last week."""
REACH_A_DAY = {"facebook": 1_150, "instagram": 2_900, "tiktok": 4_100}
JOINING = {"facebook": 0.0021, "instagram": 0.0034, "tiktok": 0.0037}
"""New followers per person reached."""
LEAVING, TIRED, TIRED_FROM = 0.0009, 0.0019, date(2026, 11, 2)
"""Leavers per person reached on TikTok; many more since the sales video ran."""
RHYTHM: dict[str, tuple[tuple[int, str], ...]] = {
    "facebook": ((0, "image"), (2, "link"), (4, "reel")),
    "instagram": ((0, "carousel"), (1, "image"), (3, "reel"), (5, "reel")),
    "tiktok": ((1, "video"), (3, "video"), (6, "video")),
}
"""Weekday and kind of the posts of each week."""
ENGAGED = {
    ("facebook", "image"): 0.029, ("facebook", "link"): 0.014, ("facebook", "reel"): 0.034,
    ("instagram", "carousel"): 0.042, ("instagram", "image"): 0.026, ("instagram", "reel"): 0.067,
    ("tiktok", "video"): 0.061,
}  # fmt: skip
"""Interactions per person reached; on TikTok per view."""
SEEN = {"facebook": 1_700, "instagram": 3_300, "tiktok": 5_600}
TITLES = {
    "image": "Nar rəngli dəst", "link": "Payız endirimi saytda", "carousel": "Beş otaq, beş rəng",
    "reel": "Şal necə qatlanır", "video": "Ustadla söhbət",
}  # fmt: skip
LANDING = {"/": 0.5, "/payiz-endirimi": 0.43, "/metbex": 0.47, "/yeni-kolleksiya": 0.54}
"""Sessions without engagement, by landing page."""
SHARES = {"/": 0.16, "/payiz-endirimi": 0.42, "/metbex": 0.25, "/yeni-kolleksiya": 0.17}
RESTLESS = {"tiktok / cpc": 1.45, "tiktok / referral": 1.3, "google / cpc": 0.75}
BUYING = {"google / cpc": 0.034, "facebook / cpc": 0.019, "instagram / cpc": 0.021, "tiktok / cpc": 0.007}


@dataclass(frozen=True)
class Post:
    """A post and what it had brought by the day of the export."""

    network: str
    post_id: str
    day: date
    kind: str
    title: str
    views: int
    reach: int
    likes: int
    comments: int
    shares: int
    saves: int
    follows: int
    link_clicks: int
    hidden: int


@dataclass(frozen=True)
class PageDay:
    """A page on one day; `reach` are distinct people of that day."""

    network: str
    day: date
    reach: int
    visits: int
    follows: int
    unfollows: int
    engaged: int
    views: int


@dataclass(frozen=True)
class Landing:
    """Sessions of one week that began on a page, by their source and medium."""

    week: date
    page: str
    source: str
    sessions: int
    engaged: int
    key_events: int


def posts_of(period: Period) -> list[Post]:
    """All posts, by day and network."""
    found = [post for network in NETWORKS for post in _posts(network, period)]
    return sorted(found, key=lambda post: (post.day, post.network))


def _posts(network: str, period: Period) -> Iterator[Post]:
    chance = Chance(f"posts of {network}")
    kinds = dict(RHYTHM[network])
    for number, day in enumerate(day for day in days_of(period) if day.weekday() in kinds):
        yield _post(network, f"{_first_id(network) + 7_919 * number}", day, kinds[day.weekday()], chance)


def _first_id(network: str) -> int:
    return {"facebook": 122_180_000_000_431, "instagram": 17_954_000_000_271, "tiktok": 7_548_112_345_678_901_234}[
        network
    ]


def _post(network: str, post_id: str, day: date, kind: str, chance: Chance) -> Post:
    reach = chance.count(SEEN[network] * chance.noise(0.35))
    views = round(reach * (1.15 + 0.3 * chance.share()))
    rate = ENGAGED[network, kind] * chance.noise(0.22)
    total = chance.count(rate * (views if network == "tiktok" else reach))
    comments, shares = total // 14, total // 9
    saves = total // 7 if network == "instagram" else 0
    return Post(
        network, post_id, day, kind, f"{TITLES[kind]} · {day.day}.{day.month}", views, reach,
        total - comments - shares - saves, comments, shares, saves, chance.count(0.0016 * reach),
        chance.count((0.021 if kind == "link" else 0.008) * reach), chance.count(0.0006 * reach),
    )  # fmt: skip


def page_days(period: Period) -> list[PageDay]:
    """All days of all pages, network by network."""
    return [_page_day(network, day, chance) for network, chance in _chances("page") for day in days_of(period)]


def _chances(what: str) -> list[tuple[str, Chance]]:
    return [(network, Chance(f"{what} of {network}")) for network in NETWORKS]


def _page_day(network: str, day: date, chance: Chance) -> PageDay:
    reach = chance.count(REACH_A_DAY[network] * WEEKDAYS[day.weekday()] * chance.noise(0.12))
    leaving = TIRED if day >= TIRED_FROM else LEAVING
    return PageDay(
        network, day, reach, chance.count(0.02 * reach), chance.count(JOINING[network] * reach),
        chance.count(leaving * reach), chance.count(0.05 * reach), round(reach * 1.31),
    )  # fmt: skip


def landings(ads: Sequence[Delivery], posts: Sequence[Post], period: Period) -> list[Landing]:
    """Sessions by week, page and source: most clicks of the ads, those of the posts, and the rest of the shop's."""
    chance = Chance("visits of the shop")
    return [
        _landing(week, page, source, round(clicks * SHARES[page]), chance)
        for week in weeks_of(period)
        for source, clicks in _sources(week, ads, posts, chance).items()
        for page in SHARES
    ]


def _sources(week: date, ads: Sequence[Delivery], posts: Sequence[Post], chance: Chance) -> dict[str, float]:
    paid = {
        name: sum(row.link_clicks for row in ads if row.campaign.platform == name and week_of(row.day) == week)
        for name in ("meta", "google", "tiktok")
    }
    free = {name: sum(p.link_clicks for p in posts if p.network == name and week_of(p.day) == week) for name in SEEN}
    return {
        "google / cpc": 0.9 * paid["google"], "instagram / cpc": 0.5 * paid["meta"],
        "facebook / cpc": 0.29 * paid["meta"], "tiktok / cpc": 0.71 * paid["tiktok"],
        "l.instagram.com / referral": 0.93 * free["instagram"], "m.facebook.com / referral": 0.9 * free["facebook"],
        "tiktok / referral": 0.8 * free["tiktok"], "google / organic": 900 * chance.noise(0.08),
        "(direct) / (none)": 620 * chance.noise(0.1),
    }  # fmt: skip


def _landing(week: date, page: str, source: str, sessions: int, chance: Chance) -> Landing:
    away = min(LANDING[page] * RESTLESS.get(source, 1) * chance.noise(0.04), 0.95)
    bounced = min(chance.count(away * sessions), sessions)
    bought = min(chance.count(BUYING.get(source, 0.012) * sessions), sessions - bounced)
    return Landing(week, page, source, sessions, sessions - bounced, bought)
