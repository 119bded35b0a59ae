"""Bytes -> facts and columns: every step in order, without pandas, so that the child is light."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from mmap import mmap
from typing import Any

from budget.exports.cells import Grid, filled
from budget.exports.columns import Column, Integers
from budget.exports.decode import decode
from budget.exports.delivery import Columns, Delivery, has_detail, read_delivery
from budget.exports.formats import Report, load_reports
from budget.exports.grids import delimiter_of, text_grid, workbook_grids
from budget.exports.guard import Refused, guard_archive, table_members
from budget.exports.headers import header, plain
from budget.exports.limits import SMALL_TEXT_BYTES
from budget.exports.mapper import Proposal, apply_mapping, propose
from budget.exports.preamble import NOTHING, Preamble, read_preamble
from budget.exports.reading import QUESTION_CODES, Facts, Question, found
from budget.exports.repair import repair
from budget.exports.roles import PERSONAL
from budget.exports.side import Collect, Section, find_sections, read_mapped, read_sections
from budget.exports.sniff import sniff
from budget.exports.tables import Match, Table, cut_table, find_header, known_header, known_in_sample
from budget.exports.task import Task
from budget.findings import Finding
from budget.weeks import Period

_EMPTY_ROWS = 20
# A large text may be a file's own memory: slices of it are bytes.
Bytes = bytes | mmap


@dataclass(frozen=True)
class Draft:
    """A reading before its tables are frames."""

    facts: Facts
    columns: Columns
    rows: int
    sides: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)


def refused(facts: Facts, *findings: Finding) -> Draft:
    """A draft that takes nothing, with the findings that say why."""
    return Draft(replace(facts, findings=(*facts.findings, *findings)), {}, 0)


def draft(data: Bytes, task: Task) -> Draft:
    """Read the whole file. Raises only what a parser raises on bytes that passed the guard."""
    facts = Facts(task.name, task.digest, container=task.container)
    try:
        container = guard_archive(data[:]) if task.container == "zip" else task.container
        if container == "text":
            facts, grids = _text_grids(data, replace(facts, container="csv"))
        elif container == "zip":
            facts, grids = _member_grids(data[:], replace(facts, container="zip"))
        else:
            facts, grids = replace(facts, container=container), workbook_grids(data[:])
    except Refused as stop:
        return refused(facts, stop.finding)
    grids = [grid for grid in grids if any(filled(row) for row in grid.rows)]
    if not grids:
        return refused(facts, found("EMPTY_FILE"))
    return _read(grids, replace(facts, sheets=tuple(grid.sheet for grid in grids if grid.sheet)), task)


def _member_grids(data: bytes, facts: Facts) -> tuple[Facts, list[Grid]]:
    """The tables of a guarded archive, each member read like a file; members that are no tables are passed over."""
    grids: list[Grid] = []
    for name, content in table_members(data):
        container = sniff(content).container
        if container == "encrypted":
            raise Refused(found("ENCRYPTED_FILE", name))
        if container == "xls":
            grids += [replace(grid, sheet=f"{name}: {grid.sheet}") for grid in workbook_grids(content)]
        elif container == "text":
            try:
                facts, own = _text_grids(content, facts, name)
            except Refused as stop:
                raise Refused(replace(stop.finding, where=name)) from stop
            grids += own
    if not grids:
        raise Refused(found("NOT_A_TABLE", facts={"what": "archive"}))
    return facts, grids


def _text_grids(data: Bytes, facts: Facts, member: str = "") -> tuple[Facts, list[Grid]]:
    if len(data) >= SMALL_TEXT_BYTES and (quick := _quick(data)):
        return replace(facts, encoding="utf-8"), [replace(quick, sheet=member)]
    text = decode(data[:], known_in_sample)
    large = len(data) >= SMALL_TEXT_BYTES and text.encoding != "utf-8" and not text.nul_bytes
    if large and (quick := _quick(text.text.encode())):
        return replace(facts, encoding=text.encoding), [replace(quick, sheet=member)]
    lines = repair(text.text)
    findings = [*facts.findings]
    if text.nul_bytes:
        findings.append(found("NUL_BYTES", member, {"count": text.nul_bytes}))
    if lines.unwrapped:
        findings.append(found("LINES_UNWRAPPED", member))
    grid = replace(text_grid(lines, known_header), sheet=member)
    return replace(facts, encoding=text.encoding, findings=tuple(findings)), [grid]


def _quick(data: Bytes) -> Grid | None:
    """The grid of a large even text; the parser is native, so only the child asks for it."""
    from budget.exports.quick import quick_grid

    return quick_grid(data, lambda lines: delimiter_of(lines, known_header))


def _read(grids: Sequence[Grid], facts: Facts, task: Task) -> Draft:
    matches = [(grid, match) for grid in grids if (match := find_header(grid, task.answers.platform))]
    if not matches or not any(_is_delivery(match) for _, match in matches):
        sections = find_sections(grids, task)
        return _read_sides(sections, facts, task) if sections else _read_unknown(grids, facts, task)
    matches = [(grid, match) for grid, match in matches if _is_delivery(match)]
    tables = [cut_table(grid, match, task.name) for grid, match in matches]
    full = [table for table in tables if has_detail(table)] or tables[:1]
    read = [(table, read_delivery(table, task.answers, task.today)) for table in full]
    table, delivery, questions = _choose(read, task)
    if table.match.tied:
        questions.append(Question("platform", table.match.tied, table.match.tied[0]))
    report = table.match.report
    facts = replace(facts, platform=table.match.platform, report=report.id if report else None)
    facts = replace(facts, signature=_signature(_named(table.match), table.grid, table.match.row))
    done = _finish(facts, table, delivery, questions, task)
    used = {id(grid) for grid, _ in matches}
    aside = find_sections([grid for grid in grids if id(grid) not in used], task)
    return _with_sales(done, aside, task) if aside else done


def _with_sales(done: Draft, aside: Sequence[Section], task: Task) -> Draft:
    """A delivery with the sales on another sheet of our workbook; a list of persons beside it is never kept."""
    collect = read_sections([replace(one, passed=()) for one in aside if _kind(one) == "sales"], task)
    facts = replace(done.facts, keep_raw=done.facts.keep_raw and not any(map(_of_persons, aside)))
    if not collect.rows:
        return replace(done, facts=facts)
    if facts.kind == "empty":
        kept = tuple(one for one in facts.findings if one.code != "EMPTY_EXPORT")
        facts = replace(facts, kind="sales", period=collect.period, grain=_grain(collect), findings=kept)
        facts = replace(facts, currency=next(iter(collect.currencies)) if len(collect.currencies) == 1 else None)
    facts = replace(facts, columns=(*facts.columns, *collect.uses))
    return replace(done, facts=_settle(facts, collect, task, facts.questions), sides=collect.rows)


def _is_delivery(match: Match) -> bool:
    return match.report is None or match.report.kind == "delivery"


def _read_sides(sections: Sequence[Section], facts: Facts, task: Task) -> Draft:
    """The tables of the other datasets; the first one with rows says what the file is."""
    collect = read_sections(sections, task)
    table = sections[0].table
    report = table.match.report
    kind = next((one.table.match.report.kind for one in sections if one.table.match.report), "")
    kind = kind if collect.rows.get(kind) else next(iter(collect.rows), "") or _without_rows(kind, collect)
    if table.match.tied:
        collect.ask(Question("platform", table.match.tied, table.match.tied[0]))
    if kind == "empty":
        collect.find("EMPTY_EXPORT", table.grid.sheet)
    facts = replace(
        facts, kind=kind, platform=_one(collect, "platform") or table.match.platform,
        report=report.id if report else None, language=table.match.language,
        period=_stated(sections) or collect.period, grain=_grain(collect),
        currency=next(iter(collect.currencies)) if len(collect.currencies) == 1 else None,
        timezone=table.preamble.zone, as_of=table.preamble.as_of, totals=tuple(collect.totals),
        bounds=tuple(collect.bounds), columns=tuple(collect.uses), keep_raw=not any(map(_of_persons, sections)),
        signature=_signature(_named(table.match), table.grid, table.match.row, report.kind if report else ""),
    )  # fmt: skip
    return Draft(_settle(facts, collect, task), {}, 0, collect.rows)


def _without_rows(kind: str, collect: Collect) -> str:
    """What a file is of which no row was taken: it waits for its days, nobody knows its tables, or nothing ran."""
    if "period" in collect.questions:
        return kind
    return "unknown" if collect.passed_over else "empty"


def _stated(sections: Sequence[Section]) -> Period | None:
    """From the first day to the last that any of the tables states."""
    periods = [one.table.stated for one in sections if one.table.stated]
    return Period(min(one.start for one in periods), max(one.end for one in periods)) if periods else None


def _kind(section: Section) -> str:
    return section.table.match.report.kind if section.table.match.report else ""


def _of_persons(section: Section) -> bool:
    return _kind(section) in PERSONAL


def _settle(facts: Facts, collect: Collect, task: Task, before: Sequence[Question] = ()) -> Facts:
    """What stays open is asked, what was answered is remembered as used; `before`: what is asked already."""
    put, given = collect.questions, task.answers.given
    known = {*given, *(one.key for one in before)}
    still_open = () if facts.kind == "empty" else tuple(one for key, one in put.items() if key not in known)
    asked = [found(QUESTION_CODES[one.key], facts={**one.facts}) for one in still_open]
    return replace(
        facts, findings=(*facts.findings, *collect.findings, *asked), questions=(*before, *still_open),
        answers={**facts.answers, **{key: given[key] for key in put if key in given}},
    )  # fmt: skip


def _one(collect: Collect, column: str) -> str | None:
    known = {row.get(column) for rows in collect.rows.values() for row in rows}
    return known.pop() if len(known) == 1 else None


def _grain(collect: Collect) -> str:
    grains = {str(row["grain"]) for rows in collect.rows.values() for row in rows if row.get("grain")}
    return grains.pop() if len(grains) == 1 else "mixed" if grains else ""


def _choose(read: Sequence[tuple[Table, Delivery]], task: Task) -> tuple[Table, Delivery, list[Question]]:
    """The sheet that counts: sheets that say the same are one; of different ones the person's, else the longest."""
    different = {_fingerprint(delivery): table.grid.sheet for table, delivery in reversed(read)}
    longest = max(read, key=lambda one: one[1].rows)
    if len(different) == 1:
        return *read[0], []
    names = tuple(table.grid.sheet for table, _ in read)
    chosen = next((one for one in read if one[0].grid.sheet == task.answers.sheet), longest)
    return *chosen, [Question("sheet", names, longest[0].grid.sheet)]


