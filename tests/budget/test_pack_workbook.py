"""The workbooks of both packs: LibreOffice calculates them anew and finds the screens' figures to the cent."""

import io
import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings

from budget.booked import Books
from budget.outturn import whole_plan
from budget.pack import KINDS, Kind, Pack, pack_of
from budget.pnl import ProfitAndLoss
from budget.present.numbers import UNKNOWN, numbers_for
from budget.present.pack_sheet_words import (
    ADDS_UP,
    BUDGETS_BUDGETS,
    CHECK,
    CLAIMS,
    DAILY,
    INCOME,
    OPTIONAL,
    OUTLOOK,
    PACING,
    SUM,
    SUMMARY,
    WEEKS,
    WHOLE,
    WHY,
)
from budget.present.vocabulary import COSTS, DRIVERS, PNL_STEPS, key_name, line_names
from budget.present.words import words_for
from budget.reports.pack_book import weekly_workbook
from budget.review import review
from budget.weeks import Period
from tests.budget.books import all_recalculated
from tests.budget.builders import week
from tests.budget.made_packs import ATTACKS, attacked_plan, results_of, uploads
from tests.budget.pack_books import (
    LANGS,
    PACKS,
    Cells,
    book,
    cells,
    empty_book,
    exactly,
    is_day,
    pack,
    row_of,
    rows_of,
    same,
    title,
)
from tests.budget.test_review_laws import World, worlds


@pytest.fixture(scope="module")
def calculated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Cells]:
    """Every workbook after LibreOffice calculated it from nothing, and one in which a person changed a figure."""
    books = {f"{kind}-{lang}": book(kind, lang) for kind, lang in PACKS}
    books |= {f"empty-{kind}": empty_book(kind, "en") for kind in KINDS} | {"changed": changed_book()}
    found = all_recalculated(books, tmp_path_factory.mktemp("packs"))
    return {name: cells(data) for name, data in found.items()}


def changed_book() -> bytes:
    """The weekly pack with 1,000 more media of the first channel on the sheet of data."""
    opened: Any = openpyxl.load_workbook(io.BytesIO(book("weekly", "en")))
    sheet = opened["Data"]
    heads = [row for row in sheet.iter_rows() if row[0].value == "Channel"]
    place = [cell.value for cell in heads[1]].index("Media") + 1
    sheet.cell(heads[1][0].row + 1, place).value += 1000
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


def own_statement(of: Pack, side: int) -> dict[str, int]:
    """Micros of each step from the channels' own figures: sums and subtotals computed here."""
    found = of.review
    assert found is not None
    names = ("claimed_net_revenue", "not_booked", "not_caused", "cogs", "fulfilment", "media")
    sums = {name: sum(getattr(pair[side], name) for pair in found.channels.values()) for name in names}
    whole = (found.plan_pnl, found.actual_pnl)[side]
    costs = {name: getattr(whole, name) for name in (*COSTS, "challenges")}
    sums["net_revenue"] = sums["claimed_net_revenue"] - sums["not_booked"] - sums["not_caused"]
    sums["gross_margin"] = sums["net_revenue"] - sums["cogs"]
    sums["after_fulfilment"] = sums["gross_margin"] - sums["fulfilment"]
    sums["after_media"] = sums["after_fulfilment"] - sums["media"]
    sums["team"] = sum(costs[name] for name in COSTS)
    return sums | costs | {"profit": sums["after_media"] - sums["team"] - costs["challenges"]}


@pytest.mark.parametrize(("kind", "lang"), PACKS)
def test_the_statement_is_the_screens(kind: Kind, lang: str, calculated: Mapping[str, Cells]) -> None:
    """Each step, planned, actual and their difference, is the screen's amount to the cent, in both languages."""
    sheet, found = calculated[f"{kind}-{lang}"][title(INCOME, lang)], pack(kind).review
    plan, actual = (own_statement(pack(kind), side) for side in (0, 1))
    assert found is not None
    for step, name in PNL_STEPS.items():
        row = row_of(sheet, title(name, lang))
        assert (plan[step], actual[step]) == (getattr(found.plan_pnl, step), getattr(found.actual_pnl, step))
        wanted = (plan[step], actual[step], actual[step] - plan[step])
        assert all(same(cell, amount) for cell, amount in zip(row[:3], wanted, strict=True)), (step, row, wanted)
    for cost, name in COSTS.items():
        row = row_of(sheet, title(name, lang))
        assert same(row[0], plan[cost])
        assert same(row[1], actual[cost])


