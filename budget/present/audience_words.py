"""Words of the Audience screen: measures with their definitions, denominators, kinds of content, findings."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from budget.audience_content import Cell
from budget.audience_desk import Alert, Audience
from budget.audience_funnel import Step, StepName
from budget.audience_goals import MEASURES, Goal, measure_of
from budget.audience_kpis import ALL, Kpi, Name
from budget.audience_leads import Stage
from budget.audience_ratio import BASES, Ratio
from budget.audience_web import Landing
from budget.present.numbers import Numbers
from budget.present.vocabulary import PLATFORMS
from budget.present.words import N_, Words

NETWORK_NAMES: Mapping[str, str] = {
    "": N_("All"), "facebook": "Facebook", "instagram": "Instagram", **PLATFORMS,
}  # fmt: skip
LABELS: Mapping[Name, str] = {
    "followers": N_("Followers"),
    "profile": N_("In target audience"),
    "engagement_rate": N_("Engagement rate"),
    "reach_value": N_("Value of free reach"),
    "best_content": N_("Best content"),
    "visits": N_("Visits to site"),
    "bounce_rate": N_("Bounce rate"),
    "negative_feedback": N_("Negative feedback"),
}
HELP: Mapping[Name, str] = {
    "followers": N_("Followers at the end of the last week that a file states; never added up over weeks."),
    "profile": N_("Share of followers whose age and gender, else place, are those of the plan's audiences there. Age "
                  "bands that lie partly inside count by their years."),
    "engagement_rate": N_("Likes, comments, shares and saves ÷ the denominator named below. Rates with different "
                          "denominators are never compared."),
    "reach_value": N_("What ads would have cost to show as often: people reached without paying × your own price of "
                      "1,000 ad views on that platform in the same week."),
    "best_content": N_("The kind of post with the highest engagement rate, from 30 interactions on."),
    "visits": N_("Sessions that social networks sent to your site, by web analytics; paid clicks are among them."),
    "bounce_rate": N_("1 − engaged sessions ÷ sessions, of sessions that networks sent."),
    "negative_feedback": N_("Hidden posts, reports and people who left, as far as the exports say, per 1,000 reached."),
}  # fmt: skip
MEASURE_NAMES: Mapping[str, str] = {
    **{str(name): text for name, text in LABELS.items()},
    "engagement_rate_impressions": N_("Engagement rate, of impressions"),
    "engagement_rate_views": N_("Engagement rate, of views"),
    "engagement_rate_followers": N_("Engagement rate, of followers"),
    "negative_feedback_impressions": N_("Negative feedback per 1,000 impressions"),
    "negative_feedback_views": N_("Negative feedback per 1,000 views"),
}
OF: Mapping[str, str] = {
    "reach": N_("of people reached"),
    "impressions": N_("of impressions"),
    "views": N_("of views"),
    "followers": N_("of followers, a week"),
    "sessions": N_("of visits from networks"),
}
PER_THOUSAND: Mapping[str, str] = {
    "reach": N_("per 1,000 reached"),
    "impressions": N_("per 1,000 impressions"),
    "views": N_("per 1,000 views"),
}
SPLIT: Mapping[str, str] = {
    "by age and gender": N_("of followers, by age and gender"),
    "by age": N_("of followers, by age alone"),
    "by gender": N_("of followers, by gender alone"),
    "by city": N_("of followers, by city alone"),
    "by country": N_("of followers, by country alone"),
}
KINDS: Mapping[str, str] = {
    "reel": N_("Reels"),
    "video": N_("Video"),
    "carousel": N_("Carousels"),
    "image": N_("Photos"),
    "story": N_("Stories"),
    "link": N_("Links"),
    "text": N_("Text"),
    "live": N_("Live video"),
    "other": N_("Of no known kind"),
}
STEP_NAMES: Mapping[StepName, str] = {
    "followers": N_("Followers"),
    "reached": N_("Reached"),
    "engaged": N_("Reactions"),
    "visits": N_("Free visits"),
    "leads": N_("Leads"),
    "customers": N_("Customers"),
}
EACH: Mapping[StepName, str] = {
    "followers": N_("follower"),
    "reached": N_("person reached"),
    "engaged": N_("reaction"),
    "visits": N_("visit"),
    "leads": N_("lead"),
}
STEP_COUNTS: Mapping[str, str] = {
    "people": N_("at week's end"),
    "reach": N_("people, post by post or day by day"),
    "impressions": N_("impressions"),
    "views": N_("views"),
    "interactions": N_("likes, comments, shares, saves"),
    "sessions": N_("sessions that no ad brought"),
    "leads": N_("from lead lists"),
    "key_events": N_("key events of free visits"),
    "won": N_("leads that were won"),
    "mixed": N_("people, on some networks views"),
}
STAGE_NAMES: Mapping[Stage, str] = {
    "new": N_("New"),
    "contacted": N_("Contacted"),
    "qualified": N_("Qualified"),
    "won": N_("Won"),
    "lost": N_("Lost"),
    "unknown": N_("Without a known status"),
}
AT_PRICE: Mapping[str, str] = {
    "own": N_("a week, at your own CPM"),
    "plan": N_("a week, at the plan's CPM"),
    "both": N_("a week, at your own or the plan's CPM"),
}
CLEARLY = Fraction(105, 100)


def network_name(words: Words, network: str) -> str:
    """`Instagram`; `All` for all networks together."""
    return words.say(NETWORK_NAMES.get(network, network.title()))


def kind_name(words: Words, kind: str) -> str:
    """`Reels`, in the person's language."""
    return words.say(KINDS[kind]) if kind in KINDS else kind


