"""Exports about the website: search results and web analytics; shops and lists of leads are files of their own."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from tests.exports import lead_lists, shops
from tests.exports.archives import zip_bytes
from tests.exports.tables import DAYS, FIRST, Expected
from tests.exports.writers import Value, csv_bytes, xlsx_bytes

Piece = tuple[str, bytes, Expected]
Rows = Sequence[Sequence[Value]]
LAST = FIRST + timedelta(days=DAYS - 1)
SEARCH = {
    "en": ("Date", "Top queries", "Top pages", "Country", "Device", "Search Appearance", "Clicks", "Impressions",
           "Position"),
    "de": ("Datum", "Häufigste Suchanfragen", "Die häufigsten Seiten", "Land", "Gerät", "Darstellung in der Suche",
           "Klicks", "Impressionen", "Position"),
    "az": ("Tarix", "Ən çox axtarılan sorğular", "Ən populyar səhifələr", "Ölkə", "Cihaz", "Axtarışda görünüş",
           "Kliklər", "Göstərilmələr", "Mövqe"),
}  # fmt: skip
PARTS = {
    "Queries": [("nar ev", 101, 900), ("ev tekstili, bakı", 40, 700)],
    "Pages": [("https://nar.example/", 120, 1_100), ("https://nar.example/sabun?id=7", 30, 600)],
    "Countries": [("Azerbaijan", 140, 1_500), ("Türkiye", 20, 300)],
    "Devices": [("Mobile", 110, 1_200), ("Desktop", 60, 700)],
    "Search appearance": [("Product snippets", 12, 100)],
}


def search_tables(language: str, dated: str = "Last 7 days") -> dict[str, list[list[Value]]]:
    """The tables of one property: the chart adds up, the parts leave out the rare ones."""
    dice = random.Random("search console")  # noqa: S311  a fictional site
    day, *parts, clicks, shown, position = SEARCH[language]
    tail = [clicks, shown, "CTR", position]
    chart: list[list[Value]] = [[day, *tail]]
    for number in range(DAYS):
        own = [str(dice.randint(20, 90)), str(dice.randint(900, 4_000)), "3%", "7.25"]
        chart.append([str(FIRST + timedelta(days=number)), *own])
    tables = {"Chart": chart}
    for (name, rows), head in zip(PARTS.items(), parts, strict=True):
        tables[name] = [
            [head, *tail],
            *(list[Value]((text, str(one), str(two), "3%", "7.25")) for text, one, two in rows),
        ]
    tables["Filters"] = [["Filter", "Value"], ["Search type", "Web"], ["Date", dated]]
    return tables


def search_expected(tables: dict[str, list[list[Value]]], language: str = "en") -> Expected:
    """What these tables say, by their own numbers."""
    rows = [row for name, table in tables.items() if name != "Filters" for row in table[1:]]
    codes = ["COLUMNS_IGNORED"] + ["HEADER_GUESSED"] * (language != "en")
    return Expected(
        "search_console", "search_console/chart", language, kind="metrics",
        grain="mixed" if len(tables) > 1 else "day", findings=codes, tables={"metrics": 3 * len(rows)},
        side={
            "metrics.clicks": sum(int(str(row[1])) for row in rows),
            "metrics.impressions": sum(int(str(row[2])) for row in rows), "metrics.position": 7.25 * len(rows),
        },
    )  # fmt: skip


def search_console() -> Iterator[Piece]:
    """The archive with all its tables and with two, the workbook, the chart alone, other languages."""

    def packed(tables: dict[str, list[list[Value]]]) -> bytes:
        return zip_bytes({f"{name}.csv": csv_bytes(rows, encoding="utf-8") for name, rows in tables.items()})

    whole = search_tables("en", f"{FIRST} - {LAST}")
    few = {name: whole[name] for name in ("Chart", "Queries")} | {"Filters": search_tables("en")["Filters"]}
    yield "search_console/en.zip", packed(few), search_expected(few)
    yield "search_console/en-all.zip", packed(whole), search_expected(whole)
    yield "search_console/en.xlsx", xlsx_bytes({**whole}), search_expected(whole)
    for language in ("de", "az"):
        tables = search_tables(language)
        yield f"search_console/{language}.zip", packed(tables), search_expected(tables, language)
    alone = {"Chart": whole["Chart"]}
    yield "search_console/chart.csv", csv_bytes(whole["Chart"], encoding="utf-8"), search_expected(alone)


CHANNELS = ("Organic Search", "Paid Social", "Direct", "Unassigned")


def preamble(first: date, last: date, *, named: bool = True) -> list[list[Value]]:
    """The comment lines above a table; only the first table names the property."""
    above = [
        "# " + "-" * 40,
        "# Traffic acquisition",
        "# Account: Nar Ev, MMC",
        "# Property: nar.example",
        "# " + "-" * 40,
    ]
    dates = [f"# Start date: {first:%Y%m%d}", f"# End date: {last:%Y%m%d}"]
    return [[line] for line in ([*above, "#", "# All Users", *dates] if named else ["", *dates])]


def counted(days: int, seed: str, most: int = 900) -> list[int]:
    """So many numbers, the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311  a fictional site
    return [dice.randint(10, most) for _ in range(days)]


