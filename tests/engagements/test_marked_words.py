"""What is marked in one part stands in no other that is open: a title is by default "Besök från Utrechts kommun"."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from engagements.enums import Kind, Part, PartnerKind
from engagements.models import Engagement, Judgement, Partner
from engagements.operations import edit_engagement
from engagements.permission import visible_to
from engagements.rules import RuleBroken
from engagements.secrecy import mark_secret
from memberships.models import Agreement
from memberships.operations import matters as memberships
from organisation.models import User
from tests.factories import AT, a_visit, an_engagement
from tests.people import People
from tests.visits.test_pages import filled
from visits import operations as visits
from visits.operations import edit_visit

LATER = AT + timedelta(hours=1)


@pytest.fixture
def visit(people: People) -> Engagement:
    made = a_visit(people.contact, people.body("169"), title="Besök från Utrechts kommun", country="NL")
    made.sender_name, made.sender_email = "Nora Nordvind", "nora@stad.example"
    made.save()
    return made.engagement


def marked(engagement: Engagement, by: User, *parts: Part, **more: Any) -> Engagement:
    told: dict[str, Any] = {
        "whole": False,
        "parts": parts,
        "paragraph": "OSL 15 kap. 1 §",
        "ground": "Skadar relationen",
    } | more
    by = User.objects.get(pk=by.pk)
    return mark_secret(engagement=engagement, readers=[], by=by, at=LATER, **told)


def test_the_name_of_a_marked_counterpart_leaves_the_title_too(people: People, visit: Engagement, as_user: Any) -> None:
    client = as_user(people.auditor)
    addresses = [
        reverse("visit_list"),
        reverse("visit_detail", args=[visit.key]),
        reverse("visit_list") + "?utdrag=csv",
    ]
    assert all("Utrecht" in b"".join(client.get(address)).decode() for address in addresses)
    assert marked(visit, people.head, Part.COUNTERPART).secret_fields == ["title", "counterpart"]
    assert not any("Utrecht" in b"".join(client.get(address)).decode() for address in addresses)


def test_who_marks_is_told_what_was_marked_with_it(people: People, visit: Engagement, as_user: Any) -> None:
    sent = {"extent": "delar", "parts": ["counterpart"], "paragraph": "OSL 15 kap. 1 §", "ground": "Skada"}
    page = (
        as_user(people.head).post(reverse("engagement_secrecy", args=[visit.key]), sent, follow=True).content.decode()
    )
    assert "Det här innehöll samma ord och är också markerat: Rubrik." in page


@pytest.mark.parametrize(
    ("fields", "parts"),
    [
        ({"title": "Utrecht vill se klimatbudgeten"}, ["title", "counterpart"]),
        ({"title": "Studiebesök om inköp"}, ["counterpart"]),
        ({"title": "En kommun kommer hit"}, ["counterpart"]),
        ({"title": "Utrechtbesöket i mars"}, ["title", "counterpart"]),
        ({"title": "Nederländernas kommuner"}, ["title", "counterpart"]),
        ({"title": "Studiebesök", "summary": "De ringde från utrecht i går."}, ["counterpart", "summary"]),
        ({"title": "Studiebesök", "sender_email": "n.n@utrecht.example"}, ["counterpart", "sender"]),
    ],
)
def test_each_word_of_a_name_tells_and_common_words_do_not(
    people: People, visit: Engagement, fields: dict[str, str], parts: list[str]
) -> None:
    for name, said in fields.items():
        row = visit if hasattr(visit, name) else visit.visit
        setattr(row, name, said)
        row.save()
    Engagement.history.filter(id=visit.pk).update(title="")
    assert marked(visit, people.head, Part.COUNTERPART).secret_fields == parts


@pytest.mark.parametrize(
    ("title", "fields", "parts"),
    [
        ("Besök från Utrechts kommun", {}, ["title", "counterpart"]),
        ("Utrechtbesöket", {}, ["title", "counterpart"]),
        ("Besök från Nederländerna", {}, ["title", "counterpart"]),
        ("Besök av Nora Nordvind", {}, ["title", "sender"]),
        ("Nora Nordvind från Utrecht", {}, ["title", "counterpart", "sender"]),
        ("Utrecht kommer", {"summary": "De ringde från Utrecht."}, ["title", "counterpart", "summary"]),
        ("Studiebesök om inköp", {"summary": "De ringde från Utrecht."}, ["title"]),
        ("En kommun kommer hit", {}, ["title"]),
    ],
)
def test_a_marked_title_takes_the_names_in_it_with_it(
    people: People, visit: Engagement, title: str, fields: dict[str, str], parts: list[str]
) -> None:
    """Both ways: covered in the title, the name would stand in the column beside it."""
    visit.title = title
    for name, said in fields.items():
        setattr(visit, name, said)
    visit.save()
    Engagement.history.filter(id=visit.pk).update(title="")
    assert marked(visit, people.head, Part.TITLE).secret_fields == parts


def test_the_partner_of_a_marked_title_goes_with_it(people: People, visit: Engagement) -> None:
    partner = Partner.objects.create(name="Gemeente Utrecht", kind=PartnerKind.CITY, country="")
    visit.counterpart, visit.country, visit.partner = "", "", partner
    visit.save()
    Engagement.history.filter(id=visit.pk).update(counterpart="", country="")
    assert marked(visit, people.head, Part.TITLE).secret_fields == ["title", "counterpart"]
    seen = visible_to(User.objects.get(pk=people.auditor.pk)).get(pk=visit.pk)
    assert (seen.title, seen.partner) == ("Sekretess", None)


def test_a_later_counterpart_is_not_one_that_the_marked_title_names(people: People, visit: Engagement) -> None:
    visit.title = "Rotterdam vill se klimatbudgeten"
    visit.save()
    Engagement.history.filter(id=visit.pk).update(title="")
    visit = marked(visit, people.head, Part.TITLE)
    assert visit.secret_fields == ["title"]
    told: Any = {"by": people.head, "at": LATER, "reason": "", "seen_version": visit.version}
    with pytest.raises(RuleBroken, match="Ord ur ”Rubrik”.* ”Motpart, land och plats” också"):
        edit_engagement(engagement=visit, counterpart="Rotterdams kommun", **told)
    with pytest.raises(RuleBroken, match="”Motpart, land och plats” också"):
        edit_engagement(engagement=visit, title="Utrecht vill se klimatbudgeten", **told)


def test_what_the_title_said_before_tells_as_well(people: People, visit: Engagement) -> None:
    """The history shows it."""
    visit.title = "Studiebesök om inköp"
    visit.save()
    assert marked(visit, people.head, Part.COUNTERPART).secret_fields == ["title", "counterpart"]


def test_marking_the_same_again_is_still_the_same(people: People, visit: Engagement) -> None:
    marked(visit, people.head, Part.COUNTERPART)
    with pytest.raises(RuleBroken, match="redan markerat"):
        marked(visit, people.head, Part.COUNTERPART)


def test_a_marked_description_is_told_by_whoever_repeats_it_whole(people: People, visit: Engagement) -> None:
    row = Judgement(engagement=visit, subject="C1", answer="pass", reason="x", asked="y", by=people.head, at=AT)
    row.save()
    visit.summary = visit.proposal_text = "De tänker sälja fabriken"
    visit.save()
    assert marked(visit, people.head, Part.SUMMARY).secret_fields == ["summary", "proposal"]


@pytest.mark.parametrize("told", ["ground", "paragraph"])
def test_the_ground_that_all_read_does_not_say_it_either(people: People, visit: Engagement, told: str) -> None:
    with pytest.raises(RuleBroken, match="läses av alla, och innehåller ord ur ”Motpart"):
        marked(visit, people.head, Part.COUNTERPART, **{told: "Skadar relationen med Utrecht"})


def test_words_that_no_part_covers_are_marked_as_a_whole(people: People) -> None:
    made = an_engagement(people.contact, people.body("169"), Kind.AGREEMENT, title="Avtal", country="")
    detail = Agreement.objects.create(engagement=made, theme="Utrechts klimat", agreement_type="intent", entered_on=AT)
    with pytest.raises(RuleBroken, match="”ämne” kan inte döljas för sig"):
        marked(made, people.head, Part.COUNTERPART)
    assert detail.theme
    assert marked(made, people.head, whole=True).is_secret


def test_a_later_title_does_not_say_what_is_marked(people: People, visit: Engagement) -> None:
    visit.title = "Studiebesök"
    visit.save()
    Engagement.history.filter(id=visit.pk).update(title="")
    visit = marked(visit, people.head, Part.COUNTERPART)
    told: Any = {"by": people.head, "at": LATER, "reason": ""}
    with pytest.raises(RuleBroken, match="Ord ur ”Motpart, land och plats”.* ”Rubrik” också"):
        edit_engagement(engagement=visit, seen_version=visit.version, title="Utrecht på besök", **told)
    with pytest.raises(RuleBroken, match="”Delegation och deltagare” också"):
        edit_visit(
            visit=visit.visit, seen_version=visit.version, matter={}, details={"delegation": "Utrechts ledning"}, **told
        )
    with pytest.raises(RuleBroken, match="”Rubrik” också"):
        edit_engagement(engagement=visit, seen_version=visit.version, counterpart="Studiebesök i Arnhem", **told)
    edit_engagement(engagement=visit, seen_version=visit.version, title="Ett studiebesök", **told)
    assert visible_to(User.objects.get(pk=people.auditor.pk)).get(pk=visit.pk).title == "Ett studiebesök"


def test_the_form_keeps_what_was_typed_and_says_what_to_do(people: People, visit: Engagement, as_user: Any) -> None:
    visit.title = "Studiebesök"
    visit.save()
    Engagement.history.filter(id=visit.pk).update(title="")
    marked(visit, people.head, Part.COUNTERPART)
    version = Engagement.objects.get(pk=visit.pk).version
    sent = filled(title="Utrecht på besök", version=version)
    answer = as_user(people.head).post(reverse("visit_edit", args=[visit.key]), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "skulle stå öppet i ”Rubrik”" in page
    assert "Utrecht på besök" in page


@pytest.mark.parametrize("title_of", [visits.default_title, memberships.default_title])
@pytest.mark.parametrize("kind", [Kind.VISIT, Kind.RECEPTION, Kind.MEMBERSHIP, Kind.AGREEMENT])
def test_every_usual_title_goes_with_its_counterpart(people: People, kind: Kind, title_of: Any) -> None:
    made = an_engagement(people.contact, people.body("169"), kind, title="x", counterpart="Staden A Coruña", country="")
    made.title = title_of(made)
    made.save()
    assert "A Coruña" in made.title
    assert Part.TITLE in marked(made, people.head, Part.COUNTERPART).secret_fields
