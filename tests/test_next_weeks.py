"""The exports of the coming Mondays go on where the sample ends, restate what came in late, and say their truth."""

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from sample_data.make import FOLDER
from sample_data.market import deliveries
from sample_data.nar_ev import CAMPAIGNS, REPORTED
from sample_data.next_weeks import (
    CORRECTED,
    LOOK_BACK,
    MORNINGS,
    Moves,
    correction,
    exports_on,
    market,
    sales_on,
    truth_on,
)
from tests.test_samples import added, platform, split

MONDAY = MORNINGS[0]
MOVES = Moves((("google_search", MONDAY, 1.25), ("tiktok_prospecting", MONDAY, 0.75)))


def written(folder: Path, files: dict[str, bytes]) -> list[Path]:
    """The files on disk."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return sorted(folder / name for name in files)


def test_the_ten_weeks_of_the_sample_are_as_in_its_files() -> None:
    """The market of thirteen weeks begins with exactly the deliveries that the committed files were made of."""
    assert [row for row in market(Moves()) if row.day < REPORTED.end] == deliveries(CAMPAIGNS, REPORTED)


def test_a_decision_changes_no_earlier_day() -> None:
    """Money moved from a Monday on leaves all that was delivered before; from then on it is spent."""
    moved = [(r.spend_micros, r.orders) for r in market(MOVES) if r.day < MONDAY]
    assert moved == [(r.spend_micros, r.orders) for r in market(Moves()) if r.day < MONDAY]
    for line, _, factor in MOVES.factors:
        assert spent(line, MOVES) / spent(line, Moves()) == pytest.approx(factor, rel=0.05)


def spent(line: str, moves: Moves) -> int:
    """What a line spent from the Monday on."""
    return sum(row.spend_micros for row in market(moves) if row.campaign.line_key == line and row.day >= MONDAY)


@pytest.mark.parametrize("morning", MORNINGS, ids=str)
def test_files_hold_what_the_truth_says(morning: date, tmp_path: Path) -> None:
    """Spend, impressions, orders and value of the last four weeks, read without our readers, are the truth's."""
    for path in written(tmp_path, exports_on(morning, MOVES)):
        rows, name = split(path)[0], platform(path)
        cells = [cell for (network, _, day), cell in truth_on(morning, MOVES).items()
                 if network == name and day >= morning - LOOK_BACK]  # fmt: skip
        assert int((added(rows, "spend") or 0) * 10**6) == sum(cell.spend_micros for cell in cells)
        assert added(rows, "impressions") == sum(cell.impressions for cell in cells)
        assert added(rows, "conversions") == Decimal(sum(cell.credits for cell in cells)) / 100
        assert int((added(rows, "value") or 0) * 10**6) == sum(cell.value_micros for cell in cells)


def test_later_files_restate_earlier_days() -> None:
    """Orders of the same days only grow from Monday to Monday, and some days do grow; money stays."""
    for earlier, later in pairwise(MORNINGS):
        before, after = truth_on(earlier), truth_on(later)
        assert all(after[key].credits >= cell.credits for key, cell in before.items())
        assert all(after[key].spend_micros == cell.spend_micros for key, cell in before.items())
        assert sum(after[key].credits for key in before) > sum(cell.credits for cell in before.values())


def test_the_correction_takes_money_from_one_week_of_google_alone(tmp_path: Path) -> None:
    """Four of a hundred go back, cent by cent; every other day stays."""
    (path,) = written(tmp_path, correction(MOVES))
    before, after = truth_on(MORNINGS[-1], MOVES), truth_on(MORNINGS[-1], MOVES, corrected=True)
    changed = {key for key in before if before[key] != after[key]}
    assert {(name, CORRECTED.start <= day < CORRECTED.end) for name, _, day in changed} == {("google", True)}
    paid = sum(after[key].spend_micros for key in changed)
    assert int((added(split(path)[0], "spend") or 0) * 10**6) == paid
    assert paid / sum(before[key].spend_micros for key in changed) == pytest.approx(0.96, abs=0.0005)


def test_weekly_sales_go_on_from_the_pasted_ones() -> None:
    """The weeks that the sample's plan file holds are unchanged; each Monday brings one more."""
    kept = tomllib.loads((FOLDER / "nar_ev" / "plan.toml").read_text("utf-8"))["sales_weekly"]
    for morning in MORNINGS:
        found = sales_on(morning)
        assert {week.isoformat(): amount for week, amount in found.items() if week < REPORTED.end} == kept
        assert max(found) == morning - timedelta(days=7)
