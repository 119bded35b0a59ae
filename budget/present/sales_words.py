"""The sales model in words: its doubts with their next steps, how well a channel is known, and its headlines."""

from collections.abc import Mapping
from datetime import date

from budget.findings import Finding
from budget.present.numbers import Numbers
from budget.present.vocabulary import PLATFORMS, UNMATCHED, channel_name
from budget.present.words import N_, Words
from budget.sales_model import SalesModel
from budget.weekly_spend import channel_of

SENTENCES: Mapping[str, str] = {
    "SALES_MISSING": N_(
        "No sales of the firm are known yet. Paste weekly sales below or upload the shop's orders; from {weeks} weeks "
        "on Payoff can tell what ads add."
    ),
    "SALES_NO_SPEND": N_("No spend was uploaded yet. Upload the platforms' exports, as far back as the sales go."),
    "SALES_TOO_FEW": N_(
        "Weeks with both sales and spend: {weeks}. {more} more are needed: paste earlier sales and upload the exports "
        "of the same weeks."
    ),
    "SALES_SPEND_SHORT": N_(
        "Weeks of sales known: {sold}, with the spend on ads of the same week: {weeks}. {more} more are needed: upload "
        "the exports of earlier weeks, or of the weeks to come."
    ),
    "SALES_UNSETTLED": N_(
        "The calculation did not settle, so no returns are shown. Add weeks of sales, or enter a lift test."
    ),
    "SALES_FEW_WEEKS": N_(
        "Below a year the season can pass for an effect of ads. Weeks known: {weeks}. {more} earlier ones, with their "
        "exports, would settle it."
    ),
    "SALES_LEVEL_PRIOR": N_(
        "These sales hardly tell what ads add in all: figures rest on the platforms' claims and on published tests. "
        "Switch one channel off and on for some weeks."
    ),
    "SALES_MOSTLY_PRIOR": N_(
        "Mostly assumption: {channels}. Channels are not ranked. Vary their spend from week to week, or enter a lift "
        "test."
    ),
    "SALES_PRIOR_CONFLICT": N_(
        "Sales per money spent are far from what is seen elsewhere. Check that sales are whole and in the right "
        "currency, and that every platform's spend is uploaded."
    ),
    "SALES_FOLLOW_ON": N_(
        "Sales run above or below the model for weeks in a row: something else moves them, such as prices, stock or "
        "a rival. Trust the totals less than the ranges say."
    ),
    "SALES_BELOW_ZERO": N_(
        "In some weeks ads would explain more than all sales. Check the totals of the weakest weeks."
    ),
    "SALES_STANDS_OUT": N_("Nothing here explains the sales of the week of {weeks}. Check what was sold then."),
    "SALES_LATE_EFFECT": N_(
        "Ads seem to sell later than the model can say, so slow channels look worse than they are. Enter a lift test "
        "of such a channel."
    ),
    "SALES_S_SHAPE": N_(
        "Below some budget these channels seem to sell next to nothing: {channels}. Their ranges may be too narrow, "
        "and a test at half the budget could mislead. Test a larger budget and enter it as a lift test."
    ),
    "SALES_TOO_COARSE": N_("Totals of more than a week are left out: {count}. Paste weekly totals instead."),
    "SALES_RATE_MISSING": N_("Sales in {currency} are left out: no rate is known. Enter it on the Review screen."),
    "SPEND_RATE_MISSING": N_("Spend in {currency} is left out: no rate is known. Enter it on the Review screen."),
    "SPEND_BEGAN": N_("{platform} has no data before {day}: counted as no spend. Upload earlier exports if it ran."),
    "SPEND_TINY": N_("Too little was spent on {channels} to tell what it sold; that stays with the sales without ads."),
    "SPEND_ENDED": N_("{platform} has no data since {day}: counted as no spend. Upload its export if it still runs."),
    "LIFT_NO_CHANNEL": N_("The test of {channels} is not used: no spend of that channel is uploaded."),
    "LIFT_IN_SALES": N_("The on/off test of {channels} is not used again: its weeks are in the sales already."),
    "PASTE_EMPTY": N_("No week with an amount was found. Paste two columns: week and sales."),
    "PASTE_UNREADABLE": N_("Lines that could not be read are left out: {lines}."),
    "PASTE_DOUBLE": N_("Some weeks stand there twice: {count}. Leave one line for each."),
    "PASTE_STEPS": N_("The dates are neither days in a row nor weeks. Write the first day of each week."),
    "PASTE_UNFINISHED": N_("Weeks that are not over are left out: {count}."),
    "PASTE_TOO_LONG": N_("More than {most} lines. Paste them in parts."),
}  # fmt: skip
EVIDENCE: Mapping[str, str] = {
    "measured": N_("measured"),
    "some": N_("partly measured"),
    "mostly prior": N_("mostly assumption"),
}
EXPERIMENTS: Mapping[str, str] = {
    "on_off": N_("Switched off and on"),
    "geo": N_("One region changed, one not"),
    "lift": N_("Lift study of the platform"),
}


def sales_sentence(finding: Finding, words: Words, numbers: Numbers) -> str:
    """The finding in the person's language, as plain text."""
    said = finding.facts
    facts = {key: numbers.whole(x) if isinstance(x, int) else str(x) for key, x in said.items()}
    if "channels" in facts:
        facts["channels"] = ", ".join(named(words, key) for key in facts["channels"].split(", "))
    if "platform" in facts:
        facts["platform"] = words.say(PLATFORMS.get(facts["platform"], facts["platform"].title()))
    if "day" in facts:
        facts["day"] = numbers.date(date.fromisoformat(facts["day"]))
    if finding.code == "SALES_STANDS_OUT":
        facts["weeks"] = ", ".join(numbers.date(date.fromisoformat(day)) for day in facts["weeks"].split(", "))
    return words.say(SENTENCES[finding.code], **facts)


def named(words: Words, key: str) -> str:
    """The channel of a key in the person's language; without a tactic, what no line of the plan has claimed."""
    channel = channel_of(key)
    name = channel_name(words, *channel)
    return name if channel.tactic else words.say(UNMATCHED, platform=name)


def of_sales(words: Words, numbers: Numbers, found: SalesModel) -> str:
    """How much of all sales ads brought; silent about it where the fit says nothing."""
    if not found.speaks:
        return words.say("What ads add to sales is not settled yet")
    low, high = numbers.percent(found.media_share.low, 0), numbers.percent(found.media_share.high, 0)
    if low == high:
        return words.say("Ads brought about {share} of all sales", share=high)
    return words.say("Ads brought {low} to {high} of all sales", low=low, high=high)


def of_channels(words: Words, numbers: Numbers, found: SalesModel) -> str:
    """The channel that sells most for its money where they may be compared, else that they may not."""
    if not found.speaks:
        return words.say("No returns are shown yet")
    if not found.is_ranked:
        return words.say("Channels cannot be ranked from these sales")
    ranked = sorted(found.channels, key=lambda channel: -channel.iroas.mid)
    name, amount = named(words, ranked[0].channel.key), numbers.unit_price(ranked[0].iroas.mid)
    if len(ranked) == 1:
        return words.say("{channel} brings {amount} of sales for 1", channel=name, amount=amount)
    if ranked[0].iroas.low <= ranked[1].iroas.high:
        return words.say("No channel clearly sells more for its money than the next")
    return words.say("{channel} brings most for its money: {amount} of sales for 1", channel=name, amount=amount)
