"""2 000 random pairs of person and engagement: every door agrees with every other, and with the law in plain Python."""

import csv
import io
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from decisions.enums import Section
from decisions.models import AgendaItem, Meeting, Paper
from decisions.queries import agenda, agenda_paper, papers_of
from engagements.enums import Part
from engagements.history import history_of
from engagements.models import Engagement
from engagements.permission import access_of, may, visible_to
from engagements.queries import capped_count, newest_page
from engagements.search import search
from organisation.enums import Action
from organisation.models import User
from reporting.material import entries
from tests.access.oracle import City, random_city
from tests.factories import AT

SEEDS = (1, 2, 3, 4, 5)
EACH = 20
# part -> the word of it that stands on the detail page of a visit
ON_PAGE = {
    Part.TITLE: "rubriken",
    Part.COUNTERPART: "motpart",
    Part.SENDER: "avsender",
    Part.DELEGATION: "delegat",
}


@pytest.fixture(params=SEEDS)
def city(db: None, request: Any) -> City:
    return random_city(request.param, users=EACH, matters=EACH)


def mark_of(matter: Engagement) -> str:
    return Engagement.objects.values_list("title", flat=True).get(pk=matter.pk).removeprefix("rubriken")


def test_two_thousand_pairs_are_asked() -> None:
    assert len(SEEDS) * EACH * EACH == 2_000


def test_every_door_says_the_same(city: City) -> None:
    marks = {matter.pk: mark_of(matter) for matter in city.matters}
    wrong: list[str] = []
    for user in city.users:
        user = User.objects.get(pk=user.pk)
        wanted = {matter.pk for matter in city.matters if city.reads(user, matter)}
        answers = {
            "visible_to": set(visible_to(user).values_list("pk", flat=True)),
            "may": {matter.pk for matter in city.matters if may(user, Action.READ, matter)},
            "newest_page": set(newest_page(access_of(user), Engagement.objects.all()).values_list("pk", flat=True)),
            "search": {
                matter.pk for matter in city.matters if search(access_of(user), matter.key or "").ids == (matter.pk,)
            },
        }
        wrong += [f"{door} {user}: {found ^ wanted}" for door, found in answers.items() if found != wanted]
        if capped_count(access_of(user), Engagement.objects.all()) != len(wanted):
            wrong.append(f"count {user}")
        wrong += words_found(city, user) + pages(city, user, marks, wanted) + histories(city, user, marks)
    assert not wrong, "\n".join(wrong)


def words_found(city: City, user: User) -> list[str]:
    """Search by the beginning of the words of each part that is searched: everything that this person may find by it."""
    found = []
    for part, word in ((Part.TITLE, "rubriken"), (Part.COUNTERPART, "motpart"), (Part.SUMMARY, "summering")):
        hits = set(search(access_of(user), word).ids)
        for matter in city.matters:
            if (matter.pk in hits) != city.finds(user, matter, part):
                found.append(f"search by {part} {user} {matter.key}: {matter.pk in hits}")
    return found


