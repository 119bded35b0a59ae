"""The next steps as sentences, and the screen on which each is done."""

from collections.abc import Mapping

from budget.next_steps import Code
from budget.present.words import N_

STEP_SENTENCES: Mapping[Code, str] = {
    "ORDER_VALUE": N_("Say what an order is worth and costs"),
    "LINES": N_("Give the plan its first line and budget"),
    "GOAL": N_("Set the goal, so that its chance can be told"),
    "LOCK": N_("Approve the plan: lock it as the baseline that results are judged against"),
    "UPLOAD_FIRST": N_("The plan is running: upload the first exports"),
    "UPLOAD_LATE": N_("The data end on {day}: upload the week since"),
    "MATCH": N_("Campaigns without a line: {n}. Match them"),
    "NEXT_PLAN": N_("The plan is over: copy it for the next period"),
    "REVIEW": N_("All is up to date: read the review"),
}
STEP_PAGES: Mapping[Code, str] = {
    "ORDER_VALUE": "business", "LINES": "plan", "GOAL": "business", "LOCK": "plan", "UPLOAD_FIRST": "upload",
    "UPLOAD_LATE": "upload", "MATCH": "review", "NEXT_PLAN": "plan", "REVIEW": "review",
}  # fmt: skip
