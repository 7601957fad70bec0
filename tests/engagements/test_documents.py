from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from engagements.documents import add_document, remove_document
from engagements.enums import State
from engagements.models import Document, Engagement
from engagements.operations import delete_draft, strike_engagement
from engagements.permission import grant
from engagements.rules import WrongState
from organisation.enums import Action
from stockholm_intl.kit.uploads import check_upload
from tests.factories import AT, a_draft, an_engagement
from tests.kit import files
from tests.people import People

AsUser = Callable[[Any], Client]


@pytest.fixture
def matter(people: People) -> Engagement:
    return an_engagement(people.contact, people.body("169"))


def kept(matter: Engagement, people: People, name: str = "Program för Åbo.pdf", content: bytes = files.PDF) -> Document:
    upload = SimpleUploadedFile(name, content)
    document, _new = add_document(
        engagement=matter, upload=upload, checked=check_upload(upload), by=people.contact, at=AT
    )
    return document


def fetch(client: Client, document: Document) -> int:
    """The status of a download, read to its end so that the file is closed."""
    answer = client.get(reverse("document_download", args=[document.pk]))
    if answer.streaming:
        b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return answer.status_code


def hand_in(client: Client, matter: Engagement, name: str, content: bytes) -> Any:
    url = reverse("document_new", args=[matter.key])
    return client.post(url, {"file": SimpleUploadedFile(name, content)}, follow=True)


def test_a_contact_person_hands_in_a_file_and_fetches_it_back(
    people: People, matter: Engagement, as_user: AsUser
) -> None:
    client = as_user(people.contact)
    assert client.get(reverse("document_new", args=[matter.key])).status_code == 200
    answer = hand_in(client, matter, "Program för Åbo.pdf", files.PDF)
    assert "Dokumentet ”Program för Åbo.pdf” är inlagt." in answer.content.decode()
    document = matter.documents.get()
    assert (document.uploaded_by, document.size, document.content_type) == (
        people.contact,
        len(files.PDF),
        "application/pdf",
    )
    back = client.get(reverse("document_download", args=[document.pk]))
    assert b"".join(back.streaming_content) == files.PDF  # type: ignore[attr-defined]
    assert back.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''Program")
    assert back.headers["X-Content-Type-Options"] == "nosniff"
    assert back.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert back.headers["Cache-Control"] == "no-store"


def test_the_file_lies_under_a_random_name(people: People, matter: Engagement, settings: Any) -> None:
    document = kept(matter, people, name="../../hemligt.pdf")
    assert document.name == "hemligt.pdf"
    assert "hemligt" not in document.file.name
    assert Path(document.file.path).is_relative_to(settings.MEDIA_ROOT)


def test_history_tells_who_handed_it_in(people: People, matter: Engagement) -> None:
    assert kept(matter, people).history.get().history_user == people.contact


def test_the_same_content_again_is_the_document_there_is(people: People, matter: Engagement, as_user: AsUser) -> None:
    first = kept(matter, people)
    answer = hand_in(as_user(people.contact), matter, "annat namn.pdf", files.PDF)
    assert "finns redan" in answer.content.decode()
    assert matter.documents.get() == first


def test_the_same_content_in_another_matter_is_a_document_of_its_own(people: People, matter: Engagement) -> None:
    other = an_engagement(people.contact, people.body("169"))
    assert kept(matter, people).pk != kept(other, people).pk


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("tom.pdf", b"", "Filen är tom"),
        ("sida.html", b"<html>", "Det går inte att lägga in .html"),
        ("sida.pdf", b"<html><script>", "inte det som namnet säger"),
        ("virus.txt", files.EICAR, "skadlig kod"),
        ("stor.pdf", files.PDF + b" " * 21 * 1024 * 1024, "Högst 20 MB"),
    ],
)
def test_a_refused_file_is_told_and_not_kept(
    people: People, matter: Engagement, as_user: AsUser, name: str, content: bytes, said: str
) -> None:
    answer = hand_in(as_user(people.contact), matter, name, content)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not matter.documents.exists()


def test_no_file_at_all_is_told(people: People, matter: Engagement, as_user: AsUser) -> None:
    for data in ({}, {"file": "bara text"}):
        answer = as_user(people.contact).post(reverse("document_new", args=[matter.key]), data)
        assert answer.status_code == 422
        assert "Välj en fil" in answer.content.decode()