def _fingerprint(delivery: Delivery) -> tuple[object, ...]:
    sums = [
        (role, values.total())
        for role, values in sorted(delivery.columns.items())
        if isinstance(values, Integers) and role in ("spend_micros", "impressions", "clicks", "conversions_micros")
    ]
    return (delivery.rows, delivery.period, *sums)


def _read_unknown(grids: Sequence[Grid], facts: Facts, task: Task) -> Draft:
    """A table that no description knows: an empty export's sentence, a mapping, or the question for one."""
    if empty := _says_empty(grids):
        report, above = empty
        facts = replace(
            facts, kind="empty", platform=report.platform, report=report.id, period=above.stated, as_of=above.as_of,
            timezone=above.zone,
        )  # fmt: skip
        return Draft(replace(facts, findings=(*facts.findings, found("EMPTY_EXPORT"))), {}, 0)
    proposal = propose(grids)
    if proposal is None:
        return refused(facts, found("NOT_A_TABLE", facts={"what": "text"}))
    facts = replace(facts, preview=proposal.preview, signature=_signature("", proposal.grid, proposal.row))
    question = Question("mapping", (), proposal.default)
    table, mapping = _mapped(grids, proposal, task), task.answers.mapping
    if table and mapping and mapping.kind != "delivery":
        return _read_mapped(table, mapping.kind, replace(facts, preview=None), question, task)
    if table:
        delivery = read_delivery(table, task.answers, task.today)
        facts = replace(facts, platform=table.match.platform)
        return _finish(facts, table, delivery, [question], task)
    finding = found(QUESTION_CODES["mapping"], proposal.grid.sheet)
    return Draft(replace(facts, questions=(question,), findings=(*facts.findings, finding)), {}, 0)


