"""The samples are reproducible, agree with themselves, and are what their truth says, read without our own readers."""

import csv
import json
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from budget.exports import read_export
from budget.forecast import Forecast, forecast
from budget.money import micros
from budget.sample import open_sample
from budget.store import Store, Workspace, open_store
from sample_data.make import FOLDER, files, make

Row = Mapping[str, str]
Key = tuple[str, str, str]
MEASURES = ("spend_micros", "impressions", "clicks", "link_clicks", "conversions_micros", "value_micros")
WORDS = {
    "Kampanya Adı": "campaign", "Название кампании": "campaign", "Campaign name": "campaign", "Campaign": "campaign",
    "Reklam Seti Adı": "group", "Название группы объявлений": "group", "Ad set name": "group",
    "Ad group name": "group", "Gün": "day", "День": "day", "Day": "day", "By Day": "day", "Week": "day",
    "Harcanan Tutar (AZN)": "spend", "Потраченная сумма (AZN)": "spend", "Amount spent (AZN)": "spend",
    "Cost": "spend", "Gösterim": "impressions", "Показы": "impressions", "Impressions": "impressions",
    "Impr.": "impressions", "Tıklamalar (Tümü)": "clicks", "Клики (все)": "clicks", "Clicks (all)": "clicks",
    "Clicks": "clicks", "Bağlantı Tıklamaları": "link_clicks", "Клики по ссылке": "link_clicks",
    "Link clicks": "link_clicks", "Clicks (destination)": "link_clicks", "Alışverişler": "conversions",
    "Покупки": "conversions", "Purchases": "conversions", "Conversions": "conversions",
    "Alışveriş dönüşüm değeri": "value", "Ценность конверсии покупок": "value",
    "Purchases conversion value": "value", "Conv. value": "value", "Complete payment value": "value",
}  # fmt: skip
FIRMS = ("nar_ev", "nar_ev_year_before", "own_upload")
PAGES = "nar_ev_pages"
NAR_EV = ("nar_ev_year_before", "nar_ev")
WEEKLY = "nar_ev_year_before"


def exports(firm: str) -> list[Path]:
    """The export files of a firm, older looks first."""
    written = json.loads((FOLDER / firm / "truth.json").read_text("utf-8"))["files"]
    return [FOLDER / firm / name for name in sorted(written, key=lambda name: (written[name], name))]


def cells(path: Path) -> list[list[str]]:
    """The file as a table of text, by Python's csv and openpyxl alone."""
    if path.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(path).worksheets[0]
        return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    data = path.read_bytes()
    text = data.decode("utf-16") if data[:2] == b"\xff\xfe" else data.decode("utf-8-sig")
    rows = list(csv.reader(text.splitlines(), delimiter="\t" if "\t" in text else ","))
    return rows[2:] if rows[0] == ["Campaign report"] else rows


def split(path: Path) -> tuple[list[Row], list[Row]]:
    """Detail rows and summary rows with our words for their columns."""
    header, *body = cells(path)
    rows = [dict(zip([WORDS.get(name, name) for name in header], row, strict=True)) for row in body]
    detail: list[Row] = [row for row in rows if row["day"].startswith("202")]
    return detail, [row for row in rows if not row["day"].startswith("202")]


def number(text: str) -> Decimal | None:
    """A cell as an exact number; None for a placeholder."""
    return None if text.strip() in {"", "-", "--"} else Decimal(text.replace(",", ""))


def added(rows: Sequence[Row], column: str) -> Decimal | None:
    """The exact sum of a column; None where no cell says anything."""
    found = [value for row in rows if column in row and (value := number(row[column])) is not None]
    return sum(found, Decimal(0)) if found else None


def platform(path: Path) -> str:
    """Which platform's file this is, by its header."""
    header = cells(path)[0]
    return "google" if "Impr." in header else "tiktok" if "By Day" in header else "meta"


def monday(day: str) -> str:
    """The Monday of the week of an ISO day, or of the first day of a range."""
    found = date.fromisoformat(day[:10])
    return (found - timedelta(days=found.weekday())).isoformat()


def sums(firm: str) -> dict[Key, dict[str, int | None]]:
    """All exports of a firm, the newer look at an ad set's day replacing the older, by platform, campaign and week."""
    newest: dict[tuple[str, str, str, str], Row] = {}
    for path in exports(firm):
        name = platform(path)
        for row in split(path)[0]:
            newest[name, row["campaign"], row.get("group", ""), row["day"]] = row
    grouped: dict[Key, list[Row]] = defaultdict(list)
    for (name, campaign, _, day), row in newest.items():
        grouped[name, campaign, monday(day)].append(row)
    return {key: measures(rows) for key, rows in grouped.items()}


