"""Forms that were open when the world changed, and forms that say what they were not asked: refused, and nothing written.

Every address of the table that takes a POST is tried, as the people who may send it.
"""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from engagements.enums import Kind, Part, State
from engagements.models import Engagement
from organisation.models import Mandate, User
from stockholm_intl.kit import clock
from tests.access.test_get_writes_nothing import written
from tests.access.test_table import COLUMNS, TABLE, Line, sign_of
from tests.access.world import World
from tests.people import People

WHO = ("contact", "head", "ib_secretary", "coordinator", "controller", "administrator")
# A person's own affairs, which no mandate gives: signing in and out, the language, a job one ordered, one's own absence.
OWN = {"login", "logout", "set_language", "job_detail", "absence_end"}
Sent = dict[str, Any]


def signed_in(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def sendable(who: str) -> list[Line]:
    column = COLUMNS.index(who)
    return [line for line in TABLE if line.answers["POST"][column] == "+" and line.name not in OWN]


def forms_on(answer: Any, status: int = 200) -> list[forms.BaseForm]:
    if answer.status_code != status or answer.context is None:
        return []
    values = [value for one in answer.context for level in one.dicts for value in level.values()]
    return list({id(form): form for form in values if isinstance(form, forms.BaseForm)}.values())


def shown_in(form: forms.BaseForm) -> Sent:
    values = {form.add_prefix(name): form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, False)}


def opened(client: Client, world: World, line: Line) -> Sent:
    """What the page's forms would send as they stand."""
    answer = client.get(reverse(line.name, args=world.args[line.thing]))
    return {name: value for form in forms_on(answer) for name, value in shown_in(form).items()}


def post(client: Client, world: World, line: Line, sent: Sent) -> tuple[str, dict[str, int]]:
    """The sign of the answer, as in the table, and the rows that were written."""
    before = written()
    answer = client.post(reverse(line.name, args=world.args[line.thing]), sent)
    after = written()
    rows = {table: n - before.get(table, 0) for table, n in after.items() if n != before.get(table, 0)}
    return sign_of(answer.status_code, answer.get("Location", "")), rows


# --- Rights that ended between the page and the click


def mandates_end(person: User) -> None:
    Mandate.objects.filter(person=person).update(valid_to=clock.today() - timedelta(days=1))


