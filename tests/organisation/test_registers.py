import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from engagements.models import Partner
from organisation.models import Body

pytestmark = pytest.mark.django_db

BODIES = "code,name_sv,kind,parent_code,valid_from,valid_to,successor_code,source\n"
ORGANISATIONS = "name,acronym,kind,theme,homepage,city_wide,owner_body_code,since_year,annual_fee_sek,source\n"


@pytest.fixture
def load(tmp_path: Path) -> Any:
    """load("rows of bodies", "rows of organisations") -> what the command prints."""

    def run(bodies: str = "", organisations: str = "") -> dict[str, Any]:
        (tmp_path / "bodies.csv").write_text(BODIES + bodies, encoding="utf-8")
        (tmp_path / "organisations.csv").write_text(ORGANISATIONS + organisations, encoding="utf-8")
        return command(bodies=tmp_path / "bodies.csv", organisations=tmp_path / "organisations.csv")

    return run


def command(**options: Any) -> dict[str, Any]:
    out = StringIO()
    call_command("load_registers", json=True, stdout=out, **options)
    return json.loads(out.getvalue())


def test_the_citys_own_registers_load_whole_and_a_second_run_changes_nothing() -> None:
    first = command()
    assert first["bodies"] == {"added": 106, "changed": 0, "unchanged": 0, "refused": []}
    assert first["organisations"] == {"added": 24, "changed": 0, "unchanged": 0, "refused": []}
    second = command()
    assert second["bodies"] == {"added": 0, "changed": 0, "unchanged": 106, "refused": []}
    assert second["organisations"] == {"added": 0, "changed": 0, "unchanged": 24, "refused": []}


def test_every_body_and_organisation_has_its_source() -> None:
    command()
    assert not Body.objects.filter(source="").exists()
    assert not Partner.objects.filter(source="").exists()


def test_real_bodies_have_parents_successors_and_days() -> None:
    command()
    merged = Body.objects.get(code="SDN-RINKEBYK")
    assert merged.successor == Body.objects.get(code="SDN-JARVA")
    assert f"{merged.valid_to}" == "2023-06-30"
    assert Body.objects.get(code="169").parent == Body.objects.get(code="MHN")


def test_parents_and_successors_are_found_whatever_the_order(load: Any) -> None:
    told = load(
        "169,Förvaltning,fackforvaltning,MHN,,,,k\nGAMMAL,Gammal,facknamnd,,,2020-01-01,MHN,k\nMHN,Nämnd,facknamnd,,,,,k\n"
    )
    assert told["bodies"]["added"] == 3
    assert Body.objects.get(code="169").parent == Body.objects.get(code="GAMMAL").successor


def test_a_changed_row_is_changed_with_the_reason_in_the_history(load: Any) -> None:
    load("MHN,Nämnd,facknamnd,,,,,k\n", "C40,,network,klimat,,,,,,k\n")
    told = load("MHN,Ny nämnd,facknamnd,,,,,k\n", "C40,,network,klimat,,true,MHN,2007,1500.50,k\n")
    assert told["bodies"] == {"added": 0, "changed": 1, "unchanged": 0, "refused": []}
    assert told["organisations"] == {"added": 0, "changed": 1, "unchanged": 0, "refused": []}
    for row in (Body.objects.get(), Partner.objects.get()):
        assert [entry.history_change_reason for entry in row.history.all()] == ["Registerladdning"] * 2
    assert Partner.objects.get().city_wide is True


def test_broken_bodies_are_told_by_line_while_good_ones_load(load: Any) -> None:
    told = load(
        "A,Bra,facknamnd,,,,,k\n"
        "B,Okänt slag,klubb,,,,,k\n"
        "C,Bakvänd,facknamnd,,2024-02-01,2024-01-31,,k\n"
        "D,Fel dag,facknamnd,,2023-02-30,,,k\n"
        "E,Utan överordnad,facknamnd,X,,,,k\n"
        "F,Under den som föll,fackforvaltning,E,,,,k\n"
        "G,Rund,facknamnd,H,,,,k\n"
        "H,Gång,facknamnd,G,,,,k\n"
        "I,Själv,facknamnd,I,,,,k\n"
        "A,Dubblett,facknamnd,,,,,k\n"
        ",Utan kod,facknamnd,,,,,k\n"
        "J,Utan källa,facknamnd,,,,,\n"
    )
    assert told["bodies"]["added"] == 1
    assert [(row["line"], row["reason"]) for row in told["bodies"]["refused"]] == [
        (3, "Okänt slag av organ: ”klubb”."),
        (4, "Slutet 2024-01-31 ligger före början 2024-02-01."),
        (5, "valid_from är inget datum: ”2023-02-30”. Skriv det som 2023-07-01."),
        (6, "Organet X, som raden pekar på, finns inte."),
        (7, "Organet E, som raden pekar på, finns inte."),
        (8, "Organet G ligger under sig självt."),
        (9, "Organet H ligger under sig självt."),
        (10, "Organet I pekar på sig självt."),
        (11, "Koden A står redan på rad 2."),
        (12, "code saknas."),
        (13, "source saknas."),
    ]


def test_a_cycle_through_what_is_already_known_is_refused(load: Any) -> None:
    load("A,Ett,facknamnd,,,,,k\nB,Två,fackforvaltning,A,,,,k\n")
    told = load("A,Ett,facknamnd,B,,,,k\n")
    assert [row["line"] for row in told["bodies"]["refused"]] == [2]
    assert Body.objects.get(code="A").parent is None


def test_broken_organisations_are_told_by_line_while_good_ones_load(load: Any) -> None:
    told = load(
        "KS,Styrelse,ks,,,,,k\n",
        "Bra,B,network,klimat,https://bra.example,true,KS,2007,1500,k\n"
        "Slag,,klubb,,,,,,,k\n"
        "Adress,,network,,javascript:alert(1),,,,,k\n"
        "Ja,,network,,,kanske,,,,k\n"
        "Organ,,network,,,,999,,,k\n"
        "År,,network,,,,,0,,k\n"
        "Avgift,,network,,,,,,NaN,k\n"
        "Minus,,network,,,,,,-1,k\n"
        "Bra,,network,,,,,,,k\n",
    )
    assert told["organisations"]["added"] == 1
    assert [row["line"] for row in told["organisations"]["refused"]] == [3, 4, 5, 6, 7, 8, 9, 10]
    assert told["organisations"]["refused"][3]["reason"] == "Organet 999, som raden pekar på, finns inte."


def test_a_file_that_is_no_table_changes_nothing_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "bild.csv").write_bytes(b"\x89PNG\r\n\xff")
    with pytest.raises(CommandError, match="inte text i UTF-8"):
        command(bodies=tmp_path / "bild.csv")
    assert not Body.objects.exists()


def test_without_json_it_tells_in_words(load: Any, tmp_path: Path) -> None:
    load("A,Bra,facknamnd,,,,,k\nB,Fel,klubb,,,,,k\n")
    out = StringIO()
    call_command(
        "load_registers", bodies=tmp_path / "bodies.csv", organisations=tmp_path / "organisations.csv", stdout=out
    )
    assert "Organ: 0 nya, 0 ändrade, 1 oförändrade, 1 avvisade." in out.getvalue()
    assert "rad 3: Okänt slag av organ: ”klubb”." in out.getvalue()
