"""Alerts as sentences: what is so, by which figures, and the name of the step that mends it."""

from collections.abc import Mapping
from datetime import date

from budget.alerts import Alert, Code, Step
from budget.findings import Fact
from budget.present.audience_words import network_name
from budget.present.business_words import kpi_amount
from budget.present.numbers import Numbers
from budget.present.vocabulary import PLATFORMS
from budget.present.words import N_, Words

SENTENCES: Mapping[Code, str] = {
    "PACING_OVER": N_("{platform} is heading {off} over its budget of {budget}. Next week: {suggested} a day."),
    "PACING_UNDER": N_("{platform} is heading {off} under its budget of {budget}. Next week: {suggested} a day."),
    "BUDGET_OUT": N_("{line}: the money lasts to about {day}, the flight to {end}. {over} is missing at this pace."),
    "BUDGET_SPENT": N_("{line}: {budget} is spent, yet the flight lasts to {end}. At this pace {over} goes on top."),
    "GOAL_AT_RISK": N_("The goal is likelier missed than reached: {chance} chance of {target}."),
    "GOAL_FELL": N_("The chance of the goal fell to {chance}; with data to {day} it was {before}."),
    "CONVERSIONS_STOPPED": N_(
        "{line}: clicks go on, but orders have all but stopped since {day} ({spent} spent). Check the tracking."
    ),
    "CLICKS_STOPPED": N_(
        "{line}: money goes out, but clicks have all but stopped since {day} ({spent} spent). Check ads and links."
    ),
    "CLAIMS_OVER": N_("Platforms claim {claimed} since {day}, the books hold {booked}. Check what is counted twice."),
    "LEADS_OVER": N_(
        "Platforms claim {claimed} leads since {day}, the lead lists hold {booked}. Check what is counted twice."
    ),
    "DATA_OLD": N_("{platforms}: the data end on {day}. Upload the days since."),
    "BOUNCE_OVER": N_("{network}: {value} of visits leave at once; the alert line is {line_value}."),
    "NEGATIVE_OVER": N_("{network}: {value} negative reactions per 1,000; the alert line is {line_value}."),
}
OUT_BY_NOW = N_("{line}: at this pace the money ran out about {day}, the flight lasts to {end}. Upload the days since.")
WHOLE_PLAN = N_("The whole plan")
STEPS: Mapping[Step, str] = {
    "review": N_("See the review"),
    "upload": N_("Upload exports"),
    "plan": N_("Open the plan"),
    "optimise": N_("Move money"),
    "audience": N_("See the audience"),
}


def alert_sentence(alert: Alert, words: Words, numbers: Numbers, names: Mapping[str, str]) -> str:
    """The alert in the person's language, as plain text; `names` are the plan's lines by key."""
    facts = {key: _text(key, value, words, numbers, names) for key, value in alert.facts.items()}
    if alert.code in ("BOUNCE_OVER", "NEGATIVE_OVER"):
        write = numbers.percent if alert.code == "BOUNCE_OVER" else numbers.decimal
        facts |= {key: write(float(alert.facts[key])) for key in ("value", "line_value")}
    facts = {key.removesuffix("_micros"): text for key, text in facts.items()}
    if "target" in facts:
        facts["target"] = kpi_amount(numbers, str(alert.facts["kpi"]), int(alert.facts["target_micros"]))
    if alert.code == "DAYS_MISSING":
        return words.count(
            "{platform}: {n} day without data ({day}), though money was planned. Export it again.",
            "{platform}: {n} days without data ({day} to {last}), though money was planned. Export them again.",
            int(alert.facts["n"]),
            **{key: facts[key] for key in ("platform", "day", "last")},
        )
    out = alert.code == "BUDGET_OUT" and alert.facts["late"]
    return words.say(OUT_BY_NOW if out else SENTENCES[alert.code], **facts)


def _text(key: str, value: Fact, words: Words, numbers: Numbers, names: Mapping[str, str]) -> str:
    if key.endswith("_micros"):
        return numbers.money(int(value))
    if key in ("day", "end", "last"):
        return numbers.date_short(date.fromisoformat(str(value)))
    if key == "network":
        return network_name(words, str(value))
    if key in ("claimed", "booked"):
        return numbers.whole(float(value))
    if key in ("chance", "before"):
        return numbers.chance(float(value))
    if key == "line":
        return names.get(str(value), str(value)) or words.say(WHOLE_PLAN)
    if key in ("platform", "platforms"):
        return ", ".join(words.say(PLATFORMS.get(name, name)) for name in str(value).split(","))
    return str(value)
