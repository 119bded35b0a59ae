"""Each driver beside a calculation by hand: one order book of 10 orders, 1,000 of value for 200 of spend."""

from dataclasses import replace

import pytest

from budget.business import Business
from budget.drivers import DRIVERS, Driver, Explained, Terms, explain
from budget.measures import Measures
from budget.money import micros
from budget.owners import NOBODY, OWNER_ROLES, persons_of
from budget.pnl import ProfitAndLoss, channel_pnl
from budget.present.vocabulary import DRIVER_HELP
from budget.present.vocabulary import DRIVERS as NAMES
from budget.present.vocabulary import OWNER_ROLES as ROLE_NAMES
from budget.ranges import Range
from tests.budget.builders import LINES, draft, usual_plan

ORDER = Range(100.0, 100.0, 100.0)
FIRM = Business(order_value=ORDER, returns_share=0.1, cogs_share=0.5, incrementality=Range(1.0, 1.0, 1.0))
SOLD = Measures(micros(200), 50_000, 500, micros(10), micros(1000))
KEY = "line"


def explained(after: Measures = SOLD, kept: Measures | None = None, **terms: object) -> Explained:
    """From the plan as written to another outcome."""
    now = terms.get("business") or FIRM
    assert isinstance(now, Business)
    pnls = {KEY: (channel_pnl(FIRM, SOLD), channel_pnl(now, after, kept))}
    by_key = {name: part if name == "business" else {KEY: part} for name, part in terms.items()}
    side = Terms(**by_key, **({"kept": {KEY: kept}} if kept else {}))  # type: ignore[arg-type]  # a test's own fields
    return explain(FIRM, {KEY: [SOLD]}, {KEY: [after]}, pnls, terms=(Terms(), side))


def effects(found: Explained) -> dict[str, float]:
    """Effects in major units, those of nothing left out."""
    return {driver.name: driver.effect_micros / 1e6 for driver in found.total if driver.effect_micros}


def test_the_base_by_hand() -> None:
    """1,000 less a tenth returned is 900, half of it goods: 450 of contribution, 250 after 200 of media."""
    pnl = channel_pnl(FIRM, SOLD)
    assert (pnl.net_revenue, pnl.after_fulfilment, pnl.after_media) == (micros(900), micros(450), micros(250))


def test_returns_by_hand() -> None:
    """A fifth returned instead of a tenth: net 800 instead of 900, half of the difference is 50."""
    assert effects(explained(business=replace(FIRM, returns_share=0.2))) == {"returns": -50.0}


def test_discount_by_hand() -> None:
    """A tenth given as discount: net 810 instead of 900, half of the difference is 45."""
    assert effects(explained(business=replace(FIRM, discount_share=0.1))) == {"returns": -45.0}


def test_margin_by_hand() -> None:
    """Goods at 60 % instead of 50 %: a tenth of 900 is 90."""
    assert effects(explained(business=replace(FIRM, cogs_share=0.6))) == {"margin": -90.0}


def test_vat_by_hand() -> None:
    """18 % of VAT on 200 of media that nobody refunds: 36."""
    assert effects(explained(business=replace(FIRM, media_vat_share=0.18))) == {"vat": -36.0}


def test_exchange_by_hand() -> None:
    """100 dollars bought at 2.20 instead of 2.00 cost 20 more; 500 dollars of sales bring 1,100 instead of 1,000.

    Contribution is 45 % of value: 495 instead of 450 is 45 more; less the 20 that is 25.
    """
    after = replace(SOLD, spend_micros=micros(220), value_micros=micros(1100))
    assert effects(explained(after, at_first_rates=SOLD)) == {"fx": 25.0}


def test_not_yet_reported_by_hand() -> None:
    """8 of 10 orders have arrived: 800 of value instead of 1,000, and 45 % of the difference is 90; no rate moved."""
    after = replace(SOLD, conversions_micros=micros(8), value_micros=micros(800))
    assert effects(explained(after, eventual=SOLD)) == {"reported": -90.0}


def test_not_booked_by_hand() -> None:
    """The books hold three quarters of the claims: a quarter of 450 is 112.50; 225 of net revenue stands apart."""
    kept = replace(SOLD, conversions_micros=micros(7.5), value_micros=micros(750))
    assert effects(explained(kept=kept)) == {"booked": -112.5}
    assert channel_pnl(FIRM, SOLD, kept).not_booked == micros(225)
    assert channel_pnl(FIRM, SOLD, kept).claimed_net_revenue == micros(900)


def test_two_causes_share_what_they_do_together() -> None:
    """Contribution is 500 for each unit of value kept and booked: 500 x (0.8 x 0.75 - 0.9) = -150.

    Returns alone, with the mean of both scales: 500 x (0.8 - 0.9) x 0.875 = -43.75; bookings: 500 x (0.75 - 1) x 0.85 =
    -106.25.
    """
    kept = replace(SOLD, conversions_micros=micros(7.5), value_micros=micros(750))
    found = effects(explained(kept=kept, business=replace(FIRM, returns_share=0.2)))
    assert found == pytest.approx({"returns": -43.75, "booked": -106.25}, abs=1e-6)


