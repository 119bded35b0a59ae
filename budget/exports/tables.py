"""The table in a grid: which row is the header, of which report and language, and what each column is."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

import numpy as np

from budget.exports.bodies import Body, body_of
from budget.exports.cells import Cell, Grid, Row, filled, is_blank
from budget.exports.columns import Column, Flags, Places, places_of
from budget.exports.dates import read_date, read_span
from budget.exports.formats import Alias, Report, header_index, known_titles, load_reports
from budget.exports.headers import Header, header, plain
from budget.exports.own_words import own_words
from budget.exports.preamble import NOTHING, Preamble, line_of, read_preamble
from budget.exports.roles import DATES
from budget.weeks import DAY, Period

_FIRST_ROWS = 40
_CANDIDATES = 4_000
_TITLE = 2
_DATED_ROWS = 20


@dataclass(frozen=True)
class Use:
    """One column: its place, the header as written, and the role it has (`evidence` says by what)."""

    index: int
    header: str
    role: str
    evidence: str
    currency: str | None


@dataclass(frozen=True)
class Match:
    """A header row that was recognised (or mapped by the person: `report` None)."""

    report: Report | None
    platform: str | None
    language: str | None
    row: int
    uses: tuple[Use, ...]
    score: int
    tied: tuple[str, ...] = ()

    def column(self, role: str) -> Use | None:
        """The column that has a role, if any."""
        return next((use for use in self.uses if use.role == role), None)


@dataclass(frozen=True)
class Table:
    """The rows under a header; `rows[i]` stands in physical row `lines[i]`. Blank rows and repeats are gone.

    `cut`: the platform's own line below the table says that it holds only the first rows.
    """

    grid: Grid
    match: Match
    rows: Body
    lines: Sequence[int]
    repeats: int
    ragged: int
    stated: Period | None
    preamble: Preamble = NOTHING
    cut: bool = False

    def cells(self, use: Use) -> Column[Cell]:
        """One column's cells; None where a row is shorter than the header or the cell is blank."""
        return self.rows.column(use.index)

    def firsts(self) -> Column[Cell]:
        """The first cell of each row that holds something."""
        return self.rows.firsts()

    def take(self, places: Places) -> "Table":
        """The same table with the rows at these places only."""
        if len(places) == len(self.rows):
            return self
        return replace(self, rows=self.rows.take(places), lines=places_of(self.lines)[places].tolist())


def known_header(text: str) -> int:
    """1 when some report knows this header or this title above a table, else 0."""
    key = header(text).key
    return int(key in header_index() or key in known_titles())


def known_in_sample(sample: str) -> int:
    """How many cells of the first lines of a text are headers that we know, whatever the delimiter."""
    lines = sample.replace(";", ",").replace("\t", ",").splitlines()[:_FIRST_ROWS]
    return sum(known_header(cell.strip(' "')) for line in lines for cell in line.split(","))


def find_header(grid: Grid, platform: str | None = None) -> Match | None:
    """The row whose headers one report knows best, in one language; the earliest of equals. None when none fits.

    `platform` is the person's word where several platforms share the headers.
    """
    return _best(grid.rows, range(min(len(grid.rows), _FIRST_ROWS)), platform) or _best(
        grid.rows, _after_gaps(grid.rows), platform
    )


def match_row(rows: Sequence[Row], row: int, platform: str | None = None) -> Match | None:
    """What one row is as a header, if some report knows it."""
    return _vote(rows, row, platform)


def _best(rows: Sequence[Row], places: Iterable[int], platform: str | None) -> Match | None:
    best: Match | None = None
    for row in places:
        match = _vote(rows, row, platform) if filled(rows[row]) >= 2 else None
        if match and (best is None or match.score > best.score):
            best = match
    return best


def _after_gaps(rows: Sequence[Row]) -> list[int]:
    """Every later row that follows a blank, a comment or a title."""
    places = (place for place, above in enumerate(rows, 1) if _FIRST_ROWS <= place < len(rows) and filled(above) <= 1)
    return list(islice(places, _CANDIDATES))


