"""A marked name is found in the forms that Swedish gives it, and not in words that only look like it."""

import unicodedata

import pytest

from engagements.word_forms import Phrase, Said, phrases


def tells(name: str, text: str, column: str = "counterpart") -> bool:
    said = Said(text)
    return any(said.tells(phrase) for phrase in phrases(column, name))


@pytest.mark.parametrize(
    "text",
    [
        "Brev till Utrecht", "UTRECHT", "Utrechts klimat", "utrecht-besöket", "Utrecht-besöket", "Utrechtbesöket",
        "Utrechtsbesöket", "utrechtbesöket", "Utrechtare", "Stor-Utrecht", "Storutrecht", "nyutrecht", "n@utrecht.example",
        "n@utrechtstad.example", "Utrecht\u00adbesöket", "U\u200btrecht", "Utrechten",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["Utrecht", "Utrechts kommun", "Utrechts Kommun", "Gemeente Utrecht"])
def test_a_name_is_found_in_every_usual_form(name: str, text: str) -> None:
    assert tells(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Oslo", "Oslobesöket"), ("Oslos kommun", "oslobesöket"), ("Oslo", "Storoslo"), ("Malmö stad", "r@malmo.example"),
        ("Sao Paulo", "São Paulos stad"), ("Zürich", "Zurichs energi"), ("Tromsø", "Tromso"), ("Paris", "Parisavtalet"),
        ("Zebrabolag", "Zebrabolaget"), ("Zebrabolaget", "Zebrabolagets ägare"), ("Rom", "Roms borgmästare"),
        ("Aix-en-Provence", "Besök i aix en provence"), ("Łódź", "Lodz"), ("Afrika", "i Sydafrika"),
    ],
)  # fmt: skip
def test_definite_forms_accents_and_compounds_are_found(name: str, text: str) -> None:
    assert tells(name, text)
    assert tells(unicodedata.normalize("NFD", name), text)
    assert tells(name, unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Rom", "Romantiska promenader"), ("Gent", "tvärt om gentemot"), ("Aten", "Resultaten av delegaten"),
        ("Riga", "Övriga frågor"), ("Trier", "Industrier och intressen"), ("Mora", "moral"), ("Paris", "paritet"),
        ("Global Covenant", "den globala globaliseringen"), ("Bank of Utrecht", "bankerna"), ("Stad", "stadsbesök"),
        ("Lima", "Klimat"), ("Oslo", "nyoslo"), ("Kiel", "Kielx"), ("Staden A Coruña", "stadens anda"), ("Lund", "Berglund"),
    ],
)  # fmt: skip
def test_words_that_only_look_like_it_are_not(name: str, text: str) -> None:
    assert not tells(name, text)


def test_a_person_is_no_part_of_another_word() -> None:
    assert tells("Anna Berg", "Annas brev", "sender_name")
    assert not tells("Anna Berg", "En annan ordning i bergen", "sender_name")


def test_what_a_name_and_a_list_tell() -> None:
    joined = {Phrase("utrechts", is_name=True), Phrase("utrecht", is_name=True)}
    assert phrases("counterpart", "Utrechts kommun") == {Phrase(" utrecht kommun "), Phrase(" utrecht "), *joined}
    assert phrases("delegation", "Anna Ek, Bo Ström och stab") == {Phrase(" anna ek "), Phrase(" bo strom ")}
    assert phrases("title", "Klimat") == set()
