"""manage.py who_decides: the same answers as the page, for machines and for people."""

import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

KEYS = [
    "matter", "decides", "coordinates", "handled_by", "prepares", "consults", "reports", "section", "reading", "questions",
]  # fmt: skip


def answer(capsys: Any, *words: str) -> dict[str, Any]:
    call_command("who_decides", *words, "--json")
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_the_answer_has_the_keys_that_were_promised(capsys: Any) -> None:
    found = answer(capsys, "--instrument", "organisation", "--scope", "city_wide")
    assert list(found) == KEYS
    assert (found["matter"], found["decides"], found["coordinates"]) == ("M1", "KF", None)
    assert (found["section"], found["reading"], found["questions"]) == ("5", False, [])


def test_a_missing_flag_is_asked_for(capsys: Any) -> None:
    found = answer(capsys, "--instrument", "network")
    assert found["decides"] is None
    assert [question["code"] for question in found["questions"]] == ["scope"]
    assert found["questions"][0]["text"] == "Vad rör det?"


def test_yes_and_no_are_told_apart(capsys: Any) -> None:
    trip = ("--instrument", "trip", "--on-behalf-of-ks")
    assert answer(capsys, *trip, "yes", "--abroad", "yes")["decides"] == "finansborgarradet"
    assert answer(capsys, *trip, "no", "--abroad", "yes")["decides"] == "body"


def test_a_review_goes_the_way_of_entering(capsys: Any) -> None:
    found = answer(capsys, "--instrument", "organisation", "--scope", "city_wide", "--step", "review")
    assert (found["matter"], found["decides"], found["reading"]) == ("M22", "KF", True)


def test_the_day_picks_the_edition(capsys: Any) -> None:
    found = answer(capsys, "--instrument", "trip", "--on", "2010-05-01")
    assert [question["code"] for question in found["questions"]] == ["edition"]


def test_a_person_reads_it_in_swedish(capsys: Any) -> None:
    call_command("who_decides", "--instrument", "visit", "--scope", "several")
    said = capsys.readouterr().out
    assert "Beslutar: Det egna organet" in said
    assert "Samordnar: kommunstyrelsen" in said
    assert "Stöd: Internationell strategi, utgåva 2016, avsnitt 5" in said
    call_command("who_decides", "--instrument", "network")
    assert "? Vad rör det?" in capsys.readouterr().out


def test_what_the_edition_does_not_know_is_told_with_what_it_knows() -> None:
    with pytest.raises(CommandError, match="organisation, network"):
        call_command("who_decides", "--instrument", "rymdprogram")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "Ange vad det är med --instrument: organisation, "),
        (["--instrument", "rymdprogram"], "rymdprogram finns inte i utgåva 2016. Skriv --instrument organisation, "),
        (["--instrument", "rymdprogram", "--on", "2010-05-01"], "rymdprogram finns inte i utgåva 2008"),
        (["--instrument", "trip", "--scope", "world"], "Skriv own_field, several eller city_wide."),
        (["--instrument", "trip", "--abroad", "kanske"], "--abroad: Svaret kanske finns inte. Skriv yes eller no."),
        (["--instrument", "visit", "--theme", "mat"], "Skriv urban_development eller other."),
        (["--instrument", "trip", "--on", "igår"], "igår är ingen dag. Skriv den som 2026-11-22."),
        (["--instrument", "network", "--step", "exit", "--scope", "city_wide", "--judged", "M2"],
         "M2 går inte att välja här. Skriv --judged KF, KS, finansborgarradet eller body."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_what_to_write(words: list[str], says: str) -> None:
    with pytest.raises(CommandError) as told:
        call_command("who_decides", *words, "--json")
    assert says in str(told.value)


def test_an_answer_that_nobody_needs_changes_nothing(capsys: Any) -> None:
    plain = answer(capsys, "--instrument", "network", "--scope", "city_wide")
    assert answer(capsys, "--instrument", "network", "--scope", "city_wide", "--judged", "M7") == plain
