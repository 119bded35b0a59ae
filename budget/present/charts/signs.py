"""Decimal signs, month and day names of a language, for what the browser formats."""

from functools import cache

from babel.dates import get_day_names, get_month_names
from babel.numbers import get_decimal_symbol, get_group_symbol

from budget.present.charts.marks import Spec
from budget.present.numbers import MINUS


@cache
def locale(lang: str) -> Spec:
    """Signs and names of a language for the axes, which the browser formats."""
    number = {
        "decimal": get_decimal_symbol(lang),
        "thousands": get_group_symbol(lang),
        "grouping": [3],
        "currency": ["", ""],
        "minus": MINUS,
    }
    months = {width: list(get_month_names(width, "format", lang).values()) for width in ("abbreviated", "wide")}
    week = {width: get_day_names(width, "format", lang) for width in ("abbreviated", "wide")}
    days = {width: [names[(i - 1) % 7] for i in range(7)] for width, names in week.items()}
    time_names = {
        "date": "%d.%m.%Y",
        "dateTime": "%d.%m.%Y %H:%M",
        "time": "%H:%M",
        "periods": ["AM", "PM"],
        "days": days["wide"],
        "shortDays": days["abbreviated"],
        "months": months["wide"],
        "shortMonths": months["abbreviated"],
    }
    return {"number": number, "time": time_names}
