"""Khazar Tea, a small firm whose three exports somebody uploads beside a plan of their own."""

from datetime import date

from sample_data.firm import Campaign, Group, level, weeks_from

REPORTED = weeks_from(date(2026, 10, 19), 3)

CAMPAIGNS = (
    Campaign(
        "meta", "Khazar Tea | Prospecting", "", groups=(Group("Baku 25-54", "", 0.7), Group("Lookalike 2%", "", 0.3)),
        weekly=level(REPORTED, 900), cpm=3.9, ctr=0.0128, cvr=0.023, order_value=41,
    ),
    Campaign(
        "meta", "Khazar Tea | Retargeting", "", groups=(Group("Visitors 30d", ""),),
        weekly=level(REPORTED, 400), cpm=5.1, ctr=0.0171, cvr=0.045, order_value=43,
    ),
    Campaign(
        "google", "Search - loose leaf tea", "", kind="Search", groups=(Group("", ""),),
        weekly=level(REPORTED, 650), cpm=27, ctr=0.066, cvr=0.054, order_value=44,
    ),
    Campaign(
        "tiktok", "KhazarTea_Conversions", "1812700045119921", groups=(Group("Broad", "1812700045120017"),),
        weekly=level(REPORTED, 500), cpm=2.4, ctr=0.0098, cvr=0.015, order_value=40,
    ),
)  # fmt: skip
