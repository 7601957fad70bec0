"""The registers of partners and facts, and what of a body's or a partner's engagements a person may see."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from engagements.enums import PLACES, FactKind, Part, Place
from engagements.masking import open_in
from engagements.models import Engagement, Fact, Partner
from engagements.queries import capped_count, newest_page
from organisation.models import Body
from organisation.queries import Access
from stockholm_intl.kit.swedish import in_alphabet

PARTNER_ORDERS: dict[str, list[Any]] = {
    "namn": [in_alphabet("name")],
    "-namn": [in_alphabet("name").desc()],
    "slag": ["kind", in_alphabet("name")],
    "-slag": ["-kind", in_alphabet("name")],
    "sedan": [F("since_year").asc(nulls_last=True), in_alphabet("name")],
    "-sedan": [F("since_year").desc(nulls_last=True), in_alphabet("name")],
}


@dataclass(frozen=True)
class Count:
    """How many engagements of one place; more than COUNT_CAP is COUNT_CAP + 1."""

    place: Place
    number: int


def body_counts(access: Access, body: Body) -> list[Count]:
    """How many of the body's engagements this access may read, by place. Three queries."""
    rows = Engagement.objects.filter(body=body)
    return [Count(place, capped_count(access, rows.filter(kind__in=kinds))) for place, kinds in PLACES.items()]


def partner_engagements(access: Access, partner: Partner, *, limit: int) -> tuple[QuerySet[Engagement], int]:
    """The newest engagements with this partner, and how many there are (capped); none whose counterpart is secret."""
    rows = open_in(Engagement.objects.filter(partner=partner), Part.COUNTERPART)
    return newest_page(access, rows, limit=limit), capped_count(access, rows)


def partners(*, kind: str = "", country: str = "", words: str = "", order: str = "namn") -> QuerySet[Partner]:
    """Partners in Swedish order, or another of PARTNER_ORDERS."""
    rows = Partner.objects.select_related("owner")
    if kind:
        rows = rows.filter(kind=kind)
    if country:
        rows = rows.filter(country=country)
    for word in words.split():
        rows = rows.filter(Q(name__icontains=word) | Q(acronym__icontains=word) | Q(theme__icontains=word))
    return rows.order_by(*PARTNER_ORDERS[order], "pk")


def partners_named(text: str, *, limit: int = 8) -> list[Partner]:
    return list(partners(words=text)[:limit])


def facts(*, kind: str = "", words: str = "") -> QuerySet[Fact]:
    """Facts from history, the newest first; those without a date last."""
    rows = Fact.objects.select_related("body")
    if kind:
        rows = rows.filter(kind=FactKind(kind))
    for word in words.split():
        rows = rows.filter(Q(title__icontains=word) | Q(note__icontains=word) | Q(counterpart__icontains=word))
    return rows.order_by("-happened", "title", "pk")
