"""Random histories of metric, order, lead and post files and typed totals against a model in plain Python.

A run makes 25 steps in each of `PAYOFF_EXAMPLES` histories: 8 by default, 400 for 10,000 steps.
"""

import itertools
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from budget.store import SalesTotal, Store, doctor, open_store
from tests.budget.store.given import MONDAY, SOON, Bare, at, beside, lead, metric, order, post

Row = dict[str, Any]
Grain = tuple[Any, ...]
DATASETS = ("metrics", "posts", "orders", "leads")
LAST = 9

metrics = st.builds(
    metric,
    day=st.integers(0, LAST),
    metric=st.sampled_from(["views", "follows"]),
    surface=st.sampled_from(["facebook", None]),
    account_name=st.sampled_from(["Page", " PAGE "]),
    segment=st.sampled_from([None, None, "age=1", "age=2"]),
    value=st.none() | st.integers(0, 9),
)
posts = st.builds(post, number=st.integers(1, 4), published_on=st.sampled_from([MONDAY, None]), views=st.integers(0, 9))
orders = st.builds(
    order,
    number=st.integers(1, 6),
    day=st.integers(0, LAST),
    source=st.sampled_from(["web", "pos"]),
    total_micros=st.none() | st.integers(0, 9),
    cancelled=st.sampled_from([None, True, False]),
)
leads = st.builds(
    lead,
    day=st.integers(0, LAST),
    campaign_id=st.sampled_from(["1", None]),
    campaign_name=st.sampled_from(["One", "ONE"]),
    form_name=st.sampled_from(["F", "G"]),
    status=st.sampled_from(["new", "won"]),
)
tables = st.fixed_dictionaries(
    {
        "metrics": st.lists(metrics, max_size=6),
        "posts": st.lists(posts, max_size=4),
        "orders": st.lists(orders, max_size=5),
        "leads": st.lists(leads, max_size=6),
    }
)


def grain(dataset: str, row: Row) -> Grain:
    """What a row is about."""
    if dataset == "metrics":
        names = ("surface", "metric", "segment", "date_day")
        return (row["account_name"].strip().lower(), *(row[name] for name in names))
    if dataset == "posts":
        return (row["post_id"],)
    if dataset == "orders":
        return row["source"], row["order_id"]
    return row["date_day"], row["campaign_id"] or row["campaign_name"].lower(), row["form_name"], row["status"]


def said(dataset: str, row: Row) -> Row:
    """What a row says of its grain."""
    if dataset == "metrics":
        return {"value": None if row["value"] is None else row["value"] * 10**6, "day": row["date_day"]}
    if dataset == "posts":
        return {"value": row["views"], "day": row["published_on"]}
    if dataset == "orders":
        return {"value": row["total_micros"], "cancelled": row["cancelled"], "day": row["order_date"]}
    return {"value": 1, "day": row["date_day"]}


def family(dataset: str, row: Row) -> Grain:
    """Beside what a row would be missed."""
    if dataset == "metrics":
        names = row["account_name"].strip().lower(), row["surface"], row["metric"]
        return (*names, None if row["segment"] is None else row["segment"].split("=")[0])
    return (row["source"],) if dataset == "orders" else (row["form_name"],)


@dataclass(frozen=True)
class Look:
    """An active import in the model: per dataset what it says of each grain; None: that it does not exist."""

    import_id: int
    when: float
    file: dict[str, list[Row]]
    raw: bytes
    gone: tuple[tuple[str, Grain], ...] = ()

    def facts(self, dataset: str) -> tuple[dict[Grain, Row], int]:
        """The first word on each grain, leads counted, and how many rows contradict it."""
        made: dict[Grain, Row] = {}
        rejected = 0
        for row in self.file.get(dataset, []):
            key, word = grain(dataset, row), said(dataset, row)
            if key not in made:
                made[key] = word | {"family": family(dataset, row) if dataset != "posts" else None}
            elif dataset == "leads":
                made[key] = made[key] | {"value": made[key]["value"] + 1}
            else:
                same = all(made[key][name] == word[name] for name in word if (dataset, name) != ("posts", "day"))
                rejected += not same
        return made, rejected


def current(looks: Iterable[Look], dataset: str) -> dict[Grain, Row]:
    """The newest word on each grain that is not said to be gone."""
    found: dict[Grain, Row | None] = {}
    for look in sorted(looks, key=lambda look: (look.when, look.import_id)):
        found |= dict.fromkeys(key for name, key in look.gone if name == dataset)
        found |= look.facts(dataset)[0]
    return {key: word for key, word in found.items() if word is not None}


def vanished(looks: Iterable[Look], file: dict[str, list[Row]]) -> tuple[tuple[str, Grain], ...]:
    """What is current and lacking in a file, of the families that it holds, from their first day to their last."""
    lost = []
    for dataset in ("metrics", "orders", "leads"):
        mine = Look(0, 0, file, b"").facts(dataset)[0]
        for key, word in current(looks, dataset).items():
            days = [one["day"] for one in mine.values() if one["family"] == word["family"]]
            if key not in mine and days and min(days) <= word["day"] <= max(days):
                lost.append((dataset, key))
    return tuple(lost)


def read(store: Store, firm: int, dataset: str) -> dict[Grain, Row]:
    """What the store says, in the words of the model."""
    made: dict[Grain, Row] = {}
    for cells in getattr(store, dataset)(firm).to_dict("records"):
        row = {name: None if pd.isna(value) else value for name, value in cells.items()}
        for name in ("date_day", "order_date", "published_on"):
            moment: Any = row.get(name)
            row[name] = None if moment is None else moment.date()
        column = {"metrics": "value_micros", "posts": "views", "orders": "total_micros", "leads": "leads"}[dataset]
        day = row["published_on"] if dataset == "posts" else row["order_date"] or row["date_day"]
        word = {"value": row[column], "day": day}
        if dataset == "orders":
            word["cancelled"] = row["cancelled"]
        key = grain(dataset, row)
        assert key not in made
        made[key] = word
    return made


