"""Deliveries written the way each platform's export writes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from budget.weeks import Period, week_of
from sample_data.market import Delivery
from sample_data.sheets import Cell, Row, money, text_table, workbook

META_WORDS: Mapping[str, Mapping[str, str]] = {
    "tr": {
        "start": "Rapor Başlangıcı", "end": "Rapor Sonu", "day": "Gün", "campaign": "Kampanya Adı",
        "group": "Reklam Seti Adı", "spend": "Harcanan Tutar", "impressions": "Gösterim", "reach": "Erişim",
        "frequency": "Sıklık", "results": "Sonuçlar", "indicator": "Sonuç Göstergesi",
        "link_clicks": "Bağlantı Tıklamaları", "clicks": "Tıklamalar (Tümü)", "purchases": "Alışverişler",
        "value": "Alışveriş dönüşüm değeri", "attribution": "İlişkilendirme ayarı",
    },
    "ru": {
        "start": "Дата начала отчетности", "end": "Дата окончания отчетности", "day": "День",
        "campaign": "Название кампании", "group": "Название группы объявлений", "spend": "Потраченная сумма",
        "impressions": "Показы", "reach": "Охват", "frequency": "Частота", "results": "Результаты",
        "indicator": "Индикатор результата", "link_clicks": "Клики по ссылке", "clicks": "Клики (все)",
        "purchases": "Покупки", "value": "Ценность конверсии покупок", "attribution": "Настройка атрибуции",
    },
    "en": {
        "start": "Reporting starts", "end": "Reporting ends", "day": "Day", "campaign": "Campaign name",
        "group": "Ad set name", "spend": "Amount spent", "impressions": "Impressions", "reach": "Reach",
        "frequency": "Frequency", "results": "Results", "indicator": "Result indicator",
        "link_clicks": "Link clicks", "clicks": "Clicks (all)", "purchases": "Purchases",
        "value": "Purchases conversion value", "attribution": "Attribution setting",
    },
}  # fmt: skip
ATTRIBUTION = {
    "tr": "7 günlük tıklama veya 1 günlük görüntüleme",
    "ru": "7 дней после клика или 1 день после просмотра",
    "en": "7-day click or 1-day view",
}
INDICATORS = {"purchase": "actions:offsite_conversion.fb_pixel_purchase", "link_click": "actions:link_click"}


@dataclass(frozen=True)
class Seen:
    """What a file written on one morning holds of a delivery or of many: integers that add up."""

    spend_micros: int
    impressions: int
    reach: int
    link_clicks: int
    clicks: int
    credits: int
    value_micros: int


def seen(rows: Sequence[Delivery], on: date) -> Seen:
    """Sums over rows; `credits` are hundredths of an order, each value is shown in whole cents."""
    orders = [order for row in rows for order in row.seen(on)]
    return Seen(
        sum(row.spend_micros for row in rows), sum(row.impressions for row in rows), sum(row.reach for row in rows),
        sum(row.link_clicks for row in rows), sum(row.clicks for row in rows),
        sum(order.credit for order in orders), sum(order.value_cents for order in orders) * 10_000,
    )  # fmt: skip


def meta_rows(rows: Sequence[Delivery], period: Period, language: str, on: date) -> list[list[Cell]]:
    """Header, account total, ad sets by day. No orders are blank cells; money is text with two decimals."""
    words, last = META_WORDS[language], (period.end - timedelta(days=1)).isoformat()
    header = [f"{words[key]} (AZN)" if key == "spend" else words[key] for key in words]
    total = seen(rows, on)
    people = round(total.reach * 0.31)
    summary: list[Cell] = [
        period.start.isoformat(), last, None, None, None, money(total.spend_micros), total.impressions, people,
        _ratio(total.impressions, people), None, None, total.link_clicks, total.clicks, total.credits // 100,
        money(total.value_micros), None,
    ]  # fmt: skip
    return [list(header), summary, *(_meta_row(row, language, on) for row in rows)]


def _meta_row(row: Delivery, language: str, on: date) -> list[Cell]:
    own, day = seen([row], on), row.day.isoformat()
    orders = own.credits // 100 or None
    return [
        day, day, day, row.campaign.name, row.group.name, money(own.spend_micros), own.impressions, own.reach,
        _ratio(own.impressions, own.reach), orders if row.campaign.result == "purchase" else own.link_clicks or None,
        INDICATORS[row.campaign.result], own.link_clicks, own.clicks, orders,
        money(own.value_micros) if orders else None, ATTRIBUTION[language],
    ]  # fmt: skip


def _ratio(top: int, bottom: int) -> str:
    return f"{top / bottom:.6f}" if bottom else "0"


def meta_csv(rows: Sequence[Delivery], period: Period, language: str, on: date) -> bytes:
    """Ads Manager, "Export table data" as CSV: UTF-8 with BOM, comma, LF."""
    return text_table(meta_rows(rows, period, language, on), ",").encode("utf-8-sig")


def meta_xlsx(rows: Sequence[Delivery], period: Period, language: str, on: date) -> bytes:
    """The same as a workbook: numbers are numbers, dates are text."""
    numeric = {5, 8, 14}
    table = meta_rows(rows, period, language, on)
    typed = [
        [float(cell) if at in numeric and isinstance(cell, str) else cell for at, cell in enumerate(row)]
        for row in table[1:]
    ]
    return workbook("Worksheet", [table[0], *typed])


def meta_weeks_csv(rows: Sequence[Delivery], period: Period, on: date) -> bytes:
    """Ads Manager by campaign and week, English: account total first, weeks as `first - last`."""
    words = META_WORDS["en"]
    kept = [key for key in words if key != "group"]
    header = ["Week" if key == "day" else f"{words[key]} (AZN)" if key == "spend" else words[key] for key in kept]
    own, last = seen(rows, on), (period.end - timedelta(days=1)).isoformat()
    people = round(own.reach * 0.12)
    total: list[Cell] = [
        period.start.isoformat(), last, None, None, money(own.spend_micros), own.impressions, people,
        _ratio(own.impressions, people), None, None, own.link_clicks, own.clicks, own.credits // 100,
        money(own.value_micros), None,
    ]  # fmt: skip
    body = [_meta_week(part, week, on) for week, part in _by_week(rows)]
    return text_table([header, total, *body], ",").encode("utf-8-sig")


def _meta_week(rows: Sequence[Delivery], week: date, on: date) -> list[Cell]:
    own, first, last = seen(rows, on), week.isoformat(), (week + timedelta(days=6)).isoformat()
    orders, people = own.credits // 100 or None, round(own.reach * 0.55)
    return [
        first, last, f"{first} - {last}", rows[0].campaign.name, money(own.spend_micros), own.impressions, people,
        _ratio(own.impressions, people), orders, INDICATORS["purchase"], own.link_clicks, own.clicks, orders,
        money(own.value_micros) if orders else None, ATTRIBUTION["en"],
    ]  # fmt: skip


def _by_week(rows: Sequence[Delivery]) -> list[tuple[date, list[Delivery]]]:
    """The rows of each campaign and week, week by week."""
    found: dict[tuple[date, str], list[Delivery]] = {}
    for row in rows:
        found.setdefault((week_of(row.day), row.campaign.name), []).append(row)
    return [(week, part) for (week, _), part in sorted(found.items(), key=lambda item: item[0])]


GOOGLE_HEADER: Row = (
    "Campaign status", "Campaign", "Campaign type", "Day", "Currency code", "Budget", "Impr.", "Clicks", "CTR",
    "Avg. CPC", "Cost", "Conversions", "Cost / conv.", "Conv. value",
)  # fmt: skip


def google_text(rows: Sequence[Delivery], period: Period, on: date, delimiter: str) -> str:
    """Title, range, header, campaigns by day, then totals that overlap. Totals round the exact cost, rows their own."""
    return _google_report(GOOGLE_HEADER, [_google_row([row], row.day, on) for row in rows], rows, period, on, delimiter)


def google_weeks_text(rows: Sequence[Delivery], period: Period, on: date, delimiter: str) -> str:
    """The same by week: the segment `Week` stands where `Day` did and names the Monday."""
    header = ["Week" if cell == "Day" else cell for cell in GOOGLE_HEADER]
    body = [_google_row(part, week, on) for week, part in _by_week(rows)]
    return _google_report(header, body, rows, period, on, delimiter)


def _google_report(
    header: Row, body: Sequence[Row], rows: Sequence[Delivery], period: Period, on: date, delimiter: str
) -> str:
    last = period.end - timedelta(days=1)
    span = " - ".join(f"{day:%B} {day.day}, {day.year}" for day in (period.start, last))
    kinds = sorted({row.campaign.kind for row in rows}, reverse=True)
    totals = [
        _google_total(f"Total: {what}", rows, on) for what in ("Campaigns", "Account", "All but removed campaigns")
    ]
    totals += [_google_total(f"Total: {kind}", [r for r in rows if r.campaign.kind == kind], on) for kind in kinds]
    return text_table([("Campaign report",), (span,), header, *body, *totals], delimiter, quote=",")


def _google_row(rows: Sequence[Delivery], first: date, on: date) -> Row:
    campaign = rows[0].campaign
    budget = money(round(campaign.weekly[week_of(first)] / 7 * 1e6), grouped=True)
    names = ("Enabled", campaign.name, campaign.kind, first.isoformat(), "AZN", budget)
    return (*names, *_google_numbers(seen(rows, on)))


def _google_total(label: str, rows: Sequence[Delivery], on: date) -> Row:
    return (label, " --", " --", " --", " --", " --", *_google_numbers(seen(rows, on)))


def _google_numbers(own: Seen) -> Row:
    share = f"{100 * own.link_clicks / own.impressions:.2f}%" if own.impressions else " --"
    price = money(own.spend_micros // own.link_clicks, grouped=True) if own.link_clicks else " --"
    each = money(own.spend_micros * 100 // own.credits, grouped=True) if own.credits else "0.00"
    return (
        f"{own.impressions:,}", f"{own.link_clicks:,}", share, price, money(own.spend_micros, grouped=True),
        money(own.credits * 10_000, grouped=True), each, money(own.value_micros, grouped=True),
    )  # fmt: skip


TIKTOK_HEADER: Row = (
    "Campaign name", "Campaign ID", "Ad group name", "Ad group ID", "By Day", "Currency", "Cost", "Impressions",
    "Reach", "Frequency", "CPM", "Clicks (destination)", "CTR (destination)", "Clicks (all)", "Conversions",
    "Cost per conversion", "Complete payment value",
)  # fmt: skip


def tiktok_xlsx(rows: Sequence[Delivery], on: date) -> bytes:
    """Ads Manager workbook: every cell is text, nothing is `-`, the last row is the total."""
    body = [_tiktok_row(row, on) for row in rows]
    total = (f"Total of {len(rows)} results", "-", "-", "-", "-", "-", *_tiktok_numbers(seen(rows, on)))
    return workbook("Sheet1", [TIKTOK_HEADER, *body, total])


def _tiktok_row(row: Delivery, on: date) -> Row:
    names = (row.campaign.name, row.campaign.campaign_id, row.group.name, row.group.group_id)
    return (*names, row.day.isoformat(), "AZN", *_tiktok_numbers(seen([row], on)))


def _tiktok_numbers(own: Seen) -> Row:
    orders = own.credits // 100
    return (
        money(own.spend_micros), str(own.impressions), str(own.reach), f"{own.impressions / max(own.reach, 1):.2f}",
        money(own.spend_micros * 1000 // max(own.impressions, 1)), str(own.link_clicks),
        f"{100 * own.link_clicks / max(own.impressions, 1):.2f}%", str(own.clicks), str(orders) if orders else "-",
        money(own.spend_micros // orders) if orders else "-", money(own.value_micros) if orders else "-",
    )  # fmt: skip
