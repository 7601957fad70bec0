"""Strategy section 2: an engagement says which of the four sustainabilities it serves; every form of a matter asks."""

from typing import Any

import pytest

from engagements.forms_assignments import FORMS as ASSIGNMENTS
from engagements.models import Engagement
from memberships.forms import FORMS as MEMBERSHIPS
from organisation.models import Body
from tests.people import People
from tests.visits.test_pages import filled
from visits.forms import VisitForm
from visits.forms_reception import ReceptionForm


def test_it_is_asked_kept_shown_and_can_be_taken_back(people: People, as_user: Any) -> None:
    client = as_user(people.contact)
    page = client.post("/besok/nytt/", filled(sustainability=["social", "democratic"]), follow=True).content.decode()
    visit = Engagement.objects.get()
    assert visit.sustainability == ["social", "democratic"]
    assert "Hållbarhet: social, demokratisk" in page
    address = f"/besok/{visit.key}/andra/"
    assert 'value="democratic" ' in client.get(address).content.decode()
    assert client.post(address, filled(title="Besök", version=visit.version)).status_code == 302
    visit.refresh_from_db()
    assert visit.sustainability == []


@pytest.mark.django_db
@pytest.mark.parametrize("form", [VisitForm, ReceptionForm, *MEMBERSHIPS.values(), *ASSIGNMENTS.values()])
def test_every_form_of_a_matter_asks_it_beside_the_directions(form: Any) -> None:
    made = form(bodies=Body.objects.none())
    assert [names for _heading, names, *_more in made.groups if "sustainability" in names and "main_direction" in names]
