"""Where a number comes from: the rows behind a figure add up to it, to the micro, whatever the figure."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from budget import desk
from budget.measures import Measures, total
from budget.origin import SUMMED, Origin
from budget.plan import StoredPlan
from budget.rates import Rate
from budget.review import Review, review
from budget.store import CampaignMatch, Store, open_store
from tests.budget.builders import usual_plan
from tests.budget.store.given import reading, row

MONDAY = date(2026, 9, 7)


@pytest.fixture(scope="module")
def sample(sample_database: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, StoredPlan]]:
    """The sample firm and its locked plan."""
    path = tmp_path_factory.mktemp("origin") / "payoff.db"
    path.write_bytes(sample_database)
    store = open_store(f"sqlite:///{path}")
    (firm,) = (each.workspace_id for each in store.workspaces())
    (head,) = [head for head in store.plans(firm) if head.status == "locked"]
    yield store, store.plan(firm, head.plan_id)
    store.close()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[Store, StoredPlan]]:
    """An empty firm with the usual plan, which begins on 7 September 2026."""
    store = open_store(f"sqlite:///{tmp_path / 'payoff.db'}")
    firm = store.create_workspace("Firm", currency="AZN").workspace_id
    given = usual_plan()
    draft = store.create_plan(firm, name=given.name, currency=given.currency, lines=given.lines, weeks=given.weeks)
    yield store, draft
    store.close()


def reviewed(store: Store, plan: StoredPlan) -> Review:
    """The review that must exist."""
    found = review(plan, desk.actuals(store, plan))
    assert found is not None
    return found


def added(found: Origin) -> Measures:
    """The plain sum of the listed rows."""
    columns = {name: [int(x) for x in found.rows[name].dropna()] for name in SUMMED}
    return Measures(**{name: sum(values) if values else None for name, values in columns.items()})


def test_the_rows_add_up_to_every_figure_of_the_sample(sample: tuple[Store, StoredPlan]) -> None:
    """Every channel and week, each channel to date, each week of all, and everything: the rows make the figure."""
    store, plan = sample
    found = reviewed(store, plan)
    assert len(found.actual) == 7
    assert len(found.weeks) == 10
    for key in ("", *found.actual):
        keys = [key] if key else list(found.actual)
        for weeks in (range(len(found.weeks)), *([t] for t in range(len(found.weeks)))):
            shown = total(found.actual[k][t] for k in keys for t in weeks)
            origin = desk.origin(store, plan, [found.weeks[t] for t in weeks], key)
            assert (origin.sums, added(origin)) == (shown, shown)
            assert not origin.converted


def test_each_row_is_named_by_file_and_line(sample: tuple[Store, StoredPlan]) -> None:
    """A listed row holds the spend that stands in that line of that file."""
    store, plan = sample
    found = desk.origin(store, plan, [MONDAY], "meta_prospecting").rows
    names = {record.name: record.import_id for record in store.imports(plan.workspace_id)}
    one = found.iloc[0]
    kept = store.original(plan.workspace_id, names[one["file"]])
    assert kept is not None
    text = kept[1].decode("utf-8-sig").splitlines()[one["row"] - 1]
    assert one["campaign"] in text
    assert one["start"].date().isoformat() in text


def test_rows_of_an_unknown_line_are_the_platforms_unmatched(own: tuple[Store, StoredPlan]) -> None:
    """What is matched to nothing, or to a line that this plan lacks, stands behind "not matched"."""
    store, plan = own
    firm = plan.workspace_id
    names = ("mine", "gone", "nobody")
    rows = [
        row(date_day=MONDAY, campaign_id=name, campaign_name=name, spend_micros=n + 1) for n, name in enumerate(names)
    ]
    store.add_import(firm, reading(*rows), b"x")
    campaigns = store.campaigns(firm)
    slots, account = (
        dict(zip(campaigns["campaign_name"], campaigns["campaign_slot"], strict=True)),
        campaigns["account_id"][0],
    )
    owners = {"mine": "meta-prospecting", "gone": "no-such-line"}
    store.set_matches(firm, [CampaignMatch("meta", account, slots[n], "t", key) for n, key in owners.items()])
    found = reviewed(store, plan)
    for key, expected in (("meta-prospecting", {"mine"}), ("unmatched:meta", {"gone", "nobody"})):
        origin = desk.origin(store, plan, found.weeks, key)
        assert set(origin.rows["campaign"]) == expected
        assert origin.sums == total(found.actual[key]) == added(origin)


def test_clicks_are_those_that_the_review_counts(own: tuple[Store, StoredPlan]) -> None:
    """Where a row tells link clicks apart, the channel's week counts these, and a row without them adds none."""
    store, plan = own
    said = (("a", 50, 7), ("b", 20, None))
    rows = [
        row(date_day=MONDAY, campaign_id=name, campaign_name=name, clicks=clicks, link_clicks=link)
        for name, clicks, link in said
    ]
    store.add_import(plan.workspace_id, reading(*rows), b"x")
    origin = desk.origin(store, plan, [MONDAY])
    assert origin.sums == total(reviewed(store, plan).actual["unmatched:meta"])
    assert (origin.sums.clicks, added(origin).clicks) == (7, 7)


def test_rows_in_another_currency_are_listed_as_they_are(own: tuple[Store, StoredPlan]) -> None:
    """The rows keep their dollars; the sum is in manat at the rate of the week, as on the screen."""
    store, plan = own
    firm = plan.workspace_id
    store.add_import(firm, reading(row(date_day=MONDAY, spend_micros=10_000_001, currency="USD"), currency="USD"), b"x")
    store.set_rate(firm, Rate(MONDAY - timedelta(days=30), "USD", "AZN", 1_700_000_000))
    origin = desk.origin(store, plan, [MONDAY])
    assert origin.converted
    assert list(origin.rows["spend_micros"]) == [10_000_001]
    assert origin.sums.spend_micros == 17_000_002
    assert origin.sums == total(reviewed(store, plan).actual["unmatched:meta"])


def test_nothing_uploaded_has_no_rows(own: tuple[Store, StoredPlan]) -> None:
    """An empty store gives an empty list and unknown sums."""
    store, plan = own
    origin = desk.origin(store, plan, [MONDAY], "meta-prospecting")
    assert (len(origin.rows), origin.files, origin.sums) == (0, 0, Measures())
