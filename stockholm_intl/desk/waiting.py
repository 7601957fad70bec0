"""What waits for a person and what is soon: two of the lists of the desk, by right and not by name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from decisions.enums import MeetingState
from decisions.models import Meeting
from decisions.queries.matters import open_items
from engagements.enums import Instrument, Kind, State
from engagements.masking import covered
from engagements.models import Engagement
from engagements.permission import access_of, handed_ids, handed_on, visible_to
from engagements.rescue import unkept_for
from engagements.routing import deciders, route_of, rule_of
from engagements.showing import country_name
from engagements.strategy.competence import Route
from engagements.submitting import goes_to_board
from memberships.enums import ReviewOutcome
from memberships.models import Review
from memberships.reviewing import review_ways, who_decides_review
from organisation.enums import Action
from organisation.models import Body, Mandate, User
from organisation.roles import APPOINTED_BY_HEAD
from stockholm_intl.desk.deciding import decided_elsewhere

SHOWN = 8
MOST = 40  # of one sort; the desk is a place to begin, not an archive
SOON_DAYS = 60


@dataclass(frozen=True)
class Todo:
    label: str
    url: str
    key: str
    text: str
    due: date | None

    @property
    def rank(self) -> tuple[bool, date]:
        return (self.due is None, self.due or date.max)


def waiting_for(user: User, *, today: date) -> list[Todo]:
    """Everything that waits for this person, the most urgent first."""
    found = [*to_assess(user, today=today), *to_decide(user, today=today), *drafts(user), *reviews(user, today=today)]
    found += [*meetings_to_close(user, today=today), *mandates_ending(user, today=today), *unkept(user)]
    return sorted(found, key=lambda todo: todo.rank)


def in_bodies(user: User, action: Action) -> QuerySet[Engagement]:
    there = Q(body_id__in=access_of(user).bodies(action))
    if action is Action.DECIDE:
        there |= Q(pk__in=handed_ids(user))
    return visible_to(user, Engagement.objects.filter(there)).order_by(F("respond_by").asc(nulls_last=True), "id")


def hers_or_nobodys(user: User, *, today: date, matter: str = "") -> Q:
    """What she handles, and what nobody does any more: no contact, or one who has no mandate left in her bodies' houses."""
    bodies = access_of(user).bodies(Action.PREPARE)
    there = Mandate.objects.in_force(on=today).filter(body__in=Body.objects.house_of(bodies))
    contact = f"{matter}contact"
    gone = ~Q(**{f"{contact}__in": there.values("person")})
    return Q(**{contact: user}) | Q(**{f"{contact}__isnull": True}) | gone


def to_assess(user: User, *, today: date) -> list[Todo]:
    rows = in_bodies(user, Action.PREPARE).filter(state__in=[State.REGISTERED, State.ASSESSED])
    mine = rows.filter(hers_or_nobodys(user, today=today), agenda_items__isnull=True)
    return [
        todo(row, _("Bedöm: %(title)s") if row.kind == Kind.VISIT else _("Bered: %(title)s")) for row in mine[:MOST]
    ]


def to_decide(user: User, *, today: date) -> list[Todo]:
    """Proposals in the bodies where this person decides.

    What the matrix gives to another body is to be brought there; once it has been handed over, it waits there.
    """
    rows = in_bodies(user, Action.DECIDE).filter(state=State.PROPOSED, agenda_items__isnull=True)
    found = [
        row for row in rows.select_related("body__parent__parent", "trip", "visit")[:MOST] if not row.covered_parts
    ]
    # a visit is its host's to decide, whoever coordinates it (M15-M18), but for a state visit (M20)
    routed = [row for row in found if row.kind != Kind.VISIT or row.instrument == Instrument.STATE_VISIT]
    others = decided_elsewhere(user, routed, on=today, ways=lambda row, dossier: (route_of(row, dossier=dossier),))
    gone = handed_on(others)
    return [
        todo(row, _("För vidare till beslut: %(title)s"), belongs_to(row, others[row.pk]))
        if row.pk in others
        else todo(row, _("Besluta: %(title)s"))
        for row in found
        if row.pk not in gone
    ]


def belongs_to(row: Engagement, ways: Sequence[Route]) -> str:
    return _("Beslutas av %(decider)s (%(row)s).") % {"decider": deciders(ways[0], row), "row": rule_of(ways[0])}


def todo(row: Engagement, sentence: str, text: str = "") -> Todo:
    who = text or ", ".join(filter(None, [row.counterpart, country_name(str(row.country))]))
    return Todo(
        sentence % {"title": row.title or _("utkast utan rubrik")},
        row.get_absolute_url(),
        row.key or "",
        who,
        row.respond_by,
    )


def drafts(user: User) -> list[Todo]:
    rows = visible_to(user, Engagement.objects.filter(state=State.DRAFT, created_by=user)).order_by("-updated_at")
    return [
        Todo(
            _("Skriv klart: %(title)s") % {"title": row.title or row.counterpart or _("utkast utan rubrik")},
            row.get_absolute_url(),
            "",
            _("Utkast, inte registrerat."),
            None,
        )
        for row in rows[:SHOWN]
    ]


