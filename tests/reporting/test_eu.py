"""EU legislation and EU money, reckoned by hand."""

from datetime import date
from decimal import Decimal

from engagements.enums import InfluenceForm, ProjectKind, State
from reporting.queries import book_of
from tests.reporting.register import Register


def test_inputs_by_policy_area_and_form_in_the_year_they_were_submitted(register: Register) -> None:
    first = register.influence(date(2025, 1, 1), "Klimat")
    last = register.influence(date(2025, 12, 31), "Bostäder", InfluenceForm.MEETING)
    network = register.influence(date(2025, 5, 1), "klimat", InfluenceForm.NETWORK)
    nowhere = register.influence(date(2025, 5, 2), "")
    before = register.influence(date(2024, 12, 31), "Klimat")
    register.influence(date(2026, 1, 1), "Klimat")

    book = book_of(2025)
    assert sorted(book["inputs"].ids) == sorted([first.pk, last.pk, network.pk, nowhere.pk])
    assert book["inputs"].previous == 1
    assert book["inputs"].years[2024].ids == (before.pk,)
    assert {one.label: (one.value, one.previous) for one in book.group("inputs.area")} == {
        "Bostäder": (1, 0),
        "Klimat": (2, 1),
        "Politikområde saknas": (1, 0),
    }
    assert {one.code.split(".")[-1]: one.value for one in book.group("inputs.form")} == {
        "consultation": 2,
        "position": 0,
        "meeting": 1,
        "network": 1,
    }


def test_an_answer_to_a_domestic_referral_is_no_eu_input(register: Register) -> None:
    register.influence(date(2025, 3, 1), form=InfluenceForm.REFERRAL)
    register.influence(date(2025, 3, 1), form=InfluenceForm.POST)
    register.influence(date(2025, 3, 1), state=State.DECLINED)
    register.influence(date(2025, 3, 1), state=State.STRUCK)
    kept = register.influence(date(2025, 3, 1))
    assert book_of(2025)["inputs"].ids == (kept.pk,)


def test_funding_by_programme_and_body_to_the_krona(register: Register) -> None:
    horizon = register.project({2024: "1200000.50", 2025: "2000000.25", 2026: "9"}, "Horisont Europa")
    social = register.project({2025: "500000"}, "Socialfonden (ESF+)", body="181")
    loose = register.project({2025: "0"}, "")
    book = book_of(2025)
    assert book["funding"].value == Decimal("2500000.25")
    assert book["funding"].previous == Decimal("1200000.50")
    assert {one.label: (one.value, one.ids) for one in book.group("funding.programme")} == {
        "Horisont Europa": (Decimal("2000000.25"), (horizon.pk,)),
        "Socialfonden (ESF+)": (500000, (social.pk,)),
        "Program saknas": (0, (loose.pk,)),
    }
    assert {one.label: one.value for one in book.group("funding.body")} == {
        "Miljöförvaltningen": Decimal("2000000.25"),
        "Trafikkontoret": 500000,
    }


def test_only_decided_eu_projects_bring_eu_money(register: Register) -> None:
    for state in (State.REGISTERED, State.PROPOSED, State.DECLINED, State.STRUCK):
        register.project({2025: "100"}, state=state)
    register.project({2025: "100"}, kind=ProjectKind.AID)
    ended = register.closed(register.project({2025: "7"}), on=date(2026, 2, 1), after=State.APPROVED)
    assert book_of(2025)["funding"].value == 7
    assert book_of(2025)["projects"].ids == (ended.pk,)


def test_a_project_counts_every_year_it_went_on_some_day_or_had_money(register: Register) -> None:
    long = register.project({}, starts=date(2023, 12, 31), ends=date(2025, 1, 1))
    still = register.project({}, starts=date(2025, 12, 31))
    paid = register.project({2024: "10"})
    register.project({}, starts=date(2026, 1, 1))
    book = book_of(2025)
    assert {year: book["projects"].years[year].ids for year in book.years} == {
        2023: (long.pk,),
        2024: (long.pk, paid.pk),
        2025: (long.pk, still.pk),
    }
    assert book["projects.body.169"].value == 2
