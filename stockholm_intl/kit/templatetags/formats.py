"""Dates and numbers as the pages show them. The text filters give words; the time_ filters a <time> element."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from stockholm_intl.kit import clock, swedish

register = template.Library()
Day = date | datetime
NBSP = "\u00a0"
CLEAR_WITHOUT_YEAR = 120


def as_day(value: Day) -> date:
    if isinstance(value, datetime):
        return clock.local_date(value) if timezone.is_aware(value) else value.date()
    return value


@register.filter
def date_sv(value: Day | None) -> str:
    """22 november 2026; in English 22 November 2026."""
    return date_format(as_day(value), "j F Y") if value else ""


@register.filter
def date_short(value: Day | None) -> str:
    """22 november, and the year only when it could be mistaken."""
    if not value:
        return ""
    day = as_day(value)
    clear = day.year == clock.today().year or abs((day - clock.today()).days) <= CLEAR_WITHOUT_YEAR
    return date_format(day, "j F" if clear else "j F Y")


@register.filter
def date_tiny(value: Day | None) -> str:
    """22 nov: for a narrow column where the reader knows the year."""
    return f"{as_day(value).day} {date_format(as_day(value), 'F')[:3]}" if value else ""


@register.filter
def date_iso(value: Day | None) -> str:
    return as_day(value).isoformat() if value else ""


@register.filter
def weekday(value: Day | None) -> str:
    """tisdag 24 november 2026; in English Tuesday 24 November 2026."""
    return date_format(as_day(value), "l j F Y") if value else ""


def date_range(first: date | None, last: date | None) -> str:
    """14–16 december 2026; as little as says it."""
    if first is None or last is None or last == first:
        return date_sv(first or last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date_sv(last)}"
    if first.year == last.year:
        return f"{date_format(first, 'j F')} – {date_sv(last)}"
    return f"{date_sv(first)} – {date_sv(last)}"


def long_range(first: date | None, last: date | None) -> str:
    """onsdag 20 januari 2027, v. 3; of more days than one 14–16 december 2026, v. 51."""
    days, first, last = date_range(first, last), first or last, last or first
    if first is None or last is None:
        return ""
    if first == last:
        return f"{weekday(first)}, {week(first)}"
    weeks = week(first) if week(first) == week(last) else f"{week(first)}–{as_day(last).isocalendar().week}"
    return f"{days}, {weeks}"


@register.filter
def week(value: Day | None) -> str:
    """v. 47, by ISO 8601."""
    return _("v.") + NBSP + str(as_day(value).isocalendar().week) if value else ""


@register.filter
def hour(value: datetime | None) -> str:
    """9.12"""
    if not value:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local.hour}.{local.minute:02}"


@register.filter
def day_relative(value: Day | None) -> str:
    """i dag 9.12, i går, i morgon, 20 november, 20 november 2025."""
    if not value:
        return ""
    day = as_day(value)
    names = {
        clock.today(): _("i dag"),
        clock.today() - timedelta(days=1): _("i går"),
        clock.today() + timedelta(days=1): _("i morgon"),
    }
    if day not in names:
        return date_short(day)
    return f"{names[day]} {hour(value)}" if isinstance(value, datetime) else names[day]


@register.filter
def partial_date(value: str | date | None) -> str:
    """2011 as 2011, 2020-12 as december 2020, 2020-12-08 as 8 december 2020."""
    if not value:
        return ""
    year, month, day = (*map(int, str(value).split("-")), 0, 0)[:3]
    if not month:
        return str(year)
    return date_sv(date(year, month, day)) if day else date_format(date(year, month, 1), "F Y")


@register.filter
def number(value: int | float | Decimal | None) -> str:
    """1 234 567,5: as many decimals as the value has; a missing value is a dash."""
    if value is None or value == "":
        return swedish.DASH
    exact = Decimal(str(value)).normalize()
    exponent = exact.as_tuple().exponent
    return swedish.number(exact, max(0, -exponent if isinstance(exponent, int) else 0))


@register.filter
def money(value: int | Decimal | None) -> str:
    """12 500 kr; öre only when there are any."""
    return swedish.kronor(None if value is None or value == "" else Decimal(str(value)))


def in_time(value: Day, text: str) -> SafeString:
    if isinstance(value, datetime) and timezone.is_aware(value):
        machine = timezone.localtime(value).isoformat(timespec="minutes")
    else:
        machine = value.isoformat()
    return format_html('<time datetime="{}">{}</time>', machine, text)


@register.filter
def time_sv(value: Day | None) -> str:
    return in_time(value, date_sv(value)) if value else ""


@register.filter
def time_short(value: Day | None) -> str:
    return in_time(value, date_short(value)) if value else ""


@register.filter
def time_tiny(value: Day | None) -> str:
    return in_time(value, date_tiny(value)) if value else ""


@register.filter
def time_iso(value: Day | None) -> str:
    return in_time(value, date_iso(value)) if value else ""


@register.filter
def time_relative(value: Day | None) -> str:
    return in_time(value, day_relative(value)) if value else ""


@register.filter
def percent(share: float | Decimal | None) -> int:
    """0.42 as 42, for a progress bar: a whole number is never localised."""
    return round(float(share or 0) * 100)
