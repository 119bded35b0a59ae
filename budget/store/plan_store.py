"""The store's methods for plans: saved as a whole by version, proposed, approved by a locked copy."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Engine

from budget.plan import PlanHead, PlanLine, PlanWeek, Proposal, StoredPlan
from budget.store import plans
from budget.store.connect import reading, writing
from budget.store.people import LOCAL, Actor


class PlanStore:
    """Draft, proposed, locked or archived: a locked plan never changes; the others are edited by the version seen."""

    _engine: Engine
    _now: Callable[[], datetime]

    def create_plan(
        self,
        workspace: int,
        *,
        name: str,
        currency: str,
        lines: Sequence[PlanLine] = (),
        weeks: Sequence[PlanWeek] = (),
        based_on: int | None = None,
        actor: Actor = LOCAL,
    ) -> StoredPlan:
        """A new draft at version 1."""
        draft = StoredPlan(
            plan_id=0,
            workspace_id=workspace,
            name=name,
            currency=currency,
            lines=tuple(lines),
            weeks=tuple(weeks),
            based_on_plan_id=based_on,
        )
        with writing(self._engine) as connection:
            return plans.create(connection, draft, actor, self._now())

    def add_plan(self, workspace: int, plan: StoredPlan, *, actor: Actor = LOCAL) -> StoredPlan:
        """A new draft with everything that `plan` holds, at version 1; its own number is given here."""
        with writing(self._engine) as connection:
            return plans.create(connection, replace(plan, workspace_id=workspace), actor, self._now())

    def plan(self, workspace: int, plan_id: int) -> StoredPlan:
        """A whole plan, else `PlanMissing`."""
        with reading(self._engine) as connection:
            return plans.load(connection, workspace, plan_id)

    def plans(self, workspace: int) -> tuple[PlanHead, ...]:
        """Heads of all plans, the last edited first."""
        with reading(self._engine) as connection:
            return plans.listed(connection, workspace)

    def save_plan(self, workspace: int, plan: StoredPlan, *, actor: Actor = LOCAL) -> StoredPlan:
        """Replace the stored plan; `plan.version` must be the stored one (`PlanChanged`). Returns `version + 1`.

        The result is a draft, so that nobody approves something else than what was proposed.
        """
        with writing(self._engine) as connection:
            return plans.save(connection, workspace, plan, actor, self._now())

    def lock_plan(self, workspace: int, plan_id: int, *, seen_version: int, actor: Actor = LOCAL) -> StoredPlan:
        """A locked copy that never changes: the approval. Editing goes on in the plan, which is a draft again."""
        with writing(self._engine) as connection:
            return plans.lock(connection, workspace, plan_id, seen_version, actor, self._now())

    def propose_plan(
        self, workspace: int, plan_id: int, *, seen_version: int, note: str = "", actor: Actor = LOCAL
    ) -> StoredPlan:
        """Ask for approval of a draft as it stands; contents and version stay."""
        with writing(self._engine) as connection:
            return plans.propose(connection, workspace, plan_id, seen_version, note, actor)

    def withdraw_plan(self, workspace: int, plan_id: int, *, seen_version: int, actor: Actor = LOCAL) -> StoredPlan:
        """Take a proposal back: the plan is a draft again; contents and version stay."""
        with writing(self._engine) as connection:
            return plans.withdraw(connection, workspace, plan_id, seen_version, actor)

    def proposal(self, workspace: int, plan_id: int) -> Proposal | None:
        """The last proposal of a plan, edited since or not; None once it was withdrawn or approved."""
        with reading(self._engine) as connection:
            return plans.proposal(connection, workspace, plan_id)

    def rename_plan(
        self, workspace: int, plan_id: int, name: str, *, seen_version: int, actor: Actor = LOCAL
    ) -> StoredPlan:
        """The plan under another name, as its next version."""
        with writing(self._engine) as connection:
            return plans.rename(connection, workspace, plan_id, name, seen_version, actor, self._now())

    def archive_plan(self, workspace: int, plan_id: int, *, seen_version: int, actor: Actor = LOCAL) -> StoredPlan:
        """Put a draft away."""
        with writing(self._engine) as connection:
            return plans.move(connection, workspace, plan_id, seen_version, actor, self._now(), archive=True)

    def restore_plan(self, workspace: int, plan_id: int, *, seen_version: int, actor: Actor = LOCAL) -> StoredPlan:
        """Bring an archived plan back as a draft."""
        with writing(self._engine) as connection:
            return plans.move(connection, workspace, plan_id, seen_version, actor, self._now(), archive=False)

    def delete_plan(self, workspace: int, plan_id: int, *, seen_version: int, actor: Actor = LOCAL) -> None:
        """Delete a plan that is not locked and on which no locked plan is based."""
        with writing(self._engine) as connection:
            plans.remove(connection, workspace, plan_id, seen_version, actor)