def reviews(user: User, *, today: date) -> list[Todo]:
    """Open reviews whose memberships this person prepares, and proposals about such in the bodies where she decides.

    What stands on an agenda waits there.
    """
    access = access_of(user)
    rows = Review.objects.filter(outcome="", engagement__in=visible_to(user).filter(state=State.APPROVED).values("pk"))
    rows = rows.exclude(engagement__in=open_items().filter(engagement__isnull=False).values("engagement"))
    rows = rows.select_related("engagement__body__parent__parent").order_by("due_on", "id")
    mine = hers_or_nobodys(user, today=today, matter="engagement__")
    to_prepare = rows.filter(mine, engagement__body_id__in=access.bodies(Action.PREPARE), proposed_outcome="")
    decides = Q(engagement__body_id__in=access.bodies(Action.DECIDE)) | Q(engagement__in=handed_ids(user))
    proposed = rows.filter(decides).exclude(proposed_outcome="")
    return [
        *(
            review_todo(row, _("Ompröva: %(title)s"), _("Beslutet ska prövas på nytt."))
            for row in covered(user, to_prepare[:MOST])
        ),
        *proposed_reviews(user, covered(user, proposed[:MOST]), today=today),
    ]


def proposed_reviews(user: User, rows: Sequence[Review], *, today: date) -> Iterator[Todo]:
    """To decide, or where another body does (M22, M23) to hand on to it; else to propose, but not what one has proposed."""
    found = [row for row in rows if not row.engagement.covered_parts]
    others = decided_elsewhere(user, [row.engagement for row in found], on=today, ways=review_ways)
    gone, may_propose = handed_on(others), access_of(user).bodies(Action.PREPARE)
    for row in found:
        ways = others.get(row.engagement_id)
        if ways is None:
            yield review_todo(row, _("Besluta om omprövning: %(title)s"), _("Ett förslag finns."))
        elif row.engagement_id in gone or row.engagement.body_id not in may_propose:
            continue
        elif goes_to_board(row.engagement, ways[row.proposed_outcome == ReviewOutcome.LEAVE]):
            said = who_decides_review(row.engagement, (ways[0], ways[1]))
            yield review_todo(row, _("För vidare till beslut: %(title)s"), said)
        elif row.proposed_by_id != user.pk:
            said = who_decides_review(row.engagement, (ways[0], ways[1]))
            yield review_todo(row, _("Föreslå omprövning: %(title)s"), " ".join([_("Ett förslag finns."), said]))


def review_todo(row: Review, sentence: str, text: str) -> Todo:
    engagement = row.engagement
    address = reverse("membership_detail", args=[engagement.key])
    return Todo(sentence % {"title": engagement.title}, address, engagement.key or "", text, row.due_on)


def meetings_to_close(user: User, *, today: date) -> list[Todo]:
    """Meetings whose day has come and that are not held, or held and not yet reported to KS."""
    if Action.RUN_MEETING not in access_of(user).house_rights:
        return []
    # a meeting that history brought has a source, and waits for nothing
    rows = Meeting.objects.filter(number__isnull=False, source="", held_on__lte=today)
    rows = rows.exclude(state=MeetingState.REPORTED)
    sentences = {
        MeetingState.PLANNED: _("För in besluten från %(meeting)s"),
        MeetingState.HELD: _("Justera beslutslistan från %(meeting)s"),
        MeetingState.APPROVED: _("Anmäl besluten från %(meeting)s"),
    }
    return [
        Todo(
            sentences[MeetingState(row.state)] % {"meeting": row.name},
            row.get_absolute_url(),
            "",
            _("Besluten anmäls till kommunstyrelsens nästa sammanträde."),
            row.held_on + timedelta(days=14),
        )
        for row in rows.select_related("body")[:SHOWN]
    ]


def mandates_ending(user: User, *, today: date) -> list[Todo]:
    """To the head, what she appoints and must renew or hand over (strategy 2016 section 5)."""
    bodies = access_of(user).bodies(Action.APPOINT)
    if not bodies:
        return []
    rows = Mandate.objects.ending(on=today, within=SOON_DAYS).filter(body_id__in=bodies, role__in=APPOINTED_BY_HEAD)
    return [
        Todo(
            _("Mandat som går ut: %(person)s") % {"person": row.person},
            row.get_absolute_url(),
            "",
            _("%(role)s. Förläng eller lämna över.") % {"role": row.get_role_display()},
            row.valid_to,
        )
        for row in rows.select_related("person", "body").order_by("valid_to", "pk")[:SHOWN]
    ]


def unkept(user: User) -> list[Todo]:
    """To the head, what is marked secret and nobody is left to answer for: its key and no word of it."""
    return [
        Todo(
            _("Namnge läsare: sekretess som ingen svarar för"),
            reverse("unkept_rescue", args=[one.key]),
            one.key,
            one.body,
            None,
        )
        for one in unkept_for(user)[:SHOWN]
    ]


def soon_for(user: User, *, today: date) -> list[dict[str, Any]]:
    """Visits and trips that are booked, and meetings to come, in the next two months."""
    until = today + timedelta(days=SOON_DAYS)
    rows = visible_to(user, Engagement.objects.filter(starts_on__range=(today, until), state=State.APPROVED))
    mine = rows.filter(body_id__in=access_of(user).bodies(Action.READ)).order_by("starts_on", "id")[:SHOWN]
    diary = [
        {"day": row.starts_on, "label": row.title, "url": row.get_absolute_url(), "text": row.counterpart}
        for row in mine
    ]
    if Action.READ_MEETING in access_of(user).house_rights:
        diary += [
            {"day": row.held_on, "label": row.name, "url": row.get_absolute_url(), "text": row.place}
            for row in Meeting.objects.filter(held_on__range=(today, until)).select_related("body")[:SHOWN]
        ]
    return sorted(diary, key=lambda item: str(item["day"]))[:SHOWN]
