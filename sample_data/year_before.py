"""Nar Ev before the plan: a year of Meta and Google, kept as one weekly report each, and a lift study."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from budget.weeks import WEEK, Period
from sample_data.firm import Campaign, Group, weeks_from
from sample_data.market import Chance
from sample_data.nar_ev import START

ERA = "year before/"
EARLIER = Period(START - 52 * WEEK, START)
WHOLE: tuple[Group, ...] = (Group("", ""),)

CAUSED: Mapping[str, float] = {
    "meta_prospecting": 0.75, "meta_retargeting": 0.4, "google_search": 0.62, "google_retargeting": 0.4,
    "tiktok_awareness": 0.8, "tiktok_prospecting": 0.7,
}  # fmt: skip
"""By plan line, the true share of the orders it claims that its ads caused: what no file of the firm says."""


def _from(start: date, hundreds: Sequence[float]) -> dict[date, float]:
    """Spend in manat by Monday; a week at 0 did not run."""
    return {start + n * WEEK: 100 * amount for n, amount in enumerate(hundreds) if amount}


def _prospecting(name: str, start: date, hundreds: Sequence[float]) -> Campaign:
    return Campaign(
        "meta", f"Nar Ev | {name} – yeni müştərilər", "", WHOLE, _from(start, hundreds), cpm=3.65, ctr=0.0126,
        cvr=0.0208, order_value=56, line_key="meta_prospecting", crowding=0.2,
    )  # fmt: skip


CAMPAIGNS = (
    _prospecting("Payız 2025", EARLIER.start, (13, 15, 17, 16, 19, 21, 20, 14, 12, 26, 30, 28)),
    _prospecting("Qış hədiyyələri", date(2025, 12, 15), (24, 27, 22, 11, 10, 12)),
    _prospecting("Novruz süfrəsi", date(2026, 2, 16), (14, 18, 22, 26, 29, 25, 13)),
    _prospecting("Yay evi", date(2026, 4, 27), (12, 14, 16, 18, 20, 17, 15, 12)),
    _prospecting("Avqust endirimi", date(2026, 7, 13), (13, 15, 14, 17, 18, 21, 19, 16)),
    Campaign(
        "meta", "Nar Ev | Səbəti xatırlat *retargeting*", "", WHOLE,
        _from(
            EARLIER.start,
            (4.2, 4.4, 4.6, 4.5, 5, 5.2, 5, 4.4, 4.2, 7.5, 9, 8, 6, 5, 6.5, 7, 5.5, 0, 0, 3.5, 3.6, 3.8, 3.8, 4.5, 5.5,
             6.5, 7.5, 8, 6.5, 4, 5.2, 5.2, 5, 5.4, 5.2, 5.2, 5.4, 5.6, 5.2, 5, 4.4, 4, 3.8, 3.9, 4.2, 4.6, 4.8, 5, 5.4,
             5.8, 5.2, 4.8),
        ),
        cpm=5.2, ctr=0.0171, cvr=0.041, order_value=57, line_key="meta_retargeting", crowding=0.2,
    ),
    Campaign(
        "google", "Axtarış – ev tekstili, qab-qacaq", "", WHOLE,
        _from(
            EARLIER.start,
            (9, 9.5, 9, 10, 10, 11, 10.5, 10, 11, 13, 15, 14, 13, 13.5, 14, 15, 11, 7, 7.5, 8, 8, 9, 9, 9.5, 10, 11, 12,
             12.5, 11, 0, 0, 8, 9, 9, 9.5, 10, 10, 9.5, 9, 8.5, 8, 7.5, 7.5, 7.5, 8, 8, 8.5, 9, 9.5, 9.5, 10, 10),
        ),
        cpm=25.5, ctr=0.0625, cvr=0.0455, order_value=59, line_key="google_search", kind="Search", crowding=0.2,
    ),
    Campaign(
        "google", "Nar Ev – brend | AZ+RU", "", WHOLE,
        _from(EARLIER.start, [2.4] * 8 + [3.2] * 8 + [2.2] * 7 + [2.8] * 6 + [0.3] * 2 + [2.4] * 21),
        cpm=29, ctr=0.115, cvr=0.068, order_value=60, line_key="google_search", kind="Search",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class LiftStudy:
    """A platform's study of one line: people with its ads beside people without; manat a week, range of 8 of 10."""

    line_key: str
    period: Period
    spend_change: int
    sales_change: int
    low: int
    high: int


def lift_study() -> LiftStudy:
    """Four weeks of retargeting: the truth of its ads, measured with chance."""
    period, money, sd = weeks_from(date(2026, 4, 13), 4), 520, 150
    [campaign] = [one for one in CAMPAIGNS if one.line_key == "meta_retargeting"]
    claimed = 1000 / campaign.cpm * campaign.ctr * campaign.cvr * campaign.order_value
    found = round(money * claimed * CAUSED[campaign.line_key] + sd * Chance("lift study").normal())
    reach = round(1.2816 * sd)
    return LiftStudy(campaign.line_key, period, money, found, found - reach, found + reach)