def titled(
    first: date, head: list[Value], values: Sequence[str], keys: Sequence[str] = (), *, named: bool = False
) -> list[list[Value]]:
    """One table of a stack; its keys are counted from nothing unless they are given."""
    known = keys or [f"{number:04d}" for number in range(len(values))]
    return [
        *preamble(first, LAST, named=named),
        head,
        *(list[Value]((key, value)) for key, value in zip(known, values, strict=True)),
    ]


def ga4_stacked() -> Piece:
    """A snapshot: tables under one another, each with its own dates, some empty, one that nobody knows."""
    users, fresh, weeks = counted(DAYS, "users"), counted(DAYS, "fresh"), counted(2, "weeks")
    events, before = [("page_view", 700), ("scroll", 310)], FIRST - timedelta(days=DAYS)
    mixed = [f"{FIRST + timedelta(days=number):%Y%m%d}" for number in (3, 0, 6, 1, 5, 2, 4)]
    rows = [
        *titled(FIRST, ["Nth day", "Active users"], [*map(str, users)], named=True),
        *titled(FIRST, ["Session default channel group", "Sessions"], []),
        *titled(FIRST, ["Nth day", "Average engagement time per session"], ["41.5"] * DAYS),
        *titled(before, ["Nth week", "New users"], [*map(str, weeks)]),
        *titled(FIRST, ["Date", "New users"], [*map(str, fresh)], mixed),
        *titled(FIRST, ["Event name", "Event count"], [str(count) for _, count in events], [one for one, _ in events]),
    ]
    text = "\n".join(",".join(f'"{cell}"' if "," in str(cell) and len(row) > 1 else str(cell) for cell in row)
                     for row in rows)  # fmt: skip
    return "ga4/snapshot.csv", text.encode(), Expected(
        "ga4", "ga4/report", "en", kind="metrics", grain="mixed", start=before, findings=["COLUMNS_IGNORED"],
        tables={"metrics": 2 * DAYS + 2 + len(events)},
        side={
            "metrics.users": sum(users), "metrics.new_users": sum(fresh) + sum(weeks),
            "metrics.events": sum(count for _, count in events),
        },
    )  # fmt: skip


GA4_HEADERS = {
    "en": ("Session default channel group", "Sessions", "Engagement rate", "Views", "Key events",
           "Total revenue (AZN)"),
    "es": ("Grupo de canales predeterminado de la sesión", "Sesiones", "Tasa de interacción", "Vistas",
           "Eventos clave", "Ingresos totales (AZN)"),
}  # fmt: skip


