"""Random histories of imports and undos against a model in plain Python.

A run makes 25 steps in each of `PAYOFF_EXAMPLES` histories: 8 by default, 400 for 10,000 steps.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from budget.store import doctor, open_store
from tests.budget.store.given import MONDAY, at, reading, row, spend, week

Row = dict[str, Any]
LEVELS = ("campaign", "ad_group", "ad", "account")
CAMPAIGNS = {"1": "One", "2": "Two", "3": "One"}


@st.composite
def rows(draw: st.DrawFn) -> Row:
    """A row: two accounts, three campaigns (two of one name, ids at times), four levels, 21 days or 3 weeks."""
    campaign = draw(st.sampled_from(sorted(CAMPAIGNS)))
    level = draw(st.sampled_from(("campaign", "campaign", "ad_group", "ad", "account")))
    made = {
        "account_id": draw(st.sampled_from("AB")),
        "campaign_id": campaign if draw(st.booleans()) else None,
        "campaign_name": CAMPAIGNS[campaign],
        "entity_level": level,
        "breakdown": draw(st.sampled_from(("none", "none", "age=1", "age=2", "age=1|gender=f", "gender=f"))),
        "spend_micros": draw(st.integers(1, 10**6)),
    }
    if level in ("ad_group", "ad"):
        made |= {"ad_group_id": draw(st.sampled_from("xy"))}
    if level == "ad":
        made |= {"ad_id": draw(st.sampled_from("pq"))}
    if level == "account":
        made |= {"campaign_id": None, "campaign_name": None}
    if draw(st.integers(0, 5)) == 0:
        return week(draw(st.integers(0, 2)), **made)
    return row(draw(st.integers(0, 20)), **made)


@dataclass(frozen=True)
class Look:
    """An active import in the model."""

    import_id: int
    when: int
    rows: tuple[Row, ...]
    raw: bytes
    answer: str = ""
    gone: tuple[Row, ...] = ()

    @property
    def answers(self) -> dict[str, str]:
        """What the person said of the file."""
        return {"said": self.answer} if self.answer else {}


class Model:
    """What the totals must be, from the active imports alone, in the words of the definition."""

    def __init__(self, looks: Iterable[Look]) -> None:
        self.looks = sorted(looks, key=lambda look: (look.when, look.import_id))
        self.ids: dict[tuple[str, str], set[str]] = {}
        for cells in (cells for look in self.looks for cells in look.rows if cells["campaign_id"]):
            self.ids.setdefault((cells["account_id"], cells["campaign_name"]), set()).add(cells["campaign_id"])

    def slot(self, cells: Row) -> str:
        """The campaign that a row belongs to."""
        if cells["entity_level"] == "account":
            return ""
        known = self.ids.get((cells["account_id"], cells["campaign_name"]), set())
        return cells["campaign_id"] or (min(known) if len(known) == 1 else "name:" + cells["campaign_name"].lower())

    def current(self) -> dict[tuple[Any, ...], Row]:
        """The newest look at each grain; rows of one grain in one file summed."""
        found: dict[tuple[Any, ...], Row] = {}
        for look in self.looks:
            mine: dict[tuple[Any, ...], Row] = {}
            for cells in look.rows:
                key = self.grain(cells)
                money = mine[key]["spend_micros"] if key in mine else 0
                mine[key] = (mine.get(key) or cells) | {"spend_micros": money + cells["spend_micros"]}
            found |= mine | {self.grain(cells): {} for cells in look.gone}
        return found

    @staticmethod
    def grain(cells: Row) -> tuple[Any, ...]:
        """What a row is about."""
        level = cells["entity_level"]
        own = {"account": "account", "campaign": cells["campaign_id"] or "name:" + str(cells["campaign_name"])}
        below = {"ad_group": cells.get("ad_group_id"), "ad": cells.get("ad_id")}
        entity = own.get(level) or below[level]
        return cells["account_id"], level, entity, cells["breakdown"], cells["date_day"], cells.get("period_start")

    def counted(self) -> dict[tuple[str, str], set[int]]:
        """Spend by account and campaign; a set, as of two slices of equal rank either may be counted."""
        slices: dict[tuple[Any, ...], dict[tuple[Any, ...], int]] = {}
        living = [cells for cells in self.current().values() if cells]
        days = {(cells["account_id"], cells["date_day"]) for cells in living if cells["date_day"]}
        named = {self.when(cells) for cells in living if self.slot(cells)}
        for cells in living:
            if not self.slot(cells) and self.when(cells) in named:
                continue
            if not cells["date_day"] and any((cells["account_id"], day) in days for day in self.week(cells)):
                continue
            part = slices.setdefault((*self.when(cells), self.slot(cells)), {})
            part[self.rank(cells)] = part.get(self.rank(cells), 0) + cells["spend_micros"]
        return self.sums(slices)

    def vanished(self, rows: Iterable[Row]) -> tuple[Row, ...]:
        """What is current and lacking in a file, of the accounts, levels, breakdowns and days that it holds."""
        rows = list(rows)
        spans: dict[tuple[Any, ...], tuple[Any, Any]] = {}
        for cells in rows:
            start, end = self.span(cells)
            low, high = spans.get(self.family(cells), (start, end))
            spans[self.family(cells)] = min(low, start), max(high, end)
        there = {self.grain(cells) for cells in rows}
        lacking = [cells for key, cells in self.current().items() if cells and key not in there]
        return tuple(cells for cells in lacking if self.inside(self.span(cells), spans.get(self.family(cells))))

    @staticmethod
    def inside(span: tuple[Any, Any], wide: tuple[Any, Any] | None) -> bool:
        """Days within days."""
        return wide is not None and wide[0] <= span[0] and span[1] <= wide[1]

    @staticmethod
    def span(cells: Row) -> tuple[Any, Any]:
        """First day and the day after the last."""
        if cells["date_day"]:
            return cells["date_day"], cells["date_day"] + timedelta(days=1)
        return cells["period_start"], cells["period_end"]

    @staticmethod
    def family(cells: Row) -> tuple[Any, ...]:
        """Account, level, days or weeks, and what the breakdown is by."""
        names = tuple(part.split("=")[0] for part in cells["breakdown"].split("|"))
        return cells["account_id"], cells["entity_level"], bool(cells["date_day"]), names

    @staticmethod
    def when(cells: Row) -> tuple[Any, ...]:
        """Account and day or week."""
        return cells["account_id"], cells["date_day"], cells.get("period_start")

    @staticmethod
    def week(cells: Row) -> list[Any]:
        """The days of a week row."""
        return [cells["period_start"] + timedelta(days=day) for day in range(7)]

    @staticmethod
    def rank(cells: Row) -> tuple[Any, ...]:
        """Dimensions, level, names behind ids, which breakdown."""
        names = [part.split("=")[0] for part in cells["breakdown"].split("|")] if cells["breakdown"] != "none" else []
        by_name = cells["entity_level"] == "campaign" and not cells["campaign_id"]
        return len(names), LEVELS.index(cells["entity_level"]), by_name, tuple(names)

    @staticmethod
    def sums(slices: dict[tuple[Any, ...], dict[tuple[Any, ...], int]]) -> dict[tuple[str, str], set[int]]:
        """The sums that are possible when any slice of the least rank (but for the breakdown's name) counts."""
        made: dict[tuple[str, str], set[int]] = {}
        for (account, *_, slot), part in slices.items():
            least = min(rank[:3] for rank in part)
            choices = {money for rank, money in part.items() if rank[:3] == least}
            before = made.get((account, slot), {0})
            made[account, slot] = {old + new for old in before for new in choices}
        return made


class History(RuleBasedStateMachine):
    """Adds, repeats, backdates and undoes files in any order."""

    @initialize()
    def open(self) -> None:
        """A fresh store."""
        self.folder = TemporaryDirectory()
        self.url = f"sqlite:///{Path(self.folder.name) / 'payoff.db'}"
        self.store = open_store(self.url)
        self.firm = self.store.create_workspace("Firm", currency="AZN").workspace_id
        self.looks: list[Look] = []
        self.undone: list[Look] = []
        self.totals: dict[frozenset[int], Any] = {}
        self.files = 0

    @rule(taken=st.lists(rows(), min_size=1, max_size=12), when=st.integers(0, 6))
    def add(self, taken: list[Row], when: int) -> None:
        """A new file with a look of any age."""
        self.files += 1
        look = Look(0, when, tuple(taken), b"file %d" % self.files)
        self._add(look, "added")

    @precondition(lambda self: self.looks)
    @rule(data=st.data(), when=st.integers(0, 6))
    def correct(self, data: st.DataObject, when: int) -> None:
        """The rows of an earlier file with other numbers."""
        old = data.draw(st.sampled_from(self.looks))
        self.files += 1
        taken = tuple(cells | {"spend_micros": cells["spend_micros"] + 1} for cells in old.rows)
        self._add(Look(0, when, taken, b"file %d" % self.files), "added")

    @precondition(lambda self: self.looks)
    @rule(data=st.data())
    def repeat(self, data: st.DataObject) -> None:
        """An active file once more."""
        self._add(data.draw(st.sampled_from(self.looks)), "unchanged")

    @precondition(lambda self: self.looks)
    @rule(data=st.data(), when=st.integers(0, 6))
    def answer(self, data: st.DataObject, when: int) -> None:
        """The same bytes read by other answers: a correction, which comes as a new file."""
        old = data.draw(st.sampled_from(self.looks))
        self.files += 1
        taken = tuple(cells | {"spend_micros": 2 * cells["spend_micros"]} for cells in old.rows)
        self._add(Look(0, when, taken, old.raw, str(self.files)), "added")

    @rule(numbers=st.lists(st.integers(0, 2), min_size=1, max_size=3), when=st.integers(0, 6))
    def weekly(self, numbers: list[int], when: int) -> None:
        """A file of whole weeks."""
        self.files += 1
        taken = tuple(week(number, spend_micros=self.files) for number in numbers)
        self._add(Look(0, when, taken, b"file %d" % self.files), "added")

    @rule(taken=st.lists(rows(), min_size=1, max_size=6), when=st.integers(0, 6))
    def replace_range(self, taken: list[Row], when: int) -> None:
        """A file that says all: what it lacks of its own range does not exist."""
        self.files += 1
        gone = Model(self.looks).vanished(taken)
        self._add(Look(0, when, tuple(taken), b"file %d" % self.files, gone=gone), "added", replace_range=True)

    @precondition(lambda self: self.undone)
    @rule(data=st.data())
    def redo(self, data: st.DataObject) -> None:
        """A file that was taken out comes once more."""
        old = data.draw(st.sampled_from(self.undone))
        self.undone.remove(old)
        self._add(replace(old, gone=()), "added")

    def _add(self, look: Look, status: str, replace_range: bool = False) -> None:
        version = self.store.data_version(self.firm)
        file = reading(*look.rows, answers=look.answers)
        receipt = self.store.add_import(self.firm, file, look.raw, as_of=at(look.when), replace_range=replace_range)
        assert receipt.status == status
        assert self.store.data_version(self.firm) == version + (status == "added")
        if status == "added":
            self.looks.append(replace(look, import_id=receipt.import_id))

    @precondition(lambda self: self.looks)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        """Any active file."""
        look = data.draw(st.sampled_from(self.looks))
        self.store.undo_import(self.firm, look.import_id)
        self.looks.remove(look)
        self.undone.append(look)

    @invariant()
    def totals_are_those_of_the_model(self) -> None:
        """Spend by account and campaign; and exactly the former totals whenever a set of files is active again."""
        if not hasattr(self, "store"):
            return
        found = spend(self.store, self.firm, ("account_id", "campaign_slot"))
        allowed = Model(self.looks).counted()
        assert found.keys() == allowed.keys()
        assert {key: money for key, money in found.items() if money not in allowed[key]} == {}
        active = frozenset(look.import_id for look in self.looks)
        assert self.totals.setdefault(active, found) == found

    def teardown(self) -> None:
        """Whatever happened, the doctor finds no fault; then close and remove."""
        if hasattr(self, "store"):
            self.store.close()
            assert doctor.examine(self.url).faults == ()
            self.folder.cleanup()


TestHistory = History.TestCase
TestHistory.settings = settings(
    max_examples=int(os.environ.get("PAYOFF_EXAMPLES", "8")),
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


def test_the_model_knows_weeks_from_days() -> None:
    """The model itself counts a week once, and not beside a day of its account."""
    alone = Model([Look(1, 0, (week(0, spend_micros=7),), b"")])
    beside = Model([Look(1, 0, (week(0, spend_micros=7), row(0, spend_micros=1)), b"")])
    assert alone.counted() == {("A", "1"): {7}}
    assert beside.counted() == {("A", "1"): {1}}
    assert beside.week(week(0))[0] == MONDAY