class History(RuleBasedStateMachine):
    """Adds, repeats, backdates, replaces and undoes files in any order, and types totals."""

    @initialize()
    def open(self) -> None:
        """A fresh store."""
        self.folder = TemporaryDirectory()
        self.url = f"sqlite:///{Path(self.folder.name) / 'payoff.db'}"
        moments = itertools.count()  # what is typed again later is a new word
        self.store = open_store(self.url, clock=lambda: SOON + timedelta(days=50, seconds=next(moments)))
        self.firm = self.store.create_workspace("Firm", currency="AZN").workspace_id
        self.looks: list[Look] = []
        self.undone: list[Look] = []
        self.typed: list[tuple[int, dict[tuple[str, int], int]]] = []
        self.files = 0

    @rule(file=tables, when=st.integers(0, 6))
    def add(self, file: dict[str, list[Row]], when: int) -> None:
        """A new file with a look of any age."""
        self.files += 1
        self._add(Look(0, when, file, b"file %d" % self.files), "added")

    @rule(file=tables, when=st.integers(0, 6))
    def replace_range(self, file: dict[str, list[Row]], when: int) -> None:
        """A file that says all of its days: what it lacks does not exist."""
        self.files += 1
        look = Look(0, when, file, b"file %d" % self.files, vanished(self.looks, file))
        self._add(look, "added", replace_range=True)

    @precondition(lambda self: self.looks)
    @rule(data=st.data())
    def repeat(self, data: st.DataObject) -> None:
        """An active file once more."""
        self._add(data.draw(st.sampled_from(self.looks)), "unchanged")

    @precondition(lambda self: self.undone)
    @rule(data=st.data())
    def redo(self, data: st.DataObject) -> None:
        """A file that was taken out comes once more."""
        old = data.draw(st.sampled_from(self.undone))
        self.undone.remove(old)
        self._add(replace(old, gone=()), "added")

    @precondition(lambda self: self.looks)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        """Any active file."""
        look = data.draw(st.sampled_from(self.looks))
        self.store.undo_import(self.firm, look.import_id)
        self.looks.remove(look)
        self.undone.append(look)

    @rule(
        said=st.dictionaries(
            st.tuples(st.sampled_from(["day", "week"]), st.integers(0, 9)), st.integers(0, 9), min_size=1
        )
    )
    def type_totals(self, said: dict[tuple[str, int], int]) -> None:
        """Totals of days and weeks; the same once more adds nothing."""
        known: dict[tuple[str, int], int] = {}
        for _, words in self.typed:
            known |= words
        totals = [
            SalesTotal(start(number), start(number) + timedelta(days=1 if of == "day" else 7), "AZN", value)
            for (of, number), value in said.items()
        ]
        receipt = self.store.add_sales(self.firm, totals)
        assert receipt.status == (
            "unchanged" if all(known.get(key) == value for key, value in said.items()) else "added"
        )
        if receipt.status == "added":
            self.typed.append((receipt.import_id, said))

    @precondition(lambda self: self.typed)
    @rule(data=st.data())
    def undo_totals(self, data: st.DataObject) -> None:
        """Any typed totals."""
        one = data.draw(st.sampled_from(self.typed))
        self.store.undo_import(self.firm, one[0])
        self.typed.remove(one)

    def _add(self, look: Look, status: str, replace_range: bool = False) -> None:
        version = self.store.data_version(self.firm)
        file: Bare = beside(**look.file)
        receipt = self.store.add_import(self.firm, file, look.raw, as_of=at(look.when), replace_range=replace_range)  # type: ignore[arg-type]  # whole days
        assert receipt.status == status
        assert receipt.rejected == sum(look.facts(dataset)[1] for dataset in DATASETS)
        assert self.store.data_version(self.firm) == version + (status == "added")
        if status == "added":
            self.looks.append(replace(look, import_id=receipt.import_id))

    @invariant()
    def everything_is_as_in_the_model(self) -> None:
        """Every dataset, fact for fact; typed totals; and booked orders by day."""
        if not hasattr(self, "store"):
            return
        for dataset in DATASETS:
            wanted = current(self.looks, dataset)
            found = read(self.store, self.firm, dataset)
            plain = {key: {name: word[name] for name in word if name != "family"} for key, word in wanted.items()}
            assert found == plain
        known: dict[tuple[str, int], int] = {}
        for _, words in self.typed:
            known |= words
        sales = self.store.sales(self.firm)
        days = ((day.date() - MONDAY).days for day in sales["period_start"])
        assert dict(zip(zip(sales["grain"], days, strict=True), sales["revenue_micros"], strict=True)) == known
        booked = self.store.daily_sales(self.firm)
        living = [word for word in current(self.looks, "orders").values() if not word["cancelled"]]
        counted = {day.date() for day in booked.loc[booked["orders"].notna(), "period_start"]}
        assert counted == {word["day"] for word in current(self.looks, "orders").values()}
        assert int(booked["orders"].sum()) == len(living)

    def teardown(self) -> None:
        """Whatever happened, the doctor finds no fault; then close and remove."""
        if hasattr(self, "store"):
            self.store.close()
            assert doctor.examine(self.url).faults == ()
            self.folder.cleanup()


def start(number: int) -> date:
    """So many days after the first Monday."""
    return MONDAY + timedelta(days=number)


TestHistory = History.TestCase
TestHistory.settings = settings(
    max_examples=int(os.environ.get("PAYOFF_EXAMPLES", "8")),
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
