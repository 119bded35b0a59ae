"""What a slide says of claims beside bookings: the finding, the figures behind it, how claims count."""

from collections.abc import Sequence

from budget.claims import Claims, ClaimWeek
from budget.money import MICROS
from budget.present.deck_words import Told, Tongue
from budget.review import Review

PAIRS = (
    ("claimed_conversions_micros", "booked_orders_micros"),
    ("claimed_value_micros", "booked_value_micros"),
)


def told(of: Tongue, found: Claims) -> Told:
    """By how much claims exceed the books in the weeks that can be compared; neutral where none can."""
    words = of.words
    claimed, booked = _sums(found.compared)
    title = words.say("Claimed by platforms, booked by you")
    if found.compared and (not found.exceeded or claimed <= booked):
        title = words.say("Platforms claim no more than you booked")
    elif found.compared and booked:
        share = of.numbers.percent(claimed / booked - 1, 0)
        title = words.say("Platforms claim {share} more than you booked", share=share)
    elif found.compared:
        title = words.say("Platforms claim what you did not book")
    values = in_value(found)
    unit = of.numbers.unit(amounts(found, values)[0]).name if values else ""
    counted = unit or (words.say("Leads a week") if found.leads else words.say("Orders a week"))
    caption = words.say("By week, {unit}. Grey: claimed; blue: in your books; dashed: still arriving", unit=counted)
    return of.told(title, caption, "claims", "early")


def facts(of: Tongue, found: Review) -> list[tuple[str, str]]:
    """ROAS as claimed, MER, and the part of the claims that counts."""
    numbers, claims = of.numbers, found.claims
    scales = [one.scale for one in claims.exceeded]
    counted = numbers.percent(1.0, 0)
    if scales:
        counted = numbers.percent(min(scales), 0)
        if min(scales) != max(scales):
            counted = numbers.span(counted, numbers.percent(max(scales), 0))
    return [
        (of.label("roas_claimed"), numbers.times(found.total[1].roas)),
        ("MER", numbers.times(claims.mer)),
        (of.label("weeks_compared"), numbers.whole(len(claims.compared))),
        (of.label("weeks_exceeded"), numbers.whole(len(claims.exceeded))),
        (of.label("counted_there"), counted if claims.compared else numbers.whole(None)),
    ]


def in_value(found: Claims) -> bool:
    """Whether the weeks are told in money: where it was booked and the result is no lead."""
    return any(one.booked_value_micros is not None for one in found.weeks) and not found.leads


def amounts(found: Claims, values: bool) -> tuple[list[float | None], list[float | None]]:
    """Claimed and booked by week, in major units or counts."""
    claimed, booked = PAIRS[values]
    sides = [[getattr(one, name) for one in found.weeks] for name in (claimed, booked)]
    first, second = ([None if x is None else x / MICROS for x in side] for side in sides)
    return first, second


def _sums(weeks: Sequence[ClaimWeek]) -> tuple[int, int]:
    """Conversions where both sides count them, else value."""
    for claimed, booked in PAIRS:
        known = [one for one in weeks if getattr(one, claimed) is not None and getattr(one, booked) is not None]
        if known:
            return sum(getattr(one, claimed) for one in known), sum(getattr(one, booked) for one in known)
    return 0, 0
