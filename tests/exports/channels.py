"""Exports of channels and pages: YouTube Studio, LinkedIn pages."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from tests.exports.archives import zip_bytes
from tests.exports.tables import DAYS, FIRST, Expected
from tests.exports.writers import Value, csv_bytes, xlsx_bytes
from tests.exports.xls import xls_bytes

Cells = list[list[Value]]
Piece = tuple[str, bytes, Expected]
SOFT = "\u00ad"
WATCH = 45  # ten thousandths of an hour a view


class Words(NamedTuple):
    """What YouTube Studio calls things in one language; `columns` are those of the table of videos."""

    columns: tuple[str, ...]
    total: str
    day: str
    views: str
    footer: str
    written: str


YOUTUBE = {
    "en": Words(
        (
            "Content", "Video title", "Video publish time", "Duration", "Views", "Watch time (hours)", "Subscribers",
            "Impressions", "Impressions click-through rate (%)",
        ),
        "Total", "Date", "Views", "Showing top 500 results", "%b %d, %Y",
    ),
    "de": Words(
        (
            "Video", f"Video{SOFT}titel", f"Veröffentlichungs{SOFT}zeitpunkt des Videos", "Dauer", "Aufrufe",
            f"Wieder{SOFT}gabe{SOFT}zeit (Stunden)", "Abonnenten", "Impres­sionen", f"Klick{SOFT}rate (%)",
        ),
        "Gesamt", "Datum", f"Auf{SOFT}rufe", "Die ersten 500 Ergebnisse werden angezeigt", "%d.%m.%Y",
    ),
}  # fmt: skip


class Video(NamedTuple):
    """One video's whole numbers."""

    key: str
    title: str
    day: date
    views: int
    follows: int
    impressions: int


def videos(count: int) -> list[Video]:
    """The same videos on every machine."""
    dice = random.Random("videos")  # noqa: S311  a fictional channel
    letters = "abcdefghijkmnpqrstuvwxyzABCDEFGH0123456789-_"
    return [
        Video(
            "".join(dice.choices(letters, k=11)), f"Ev turu {number}, otaq №{number}",
            FIRST - timedelta(days=dice.randint(1, 400)), dice.randint(1_000, 90_000), dice.randint(0, 90),
            dice.randint(90_001, 800_000),
        )
        for number in range(count)
    ]  # fmt: skip


def hours(views: int) -> str:
    """Watch time with the four decimals that the platform writes."""
    return f"{views * WATCH // 10_000}.{views * WATCH % 10_000:04d}"


def video_table(language: str, rows: Sequence[Video], *, footer: bool = False, unlisted: int = 0) -> Cells:
    """The total first, the videos, the line that says that there are more; `unlisted` views are of no video here."""
    words = YOUTUBE[language]
    views = sum(one.views for one in rows) + unlisted
    total = [words.total, "", "", "", str(views), hours(views), str(sum(one.follows for one in rows) + 12)]
    total += [str(sum(one.impressions for one in rows)), "4.1"]
    body: Cells = [
        [
            one.key, one.title, one.day.strftime(words.written), "61", str(one.views), hours(one.views),
            str(one.follows), str(one.impressions), "3.9",
        ]
        for one in rows
    ]  # fmt: skip
    below: Cells = [[words.footer]] if footer else []
    return [[*words.columns], [*total], *body, *below]


def by_day() -> list[tuple[date, int]]:
    """Views of the channel."""
    dice = random.Random("views")  # noqa: S311  a fictional channel
    return [(FIRST + timedelta(days=day), dice.randint(100, 9_999)) for day in range(DAYS)]


def totals_table(language: str) -> Cells:
    """Day and views."""
    words = YOUTUBE[language]
    body: Cells = [[str(day), str(views)] for day, views in by_day()]
    return [[words.day, words.views], *body]