def _vote(rows: Sequence[Row], row: int, platform: str | None) -> Match | None:
    index, reports = header_index(), load_reports()
    headers = [header(cell) if isinstance(cell, str) else Header("", None) for cell in rows[row]]
    scores: Counter[tuple[int, str]] = Counter()
    for key in {one.key for one in headers if one.key}:
        places = index.get(key, ())
        weight = 3 if len({number for number, _ in places}) == 1 else 1
        for place in places:
            scores[place] += weight
    titles = {plain(cell) for above in rows[max(row - 8, 0) : row] for cell in above[:1] if isinstance(cell, str)}
    matches = []
    for (number, language), score in sorted(scores.items()):
        report = reports[number]
        uses = _uses(rows[row], headers, report, language)
        roles = {use.role for use in uses}
        bonus = _TITLE * bool(titles & report.titles)
        below = rows[row + 1 : row + 1 + _DATED_ROWS]
        own = bonus or not _is_anothers(report.kind, below, uses)
        if all(roles & group for group in report.needs) and own and _fits(headers, report, language):
            matches.append(Match(report, report.platform, language, row, uses, score + bonus))
    if not matches:
        return None
    top = max(match.score for match in matches)
    rivals = {match.platform for match in matches if match.score == top and match.platform}
    said = [match for match in matches if match.score == top and match.platform == platform]
    best = max(said or matches, key=lambda match: (match.score, _confirmed(match)))
    tied = tuple(sorted(rivals, key=lambda one: (one != best.platform, one))) if len(rivals) > 1 else ()
    return Match(best.report, best.platform, best.language, row, best.uses, best.score, tied)


def _fits(headers: Sequence[Header], report: Report, language: str) -> bool:
    """Whether the row's other headers are what the report asks of them."""
    keys = {one.key for one in headers if one.key}
    known = report.meanings(language, frozenset(keys))
    strange = report.whole and any(_meaning(key, report, known) is None for key in keys - report.ignore)
    return not strange and not keys & report.without and (not report.beside or bool(keys & report.beside))


def _is_anothers(kind: str, body: Sequence[Row], uses: Sequence[Use]) -> bool:
    """Whether somebody else's table only shares some words with the report."""
    if kind == "metrics":
        return _misses_spend(uses)
    return kind == "delivery" and (_misses_dates(body, uses) or _misses_spend(uses))


def _misses_dates(body: Sequence[Row], uses: Sequence[Use]) -> bool:
    """Whether a column that the report does not know holds the days, while none that it knows does.

    A platform names its own dates: such a table was made by somebody else, and is for the mapper.
    """
    if any(use.role in DATES for use in uses):
        return False
    return any(_holds_dates(body, use.index) for use in uses if use.header and not use.role)


def _misses_spend(uses: Sequence[Use]) -> bool:
    """Whether a column that the report does not know is called spend, while none that it knows is.

    Taking such a table for the platform's would lose the money without a word.
    """
    if any(use.role == "spend_micros" for use in uses):
        return False
    return any("spend_micros" in own_words().get(header(use.header).key, ()) for use in uses if use.header)


def _holds_dates(body: Sequence[Row], place: int) -> bool:
    cells = [row[place] for row in body if place < len(row) and not is_blank(row[place])]
    return bool(cells) and all(not isinstance(cell, (int, float)) and read_date(cell) for cell in cells)


def _confirmed(match: Match) -> int:
    return sum(use.evidence in ("file", "checked", "importer") for use in match.uses)


def _meaning(key: str, report: Report, known: Mapping[str, Alias]) -> Alias | None:
    """A header's meaning in its language (`known`), else the one on which all languages of the report agree."""
    if alias := known.get(key):
        return alias
    others = [one[key] for one in report.aliases.values() if key in one]
    return others[0] if len({alias.role for alias in others}) == 1 else None