def measures(rows: Sequence[Row]) -> dict[str, int | None]:
    """The measures of the truth, as whole numbers."""
    result: dict[str, int | None] = {}
    for measure in MEASURES:
        total = added(rows, measure.removesuffix("_micros"))
        result[measure] = None if total is None else int(total * (1_000_000 if measure.endswith("_micros") else 1))
    return result


def plan() -> dict[str, Any]:
    """The sample's plan file."""
    return tomllib.loads((FOLDER / "nar_ev" / "plan.toml").read_text("utf-8"))


def test_the_bytes_come_out_the_same(tmp_path: Path) -> None:
    """Two runs of the script and the committed folders hold the same files with the same bytes."""
    for name in ("first", "second"):
        make(tmp_path / name)
    for run in (tmp_path / "first", tmp_path / "second"):
        made = {p.relative_to(run).as_posix(): p.read_bytes() for p in run.rglob("*") if p.is_file()}
        assert made == files()
    kept = {f"{firm}/{p.name}": p.read_bytes() for firm in (*FIRMS, PAGES) for p in (FOLDER / firm).iterdir()}
    assert kept == files()


@pytest.mark.parametrize("firm", FIRMS)
def test_truth_is_the_sum_of_the_files(firm: str) -> None:
    """Every platform, campaign and week of the truth equals the sum of the newest rows in the files, to the micro."""
    truth = json.loads((FOLDER / firm / "truth.json").read_text("utf-8"))
    told = {(r["platform"], r["campaign"], r["week_start"]): {m: r[m] for m in MEASURES} for r in truth["rows"]}
    assert len(told) == len(truth["rows"]) > 8
    assert told == sums(firm)


@pytest.mark.parametrize("path", [p for firm in FIRMS for p in exports(firm)], ids=lambda p: p.name)
def test_declared_totals_agree_with_the_rows(path: Path) -> None:
    """Each summary row equals the sum of its rows: counts exactly, Google's rounded cost within half a cent a row."""
    detail, totals = split(path)
    assert totals
    for total in totals:
        scope = [row for row in detail if row.get("Campaign type", "") in total_kinds(total)]
        slack = Decimal("0.005") * (len(scope) + 1) if platform(path) == "google" else Decimal(0)
        for column in ("impressions", "clicks", "link_clicks", "conversions", "value"):
            if column in total:
                assert added(scope, column) == number(total[column]), column
        assert abs((added(scope, "spend") or Decimal(0)) - (number(total["spend"]) or Decimal(0))) <= slack


def total_kinds(total: Row) -> set[str]:
    """Campaign types that a summary row covers."""
    label = total.get("Campaign status", "").removeprefix("Total: ")
    return {label} if label in {"Search", "Display"} else {"Search", "Display", ""}


def truths() -> list[dict[str, Any]]:
    """All rows of the truth of Nar Ev, the year before and the plan's weeks."""
    return [row for firm in NAR_EV for row in json.loads((FOLDER / firm / "truth.json").read_text("utf-8"))["rows"]]


def test_google_rounds_its_rows() -> None:
    """The Google file of Nar Ev differs from its own total by some cents, as real files do."""
    path = next(p for p in exports("nar_ev") if platform(p) == "google")
    detail, totals = split(path)
    assert [row["Campaign status"] for row in totals][:2] == ["Total: Campaigns", "Total: Account"]
    assert 0 < abs((added(detail, "spend") or Decimal(0)) - (number(totals[0]["spend"]) or Decimal(0))) < 1


def test_the_newer_meta_file_restates_two_weeks() -> None:
    """Weeks five and six stand in both Meta files: the same ad sets and spend, more orders in the newer one."""
    older, newer = (split(p)[0] for p in exports("nar_ev") if platform(p) == "meta")
    days = {row["day"] for row in older} & {row["day"] for row in newer}
    assert (min(days), max(days), len(days)) == ("2026-10-05", "2026-10-18", 14)
    here, there = ([row for row in rows if row["day"] in days] for rows in (older, newer))
    assert {(r["campaign"], r["group"], r["day"]) for r in here} == {
        (r["campaign"], r["group"], r["day"]) for r in there
    }
    assert added(here, "spend") == added(there, "spend")
    early, late = added(here, "conversions"), added(there, "conversions")
    assert early is not None
    assert late is not None
    assert late > early * Decimal("1.03")