def figure(words: Words, numbers: Numbers, kpi: Kpi) -> str:
    """The value as it is shown."""
    if kpi.name == "best_content":
        return kind_name(words, kpi.kind) if kpi.kind else "–"
    return amount(numbers, measure_of(kpi.name, kpi.basis), kpi.value)


def amount(numbers: Numbers, measure: str, value: float | None) -> str:
    """A value of a measure, in its own unit."""
    if measure.startswith("negative_feedback"):
        return numbers.decimal(value, 1)
    unit = MEASURES[measure].unit
    if unit == "share":
        return numbers.percent(value)
    return numbers.money_of_compact(value) if unit == "money" else numbers.compact(value)


def span(numbers: Numbers, measure: str, ratio: Ratio | None) -> str:
    """8 of 10: from low to high, in the measure's unit."""
    ends = ratio.span if ratio else None
    return numbers.span(*(amount(numbers, measure, end) for end in ends)) if ends else "–"


def about(numbers: Numbers, count: float) -> str:
    """A count with three digits that count."""
    return numbers.whole(float(f"{count:.3g}"))


def caption(words: Words, kpi: Kpi) -> str:
    """The denominator, and what a card's figure rests on."""
    text = _caption(words, kpi)
    if kpi.left_out and kpi.value is not None:
        names = ", ".join(network_name(words, name) for name in kpi.left_out)
        text = words.say("{text}; without {networks}", text=text, networks=names)
    return text


def _caption(words: Words, kpi: Kpi) -> str:
    notes = set(kpi.notes)
    if kpi.name == "followers":
        line, plain = words.say("at week's end; line: new ones a week"), words.say("at week's end")
        return line if "line_of_won" in notes else plain
    if kpi.name == "profile":
        return words.say(next((SPLIT[note] for note in kpi.notes if note in SPLIT), "of followers"))
    if kpi.name == "reach_value":
        said = AT_PRICE["both" if {"own", "plan"} <= notes else "plan" if "plan" in notes else "own"]
        text = words.say(said)
        return text if kpi.basis == "reach" else words.say("{text}; views, not people", text=text)
    if kpi.name == "visits":
        return words.say("a week, from networks") if "a_week" in notes else words.say("in all, from networks")
    if kpi.name == "negative_feedback":
        parts = {"hides": words.say("hidden posts"), "unfollows": words.say("people who left")}
        said = " + ".join(text for name, text in parts.items() if name in notes)
        return words.say("{what}, {per}", what=said, per=words.say(PER_THOUSAND.get(kpi.basis, "per 1,000 reached")))
    return words.say(OF.get(kpi.basis, OF["reach"]))


def goal_source(words: Words, goal: Goal) -> str:
    """Who says a target or alert line."""
    if goal.is_own:
        return words.say("your own line")
    return words.say("published: {source}, {year}", source=goal.source, year=goal.year)


def leader(cells: Sequence[Cell]) -> tuple[str, str, float] | None:
    """The kind whose rate lies above the next one's beyond chance, that one, and how many times; same denominators."""
    bases = [cell.rate.basis for cell in cells]
    basis = min(bases, key=BASES.index, default="")
    sums: dict[str, tuple[int, int]] = {}
    for cell in cells:
        if cell.rate.basis == basis and cell.kind != "other":
            top, bottom = sums.get(cell.kind, (0, 0))
            sums[cell.kind] = (top + cell.rate.top, bottom + cell.rate.bottom)
    rates = {kind: Ratio(*parts, basis) for kind, parts in sums.items()}
    ranked = sorted(rates, key=lambda kind: -(rates[kind].value or 0))
    if len(ranked) < 2 or rates[ranked[0]].is_few or rates[ranked[1]].is_few:
        return None
    first, second = rates[ranked[0]], rates[ranked[1]]
    low, high = first.span, second.span
    if not (low and high and first.value and second.value) or low[0] <= high[1] * float(CLEARLY):
        return None
    return ranked[0], ranked[1], first.value / second.value


