"""Three Mondays on the sample firm: upload, review, decide, see what it did, correct, close the month, approve."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from budget.plan import StoredPlan
from budget.store import Decision, Store, open_store
from budget.weeks import WEEK
from sample_data.next_weeks import CORRECTED, MORNINGS, Moves, correction, exports_on
from tests.browser import weeks
from tests.browser.hands import press, title
from tests.browser.planned import planned
from tests.browser.server import serving
from tests.browser.visit import Visit, visiting
from tests.browser.weeks import Told, exact, signed
from tests.pages.sample.truth import MICROS, Sums, cents, whole

FIRST, SECOND, THIRD = MORNINGS
CLOSED = "2026-W47"
NOVEMBER = date(2026, 11, 1), date(2026, 12, 1)
UNFOLD = """() => document.querySelectorAll('[data-testid="stExpander"] details:not([open]) > summary')
  .forEach(part => part.click())"""
TABLES = """() => [...document.querySelectorAll('[data-testid="stTable"] table')].map(
  table => [...table.rows].map(row => [...row.cells].map(cell => cell.innerText.trim())))"""


@dataclass
class Firm:
    """The sample firm over the weeks: where it keeps its data, and what was decided."""

    folder: Path
    browser: Browser
    moves: Moves = field(default_factory=Moves)

    @contextmanager
    def monday(self, day: date) -> Iterator[Visit]:
        """A visit on that Monday, to a server that was started anew."""
        with serving(self.folder, {"PAYOFF_TODAY": day.isoformat()}) as url, visiting(self.browser, url) as visit:
            visit.page.set_default_timeout(60_000)
            yield visit

    @contextmanager
    def store(self) -> Iterator[tuple[Store, int]]:
        """The same store read beside the server, and the firm in it."""
        opened = open_store(f"sqlite:///{self.folder / 'payoff.db'}")
        yield opened, opened.workspaces()[0].workspace_id
        opened.close()

    def plan(self, status: str) -> StoredPlan:
        """The newest plan of this status."""
        with self.store() as (store, firm):
            heads = [head for head in store.plans(firm) if head.status == status]
            return store.plan(firm, max(heads, key=lambda head: head.plan_id).plan_id)

    def decisions(self) -> tuple[Decision, ...]:
        """What was decided about money."""
        with self.store() as (store, firm):
            return tuple(one for one in store.decisions(firm) if one.action in ("scale", "cut"))


@pytest.fixture
def firm(browser: Browser, sample_database: bytes, tmp_path: Path) -> Firm:
    """The sample firm before its first Monday."""
    (tmp_path / "payoff.db").write_bytes(sample_database)
    return Firm(tmp_path, browser)


def test_three_mondays(firm: Firm) -> None:
    """Every figure on the way equals plain arithmetic from the plan file and the market's truth."""
    with firm.monday(FIRST) as visit:
        baseline = firm.plan("locked")
        uploaded(visit, firm, FIRST)
        reviewed(visit, Told.on(FIRST, firm.moves), baseline.budget_micros)
        seen_alert(visit)
        week_closed(visit, Told.on(FIRST, firm.moves))
        decided(visit, firm)
    with firm.monday(SECOND) as visit:
        uploaded(visit, firm, SECOND)
        reviewed(visit, Told.on(SECOND, firm.moves), firm.plan("draft").budget_micros)
        expect(visit.page.get_by_text("Too early:")).to_have_count(len(firm.decisions()))
    with firm.monday(THIRD) as visit:
        uploaded(visit, firm, THIRD)
        corrected(visit, firm)
        effects_seen(visit, firm)
        month_closed(visit, firm)
        approved(visit, firm)
    assert firm_baseline(firm, baseline.plan_id) == baseline


