"""Nobody learns a masked word by writing it: no check, figure or paper answers otherwise when the guess is right."""

from datetime import date, timedelta
from typing import Any

import pytest

from decisions.operations import correct_engagement
from decisions.queries import decision_list_paper
from engagements.enums import Kind, Part, State
from engagements.evidence import evidence_of
from engagements.gathering import Dossier
from engagements.models import Engagement, ExaminedForum
from engagements.secrecy import mark_secret
from organisation.models import User
from tests.decisions.making import AFTER, a_meeting, a_point, a_trip, approved, decided, referred
from tests.factories import AT, an_engagement
from tests.factories.memberships import a_membership, a_membership_draft, an_agreement, an_agreement_draft
from tests.people import People
from visits.models import Reception

LATER = AT + timedelta(hours=1)
TODAY = date(2026, 11, 22)


def marked(engagement: Engagement, by: User, *parts: Part) -> None:
    told: Any = {"paragraph": "OSL 15 kap. 1 §", "ground": "Skadar relationen", "readers": []}
    by = User.objects.get(pk=by.pk)
    mark_secret(engagement=engagement, whole=not parts, parts=parts, by=by, at=LATER, **told)


def told_of(engagement: Engagement) -> Any:
    return evidence_of(Dossier(Engagement.objects.get(pk=engagement.pk)), on=TODAY)


@pytest.mark.parametrize("guess", ["Klimatnätverket", "Nordiskt nätverk för klimatbudget"])
def test_a_looked_at_forum_does_not_find_a_masked_name(people: People, guess: str) -> None:
    known = a_membership(people.contact, people.body("169"))
    mine = a_membership_draft(people.outsider, people.body("181"), matter={"title": "Nytt", "counterpart": "Nytt"})
    guessed = ExaminedForum.objects.create(engagement=mine, name=guess, conclusion="Prov")
    assert told_of(mine).same_theme == ()
    marked(known.engagement, people.head, Part.TITLE, Part.COUNTERPART)
    assert told_of(mine).same_theme == (known.pk,)
    guessed.name = "Sekretess"
    guessed.save()
    assert told_of(mine).same_theme == (known.pk,)


def test_an_earlier_agreement_is_not_found_by_its_masked_counterpart(people: People) -> None:
    earlier = an_agreement(people.contact, people.body("169"), entered_on=date(2020, 1, 1))
    mine = an_agreement_draft(people.contact, people.body("169"))
    assert told_of(mine).renewals == 1
    marked(earlier.engagement, people.head, Part.COUNTERPART)
    assert told_of(mine).renewals == 0


def test_a_secret_reception_holds_no_hall_for_others_to_find(people: People) -> None:
    matters = [
        an_engagement(people.protocol, people.body("110"), Kind.RECEPTION, starts_on=date(2026, 12, 10))
        for _number in range(2)
    ]
    taken, mine = (Reception.objects.create(engagement=one, slot="18–20", venue="Blå hallen") for one in matters)
    Engagement.objects.filter(pk=taken.pk).update(state=State.APPROVED)
    assert told_of(mine.engagement).slot_is_taken
    marked(taken.engagement, people.coordinator)
    assert not told_of(mine.engagement).slot_is_taken


def test_why_a_decision_was_corrected_stands_on_no_list_when_decisions_are_marked(people: People) -> None:
    meeting = a_meeting(people)
    trip = a_trip(people, main_direction="samverkan", motives={"samverkan": "Vi lär av andra."})
    decided(people, referred(people, meeting, trip), a_point(people))
    approved(people, meeting)
    trip.refresh_from_db()
    correct_engagement(
        engagement=trip, values={"title": "Ny rubrik"}, reason="Zebrabolaget hade fel namn", by=people.ib_secretary,
        at=AFTER, seen_version=trip.version,
    )  # fmt: skip
    assert [row.reason for row in decision_list_paper(meeting).corrections] == ["Zebrabolaget hade fel namn"]
    trip.refresh_from_db()
    marked(trip, people.coordinator, Part.DECISION)
    (row,) = decision_list_paper(meeting).corrections
    assert (row.reason, row.changes) == ("Sekretess", ("Rubrik: Eurocities miljöforum i Bryssel → Ny rubrik",))