def pages(city: City, user: User, marks: dict[int, str], wanted: set[int]) -> list[str]:
    """The list, its count, its file and every detail page, as a browser gets them."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    if not user.is_active:
        answers = [client.get(reverse("visit_list"))]
        answers += [client.get(reverse("visit_detail", args=[matter.key])) for matter in city.matters]
        return [] if {answer.status_code for answer in answers} == {302} else [f"{user} is inactive and got in"]
    found = []
    page = client.get(reverse("visit_list")).content.decode()
    file = client.get(reverse("visit_list"), {"utdrag": "csv"}).content.decode("utf-8-sig")
    rows = {row["Ärende"]: row for row in csv.DictReader(io.StringIO(file, newline=""), delimiter=";")}
    if f">{len(wanted)} besök</p>" not in page:
        found.append(f"count on the page {user}, {len(wanted)}")
    for matter in city.matters:
        seen, mark = matter.pk in wanted, marks[matter.pk]
        if (f"/{matter.key}/" in page, (matter.key or "") in rows) != (seen, seen):
            found.append(f"list or file {user} {matter.key}")
        for part, column in ((Part.TITLE, "Rubrik"), (Part.COUNTERPART, "Motpart")):
            shown, word = city.reads_part(user, matter, part), f"{ON_PAGE[part]}{mark}"
            if (word in page, word in rows.get(matter.key or "", {}).get(column, "")) != (shown, shown):
                found.append(f"{part} in list or file {user} {matter.key}")
        answer = client.get(reverse("visit_detail", args=[matter.key]))
        if answer.status_code != (200 if seen else 404):
            found.append(f"detail {user} {matter.key}: {answer.status_code}")
        text = answer.content.decode()
        for part, word in ON_PAGE.items():
            if (f"{word}{mark}" in text) != city.reads_part(user, matter, part):
                found.append(f"{part} on the detail page {user} {matter.key}")
        if (f"gammal{mark}" in text) != city.reads_part(user, matter, Part.TITLE):
            found.append(f"an old title in the history of the page {user} {matter.key}")
    return found


def histories(city: City, user: User, marks: dict[int, str]) -> list[str]:
    found = []
    for matter in visible_to(user).filter(pk__in=marks):
        told = str(history_of(matter, matter.visit))
        if (f"gammal{marks[matter.pk]}" in told) != city.reads_part(user, matter, Part.TITLE):
            found.append(f"history {user} {matter.key}")
    return found


def test_papers_and_reports_hold_what_anybody_may_read_and_older_ones_go_to_the_named(city: City) -> None:
    marks = {matter.pk: mark_of(matter) for matter in city.matters}
    meeting = Meeting.objects.create(
        body=next(iter(city.bodies.values())), year=2026, number=1, held_on=date(2026, 12, 1), starts_at=time(9)
    )
    old, new = AT, AT + timedelta(hours=2)
    papers: dict[int, tuple[Engagement, bool]] = {}
    for place, matter in enumerate(city.matters, 1):
        word = f"punkt{marks[matter.pk]}"
        AgendaItem.objects.create(
            meeting=meeting, engagement=matter, section=Section.INTERNATIONAL, position=place, title=word, proposal=word
        )
        for made_at in (old, new):
            paper = Paper.objects.create(
                meeting=meeting, kind="agenda", made_at=made_at, content=b"%PDF", engagement_ids=[matter.pk],
                sha256=f"{matter.pk}-{made_at:%H%M}",
            )  # fmt: skip
            papers[paper.pk] = (matter, made_at == old)
    lines = [line for section in agenda_paper(meeting).sections for line in section.items]
    titles = [entry.title for entry in entries(2026)]
    wrong = []
    for matter in city.matters:
        word, title = f"punkt{marks[matter.pk]}", f"rubriken{marks[matter.pk]}"
        on_agenda = (word in [line.matter for line in lines], word in [line.proposal for line in lines])
        if on_agenda != (city.on_paper(matter, Part.TITLE), city.on_paper(matter, Part.PROPOSAL)):
            wrong.append(f"agenda {matter.key}")
        if (title in titles) != city.on_paper(matter, Part.TITLE):
            wrong.append(f"annual report {matter.key}")
    for user in (User.objects.get(pk=one.pk) for one in city.users):
        given = {paper.pk for paper in papers_of(user, meeting)}
        for pk, (matter, is_old) in papers.items():
            marked_since = is_old and matter.secrecy_at is not None
            may_have = city.reads(user, matter) and (not marked_since or city.named(user, matter))
            if (pk in given) != may_have:
                wrong.append(f"paper {user} {matter.key} {is_old}")
        shown = {item.engagement_id: item for item in agenda(user, meeting)}
        for matter in city.matters:
            if (matter.pk in shown) != city.reads(user, matter):
                wrong.append(f"agenda on screen {user} {matter.key}")
            clear = matter.pk in shown and shown[matter.pk].title == f"punkt{marks[matter.pk]}"
            if clear != city.reads_part(user, matter, Part.TITLE):
                wrong.append(f"point on screen {user} {matter.key}")
    assert not wrong, "\n".join(wrong)
