"""Exports of the platforms' own pages for creators: TikTok and X here, YouTube and LinkedIn in `channels`."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from tests.exports import channels
from tests.exports.archives import zip_bytes
from tests.exports.tables import DAYS, FIRST, Expected
from tests.exports.writers import Value, csv_bytes, xlsx_bytes

Cells = list[list[Value]]
Piece = tuple[str, bytes, Expected]
STUDIO = ("video_views", "profile_views", "likes", "comments", "shares")
POST_ID = 7_412_345_678_901_234_567
X_ID = 1_890_123_456_789_012_345


def spoken(day: date) -> str:
    """`February 28`, as TikTok Studio writes days."""
    return f"{day:%B} {day.day}"


def days(first: date = FIRST) -> list[date]:
    """A week of days."""
    return [first + timedelta(days=number) for number in range(DAYS)]


def numbers(seed: str, columns: int, rows: int = DAYS) -> list[list[int]]:
    """The same whole numbers for the same seed, on every machine."""
    dice = random.Random(seed)  # noqa: S311  a fictional channel
    return [[dice.randint(3, 9_000) for _ in range(columns)] for _ in range(rows)]


def added(names: Sequence[str], rows: Sequence[Sequence[int]]) -> dict[str, float]:
    """Metric -> the sum of its column."""
    return {f"metrics.{name}": float(sum(row[place] for row in rows)) for place, name in enumerate(names)}


def table(header: Sequence[str], labels: Sequence[Sequence[str]], rows: Sequence[Sequence[int]]) -> Cells:
    """Labels and numbers under a header, all as text."""
    body: Cells = [[*label, *map(str, row)] for label, row in zip(labels, rows, strict=True)]
    return [[*header], *body]


def text(rows: Cells) -> bytes:
    """As TikTok Studio writes it: every cell in quotes."""
    return csv_bytes(rows, quote_all=True)


def _asked(report: str, rows: int, side: dict[str, float]) -> Expected:
    return Expected(
        "tiktok", report, "en", kind="metrics", findings=["YEAR_UNKNOWN"], questions=["year"],
        tables={"metrics": rows}, side=side,
    )  # fmt: skip


def _answered(expected: Expected, year: int) -> Expected:
    return replace(expected, findings=[], questions=[], answers={"year": str(year)})


def overview(first: date = FIRST, order: int = 1) -> Cells:
    """Overview by day, the year nowhere; `order` -1 puts the last day on top."""
    header = ("Date", "Video Views", "Profile Views", "Likes", "Comments", "Shares")
    labels = [[spoken(day)] for day in days(first)]
    return table(header, labels[::order], numbers("overview", 5)[::order])


def studio_days() -> Iterator[Piece]:
    """The tables of TikTok Studio that have days: text, workbook of texts, archive of one."""
    side = added(STUDIO, numbers("overview", 5))
    plain = _asked("tiktok/overview", 5 * DAYS, side)
    yield "tiktok/overview.csv", text(overview()), plain
    yield "tiktok/overview.xlsx", xlsx_bytes({"Overview": overview()}), plain
    yield "tiktok/overview.zip", zip_bytes({"Overview.csv": text(overview())}), plain
    yield "tiktok/overview-answered.csv", text(overview()), _answered(plain, 2026)
    turn = date(2025, 12, 29)
    over = replace(plain, start=turn, end=turn + timedelta(days=DAYS))
    yield "tiktok/overview-new-year.csv", text(overview(turn)), over
    yield "tiktok/overview-last-day-first.csv", text(overview(turn, -1)), over
    cells = overview()
    saved = [cells[0], *([f"{day:%d}.фев", *row[1:]] for day, row in zip(days(), cells[1:], strict=True))]
    excel = csv_bytes(saved, delimiter=";", encoding="cp1251", ends="\r\n")
    yield "tiktok/overview-saved-by-excel.csv", excel, plain
    rows = numbers("viewers", 3)
    cells = table(("Date", "Total Viewers", "New Viewers", "Returning Viewers"), [[spoken(d)] for d in days()], rows)
    seen = _asked("tiktok/viewers", 3 * DAYS, added(("viewers", "new_viewers", "returning_viewers"), rows))
    yield "tiktok/viewers.csv", text(cells), seen
    yield "tiktok/viewers.zip", zip_bytes({"Viewers.csv": text(cells)}), seen
    hours = [[spoken(day), str(hour)] for day in days() for hour in range(24)]
    active = numbers("activity", 1, 24 * DAYS)
    cells = table(("Date", "Hour", "Active followers"), hours, active)
    seen = _asked("tiktok/activity", 24 * DAYS, added(("active_followers",), active))
    yield "tiktok/activity.csv", text(cells), seen
    yield "tiktok/activity.xlsx", xlsx_bytes({"FollowerActivity": cells}), seen


def followers() -> tuple[Cells, Expected]:
    """Followers as a level and as the day's difference; of the first day nothing is known before it."""
    stock, gained, levels = 308_209, 0, 0
    body: Cells = [["Date", "Followers", "Difference in followers from previous day"]]
    for place, day in enumerate(days()):
        step = 37 * place - 60
        stock, gained = stock + (step if place else 0), gained + (step if place else 0)
        levels += stock
        body.append([spoken(day), str(stock), str(step) if place else "undefined"])
    expected = _asked(
        "tiktok/followers", 2 * DAYS - 1, {"metrics.followers": float(levels), "metrics.net_follows": float(gained)}
    )
    return body, expected