@pytest.mark.parametrize("lang", LANGS)
def test_ratios_are_ratios_of_sums(lang: str, calculated: Mapping[str, Cells]) -> None:
    """ROI, POAS, ROAS and MER are computed in the file from its own sums."""
    sheets, found = calculated[f"weekly-{lang}"], pack("weekly").review
    assert found is not None
    for side, (pnl, sums) in enumerate(zip((found.plan_pnl, found.actual_pnl), found.total, strict=True)):
        cost = pnl.media + pnl.team + pnl.challenges
        wanted = {
            "ROI": (pnl.after_fulfilment - cost) / cost,
            "POAS": pnl.after_fulfilment / pnl.media,
            "ROAS": (sums.value_micros or 0) / (sums.spend_micros or 1),
        }
        for name, value in wanted.items():
            assert row_of(sheets[title(INCOME, lang)], name)[side] == pytest.approx(value, rel=1e-9)
    claims = found.claims
    assert claims.total_revenue_micros is not None
    mer = Fraction(claims.total_revenue_micros, claims.marketing_cost_micros or 1)
    assert row_of(sheets[title(CLAIMS, lang)], "MER")[0] == pytest.approx(float(mer), rel=1e-9)
    assert row_of(sheets[title(INCOME, lang)], "MER")[:2] == [UNKNOWN, pytest.approx(float(mer), rel=1e-9)]


@pytest.mark.parametrize("lang", LANGS)
def test_causes_are_the_screens_and_add_up(lang: str, calculated: Mapping[str, Cells]) -> None:
    """Each cause, in total and by channel, is the screen's; the bars are the difference, and the file says so."""
    sheet, found = calculated[f"weekly-{lang}"][title(WHY, lang)], pack("weekly").review
    assert found is not None
    for driver in found.drivers:
        by_channel = [
            sum(one.effect_micros for one in found.drivers_by_channel[key] if one.name == driver.name)
            for key in found.channels
        ]
        row = [cell for cell in row_of(sheet, title(DRIVERS[driver.name], lang)) if isinstance(cell, int | float)]
        for cell, amount in zip(row, [driver.effect_micros, *by_channel], strict=True):
            assert cell == pytest.approx(amount / 1e6, abs=1e-6)
    differences = [after.after_media - before.after_media for before, after in found.channels.values()]
    sums = row_of(sheet, title(SUM, lang))
    assert sums == pytest.approx([x / 1e6 for x in (sum(differences), *differences)], abs=1e-6)
    assert set(row_of(sheet, title(CHECK, lang))) == {title(ADDS_UP, lang)}


@pytest.mark.parametrize("lang", LANGS)
def test_weeks_and_channels_are_the_reviews(lang: str, calculated: Mapping[str, Cells]) -> None:
    """Planned and actual sums of every week, in all and by channel, are the review's; unknown is a dash, never 0."""
    sheet, of = calculated[f"weekly-{lang}"][title(WEEKS, lang)], pack("weekly")
    found = of.to_date
    assert found is not None
    names = {key: key_name(words_for(lang), line_names(words_for(lang), of.plan), key) for key in found.planned}
    rows = {(row[0], row[1].date()): row[3:] for row in rows_of(sheet) if len(row) > 3 and is_day(row[1])}
    everything = words_for(lang).say("All channels")
    for t, (day, *sums) in enumerate(found.by_week()):
        _same_row(rows[everything, day], sums)
        before = found.cumulative[t - 1] if t else (ProfitAndLoss(), ProfitAndLoss())
        for place, side in ((9, 0), (10, 1)):
            profit = found.cumulative[t][side].after_media - before[side].after_media
            assert exactly(rows[everything, day][place], profit)
        for key, name in names.items():
            _same_row(rows[name, day], [found.planned[key][t], found.actual[key][t]])


def _same_row(row: list[Any], sums: list[Any]) -> None:
    for n, measure in enumerate(("spend_micros", "conversions_micros", "value_micros")):
        for m, side in enumerate(sums):
            assert exactly(row[3 * n + m], getattr(side, measure))


@pytest.mark.parametrize("lang", LANGS)
def test_platforms_pace_as_on_the_screen(lang: str, calculated: Mapping[str, Cells]) -> None:
    """Budget, spent, end, required and suggested a day of each platform, to the cent; all platforms are their sum."""
    sheet, of = calculated[f"weekly-{lang}"][title(PACING, lang)], pack("weekly")
    names = ("budget", "spent", "ideal", "projected", "required", "suggested")
    sums = dict.fromkeys(names, 0)
    for one in of.platforms:
        row = row_of(sheet, {"meta": "Meta", "google": "Google", "tiktok": "TikTok"}[one.platform])
        amounts = {name: getattr(one, f"{name}_micros") for name in names}
        assert [row[place] for place in (0, 1, 2, 4, 6, 7)] == pytest.approx(
            [x / 1e6 for x in amounts.values()], abs=1e-6
        )
        assert row[3] == pytest.approx(max(one.budget_micros - one.spent_micros, 0) / 1e6, abs=1e-6)
        sums = {name: sums[name] + amounts[name] for name in names}
    row = row_of(sheet, words_for(lang).say("All platforms"))
    assert [row[place] for place in (0, 1, 2, 4, 6, 7)] == pytest.approx([x / 1e6 for x in sums.values()], abs=1e-6)
    assert of.pacing is not None
    assert sums["required"] == of.pacing.required_day_micros
    days = rows_of(sheet)[[row[0] for row in rows_of(sheet)].index(title(DAILY, lang)) + 2 :]
    assert [row[1] for row in days] == pytest.approx(list(of.pacing.pace.ideal))


