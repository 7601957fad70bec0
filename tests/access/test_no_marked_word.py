"""Every text that a mark can cover is filled with one word; then the whole register is read for it, by everybody."""

import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse

from decisions.enums import MeetingState, Outcome, Section
from decisions.models import AgendaItem, Decision, Meeting
from engagements.enums import Kind, Part, PartnerKind, State
from engagements.masking import DETAIL, FIELDS, REASONS
from engagements.models import (
    Consultation,
    Document,
    Engagement,
    ExaminedForum,
    FundingLine,
    Judgement,
    Partner,
    PlannedActivity,
)
from engagements.operations import save_with_reason
from engagements.permission import grant
from engagements.secrecy import mark_secret
from memberships.models import Review
from organisation.enums import Action
from organisation.models import User
from stockholm_intl.kit import clock
from tests.factories import AT, an_engagement
from tests.people import People

WORD = "zebrahemlis"
LATER = AT + timedelta(hours=1)
NAMED = "head"
# who reads the open parts by mandate, by what is shared, by what is referred, and by reading everything
OTHERS = ("contact", "outsider", "ib_member", "ib_secretary", "auditor")
UNNAMED = ("contact", "coordinator", "ib_secretary")
ROWS: dict[Kind, dict[str, Any]] = {
    Kind.VISIT: {}, Kind.RECEPTION: {"slot": "18–20"}, Kind.MEMBERSHIP: {"form": "network", "entered_on": date(2023, 1, 15)},
    Kind.AGREEMENT: {"agreement_type": "intent", "entered_on": date(2023, 1, 15)}, Kind.TRIP: {"kind": "conference"},
    Kind.DECLARATION: {"kind": "declaration"}, Kind.EU_INFLUENCE: {"form": "consultation", "submitted_on": date(2026, 2, 1)},
    Kind.PROJECT: {"kind": "eu"},
}  # fmt: skip


def fill(row: Any, word: str = WORD) -> Any:
    """The word in every text of the row that some part covers."""
    for part, fields in FIELDS.items():
        said = word.format(part=part.value)
        for name in fields.get(row._meta.label_lower, ()):
            field: Any = row._meta.get_field(name)
            if isinstance(field, models.EmailField):
                setattr(row, name, f"{said}@exempel.se")
            elif isinstance(field, models.CharField | models.TextField) and name != "country":
                setattr(row, name, f"{said} {name}"[: field.max_length])
    for name in REASONS.get(row._meta.label_lower, ()):
        setattr(row, name, f"{word.format(part='reason')} {name}")
    return row


class Register:
    """One of each kind, owned by Miljöförvaltningen, shared with Internationella beredningen and with Trafikkontoret."""

    def __init__(self, people: People, word: str = WORD) -> None:
        self.people, self.word = people, word
        self.partner = Partner.objects.create(name="Öppna partnern", kind=PartnerKind.CITY, country="JP")
        self.meeting = Meeting.objects.create(
            body=people.body("IB"),
            year=2026,
            number=9,
            held_on=date(2026, 11, 18),
            starts_at=time(13),
            state=MeetingState.APPROVED,
            approved_on=date(2026, 11, 19),
        )
        self.matters = [self.matter(kind, number) for number, kind in enumerate(Kind, 1)]

    def matter(self, kind: Kind, number: int) -> Engagement:
        people, word = self.people, self.word.replace("{number}", str(number))
        old = f"{word} äldre".format(part="title")
        made = an_engagement(people.contact, people.body("169"), kind, title=old, starts_on=clock.today())
        model: Any = Engagement._meta.get_field(DETAIL[kind]).related_model
        detail = model(engagement=made, **ROWS[kind])
        save_with_reason(fill(detail, word), by=people.contact, reason=f"{WORD} skäl")
        made.motives = {"samverkan": word.format(part="summary")}
        made.country, made.partner = "JP", self.partner
        made.state = State.APPROVED if number % 2 else State.PROPOSED
        save_with_reason(fill(made, word), by=people.contact, reason=f"{WORD} skäl")
        self.beside(made, number, word)
        for to in ("IB", "181"):
            grant(engagement=made, to=people.body(to), action=Action.PREPARE, reason="Prov", by=people.head, at=AT)
        return made

    def beside(self, made: Engagement, number: int, word: str) -> None:
        people = self.people
        item = AgendaItem(meeting=self.meeting, engagement=made, section=Section.INTERNATIONAL, position=number)
        fill(item, word).save()
        told: dict[str, Any] = {"engagement": made, "body": people.body("IB"), "recorded_by": people.ib_secretary}
        if number % 2:
            decided = {"outcome": Outcome.APPROVED, "decided_on": date(2026, 11, 18), "recorded_at": AT}
            fill(Decision(item=item, **decided, **told), word).save()
        rows: list[Any] = [
            PlannedActivity(engagement=made), ExaminedForum(engagement=made), FundingLine(engagement=made),
            Consultation(engagement=made, on=date(2026, 1, 1)),
            Judgement(engagement=made, subject="C1", answer="pass", by=people.head, at=AT),
            Judgement(engagement=made, subject="scope", answer="own_field", by=people.head, at=AT),
            Document(engagement=made, size=4, sha256=str(number), uploaded_by=people.contact, uploaded_at=AT),
        ]  # fmt: skip
        if made.kind in (Kind.MEMBERSHIP, Kind.AGREEMENT):
            rows.append(
                Review(
                    engagement=made,
                    due_on=date(2026, 12, 1),
                    opened_on=date(2026, 7, 1),
                    proposed_outcome="leave",
                    proposed_at=AT,
                    proposed_by=people.contact,
                )
            )
        for row in rows:
            fill(row, word).save()

    def mark(self, *, whole: bool) -> None:
        told: Any = {"paragraph": "OSL 15 kap. 1 §", "ground": "Skadar relationen", "readers": []}
        by = User.objects.get(pk=getattr(self.people, NAMED).pk)
        for matter in self.matters:
            mark_secret(engagement=matter, whole=whole, parts=[] if whole else list(Part), by=by, at=LATER, **told)

    def addresses(self) -> Iterator[str]:
        for name in ("visit_list", "membership_list", "assignment_list", "review_list", "search"):
            for query in ("", "?utdrag=csv", f"?ord={WORD}", f"?q={WORD}", "?land=JP", "?q=Japan"):
                yield reverse(name) + query
        for name in (
            "desk",
            "desk_count",
            "meeting_list",
            "report_list",
            "register_index",
            "access_report",
            "partner_list",
        ):
            yield reverse(name)
        yield from (reverse("partner_detail", args=[self.partner.pk]), reverse("body_detail", args=["169"]))
        yield from (reverse("report_year", args=[2026]), reverse("report_figure", args=[2026, "visits"]))
        yield from (
            reverse("report_figure", args=[2026, "visits.region.asien"]),
            reverse("report_figure", args=[2026, "engagements"]),
        )
        yield f"{reverse('access_report')}?organ=169&person=head.miljo"
        yield reverse("mandate_hand_over", args=[self.people.contact.mandates.get().pk])
        yield from self.pages_of_matters()

    def pages_of_matters(self) -> Iterator[str]:
        for matter in self.matters:
            yield matter.get_absolute_url()
            yield f"{self.meeting.get_absolute_url()}?punkt={matter.agenda_items.get().pk}"
            for name in ("engagement_checks", "underlag", "engagement_sharing", "engagement_secrecy", "engagement_refer",
                         "engagement_decide", "judge_way", "engagement_correct", f"{matter.place}_edit"):  # fmt: skip
                yield reverse(name, args=[matter.key])
            yield reverse("document_download", args=[matter.documents.get().pk])


