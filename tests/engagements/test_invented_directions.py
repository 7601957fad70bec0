"""An edition with other directions: forms, lists and pages follow it without a change of code; older matters keep theirs."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.core.checks import Tags, run_checks
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from engagements.enums import Kind, State
from engagements.guard import findings
from engagements.models import Engagement, Trip
from engagements.operations import move, propose_engagement
from engagements.rules import Incomplete
from engagements.strategy.editions import HERE, edition, read_also
from tests.factories import an_engagement
from tests.people import People

AsUser = Callable[[Any], Client]
NEXT_YEAR = datetime(2027, 3, 1, 9, tzinfo=UTC)
NEW_ONES = [("samverkan", "Samverkan"), ("klimat", "Klimat"), ("synlighet", "Synlighet")]
OLD_ONES = ["profilering", "omvarldsbevakning", "samverkan", "paverkan"]
ADDRESSES = (
    "/besok/nytt/", "/besok/nytt/?slag=mottagning", "/medlemskap/nytt/", "/medlemskap/nytt/?slag=avtal",
    "/uppdrag/nytt/?slag=resa", "/uppdrag/nytt/?slag=deklaration", "/uppdrag/nytt/?slag=eu",
    "/uppdrag/nytt/?slag=projekt",
)  # fmt: skip


@pytest.fixture
def next_year(invented: None) -> Iterator[None]:
    with time_machine.travel(NEXT_YEAR):
        yield


@pytest.fixture
def old(people: People) -> Engagement:
    """A trip that was written down under the edition of 2016."""
    engagement = an_engagement(
        people.contact, people.body("169"), Kind.TRIP, title="Resa till Wien",
        main_direction="paverkan", other_directions=["samverkan"],
        motives={"paverkan": "Staden får gehör.", "samverkan": "Vi lär av dem."},
    )  # fmt: skip
    Trip.objects.create(engagement=engagement, kind="conference", place="Wien")
    return engagement


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def trip(**more: Any) -> dict[str, Any]:
    return {
        "title": "Resa till Åbo",
        "counterpart": "Åbo stad",
        "kind": "conference",
        "main_direction": "klimat",
        "motive": "Åbo går före.",
        "other_directions": ["synlighet"],
        "motive_synlighet": "Staden syns där.",
        "body": "169",
        "submission": str(uuid4()),
    } | more


# --- Writing down


@pytest.mark.usefixtures("next_year")
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_new_form_asks_for_the_directions_in_force(people: People, as_user: AsUser, address: str) -> None:
    answer = as_user(people.contact).get(address)
    assert answer.status_code == 200
    form = answer.context["form"]
    assert form.fields["main_direction"].choices == form.fields["other_directions"].choices == NEW_ONES
    (aims,) = [
        [field.name for field in group.fields] for group in form.grouped() if "inriktning" in group.heading.lower()
    ]
    sentences = ["motive_samverkan", "motive_klimat", "motive_synlighet"]
    assert aims[:6] == ["main_direction", "motive", "other_directions", *sentences]
    assert {name for name in form.fields if name.startswith("motive_")} == set(sentences)
    shown = answer.content.decode()
    assert "Varför även klimat? En mening." in shown and "strategin, utgåva 2027" in shown


@pytest.mark.usefixtures("next_year")
def test_a_sentence_is_seen_when_its_own_box_is_ticked(people: People, as_user: AsUser) -> None:
    form = as_user(people.contact).get(ADDRESSES[0]).context["form"]
    rules = (settings.BASE_DIR / "static" / "css" / "forms.css").read_text(encoding="utf-8")
    for place, box in enumerate(form["other_directions"].subwidgets):
        sentence = form.fields[f"motive_{box.data['value']}"]
        assert (box.id_for_label, sentence.widget.attrs["data-aim"]) == (f"id_other_directions_{place}", place)
        assert f'form:not(:has([id$="other_directions_{place}"]:checked)) .field:has([data-aim="{place}"])' in rules
    assert "motive_" not in rules  # no direction of one edition


@pytest.mark.usefixtures("next_year")
def test_a_matter_is_registered_under_the_new_directions_and_shows_them(people: People, as_user: AsUser) -> None:
    client = as_user(people.contact)
    answer = client.post("/uppdrag/nytt/?slag=resa", trip(), follow=True)
    engagement = Engagement.objects.get()
    assert (engagement.edition, engagement.main_direction) == ("2027", "klimat")
    assert (engagement.other_directions, engagement.motives) == (
        ["synlighet"], {"klimat": "Åbo går före.", "synlighet": "Staden syns där."},
    )  # fmt: skip
    shown = answer.content.decode()
    for said in ("Klimat", "(huvudinriktning)", "Varför klimat:", "Varför synlighet:", "Staden syns där."):
        assert said in shown
    assert "Påverkan" not in shown
    assert 'value="Staden syns där."' in page(client, f"/uppdrag/{engagement.key}/andra/")


@pytest.mark.usefixtures("next_year")
def test_a_direction_of_an_earlier_edition_is_refused_and_what_was_written_stands(
    people: People, as_user: AsUser
) -> None:
    answer = as_user(people.contact).post("/uppdrag/nytt/?slag=resa", trip(main_direction="paverkan"))
    assert (answer.status_code, Engagement.objects.count()) == (422, 0)
    assert "main_direction" in answer.context["form"].errors
    assert "Åbo går före." in answer.content.decode()


@pytest.mark.usefixtures("next_year")
def test_a_matter_of_the_old_edition_keeps_its_directions_in_form_and_page(
    people: People, as_user: AsUser, old: Engagement
) -> None:
    client, address = as_user(people.contact), f"/uppdrag/{old.key}/andra/"
    form = client.get(address).context["form"]
    assert [code for code, _name in form.fields["main_direction"].choices] == OLD_ONES
    assert "motive_klimat" not in form.fields
    shown = page(client, f"/uppdrag/{old.key}/")
    for said in ("Profilering", "Varför påverkan:", "Varför samverkan:", "Vi lär av dem."):
        assert said in shown
    assert "Klimat" not in shown
    changed = {
        "title": "Resa till Wien", "counterpart": "Wien", "kind": "conference", "body": "169", "reason": "Rättat.",
        "version": str(old.version), "motive": "Staden syns.", "other_directions": ["omvarldsbevakning"],
        "motive_omvarldsbevakning": "Vi jämför.",
    }  # fmt: skip
    assert client.post(address, changed | {"main_direction": "klimat"}).status_code == 422
    assert client.post(address, changed | {"main_direction": "profilering"}).status_code == 302
    old.refresh_from_db()
    assert (old.edition, old.motives) == ("2016", {"profilering": "Staden syns.", "omvarldsbevakning": "Vi jämför."})


def test_a_draft_begun_under_the_old_edition_is_finished_under_it(
    people: People, as_user: AsUser, invented: None
) -> None:
    begun = trip(main_direction="paverkan", other_directions=[], utkast="1")
    as_user(people.contact).post("/uppdrag/nytt/?slag=resa", begun)
    draft = Engagement.objects.get()
    with time_machine.travel(NEXT_YEAR):
        client, address = as_user(people.contact), f"/uppdrag/utkast/{draft.pk}/"
        choices = client.get(address).context["form"].fields["main_direction"].choices
        assert [code for code, _name in choices] == OLD_ONES
        assert client.post(address, trip(main_direction="paverkan", other_directions=[])).status_code == 302
    draft.refresh_from_db()
    assert (draft.edition, draft.state, draft.main_direction) == ("2016", State.REGISTERED, "paverkan")


def test_a_fifth_direction_is_asked_for_and_gets_a_mark_of_its_own(
    people: People, as_user: AsUser, tmp_path: Path
) -> None:
    text = (HERE / "2016.toml").read_text(encoding="utf-8").replace('code = "2016"', 'code = "2026b"', 1)
    fifth = 'code = "fred"\nshort = "Fd"\nname = { sv = "Fred", en = "Peace" }\npurpose = { sv = "Verka för fred." }\n'
    text = text.replace("valid_from = 2016", "valid_from = 2026", 1)
    at = text.index("# Principles")
    (tmp_path / "2026b.toml").write_text(
        f'{text[:at]}[[directions]]\n{fifth}section = "3"\n\n{text[at:]}', encoding="utf-8"
    )
    read_also(tmp_path)
    try:
        assert len(edition("2026b").directions) == 5
        client = as_user(people.contact)
        sent = trip(main_direction="fred", motive="Vi verkar.", other_directions=OLD_ONES)
        engagement_page = client.post("/uppdrag/nytt/?slag=resa", sent, follow=True).content.decode()
        assert "Varför fred:" in engagement_page
        listed = page(client, "/uppdrag/")
        assert '<span aria-hidden="true">Fd</span>' in listed and "Fred, huvudinriktning" in listed
    finally:
        read_also(None)


# --- Deciding and ending


@pytest.mark.usefixtures("next_year")
@pytest.mark.parametrize(
    ("aims", "lacks"),
    [
        ({"main_direction": "paverkan", "motives": {"paverkan": "x"}}, "main_direction"),
        ({"main_direction": "klimat", "other_directions": ["paverkan"], "motives": {"klimat": "x", "paverkan": "y"}},
         "main_direction"),
        ({"main_direction": "klimat", "other_directions": ["synlighet"], "motives": {"klimat": "x"}}, "motives"),
        ({"main_direction": "klimat", "motives": {"klimat": "x"}}, ""),
    ],
)  # fmt: skip
def test_nothing_is_proposed_or_ended_but_under_a_direction_of_its_own_edition(
    people: People, aims: dict[str, Any], lacks: str
) -> None:
    engagement = an_engagement(people.contact, people.body("169"), Kind.TRIP, NEXT_YEAR, **aims)
    Trip.objects.create(engagement=engagement, kind="conference", place="Åbo")
    Engagement.objects.filter(pk=engagement.pk).update(state=State.APPROVED)
    approved = Engagement.objects.get(pk=engagement.pk)
    if not lacks:
        propose_engagement(engagement=as_registered(engagement), text="Resa.", by=people.contact, at=NEXT_YEAR)
        return
    with pytest.raises(Incomplete) as told:
        move(approved, "complete", by=people.contact, at=NEXT_YEAR)
    assert list(told.value.missing) == [lacks]
    with pytest.raises(Incomplete) as told:
        propose_engagement(engagement=as_registered(engagement), text="Resa.", by=people.contact, at=NEXT_YEAR)
    assert lacks in told.value.missing


def as_registered(engagement: Engagement) -> Engagement:
    Engagement.objects.filter(pk=engagement.pk).update(state=State.REGISTERED)
    return Engagement.objects.get(pk=engagement.pk)


@pytest.mark.usefixtures("next_year")
def test_the_check_of_the_brand_asks_under_the_direction_that_the_edition_names(people: People) -> None:
    def asked(code: str, main: str) -> bool:
        matter = an_engagement(people.contact, people.body("169"), Kind.TRIP, edition=code, main_direction=main)
        return "C22" in {one.id for one in findings(matter, on=NEXT_YEAR.date())}

    assert asked("2016", "profilering") and not asked("2016", "samverkan")
    assert asked("2027", "synlighet") and not asked("2027", "klimat") and not asked("2027", "samverkan")


# --- The list


def offered(client: Client, address: str = "/uppdrag/") -> list[Any]:
    return list(client.get(address).context["filter_form"].fields["inriktning"].choices)


def test_the_list_offers_what_is_in_force_and_what_older_matters_have(
    people: People, as_user: AsUser, invented: None
) -> None:
    assert [code for code, _name in offered(as_user(people.contact))] == ["", *OLD_ONES]
    with time_machine.travel(NEXT_YEAR):
        client = as_user(people.contact)
        assert offered(client)[1:] == NEW_ONES
        an_engagement(people.contact, people.body("169"), Kind.TRIP, edition="2016", main_direction="paverkan")
        an_engagement(people.contact, people.body("169"), Kind.TRIP, edition="2008", main_direction="", motives={})
        cache.clear()
        *now, (heading, older) = offered(client)[1:]
        assert now == NEW_ONES
        assert (heading, [code for code, _name in older]) == (
            "Utgåva 2016", ["profilering", "omvarldsbevakning", "paverkan"],
        )  # fmt: skip


@pytest.mark.usefixtures("next_year")
def test_the_list_is_narrowed_by_any_direction_and_marks_each_row_by_its_own_edition(
    people: People, as_user: AsUser, old: Engagement
) -> None:
    new = an_engagement(
        people.contact, people.body("169"), Kind.TRIP, NEXT_YEAR, title="Resa till Åbo",
        main_direction="klimat", other_directions=["samverkan"], motives={"klimat": "x", "samverkan": "y"},
    )  # fmt: skip
    client = as_user(people.contact)

    def found(code: str) -> set[str]:
        return {row["key"] for row in client.get(f"/uppdrag/?inriktning={code}").context["rows"]}

    assert (found("klimat"), found("paverkan")) == ({new.key}, {old.key})
    assert found("samverkan") == {new.key, old.key}
    assert (found("synlighet"), client.get("/uppdrag/?inriktning=fred").status_code) == (set(), 422)
    answer = client.get("/uppdrag/")
    assert [one["label"] for one in answer.context["legend"]] == [
        "Samverkan", "Klimat", "Synlighet", "Profilering", "Omvärldsbevakning", "Påverkan",
    ]  # fmt: skip
    shown = answer.content.decode()
    assert "Klimat, huvudinriktning" in shown and "Påverkan, huvudinriktning" in shown


@pytest.mark.usefixtures("next_year")
def test_rows_of_several_editions_cost_no_query_each(people: People, as_user: AsUser, old: Engagement) -> None:
    client = as_user(people.contact)

    def count() -> int:
        client.get("/uppdrag/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/uppdrag/")
        return len(queries)

    one = count()
    for code, aim in (("2016", "profilering"), ("2027", "klimat"), ("2027", "synlighet"), ("2008", "positionering")):
        an_engagement(
            people.contact, people.body("169"), Kind.TRIP, edition=code, main_direction=aim, motives={aim: "x"}
        )
    assert count() == one


# --- Other pages


@pytest.mark.usefixtures("next_year")
def test_the_help_explains_the_directions_in_force(people: People, as_user: AsUser) -> None:
    shown = page(as_user(people.contact), "/hjalp/")
    assert "Klimat." in shown and "Gå före." in shown and "Synas." in shown
    assert "Påverkan" not in shown


@pytest.mark.usefixtures("next_year")
def test_an_edition_s_page_and_its_rows_have_the_same_marks(people: People, as_user: AsUser) -> None:
    client = as_user(people.contact)
    an_engagement(people.contact, people.body("169"), Kind.TRIP, NEXT_YEAR, main_direction="synlighet", motives={})
    assert '<li class="dir-om main">' in page(client, "/uppdrag/")
    strategy = page(client, "/register/strategin/")
    for mark in ("dir-pr main", "dir-om main", "dir-sa main"):
        assert strategy.count(mark) == 1


def test_an_edition_whose_file_is_gone_is_told_before_the_register_starts(people: People) -> None:
    an_engagement(people.contact, people.body("169"), Kind.TRIP)
    assert run_checks(tags=[Tags.database], databases=["default"]) == []
    matter = an_engagement(people.contact, people.body("169"), Kind.TRIP)
    Engagement.objects.filter(pk=matter.pk).update(edition="1999")
    (found,) = run_checks(tags=[Tags.database], databases=["default"])
    assert (found.id, "utgåva 1999" in found.msg, "1999.toml" in str(found.hint)) == ("engagements.E001", True, True)
    assert run_checks(databases=None) == []  # without a database there is nothing to ask
