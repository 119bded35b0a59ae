"""What the review promises whatever is done: the same files twice or in another order change nothing, and what was
approved, closed or foretold stays as it was.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budget import desk
from budget.alert_rules import alerts_of
from budget.alerts import silent_until
from budget.closing import body_of, new_closing
from budget.decisions import applied
from budget.errors import PayoffError
from budget.exports import Reading, read_export
from budget.plan import StoredPlan
from budget.review import review
from budget.store import Acknowledgement, Decision, Note, Store, open_store
from budget.watch import watch
from budget.weeks import WEEK, Period
from sample_data.next_weeks import MORNINGS, exports_on

TODAY, LATER = MORNINGS[0], MORNINGS[1]
FILES = [(morning, name, data) for morning in (TODAY, LATER) for name, data in exports_on(morning).items()]
FEW = settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None)
File = tuple[date, str, bytes]


@contextmanager
def opened(database: bytes, folder: Path) -> Iterator[Store]:
    """A fresh copy of the sample firm."""
    path = folder / "payoff.db"
    for old in folder.glob("payoff.db*"):
        old.unlink()
    path.write_bytes(database)
    store = open_store(f"sqlite:///{path}", clock=lambda: datetime.combine(LATER, time(9), UTC))
    yield store
    store.close()


def firm_of(store: Store) -> int:
    """The sample firm."""
    return store.workspaces()[0].workspace_id


def plan_of(store: Store, status: str) -> StoredPlan:
    """The newest plan of a status."""
    heads = [head for head in store.plans(firm_of(store)) if head.status == status]
    return store.plan(firm_of(store), max(heads, key=lambda head: head.plan_id).plan_id)


@cache
def reading_of(file: File) -> Reading:
    """A file as it is read."""
    return read_export(file[1], file[2], today=file[0])


def take(store: Store, file: File) -> str:
    """Upload a file as it was downloaded on its morning."""
    morning, _, data = file
    return store.add_import(
        firm_of(store), reading_of(file), data, as_of=datetime.combine(morning, time(9), UTC)
    ).status


def told(store: Store) -> dict[str, Any]:
    """Every figure that the review shows to date, of a week and of a month; pacing, and what needs a look."""
    plan = plan_of(store, "locked")
    spans = (None, Period(TODAY - WEEK, TODAY), Period(date(2026, 11, 1), date(2026, 12, 1)))
    bodies = []
    for span in spans:
        cut = None if span is None or span.is_whole_weeks else span
        found = review(plan, desk.actuals(store, plan, span=cut), span=span)
        assert found is not None
        bodies.append(body_of(found))
    pace, seen = desk.paced(store, plan), watch(store, plan, LATER)
    assert pace is not None
    return {
        "bodies": bodies,
        "pace": (pace.spent_micros, pace.required_day_micros, pace.days_done),
        "alerts": sorted((alert.key, alert.level_micros) for alert in alerts_of(seen)),
    }


def test_the_same_files_again_change_no_figure(sample_database: bytes, tmp_path: Path) -> None:
    """Six files, then all of them again: each is known, and review, pacing and alerts say the same."""
    with opened(sample_database, tmp_path) as store:
        assert [take(store, file) for file in FILES] == ["added"] * len(FILES)
        before, version = told(store), store.data_version(firm_of(store))
        assert "added" not in [take(store, file) for file in reversed(FILES)]
        assert (told(store), store.data_version(firm_of(store))) == (before, version)


@pytest.fixture(scope="module")
def in_order(sample_database: bytes, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What is told after the six files in the order of their mornings."""
    with opened(sample_database, tmp_path_factory.mktemp("in_order")) as store:
        for file in FILES:
            take(store, file)
        return told(store)


@FEW
@given(order=st.permutations(range(len(FILES))))
def test_the_order_of_uploads_changes_no_figure(
    order: list[int], sample_database: bytes, in_order: dict[str, Any], tmp_path: Path
) -> None:
    """An older look that comes later goes behind the newer one: every figure is as in the order of the mornings."""
    with opened(sample_database, tmp_path) as store:
        for place in order:
            take(store, FILES[place])
        assert told(store) == in_order