def signed_in(people: People, who: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(getattr(people, who), backend="django.contrib.auth.backends.ModelBackend")
    return client


def read(client: Client, address: str) -> str:
    """What comes back, without what the person typed and gets repeated."""
    answer = client.get(address, follow=True)
    assert answer.status_code < 500, address
    text = b"".join(answer) if answer.streaming else answer.content
    said = text.decode("utf-8", "replace")
    asked = address.partition("?")[2]
    if WORD not in asked:
        return said
    return re.sub(rf'value="{WORD}"|”{WORD}”|[?&;](ord|q)={WORD}', "", said)


@pytest.mark.parametrize("who", OTHERS)
def test_no_page_holds_a_word_of_what_is_marked_in_every_part(people: People, who: str) -> None:
    register = Register(people)
    register.mark(whole=False)
    client = signed_in(people, who)
    assert [address for address in register.addresses() if WORD in read(client, address)] == []


@pytest.mark.parametrize("who", UNNAMED)
def test_no_page_holds_a_word_or_the_key_of_what_is_marked_as_a_whole(people: People, who: str) -> None:
    register = Register(people)
    register.mark(whole=True)
    client, keys = signed_in(people, who), [matter.key or "" for matter in register.matters]
    found = []
    for address in register.addresses():
        said = read(client, address)
        # the page that there is none repeats the address it was asked for
        found += [(address, word) for word in (WORD, *keys) if word in said and word not in address]
    assert found == []
    assert {client.get(matter.get_absolute_url()).status_code for matter in register.matters} == {404}


def test_the_named_reads_it_all_and_the_unmarked_are_everybodys(people: People) -> None:
    """So that the tests above cannot pass by finding nothing."""
    register = Register(people)
    for who in ("auditor", "contact"):
        client = signed_in(people, who)
        pages = [matter.get_absolute_url() for matter in register.matters]
        assert all(WORD in read(client, address) for address in pages)
        assert WORD in read(client, reverse("visit_list"))
    register.mark(whole=True)
    client = signed_in(people, NAMED)
    assert all(WORD in read(client, matter.get_absolute_url()) for matter in register.matters)


def test_what_is_not_there_and_what_is_secret_look_the_same(people: People) -> None:
    register = Register(people)
    register.mark(whole=True)
    document = register.matters[0].documents.get().pk
    key = register.matters[0].key or ""
    for who in ("contact", "coordinator", "auditor", "stranger"):
        client = signed_in(people, who)
        pairs = [
            (f"/besok/{key}/", "/besok/INT-2026-99999/"),
            (reverse("document_download", args=[document]), reverse("document_download", args=[10**9])),
        ]
        for secret, missing in pairs:
            there, nowhere = client.get(secret), client.get(missing)
            assert (there.status_code, nowhere.status_code) == (404, 404)
            assert plain(there, secret) == plain(nowhere, missing)
            assert dict(there.headers).keys() == dict(nowhere.headers).keys()


def plain(answer: Any, address: str) -> str:
    """Without the address, the page's own nonce and token."""
    said = answer.content.decode().replace(address, "")
    return re.sub(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"', "", said)


def test_every_model_that_a_part_covers_is_in_the_register(people: People) -> None:
    Register(people)
    labels = {label for fields in FIELDS.values() for label in fields} - {"decisions.correction", "engagements.frame"}
    assert all(apps.get_model(label)._default_manager.exists() for label in labels)