def account_closes(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(("change", "answers"), [(mandates_end, "!-"), (account_closes, ">")])
def test_a_right_that_ended_since_the_page_was_opened(people: People, who: str, change: Any, answers: str) -> None:
    world, person = World(people), getattr(people, who)
    client = signed_in(person)
    open_forms = [(line, opened(client, world, line)) for line in sendable(who)]
    assert sum(bool(sent) for _line, sent in open_forms) >= 1
    change(person)
    wrong = []
    for line, sent in open_forms:
        sign, rows = post(client, world, line, sent)
        if sign not in answers or rows:
            wrong.append((line.name, sign, rows))
    assert not wrong


@pytest.mark.parametrize("who", ["contact", "head", "coordinator"])
@pytest.mark.parametrize("mark", [{"is_secret": True}, {"secret_fields": [Part.TITLE.value]}])
def test_what_was_marked_since_the_page_was_opened(people: People, who: str, mark: Any) -> None:
    """The unnamed change nothing of it: the whole is not there for them, and of a part they only read the rest."""
    world, person = World(people), getattr(people, who)
    client = signed_in(person)
    open_forms = [(line, opened(client, world, line)) for line in about_one(world, who)]
    assert open_forms
    Engagement.objects.update(**mark, secrecy_paragraph="OSL 15 kap. 1 §", secrecy_at=clock.now())
    wrong = []
    for line, sent in open_forms:
        sign, rows = post(client, world, line, sent)
        if sign != ("-" if "is_secret" in mark else "!") or rows:
            wrong.append((line.name, sign, rows))
    assert not wrong


def about_one(world: World, who: str) -> list[Line]:
    """The addresses of one engagement, by its key or by the number of its draft."""
    places = ("visit", "membership", "assignment", "reception", "trip", "influence", "project", "engagement", "judge",
              "underlag", "document_new")  # fmt: skip
    return [line for line in sendable(who) if line.thing != "." and line.name.startswith(places)]


# --- Ids that are in no list, and columns that are in no form


@pytest.mark.parametrize("who", WHO)
def test_an_id_that_is_not_in_the_list_is_refused(people: People, who: str) -> None:
    world, client = World(people), signed_in(getattr(people, who))
    tried, wrong = 0, []
    for line in sendable(who):
        for name, foreign, sent in smuggled(client, world, line):
            answer = client.post(reverse(line.name, args=world.args[line.thing]), sent | {name: foreign})
            tried += 1
            if not any(name in form.errors for form in forms_on(answer, 422)):
                wrong.append((line.name, name, foreign, answer.status_code))
    assert not wrong
    assert tried or who in ("controller",)


def smuggled(client: Client, world: World, line: Line) -> Iterator[tuple[str, Any, Sent]]:
    """Every choice of rows on the page, with a row that is there and not among them, and with one that is nowhere."""
    for form in forms_on(client.get(reverse(line.name, args=world.args[line.thing]))):
        for name, field in form.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                for foreign in foreign_to(field):
                    yield form.add_prefix(name), foreign, shown_in(form)


def foreign_to(field: forms.ModelChoiceField) -> list[Any]:
    rows: Any = field.queryset
    by = field.to_field_name or "pk"
    outside = rows.model._default_manager.exclude(pk__in=rows.values("pk")).values_list(by, flat=True)
    found = [value for value in (outside.first(), "999999999", "abc", "1 OR 1=1") if value]
    return [[value] for value in found] if isinstance(field, forms.ModelMultipleChoiceField) else found


EDITS = (
    ("visit_edit", "visit"),
    ("membership_edit", "m_new"),
    ("assignment_edit", "referred"),
    ("visit_draft", "draft"),
)


@pytest.mark.parametrize(("name", "thing"), EDITS)
def test_columns_that_are_in_no_form_change_nothing_and_are_logged(
    people: People, name: str, thing: str, caplog: pytest.LogCaptureFixture
) -> None:
    world, client = World(people), signed_in(people.contact)
    address = reverse(name, args=world.args[thing])
    (form,) = [form for form in forms_on(client.get(address)) if "submission" in form.fields]
    extra = uninvited_columns(form, other=people.outsider)
    before = state_of(world.args[thing][0])
    with caplog.at_level(logging.WARNING):
        client.post(
            address, shown_in(form) | extra | {"title": "Ny rubrik", "counterpart": "Ny motpart", "wants": "Se"}
        )
    after = state_of(world.args[thing][0])
    assert after["title"] == "Ny rubrik"
    assert not [name for name in extra if after[name] != before[name] and str(after[name]) == str(extra[name])]
    assert "state" in extra
    assert "was sent columns it does not ask for" in caplog.text
    assert "is_secret" in caplog.text


def uninvited_columns(form: forms.BaseForm, *, other: User) -> Sent:
    """A value that would be taken for every column of an engagement that the form does not ask for; `other` is no part of it."""
    columns = [field for field in Engagement._meta.concrete_fields if field.name not in form.fields]
    told: Sent = {
        "state": State.APPROVED,
        "kind": Kind.PROJECT,
        "key": "INT-2000-00001",
        "is_secret": "true",
        "edition": "2008",
    }
    return {
        column.name: told.get(column.name, str(other.pk) if column.related_model is User else "1") for column in columns
    }


def state_of(ref: Any) -> dict[str, Any]:
    rows = Engagement.objects.filter(key=ref) if isinstance(ref, str) else Engagement.objects.filter(pk=ref)
    return dict(rows.values(*(field.name for field in Engagement._meta.concrete_fields)).get())
