"""The sample's calendar: offices work on weekdays, rest in July, and nothing happens after its own today."""

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

TODAY = date(2026, 11, 22)
STOCKHOLM = ZoneInfo("Europe/Stockholm")
HOLIDAYS = frozenset(
    date(year, int(day[:2]), int(day[2:]))
    for year, days in {
        2024: ("0101", "0329", "0401", "0501", "0509", "0606", "0621", "1224", "1225", "1226", "1231"),
        2025: ("0101", "0106", "0418", "0421", "0501", "0529", "0606", "0620", "1224", "1225", "1226", "1231"),
        2026: ("0101", "0106", "0403", "0406", "0501", "0514", "0619", "1224", "1225", "1231"),
        2027: ("0101", "0106", "0326", "0329", "0506"),
    }.items()
    for day in days
)


def is_workday(day: date) -> bool:
    return day.weekday() < 5 and day not in HOLIDAYS


def workday(day: date) -> date:
    """The day itself, or the next one on which offices are open."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def meeting_day(day: date) -> date:
    """A day on which delegations are received: not in July, nor between Christmas and Epiphany."""
    if day.month == 7:
        day = date(day.year, 8, 17)
    if (day.month, day.day) > (12, 18) or (day.month, day.day) < (1, 8):
        day = date(day.year + (day.month == 12), 1, 14)
    return workday(day)


def later(day: date, days: int) -> date:
    return workday(day + timedelta(days=days))


def office_time(day: date, rng: Random) -> datetime:
    """A minute of the working day, aware."""
    return datetime.combine(day, time(8 + rng.randrange(8), rng.randrange(60), rng.randrange(60)), STOCKHOLM)


def spread(rng: Random, first: date, last: date, count: int) -> list[date]:
    """That many working days in order over a period, thinner in summer."""
    length = (last - first).days
    found: list[date] = []
    while len(found) < count:
        day = workday(first + timedelta(days=rng.randrange(length + 1)))
        if day <= last and (day.month != 7 or rng.random() < 0.2):
            found.append(day)
    return sorted(found)