@pytest.mark.parametrize("lang", LANGS)
def test_claims_stand_beside_bookings(lang: str, calculated: Mapping[str, Cells]) -> None:
    """Each week's claims, bookings and share used are the review's; only weeks that both sides know are summed."""
    sheet, found = calculated[f"weekly-{lang}"][title(CLAIMS, lang)], pack("weekly").to_date
    assert found is not None
    rows = [row for row in rows_of(sheet) if is_day(row[0])]
    assert len(found.claims.exceeded) > 3
    for row, one in zip(rows, found.claims.weeks, strict=True):
        assert exactly(row[5], one.claimed_value_micros)
        assert row[8] == (pytest.approx(one.scale) if one.state == "compared" else UNKNOWN)
        assert exactly(row[3], one.booked_orders_micros)
    total = row_of(sheet, words_for(lang).say("Weeks compared"))
    assert exactly(total[5], sum(one.booked_value_micros or 0 for one in found.claims.compared))


@pytest.mark.parametrize("lang", LANGS)
def test_the_owner_reads_the_projection(lang: str, calculated: Mapping[str, Cells]) -> None:
    """Outlook, budgets, lines that go first and the whole plan are the results behind the Overview."""
    sheets, of = calculated[f"owner-{lang}"], pack("owner")
    assert of.projection is not None
    assert of.frontier is not None
    fan = [row for row in rows_of(sheets[title(OUTLOOK, lang)]) if is_day(row[0])]
    wanted = [float(side[-1]) for side in (of.projection.cumulative_profit.mid, of.projection.cumulative_profit.low,
                                           of.projection.cumulative_profit.high)]  # fmt: skip
    assert fan[-1][-3:] == pytest.approx(wanted)
    assert row_of(sheets[title(SUMMARY, lang)], title("Chance of a loss", lang)) == [of.projection.p_loss]
    points = [row for row in rows_of(sheets[title(BUDGETS_BUDGETS, lang)]) if len(row) == 9][1:]
    for row, point in zip(points, of.frontier.points, strict=True):
        profit = point.profit
        wanted = [point.budget_micros / 1e6, profit.low, profit.mid, profit.high, point.expected]
        assert row[1:6] == pytest.approx(wanted)
        assert row[0] == pytest.approx(point.budget_micros / of.frontier.today_micros - 1)
    first = of.first_to_go[0]
    row = row_of(sheets[title(OPTIONAL, lang)], line_names(words_for(lang), of.plan)[first.line_key])
    assert row[1:] == pytest.approx(
        [first.left_micros / 1e6, first.lost.low, first.lost.mid, first.lost.high, first.right]
    )
    _whole(sheets[title(INCOME, lang)], of, lang)


def _whole(sheet: Mapping[tuple[int, int], Any], of: Pack, lang: str) -> None:
    """The statement of the whole plan ends at the projected profit."""
    assert of.to_date is not None
    assert of.projection is not None
    pnl = whole_plan(of.to_date.actual_pnl, of.projection.remaining, of.projection.profit.mid)
    rows = rows_of(sheet)
    rows = rows[[row[0] for row in rows].index(title(WHOLE, lang)) :]
    for name in ("claimed_net_revenue", "gross_margin", "after_media", "profit"):
        row = next(row for row in rows if row[0] == title(PNL_STEPS[name], lang))
        assert row[1] == pytest.approx(getattr(of.to_date.actual_pnl, name) / 1e6, abs=1e-6)
        assert row[3] == pytest.approx(getattr(pnl, name) / 1e6, abs=1e-6)
        assert row[2] == pytest.approx(row[3] - row[1], abs=1e-6)
    assert pnl.profit / 1e6 == pytest.approx(of.projection.profit.mid, abs=0.01)


