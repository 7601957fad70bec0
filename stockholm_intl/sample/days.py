"""The sample's calendar: offices work on weekdays, rest in July, and nothing happens after its own today."""

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

TODAY = date(2026, 11, 22)
STOCKHOLM = ZoneInfo("Europe/Stockholm")
HOLIDAYS = frozenset(
    date.fromisoformat(day)
    for day in (
        "2024-01-01 2024-03-29 2024-04-01 2024-05-01 2024-05-09 2024-06-06 2024-06-21 2024-12-24 2024-12-25 2024-12-26"
        " 2024-12-31 2025-01-01 2025-01-06 2025-04-18 2025-04-21 2025-05-01 2025-05-29 2025-06-06 2025-06-20 2025-12-24"
        " 2025-12-25 2025-12-26 2025-12-31 2026-01-01 2026-01-06 2026-04-03 2026-04-06 2026-05-01 2026-05-14 2026-06-19"
        " 2026-12-24 2026-12-25 2026-12-31 2027-01-01 2027-01-06 2027-03-26 2027-03-29 2027-05-06"
    ).split()
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
    found = []
    while len(found) < count:
        day = workday(first + timedelta(days=rng.randrange(length + 1)))
        if day <= last and (day.month != 7 or rng.random() < 0.2):
            found.append(day)
    return sorted(found)
