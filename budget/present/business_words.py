"""Words of the Business screen: challenges and their gates, goals and whether they can be reached, set-ups, people."""

from collections.abc import Mapping

from budget.challenges import challenge
from budget.findings import Finding
from budget.money import major
from budget.objectives import MONEY_KPIS, SHARE_KPIS, Verdict, purpose_of
from budget.plan import PlanChallenge, PlanObjective
from budget.present.numbers import Numbers
from budget.present.vocabulary import CHALLENGES, KPIS, OBJECTIVES, PLATFORMS, PNL_STEPS
from budget.present.words import N_, Words

GATES: Mapping[str, str] = {
    "weak_traffic": N_("Landing pages not ready: hold media."),
    "weak_awareness": N_("Brand not ready to be shown: hold media."),
    "falling_loyalty": N_("Customers leave as fast as they come: hold media."),
    "weak_reputation": N_("Bad reviews not answered: hold media."),
    "sales_difficulty": N_("Nobody takes the leads: hold media."),
    "not_ready": N_("Checkout not ready: hold media."),
    "no_digital_culture": N_("Nobody looks after the channels: hold media."),
}
SENTENCES: Mapping[str, str] = {
    "MEDIA_ON_HOLD": N_(
        "{gate} {planned} is planned. Solve it and clear the gate on the Business screen, or let the flights begin "
        "later."
    ),
    "AUDIENCE_ELSEWHERE": N_("{line}: {audience} is not met on {platform}. Add the network or choose another one."),
    "AUDIENCE_SIZE_MISSING": N_("{audience} has no size, so its lines reach an assumed number of people. Enter it."),
}
VERDICTS: Mapping[Verdict, str] = {
    "achievable": N_("Achievable: {chance} of outcomes"),
    "open": N_("Could go either way: {chance} of outcomes"),
    "out_of_reach": N_("Out of reach: {chance} of outcomes"),
    "no_target": N_("No target yet"),
    "watched": N_("Not computable: uploads show it"),
    "no_forecast": N_("Not computable yet"),
}
SETUPS: Mapping[str, str] = {
    "in_house": N_("In-house"),
    "agency": N_("Agency"),
    "freelancer": N_("Freelancer"),
}


def business_sentence(finding: Finding, words: Words, numbers: Numbers, names: Mapping[str, str]) -> str:
    """The finding in the person's language, as plain text; `names` are the plan's lines by key."""
    facts = {key: str(value) for key, value in finding.facts.items()}
    if finding.code == "MEDIA_ON_HOLD":
        planned = numbers.money(int(finding.facts["planned_micros"]))
        return words.say(SENTENCES[finding.code], gate=words.say(GATES[finding.where]), planned=planned)
    if "platform" in facts:
        facts["platform"] = words.say(PLATFORMS.get(facts["platform"], facts["platform"]))
    return words.say(SENTENCES[finding.code], **facts | {"line": names.get(finding.where, finding.where)})


def chain(words: Words, found: PlanChallenge) -> str:
    """What a challenge leads to: objective, KPI, line of the P&L."""
    usual = challenge(found.challenge)
    return words.say(
        "Objective: {objective} · KPI: {kpi} · weighs on: {line}",
        objective=words.say(OBJECTIVES[usual.objective_key]),
        kpi=words.say(KPIS[usual.kpi]),
        line=words.say(PNL_STEPS[usual.pnl_line]),
    )


def goal_chain(words: Words, numbers: Numbers, goal: PlanObjective) -> str:
    """Challenge, objective, KPI, target, date and owner of a goal, with arrows between; what is empty is left out."""
    due = words.say("by {due}", due=numbers.date(goal.due_date)) if goal.due_date else ""
    target = kpi_amount(numbers, goal.kpi, goal.target_micros) if goal.target_micros else ""
    parts = [
        words.say(CHALLENGES[goal.challenge_key]) if goal.challenge_key in CHALLENGES else "",
        objective_name(words, goal.objective_key),
        words.say(KPIS.get(goal.kpi, goal.kpi)),
        " ".join(part for part in (target, due) if part),
        goal.owner,
    ]
    return " → ".join(part for part in parts if part)


def objective_name(words: Words, objective_key: str) -> str:
    """What a goal is for; a purpose that the product does not know stands as written."""
    purpose = purpose_of(objective_key)
    return words.say(OBJECTIVES[purpose]) if purpose in OBJECTIVES else purpose


def kpi_amount(numbers: Numbers, kpi: str, micros: int) -> str:
    """An amount of a KPI: money, a share, or a count."""
    if kpi in MONEY_KPIS:
        return numbers.money(micros)
    if kpi in SHARE_KPIS:
        return numbers.percent(major(micros))
    whole = major(micros)
    return numbers.whole(whole) if whole == round(whole) else numbers.decimal(whole, 1)


def kpi_unit(words: Words, numbers: Numbers, kpi: str, label: str) -> str:
    """A label of an amount of a KPI with its unit, where it has one."""
    unit = numbers.currency if kpi in MONEY_KPIS else "%" if kpi in SHARE_KPIS else ""
    return words.say("{label}, {unit}", label=label, unit=unit) if unit else label