GENDER: Cells = [["Gender", "Distribution"], ["Female", "0.59"], ["Male", "0.37"], ["Other", "0.04"]]
PLACES: Cells = [["Top territories", "Distribution"], ["AZ", "0.852"], ["TR", "0.091"], ["Others", "0.057"]]


def content() -> tuple[Cells, Expected]:
    """Posts, the latest first, over the turn of the year; a telephone number in a caption."""
    made = [date(2026, 1, 9), date(2026, 1, 2), date(2025, 12, 30), date(2025, 11, 4)]
    rows = numbers("content", 4, len(made))
    header = ["Time", "Video title", "Video link", "Post time", "Total likes", "Total comments", "Total shares"]
    body: Cells = [
        [
            spoken(date(2026, 2, 8)), f'Yeni kolleksiya {place}, "bahar"\nZəng: +994 50 123 45 6{place}',
            f"https://www.tiktok.com/@ev.az/video/{POST_ID + place}", spoken(day), *map(str, row),
        ]
        for place, (day, row) in enumerate(zip(made, rows, strict=True))
    ]  # fmt: skip
    side = {f"posts.{name}": float(sum(row[at] for row in rows)) for at, name in enumerate(("likes", "comments"))}
    side["posts.views"] = float(sum(row[3] for row in rows))
    expected = Expected(
        "tiktok", "tiktok/content", "en", kind="posts", grain="lifetime", start=made[-1],
        end=made[0] + timedelta(days=1), questions=["year"], tables={"posts": len(made)}, side=side,
        findings=["YEAR_UNKNOWN", "COLUMNS_IGNORED", "PERSONAL_DATA_REMOVED"],
    )  # fmt: skip
    return [[*header, "Total views"], *body], expected


def studio_states() -> Iterator[Piece]:
    """Followers, their make-up and the posts; and everything in one archive."""
    cells, expected = followers()
    yield "tiktok/followers.csv", text(cells), expected
    yield "tiktok/followers.xlsx", xlsx_bytes({"FollowerHistory": cells}), expected
    made = Expected("tiktok", "tiktok/gender", "en", kind="metrics", grain="lifetime", start=None, end=None)
    made.tables, made.side = {"metrics": 3}, {"metrics.audience_share": 1.0}
    yield "tiktok/gender.csv", text(GENDER), made
    yield "tiktok/gender.xlsx", xlsx_bytes({"FollowerGender": GENDER}), made
    places = replace(made, report="tiktok/territories")
    yield "tiktok/territories.csv", text(PLACES), places
    yield "tiktok/territories.zip", zip_bytes({"FollowerTopTerritories.csv": text(PLACES)}), places
    posts, listed = content()
    yield "tiktok/content.csv", text(posts), listed
    yield "tiktok/content.xlsx", xlsx_bytes({"Content": posts}), listed
    members = {"FollowerGender": GENDER, "Content": posts, "Overview": overview(), "FollowerHistory": cells}
    data = zip_bytes({f"{name}_2026-02-09.csv": text(rows) for name, rows in members.items()})
    whole = replace(listed, report="tiktok/overview", kind="metrics", grain="mixed", end=FIRST + timedelta(days=DAYS))
    whole.tables = {"metrics": 5 * DAYS + 2 * DAYS - 1 + 3, "posts": 4}
    whole.side = {**listed.side, **expected.side, **added(STUDIO, numbers("overview", 5)), "metrics.audience_share": 1}
    yield "tiktok/studio.zip", data, whole


