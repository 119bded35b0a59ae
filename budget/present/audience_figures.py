"""How the targets and alert lines of the audience are called in the plan workbook and in lists of changes."""

from collections.abc import Mapping

from budget.audience_goals import scope_of
from budget.audience_networks import NETWORKS
from budget.present.audience_words import NETWORK_NAMES
from budget.present.words import N_

GOAL_PARTS: Mapping[str, str] = {
    "kpi": N_("Audience, all networks"), **{scope_of(name): NETWORK_NAMES[name] for name in NETWORKS},
}  # fmt: skip
GOAL_FIGURES: Mapping[str, str] = {
    "followers.target": N_("Followers: target"),
    "followers.alert": N_("Followers: alert line"),
    "profile.target": N_("In target audience: target"),
    "profile.alert": N_("In target audience: alert line"),
    "engagement_rate.target": N_("Engagement rate: target"),
    "engagement_rate.alert": N_("Engagement rate: alert line"),
    "engagement_rate_impressions.target": N_("Engagement rate, of impressions: target"),
    "engagement_rate_impressions.alert": N_("Engagement rate, of impressions: alert line"),
    "engagement_rate_views.target": N_("Engagement rate, of views: target"),
    "engagement_rate_views.alert": N_("Engagement rate, of views: alert line"),
    "engagement_rate_followers.target": N_("Engagement rate, of followers: target"),
    "engagement_rate_followers.alert": N_("Engagement rate, of followers: alert line"),
    "reach_value.target": N_("Value of free reach a week: target"),
    "reach_value.alert": N_("Value of free reach a week: alert line"),
    "visits.target": N_("Visits from networks a week: target"),
    "visits.alert": N_("Visits from networks a week: alert line"),
    "bounce_rate.target": N_("Bounce rate: target"),
    "bounce_rate.alert": N_("Bounce rate: alert line"),
    "negative_feedback.target": N_("Negative feedback per 1,000 reached: target"),
    "negative_feedback.alert": N_("Negative feedback per 1,000 reached: alert line"),
    "negative_feedback_impressions.target": N_("Negative feedback per 1,000 impressions: target"),
    "negative_feedback_impressions.alert": N_("Negative feedback per 1,000 impressions: alert line"),
    "negative_feedback_views.target": N_("Negative feedback per 1,000 views: target"),
    "negative_feedback_views.alert": N_("Negative feedback per 1,000 views: alert line"),
}