@pytest.mark.parametrize(("kind", "lang"), PACKS)
def test_every_formula_says_what_was_written(kind: Kind, lang: str, calculated: Mapping[str, Cells]) -> None:
    """Whoever opens the file without calculating sees what LibreOffice calculates; nothing in it is an error."""
    written, formulas = (cells(book(kind, lang), formulas=only) for only in (False, True))
    found, checked = calculated[f"{kind}-{lang}"], 0
    for name, sheet in formulas.items():
        for place, formula in sheet.items():
            if isinstance(formula, str) and formula.startswith("=") and formula not in ATTACKS:
                value, wanted = found[name].get(place), written[name].get(place)
                if isinstance(wanted, str):
                    assert re.sub(r"(?<=\d)[.,](?=\d)", "", str(value)) == re.sub(r"(?<=\d)[.,](?=\d)", "", wanted)
                else:
                    assert value == pytest.approx(wanted, rel=1e-9, abs=1e-6), (name, place, formula)
                checked += 1
    assert checked > {"weekly": 400, "owner": 150}[kind]
    errors = [value for sheet in found.values() for value in sheet.values() if str(value).startswith(("#", "Err:"))]
    assert errors == []


def test_a_changed_figure_moves_the_statement(calculated: Mapping[str, Cells]) -> None:
    """1,000 more media of one channel: media and all costs rise by it, every profit below falls by it, ROI follows."""
    before, after = calculated["weekly-en"]["Income statement"], calculated["changed"]["Income statement"]
    for step, change in (("Net revenue", 0), ("Media", 1000), ("After media", -1000), ("Profit", -1000)):
        assert row_of(after, step)[1] - row_of(before, step)[1] == pytest.approx(change)
        assert row_of(after, step)[0] == row_of(before, step)[0]
    assert row_of(after, "ROI")[1] < row_of(before, "ROI")[1]
    assert row_of(calculated["changed"]["Summary"], "Profit")[0] == row_of(after, "Profit")[1]
    assert "does not add up" in row_of(calculated["changed"]["Why"], "Check")


@pytest.mark.parametrize("kind", KINDS)
def test_before_the_first_upload_nothing_is_zero_that_is_unknown(kind: Kind, calculated: Mapping[str, Cells]) -> None:
    """A pack without uploads shows the plan, a dash where nothing is known, and says what is missing."""
    sheet = calculated[f"empty-{kind}"]["Income statement"]
    for name in ("Net revenue", "After media", "Profit"):
        row = row_of(sheet, name)
        assert isinstance(row[0], int | float)
        assert row[1:] == [UNKNOWN] * 3
    assert "Nothing was uploaded for these days yet." in [row[0] for row in rows_of(sheet)]
    assert row_of(sheet, "ROAS")[:2] == [UNKNOWN, UNKNOWN]


def test_a_week_is_the_weeks_own_statement() -> None:
    """A pack of one week states that week; weeks, pacing and claims go on to all that was uploaded."""
    plan = attacked_plan()
    whole, span = results_of(plan, uploads(plan)), Period(week(2), week(3))
    of_week = pack_of(replace(whole, span=span, review=review(plan, uploads(plan), span=span)), "weekly")
    sheets = cells(weekly_workbook(of_week, words_for("en"), numbers_for("en", "AZN")))
    assert of_week.review is not None
    assert whole.review is not None
    assert same(row_of(sheets["Income statement"], "Profit")[1], of_week.review.actual_pnl.profit)
    assert of_week.review.actual_pnl.profit != whole.review.actual_pnl.profit
    days = [row[1] for row in rows_of(sheets["Weeks"]) if len(row) > 3 and row[0] == "All channels" and is_day(row[1])]
    assert len(days) == len(whole.review.weeks)


def test_sales_that_nobody_knows_are_no_zero() -> None:
    """Without books MER is a dash, and the sheet says how to get it."""
    plan = attacked_plan()
    found = pack_of(results_of(plan, replace(uploads(plan), claims=(), books=Books())), "weekly")
    sheets = cells(weekly_workbook(found, words_for("en"), numbers_for("en", "AZN")))
    for name in ("Income statement", "Claimed and booked"):
        assert row_of(sheets[name], "MER")[0] == UNKNOWN
        assert any("upload orders" in str(value) for value in sheets[name].values())


@given(worlds())
@settings(max_examples=8)
def test_any_review_is_written_to_the_cent(world: World) -> None:
    """Whatever was planned, uploaded and booked, the written statement is the review's, and sums of channels are it."""
    found = pack_of(results_of(world.plan, world.actuals()), "weekly")
    assert found.review is not None
    sheet = cells(weekly_workbook(found, words_for("en"), numbers_for("en", "AZN")))["Income statement"]
    plan, actual = (own_statement(found, side) for side in (0, 1))
    for step in ("net_revenue", "after_media", "profit"):
        row = row_of(sheet, PNL_STEPS[step])
        assert same(row[0], plan[step])
        assert same(row[1], actual[step])
        assert same(row[2], actual[step] - plan[step])