def business() -> Iterator[Piece]:
    """The business suite: blanks behind headers, `NAN` and `--` for what is not known."""
    names = ("video_views", "reach", "engaged_audience", "follows", "unfollows", "net_follows", "phone_clicks", "leads")
    header = ["Date", "Video views ", "Reached audience", "Engaged audience ", "New followers", "Lost followers"]
    header += ["Net growth", "Phone number clicks ", "Leads submission"]
    rows = numbers("business", len(names))
    cells = table(header, [[f"{day:%Y/%m/%d}"] for day in days()], rows)
    cells[1][3], cells[2][5], cells[3][8] = "NAN", "--", "--"
    side = added(names, rows)
    side["metrics.engaged_audience"] -= rows[0][2]
    side["metrics.unfollows"] -= rows[1][4]
    side["metrics.leads"] -= rows[2][7]
    expected = Expected("tiktok", "tiktok/business", "en", kind="metrics", side=side)
    expected.tables = {"metrics": len(names) * DAYS - 3}
    yield "tiktok/business.csv", csv_bytes(cells, encoding="utf-8"), expected
    yield "tiktok/business.xlsx", xlsx_bytes({"Overview": cells}), expected


X_ACCOUNT = (
    ("Impressions", "impressions"), ("Likes", "likes"), ("Engagements", "engagements"), ("Bookmarks", "bookmarks"),
    ("Shares", "shares"), ("New follows", "follows"), ("Unfollows", "unfollows"), ("Replies", "replies"),
    ("Reposts", "reposts"), ("Profile visits", "profile_views"), ("Create Post", "published"),
)  # fmt: skip
X_POST = (
    ("Impressions", "impressions"), ("Likes", "likes"), ("Engagements", ""), ("Bookmarks", "saves"), ("Shares", ""),
    ("New follows", "follows"), ("Replies", "comments"), ("Reposts", "shares"), ("Profile visits", ""),
    ("Detail Expands", ""), ("Url clicks", "link_clicks"), ("Hashtag clicks", ""), ("Permalink clicks", ""),
)  # fmt: skip


def x_posts(*, rounded: bool = False, links: bool = True) -> tuple[Cells, Expected]:
    """Posts of X: long ids, texts as HTML; `rounded` is what a spreadsheet makes of the ids."""
    rows = numbers("x posts", len(X_POST), 3)
    body: Cells = []
    for place, row in enumerate(rows):
        number, day = X_ID + place, date(2026, 2, 2 + place)
        link = [f"https://x.com/ev_az/status/{number}"] if links else []
        key: Value = float(number) if rounded else str(number)
        body.append([key, f"{day:%a %b %d %Y}", f"Q&amp;A &lt;b&gt; {place}", *link, *map(str, row)])
    header = ["Post id", "Date", "Post text", *(["Post Link"] if links else []), *(name for name, _ in X_POST)]
    side = {f"posts.{role}": float(sum(row[at] for row in rows)) for at, (_, role) in enumerate(X_POST) if role}
    expected = Expected("x", "x/content", "en", kind="posts", grain="lifetime", end=date(2026, 2, 5), side=side)
    expected.tables, expected.findings = {"posts": 3}, ["COLUMNS_IGNORED"]
    if rounded and not links:
        expected.findings.append("ID_LOST_PRECISION")
    return [[*header], *body], expected


def x() -> Iterator[Piece]:
    """X analytics: the account by day, the posts."""
    rows = numbers("x account", len(X_ACCOUNT))
    labels = [[f"{day:%a, %b} {day.day}, {day.year}"] for day in days()][::-1]
    cells = table(("Date", *(name for name, _ in X_ACCOUNT)), labels, rows)
    expected = Expected("x", "x/account", "en", kind="metrics", side=added([role for _, role in X_ACCOUNT], rows))
    expected.tables = {"metrics": len(X_ACCOUNT) * DAYS}
    yield "x/account.csv", csv_bytes(cells, encoding="utf-8"), expected
    yield "x/account.xlsx", xlsx_bytes({"account": cells}), expected
    posts, listed = x_posts()
    yield "x/content.csv", csv_bytes(posts, encoding="utf-8"), listed
    posts, listed = x_posts(rounded=True)
    yield "x/content-saved-by-excel.xlsx", xlsx_bytes({"content": posts}), listed
    posts, listed = x_posts(rounded=True, links=False)
    yield "x/content-without-links.xlsx", xlsx_bytes({"content": posts}), listed


def samples() -> Iterator[Piece]:
    """Every file of these sources."""
    yield from studio_days()
    yield from studio_states()
    yield from business()
    yield from x()
    yield from channels.samples()