def decide(store: Store) -> None:
    """A line is cut in the working plan, the decision and its forecast are kept."""
    plan = plan_of(store, "draft")
    line = next(line for line in plan.lines if line.line_key == "google_search")
    amount = 1_000_000 * (900 + plan.version)
    made = Decision(LATER, "cut", plan.currency, line.platform, line.tactic, line.line_key, amount)
    saved = store.save_plan(firm_of(store), applied(plan, [made], LATER))
    store.add_decisions(firm_of(store), [made])
    desk.keep_forecast(store, saved, "review")


def close(store: Store) -> None:
    """The last week is closed as it is read, again where it was closed before."""
    plan, span = plan_of(store, "locked"), Period(TODAY - 2 * WEEK, TODAY - WEEK)
    found, known = review(plan, desk.actuals(store, plan), span=span), len(store.closings(firm_of(store)))
    assert found is not None
    version = store.data_version(firm_of(store))
    made = new_closing(span, plan, body_of(found), data_version=version, revision=known + 1, note="again" * bool(known))
    store.add_closing(firm_of(store), made)


def write(store: Store) -> None:
    """A note, and an alert that was seen."""
    store.add_note(firm_of(store), Note("stock-out", "week", week_start=TODAY))
    store.acknowledge(firm_of(store), Acknowledgement("DATA_OLD:", 5, silent_until(TODAY)))


def approve(store: Store) -> None:
    """The working plan is proposed and approved."""
    plan = plan_of(store, "draft")
    store.propose_plan(firm_of(store), plan.plan_id, seen_version=plan.version)
    proposed = plan_of(store, "proposed")
    store.lock_plan(firm_of(store), proposed.plan_id, seen_version=proposed.version)


def edit(store: Store) -> None:
    """The working plan is edited by hand."""
    plan = plan_of(store, "draft")
    store.save_plan(firm_of(store), replace(plan, name=plan.name + "!"))


def upload(store: Store) -> None:
    """The next file comes in, and what was forecast is judged."""
    known = sum(record.status == "active" for record in store.imports(firm_of(store)))
    take(store, FILES[known % len(FILES)])
    desk.settle(store, plan_of(store, "locked"), "upload")


def undo(store: Store) -> None:
    """The last upload is taken back."""
    active = [record.import_id for record in store.imports(firm_of(store)) if record.status == "active"]
    store.undo_import(firm_of(store), max(active))


ACTS: tuple[Callable[[Store], None], ...] = (decide, close, write, approve, edit, upload, undo)


@FEW
@given(acts=st.lists(st.sampled_from(ACTS), min_size=3, max_size=6))
def test_what_was_approved_foretold_and_closed_stays(
    acts: list[Callable[[Store], None]], sample_database: bytes, tmp_path: Path
) -> None:
    """Whatever is decided, closed, approved, uploaded or undone: each record of before is there unchanged."""
    with opened(sample_database, tmp_path) as store:
        firm = firm_of(store)
        kept = records(store, firm)
        for act in (decide, *acts):
            with suppress(PayoffError):
                act(store)
            now = records(store, firm)
            assert {key: now[key] for key in kept} == kept
            kept = now


def records(store: Store, firm: int) -> dict[tuple[str, int], object]:
    """Baselines, forecasts with their weeks, closings and acknowledgements by their number."""
    locked = [head.plan_id for head in store.plans(firm) if head.status == "locked"]
    found: dict[tuple[str, int], object] = {("plan", number): store.plan(firm, number) for number in locked}
    for one in store.forecasts(firm):
        weeks = store.forecast_weeks(firm, one.forecast_id)
        found["forecast", one.forecast_id] = (one, weeks.to_csv(index=False))
    found |= {("closing", one.closing_id): one for one in store.closings(firm)}
    return found | {("seen", one.acknowledgement_id): one for one in store.acknowledgements(firm)}