def _uses(cells: Row, headers: Sequence[Header], report: Report, language: str) -> tuple[Use, ...]:
    """Every column's role: the preferred header of each role, at its first place; the rest is not used."""
    known = report.meanings(language, frozenset(one.key for one in headers if one.key))
    meanings = [_meaning(one.key, report, known) if one.key else None for one in headers]
    best: dict[str, int] = {}
    for place, alias in enumerate(meanings):
        if alias and (alias.role not in best or alias.rank < _rank(meanings[best[alias.role]])):
            best[alias.role] = place
    uses = []
    for place, (cell, one, alias) in enumerate(zip(cells, headers, meanings, strict=True)):
        text = "" if is_blank(cell) else str(cell).strip()
        if alias and best[alias.role] == place:
            uses.append(Use(place, text, alias.role, alias.evidence, one.currency))
        else:
            uses.append(Use(place, text, "", "", one.currency))
    return tuple(uses)


def _rank(alias: Alias | None) -> int:
    return alias.rank if alias else 1 << 30


def cut_table(grid: Grid, match: Match, name: str) -> Table:
    """The body under the header, and the range that the lines above it (or last of all the name) state."""
    head = [plain(cell) if isinstance(cell, str) else "" for cell in grid.rows[match.row]]
    while head and not head[-1]:
        head.pop()
    body = body_of(grid.rows, match.row + 1)
    lines = grid.lines[match.row + 1 :]
    end = _footer(body, grid, match)
    if end:
        body, lines = body.take(range(end - 1)), lines[: end - 1]
    same, blank = _same_header(body, head), body.blank()
    kept = np.flatnonzero(~(same | blank))
    if len(kept) < len(body):
        body, lines = body.take(kept), places_of(lines)[kept].tolist()
    repeats, ragged = int(same.sum()), int(_ragged(body, len(head)).sum())
    above = grid.rows[: match.row]
    preamble = read_preamble(grid, above, match.report) if match.report else NOTHING
    stated = _stated(above, match.language) or preamble.stated or named_range(grid.sheet) or named_range(name)
    cut = bool(end and match.report and match.report.row_limit)
    return Table(grid, match, body, lines, repeats, ragged, stated, preamble, cut)


def _footer(body: Body, grid: Grid, match: Match) -> int:
    """1 + the place of the first row that ends the table by the report's own words; 0 where none does."""
    report = match.report
    if report is None or not (report.footers or report.row_limit):
        return 0
    for place in np.flatnonzero(body.filled() == 1).tolist():
        line = plain(line_of(body[place], grid.delimiter))
        if (report.footers and line.startswith(report.footers)) or _says_limit(line, report.row_limit):
            return int(place) + 1
    return 0


def _says_limit(line: str, limit: int | None) -> bool:
    """Whether a line of several words names the number of rows after which the platform cuts its tables."""
    words = line.split()
    return limit is not None and len(words) > 1 and str(limit) in words


def _same_header(body: Body, head: list[str]) -> Flags:
    """Which rows repeat the header."""
    same = body.lengths() >= len(head)
    for index, text in enumerate(head):
        if not same.any():
            break
        same &= body.column(index).where(lambda cell: (plain(cell) if isinstance(cell, str) else "") == text)  # noqa: B023  called at once
    return same


def _ragged(body: Body, width: int) -> Flags:
    """Which rows are shorter than the header, or hold something beyond it."""
    ragged = body.lengths() < width
    for index in range(width, body.width):
        ragged |= ~body.column(index).nulls()
    return ragged


def _stated(above: Sequence[Row], language: str | None) -> Period | None:
    for row in above:
        texts = [cell for cell in row if isinstance(cell, str) and cell.strip()]
        if len(texts) == 1 and (period := read_span(texts[0], language)):
            return period
    return None


def named_range(name: str) -> Period | None:
    """Two ISO dates in the file's name, the last day included."""
    days = []
    for piece in name.replace("_", " ").replace(".", " ").split():
        for start in range(0, max(len(piece) - 9, 0)):
            try:
                days.append(date.fromisoformat(piece[start : start + 10]))
            except ValueError:
                continue
    return Period(days[0], days[1] + DAY) if len(days) == 2 and days[0] <= days[1] else None
