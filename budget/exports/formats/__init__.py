"""What each platform's exports look like, read once from the TOML files beside this one and checked."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from budget.errors import InvalidValue
from budget.exports.headers import plain
from budget.exports.roles import ROLES, ROLES_OF, SEGMENTS
from budget.metric_names import METRICS

_LANGUAGES = "en es pt-BR pt de fr it tr ru uk pl nl ja zh-CN zh-TW ko az"
LANGUAGES = tuple(_LANGUAGES.split())
EVIDENCE = ("file", "checked", "importer", "guess")
_PLATFORMS = (
    "meta google tiktok linkedin microsoft x pinterest snapchat reddit youtube ga4 search_console shopify "
    "woocommerce telegram other"
)
PLATFORMS = tuple(_PLATFORMS.split())
_REPORT_KEYS = (
    "id kind needs day_order decimal currency totals empty title preamble footer row_limit aggregated column levels "
    "rename repeated result_type platforms verified surface title_metric title_segment words function "
    "whole beside without ignore file_names timeless repeats html_texts"
)
_KEYS = frozenset(_REPORT_KEYS.split())
_RENAME_KEYS = frozenset(("language", "when", "unless", "evidence", "roles"))
PREAMBLE_KEYS = ("start", "end", "as_of", "zone")
# Behaviour that data cannot say, each one named function.
FUNCTIONS = ("business_suite_blocks", "ga4_sections")


class Alias(NamedTuple):
    """One header's meaning within a report and language; `rank` is its place in the description's list."""

    role: str
    evidence: str
    rank: int


class Title(NamedTuple):
    """What a title above a table says of the values: metric, surface (None: it does not say), in which language."""

    metric: str
    surface: str | None = None
    language: str = "en"
    evidence: str = "file"


class Rename(NamedTuple):
    """Headers that mean something else where one of `when` stands beside them and none of `unless` does."""

    language: str
    when: frozenset[str]
    unless: frozenset[str]
    aliases: Mapping[str, Alias]


@dataclass(frozen=True)
class Report:
    """One report of a platform; headers are normalised, `aliases` is language -> header -> meaning.

    `preamble`: name in front of a colon -> (one of `PREAMBLE_KEYS`, language). `repeated`: breakdown -> metrics that
    each of its rows repeats. `platforms`: the file's own word for a platform -> ours. `verified` is False while no
    real file of this shape was seen. `title_metric`: a title above a table -> the metric that its values are, and
    the surface; `title_segment`: such a title -> the segment that its labels are. `words`: role -> the file's own word
    for a value -> ours. `function`: one of `FUNCTIONS`, for a shape that is more than one header above its rows.

    `whole`: a table with any other header, but for those to `ignore`, is not this report. `beside`: headers of which
    one must stand in the row, although nothing is read from it; `without`: headers of which none may. `file_names`:
    what the platform calls the file. `timeless`: a state, which needs no days. `repeats`: the report whose numbers this
    one says again in parts. `html_texts`: `&lt;` means `<`.
    """

    id: str
    platform: str
    kind: str
    needs: tuple[frozenset[str], ...]
    aliases: Mapping[str, Mapping[str, Alias]]
    day_order: Mapping[str, str]
    decimal: str | None
    blank_totals: bool
    sentinels: frozenset[str]
    total_words: tuple[str, ...]
    empty: frozenset[str]
    titles: frozenset[str]
    footers: tuple[str, ...]
    row_limit: int | None
    aggregated: bool
    total_labels: frozenset[str]
    preamble: Mapping[str, tuple[str, str]]
    renames: tuple[Rename, ...]
    repeated: Mapping[str, frozenset[str]]
    result_type: str | None
    platforms: Mapping[str, str]
    verified: bool
    surface: str | None
    title_metric: Mapping[str, Title]
    words: Mapping[str, Mapping[str, str]]
    title_segment: Mapping[str, str]
    function: str | None

    whole: bool
    beside: frozenset[str]
    without: frozenset[str]
    ignore: frozenset[str]
    file_names: frozenset[str]
    timeless: bool
    repeats: str | None
    html_texts: bool

    def order_for(self, language: str | None) -> str | None:
        """The order of day and month that this report uses in a language, if the description says so."""
        return self.day_order.get(language or "", self.day_order.get("default"))

    def meanings(self, language: str, headers: frozenset[str]) -> Mapping[str, Alias]:
        """Header -> meaning in a language, as the headers of one row decide it."""
        known = dict(self.aliases.get(language, {}))
        for rename in self.renames:
            if rename.language == language and rename.when & headers and not rename.unless & headers:
                known |= rename.aliases
        return known


def _refuse(where: str, what: str) -> InvalidValue:
    return InvalidValue(f"export format {where}: {what}")


def _aliases(
    report_id: str, columns: Mapping[str, Any], roles: frozenset[str] = ROLES
) -> Mapping[str, Mapping[str, Alias]]:
    found: dict[str, dict[str, Alias]] = {}
    for role, spec in columns.items():
        if role not in roles:
            raise _refuse(report_id, f"found role {role!r}, expected one of {sorted(roles)}")
        for language, evidences in spec.items():
            if language not in LANGUAGES:
                raise _refuse(report_id, f"found language {language!r}, expected one of {LANGUAGES}")
            for evidence, headers in evidences.items():
                if evidence not in EVIDENCE:
                    raise _refuse(report_id, f"found evidence {evidence!r}, expected one of {EVIDENCE}")
                known = found.setdefault(language, {})
                for text in headers:
                    key = plain(text)
                    if key in known:
                        raise _refuse(
                            report_id, f"header {text!r} stands twice in {language}: {known[key].role}, {role}"
                        )
                    known[key] = Alias(role, evidence, len(known))
    return MappingProxyType({language: MappingProxyType(known) for language, known in found.items()})


def _rename(report_id: str, spec: Mapping[str, Any]) -> Rename:
    if set(spec) - _RENAME_KEYS:
        raise _refuse(report_id, f"found rename keys {sorted(spec)}, expected only {sorted(_RENAME_KEYS)}")
    language, evidence = spec["language"], spec["evidence"]
    columns: dict[str, dict[str, dict[str, list[str]]]] = {}
    for text, role in spec["roles"].items():
        columns.setdefault(role, {}).setdefault(language, {}).setdefault(evidence, []).append(text)
    aliases = _aliases(report_id, columns)[language]
    return Rename(language, _plain_set(spec["when"]), _plain_set(spec.get("unless", ())), aliases)


def _preamble(report_id: str, spec: Mapping[str, Any]) -> Mapping[str, tuple[str, str]]:
    if unknown := set(spec) - set(PREAMBLE_KEYS):
        raise _refuse(report_id, f"found preamble keys {sorted(unknown)}, expected one of {PREAMBLE_KEYS}")
    names = {
        plain(name): (key, language)
        for key, languages in spec.items()
        for language, texts in languages.items()
        for name in texts
    }
    return MappingProxyType(names)


def _repeated(report_id: str, spec: Mapping[str, Any]) -> Mapping[str, frozenset[str]]:
    if unknown := {*spec, *(role for roles in spec.values() for role in roles)} - ROLES:
        raise _refuse(report_id, f"found role {sorted(unknown)}, expected one of {sorted(ROLES)}")
    return MappingProxyType({role: frozenset(roles) for role, roles in spec.items()})


def _platforms(report_id: str, spec: Mapping[str, str]) -> Mapping[str, str]:
    if unknown := set(spec.values()) - set(PLATFORMS):
        raise _refuse(report_id, f"found platform {sorted(unknown)}, expected one of {PLATFORMS}")
    return MappingProxyType({plain(word): platform for word, platform in spec.items()})


def _title_metric(report_id: str, spec: Mapping[str, Any]) -> Mapping[str, Title]:
    """Title -> `[metric, surface, language, evidence]`; what is left out at the end is as in `Title`."""
    titles = {plain(title): Title(one[0], (one[1:2] or [""])[0] or None, *one[2:]) for title, one in spec.items()}
    for what, known in (("metric", METRICS), ("language", LANGUAGES), ("evidence", EVIDENCE)):
        if unknown := {getattr(one, what) for one in titles.values()} - set(known):
            raise _refuse(report_id, f"found {what} {sorted(unknown)}, expected one of {sorted(known)}")
    return MappingProxyType(titles)


def _title_segment(report_id: str, spec: Mapping[str, str]) -> Mapping[str, str]:
    if unknown := set(spec.values()) - set(SEGMENTS):
        raise _refuse(report_id, f"found segment {sorted(unknown)}, expected one of {sorted(SEGMENTS)}")
    return MappingProxyType({plain(title): segment for title, segment in spec.items()})


def _function(report_id: str, name: str | None) -> str | None:
    if name is not None and name not in FUNCTIONS:
        raise _refuse(report_id, f"found function {name!r}, expected one of {FUNCTIONS}")
    return name


def _words(report_id: str, spec: Mapping[str, Any], roles: frozenset[str]) -> Mapping[str, Mapping[str, str]]:
    if unknown := set(spec) - roles:
        raise _refuse(report_id, f"found role {sorted(unknown)}, expected one of {sorted(roles)}")
    return MappingProxyType(
        {role: MappingProxyType({plain(word): ours for word, ours in own.items()}) for role, own in spec.items()}
    )


def _plain_set(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(map(plain, texts))


def report_of(platform: str, spec: Mapping[str, Any]) -> Report:
    """A description as read from TOML, checked; raises `InvalidValue` that says what was found and expected."""
    where = str(spec.get("id", platform))
    if platform not in PLATFORMS:
        raise _refuse(where, f"found platform {platform!r}, expected one of {PLATFORMS}")
    if unknown := set(spec) - _KEYS:
        raise _refuse(where, f"found keys {sorted(unknown)}, expected only {sorted(_KEYS)}")
    if (kind := spec.get("kind", "delivery")) not in ROLES_OF:
        raise _refuse(where, f"found kind {kind!r}, expected one of {sorted(ROLES_OF)}")
    totals, roles = spec.get("totals", {}), ROLES_OF[kind]
    return Report(
        id=where,
        platform=platform,
        kind=kind,
        needs=tuple(frozenset(group) for group in spec["needs"]),
        aliases=_aliases(where, spec["column"], roles),
        day_order=MappingProxyType(dict(spec.get("day_order", {}))),
        decimal=spec.get("decimal"),
        blank_totals=bool(totals.get("blank_entities", False)),
        sentinels=_plain_set(totals.get("sentinels", ())),
        total_words=tuple(sorted(_plain_set(totals.get("words", ())))),
        empty=_plain_set(spec.get("empty", ())),
        titles=_plain_set(spec.get("title", ())),
        footers=tuple(sorted(_plain_set(spec.get("footer", ())))),
        row_limit=spec.get("row_limit"),
        aggregated=bool(spec.get("aggregated", False)),
        total_labels=_plain_set(totals.get("labels", ())),
        preamble=_preamble(where, spec.get("preamble", {})),
        renames=tuple(_rename(where, one) for one in spec.get("rename", ())),
        repeated=_repeated(where, spec.get("repeated", {})),
        result_type=spec.get("result_type"),
        platforms=_platforms(where, spec.get("platforms", {})),
        verified=bool(spec.get("verified", True)),
        surface=spec.get("surface"),
        title_metric=_title_metric(where, spec.get("title_metric", {})),
        words=_words(where, spec.get("words", {}), roles),
        whole=bool(spec.get("whole", False)),
        beside=_plain_set(spec.get("beside", ())),
        without=_plain_set(spec.get("without", ())),
        ignore=_plain_set(spec.get("ignore", ())),
        file_names=_plain_set(spec.get("file_names", ())),
        timeless=bool(spec.get("timeless", False)),
        repeats=spec.get("repeats"),
        html_texts=bool(spec.get("html_texts", False)),
        title_segment=_title_segment(where, spec.get("title_segment", {})),
        function=_function(where, spec.get("function")),
    )


@cache
def load_reports() -> tuple[Report, ...]:
    """All reports of all descriptions, in the order of their files."""
    reports: list[Report] = []
    for path in sorted(Path(__file__).parent.glob("*.toml")):
        with path.open("rb") as file:
            spec = tomllib.load(file)
        reports += [report_of(spec["platform"], report) for report in spec["report"]]
    return tuple(reports)


@cache
def known_titles() -> frozenset[str]:
    """Every normalised title that may stand above a table."""
    return frozenset(title for report in load_reports() for title in (*report.title_metric, *report.title_segment))


@cache
def header_index() -> Mapping[str, tuple[tuple[int, str], ...]]:
    """Normalised header -> (place of the report in `load_reports()`, language) pairs that know it."""
    index: dict[str, dict[tuple[int, str], None]] = {}
    for place, report in enumerate(load_reports()):
        renamed = [(rename.language, rename.aliases) for rename in report.renames]
        for language, known in (*report.aliases.items(), *renamed):
            for key in known:
                index.setdefault(key, {})[(place, language)] = None
    return MappingProxyType({key: tuple(places) for key, places in index.items()})
