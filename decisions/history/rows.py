"""One past event as a row of a file: what it must say to be taken. Nothing here reads the database."""

import re
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.utils.translation import gettext as _

from decisions.history.words import in_swedish
from stockholm_intl.kit.csv_files import Row, RowRefused
from stockholm_intl.kit.partial_dates import first_day

COLUMNS = ("date", "kind", "title_sv", "title_en", "organisation_or_country", "body", "decision_if_known", "source")
KINDS = frozenset(
    {
        "agreement",
        "conference",
        "conference_hosted",
        "declaration",
        "eu_influence",
        "ib_item",
        "initiative",
        "ks_item",
        "membership",
        "protocol_visit",
        "remiss",
        "representation_reception",
        "rule",
        "state_visit",
        "strategy",
        "study_trip_out",
        "visit_statistics",
    }
)
TITLE, COUNTERPART = 200, 200
SAID_NO = re.compile(r"\b(avsl(ag|ogs?|agen|aget)|avböj\w*|nej|declined|rejected|refused|turned down)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Event:
    """`happened` is the date as the source gives it (2011, 2020-12, empty); `first` its first day, for sorting.

    `more` is what the English title tells beyond the Swedish one.
    """

    line: int
    happened: str
    first: date | None
    kind: str
    title: str
    title_en: str
    more: str
    counterpart: str
    body: str
    decision: str
    source: str
    fingerprint: str

    @property
    def day(self) -> date | None:
        """The day, when the source knows it."""
        return self.first if len(self.happened) == 10 else None

    @property
    def was_declined(self) -> bool:
        return bool(SAID_NO.search(self.decision))


def read_event(row: Row, *, today: date) -> Event:
    """Raises RowRefused, saying what is wrong."""
    if not row["kind"]:
        raise RowRefused(_("Slaget (kind) saknas."))
    if row["kind"] not in KINDS:
        raise RowRefused(_("Okänt slag: ”%(kind)s”.") % {"kind": row["kind"][:40]})
    first = when(row["date"], today)
    return Event(
        line=row.line,
        happened=row["date"],
        first=first,
        kind=row["kind"],
        title=title(row["title_sv"]),
        title_en=one_line(row["title_en"]),
        more=in_swedish("title_en", one_line(row["title_en"])),
        counterpart=in_swedish("organisation_or_country", counterpart(row["organisation_or_country"])),
        body=one_line(row["body"]),
        decision=in_swedish("decision_if_known", row["decision_if_known"]),
        source=in_swedish("source", row["source"]),
        fingerprint=fingerprint(row),
    )


def when(text: str, today: date) -> date | None:
    try:
        first = first_day(text)
    except ValueError:
        raise RowRefused(
            _("”%(text)s” är inget datum. Skriv 2015, 2015-10 eller 2015-10-08, eller lämna tomt.")
            % {"text": text[:40]}
        ) from None
    if first and first > today:
        raise RowRefused(_("%(text)s har inte varit än. Historik är det som har hänt.") % {"text": text})
    return first


def title(text: str) -> str:
    text = one_line(text)
    if not text:
        raise RowRefused(_("Rubriken (title_sv) saknas."))
    if len(text) > TITLE:
        raise RowRefused(
            _("Rubriken är för lång: %(found)s tecken, högst %(most)s.") % {"found": len(text), "most": TITLE}
        )
    return text


def counterpart(text: str) -> str:
    text = one_line(text)
    if len(text) > COUNTERPART:
        raise RowRefused(
            _("Organisation eller land är för långt: %(found)s tecken, högst %(most)s.")
            % {"found": len(text), "most": COUNTERPART}
        )
    return text


def one_line(text: str) -> str:
    return " ".join(text.split())


def fingerprint(row: Row) -> str:
    """The same row gives the same sum, whatever its line, column order, file encoding and spacing."""
    return sha256("\x1f".join(one_line(row[column]) for column in COLUMNS).encode()).hexdigest()
