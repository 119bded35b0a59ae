"""Kept forecasts, their scores and closed periods against what they must be."""

from datetime import date
from hashlib import sha256

from sqlalchemy import Connection, select

from budget.store import review
from budget.store.faults import Fault, fault
from budget.store.schema import closing, forecast, forecast_week
from budget.store.schema_review import QUANTILES


def faults(connection: Connection, workspace_id: int) -> list[Fault]:
    """Forecasts, then scores, that are not what was kept or do not follow from it; closings that were edited."""
    return [
        *_forecasts(connection, workspace_id),
        *_scores(connection, workspace_id),
        *_closings(connection, workspace_id),
    ]


def _forecasts(connection: Connection, workspace_id: int) -> list[Fault]:
    wrong = []
    for row in connection.execute(select(forecast).where(forecast.c.workspace_id == workspace_id)):
        if sha256(row.inputs_json.encode()).hexdigest() != row.inputs_sha256:
            wrong.append(f"forecast {row.forecast_id}")
    inside = (forecast.c.workspace_id == workspace_id) & (forecast.c.forecast_id == forecast_week.c.forecast_id)
    query = select(forecast_week, forecast.c.horizon_start, forecast.c.horizon_end)
    joined = query.select_from(forecast_week.join(forecast, inside))
    for cell in connection.execute(joined.where(forecast_week.c.workspace_id == workspace_id)).mappings():
        points = [cell[name] for name in QUANTILES]
        if points != sorted(points) or not cell["horizon_start"] <= cell["week_start"] < cell["horizon_end"]:
            wrong.append(f"forecast {cell['forecast_id']}")
    return fault("FORECAST", wrong, workspace_id)


def _scores(connection: Connection, workspace_id: int) -> list[Fault]:
    frame = review.scores(connection, workspace_id, None, latest=False)
    ends = {"inside_50": ("q25", "q75"), "inside_80": ("q10", "q90"), "inside_90": ("q05", "q95")}
    bad = (frame["actual_micros"] - frame["q50_micros"]) != frame["bias_micros"]
    for name, (low, high) in ends.items():
        actual = frame["actual_micros"]
        said = (frame[f"{low}_micros"] <= actual) & (actual <= frame[f"{high}_micros"])
        bad |= said != frame[name].astype(bool)
    numbers = frame.loc[bad.to_numpy(bool), "forecast_id"].tolist()
    return fault("FORECAST_SCORE", [f"forecast {number}" for number in numbers], workspace_id)


def _closings(connection: Connection, workspace_id: int) -> list[Fault]:
    """Bodies that are not what was hashed; revisions of a period that do not count from 1 without a gap."""
    order = (closing.c.kind, closing.c.start_date, closing.c.revision)
    wrong: list[str] = []
    before, revision = ("", date.min), 0
    for row in connection.execute(select(closing).where(closing.c.workspace_id == workspace_id).order_by(*order)):
        period = (row.kind, row.start_date)
        due = revision + 1 if before == period else 1
        if row.revision != due or sha256(row.body_json.encode()).hexdigest() != row.body_sha256:
            wrong.append(f"closing {row.closing_id}")
        before, revision = period, row.revision
    return fault("CLOSING", wrong, workspace_id)
