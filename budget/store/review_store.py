"""The store's methods for forecasts, their scores, decisions, notes, experiments, closed periods and alerts seen."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from pandas import DataFrame
from sqlalchemy import Engine

from budget.store import review, review_closing, workspaces
from budget.store.connect import reading, writing
from budget.store.people import LOCAL, Actor
from budget.store.review_values import (
    Acknowledgement,
    Closing,
    Decision,
    Experiment,
    NewForecast,
    NewScore,
    Note,
    StoredForecast,
)


class ReviewStore:
    """What was expected and decided. Decisions and experiments are edited by version, the rest is only added."""

    _engine: Engine
    _now: Callable[[], datetime]

    def add_forecast(self, workspace: int, new: NewForecast, *, actor: Actor = LOCAL) -> StoredForecast:
        """Keep a forecast for ever; the same inputs of the same plan version and data return the first one.

        Raises `InvalidValue` for what is no forecast, `PlanMissing`.
        """
        with writing(self._engine) as connection:
            workspaces.find(connection, workspace)
            return review.add_forecast(connection, workspace, new, actor, self._now())

    def forecasts(self, workspace: int, *, plan_id: int | None = None) -> tuple[StoredForecast, ...]:
        """Kept forecasts, oldest first."""
        with reading(self._engine) as connection:
            workspaces.find(connection, workspace)
            return review.forecasts(connection, workspace, plan_id)

    def forecast_weeks(self, workspace: int, forecast_id: int) -> DataFrame:
        """What a forecast says; `RecordMissing` if there is none.

        Columns: `platform, tactic, week_start, metric`, then Int64 `mean_micros, q05_micros .. q95_micros`.
        """
        with reading(self._engine) as connection:
            workspaces.find(connection, workspace)
            return review.forecast_weeks(connection, workspace, forecast_id)

    def judged_cells(self, workspace: int, forecast_ids: Sequence[int], *, before: date) -> DataFrame:
        """Cells of weeks that begin before a day, with their latest score (null where there is none).

        Columns: `forecast_id`, those of `forecast_weeks`, then `actual_micros, actual_as_of, maturity`.
        """
        with reading(self._engine) as connection:
            workspaces.find(connection, workspace)
            return review.judged_cells(connection, workspace, forecast_ids, before)

    def add_scores(self, workspace: int, scores: Sequence[NewScore], *, actor: Actor = LOCAL) -> int:
        """Add scores; one of the same cell and data version stays as it is. Returns how many were added."""
        with writing(self._engine) as connection:
            return review.add_scores(connection, workspace, scores, actor, self._now())

    def scores(self, workspace: int, *, forecast_ids: Sequence[int] | None = None, latest: bool = True) -> DataFrame:
        """Scores with what was forecast, of all or some forecasts; `latest`: only the newest of each cell.

        Columns: `forecast_id, platform, tactic, week_start, metric, plan_id, mean_micros, q05_micros .. q95_micros,
        data_version, actual_micros, actual_as_of, maturity, inside_50, inside_80, inside_90, bias_micros, crps_micros,
        scored_at`.
        """
        with reading(self._engine) as connection:
            workspaces.find(connection, workspace)
            return review.scores(connection, workspace, forecast_ids, latest)

    def add_decision(self, workspace: int, decision: Decision, *, actor: Actor = LOCAL) -> Decision:
        """Keep a decision at version 1."""
        with writing(self._engine) as connection:
            workspaces.find(connection, workspace)
            return review.add_decision(connection, workspace, decision, actor, self._now())

    def add_decisions(
        self, workspace: int, decisions: Sequence[Decision], *, actor: Actor = LOCAL
    ) -> tuple[Decision, ...]:
        """Keep decisions at version 1, all or none."""
        with writing(self._engine) as connection:
            workspaces.find(connection, workspace)
            return tuple(review.add_decision(connection, workspace, one, actor, self._now()) for one in decisions)

    def save_decision(self, workspace: int, decision: Decision, *, actor: Actor = LOCAL) -> Decision:
        """Replace a decision; `decision.version` must be the stored one (`RecordChanged`). Returns `version + 1`."""
        with writing(self._engine) as connection:
            return review.save_decision(connection, workspace, decision, actor, self._now())

    def decisions(self, workspace: int) -> tuple[Decision, ...]:
        """All decisions, the newest week first."""
        with reading(self._engine) as connection:
            workspaces.find(connection, workspace)
            return review.decisions(connection, workspace)

    def add_note(self, workspace: int, note: Note, *, actor: Actor = LOCAL) -> Note:
        """Keep words about something of this workspace; they never change."""
        with writing(self._engine) as connection:
            return review.add_note(connection, workspace, note, actor, self._now())

    def notes(self, workspace: int) -> tuple[Note, ...]:
        """All notes, the newest first."""
        with reading(self._engine) as connection:
            workspaces.find(connection, workspace)
            return review.notes(connection, workspace)

    def save_experiment(self, workspace: int, experiment: Experiment, *, actor: Actor = LOCAL) -> Experiment:
        """Keep a new experiment (`experiment_id` 0), or replace one whose version is still the stored one."""
        with writing(self._engine) as connection:
            return review.save_experiment(connection, workspace, experiment, actor)

    def experiments(self, workspace: int, *, ended: bool = False) -> tuple[Experiment, ...]:
        """Experiments that count, by their first day; with `ended` those that were taken away too."""
        with reading(self._engine) as connection:
            workspaces.find(connection, workspace)
            return review.experiments(connection, workspace, ended)

    def remove_experiment(
        self, workspace: int, experiment_id: int, *, seen_version: int, actor: Actor = LOCAL
    ) -> Experiment:
        """Take an experiment away: it counts no more, and `restore_experiment` brings it back."""
        with writing(self._engine) as connection:
            return review.end_experiment(connection, workspace, experiment_id, seen_version, actor, ended=True)

    def restore_experiment(
        self, workspace: int, experiment_id: int, *, seen_version: int, actor: Actor = LOCAL
    ) -> Experiment:
        """Bring an experiment back."""
        with writing(self._engine) as connection:
            return review.end_experiment(connection, workspace, experiment_id, seen_version, actor, ended=False)

    def add_closing(self, workspace: int, closing: Closing, *, actor: Actor = LOCAL) -> Closing:
        """Keep a week or month as it was read; nothing changes it.

        `closing.revision` must follow the last one of the period (`RecordChanged`). Raises `InvalidValue` for no whole
        period, or a second closing without a reason; `PlanMissing`.
        """
        with writing(self._engine) as connection:
            return review_closing.add_closing(connection, workspace, closing, actor, self._now())

    def closings(self, workspace: int) -> tuple[Closing, ...]:
        """Every closing, the newest first; of a period closed again its revisions."""
        with reading(self._engine) as connection:
            workspaces.find(connection, workspace)
            return review_closing.closings(connection, workspace)

    def acknowledge(self, workspace: int, acknowledgement: Acknowledgement, *, actor: Actor = LOCAL) -> Acknowledgement:
        """Keep that somebody has seen an alert."""
        with writing(self._engine) as connection:
            return review_closing.acknowledge(connection, workspace, acknowledgement, actor, self._now())

    def acknowledgements(self, workspace: int) -> tuple[Acknowledgement, ...]:
        """Every acknowledgement, the newest first."""
        with reading(self._engine) as connection:
            workspaces.find(connection, workspace)
            return review_closing.acknowledgements(connection, workspace)
