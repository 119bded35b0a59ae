"""Where a number comes from: the uploaded rows behind the actual figures of a channel and week, and all as a file."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from budget.measures import Measures
from budget.origin import Origin
from budget.plan import StoredPlan
from budget.present.escape import esc
from budget.present.vocabulary import MEASURES, PLATFORMS, key_name
from budget.reports.csv_file import Value, amount, csv_bytes, file_name
from budget.review import Review
from budget.weeks import DAY
from pages.parts import findings, results
from pages.parts.app import App
from pages.parts.variance import figure, sides, writer

MOST_ROWS = 200
FIGURES = ("spend", "impressions", "clicks", "conversions", "value")


def origin(app: App, plan: StoredPlan, found: Review, names: Mapping[str, str], channel: str, week: int | None) -> None:
    """The rows behind what the variance table shows, drawn once asked for."""
    if not st.toggle(app.say("Where do these numbers come from"), key="origin"):
        return
    weeks = found.weeks if week is None else found.weeks[week : week + 1]
    behind = results.origin(app, plan, weeks, channel)
    name = key_name(app.words, names, channel) if channel else app.say("All channels")
    when = app.say("All weeks to date") if week is None else app.numbers.date(found.weeks[week])
    st.caption(f"{esc(name)} · {when}")
    if not len(behind.rows):
        st.write(app.say("No uploaded row stands behind these figures."))
        return
    _sums(app, behind, sides(found, channel, week)[1])
    _rows(app, behind)
    st.download_button(
        app.say("All rows as CSV"),
        lambda: csv_bytes(_header(app), _cells(app, behind.rows)),
        file_name("payoff-rows", channel, weeks[0].isoformat(), ending="csv"),
        "text/csv", on_click="ignore", key="origin_csv", icon=":material/download:",
    )  # fmt: skip


def _sums(app: App, behind: Origin, shown: Measures) -> None:
    """The rows' sums beside the figures of the table above."""
    rows, files = len(behind.rows), app.count("{n} file", "{n} files", behind.files)
    said = [app.say(MEASURES[name]) + " " + writer(app, name)(figure(behind.sums, name)) for name in FIGURES]
    lead = app.count("{n} row of {files}", "{n} rows of {files}", rows, files=files)
    agree = app.say("the same as in the table") if behind.sums == shown else app.say("the table says otherwise")
    mark = ":green[:material/check_circle:]" if behind.sums == shown else ":orange[:material/difference:]"
    st.markdown(f"{mark} {esc(lead)}: {esc(' · '.join(said))}; {esc(agree)}")
    if behind.converted:
        st.caption(app.say("Rows are in the currency of their file; the sums are converted at the rate of the week."))
    if behind.estimated:
        st.caption(app.say("Order value that no file states is taken from the average order."))


def _header(app: App) -> list[str]:
    return [
        app.say("File"), app.say("Sheet"), app.say("Row"), app.say("Rows added up"), app.say("Platform"),
        app.say("Campaign"), app.say("Ad set"), app.say("First day"), app.say("Last day"), app.say("Currency"),
        *(app.say(MEASURES[name]) for name in FIGURES),
    ]  # fmt: skip


def _cells(app: App, rows: pd.DataFrame) -> list[Sequence[Value]]:
    """The rows as written to the file: exact decimals, ISO days."""
    return [_cell(app, row) for row in rows.to_dict("records")]


def _cell(app: App, row: Mapping[Hashable, Any]) -> Sequence[Value]:
    return (
        _text(row["file"]), _text(row["sheet"]), _whole(row["row"]), _whole(row["rows"]),
        app.say(PLATFORMS.get(row["platform"], row["platform"])), _text(row["campaign"]), _text(row["ad_group"]),
        row["start"].date(), row["end"].date() - DAY, _text(row["currency"]),
        amount(_whole(row["spend_micros"])), _whole(row["impressions"]), _whole(row["clicks"]),
        amount(_whole(row["conversions_micros"])), amount(_whole(row["value_micros"])),
    )  # fmt: skip


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _whole(value: object) -> int | None:
    return None if value is None or value is pd.NA else int(str(value))


def _rows(app: App, behind: Origin) -> None:
    """The first rows as a grid: plain text cells, figures right-aligned."""
    header, first = findings.distinct(_header(app)), behind.rows.head(MOST_ROWS)
    numbers = app.numbers
    day, whole = st.column_config.DateColumn(format=numbers.grid_date_format), numbers.grid_format(0)
    shown = pd.DataFrame(_cells(app, first), columns=header)
    formats = {name: st.column_config.NumberColumn(format=numbers.grid_format(2)) for name in header[10:]}
    formats |= {name: st.column_config.NumberColumn(format=whole) for name in (header[2], header[3], *header[11:13])}
    for name in (header[10], header[13], header[14]):
        shown[name] = shown[name].astype("float64")
    for name in (header[2], header[3], header[11], header[12]):
        shown[name] = shown[name].astype("Int64")
    st.dataframe(shown, hide_index=True, row_height=30, column_config=formats | {header[7]: day, header[8]: day},
                 key="origin_rows")  # fmt: skip
    if len(behind.rows) > MOST_ROWS:
        counts = {"n": numbers.whole(MOST_ROWS), "of": numbers.whole(len(behind.rows))}
        st.caption(app.say("The first {n} of {of} rows are listed; the file holds all.", **counts))