def test_files_are_written_as_the_platforms_write_them() -> None:
    """Encodings, delimiters, preambles, placeholders and typed cells are those of the real exports."""
    csv_file, xlsx = (p for p in exports("nar_ev") if platform(p) == "meta")
    google = next(p for p in exports("nar_ev") if platform(p) == "google").read_bytes()
    tiktok = next(p for p in exports("nar_ev") if platform(p) == "tiktok")
    assert csv_file.read_bytes().startswith(b"\xef\xbb\xbfRapor Ba")
    assert google.startswith(b"\xff\xfe")
    lines = google.decode("utf-16").split("\n")
    assert lines[:2] == ["Campaign report", '"September 7, 2026 - November 15, 2026"']
    assert "\t --\t" in lines[-2]
    typed = next(iter(openpyxl.load_workbook(xlsx).worksheets[0].iter_rows(min_row=3, max_row=3, values_only=True)))
    assert [type(typed[at]) for at in (2, 5, 6)] == [str, float, int]
    rows = list(openpyxl.load_workbook(tiktok).worksheets[0].iter_rows(values_only=True))
    assert all(isinstance(cell, str) for row in rows for cell in row)
    assert rows[-1][0] == f"Total of {len(rows) - 2} results"
    assert any("-" in row[6:] for row in rows[1:-1])


def test_the_plan_adds_up() -> None:
    """Weeks of each line are Mondays of its flight and sum to its budget; all lines together are 84,000 manat."""
    lines = plan()["line"]
    for line in lines:
        weeks = {date.fromisoformat(week): amount for week, amount in line["weeks"].items()}
        assert sum(weeks.values()) == line["budget"]
        assert all(week.weekday() == 0 and line["start_date"] <= week < line["end_date"] for week in weeks)
        assert len(weeks) == (line["end_date"] - line["start_date"]).days / 7
        assert len(set(weeks.values())) > 2
    assert sum(line["budget"] for line in lines) == 84_000
    assert min(line["start_date"] for line in lines) == date(2026, 9, 7)
    assert max(line["end_date"] for line in lines) == date(2026, 12, 7)


def test_plan_ranges_are_in_order() -> None:
    """Each range of the plan is low <= likely <= high, and every line names a known audience."""
    body = plan()
    audiences = {audience["audience_key"] for audience in body["audience"]}
    for line in body["line"]:
        assert line["audience_key"] in audiences
        for key in ("cpm", "ctr", "cvr", "audience"):
            low, likely, high = line[key]
            assert 0 < low <= likely <= high
    assert body["business"]["incrementality"] == [0.55, 0.68, 0.8]


def test_one_campaign_was_never_planned() -> None:
    """All campaigns but the Novruz test belong to a line of the plan, and every line has a campaign."""
    truth = json.loads((FOLDER / "nar_ev" / "truth.json").read_text("utf-8"))["rows"]
    assert {r["campaign"][:11] for r in truths() if r["line_key"] is None} == {"Novruz test"}
    assert {r["line_key"] for r in truth if r["line_key"]} == {line["line_key"] for line in plan()["line"]}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Workspace, list[tuple[int, int, str]]]]:
    """The sample in a store of its own whose clock stands years before the sample's dates, and what was told."""
    path = tmp_path_factory.mktemp("sample") / "payoff.db"
    store = open_store(f"sqlite:///{path}", clock=lambda: datetime(2025, 1, 1, tzinfo=UTC))
    told: list[tuple[int, int, str]] = []
    workspace = open_sample(store, progress=lambda done, steps, what: told.append((done, steps, what)))
    yield store, workspace, told
    store.close()


Opened = tuple[Store, Workspace, list[tuple[int, int, str]]]


@pytest.mark.parametrize("path", [p for firm in FIRMS for p in exports(firm)], ids=lambda p: p.name)
def test_our_reader_asks_nothing(path: Path) -> None:
    """Each sample export is read without a question and without anything worse than a note."""
    reading = read_export(path.name, path.read_bytes(), today=date(2026, 11, 16))
    assert reading.questions == ()
    assert {finding.code for finding in reading.findings if finding.severity != "info"} == set()
    grain = "week" if path.parent.name == WEEKLY else "day"
    assert (reading.platform, reading.currency, reading.grain) == (platform(path), "AZN", grain)
    assert len(reading.frame) == len(split(path)[0])


def test_the_store_holds_the_truth(opened: Opened) -> None:
    """After opening the sample, every campaign and week in the store equals the truth to the micro, in any year."""
    store, workspace, _ = opened
    names = {
        (row["platform"], row["campaign_slot"]): row["campaign_name"]
        for row in store.campaigns(workspace.workspace_id).to_dict("records")
    }
    facts = store.facts(workspace.workspace_id, by=("platform", "campaign_slot")).to_dict("records")
    held = {
        (row["platform"], names[row["platform"], row["campaign_slot"]], row["week_start"].date().isoformat()): {
            measure: None if pd.isna(row[measure]) else int(row[measure]) for measure in MEASURES
        }
        for row in facts
    }
    assert held == {(r["platform"], r["campaign"], r["week_start"]): {m: r[m] for m in MEASURES} for r in truths()}


