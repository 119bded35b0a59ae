"""Audiences of the plan, and which of them each line speaks to: their size is how many people a line can reach."""

from dataclasses import replace

import streamlit as st

from budget.audiences import audience_of, check_audiences, free_key, joined, networks_of, origin_of, with_audiences
from budget.editing import PLATFORMS, figure_of
from budget.funnels import AUDIENCE_UNKNOWN
from budget.plan import PlanAudience, PlanLine, StoredPlan
from budget.present.business_words import business_sentence
from budget.present.escape import esc
from budget.present.vocabulary import PLATFORMS as PLATFORM_NAMES
from budget.present.vocabulary import line_names
from budget.present.words import N_
from pages.parts import findings, typed
from pages.parts.app import App
from pages.parts.choice import choose, own_key

NAME_LENGTH = 200
SIZE_HELP = N_("People, as the network's audience tool says. The middle of its range.")
ORIGINS = {
    "own": N_("{people} people: the line's own figure, from the Plan screen"),
    "audience": N_("{people} people: the size of the audience, give or take 30%"),
    "unknown": N_("Size not known: {people} people are assumed"),
}


def audiences(app: App, plan: StoredPlan) -> StoredPlan:
    """The plan with its audiences as typed."""
    with st.container(gap="xxsmall"):
        st.header(app.say("Whom do you speak to?"), anchor=False)
        st.caption(app.say("The size of an audience is how many people its lines can reach, so it decides how soon "
                           "they see the same ad again"))  # fmt: skip
    rows: list[PlanAudience] = []
    for audience in plan.audiences:
        said = _card(app, plan, audience)
        rows += [said] if said else []
    if st.button(app.say("Add an audience"), key="audience_add", icon=":material/add:"):
        rows.append(PlanAudience(free_key((each.audience_key for each in rows), "audience")))
    return with_audiences(plan, rows) if tuple(rows) != plan.audiences else plan


def _card(app: App, plan: StoredPlan, audience: PlanAudience) -> PlanAudience | None:
    """One audience as typed; None once it is removed."""
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            name = audience.segment or app.say("New audience")
            st.markdown(f"**{esc(name)}**", width="stretch")
            label = app.say("Remove")
            if st.button(label, key=_key(plan, audience, "remove"), icon=":material/delete:", type="tertiary"):
                return None
        first, second = st.columns(2)
        segment = _text(app, plan, audience, first, "segment", app.say("Segment"))
        product = _text(app, plan, audience, second, "product", app.say("Product or service"))
        first, second, third = st.columns(3)
        region = _text(app, plan, audience, first, "region", app.say("Place"))
        size = second.number_input(
            app.say("Size, people"), 0, 10**10, audience.size, step=1000, key=_key(plan, audience, "size"),
            help=app.say(SIZE_HELP),
        )  # fmt: skip
        known = [*PLATFORMS, *(each for each in networks_of(audience) if each not in PLATFORMS)]
        networks = third.multiselect(
            app.say("Networks"), known, networks_of(audience), help=app.say("Where they are met. Empty: everywhere."),
            format_func=lambda platform: app.say(PLATFORM_NAMES.get(platform, platform)),
            key=own_key(app, _key(plan, audience, "networks")), placeholder=app.say("All networks"),
        )  # fmt: skip
    same = tuple(networks) == networks_of(audience)
    return replace(
        audience, segment=segment, product=product, region=region, size=size,
        networks=audience.networks if same else ",".join(networks),
    )  # fmt: skip


def _text(
    app: App, plan: StoredPlan, audience: PlanAudience, place: st.delta_generator.DeltaGenerator, field: str, label: str
) -> str:
    found: str = getattr(audience, field)
    typed_text = place.text_input(label, found, max_chars=NAME_LENGTH, key=_key(plan, audience, field))
    return " ".join(typed_text.split()) if typed_text != found else found


def whom(app: App, plan: StoredPlan) -> StoredPlan:
    """The plan with each line speaking to the audience that is chosen, and where its number of people comes from."""
    with st.container(gap="xxsmall"):
        st.header(app.say("Whom each line speaks to"), anchor=False)
        st.caption(app.say("Choosing an audience replaces the line's own number of people by its size"))
    if not plan.lines:
        st.write(app.say("Add lines on the Plan screen first."))
        return plan
    names = line_names(app.words, plan)
    for line in plan.lines:
        plan = _line(app, plan, line, names[line.line_key])
    found = check_audiences(plan)
    findings.listed(app, found, lambda finding: business_sentence(finding, app.words, app.numbers, names))
    return plan


def _line(app: App, plan: StoredPlan, line: PlanLine, name: str) -> StoredPlan:
    shown = {"": app.say("nobody named")} | {each.audience_key: each.segment or each.audience_key for each in
                                             plan.audiences}  # fmt: skip
    usual = line.audience_key if audience_of(plan, line) else ""
    with st.container(gap="xxsmall"):
        picked = choose(
            app, st.container(), esc(name), list(shown), key=typed.key(plan, f"whom_{plan.plan_id}_{line.line_key}"),
            usual=usual, shown=shown.__getitem__, remembered=False,
        )  # fmt: skip
        if picked != usual:
            plan = joined(plan, line.line_key, picked)
        st.caption(esc(_people(app, plan, line.line_key)))
    return plan


def _people(app: App, plan: StoredPlan, line_key: str) -> str:
    found = figure_of(plan, line_key, "audience")
    assumed = app.numbers.whole_span(AUDIENCE_UNKNOWN.low, AUDIENCE_UNKNOWN.high)
    people = app.numbers.whole(found.likely) if found else assumed
    return app.say(ORIGINS[origin_of(plan, line_key)], people=people)


def _key(plan: StoredPlan, audience: PlanAudience, name: str) -> str:
    return typed.key(plan, f"audience_{plan.plan_id}_{audience.audience_key}_{name}")