def dropped(visit: Visit, files: dict[str, bytes]) -> None:
    """Files are dropped on the Upload screen."""
    visit.go("/upload")
    named = [{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files.items()]
    visit.page.locator("input[type=file]").first.set_input_files(named)  # type: ignore[arg-type]  # dicts are payloads
    count = len(files)
    expect(title(visit)).to_contain_text(re.compile(f"^{count} files? read"), timeout=30_000)
    visit.settled()


def uploaded(visit: Visit, firm: Firm, morning: date) -> None:
    """The week's three exports are saved; no question is asked, as later looks at the same days are dated."""
    dropped(visit, exports_on(morning, firm.moves))
    expect(title(visit)).to_have_text("3 files read")
    press(visit, "go_save")
    expect(visit.page.get_by_text("3 files saved.")).to_be_visible()


def tables(visit: Visit) -> list[list[list[str]]]:
    """Every table that is on the page, folded parts opened, as rows of text."""
    visit.page.evaluate(UNFOLD)
    visit.settled()
    found: list[list[list[str]]] = visit.page.evaluate(TABLES)
    return [[[cell.replace("\u00a0", " ").replace("\u2060", "") for cell in row] for row in one] for one in found]


def table(found: list[list[list[str]]], first: str) -> dict[str, dict[str, str]]:
    """The first table whose first column is called so: rows by their first cell, cells by their header."""
    names, *rows = next(one for one in found if one[0][0] == first)
    return {row[0]: dict(zip(names[1:], row[1:], strict=True)) for row in rows}


def amount(text: str) -> Decimal:
    """`−AZN 1,234.50` as a number."""
    return Decimal(text.replace("AZN", "").replace(",", "").replace("−", "-").replace("+", "").replace(" ", ""))


def reviewed(visit: Visit, told: Told, budget_micros: int) -> None:
    """Spend, conversions and profit to date; the drivers' sum; what to spend a day on the way to the end."""
    visit.go("/review")
    found, sums = tables(visit), told.sums()
    measures = table(found, "Measure")
    assert measures["Spend"]["Actual"] == cents(Decimal(sums.spend) / MICROS)
    assert measures["Conversions"]["Actual"] == whole(Decimal(sums.conversions) / MICROS)
    income = table(found, "Item")
    assert income["Net revenue"]["Actual"] == exact(weeks.net_revenue(sums))
    assert income["After media"]["Actual"] == exact(weeks.after_media(sums))
    assert income["Profit"]["Actual"] == exact(weeks.profit(sums, weeks.FIRST, told.until))
    promise = planned(weeks.FIRST, told.until)
    assert income["Net revenue"]["Planned"] == exact(weeks.net_revenue(promise))
    assert income["After media"]["Planned"] == exact(weeks.after_media(promise))
    assert income["Profit"]["Planned"] == exact(weeks.profit(promise, weeks.FIRST, told.until))
    causes = [amount(row["Effect"]) for row in table(found, "Cause").values()]
    difference = weeks.after_media(sums) - weeks.after_media(promise)
    assert abs(sum(causes) - difference) <= Decimal("0.5") * len(causes)
    pace = table(found, "Platform")["All platforms"]
    assert pace["Budget"] == whole(Decimal(budget_micros) / MICROS)
    assert pace["Spent"] == whole(Decimal(sums.spend) / MICROS)
    assert pace["Needed a day"] == weeks.needed_a_day(budget_micros, sums.spend, told.until)


def seen_alert(visit: Visit) -> None:
    """An alert that was seen is silent, can be taken back, and is silent again."""
    bell = visit.page.locator('[class*="st-key-alert_"]')
    before = bell.count()
    assert before
    for steps, left in ((("Got it",), before - 1), (("Undo",), before), (("Got it",), before - 1)):
        for label in steps:
            visit.page.locator(".st-key-alerts").get_by_role("button", name=label).first.click()
            visit.settled()
        expect(bell).to_have_count(left)


def week_closed(visit: Visit, told: Told) -> None:
    """Last week is read, and closed as it was read."""
    visit.go(f"/review?span={CLOSED}")
    press(visit, "close_period")
    as_read(visit, told.sums(*CORRECTED), CORRECTED.start, CORRECTED.end)
    expect(visit.page.get_by_text("The data still say exactly this.")).to_be_visible()


def as_read(visit: Visit, sums: Sums, start: date, end: date) -> None:
    """A closed period's table holds the truth of its days, to the cent."""
    found = table(tables(visit), "As read")
    for side, of in (("Planned", planned(start, end)), ("Actual", sums)):
        assert {name: row[side] for name, row in found.items()} == {
            "Spend": exact(Decimal(of.spend) / MICROS),
            "Conversions": whole(Decimal(of.conversions) / MICROS),
            "Net revenue": exact(weeks.net_revenue(of)),
            "After media": exact(weeks.after_media(of)),
            "Profit": exact(weeks.profit(of, start, end)),
        }


def decided(visit: Visit, firm: Firm) -> None:
    """What is suggested is taken: lines are scaled and cut; the plan moves by exactly that, the baseline not."""
    before, baseline = firm.plan("draft"), firm.plan("locked")
    visit.page.get_by_role("button", name="Save and re-forecast").click()
    visit.settled()
    found = firm.decisions()
    assert {one.action for one in found} == {"scale", "cut"}
    assert {one.week_start for one in found} == {FIRST}
    after, own = firm.plan("draft"), weeks.plan_weeks()
    for one in found:
        coming = {key: paid for key, paid in own.items() if key[0] == one.line_key and key[1] >= FIRST}
        assert one.before_micros == sum(coming.values()) // len(coming)
        moved = sum(w.budget_micros for w in after.weeks if (w.line_key, w.week_start) in coming)
        assert moved == (one.amount_micros or 0) * len(coming)
        promised_without(one, Told.on(FIRST, firm.moves))
    gain = sum((one.amount_micros or 0) - (one.before_micros or 0) for one in found) * 2
    assert after.budget_micros == before.budget_micros + gain == sum(own.values()) + gain
    assert firm.plan("locked") == baseline
    expect(visit.page.get_by_text("its forecast is kept")).to_be_visible()
    firm.moves = Moves(tuple((str(one.line_key), FIRST, (one.amount_micros or 0) / (one.before_micros or 1))
                             for one in found))  # fmt: skip


def promised_without(one: Decision, told: Told) -> None:
    """What the line should make without the decision lies within a week's luck of what its own weeks made so far."""
    for paid, _, without in one.basis["weeks"].values():
        middle, luck = weeks.usual_profit(told, str(one.line_key), paid, Decimal(str(one.basis["caused"])))
        assert abs(without / MICROS - middle) < luck


def effects_seen(visit: Visit, firm: Firm) -> None:
    """Two Mondays later each decision's effect is its line's profit of a week less what was promised without."""
    told = Told.on(THIRD, firm.moves)
    for one in firm.decisions():
        observed = change(one, told.sums(FIRST, FIRST + WEEK, str(one.line_key)))
        row = visit.page.locator(f".st-key-action_{one.decision_id}")
        expect(row).to_contain_text(
            f"Observed {signed(observed).replace('AZN ', 'AZN' + chr(160))} a week, over 1 full"
        )
        low, high = (Decimal(x or 0) / MICROS for x in (one.expected_low_micros, one.expected_high_micros))
        verdict = "failed" if observed < low else "worked" if observed > 0 else "no evidence"
        expect(row).to_contain_text(verdict)
        assert low <= high


def change(one: Decision, sums: Sums) -> Decimal:
    """Profit after media of the week at the share that the decision was priced at, less what it kept as the promise."""
    _, _, without = one.basis["weeks"][FIRST.isoformat()]
    return weeks.after_media(sums, Decimal(str(one.basis["caused"]))) - Decimal(without) / MICROS


def corrected(visit: Visit, firm: Firm) -> None:
    """Google's later report of the closed week: asked which is newer, saved; the closing says what was and what is."""
    dropped(visit, correction(firm.moves))
    visit.page.get_by_role("button", name="This file").click()
    visit.settled()
    press(visit, "go_save")
    visit.go(f"/review?span={CLOSED}")
    then, now = (told.sums(*CORRECTED) for told in (Told.on(FIRST, firm.moves),
                                                    Told.on(THIRD, firm.moves, corrected=True)))  # fmt: skip
    assert now.spend < then.spend
    as_read(visit, then, CORRECTED.start, CORRECTED.end)
    restated = table(tables(visit), "Figure")
    paid = {name: Decimal(x.spend) / MICROS for name, x in (("then", then), ("now", now))}
    assert restated["Spend · actual"] == {
        "As read": exact(paid["then"]), "Now": exact(paid["now"]), "Difference": signed(paid["now"] - paid["then"]),
    }  # fmt: skip
    assert restated["After media · actual"]["As read"] == exact(weeks.after_media(then))
    assert restated["After media · actual"]["Now"] == exact(weeks.after_media(now))


def month_closed(visit: Visit, firm: Firm) -> None:
    """November is closed by its own days, corrected as it is by then; the working plan is proposed."""
    visit.go("/review?span=2026-11")
    press(visit, "close_period")
    as_read(visit, Told.on(THIRD, firm.moves, corrected=True).sums(*NOVEMBER), *NOVEMBER)
    with firm.store() as (store, number):
        (month,) = [one for one in store.closings(number) if one.kind == "month"]
    income = month.body["income"]
    assert sum(month.body["drivers"].values()) == income["actual"]["after_media"] - income["plan"]["after_media"]
    visit.page.get_by_role("button", name="Propose for approval").click()
    press(visit, "plan_propose")


def approved(visit: Visit, firm: Firm) -> None:
    """The owner approves on the Overview exactly the plan that was decided on; results then stand against it."""
    proposed = firm.plan("proposed")
    visit.go()
    press(visit, f"go_approve_{proposed.plan_id}")
    press(visit, "go_lock_sure")
    locked = firm.plan("locked")
    assert (locked.lines, locked.weeks) == (proposed.lines, proposed.weeks)
    sums = Told.on(THIRD, firm.moves, corrected=True).sums()
    shown = table(tables(visit), "Item")
    assert amount(shown["Spend"]["Actual"]) == (Decimal(sums.spend) / MICROS).quantize(Decimal("0.01"))
    assert amount(shown["Profit after media"]["Actual"]) == weeks.after_media(sums).quantize(Decimal("0.01"))
    assert visit.page.get_by_text("waits for your approval").count() == 0
    assert locked.budget_micros != sum(weeks.plan_weeks().values())


def firm_baseline(firm: Firm, plan_id: int) -> StoredPlan:
    """The first baseline as it is stored by now."""
    with firm.store() as (store, number):
        return store.plan(number, plan_id)
