"""Pages, posts and visits written the way each platform's export writes them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from budget.weeks import Period, week_of
from sample_data.organic import FOLLOWERS, Landing, PageDay, Post
from sample_data.sheets import Row, text_table

TITLES = {
    "Facebook reach": ("facebook", "reach"), "Instagram reach": ("instagram", "reach"),
    "Facebook visits": ("facebook", "visits"), "Instagram profile visits": ("instagram", "visits"),
    "Facebook follows": ("facebook", "follows"), "Instagram follows": ("instagram", "follows"),
}  # fmt: skip
AGES = ("18-24", "25-34", "35-44", "45-54", "55-64", "65+")
PEOPLE: Mapping[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
    "facebook": ((48, 163, 172, 98, 52, 21), (61, 141, 127, 72, 33, 12)),
    "instagram": ((131, 268, 154, 58, 17, 6), (84, 149, 88, 33, 9, 3)),
}
"""Women and men by age, in tenths of a percent."""
CITIES = {"Baku, Azerbaijan": 613, "Sumqayıt, Azerbaijan": 97, "Ganja, Azerbaijan": 71, "Istanbul, Türkiye": 22}
GENDERS = {"Female": "0.57", "Male": "0.41", "Other": "0.02"}
TERRITORIES = {"AZ": "0.884", "TR": "0.061", "Others": "0.055"}
KINDS = {
    "facebook": {"image": "Photos", "link": "Links", "reel": "Reels"},
    "instagram": {"image": "IG image", "carousel": "IG carousel", "reel": "IG reel"},
}
FACEBOOK = (
    "Post ID", "Page ID", "Page name", "Title", "Description", "Duration (sec)", "Publish time", "Permalink",
    "Post type", "Data comment", "Date", "Views", "Reach", "Reactions, Comments and Shares", "Reactions", "Comments",
    "Shares", "Total clicks", "Link clicks", "Negative feedback from users: Hide all",
)  # fmt: skip
INSTAGRAM = (
    "Post ID", "Account ID", "Account username", "Account name", "Description", "Duration (sec)", "Publish time",
    "Permalink", "Post type", "Data comment", "Date", "Views", "Reach", "Likes", "Shares", "Follows", "Comments",
    "Saves",
)  # fmt: skip
TIKTOK = (
    "Date", "Video views ", "Reached audience", "Engaged audience ", "New followers", "Lost followers", "Net growth",
)  # fmt: skip


def business_suite(posts: Sequence[Post], days: Sequence[PageDay], dates: str) -> bytes:
    """The exports of Meta Business Suite of both pages, put into one archive by hand."""
    members = {
        "Insights.csv": insights(days),
        "Facebook audience.csv": audience("facebook"),
        "Instagram audience.csv": audience("instagram"),
        f"Facebook content {dates}.csv": facebook_posts(posts),
        f"Instagram content {dates}.csv": instagram_posts(posts),
    }
    return _packed(members)


def suite(rows: Sequence[Row]) -> bytes:
    """Meta Business Suite: UTF-16, the delimiter named first, everything quoted."""
    text = "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows)
    return b"\xff\xfe" + ("sep=,\n" + text).encode("utf-16-le")


def insights(days: Sequence[PageDay]) -> bytes:
    """Metrics of both pages stacked: title, header, days, a blank row."""
    rows: list[Row] = []
    for title, (network, field) in TITLES.items():
        own = [(f"{day.day}T00:00:00", getattr(day, field)) for day in days if day.network == network]
        rows += [(title,), ("Date", "Primary"), *own, ()]
    return suite(rows)


def audience(network: str) -> bytes:
    """Who follows a page: how many, age and gender, cities; of no day."""
    women, men = PEOPLE[network]
    ages = [(age, _tenths(w), _tenths(m)) for age, w, m in zip(AGES, women, men, strict=True)]
    return suite(
        [
            (f"{network.title()} followers",), (FOLLOWERS[network],), (),
            ("Age & gender",), ("", "Women", "Men"), *ages, (),
            ("Top cities",), tuple(CITIES), tuple(map(_tenths, CITIES.values())), (),
        ]
    )  # fmt: skip


def _tenths(value: int) -> str:
    return f"{value // 10}.{value % 10}%"


def facebook_posts(posts: Sequence[Post]) -> bytes:
    """Content of the Facebook page, with what people hid."""
    rows = [
        (
            post.post_id, "100091234567", "Nar Ev", post.title, post.title, 0, _published(post),
            f"https://www.facebook.com/narev.example/posts/{post.post_id}", KINDS["facebook"][post.kind], "",
            "Lifetime", post.views, post.reach, post.likes + post.comments + post.shares, post.likes, post.comments,
            post.shares, post.link_clicks * 2, post.link_clicks, post.hidden,
        )
        for post in posts
        if post.network == "facebook"
    ]  # fmt: skip
    return text_table([FACEBOOK, *rows], ",").encode("utf-8-sig")


def instagram_posts(posts: Sequence[Post]) -> bytes:
    """Content of the Instagram account."""
    rows = [
        (
            post.post_id, "17841400000000", "narev.example", "Nar Ev", post.title, 0, _published(post),
            f"https://www.instagram.com/p/{post.post_id}/", KINDS["instagram"][post.kind], "", "Lifetime", post.views,
            post.reach, post.likes, post.shares, post.follows, post.comments, post.saves,
        )
        for post in posts
        if post.network == "instagram"
    ]  # fmt: skip
    return text_table([INSTAGRAM, *rows], ",").encode("utf-8-sig")


def _published(post: Post) -> str:
    return f"{post.day:%m/%d/%Y} 12:30"


def tiktok_days(days: Sequence[PageDay]) -> bytes:
    """The business suite's days."""
    rows = [
        (
            f"{day.day:%Y/%m/%d}", day.views, day.reach, day.engaged, day.follows, day.unfollows,
            day.follows - day.unfollows,
        )
        for day in days
        if day.network == "tiktok"
    ]  # fmt: skip
    return text_table([TIKTOK, *rows], ",").encode()


