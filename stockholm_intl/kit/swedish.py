"""Numbers, dates and words as Swedish papers write them, whatever language the reader's pages have.

Thousands with a non-breaking space, decimal comma, a real minus, weeks by ISO 8601.
"""

from dataclasses import dataclass
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Func, Value
from django.db.models.functions import Collate, Lower

from stockholm_intl.kit.listing import listed as listed

NBSP = "\u00a0"
MINUS = "\u2212"
DASH = "\u2013"
Number = int | Decimal
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
SMALL = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")


@dataclass(frozen=True)
class Noun:
    """A word that can be counted: Noun("ett", "besök", "besök"), Noun("en", "mottagning", "mottagningar")."""

    article: str
    one: str
    many: str


def rounded(value: Number, decimals: int = 0) -> Decimal:
    return Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def number(value: Number | None, decimals: int = 0) -> str:
    """1 234 567,5. A missing value is a dash, and never a nought."""
    if value is None:
        return DASH
    exact = rounded(value, decimals)
    digits = f"{abs(exact):,.{decimals}f}".replace(",", NBSP).replace(".", ",")
    return f"{MINUS}{digits}" if exact < 0 else digits


def change(now: Number | None, then: Number | None, decimals: int = 0) -> str:
    """+5, −3 or ±0; a dash when either year is missing."""
    if now is None or then is None:
        return DASH
    difference = rounded(Decimal(now) - Decimal(then), decimals)
    if difference == 0:
        return "±0"
    return number(difference, decimals) if difference < 0 else f"+{number(difference, decimals)}"


def with_unit(value: Number | None, unit: str = "", decimals: int = 0) -> str:
    text = number(value, decimals)
    return f"{text}{NBSP}{unit}" if unit and value is not None else text


def kronor(value: Number | None) -> str:
    """12 500 kr; öre only when there are any."""
    return with_unit(value, "kr", 2 if value is not None and Decimal(value) % 1 else 0)


def share(part: Number, whole: Number) -> str:
    """17 %; a dash when there is nothing to share."""
    return f"{number(Decimal(part) * 100 / Decimal(whole))}{NBSP}%" if whole else DASH


def counted(value: int, noun: Noun) -> str:
    """inga besök, ett besök, tolv besök, 33 besök."""
    if value == 0:
        return f"inga {noun.many}"
    if value == 1:
        return f"{noun.article} {noun.one}"
    word = SMALL[value] if 1 < value < len(SMALL) else number(value)
    return f"{word}{NBSP}{noun.many}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def uncapital(text: str) -> str:
    """For use inside a sentence; an acronym keeps its capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def long_date(day: date) -> str:
    """22 november 2026, kept on one line."""
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]}{NBSP}{day.year}"


def weekday_date(day: date) -> str:
    """onsdag 18 november 2026, v. 47."""
    return f"{WEEKDAYS[day.weekday()]} {long_date(day)}, v.{NBSP}{day.isocalendar().week}"


def clock(begins: time | None, ends: time | None = None) -> str:
    """kl. 13.00–14.20."""
    if begins is None:
        return ""
    return f"kl.{NBSP}{begins:%H.%M}" + (f"{DASH}{ends:%H.%M}" if ends else "")


# The alphabet ends with å ä ö, in that order; other letters with marks stand with their plain ones. PostgreSQL is built
# without the collations that know this, so names are sorted by code points after this exchange.
ALPHABET = ("åäæöøéèêëáàâãíìîïóòôõúùûüýñç", "{||}}eeeeaaaaiiiioooouuuyync")


def in_alphabet(field: str) -> Collate:
    """For order_by: a column of names sorted as a Swedish reader expects, Åbo after Zürich."""
    letters, places = ALPHABET
    return Collate(Func(Lower(field), Value(letters), Value(places), function="translate"), "C")


def alphabetical(name: str) -> str:
    """The same order for sorted(key=…)."""
    return name.lower().translate(str.maketrans(*ALPHABET))