def title(words: Words, numbers: Numbers, found: Audience, alerts: Sequence[Alert], network: str) -> str:
    """What leads, and what is over its line; else the followers."""
    cells = [cell for cell in found.cells if network in (ALL, cell.network)]
    ahead, over = leader(cells), [alert for alert in alerts if network in (ALL, alert.network)]
    parts = []
    if ahead:
        first, second, times = ahead
        parts.append(
            words.say(
                "{kind} earn {times} the engagement of {other}", kind=kind_name(words, first),
                times=numbers.times(times, 1), other=_lower(kind_name(words, second)),
            )
        )  # fmt: skip
    if over:
        parts.append(alert_sentence(words, over[0], start=not parts))
    if parts:
        return "; ".join(parts)
    fans = found.kpis.get(network, {}).get("followers")
    if fans and fans.value is not None and fans.change:
        facts = {"n": numbers.compact(fans.value), "change": numbers.signed(fans.change)}
        return words.say("{n} followers, {change} in these weeks", **facts)
    return words.say("Your audience, week by week")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def alert_sentence(words: Words, alert: Alert, start: bool = True) -> str:
    """Which measure is over its line, and where."""
    name, where = words.say(LABELS[alert.kpi]), network_name(words, alert.network)
    low = MEASURES[measure_of(alert.kpi, alert.basis)].more_is_better
    said = name if start else _lower(name)
    if low:
        return words.say("{measure} is under its alert line on {network}", measure=said, network=where)
    return words.say("{measure} is over its alert line on {network}", measure=said, network=where)


def of_content(words: Words, found: Sequence[Cell]) -> str:
    """On which networks one kind of content is clearly ahead."""
    names: dict[str, list[str]] = {}
    for network in dict.fromkeys(cell.network for cell in found):
        ahead = leader([cell for cell in found if cell.network == network])
        if ahead:
            names.setdefault(ahead[0], []).append(network_name(words, network))
    if not names:
        return words.say("Engagement by kind of content")
    kind = max(names, key=lambda name: len(names[name]))
    return words.say("{kind} lead on {networks}", kind=kind_name(words, kind), networks=listed(words, names[kind]))


def listed(words: Words, names: Sequence[str]) -> str:
    """`Instagram and Facebook`."""
    if len(names) < 2:
        return "".join(names)
    return words.say("{first} and {last}", first=", ".join(names[:-1]), last=names[-1])


def of_landing(words: Words, numbers: Numbers, rows: Iterable[Landing]) -> str:
    """The page that loses most visitors beyond chance, over all its sources."""
    sums: dict[str, tuple[int, int]] = {}
    for row in rows:
        if row.bounce:
            top, bottom = sums.get(row.page, (0, 0))
            sums[row.page] = (top + row.bounce.top, bottom + row.bounce.bottom)
    rates = {page: Ratio(*parts, "sessions", 1, True) for page, parts in sums.items() if page}
    ranked = sorted(rates, key=lambda page: -(rates[page].value or 0))
    if len(ranked) > 1 and not rates[ranked[0]].is_few:
        first, second = rates[ranked[0]].span, rates[ranked[1]].span
        if first and second and first[0] > second[1]:
            share = numbers.percent(rates[ranked[0]].value)
            return words.say("{page} loses most visitors: bounce rate {share}", page=ranked[0], share=share)
    return words.say("Where visits land, and who stays")


def of_funnel(words: Words, numbers: Numbers, steps: Sequence[Step]) -> str:
    """How many of 1,000 people reached come to the site without an ad."""
    known = {step.name: step for step in steps}
    reached, visits = known.get("reached"), known.get("visits")
    if reached and visits and reached.value and visits.value and reached.left_out == visits.left_out:
        each = numbers.decimal(1000 * visits.value / reached.value, 1)
        return words.say("Of 1,000 reached, {n} visit the site without an ad", n=each)
    return words.say("From fan to customer")


def of_candidates(words: Words, count: int) -> str:
    """How many posts stand out."""
    if not count:
        return words.say("No post stands out beyond chance")
    return words.count("{n} post worth boosting", "{n} posts worth boosting", count)


def step_rate(words: Words, numbers: Numbers, step: Step) -> str:
    """The rate from the step before, with what it is of; several a piece are said as times."""
    if step.rate is None or step.rate.value is None or step.of is None:
        return "–"
    value = step.rate.value
    if value > 1 and step.of in EACH:
        return words.say("{n} per {one}", n=numbers.decimal(value, 1), one=words.say(EACH[step.of]))
    digits = 2 if value < 0.01 else None
    text = numbers.percent(value, digits)
    if step.rate.is_few and step.rate.span:
        text = numbers.span(*(numbers.percent(end, digits) for end in step.rate.span))
    return words.say("{rate} of {step}", rate=text, step=_lower(words.say(STEP_NAMES[step.of])))