def ga4_channels(language: str) -> Piece:
    """A report by channel; engaged sessions only as a rate, written with all its digits."""
    sessions = counted(len(CHANNELS), f"sessions {language}")
    engaged = [value * 3 // 7 for value in sessions]
    cents = counted(len(CHANNELS), f"revenue {language}", 90_000)
    body: list[list[Value]] = [
        [channel, str(base), repr(share / base), str(base * 2), str(share // 2), f"{money / 100:.2f}"]
        for channel, base, share, money in zip(CHANNELS, sessions, engaged, cents, strict=True)
    ]
    above = preamble(FIRST, LAST)
    data = csv_bytes([*above, list(GA4_HEADERS[language]), *body], encoding="utf-8")
    return f"ga4/channels-{language}.csv", data, Expected(
        "ga4", "ga4/report", language, "AZN", kind="metrics", grain="period",
        findings=["COUNT_FROM_RATIO"] + ["HEADER_GUESSED"] * (language == "es"),
        tables={"metrics": 5 * len(CHANNELS)},
        side={
            "metrics.sessions": sum(sessions), "metrics.engaged_sessions": sum(engaged),
            "metrics.views": 2 * sum(sessions), "metrics.key_events": sum(value // 2 for value in engaged),
            "metrics.revenue": sum(cents) * 10_000,
        },
    )  # fmt: skip


def exploration_rows(*, numbers: bool) -> tuple[list[list[Value]], Expected]:
    """Days and events with a total whose line is longer than the header; dates as numbers in a workbook."""
    counts = counted(DAYS, "exploration")
    body: list[list[Value]] = [
        [int(f"{FIRST + timedelta(days=number):%Y%m%d}"), "page_view", count, count // 3]
        for number, count in enumerate(counts)
    ]
    total: list[Value] = ["", "", sum(counts), 611, "Grand total"]
    rows: list[list[Value]] = [
        ["# " + "-" * 40], ["# Free form 1"], ["# nar.example - GA4"], [f"# {FIRST:%Y%m%d}-{LAST:%Y%m%d}"],
        ["# " + "-" * 40], [], ["Date", "Event name", "Event count", "Total users"], total, *body,
    ]  # fmt: skip
    texts = rows if numbers else [["" if cell is None else str(cell) for cell in row] for row in rows]
    side = {"metrics.events": float(sum(counts)), "metrics.total_users": float(sum(count // 3 for count in counts))}
    return [list(row) for row in texts], Expected(
        "ga4", "ga4/report", "en", kind="metrics", declared={"events": sum(counts), "total_users": 611},
        tables={"metrics": 2 * DAYS}, side=side,
    )  # fmt: skip


def ga4_universal() -> Piece:
    """The older product's workbook: a summary states the range, the last line of each sheet is its total."""
    sessions, users = counted(3, "universal"), counted(DAYS, "universal days")
    bounced = [value // 4 for value in sessions]
    first: list[list[Value]] = [["Source / Medium", "Sessions", "Bounce Rate", "Pages / Session"]]
    names = ("google / organic", "(direct) / (none)", "facebook / cpc")
    first += [[n, base, out / base, 2.5] for n, base, out in zip(names, sessions, bounced, strict=True)]
    first.append(["", sum(sessions), 0.25, 2.5])
    second: list[list[Value]] = [["Day Index", "Users"]]
    second += [[f"{FIRST + timedelta(days=number):%m/%d/%Y}", count] for number, count in enumerate(users)]
    second.append(["", sum(users)])
    summary: list[list[Value]] = [["nar.example"], ["All traffic"], [f"{FIRST:%Y%m%d}-{LAST:%Y%m%d}"]]
    return "ga4/universal.xlsx", xlsx_bytes({"Summary": summary, "Dataset1": first, "Dataset2": second}), Expected(
        "ga4", "ga4/report", "en", kind="metrics", grain="mixed", findings=["COLUMNS_IGNORED", "COUNT_FROM_RATIO"],
        tables={"metrics": 2 * 3 + DAYS}, declared={"sessions": sum(sessions)},
        side={
            "metrics.sessions": sum(sessions), "metrics.engaged_sessions": sum(sessions) - sum(bounced),
            "metrics.users": sum(users),
        },
    )  # fmt: skip


def ga4() -> Iterator[Piece]:
    """Web analytics in every shape."""
    yield ga4_stacked()
    yield ga4_channels("en")
    yield ga4_channels("es")
    rows, expected = exploration_rows(numbers=False)
    yield "ga4/exploration.csv", csv_bytes(rows, encoding="utf-8"), expected
    rows, expected = exploration_rows(numbers=True)
    yield "ga4/exploration.xlsx", xlsx_bytes({"Free form 1": rows}), expected
    yield ga4_universal()


def samples() -> Iterator[Piece]:
    """Every file of these sources."""
    yield from search_console()
    yield from ga4()
    yield from shops.samples()
    yield from lead_lists.samples()
