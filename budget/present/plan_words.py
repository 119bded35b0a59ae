"""Findings about plans and reviews as sentences: what is so, and the next step."""

from collections.abc import Mapping

from budget.findings import Finding
from budget.present.numbers import Numbers
from budget.present.typed_words import SENTENCES as TYPED_SENTENCES
from budget.present.typed_words import typed_sentence
from budget.present.vocabulary import MEASURES, PLATFORMS
from budget.present.words import N_, Words

SENTENCES: Mapping[str, str] = {
    **TYPED_SENTENCES,
    "PLAN_EMPTY": N_("The plan has no line yet. Add one to see what it should return."),
    "LINE_INCOMPLETE": N_("{line} is left out: {missing} missing. Fill it in on the Plan screen."),
    "ORDER_VALUE_MISSING": N_("The average order is not known. Enter it on the Business screen."),
    "PRICES_DISAGREE": N_(
        "{line}: CPM and CTR give a click at {implied}, not {cpc}. CPM and CTR hold; change one of the three to agree."
    ),
    "WEEKS_DIFFER": N_("{line}: the weeks leave {left} of the budget unplaced. Spread it over the weeks."),
    "PLATFORM_NOT_UPLOADED": N_("{platform} was not uploaded yet, so its lines are not compared. Upload its export."),
    "SPEND_UNMATCHED": N_("{spend} belongs to no line of the plan. It counts in every total; match it below."),
    "SPEND_OUTSIDE_PLAN": N_("{spend} was spent outside the weeks of the plan. It is not compared."),
    "SPEND_BEFORE_PLAN": N_("{spend} was spent before the plan began: not compared here, but Learning uses it."),
    "RATE_MISSING": N_("{spend} is not counted: no rate from {currency} is known. Enter the rate below."),
    "VALUE_ESTIMATED": N_("{platform} does not say what its orders were worth: each counts as your average order."),
    "CLAIMS_OVER_BOOKED": N_(
        "In some weeks the platforms claim {claimed} orders, but {booked} were booked. Profit counts what was booked."
    ),
    "CLAIMS_OVER_LEADS": N_(
        "In some weeks the platforms claim {claimed} leads, but {booked} came in. Profit counts those that came in."
    ),
    "CLAIMS_OVER_SALES": N_(
        "In some weeks the platforms claim sales of {claimed}, but {booked} was booked. Profit counts what was booked."
    ),
    "CLAIMS_UNKNOWN": N_(
        "What platforms claim is counted as it is: your own sales are not known. Upload the shop's orders, or paste "
        "weekly sales on the Learning screen."
    ),
    "CLAIMS_LEADS_UNKNOWN": N_(
        "What platforms claim is counted as it is: your own leads are not known. Upload the exports of your lead forms."
    ),
    "CLAIMS_ARRIVING": N_("Claims of these days still arrive, so they are not yet held against your own sales."),
    "RETURNS_FROM_ORDERS": N_("Your orders show {share} of sales sent back so far (plan: {planned}). Profit uses it."),
    "DISCOUNT_FROM_ORDERS": N_("Your orders show {share} given as discount (plan: {planned}). Profit uses it."),
    "SPEND_ACROSS_SPAN": N_("{spend} came by whole weeks that reach beyond these days. It is not counted here."),
    "ADVICE_NO_WEEKS": N_("No week of the plan is still to come, so no money can move. Add weeks on the Plan screen."),
    "ADVICE_ALL_LOCKED": N_(
        "Every line stays as it is, so no money can move. Let two lines move under Limits by line."
    ),
    "ADVICE_BUDGET_SHORT": N_("{budget} is less than the {needed} that the limits need. Lower a limit or add money."),
    "ADVICE_BUDGET_LARGE": N_("{budget} is more than the {room} that the limits have room for. Widen a limit."),
    "ADVICE_LIMITS_CROSS": N_("{line}: at least {low}, but at most {high}. Change one of the two."),
    "ADVICE_LINE_ROOM": N_("{line}: at least {low}, but its weeks can take {room}. Lower it, or allow larger moves."),
    "ADVICE_LINE_NEEDS": N_("{line}: at most {high}, but its weeks need {needed}. Raise it, or allow larger moves."),
    "ADVICE_TARGET_FAR": N_(
        "{target} conversions cannot be reached: with {room}, the most that the limits allow, 8 of 10 outcomes bring "
        "{conversions} or more. Lower the target, or allow larger moves."
    ),
    "ADVICE_REVENUE_FAR": N_(
        "Net revenue of {target} cannot be reached: with {room}, the most that the limits allow, 8 of 10 outcomes "
        "bring {reached} or more. Lower the target, or allow larger moves."
    ),
    "ADVICE_PROFIT_FAR": N_(
        "Profit of {target} cannot be reached: it is likeliest with {budget}, which reaches it with {chance} chance. "
        "Lower the target, ask for less certainty, or allow larger moves."
    ),
    "ADVICE_PLATFORM_CROSS": N_("{platform}: at least {low}, but at most {high}. Change one of the two."),
    "ADVICE_PLATFORM_ROOM": N_(
        "{platform}: at least {low}, but its lines can take {room}. Lower it, or allow larger moves."
    ),
    "ADVICE_PLATFORM_NEEDS": N_(
        "{platform}: at most {high}, but its lines need {needed}. Raise it, or allow larger moves."
    ),
    "ADVICE_PLAN_ENDED": N_("The plan is over. Weeks that nobody uploaded are treated as if they were still to come."),
    "ADVICE_COMMITTED_FREE": N_(
        "Nearly every line is committed, so committed lines may move here. Mark what is signed under Limits by line."
    ),
}
MISSING: Mapping[str, str] = {
    **{key: MEASURES[key] for key in ("cpm", "ctr", "cvr")},
    "dates": N_("dates"),
    "budget": N_("budget"),
}


def plan_sentence(finding: Finding, words: Words, numbers: Numbers, names: Mapping[str, str]) -> str:
    """The finding in the person's language, as plain text; `names` are the plan's lines by key."""
    if finding.code in TYPED_SENTENCES:
        return typed_sentence(finding, words, numbers, names)
    facts = {key: str(value) for key, value in finding.facts.items()}
    facts |= {"line": names.get(finding.where, finding.where)}
    facts |= {key[: -len("_micros")]: numbers.money_exact(int(x)) for key, x in _numeric(finding, "_micros")}
    if "missing" in facts:
        facts["missing"] = ", ".join(words.say(MISSING[key]) for key in facts["missing"].split(", "))
    if "platform" in facts:
        facts["platform"] = words.say(PLATFORMS.get(facts["platform"], facts["platform"]))
    facts |= {key: numbers.unit_price(float(finding.facts[key])) for key in ("cpc", "implied") if key in facts}
    facts |= {key: numbers.percent(float(finding.facts[key]), 1) for key in ("share", "planned") if key in facts}
    facts |= {key: numbers.whole(float(finding.facts[key])) for key in ("claimed", "booked") if key in finding.facts}
    facts |= {key: numbers.decimal(float(finding.facts[key]), 1) for key in ("frequency",) if key in facts}
    facts |= {
        key: numbers.whole(float(finding.facts[key])) for key in ("results", "target", "conversions") if key in facts
    }
    facts |= {key: numbers.chance(float(finding.facts[key])) for key in ("chance",) if key in facts}
    return words.say(SENTENCES[finding.code], **facts)


def _numeric(finding: Finding, ending: str) -> list[tuple[str, float]]:
    return [(key, float(x)) for key, x in finding.facts.items() if key.endswith(ending)]
