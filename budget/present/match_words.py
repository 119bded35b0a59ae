"""Why a plan line is suggested for a campaign, and how a match was made."""

from budget.present.words import N_

SUGGESTED = {
    "utm": N_("suggested: the line's UTM name"),
    "exact": N_("suggested: the plan's own words"),
    "tactic": N_("suggested: the name holds the tactic"),
    "name": N_("suggested: {share} alike"),
    "only": N_("suggested: the platform's only line"),
}
MADE = {
    "utm": N_("matched by UTM name"),
    "exact": N_("matched by name"),
    "remembered": N_("remembered from before"),
    "person": N_("matched by you"),
}
