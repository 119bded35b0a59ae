"""Visits that networks send to the site: by network, landing page and source, who stays and who converts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from budget.audience_networks import is_paid, network_of_source
from budget.audience_ratio import Ratio
from budget.audience_rows import Fact
from budget.audience_series import Series, Window, added, sums_of

SITE = "ga4"
SOURCES, PAGES = ("source", "first_source"), ("landing_page", "page")
CHANNELS = ("channel", "first_channel")
SOCIAL = ("organic social", "paid social", "organic video", "paid video")
_METRICS = ("sessions", "engaged_sessions", "key_events")


@dataclass(frozen=True)
class Landing:
    """Visits that began on a page from a source in the window; `network` where the source is one.

    Whole numbers; None where the export has no such column.
    """

    page: str
    source: str
    network: str | None
    paid: bool
    sessions: int
    engaged: int | None
    key_events: int | None

    @property
    def bounce(self) -> Ratio | None:
        """1 - engaged sessions / sessions."""
        return None if self.engaged is None else _bounce(self.sessions, self.engaged)

    @property
    def conversion(self) -> Ratio | None:
        """Key events per session; one session may hold several."""
        return None if self.key_events is None else Ratio(self.key_events, self.sessions, "sessions")


@dataclass(frozen=True)
class Visits:
    """Sessions of one network, or of all, by week."""

    sessions: Series
    engaged: Series
    key_events: Series

    @property
    def bounce_weeks(self) -> tuple[Ratio | None, ...]:
        """1 - engaged / sessions by week."""
        pairs = zip(self.sessions.weeks, self.engaged.weeks, strict=True)
        return tuple(None if s is None or e is None else _bounce(s, e) for s, e in pairs)

    @property
    def bounce(self) -> Ratio | None:
        """Over all weeks."""
        if self.sessions.total is None or self.engaged.total is None:
            return None
        return _bounce(self.sessions.total, self.engaged.total)

    @property
    def conversion(self) -> Ratio | None:
        """Key events per session."""
        if not self.sessions.total or self.key_events.total is None:
            return None
        return Ratio(self.key_events.total, self.sessions.total, "sessions")


@dataclass(frozen=True)
class Web:
    """What web analytics says; `by_network` is empty where it names no sources; `social` are visits of all networks.

    `unpaid` are those of them that no ad brought, by network, "" for all.
    """

    by_network: Mapping[str, Visits] = field(default_factory=dict)
    social: Visits | None = None
    unpaid: Mapping[str, Visits] = field(default_factory=dict)
    landings: tuple[Landing, ...] = ()
    has_sessions: bool = False


def _bounce(sessions: int, engaged: int) -> Ratio:
    """Both are estimated apart by the platform, so that a few more may be engaged than there are."""
    return Ratio(max(sessions - engaged, 0), sessions, "sessions", 1, True)


def web_of(facts: Iterable[Fact], window: Window) -> Web:
    """Tables split alike are never mixed: visits come from the one that names sources best, pages from one of pages."""
    rows = [fact for fact in facts if fact.platform == SITE and fact.metric in _METRICS]
    tables: dict[frozenset[str], list[Fact]] = {}
    for fact in rows:
        if _touches(fact, window):
            tables.setdefault(fact.dimensions, []).append(fact)
    sourced = _best(tables, SOURCES, window)
    by_network = _by_network(sourced, window)
    social = _visits([f for f in sourced if _network(f)], window) if by_network else _of_channels(tables, window)
    unpaid = _unpaid([f for f in sourced if _network(f)] if by_network else _social(tables, window), window)
    paged = _best({key: own for key, own in tables.items() if key & set(PAGES)}, (*SOURCES, *CHANNELS), window)
    paged = paged or _best(tables, PAGES, window)
    return Web(by_network, social, unpaid, _landings(paged, window), any(f.metric == "sessions" for f in rows))


def _touches(fact: Fact, window: Window) -> bool:
    return fact.start < window.period.end and fact.end > window.period.start


def _best(tables: dict[frozenset[str], list[Fact]], names: Sequence[str], window: Window) -> list[Fact]:
    """Of the tables that are split by one of the names, the one that knows most weeks with the fewest splits."""
    fitting = [key for key in tables if key & set(names) and any(f.metric == "sessions" for f in tables[key])]
    weeks = {key: len({window.place(fact.start) for fact in tables[key]} - {None}) for key in fitting}
    best = max(fitting, key=lambda key: (weeks[key], -len(key), sorted(key)), default=None)
    return tables[best] if best is not None else []


def _source(fact: Fact) -> str:
    return next((fact.segment[name] for name in (*SOURCES, *CHANNELS) if name in fact.segment), "")


def _network(fact: Fact) -> str | None:
    return network_of_source(_source(fact))


def _by_network(facts: Sequence[Fact], window: Window) -> dict[str, Visits]:
    names = dict.fromkeys(name for fact in facts if (name := _network(fact)))
    return {name: _visits([f for f in facts if _network(f) == name], window) for name in names}


def _social(tables: dict[frozenset[str], list[Fact]], window: Window) -> list[Fact]:
    return [f for f in _best(tables, CHANNELS, window) if _source(f).casefold() in SOCIAL]


def _of_channels(tables: dict[frozenset[str], list[Fact]], window: Window) -> Visits | None:
    facts = _social(tables, window)
    return _visits(facts, window) if facts else None


def _unpaid(facts: Sequence[Fact], window: Window) -> dict[str, Visits]:
    free = [fact for fact in facts if not is_paid(_source(fact))]
    return {"": _visits(free, window), **_by_network(free, window)} if free else {}


def _visits(facts: Sequence[Fact], window: Window) -> Visits:
    def series(metric: str) -> Series:
        groups: dict[tuple[str, frozenset[tuple[str, str]]], list[Fact]] = {}
        for fact in facts:
            if fact.metric == metric:
                groups.setdefault((fact.account, frozenset(fact.segment.items())), []).append(fact)
        return added([sums_of(own, window) for own in groups.values()], len(window.weeks))

    return Visits(series("sessions"), series("engaged_sessions"), series("key_events"))


def _landings(facts: Sequence[Fact], window: Window) -> tuple[Landing, ...]:
    """One row a page and source, most visits first."""
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        page = next((fact.segment[name] for name in PAGES if name in fact.segment), "")
        groups.setdefault((page, _source(fact)), []).append(fact)
    found = []
    for (page, source), own in groups.items():
        visits = _visits(own, window)
        if visits.sessions.total:
            found.append(
                Landing(
                    page, source, network_of_source(source), is_paid(source), visits.sessions.total,
                    visits.engaged.total, visits.key_events.total,
                )
            )  # fmt: skip
    return tuple(sorted(found, key=lambda row: (-row.sessions, row.page, row.source)))