def tiktok_studio(posts: Sequence[Post], days: Sequence[PageDay], on: date) -> bytes:
    """The archive of TikTok Studio: followers by day, who they are, videos; its days have no year."""
    own = [day for day in days if day.network == "tiktok"]
    stock, levels = FOLLOWERS["tiktok"], list[Row]()
    for place, day in enumerate(reversed(own)):
        step = day.follows - day.unfollows
        last = place == len(own) - 1
        levels.append((_spoken(day.day), stock, "undefined" if last else step))
        stock -= step
    head = ("Time", "Video title", "Video link", "Post time", "Total likes", "Total comments", "Total shares")
    videos: list[Row] = [
        (
            _spoken(on - timedelta(days=1)), post.title,
            f"https://www.tiktok.com/@narev.example/video/{post.post_id}", _spoken(post.day), post.likes,
            post.comments, post.shares, post.views,
        )
        for post in reversed(posts)
        if post.network == "tiktok"
    ]  # fmt: skip
    tables: dict[str, list[Row]] = {
        "FollowerHistory": [("Date", "Followers", "Difference in followers from previous day"), *reversed(levels)],
        "FollowerGender": [("Gender", "Distribution"), *GENDERS.items()],
        "FollowerTopTerritories": [("Top territories", "Distribution"), *TERRITORIES.items()],
        "Content": [(*head, "Total views"), *videos],
    }
    return _packed({f"{name}_{on}.csv": _quoted(rows) for name, rows in tables.items()})


def _spoken(day: date) -> str:
    return f"{day:%B} {day.day}"


def _quoted(rows: Sequence[Row]) -> bytes:
    return "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows).encode("utf-8-sig")


def _packed(members: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as target:
        for name, data in members.items():
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 0
            target.writestr(entry, data)
    return out.getvalue()


def landing_report(rows: Sequence[Landing], period: Period) -> bytes:
    """Web analytics: landing page by source and week, under its lines of comment."""
    line, last = "# " + "-" * 40, period.end - timedelta(days=1)
    above: list[Row] = [
        (line,), ("# Landing page",), ("# Account: Nar Ev, MMC",), ("# Property: narev.example",), (line,), ("#",),
        ("# All Users",), (f"# Start date: {period.start:%Y%m%d}",), (f"# End date: {last:%Y%m%d}",),
    ]  # fmt: skip
    head = ("Nth week", "Landing page", "Session source / medium", "Sessions", "Engaged sessions", "Key events")
    body = [
        (
            f"{(week_of(row.week) - period.start).days // 7:04d}", row.page, row.source, row.sessions, row.engaged,
            row.key_events,
        )
        for row in rows
    ]  # fmt: skip
    return text_table([*above, head, *body], ",").encode()
