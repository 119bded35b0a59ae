"""Nar Ev, a home-goods shop in Baku: thirteen planned weeks, ten of which have passed."""

from datetime import date

from budget.weeks import Period
from sample_data.firm import Campaign, Group, Line, level, shares, weeks_from

START = date(2026, 9, 7)
PLANNED = weeks_from(START, 13)
REPORTED = weeks_from(START, 10)
EARLY = weeks_from(START, 6)
LATE = weeks_from(date(2026, 10, 5), 6)

LINES = (
    Line(
        "meta_prospecting", "meta", "prospecting", "baku_home", 850_000, PLANNED, 26_500,
        (0.7, 0.8, 0.9, 1.0, 0.95, 1.0, 1.0, 1.05, 1.15, 1.45, 1.1, 1.5, 0.8),
        cpm=(2.4, 3.6, 5.4), ctr=(0.0085, 0.0125, 0.018), cvr=(0.014, 0.021, 0.032),
    ),
    Line(
        "meta_retargeting", "meta", "retargeting", "visitors", 95_000, PLANNED, 12_500,
        (0.6, 0.75, 0.9, 1.0, 1.0, 1.0, 1.0, 1.05, 1.15, 1.5, 1.1, 1.6, 0.9),
        cpm=(3.6, 5.2, 7.5), ctr=(0.012, 0.017, 0.024), cvr=(0.027, 0.04, 0.06),
    ),
    Line(
        "google_search", "google", "search", "searchers", 240_000, PLANNED, 20_000,
        (0.85, 0.9, 0.95, 1.0, 1.0, 1.0, 1.0, 1.0, 1.05, 1.3, 1.1, 1.4, 0.95),
        cpm=(17.0, 26.0, 40.0), ctr=(0.045, 0.065, 0.095), cvr=(0.028, 0.042, 0.063), owner="Rəşad",
    ),
    Line(
        "google_retargeting", "google", "retargeting", "visitors", 95_000, weeks_from(date(2026, 9, 21), 11), 4_500,
        (0.8, 0.9, 1.0, 1.0, 1.0, 1.0, 1.1, 1.3, 1.1, 1.4, 0.9),
        cpm=(1.7, 2.6, 4.0), ctr=(0.0055, 0.008, 0.012), cvr=(0.02, 0.032, 0.05), owner="Rəşad",
    ),
    Line(
        "tiktok_awareness", "tiktok", "awareness", "young_baku", 620_000, weeks_from(START, 8), 7_500,
        (1.3, 1.2, 1.1, 1.0, 0.9, 0.9, 0.8, 0.8),
        cpm=(1.3, 2.0, 3.1), ctr=(0.0035, 0.0055, 0.0085), cvr=(0.004, 0.007, 0.012), commitment="forecast",
    ),
    Line(
        "tiktok_prospecting", "tiktok", "prospecting", "young_baku", 620_000, weeks_from(date(2026, 9, 28), 10), 13_000,
        (0.7, 0.8, 0.9, 1.0, 1.0, 1.1, 1.35, 1.1, 1.4, 0.8),
        cpm=(1.7, 2.6, 4.0), ctr=(0.0065, 0.0095, 0.014), cvr=(0.011, 0.017, 0.026), commitment="optional",
    ),
)  # fmt: skip

AUDIENCES = {
    "baku_home": ("Bakı, 25-54, ev və dekor", 850_000, "Bakı və Abşeron"),
    "visitors": ("Sayta gələnlər, 30 gün", 95_000, "Azərbaycan"),
    "searchers": ("Ev əşyası axtaranlar", 240_000, "Azərbaycan"),
    "young_baku": ("Bakı, 18-34", 620_000, "Bakı və Abşeron"),
}

