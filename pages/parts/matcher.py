"""Campaign names beside plan lines: proposed, confirmed by the person, remembered."""

from collections.abc import Mapping

import streamlit as st

from budget.plan import StoredPlan
from budget.present.escape import esc
from budget.present.numbers import numbers_for
from budget.present.vocabulary import PLATFORMS, line_names
from budget.store import CampaignMatch
from budget.trust import Campaign
from pages.parts import results
from pages.parts.app import App
from pages.parts.choice import choose

NO_LINE = ""
OUTSIDE = "outside"
Slot = tuple[str, str, str]


def matcher(app: App, plan: StoredPlan) -> None:
    """The campaigns that no line has claimed, each with a proposal; nothing is matched before it is confirmed."""
    # One campaign that was billed in two currencies is one choice.
    campaigns = tuple({_slot(campaign): campaign for campaign in results.campaigns(app, plan)}.values())
    waiting = [campaign for campaign in campaigns if not campaign.decided]
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
        shown = campaigns if every else tuple(waiting)
        chosen = {_slot(campaign): _choice(app, plan, campaign) for campaign in shown}
        _confirm(app, plan, shown, chosen)


def _choice(app: App, plan: StoredPlan, campaign: Campaign) -> str:
    names = line_names(app.words, plan)
    options = [NO_LINE, *(line.line_key for line in plan.lines if line.platform == campaign.platform)]
    wanted = campaign.line_key or ("" if campaign.decided else campaign.proposed) or NO_LINE
    left, right = st.columns([7, 5], vertical_alignment="center")
    amount = numbers_for(app.lang, campaign.currency or app.numbers.currency).money_exact(campaign.spend_micros)
    left.markdown(
        f"**{esc(campaign.name)}** · {app.say(PLATFORMS.get(campaign.platform, campaign.platform))} · {amount}"
    )
    label = app.say("Line of {campaign}", campaign=esc(campaign.name))
    outside = app.say("Not in the plan")
    return choose(
        app, right, label, options, key=f"match_{plan.plan_id}_" + "_".join(_slot(campaign)),
        usual=wanted, shown=lambda key: names.get(key, outside), label_visibility="collapsed", remembered=False,
    )  # fmt: skip


def _confirm(app: App, plan: StoredPlan, campaigns: tuple[Campaign, ...], chosen: Mapping[Slot, str]) -> None:
    changed = [c for c in campaigns if not c.decided or (c.line_key or NO_LINE) != chosen[_slot(c)]]
    label = app.count("Confirm {n} match", "Confirm {n} matches", len(changed))
    if changed and st.button(label, key="go_match", type="primary", icon=":material/check:"):
        app.store.set_matches(plan.workspace_id, [_match(plan, c, chosen[_slot(c)]) for c in changed])
        st.rerun()


def _match(plan: StoredPlan, campaign: Campaign, line_key: str) -> CampaignMatch:
    tactic = plan.line(line_key).tactic if line_key else OUTSIDE
    return CampaignMatch(*_slot(campaign), tactic=tactic, line_key=line_key or None)


def _slot(campaign: Campaign) -> Slot:
    """What tells a campaign from all others, whatever it is called."""
    return campaign.platform, campaign.account_id, campaign.campaign_slot