def _read_mapped(table: Table, kind: str, facts: Facts, question: Question, task: Task) -> Draft:
    """A table that the person called something else than delivery."""
    collect = read_mapped(table, kind, task)
    collect.ask(question)
    if not any(collect.rows.values()):
        collect.find("EMPTY_EXPORT", table.grid.sheet)
    facts = replace(
        facts, kind=kind if collect.rows.get(kind) else "empty", platform=table.match.platform,
        period=table.stated or collect.period, grain=_grain(collect), columns=tuple(collect.uses),
        currency=next(iter(collect.currencies)) if len(collect.currencies) == 1 else None,
        bounds=tuple(collect.bounds), keep_raw=kind not in PERSONAL,
    )  # fmt: skip
    return Draft(_settle(facts, collect, task), {}, 0, collect.rows)


def _mapped(grids: Sequence[Grid], proposal: Proposal, task: Task) -> Table | None:
    mapping = task.answers.mapping
    if mapping is None:
        return None
    grid = next((one for one in grids if one.sheet == mapping.sheet), proposal.grid)
    match: Match | None = apply_mapping(grid, mapping)
    return cut_table(grid, match, task.name) if match else None


def _says_empty(grids: Sequence[Grid]) -> tuple[Report, Preamble] | None:
    """The report whose own sentence for "nothing ran" the file holds, or whose named lines are all of it."""
    texts = {plain(cell) for grid in grids for row in grid.rows[:_EMPTY_ROWS] for cell in row if isinstance(cell, str)}
    short = [grid for grid in grids if len(grid.rows) <= _EMPTY_ROWS]
    for report in load_reports():
        if texts & report.empty:
            return report, NOTHING
        for grid in short if report.preamble else ():
            above = read_preamble(grid, grid.rows, report)
            if above.stated and above.lines - above.named <= 1 and above.named > 1:
                return report, above
    return None


