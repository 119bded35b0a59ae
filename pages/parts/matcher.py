"""Campaign names beside plan lines: suggested with the reason, confirmed by the person all at once, remembered."""

from collections.abc import Mapping, Sequence

import streamlit as st

from budget.plan import StoredPlan
from budget.present.escape import esc
from budget.present.match_words import MADE, SUGGESTED
from budget.present.numbers import numbers_for
from budget.present.vocabulary import PLATFORMS, line_names
from budget.store import CampaignMatch
from budget.store.values import How
from budget.trust import Campaign
from pages.parts import kept, results
from pages.parts.app import App
from pages.parts.choice import choose

NO_LINE = ""
LATER = "?"
OUTSIDE = "outside"
BEFORE = "_matches_before"
MOST_SHOWN = 40
Slot = tuple[str, str, str]


def matcher(app: App, plan: StoredPlan) -> None:
    """The campaigns that no line has claimed, each with a suggestion; nothing is matched before it is confirmed."""
    # One campaign that was billed in two currencies is one choice.
    campaigns = tuple({_slot(campaign): campaign for campaign in results.campaigns(app, plan)}.values())
    waiting = [campaign for campaign in campaigns if not campaign.decided]
    _confirmed(app, plan)
    label = app.count("Match {n} campaign", "Match {n} campaigns", len(waiting))
    closed = app.say("Campaigns and their lines")
    with st.expander(label if waiting else closed, expanded=bool(waiting), icon=":material/join_inner:"):
        if not campaigns:
            st.write(app.say("No campaign was uploaded yet."))
            return
        st.caption(
            app.say("Once confirmed, a campaign stays with its line; with ids in the export, even when it is renamed.")
        )
        every = not waiting or st.toggle(app.say("Show the matched ones too"), key=f"match_all_{plan.plan_id}")
        wanted = campaigns if every else tuple(waiting)
        shown = wanted[:MOST_SHOWN]
        chosen = {_slot(campaign): _choice(app, plan, campaign) for campaign in shown}
        if len(shown) < len(wanted):
            st.caption(app.count("{n} more comes after these.", "{n} more come after these.", len(wanted) - len(shown)))
        _confirm(app, plan, shown, chosen)


def _choice(app: App, plan: StoredPlan, campaign: Campaign) -> str:
    names = line_names(app.words, plan)
    own = [line.line_key for line in plan.lines if line.platform == campaign.platform]
    options = [*([] if campaign.decided else [LATER]), NO_LINE, *own]
    suggested = campaign.proposed or LATER
    usual = (campaign.line_key or NO_LINE) if campaign.decided else suggested
    left, right = st.columns([7, 5], vertical_alignment="center")
    amount = numbers_for(app.lang, campaign.currency or app.numbers.currency).money_exact(campaign.spend_micros)
    platform = app.say(PLATFORMS.get(campaign.platform, esc(campaign.platform)))
    with left.container(gap="xxsmall"):
        st.markdown(f"**{esc(campaign.name)}** · {platform} · {amount}")
        if said := _said(app, campaign):
            st.caption(esc(said))
    label = app.say("Line of {campaign}", campaign=esc(campaign.name))
    others = {NO_LINE: app.say("Not in the plan"), LATER: app.say("Decide later")}
    return choose(
        app, right, label, options, key=f"match_{plan.plan_id}_" + "_".join(_slot(campaign)),
        usual=usual, shown=lambda key: names.get(key, others.get(key, key)), label_visibility="collapsed",
        remembered=False,
    )  # fmt: skip


def _said(app: App, campaign: Campaign) -> str:
    """Why this line is suggested or how it was matched, and what the campaign was called before; plain text."""
    words = MADE if campaign.decided else SUGGESTED
    share = "" if campaign.likeness is None else app.numbers.percent(campaign.likeness / 100)
    why = app.say(words[campaign.why], share=share) if campaign.why in words else ""
    if not campaign.decided and not why:
        why = app.say("no suggestion: choose a line")
    earlier = app.say("called “{name}” before", name=campaign.earlier_name) if campaign.earlier_name else ""
    return " · ".join(part for part in (earlier, why) if part)


def _confirm(app: App, plan: StoredPlan, campaigns: Sequence[Campaign], chosen: Mapping[Slot, str]) -> None:
    """All choices at once; what is left for later stays as it is."""
    settled = [c for c in campaigns if chosen[_slot(c)] != LATER]
    changed = [c for c in settled if not c.decided or (c.line_key or NO_LINE) != chosen[_slot(c)]]
    label = app.count("Confirm {n} match", "Confirm {n} matches", len(changed))
    if changed and st.button(label, key="go_match", type="primary", icon=":material/check:"):
        before = {(m.platform, m.account_id, m.campaign_slot): m for m in app.store.matches(plan.workspace_id)}
        undone = [before.get(_slot(c), CampaignMatch(*_slot(c), tactic=None)) for c in changed]
        app.store.set_matches(plan.workspace_id, [_match(plan, c, chosen[_slot(c)]) for c in changed])
        kept.settle(plan, "matches")
        st.session_state[BEFORE] = (plan.workspace_id, undone)
        st.rerun()


def _confirmed(app: App, plan: StoredPlan) -> None:
    """What was confirmed last, with one step back for all of it."""
    firm_id, before = st.session_state.get(BEFORE, (None, []))
    if firm_id != plan.workspace_id:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        said = app.count("{n} campaign matched.", "{n} campaigns matched.", len(before))
        st.markdown(f":green[:material/check_circle:] {said}")
        if st.button(app.say("Undo the matches"), key="undo_matches", icon=":material/undo:", type="tertiary"):
            app.store.set_matches(plan.workspace_id, before)
            kept.settle(plan, "matches")
            st.session_state.pop(BEFORE)
            st.rerun()


def _match(plan: StoredPlan, campaign: Campaign, line_key: str) -> CampaignMatch:
    tactic = plan.line(line_key).tactic if line_key else OUTSIDE
    return CampaignMatch(*_slot(campaign), tactic=tactic, line_key=line_key or None, how=_how(campaign, line_key))


def _how(campaign: Campaign, line_key: str) -> How:
    """`exact` and `utm` where the person took such a suggestion, else the person's own word."""
    if line_key and line_key == campaign.proposed:
        return "exact" if campaign.why == "exact" else "utm" if campaign.why == "utm" else "person"
    return "person"


def _slot(campaign: Campaign) -> Slot:
    """What tells a campaign from all others, whatever it is called."""
    return campaign.platform, campaign.account_id, campaign.campaign_slot