def test_a_locked_pdf_comes_with_a_word_of_warning(people: People, matter: Engagement, as_user: AsUser) -> None:
    answer = hand_in(as_user(people.contact), matter, "låst.pdf", files.LOCKED_PDF)
    assert "PDF-filen är skyddad" in answer.content.decode()


def test_who_cannot_see_the_matter_cannot_see_its_documents(
    people: People, matter: Engagement, as_user: AsUser
) -> None:
    document = kept(matter, people)
    stranger, reader = as_user(people.outsider), as_user(people.coordinator)
    assert fetch(stranger, document) == 404
    assert stranger.get(reverse("document_new", args=[matter.key])).status_code == 404
    assert fetch(reader, document) == 200
    assert fetch(Client(), document) == 302


def test_who_only_reads_hands_nothing_in(people: People, matter: Engagement, as_user: AsUser) -> None:
    for person in (people.coordinator, people.board_secretary, people.auditor):
        client = as_user(person)
        assert client.get(reverse("document_new", args=[matter.key])).status_code == 403
        assert hand_in(client, matter, "program.pdf", files.PDF).status_code == 403
    assert not matter.documents.exists()


def test_a_secret_matter_keeps_its_documents_from_those_who_read_all_else(
    people: People, matter: Engagement, as_user: AsUser
) -> None:
    document = kept(matter, people)
    Engagement.objects.filter(pk=matter.pk).update(is_secret=True, secrecy_paragraph="OSL 15:1")
    assert fetch(as_user(people.coordinator), document) == 404
    grant(engagement=matter, to=people.coordinator, action=Action.READ, reason="granskar", by=people.head, at=AT)
    assert fetch(as_user(people.coordinator), document) == 200


def test_a_file_that_is_gone_from_the_archive_is_not_found(people: People, matter: Engagement, as_user: AsUser) -> None:
    document = kept(matter, people)
    Path(document.file.path).unlink()
    assert fetch(as_user(people.contact), document) == 404


def test_a_struck_matter_takes_no_more_documents(people: People, matter: Engagement) -> None:
    strike_engagement(engagement=matter, by=people.head, at=AT, reason="Dubbelt")
    with pytest.raises(WrongState):
        kept(matter, people)


def test_a_document_of_a_registered_matter_stays(people: People, matter: Engagement, as_user: AsUser) -> None:
    document = kept(matter, people)
    answer = as_user(people.contact).post(reverse("document_remove", args=[document.pk]), follow=True)
    assert "kan inte tas bort" in answer.content.decode()
    with pytest.raises(WrongState):
        remove_document(document=document, by=people.contact)
    assert Path(document.file.path).exists()


def test_a_document_of_a_draft_can_be_taken_away(
    people: People, as_user: AsUser, django_capture_on_commit_callbacks: Any
) -> None:
    draft = a_draft(people.contact, people.body("169"))
    document = kept(draft, people)
    path, number = Path(document.file.path), document.pk
    with django_capture_on_commit_callbacks(execute=True):
        remove_document(document=document, by=people.contact)
    assert not path.exists() and not draft.documents.exists()
    assert Document.history.filter(id=number, history_type="-").get().history_user == people.contact


def test_nobody_takes_a_document_off_another_bodys_draft(people: People, as_user: AsUser) -> None:
    draft = a_draft(people.contact, people.body("169"))
    document = kept(draft, people)
    place = reverse("document_remove", args=[document.pk])
    assert as_user(people.outsider).post(place).status_code == 404
    assert as_user(people.coordinator).post(place).status_code == 403
    assert as_user(people.contact).get(place).status_code == 405
    assert draft.documents.get() == document


def test_deleting_a_draft_takes_its_documents_along(people: People, django_capture_on_commit_callbacks: Any) -> None:
    draft = a_draft(people.contact, people.body("169"))
    path = Path(kept(draft, people).file.path)
    with django_capture_on_commit_callbacks(execute=True):
        delete_draft(engagement=draft, by=people.contact)
    assert not Engagement.objects.filter(state=State.DRAFT).exists() and not path.exists()
