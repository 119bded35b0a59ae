"""The store's methods for organic metrics, posts, orders, leads and sales."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from pandas import DataFrame
from sqlalchemy import Engine

from budget.store import frames, sales, side_reads, workspaces
from budget.store.connect import reading, writing
from budget.store.people import LOCAL, Actor
from budget.store.sides import LEADS, METRICS, ORDERS, POSTS, SALES, Side
from budget.store.values import ImportReceipt, SalesTotal


class SideReads:
    """What is current of each dataset, in [start, end) by day; periods lie inside whole.

    Each frame ends with its lineage: `import_id, source_sheet, source_row, merged_rows`. Whole numbers are Int64, null
    where nobody said; dates are datetime64.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine, self._now = engine, clock

    def metrics(self, workspace: int, *, start: date | None = None, end: date | None = None) -> DataFrame:
        """Organic, web and search metrics, one row a metric, segment and day or period.

        Columns: `date_day` (null for periods), `grain, period_start, period_end, platform, surface, account_name,
        metric, segment, unit, currency, value_micros` (the value x 10^6, of unit `micros` the amount itself).
        `budget.metric_names` says which metrics may be summed.
        """
        return self._side(workspace, METRICS, start, end)

    def posts(self, workspace: int, *, start: date | None = None, end: date | None = None) -> DataFrame:
        """Posts published in [start, end), with their counts as last seen; undated posts only without a range.

        Columns: `platform, surface, account_name, post_id, published_on, post_type, title, permalink, grain, views,
        reach, impressions, likes, comments, shares, saves, follows, clicks, link_clicks, watch_seconds_micros,
        negative_feedback`.
        """
        return self._side(workspace, POSTS, start, end)

    def orders(self, workspace: int, *, start: date | None = None, end: date | None = None) -> DataFrame:
        """Orders by their day, cancelled ones too.

        Columns: `source, order_id, order_date, currency, total_micros, shipping_micros, tax_micros, discount_micros,
        refunded_micros, items, status, discount_code, customer_key, cancelled`.
        """
        return self._side(workspace, ORDERS, start, end)

    def leads(self, workspace: int, *, start: date | None = None, end: date | None = None) -> DataFrame:
        """Leads counted by day, campaign, form and status.

        Columns: `date_day, platform, campaign_id, campaign_name, ad_group_id, ad_group_name, ad_id, ad_name,
        form_name, status, is_organic, leads`.
        """
        return self._side(workspace, LEADS, start, end)

    def sales(self, workspace: int, *, start: date | None = None, end: date | None = None) -> DataFrame:
        """Typed totals: `source, grain, period_start, period_end, currency, orders, new_customers, revenue_micros,
        units`.
        """  # the columns do not fit one line
        return self._side(workspace, SALES, start, end)

    def _side(self, workspace: int, side: Side, start: date | None, end: date | None) -> DataFrame:
        frames.span(start, end)
        with reading(self._engine) as connection:
            found = workspaces.find(connection, workspace)
            return side_reads.rows(connection, found.workspace_id, side, start, end)

    def side_lineage(
        self,
        workspace: int,
        dataset: str,
        *,
        start: date | None = None,
        end: date | None = None,
        **keys: str | None,
    ) -> DataFrame:
        """The current rows of `metrics posts orders leads sales` with `original_name, as_of` of their files.

        `keys` are text columns of the dataset; None asks for rows without a value.
        """
        frames.span(start, end)
        with reading(self._engine) as connection:
            found = workspaces.find(connection, workspace)
            return side_reads.lineage(connection, found.workspace_id, dataset, start, end, keys)

    def daily_sales(self, workspace: int, *, start: date | None = None, end: date | None = None) -> DataFrame:
        """Booked sales, one row a day (or typed period) and currency.

        Columns: `period_start, period_end, grain, currency`, then Int64 `orders, new_customers` (null where no order
        names its customer), `revenue_micros` (total - refunded, of orders that are not cancelled or voided), `units`.
        Typed totals only of periods in which no day has orders.
        """
        frames.span(start, end)
        with reading(self._engine) as connection:
            found = workspaces.find(connection, workspace)
            return sales.daily(connection, found.workspace_id, start, end)

    def daily_orders(self, workspace: int, *, start: date | None = None, end: date | None = None) -> DataFrame:
        """What customers were billed, one row a day and currency, of orders that are not cancelled or voided.

        Columns: `date_day, currency`, then Int64 `orders, total_micros, tax_micros, discount_micros, refunded_micros`,
        null where no order of the day says it. `total_micros` is after the discount and before refunds.
        """
        frames.span(start, end)
        with reading(self._engine) as connection:
            found = workspaces.find(connection, workspace)
            return frames.run(connection, "order_parts", found.workspace_id, start, end)

    def add_sales(
        self, workspace: int, totals: Sequence[SalesTotal], *, source: str = "typed", actor: Actor = LOCAL
    ) -> ImportReceipt:
        """Keep typed or pasted totals as an import of kind `sales`: undone, audited and traced like any file.

        A total takes the place of the same period's of that source; totals that are known already change nothing
        (`unchanged`). Raises `InvalidValue` for what cannot be a total.
        """
        with writing(self._engine) as connection:
            return sales.add(connection, workspace, totals, source, actor, self._now())