BUSINESS: dict[str, float | tuple[float, float, float]] = {
    "order_value": (52, 58, 64), "vat_share": 0.18, "prices_include_vat": 1, "discount_share": 0.06,
    "returns_share": 0.045, "cogs_share": 0.42, "fulfilment_per_order": 3.2, "payment_fee_share": 0.02,
    "payment_fee_per_order": 0, "return_handling_per_return": 2.5, "lead_to_customer_share": 1, "result_is_lead": 0,
    "incrementality": (0.55, 0.68, 0.8), "media_vat_share": 0, "media_fee_share": 0,
}  # fmt: skip
COSTS = {"people": 2_600, "agency": 850, "tools": 160, "production": 550}
OBJECTIVE = {"objective_key": "sales", "kpi": "profit", "target": 12_000, "due_date": date(2026, 12, 6)}

_PLAN = {line.line_key: dict(line.weekly) for line in LINES}

CAMPAIGNS = (
    Campaign(
        "meta", "Nar Ev | Payız satışı – yeni müştərilər", "", line_key="meta_prospecting",
        groups=(Group("Bakı 25-44, ev və dekor", "", 0.62), Group("Oxşar auditoriya 1 %", "", 0.38)),
        weekly=_PLAN["meta_prospecting"], pace=0.985, cpm=4.3, cpm_drift=0.018,
        ctr=0.0132, cvr=0.0212, order_value=57.5,
    ),
    Campaign(
        "meta", "Nar Ev | Səbəti xatırlat *retargeting*", "", line_key="meta_retargeting",
        groups=(Group("Sayta gələnlər 30 gün", "", 0.55), Group("Səbətdə qalanlar 7 gün", "", 0.45)),
        weekly=_PLAN["meta_retargeting"], pace=1.23, cpm=5.3, cpm_drift=0.006, ctr=0.0168, cvr=0.0445, order_value=59,
    ),
    Campaign(
        "meta", "Novruz testi *yığım* | $5-$10 + 20% endirim", "", result="link_click",
        groups=(Group("Geniş auditoriya", ""),),
        weekly=level(Period(date(2026, 9, 21), date(2026, 10, 12)), 175), cpm=2.9, ctr=0.019, cvr=0, order_value=0,
    ),
    Campaign(
        "google", "Axtarış – ev tekstili, qab-qacaq", "", line_key="google_search", kind="Search",
        groups=(Group("", ""),), weekly=shares(_PLAN["google_search"], 0.74), cpm=24.5,
        cpm_drift=0.004, ctr=0.0612, cvr=0.0505, order_value=60,
    ),
    Campaign(
        "google", "Nar Ev – brend | AZ+RU", "", line_key="google_search", kind="Search", groups=(Group("", ""),),
        weekly=shares(_PLAN["google_search"], 0.26), pace=0.96, cpm=31, ctr=0.118, cvr=0.071, order_value=61,
    ),
    Campaign(
        "google", "Remarketinq #1 (Display)", "", line_key="google_retargeting", kind="Display",
        groups=(Group("", ""),), weekly=_PLAN["google_retargeting"], pace=0.8, cpm=2.5,
        ctr=0.0079, cvr=0.036, order_value=56,
        dark_days=(date(2026, 10, 17), date(2026, 10, 18)),
    ),
    Campaign(
        "tiktok", "NarEv_Tanıtım_Payız26", "1809301176543201", line_key="tiktok_awareness",
        groups=(Group("Video 15s – mətbəx", "1809301176550017", 0.5), Group("Video 9s", "1809301176550033", 0.5)),
        weekly=_PLAN["tiktok_awareness"], cpm=1.72, ctr=0.0057, cvr=0.0068, order_value=55,
    ),
    Campaign(
        "tiktok", "NarEv_Satış_Conversions & more", "1811204478112289", line_key="tiktok_prospecting",
        groups=(Group("Interest: home", "1811204478120065", 0.6), Group("Broad 18-34", "1811204478120098", 0.4)),
        weekly=_PLAN["tiktok_prospecting"], pace=1.01, cpm=2.55, ctr=0.0102, cvr=0.0108, order_value=84,
    ),
)  # fmt: skip
