"""The slide of claims beside bookings."""

from pptx.presentation import Presentation as Deck

from budget.immature import early_from
from budget.present import claim_slide
from budget.present.deck_words import Tongue
from budget.reports.deck_charts import Line, lines
from budget.reports.deck_page import BODY_BOX, BODY_TOP, Box
from budget.reports.deck_parts import CHART_WIDTH, axis_of, facts_beside, page_of
from budget.review import Review
from budget.weeks import week_ends


def claims(deck: Deck, of: Tongue, found: Review) -> None:
    """Claimed and booked week by week; nothing where fewer than two weeks are known."""
    held = found.claims
    if len(held.weeks) < 2:
        return
    page = page_of(deck, of, claim_slide.told(of, held))
    claimed, booked = claim_slide.amounts(held, claim_slide.in_value(held))
    weeks = [one.week for one in held.weeks]
    early = of.pack.early
    ripe = early_from(of.pack.plan, early, found.actual, found.weeks) if early else len(weeks)
    known = sum(1 for week in weeks if week in found.weeks[:ripe])
    drawn = [
        Line(of.label("claimed"), [x if n < known else None for n, x in enumerate(claimed)], "neutral"),
        Line(of.label("booked"), booked, "actual", points=2.75),
    ]
    if known < len(weeks):
        later = [x if n >= known - 1 else None for n, x in enumerate(claimed)]
        drawn.append(Line(of.label("arriving"), later, "neutral", "dash"))
    box = Box(BODY_BOX.left, BODY_TOP, CHART_WIDTH, BODY_BOX.height)
    lines(page, box, week_ends(weeks), drawn, axis=axis_of([x or 0.0 for x in (*claimed, *booked)]))
    facts_beside(page, of, claim_slide.facts(of, found))