def test_orders_without_value_are_margin() -> None:
    """Ten orders that bring no money still cost 30 to deliver: what no ratio can say stands under the margin.

    The value of orders falls from 100 to nothing: 450 less; delivery of 3 an order takes 30 on both sides.
    """
    firm = replace(FIRM, fulfilment_per_order=3.0)
    after = replace(SOLD, value_micros=0)
    pnls = {KEY: (channel_pnl(firm, SOLD), channel_pnl(firm, after))}
    found = effects(explain(firm, {KEY: [SOLD]}, {KEY: [after]}, pnls))
    assert found == pytest.approx({"value_per_conversion": -420.0, "margin": -30.0}, abs=1e-6)


def test_a_credit_is_volume() -> None:
    """A credit of 50 where 200 were planned: nothing was bought, and the money that came back is no rate."""
    after = Measures(micros(-50), 0, 0, 0, 0)
    pnls = {KEY: (channel_pnl(FIRM, SOLD), channel_pnl(FIRM, after))}
    assert effects(explain(FIRM, {KEY: [SOLD]}, {KEY: [after]}, pnls)) == {"volume": -200.0}


def test_noise_is_of_what_was_counted() -> None:
    """400 orders are uncertain by a twentieth, so 4 % more is chance; by channel as in total, and 8 % is not.

    The plan earns nothing, so that 5 % of it hides no effect.
    """
    planned = Measures(micros(18_000), 5_000_000, 50_000, micros(400), micros(40_000))
    for orders, quiet in ((416, True), (432, False)):
        after = replace(planned, conversions_micros=micros(orders), value_micros=micros(100 * orders))
        pnls = {KEY: (channel_pnl(FIRM, planned), channel_pnl(FIRM, after))}
        found = explain(FIRM, {KEY: [planned]}, {KEY: [after]}, pnls)
        assert pnls[KEY][0].after_media == 0
        for drivers in (found.total, found.channels[KEY]):
            assert [(d.name, d.within_noise) for d in drivers if d.effect_micros] == [("cvr", quiet)]


def test_noise_grows_where_little_has_arrived() -> None:
    """108 of 432 orders counted so far: a tenth of chance, not a twentieth, so 8 % more is within it."""
    planned = Measures(micros(18_000), 5_000_000, 50_000, micros(400), micros(40_000))
    eventual = replace(planned, conversions_micros=micros(432), value_micros=micros(43_200))
    after = replace(planned, conversions_micros=micros(108), value_micros=micros(10_800))
    pnls = {KEY: (channel_pnl(FIRM, planned), channel_pnl(FIRM, after))}
    found = explain(FIRM, {KEY: [planned]}, {KEY: [after]}, pnls, terms=(Terms(), Terms(eventual={KEY: eventual})))
    quiet = {driver.name: driver.within_noise for driver in found.total}
    assert quiet == {"cvr": True, "reported": False}


def test_waiting_is_quiet_and_nobodys() -> None:
    """What has not arrived yet is drawn like chance and has no person, even where the line has one."""
    after = replace(SOLD, conversions_micros=micros(8), value_micros=micros(800))
    pnls = {KEY: (channel_pnl(FIRM, SOLD), channel_pnl(FIRM, after))}
    found = explain(FIRM, {KEY: [SOLD]}, {KEY: [after]}, pnls, terms=(Terms(), Terms(eventual={KEY: SOLD})),
                    persons={KEY: "Aysel"})  # fmt: skip
    assert found.channels[KEY] == (Driver("reported", micros(-90), False, NOBODY, ""),)
    assert found.channels[KEY][0].is_quiet
    assert not Driver("cvr", -1, False, "website").is_quiet
    assert Driver("cvr", -1, True, "website").is_quiet


def test_every_driver_has_a_name_a_meaning_and_an_owner() -> None:
    """The order of the chart, the words and the roles speak of the same drivers; only waiting is nobody's."""
    assert tuple(NAMES) == tuple(DRIVER_HELP) == DRIVERS
    assert set(OWNER_ROLES) == set(DRIVERS)
    assert set(OWNER_ROLES.values()) == set(ROLE_NAMES)
    assert [name for name, role in OWNER_ROLES.items() if role == NOBODY] == ["reported"]


def test_a_line_names_its_person() -> None:
    """The person of a line stands beside each of its drivers, and beside none of the total."""
    plan = usual_plan()
    plan = draft(plan, lines=(replace(plan.lines[0], owner="Aysel"), *plan.lines[1:]))
    assert persons_of(plan) == {LINES[0][0]: "Aysel"}
    pnl: dict[str, tuple[ProfitAndLoss, ProfitAndLoss]] = {
        key: (channel_pnl(FIRM, SOLD), channel_pnl(FIRM, Measures())) for key, *_ in LINES[:2]
    }
    sides = [{key: [side] for key in pnl} for side in (SOLD, Measures())]
    found = explain(FIRM, sides[0], sides[1], pnl, persons=persons_of(plan))
    assert [{d.owner for d in found.channels[key]} for key, *_ in LINES[:2]] == [{"Aysel"}, {""}]
    assert found.total == (Driver("volume", micros(-500), False, "planner"),)
