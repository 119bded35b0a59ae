"""Forecasts, scores, decisions, notes, experiments, closed periods and alerts that were seen, as frozen values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

Action = Literal["scale", "hold", "cut", "fix", "test"]
DecisionStatus = Literal["open", "done", "dropped"]
Verdict = Literal["worked", "no_evidence", "too_early", "failed"]
ExperimentKind = Literal["on_off", "geo", "lift"]
ClosingKind = Literal["week", "month"]
Subject = Literal["workspace", "week", "plan", "import", "forecast", "decision", "experiment"]


@dataclass(frozen=True)
class ForecastCell:
    """What is expected of one channel, week and metric, in micros (counts too); platform "" is all channels together.

    `q05 <= q10 <= q25 <= q50 <= q75 <= q90 <= q95`.
    """

    platform: str
    tactic: str
    week_start: date
    metric: str
    mean_micros: int
    q05_micros: int
    q10_micros: int
    q25_micros: int
    q50_micros: int
    q75_micros: int
    q90_micros: int
    q95_micros: int


@dataclass(frozen=True)
class NewForecast:
    """A forecast to keep: what it knew (`inputs`, canonical JSON of plain values) and what it says of [start, end)."""

    plan_id: int
    plan_version: int
    reason: str
    model_version: int
    data_version: int
    seed: tuple[int, ...]
    horizon_start: date
    horizon_end: date
    inputs: Mapping[str, Any]
    cells: Sequence[ForecastCell]
    supersedes_forecast_id: int | None = None


@dataclass(frozen=True)
class StoredForecast:
    """A kept forecast without its weeks; it never changes. Weeks in [horizon_start, horizon_end)."""

    forecast_id: int
    plan_id: int
    plan_version: int
    reason: str
    made_by: str
    made_at: datetime
    model_version: int
    data_version: int
    seed: tuple[int, ...]
    horizon_start: date
    horizon_end: date
    inputs: Mapping[str, Any]
    inputs_sha256: str
    supersedes_forecast_id: int | None = None


@dataclass(frozen=True)
class NewScore:
    """What happened in one cell of a forecast, as the data of `data_version` say.

    `maturity`: share of the final figure that has arrived, 0..1; 0 takes the last score back, as its data are gone.
    `bias_micros` = actual - middle.
    """

    forecast_id: int
    platform: str
    tactic: str
    week_start: date
    metric: str
    data_version: int
    actual_micros: int
    actual_as_of: datetime
    maturity: float
    inside_50: bool
    inside_80: bool
    inside_90: bool
    bias_micros: int
    crps_micros: int


@dataclass(frozen=True)
class Decision:
    """Something decided in a week: who does what until when, what is expected of it, and what came of it.

    `week_start` is the first week in which it holds. Money in micros of `currency`: `amount_micros` is the line's usual
    week from then on, `before_micros` what it was; `expected_*` the change of a week's profit after media, 8 of 10
    outcomes. `basis` (plain values) is what it is measured against later. `decision_id` 0 and `version` 0 before it is
    stored.
    """

    week_start: date
    action: Action
    currency: str
    platform: str = ""
    tactic: str = ""
    line_key: str | None = None
    amount_micros: int | None = None
    owner: str = ""
    due_date: date | None = None
    reversible: bool = True
    expected_low_micros: int | None = None
    expected_likely_micros: int | None = None
    expected_high_micros: int | None = None
    forecast_id: int | None = None
    reason: str = ""
    status: DecisionStatus = "open"
    verdict: Verdict | None = None
    observed_micros: int | None = None
    closed_by: str | None = None
    closed_at: datetime | None = None
    before_micros: int | None = None
    basis: Mapping[str, Any] = field(default_factory=dict)
    decision_id: int = 0
    version: int = 0


@dataclass(frozen=True)
class Note:
    """Words about something, never changed; `subject_id` is the number of a plan, import, forecast and so on.

    `subject_key` names the cause or channel of a week that is meant, "" for all of it.
    """

    body: str
    subject_type: Subject = "workspace"
    subject_id: int | None = None
    week_start: date | None = None
    author: str = ""
    created_at: datetime | None = None
    subject_key: str = ""
    note_id: int = 0


@dataclass(frozen=True)
class Experiment:
    """A test of what advertising causes, over days [start_date, end_date); `design` and `result` are plain values.

    `experiment_id` 0 and `version` 0 before it is stored. `ended` ones were taken away by the person and count no more.
    """

    kind: ExperimentKind
    platform: str
    tactic: str
    start_date: date
    end_date: date
    design: Mapping[str, Any] = field(default_factory=dict)
    result: Mapping[str, Any] = field(default_factory=dict)
    ended: bool = False
    experiment_id: int = 0
    version: int = 0


@dataclass(frozen=True)
class Closing:
    """A week or a month [start_date, end_date) as it was read, never changed; `body` are plain values.

    `plan_id` at `plan_version` is what it was judged against, by the data of `data_version`. A period may be closed
    again as the next `revision`, with the reason as its `note`. `closing_id` 0 before it is stored.
    """

    kind: ClosingKind
    start_date: date
    end_date: date
    plan_id: int
    plan_version: int
    data_version: int
    body: Mapping[str, Any]
    revision: int = 1
    note: str = ""
    body_sha256: str = ""
    closed_by: str = ""
    closed_at: datetime | None = None
    closing_id: int = 0


@dataclass(frozen=True)
class Acknowledgement:
    """An alert that somebody has seen: quiet until the day `until` (None: for good), unless it passes that level.

    `level_micros` is how bad it was then, in the alert's own measure.
    """

    alert_key: str
    level_micros: int
    until: date | None = None
    acknowledged_by: str = ""
    acknowledged_at: datetime | None = None
    acknowledgement_id: int = 0