def chart_table(language: str) -> tuple[Cells, int]:
    """Day by video: the same views in two parts; the sum beside."""
    words, rows = YOUTUBE[language], videos(2)
    body: Cells = []
    for day, views in by_day():
        for one, part in zip(rows, (views // 3, views - views // 3), strict=True):
            body.append([str(day), one.key, one.title, one.day.strftime(words.written), str(part)])
    return [[words.day, *words.columns[:3], words.views], *body], sum(views for _, views in by_day())


def youtube() -> Iterator[Piece]:
    """YouTube Studio: archives in two languages, the tables alone, a table that was cut."""
    rows = videos(4)
    posts = {
        "posts.views": float(sum(one.views for one in rows)), "posts.follows": float(sum(one.follows for one in rows)),
        "posts.watch_seconds": sum(one.views for one in rows) * WATCH * 3_600 / 10_000,
    }  # fmt: skip
    declared = {
        "views": sum(one.views for one in rows), "impressions": sum(one.impressions for one in rows),
        "follows": sum(one.follows for one in rows) + 12,
    }  # fmt: skip
    views = {"metrics.views": float(sum(views for _, views in by_day()))}
    first, last = (min(one.day for one in rows), max(one.day for one in rows))
    for language in YOUTUBE:
        table = Expected("youtube", "youtube/table", language, kind="posts", grain="lifetime", declared=declared)
        table.start, table.end, table.findings = first, last + timedelta(days=1), ["COLUMNS_IGNORED"]
        table.tables, table.side = {"posts": len(rows)}, posts
        yield f"youtube/table-{language}.csv", csv_bytes(video_table(language, rows)), table
        members = {
            "Chart data.csv": chart_table(language)[0], "Table data.csv": video_table(language, rows),
            "Totals.csv": totals_table(language),
        }  # fmt: skip
        whole = replace(table, report="youtube/totals", kind="metrics", grain="mixed", end=FIRST + timedelta(days=DAYS))
        whole.tables, whole.side = {"metrics": DAYS, "posts": len(rows)}, {**posts, **views}
        data = zip_bytes({name: csv_bytes(cells, encoding="utf-8") for name, cells in members.items()})
        yield f"youtube/{language}.zip", data, whole
        cells, shown = chart_table(language)
        chart = Expected("youtube", "youtube/chart", language, kind="metrics", findings=["COLUMNS_IGNORED"])
        chart.tables, chart.side = {"metrics": 2 * DAYS}, {"metrics.views": float(shown)}
        yield f"youtube/chart-{language}.csv", csv_bytes(cells), chart
    yield from _plain(views)
    yield from _cut()


def _plain(views: Mapping[str, float]) -> Iterator[Piece]:
    """A table of days and views: the file's name or the person says whose it is."""
    data = csv_bytes(totals_table("en"))
    named = Expected("youtube", "youtube/totals", "en", kind="metrics", tables={"metrics": DAYS}, side={**views})
    yield "youtube/Totals.csv", data, named
    asked = replace(named, platform="ga4", report="ga4/views", findings=["PLATFORM_UNKNOWN"], questions=["platform"])
    yield "other/views.csv", data, asked
    yield "youtube/views-answered.csv", data, replace(named, answers={"platform": "youtube"})
    others = replace(named, platform="other", report="other/views", answers={"platform": "other"})
    yield "other/views-answered.csv", data, replace(others, findings=["HEADER_GUESSED"])
    yield (
        "other/views-de-answered.csv",
        csv_bytes(totals_table("de")),
        replace(others, language="de", findings=["HEADER_GUESSED"]),
    )
    above: Cells = [["# ----------"], ["# Account: Ev"], ["# Start date: 20260202"], ["# End date: 20260208"]]
    web = replace(named, platform="ga4", report="ga4/views")
    yield "ga4/views-by-day.csv", csv_bytes([*above, *totals_table("en")]), web
    yield "ga4/views-answered.csv", data, replace(web, answers={"platform": "ga4"})
    dice = random.Random("viewers")  # noqa: S311  a fictional channel
    people = [dice.randint(10, 900) for _ in range(DAYS)]
    cells: Cells = [["Data", "Espectadores únicos", "Visualizações (%)"]]
    cells += [[str(day), str(count), "12.5"] for (day, _), count in zip(by_day(), people, strict=True)]
    portuguese = replace(named, language="pt", side={"metrics.viewers": float(sum(people))})
    portuguese.findings = ["COLUMNS_IGNORED"]
    yield "youtube/viewers-pt.csv", csv_bytes(cells), portuguese


def _cut() -> Iterator[Piece]:
    """Five hundred of more videos: the total holds them all."""
    rows = videos(500)
    for language, footer in (("en", True), ("de", True)):
        cut = Expected("youtube", "youtube/table", language, kind="posts", grain="lifetime")
        cut.start, cut.end = min(one.day for one in rows), max(one.day for one in rows) + timedelta(days=1)
        cut.findings = ["COLUMNS_IGNORED", "ROWS_CUT_OFF", "TOTAL_DIFFERS"]
        cut.tables, cut.side = {"posts": 500}, {"posts.views": float(sum(one.views for one in rows))}
        cut.declared = {"views": sum(one.views for one in rows) + 777}
        yield f"youtube/cut-{language}.csv", csv_bytes(video_table(language, rows, footer=footer, unlisted=777)), cut


PAGE = (("Impressions", "impressions"), ("Clicks", "clicks"), ("Reactions", "likes"), ("Comments", "comments"))
ABOUT = "Aggregated engagement metrics over time for both organic and sponsored updates."


def page_tables() -> tuple[dict[str, Cells], Expected]:
    """The workbook of updates: by day organic, sponsored and total; the posts. Row 1 describes."""
    dice = random.Random("page")  # noqa: S311  a fictional page
    parts = [f"{name} ({part})" for name, _ in PAGE for part in ("organic", "sponsored", "total")]
    cells: Cells = [[ABOUT], ["Date", *parts, "Unique impressions (organic)", "Engagement rate (total)"]]
    side = {f"metrics.{role}": 0.0 for _, role in PAGE} | {"metrics.reach": 0.0}
    for number in range(DAYS):
        row: list[Value] = [(FIRST + timedelta(days=number)).strftime("%m/%d/%Y")]
        for _, role in PAGE:
            organic, paid = dice.randint(40, 900), dice.randint(0, 300)
            row += [organic, paid, organic + paid]
            side[f"metrics.{role}"] += organic + paid
        seen = dice.randint(10, 40)
        side["metrics.reach"] += seen
        cells.append([*row, seen, 0.0471])
    posts: Cells = [["Metrics for individual updates."]]
    posts.append(["Post title", "Post link", "Post type", "Campaign name", "Posted by", "Created date", "Impressions"])
    posts[-1] += ["Clicks", "Likes", "Comments", "Reposts", "Follows", "Content Type"]
    link = "https://www.linkedin.com/feed/update/urn:li:activity:"
    for number, kind in enumerate(("Image", "Video", "")):
        posts.append(
            [
                f"Yenilik {number}: yazın info@ev.az", f"{link}72912345678901234{number:02d}", "Organic", None,
                "Aygün M.", f"02/0{number + 3}/2026", 1_000 + number, 30, 20, 4, 3, 2, kind or None,
            ]
        )  # fmt: skip
    side |= {"posts.impressions": 3_003.0, "posts.clicks": 90.0, "posts.shares": 9.0}
    expected = Expected("linkedin", "linkedin/page", "en", kind="metrics", grain="mixed", side=side)
    expected.tables = {"metrics": 5 * DAYS, "posts": 3}
    expected.findings = ["FORMAT_UNVERIFIED", "COLUMNS_IGNORED", "PERSONAL_DATA_REMOVED"]
    return {"Metrics": cells, "All posts": posts}, expected


def follower_tables() -> tuple[dict[str, Cells], Expected]:
    """New followers by day, and where all followers are."""
    cells: Cells = [["New followers over time."]]
    cells.append(["Date", "Sponsored followers", "Organic followers", "Auto-invited followers", "Total followers"])
    for number in range(DAYS):
        cells.append([f"02/{number + 2:02d}/2026", number, 10 + number, 1, 11 + 2 * number])
    places: Cells = [["Follower demographics."], ["Location", "Total followers"], ["Bakı, Azərbaycan", 901]]
    places.append(["Sumqayıt, Azərbaycan", 77])
    gained = sum(11 + 2 * number for number in range(DAYS))
    expected = Expected("linkedin", "linkedin/page-followers", "en", kind="metrics", grain="mixed")
    expected.side = {"metrics.follows": float(gained), "metrics.followers": 978.0}
    expected.tables, expected.findings = {"metrics": DAYS + 2}, ["FORMAT_UNVERIFIED", "COLUMNS_IGNORED"]
    return {"New followers": cells, "Location": places}, expected


def visitor_tables() -> tuple[dict[str, Cells], Expected]:
    """Views of the page and its visitors, by device and in all."""
    parts = [
        f"{name} ({part})" for name in ("Total page views", "Total unique visitors") for part in ("desktop", "total")
    ]
    cells: Cells = [["Visitor metrics by day."], ["Date", *parts]]
    for number in range(DAYS):
        cells.append([f"02/{number + 2:02d}/2026", 3, 40 + number, 2, 20 + number])
    expected = Expected("linkedin", "linkedin/page-visitors", "en", kind="metrics")
    expected.side = {"metrics.views": 301.0, "metrics.visitors": 161.0}
    expected.tables, expected.findings = {"metrics": 2 * DAYS}, ["FORMAT_UNVERIFIED", "COLUMNS_IGNORED"]
    return {"Visitor metrics": cells}, expected


def linkedin() -> Iterator[Piece]:
    """Pages of LinkedIn: each workbook in the old form and in the new one."""
    tables = {"page": page_tables, "page-followers": follower_tables, "page-visitors": visitor_tables}
    for name, make in tables.items():
        sheets, expected = make()
        yield f"linkedin/{name}.xls", xls_bytes({**sheets}), expected
        yield f"linkedin/{name}.xlsx", xlsx_bytes({**sheets}), expected
    places = {"Location": follower_tables()[0]["Location"]}
    alone = Expected("linkedin", "linkedin/page-places", "en", kind="metrics", grain="lifetime", start=None, end=None)
    alone.tables, alone.side = {"metrics": 2}, {"metrics.followers": 978.0}
    alone.findings = ["FORMAT_UNVERIFIED"]
    yield "linkedin/places.xls", xls_bytes({**places}), alone
    yield "linkedin/places.xlsx", xlsx_bytes({**places}), alone


def samples() -> Iterator[Piece]:
    """Every file of these sources."""
    yield from youtube()
    yield from linkedin()