def test_campaigns_are_matched_but_for_one(opened: Opened) -> None:
    """Each campaign belongs to the line that the truth names; the unplanned one belongs to none."""
    store, workspace, _ = opened
    held = {
        row["campaign_name"]: None if pd.isna(row["line_key"]) else row["line_key"]
        for row in store.campaigns(workspace.workspace_id).to_dict("records")
    }
    assert held == {row["campaign"]: row["line_key"] for row in truths()}
    assert list(held.values()).count(None) == 1


def test_no_day_is_missing(opened: Opened) -> None:
    """From the first day of the year before to the last reported one, every platform that ran has data."""
    store, workspace, _ = opened
    coverage = store.coverage(workspace.workspace_id).to_dict("records")
    assert {row["platform"]: int(row["missing_days"]) for row in coverage} == dict.fromkeys(
        ("meta", "google", "tiktok"), 0
    )
    assert min(row["first_day"] for row in coverage) == pd.Timestamp(2025, 9, 8)


def test_the_plan_is_stored_and_locked(opened: Opened) -> None:
    """The baseline is a locked copy of the draft and holds the plan file's lines, weeks, costs, goal and sources."""
    store, workspace, _ = opened
    firm, body = workspace.workspace_id, plan()
    heads = {head.status: head for head in store.plans(firm)}
    assert set(heads) == {"draft", "locked"}
    locked, draft = (store.plan(firm, heads[status].plan_id) for status in ("locked", "draft"))
    assert locked.based_on_plan_id == draft.plan_id
    assert (locked.lines, locked.weeks, locked.assumptions) == (draft.lines, draft.weeks, draft.assumptions)
    assert {line.line_key: line.budget_micros for line in locked.lines} == {
        line["line_key"]: micros(line["budget"]) for line in body["line"]
    }
    for line in locked.lines:
        assert sum(w.budget_micros for w in locked.weeks if w.line_key == line.line_key) == line.budget_micros
    assert {cost.kind: cost.amount_micros for cost in locked.costs} == {
        kind: micros(amount) for kind, amount in body["costs_monthly"].items()
    }
    assert locked.objectives[0].target_micros == micros(body["objective"]["target"])
    assert all(a.source for a in locked.assumptions)
    stored = {a.key: (a.low, a.likely, a.high) for a in locked.assumptions if a.scope == "business"}
    assert set(stored) == set(body["business"])
    assert stored["order_value"] == (52, 58, 64)


def test_the_plan_earns_modestly(opened: Opened) -> None:
    """The plan is worth signing but not safe: likely profit above 0, P(goal) near a half, P(loss) well above 0."""
    store, workspace, _ = opened
    head = next(head for head in store.plans(workspace.workspace_id) if head.status == "locked")
    found = forecast(store.plan(workspace.workspace_id, head.plan_id), seed=(1,))
    assert isinstance(found, Forecast)
    assert found.findings == ()
    assert 0 < found.pnl.profit < 0.2 * found.pnl.programme_cost
    assert found.p_target is not None
    assert 0.35 < found.p_target < 0.7
    assert 0.15 < found.p_loss < 0.45


def test_opening_again_changes_nothing(opened: Opened) -> None:
    """A second call returns the same workspace and adds neither plan nor import nor data version."""
    store, workspace, told = opened
    before = (store.plans(workspace.workspace_id), store.imports(workspace.workspace_id))
    assert open_sample(store) == workspace
    assert (store.plans(workspace.workspace_id), store.imports(workspace.workspace_id)) == before
    assert len(store.workspaces()) == 1
    assert told[-1] == (11, 11, "plan")
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)


def test_a_broken_off_opening_is_completed(tmp_path: Path) -> None:
    """Stopped after the second file, the next call takes the rest: six files, the pasted sales and the study, once."""
    store = open_store(f"sqlite:///{tmp_path / 'payoff.db'}")

    def stop(done: int, steps: int, what: str) -> None:
        if done == 2:
            raise InterruptedError(what)

    with pytest.raises(InterruptedError):
        open_sample(store, progress=stop)
    firm = open_sample(store).workspace_id
    assert [len(store.workspaces()), len(store.imports(firm)), len(store.plans(firm))] == [1, 11, 2]
    assert len(store.experiments(firm)) == 1
    store.close()
