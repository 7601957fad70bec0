"""When another edition of the strategy is loaded: the years it tells follow it, and what is printed stands as it was."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from engagements.models import Engagement
from engagements.strategy.editions import in_force, read_also
from reporting.models import AnnualReport
from reporting.operations import make_annual_report
from reporting.queries import book_of
from tests.conftest import INVENTED
from tests.reporting.register import Register

AsUser = Callable[[Any], Client]
THIS_YEAR, NEXT_YEAR = date(2026, 5, 20), date(2027, 5, 20)
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
LATER = datetime(2027, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def two_years(register: Register) -> Register:
    """One edition's matters in 2026, and in 2027 both editions'."""
    register.visit(THIS_YEAR, main_direction="paverkan", other_directions=["samverkan"], title="Besök från Wien")
    register.visit(THIS_YEAR, main_direction="samverkan", title="Besök från Oslo")
    register.visit(NEXT_YEAR, main_direction="paverkan", title="Besök från Riga")
    for number, aims in enumerate([("klimat", ["samverkan"]), ("klimat", []), ("samverkan", ["synlighet"])]):
        register.visit(
            NEXT_YEAR, title=f"Besök nummer {number}", edition="2027", main_direction=aims[0], other_directions=aims[1]
        )
    register.visit(NEXT_YEAR, edition="2027", title="Besök utan inriktning")
    register.visit(NEXT_YEAR, edition="1999", main_direction="handel", title="Besök under en okänd utgåva")
    return register


@pytest.fixture
def next_year(invented: None) -> Iterator[None]:
    with time_machine.travel(LATER):
        yield


def counted(group: str, year: int) -> dict[str, int]:
    return {one.code.rpartition(".")[2]: int(one.value or 0) for one in book_of(year).group(group)}


# --- The figures follow


@pytest.mark.usefixtures("invented")
def test_a_year_is_told_by_its_own_directions_and_names_the_earlier_ones_that_occur(two_years: Register) -> None:
    assert counted("directions.main", 2027) == {
        "samverkan": 1, "klimat": 2, "synlighet": 0, "paverkan": 1, "annan": 1, "utan": 1,
    }  # fmt: skip
    assert counted("directions.any", 2027) == {"samverkan": 2, "klimat": 2, "synlighet": 1, "paverkan": 1}
    assert counted("directions.other", 2027) == {"samverkan": 1, "klimat": 0, "synlighet": 1, "paverkan": 0}
    book = book_of(2027)
    assert book["directions.main.paverkan"].label == "Påverkan (utgåva 2016)"
    assert book["directions.main.samverkan"].previous == 1  # the same code is the same direction, carried on
    assert sum(one.value or 0 for one in book.group("directions.main")) == book["engagements"].value == 6


@pytest.mark.usefixtures("invented")
def test_the_year_before_is_still_told_by_the_edition_of_its_time(two_years: Register) -> None:
    assert counted("directions.main", 2026) == {
        "profilering": 0, "omvarldsbevakning": 0, "samverkan": 1, "paverkan": 1, "annan": 0, "utan": 0,
    }  # fmt: skip
    assert counted("directions.any", 2026)["samverkan"] == 2


@pytest.mark.usefixtures("next_year")
def test_the_page_of_the_year_shows_them_and_opens_each_list(two_years: Register, as_user: AsUser) -> None:
    client = as_user(two_years.people.controller)
    shown = client.get(reverse("report_year", args=[2027])).content.decode()
    for said in (
        "Strategins inriktningar",
        "Klimat",
        "Synlighet",
        "Påverkan (utgåva 2016)",
        "Annan utgåvas inriktning",
    ):
        assert said in shown, said
    assert "Omvärldsbevakning" not in shown
    behind = client.get(reverse("report_figure", args=[2027, "directions.any.synlighet"])).content.decode()
    assert "Besök nummer 2" in behind and "Besök nummer 1" not in behind
    drawn = client.get(reverse("report_chart", args=[2027, "inriktningar"])).content.decode()
    assert all(word in drawn for word in ("Klimat", "Synlighet"))


@pytest.mark.usefixtures("next_year")
def test_the_paper_of_the_year_names_both_editions_marks(two_years: Register) -> None:
    report = make_annual_report(year=2027, by=two_years.people.controller, at=LATER)
    assert report.strategy_edition == "2027"
    text = words_of(report)
    for said in ("utgåva 2027.", "Kl Klimat", "Gå före.", "På Påverkan", "Utgåva 2016.", "Påverkan (utgåva 2016)"):
        assert said in text, said
    # in the appendix each matter has its own edition's mark; a borrowed shape is that of a direction 2027 does not have
    for said in ("Besök från Riga ▶ På", "Besök nummer 0 ▲ Kl □ Sa", "Besök nummer 2 ■ Sa ○ Sy"):
        assert packed(said) in packed(text.replace("·", "")), said


def words_of(report: AnnualReport) -> str:
    pages = PdfReader(BytesIO(bytes(report.content))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def packed(text: str) -> str:
    return "".join(text.split())


# --- What is printed stands


def numbers(year: int) -> dict[str, Any]:
    with translation.override("sv"):
        return {
            one.code: (one.label, {on: (amount.value, amount.ids) for on, amount in one.years.items()})
            for one in book_of(year)
        }


def frozen(report: AnnualReport) -> list[dict[str, Any]]:
    return [*AnnualReport.objects.filter(pk=report.pk).values(), *report.figures.order_by("position").values()]


def sections(client: Client, *address: Any) -> Any:
    answer = client.get(reverse(address[0], args=address[1:]))
    assert answer.status_code == 200
    return answer.context["sections"]


def test_a_printed_report_and_its_numbers_are_unchanged_by_another_edition(
    two_years: Register, as_user: AsUser
) -> None:
    controller = two_years.people.controller
    with time_machine.travel(AT):
        report = make_annual_report(year=2026, by=controller, at=AT)
    address = reverse("report_download", args=[report.pk])
    before = frozen(report), numbers(2026), numbers(2025), list(Engagement.objects.order_by("pk").values())
    with time_machine.travel(AT):
        client = as_user(controller)
        pages = sections(client, "report_edition", report.pk), sections(client, "report_year", 2026)
        file = client.get(address).content
    read_also(INVENTED)
    try:
        assert in_force(on=NEXT_YEAR).code == "2027"
        after = frozen(report), numbers(2026), numbers(2025), list(Engagement.objects.order_by("pk").values())
        assert after == before
        with time_machine.travel(LATER):
            client = as_user(controller)
            assert (sections(client, "report_edition", report.pk), sections(client, "report_year", 2026)) == pages
            assert client.get(address).content == file == bytes(report.content)
        # and the same year printed anew, on the same day, is the same paper
        again = make_annual_report(year=2026, by=controller, at=AT)
        assert (again.sha256, again.strategy_edition) == (report.sha256, "2016")
    finally:
        read_also(None)