def _named(match: Match) -> str:
    """The report that headers stand for; none where several share them, so that the same answer is found again."""
    return match.report.id if match.report and not match.tied else ""


def _signature(report: str, grid: Grid, row: int, kind: str = "delivery") -> str:
    keys = [header(cell).key for cell in grid.rows[row]]
    while keys and not keys[-1]:
        keys.pop()
    return sha256("\x1f".join((report, kind, *keys)).encode()).hexdigest()


def _finish(facts: Facts, table: Table, delivery: Delivery, questions: list[Question], task: Task) -> Draft:
    """Facts of a table that was read: what stays open is asked, what was answered is remembered as used."""
    put = {question.key: question for question in (*questions, *delivery.questions)}
    given: Mapping[str, str] = task.answers.given
    still_open = tuple(question for key, question in put.items() if key not in given)
    empty = delivery.detail_rows == 0
    findings = [*facts.findings, *delivery.findings]
    if empty:
        findings.append(found("EMPTY_EXPORT", table.grid.sheet))
    findings += [found(QUESTION_CODES[one.key], table.grid.sheet, one.facts) for one in still_open]
    platforms = {str(one) for one in _used(delivery.columns.get("platform")) if one}
    done = replace(
        facts,
        platform=platforms.pop() if len(platforms) == 1 else facts.platform,
        as_of=table.preamble.as_of,
        timezone=table.preamble.zone,
        kind="empty" if empty else "delivery",
        language=table.match.language,
        currency=delivery.currency,
        period=delivery.period or table.stated,
        grain=delivery.grain,
        breakdowns=delivery.breakdowns,
        totals=tuple(delivery.totals),
        bounds=delivery.bounds,
        findings=tuple(findings),
        questions=() if empty else still_open,
        columns=tuple(delivery.uses),
        answers={key: given[key] for key in put if key in given},
    )
    return Draft(done, delivery.columns, delivery.rows)


def _used(column: object) -> list[object]:
    return column.used() if isinstance(column, Column) else []
