"""Exports of Meta Business Suite: metrics, audience, content."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from tests.exports.tables import DAYS, FIRST, Expected
from tests.exports.writers import Value, csv_bytes, xlsx_bytes

Row = list[Value]
Series = dict[str, list[tuple[date, int]]]
WEEK = [FIRST + timedelta(days=day) for day in range(DAYS)]
# The day on which the fictional clocks go forward: from then on the days begin at one.
CLOCK = FIRST + timedelta(days=3)


def suite_bytes(rows: Sequence[Sequence[Value]]) -> bytes:
    """As the platform writes it: UTF-16, the delimiter named first, everything quoted."""
    head = b"\xff\xfe" + "sep=,\n".encode("utf-16-le")
    return head + csv_bytes(rows, encoding="utf-16", quote_all=True).removeprefix(b"\xff\xfe")


def series(seed: str, titles: Sequence[str], missing: Sequence[int] = ()) -> Series:
    """A week of whole numbers under each title, without the days that are missing."""
    dice = random.Random(seed)  # noqa: S311  a fictional page, not a secret
    kept = [day for place, day in enumerate(WEEK) if place not in missing]
    return {title: [(day, dice.randint(0, 5_000)) for day in kept] for title in titles}


def moment(day: date) -> str:
    """The start of a day as the platform writes it."""
    return f"{day}T0{int(day >= CLOCK)}:00:00"


def insight_rows(blocks: Series, heads: tuple[str, str] = ("Date", "Primary")) -> list[Row]:
    """Blocks of title, header, days; a blank row between."""
    rows: list[Row] = []
    for title, days in blocks.items():
        body: list[Row] = [[moment(day), str(value)] for day, value in days]
        rows += [[title], [*heads], *body, []]
    return rows


def _written(rows: Sequence[Row], order: str) -> list[Row]:
    """The same rows with the dates as a spreadsheet of the region shows them."""
    out: list[Row] = []
    for row in rows:
        first = str(row[0]) if row else ""
        if len(first) == 19 and first[4] == "-":
            day = date.fromisoformat(first[:10])
            text = (
                f"{day:%d.%m.%Y} {first[11:16]}"
                if order == "dmy"
                else f"{day.month}/{day.day}/{day.year} {first[12:16]}"
            )
            row = [text, *row[1:]]
        out.append([*row, *[""] * (2 - len(row))])
    return out


def total(blocks: Series, *titles: str) -> int:
    """The sum of what stands under these titles."""
    return sum(value for title in titles for _, value in blocks[title])


def _metrics(report: str, rows: int, side: dict[str, float], **more: object) -> Expected:
    values: dict[str, object] = {"kind": "metrics", "tables": {"metrics": rows}, "side": side, "language": "en"} | more
    return Expected("meta", report, **values)  # type: ignore[arg-type]  # the fields of Expected by name


def insights() -> Iterator[tuple[str, bytes, Expected]]:
    """Metrics by day: as downloaded, and saved again by spreadsheets."""
    titles = ("Reach", "Instagram reach", "Facebook Page visits", "Facebook Page new likes", "Content interactions")
    blocks = series("insights", titles)
    side: dict[str, float] = {
        "metrics.reach": total(blocks, "Reach", "Instagram reach"), "metrics.visits": total(blocks, titles[2]),
        "metrics.page_likes": total(blocks, titles[3]), "metrics.interactions": total(blocks, titles[4]),
    }  # fmt: skip
    expected = _metrics("meta/insights", 5 * DAYS, side, findings=["SURFACE_UNKNOWN"])
    rows = insight_rows(blocks)
    yield "meta/insights.csv", suite_bytes(rows), expected
    yield (
        "meta/insights-saved-again.csv",
        csv_bytes(_written(rows, "mdy"), delimiter=";", encoding="utf-8", ends="\r\n"), expected,
    )  # fmt: skip
    yield "meta/insights-tabs.csv", csv_bytes(_written(rows, "dmy"), delimiter="\t", encoding="utf-16"), expected
    yield "meta/insights.xlsx", xlsx_bytes({"Reach": [[*row] for row in rows]}), expected
    gaps = series("insights tr", ("Instagram reach", "Facebook reach", "Takipler", "Yeni ölçüm"), missing=(2, 5))
    known = {
        "metrics.reach": total(gaps, "Instagram reach", "Facebook reach"),
        "metrics.follows": total(gaps, "Takipler"),
    }
    yield (
        "meta/insights-tr.csv", suite_bytes(insight_rows(gaps, ("Tarih", "Primary"))),
        _metrics(
            "meta/insights", 3 * (DAYS - 2), dict(known), language="tr",
            findings=["COLUMNS_IGNORED", "HEADER_GUESSED", "SURFACE_UNKNOWN"],
        ),
    )  # fmt: skip
    yield (
        "meta/insights-unknown.csv", suite_bytes(insight_rows(series("none", ("Magic score",)))),
        Expected(
            "meta", "meta/insights", "", kind="unknown", grain="", start=None, end=None, findings=["COLUMNS_IGNORED"],
        ),
    )  # fmt: skip


AGES = ("18-24", "25-34", "35-44", "45-54", "55-64", "65+")
CITIES = ("Baku, Azerbaijan", "Ganja, Azerbaijan", "Sumqayıt, Azerbaijan")
COUNTRIES = ("Azerbaijan", "Türkiye", "Georgia")
FOLLOWERS = 12_345
# In tenths of a percent.
WOMEN, MEN = (52, 190, 161, 70, 35, 12), (48, 170, 142, 66, 40, 14)
IN_CITIES, IN_COUNTRIES = (455, 81, 40), (902, 33, 9)


def _tenths(value: int, mark: str = ".", sign: str = "%") -> str:
    return f"{value // 10}{mark}{value % 10}{sign}"


def audience_rows(mark: str = ".", sign: str = "%", cities: str = "Top cities") -> list[Row]:
    """Followers, ages by gender, cities and countries across, and a block that is no profile."""
    people: list[Row] = [
        [age, _tenths(women, mark, sign), _tenths(men, mark, sign)]
        for age, women, men in zip(AGES, WOMEN, MEN, strict=True)
    ]
    return [
        ["Facebook followers"], [str(FOLLOWERS)], [],
        ["Age & gender"], ["", "Women", "Men"], *people, [],
        [cities], [*CITIES], [_tenths(one, mark, sign) for one in IN_CITIES], [],
        ["Top countries"], [*COUNTRIES], [_tenths(one, mark, sign) for one in IN_COUNTRIES], [],
        ["Top Pages"], ["A page", "Another page"], ["3", "2"], [],
    ]  # fmt: skip


def place_rows(split: bool) -> list[Row]:
    """The generation of 2023: one row a place, its commas making cells of it where it was saved again."""
    rows: list[Row] = []
    for title, places, shares in (
        ("Top towns/cities", CITIES, IN_CITIES),
        ("Top countries", COUNTRIES, IN_COUNTRIES),
    ):
        rows.append([title])
        for place, share in zip(places, shares, strict=True):
            rows.append([*(place.split(",") if split else [place]), _tenths(share)])
        rows.append([])
    return rows


def audience() -> Iterator[tuple[str, bytes, Expected]]:
    """Who follows: a state without days, or of the last day that the name states."""
    shares = sum((*WOMEN, *MEN, *IN_CITIES, *IN_COUNTRIES)) / 1000
    known: dict[str, float] = {"metrics.followers": FOLLOWERS, "metrics.audience_share": shares}
    rows = 1 + len(AGES) * 2 + len(CITIES) + len(COUNTRIES)
    timeless = {"start": None, "end": None, "grain": "lifetime"}
    expected = _metrics("meta/audience", rows, known, findings=["COLUMNS_IGNORED"], **timeless)
    yield "meta/audience.csv", suite_bytes(audience_rows()), expected
    yield (
        "meta/audience-saved-again.csv",
        csv_bytes(audience_rows(",", cities="Top towns/cities"), delimiter=";", ends="\r\n"), expected,
    )  # fmt: skip
    yield "meta/audience-without-signs.csv", csv_bytes(audience_rows(sign=""), encoding="utf-8"), expected
    yield (
        "meta/audience_2026-02-02_2026-02-08.csv", suite_bytes(audience_rows()),
        _metrics("meta/audience", rows, known, findings=["COLUMNS_IGNORED"]),
    )  # fmt: skip
    places: dict[str, float] = {"metrics.audience_share": sum((*IN_CITIES, *IN_COUNTRIES)) / 1000}
    older = _metrics(
        "meta/audience", len(CITIES) + len(COUNTRIES), places, findings=["SURFACE_UNKNOWN"], **timeless,
    )  # fmt: skip
    yield "meta/audience-2023.csv", csv_bytes(place_rows(split=False)), older
    yield "meta/audience-2023-split.csv", csv_bytes(place_rows(split=True)), older


FORMATS = ("Reels", "Photos", "Stories", "Links")


def formats() -> Iterator[tuple[str, bytes, Expected]]:
    """Counts by content format: the file says no days, the person or its name does."""
    dice = random.Random("formats")  # noqa: S311  a fictional page, not a secret
    counts = {title: [dice.randint(1, 900) for _ in FORMATS] for title in ("Views", "Content interactions")}
    counts["Published content"] = [3, 5, 0, 1]
    rows: list[Row] = [["Top content formats"], []]
    for title, own in counts.items():
        rows += [[title], [*FORMATS], [str(one) for one in own], []]
    names = dict(zip(counts, ("views", "interactions", "published"), strict=True))
    side: dict[str, float] = {f"metrics.{names[title]}": sum(own) for title, own in counts.items()}
    answer = {"period": f"{FIRST}/{FIRST + timedelta(days=DAYS)}"}
    known = _metrics("meta/formats", 3 * len(FORMATS), side, grain="period", findings=["SURFACE_UNKNOWN"])
    yield "meta/formats_2026-02-02_2026-02-08.csv", suite_bytes(rows), known
    yield (
        "meta/formats-answered.csv", suite_bytes(rows),
        _metrics("meta/formats", 3 * len(FORMATS), side, grain="period", findings=["SURFACE_UNKNOWN"], answers=answer),
    )  # fmt: skip
    yield (
        "meta/formats.csv", suite_bytes(rows),
        Expected(
            "meta", "meta/formats", "en", kind="metrics", grain="", start=None, end=None,
            findings=["PERIOD_UNKNOWN"], questions=["period"],
        ),
    )  # fmt: skip


FACEBOOK = (
    "Post ID,Page ID,Page name,Title,Description,Duration (sec),Publish time,Caption type,Permalink,Is crosspost,"
    "Is share,Post type,Languages,Custom labels,Funded content status,Data comment,Date"
)
INSTAGRAM = (
    "Post ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,Permalink,Post type,"
    "Data comment,Date"
)
# generation -> the columns that say how posts are named, and those of their numbers
CONTENT: dict[str, tuple[str, list[str]]] = {
    "facebook-2025": (
        FACEBOOK,
        ["Views", "Reach", "Reactions, Comments and Shares", "Reactions", "Comments", "Shares", "Total clicks",
         "Link clicks", "Negative feedback from users: Hide all"],
    ),
    "facebook-2023": (
        FACEBOOK,
        ["Impressions", "IMPRESSION:UNIQUE_USERS", "Reactions, Comments and Shares", "Reactions", "Comments", "Shares",
         "Total clicks", "Link clicks"],
    ),
    "facebook-2020": (FACEBOOK, ["Reach", "Reactions", "Comments", "Shares"]),
    "instagram-2025": (INSTAGRAM, ["Views", "Reach", "Likes", "Shares", "Follows", "Comments", "Saves"]),
    "instagram-2023": (INSTAGRAM, ["Impressions", "Reach", "Likes", "Shares", "Follows", "Comments", "Saves"]),
}  # fmt: skip
ROLES = {
    "IMPRESSION:UNIQUE_USERS": "reach", "Reactions": "likes", "Total clicks": "clicks",
    "Negative feedback from users: Hide all": "negative_feedback", "Link clicks": "link_clicks",
}  # fmt: skip
CAPTION = 'Novruz endirimi,\n"ev tekstili" bizdə\nsatis@narev.az'
POSTS = 5


def content_rows(generation: str) -> tuple[list[Row], dict[str, int]]:
    """Posts of one generation with their sums by role; one post has its id in its comment only."""
    dice = random.Random(generation)  # noqa: S311  a fictional page, not a secret
    named, counted = CONTENT[generation]
    heads = named.split(",")
    types = ("Photos", "Reels", "Videos", "Links") if named == FACEBOOK else ("IG image", "IG reel", "IG carousel")
    sums: dict[str, int] = {}
    rows: list[Row] = [[*heads, *counted]]
    for number in range(POSTS):
        post_id = f"1790000000000{number:04d}"
        known: dict[str, str] = {
            "Post ID": "" if number == 1 else post_id, "Page name": "Nar Ev", "Account username": "nar.ev",
            "Account name": "Nar Ev", "Title": CAPTION, "Description": CAPTION, "Date": "Lifetime",
            "Publish time": f"{FIRST + timedelta(days=number):%m/%d/%Y} 1{number}:05",
            "Permalink": f"https://www.example.com/p/{number}", "Post type": types[number % len(types)],
            "Data comment": f"Shared from content with ID {post_id}" if number == 1 else "",
        }  # fmt: skip
        row: Row = [known.get(head, "") for head in heads]
        for head in counted:
            value = dice.randint(0, 900)
            row.append(str(value))
            if head != "Reactions, Comments and Shares":
                role = ROLES.get(head, head.casefold())
                sums[role] = sums.get(role, 0) + value
        rows.append(row)
    return rows, sums


def content() -> Iterator[tuple[str, bytes, Expected]]:
    """Posts in every generation."""
    for generation in CONTENT:
        rows, sums = content_rows(generation)
        surface = generation.split("-")[0]
        expected = Expected(
            "meta", f"meta/content-{surface}", "en", kind="posts", grain="lifetime",
            end=FIRST + timedelta(days=POSTS), findings=["COLUMNS_IGNORED", "PERSONAL_DATA_REMOVED"],
            tables={"posts": POSTS}, side={f"posts.{role}": value for role, value in sums.items()},
        )  # fmt: skip
        yield f"meta/content-{generation}.csv", csv_bytes(rows), expected
        if generation.endswith("2025"):
            yield f"meta/content-{generation}.xlsx", xlsx_bytes({"Content": rows}), expected


def samples() -> Iterator[tuple[str, bytes, Expected]]:
    """Every file of these sources."""
    yield from insights()
    yield from audience()
    yield from formats()
    yield from content()
