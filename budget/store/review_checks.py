"""What the review keeps as it comes in, checked before it meets the database."""

import json
from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from itertools import pairwise
from typing import Any, get_args

from budget.errors import InvalidValue
from budget.store import checks
from budget.store.review_values import (
    Acknowledgement,
    Action,
    Closing,
    ClosingKind,
    Decision,
    DecisionStatus,
    Experiment,
    ExperimentKind,
    ForecastCell,
    NewForecast,
    NewScore,
    Verdict,
)
from budget.store.schema_review import QUANTILES
from budget.weeks import WEEK

AMOUNT_LIMIT = 10**18
JSON_LENGTH = 200_000
VERSIONS = 2**62


def checked_forecast(new: NewForecast) -> NewForecast:
    """The forecast, if it can be kept; else `InvalidValue`."""
    checks.words("reason", new.reason, needed=True)
    for name in ("plan_id", "plan_version", "model_version"):
        checks.whole(name, getattr(new, name), 1, VERSIONS)
    checks.whole("data_version", new.data_version, 0, VERSIONS)
    start, end = (checks.day(name, getattr(new, name)) for name in ("horizon_start", "horizon_end"))
    plain("inputs", new.inputs)
    cells = tuple(_cell(cell) for cell in new.cells)
    keys = {(c.platform, c.tactic, c.week_start, c.metric) for c in cells}
    if not cells or len(keys) != len(cells) or not all(start <= cell.week_start < end for cell in cells):
        raise InvalidValue(f"forecast: found {len(cells)} cells, expected each once and inside {start} to {end}")
    return replace(new, cells=cells, seed=tuple(checks.whole("seed", n, 0, VERSIONS) for n in new.seed))


def _cell(cell: ForecastCell) -> ForecastCell:
    _channel(cell.platform, cell.tactic)
    checks.words("metric", cell.metric, needed=True)
    checks.day("week_start", cell.week_start)
    amounts = [checks.whole(name, getattr(cell, name), -AMOUNT_LIMIT, AMOUNT_LIMIT) for name in QUANTILES]
    checks.whole("mean_micros", cell.mean_micros, -AMOUNT_LIMIT, AMOUNT_LIMIT)
    if any(low > high for low, high in pairwise(amounts)):
        raise InvalidValue(f"forecast: found quantiles {amounts}, expected them to rise")
    return cell


def _channel(platform: object, tactic: object) -> None:
    checks.words("platform", platform)
    checks.words("tactic", tactic)


def checked_score(score: NewScore) -> NewScore:
    """The score, if it can be kept; else `InvalidValue`."""
    _channel(score.platform, score.tactic)
    checks.day("week_start", score.week_start)
    checks.whole("data_version", score.data_version, 0, VERSIONS)
    for name in ("actual_micros", "bias_micros", "crps_micros"):
        checks.whole(name, getattr(score, name), -2 * AMOUNT_LIMIT, 2 * AMOUNT_LIMIT)
    if not 0 <= checks.real("maturity", score.maturity) <= 1:
        raise InvalidValue(f"maturity: found {score.maturity}, expected a share")
    _moment("actual_as_of", score.actual_as_of)
    return score


def _moment(what: str, value: object) -> None:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise InvalidValue(f"{what}: found {value!a:.40}, expected a moment with its zone")


def checked_decision(value: Decision) -> Decision:
    """The decision, if it can be kept; else `InvalidValue`."""
    _among("action", value.action, get_args(Action))
    _among("status", value.status, get_args(DecisionStatus))
    _among("verdict", value.verdict, (None, *get_args(Verdict)))
    _channel(value.platform, value.tactic)
    checks.day("week_start", value.week_start)
    checks.day_or_none("due_date", value.due_date)
    checks.currency(value.currency)
    checks.words("owner", value.owner)
    checks.words("reason", value.reason, checks.NOTE_LENGTH)
    checks.words("line_key", value.line_key or "")
    for field in fields(Decision):
        amount = getattr(value, field.name)
        if field.name.endswith("_micros") and amount is not None:
            checks.whole(field.name, amount, -AMOUNT_LIMIT, AMOUNT_LIMIT)
    plain("basis", value.basis)
    return replace(value, reversible=bool(value.reversible))


def checked_experiment(value: Experiment) -> Experiment:
    """The experiment, if it can be kept; else `InvalidValue`."""
    _among("kind", value.kind, get_args(ExperimentKind))
    _channel(value.platform, value.tactic)
    if not checks.day("start_date", value.start_date) < checks.day("end_date", value.end_date):
        raise InvalidValue(f"experiment: found {value.start_date} to {value.end_date}, expected a day at least")
    plain("design", value.design)
    plain("result", value.result)
    return replace(value, ended=bool(value.ended))


def checked_closing(value: Closing) -> Closing:
    """The closing, if it can be kept; else `InvalidValue`: a whole week or month, with a reason from the second on."""
    _among("kind", value.kind, get_args(ClosingKind))
    start, end = checks.day("start_date", value.start_date), checks.day("end_date", value.end_date)
    if end != (start + WEEK if value.kind == "week" else _next_month(start)):
        raise InvalidValue(f"closing: found {start} to {end}, expected a whole {value.kind}")
    for name in ("plan_version", "revision"):
        checks.whole(name, getattr(value, name), 1, VERSIONS)
    checks.whole("data_version", value.data_version, 0, VERSIONS)
    checks.words("reason", value.note, checks.NOTE_LENGTH, needed=value.revision > 1)
    plain("body", value.body)
    return value


def _next_month(day: date) -> date | None:
    """The first day of the month after the one that begins on that day; None where none does."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1) if day.day == 1 else None


def checked_acknowledgement(value: Acknowledgement) -> Acknowledgement:
    """The acknowledgement, if it can be kept; else `InvalidValue`."""
    checks.words("alert", value.alert_key, needed=True)
    checks.whole("level_micros", value.level_micros, -AMOUNT_LIMIT, AMOUNT_LIMIT)
    checks.day_or_none("until", value.until)
    return value


def _among(what: str, found: object, words: Collection[object]) -> None:
    if found not in words:
        raise InvalidValue(f"{what}: found {found!a:.30}, expected one of {words}")


def plain(what: str, value: Mapping[str, Any]) -> None:
    """Refuse what JSON cannot hold exactly."""
    try:
        text = json.dumps(dict(value), allow_nan=False)
    except (TypeError, ValueError) as err:
        raise InvalidValue(f"{what}: expected plain texts and finite numbers") from err
    checks.words(what, text, JSON_LENGTH)
    if json.loads(text) != dict(value):
        raise InvalidValue(f"{what}: expected lists and texts as keys, as JSON gives them back")
