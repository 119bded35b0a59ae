"""The table in a grid: which row is the header, of which report and language, and what each column is."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from budget.exports.cells import Cell, Grid, Row, filled, is_blank
from budget.exports.dates import read_date, read_span
from budget.exports.formats import Alias, Report, header_index, load_reports
from budget.exports.headers import Header, header, plain
from budget.exports.own_words import own_words
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
    """The rows under a header; `rows[i]` stands in physical row `lines[i]`. Blank rows and repeats are gone."""

    grid: Grid
    match: Match
    rows: list[Row]
    lines: list[int]
    repeats: int
    ragged: int
    stated: Period | None
    _columns: dict[int, list[Cell]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def cells(self, use: Use) -> list[Cell]:
        """One column's cells; None where a row is shorter than the header or the cell is blank."""
        if use.index not in self._columns:
            self._columns[use.index] = _column(self.rows, use.index)
        return self._columns[use.index]

    def firsts(self) -> list[Cell]:
        """The first cell of each row that holds something."""
        return [next((cell for cell in row if not is_blank(cell)), None) for row in self.rows]


def _column(rows: list[Row], index: int) -> list[Cell]:
    try:
        cells = [row[index] for row in rows]
    except IndexError:
        cells = [row[index] if index < len(row) else None for row in rows]
    blanks = {cell for cell in set(cells) if is_blank(cell)}
    return [None if cell in blanks else cell for cell in cells] if blanks else cells


def known_header(text: str) -> int:
    """1 when some report knows this header, else 0."""
    return int(header(text).key in header_index())


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


def _best(rows: list[Row], places: Iterable[int], platform: str | None) -> Match | None:
    best: Match | None = None
    for row in places:
        match = _vote(rows, row, platform) if filled(rows[row]) >= 2 else None
        if match and (best is None or match.score > best.score):
            best = match
    return best


def _after_gaps(rows: list[Row]) -> list[int]:
    """Every later row that follows a blank, a comment or a title."""
    places = (place for place in range(_FIRST_ROWS, len(rows)) if filled(rows[place - 1]) <= 1)
    return list(islice(places, _CANDIDATES))


def _vote(rows: list[Row], row: int, platform: str | None) -> Match | None:
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
    for (number, language), score in scores.items():
        report = reports[number]
        uses = _uses(rows[row], headers, report, language)
        roles = {use.role for use in uses}
        bonus = _TITLE * bool(titles & report.titles)
        if all(roles & group for group in report.needs) and (bonus or not _is_anothers(rows[row + 1 :], uses)):
            matches.append(Match(report, report.platform, language, row, uses, score + bonus))
    if not matches:
        return None
    top = max(match.score for match in matches)
    rivals = {match.platform for match in matches if match.score == top and match.platform}
    said = [match for match in matches if match.score == top and match.platform == platform]
    best = max(said or matches, key=lambda match: (match.score, _confirmed(match)))
    tied = tuple(sorted(rivals)) if len(rivals) > 1 else ()
    return Match(best.report, best.platform, best.language, row, best.uses, best.score, tied)


def _is_anothers(body: list[Row], uses: Sequence[Use]) -> bool:
    """Whether somebody else's table only shares some words with the report."""
    return _misses_dates(body, uses) or _misses_spend(uses)


def _misses_dates(body: list[Row], uses: Sequence[Use]) -> bool:
    """Whether a column that the report does not know holds the days, while none that it knows does.

    A platform names its own dates: such a table was made by somebody else, and is for the mapper.
    """
    if any(use.role in DATES for use in uses):
        return False
    return any(_holds_dates(body[:_DATED_ROWS], use.index) for use in uses if use.header and not use.role)


def _misses_spend(uses: Sequence[Use]) -> bool:
    """Whether a column that the report does not know is called spend, while none that it knows is.

    Taking such a table for the platform's would lose the money without a word.
    """
    if any(use.role == "spend_micros" for use in uses):
        return False
    return any("spend_micros" in own_words().get(header(use.header).key, ()) for use in uses if use.header)


def _holds_dates(body: list[Row], place: int) -> bool:
    cells = [row[place] for row in body if place < len(row) and not is_blank(row[place])]
    return bool(cells) and all(not isinstance(cell, (int, float)) and read_date(cell) for cell in cells)


def _confirmed(match: Match) -> int:
    return sum(use.evidence in ("file", "checked", "importer") for use in match.uses)


def _meaning(key: str, report: Report, language: str) -> Alias | None:
    """A header's meaning in its language, else the one on which all languages of the report agree."""
    if alias := report.aliases[language].get(key):
        return alias
    others = [known[key] for known in report.aliases.values() if key in known]
    return others[0] if len({alias.role for alias in others}) == 1 else None


def _uses(cells: Row, headers: Sequence[Header], report: Report, language: str) -> tuple[Use, ...]:
    """Every column's role: the preferred header of each role, at its first place; the rest is not used."""
    meanings = [_meaning(one.key, report, language) if one.key else None for one in headers]
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
    width, rows, lines, repeats, ragged = len(head), [], [], 0, 0
    for row, line in zip(grid.rows[match.row + 1 :], grid.lines[match.row + 1 :], strict=True):
        if not any(row) and not filled(row):
            continue
        if _same_header(row[:width], head):
            repeats += 1
            continue
        if len(row) < width or any(not is_blank(cell) for cell in row[width:]):
            ragged += 1
        rows.append(row)
        lines.append(line)
    stated = _stated(grid.rows[: match.row], match.language) or _named_range(name)
    return Table(grid, match, rows, lines, repeats, ragged, stated)


def _same_header(cells: Row, head: list[str]) -> bool:
    if not cells or ((cells[0] or "") != head[0] and (not isinstance(cells[0], str) or plain(cells[0]) != head[0])):
        return False
    return [plain(cell) if isinstance(cell, str) else "" for cell in cells] == head


def _stated(above: list[Row], language: str | None) -> Period | None:
    for row in above:
        texts = [cell for cell in row if isinstance(cell, str) and cell.strip()]
        if len(texts) == 1 and (period := read_span(texts[0], language)):
            return period
    return None


def _named_range(name: str) -> Period | None:
    """Two ISO dates in the file's name, the last day included."""
    days = []
    for piece in name.replace("_", " ").replace(".", " ").split():
        for start in range(0, max(len(piece) - 9, 0)):
            try:
                days.append(date.fromisoformat(piece[start : start + 10]))
            except ValueError:
                continue
    return Period(days[0], days[1] + DAY) if len(days) == 2 and days[0] <= days[1] else None
