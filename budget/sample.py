"""The sample firm as a workspace: its exports, the matches of its campaigns, its plan and the locked baseline."""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from budget.audience_goals import goal_row
from budget.business import Business, with_business
from budget.desk import keep_forecast, settle
from budget.exports import read_export
from budget.lifts import Lift, stored
from budget.money import micros
from budget.plan import PlanAssumption, PlanAudience, PlanLine, PlanObjective, PlanWeek, StoredPlan
from budget.ranges import Range
from budget.store import CampaignMatch, SalesTotal, Store, Workspace
from budget.weeks import WEEK

NAME = "Nar Ev"
FOLDER = Path(__file__).parent.parent / "sample_data" / "nar_ev"
EARLIER, PAGES = FOLDER.with_name("nar_ev_year_before"), FOLDER.with_name("nar_ev_pages")
UNITS = {"cpm": "money", "ctr": "share", "cvr": "share", "audience": "count"}
SAME = (
    "line_key", "platform", "tactic", "audience_key", "start_date", "end_date", "commitment", "owner", "utm_campaign",
)  # fmt: skip
TESTED = ("spend_before", "spend_change", "sales_change", "low", "high")
Progress = Callable[[int, int, str], None]


def open_sample(store: Store, *, progress: Progress | None = None) -> Workspace:
    """The sample's workspace, made on first call and returned as it is afterwards.

    `progress(done, steps, what)` is told before each step; `what` is a file name or `plan`. A sample whose making was
    broken off is completed: the locked baseline comes last and tells a whole one.
    """
    body = tomllib.loads((FOLDER / "plan.toml").read_text("utf-8"))
    workspace = _workspace(store, body["plan"])
    firm = workspace.workspace_id
    if any(head.status == "locked" for head in store.plans(firm)):
        return workspace
    exports, earlier = _exports(body), len(body["earlier_export"])
    tell, steps = progress or (lambda done, total, what: None), len(exports) + 1
    plan = _plan(store, firm, body)
    keep_forecast(store, plan, "plan")
    for done, (path, export) in enumerate(exports):
        tell(done, steps, path.name)
        _take(store, firm, path, export)
        if done == earlier:
            store.set_matches(firm, _matches(store, firm, body["line"]))
            keep_forecast(store, plan, "upload")
    store.set_matches(firm, _matches(store, firm, body["line"]))
    tell(steps - 1, steps, "plan")
    store.add_sales(firm, _sales(body))
    if not store.experiments(firm, ended=True):
        store.save_experiment(firm, stored(_lift(body["test"][0], body["plan"]["currency"])))
    locked = store.lock_plan(firm, plan.plan_id, seen_version=plan.version)
    settle(store, locked, "lock")
    tell(steps, steps, "plan")
    return _workspace(store, body["plan"])


def _workspace(store: Store, plan: Mapping[str, Any]) -> Workspace:
    found = [workspace for workspace in store.workspaces() if workspace.name == NAME]
    if found:
        return found[0]
    return store.create_workspace(NAME, currency=plan["currency"], timezone=plan["timezone"])


def _exports(body: Mapping[str, Any]) -> list[tuple[Path, Mapping[str, Any]]]:
    """The files in the order in which they were uploaded, each with its row of the plan file."""
    folders = {"earlier_export": EARLIER, "export": FOLDER, "page_export": PAGES}
    return [(folder / one["file"], one) for part, folder in folders.items() for one in body[part]]


def _take(store: Store, firm: int, path: Path, export: Mapping[str, Any]) -> None:
    """One file, with what the person of the sample answered about it."""
    raw, as_of = path.read_bytes(), export["as_of"]
    answers = {"year": export["year"]} if "year" in export else {}
    reading = read_export(path.name, raw, answers, today=as_of.date())
    store.add_import(firm, reading, raw, as_of=as_of)


def _lift(test: Mapping[str, Any], currency: str) -> Lift:
    """The lift study that the person of the sample entered."""
    said: dict[str, Any] = {f"{name}_micros": micros(test[name]) for name in TESTED}
    said |= {name: test[name] for name in ("kind", "platform", "tactic", "start_date", "end_date")}
    return Lift(**said, currency=currency)


def _matches(store: Store, firm: int, lines: Sequence[Mapping[str, Any]]) -> list[CampaignMatch]:
    """What the person of the sample confirmed; a campaign that no line names stays unmatched."""
    owner = {
        (line["platform"], name): line for line in lines for name in (*line["campaigns"], *line["earlier_campaigns"])
    }
    return [
        CampaignMatch(row["platform"], row["account_id"], row["campaign_slot"], line["tactic"], line["line_key"])
        for row in store.campaigns(firm).to_dict("records")
        if (line := owner.get((row["platform"], row["campaign_name"])))
    ]


def _plan(store: Store, firm: int, body: Mapping[str, Any]) -> StoredPlan:
    head = next(iter(store.plans(firm)), None)
    if head:
        return store.plan(firm, head.plan_id)
    plan = store.create_plan(firm, name=body["plan"]["name"], currency=body["plan"]["currency"])
    return store.save_plan(firm, filled(plan, body))


def _sales(body: Mapping[str, Any]) -> list[SalesTotal]:
    """All sales of the shop by week."""
    weeks = {date.fromisoformat(week): amount for week, amount in body["sales_weekly"].items()}
    return [SalesTotal(week, week + WEEK, body["plan"]["currency"], micros(amount)) for week, amount in weeks.items()]


def filled(plan: StoredPlan, body: Mapping[str, Any]) -> StoredPlan:
    """The plan with everything that the sample's plan file says."""
    goal = body["objective"]
    whole = replace(
        plan,
        lines=tuple(_line(line) for line in body["line"]),
        weeks=tuple(week for line in body["line"] for week in _weeks(line)),
        assumptions=(*(row for line in body["line"] for row in _assumptions(line)), *map(_goal, body["kpi"])),
        audiences=tuple(PlanAudience(**audience) for audience in body["audience"]),
        objectives=(
            PlanObjective(
                goal["objective_key"], goal["kpi"], target_micros=micros(goal["target"]), due_date=goal["due_date"]
            ),
        ),
    )
    return with_business(whole, _business(body))


def _business(body: Mapping[str, Any]) -> Business:
    figures: dict[str, Any] = {key: _figure(value) for key, value in body["business"].items()}
    monthly = {kind: micros(amount) for kind, amount in body["costs_monthly"].items()}
    return Business(**figures, monthly_micros=monthly)


def _figure(value: Any) -> Any:
    return Range(*map(float, value)) if isinstance(value, list) else value


def _line(line: Mapping[str, Any]) -> PlanLine:
    same = {key: line[key] for key in SAME}
    objective = "awareness" if line["tactic"] == "awareness" else "sales"
    return PlanLine(**same, objective_key=objective, budget_micros=micros(line["budget"]))


def _weeks(line: Mapping[str, Any]) -> Iterator[PlanWeek]:
    for week, amount in line["weeks"].items():
        yield PlanWeek(line["line_key"], date.fromisoformat(week), micros(amount))


def _goal(row: Mapping[str, Any]) -> PlanAssumption:
    """A target or alert line of the pages' measures."""
    return goal_row(row["scope"], row["key"], float(row["value"]))


def _assumptions(line: Mapping[str, Any]) -> Iterator[PlanAssumption]:
    said = {key: line[key] for key in ("source", "region", "source_date", "confidence")}
    for key, unit in UNITS.items():
        low, likely, high = (float(x) for x in line[key])
        yield PlanAssumption(line["line_key"], key, low, likely, high, unit, **said)
