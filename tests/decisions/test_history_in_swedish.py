"""What history brought reads as Swedish on the pages, whatever the file of past events was written in."""

import csv
import re
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import CharField, TextField

from decisions.history.importing import import_history
from decisions.history.words import in_swedish, known_words
from decisions.models import AgendaItem, Meeting
from engagements.models import Engagement, Fact, Trip
from engagements.registers import ORGANISATIONS_FILE
from memberships.models import Membership

HISTORY = ORGANISATIONS_FILE.with_name("events.csv")
ENGLISH = re.compile(r"\b(the|with|for|announced|signed|adopted|proposal|decided|press|only|cities|capitals|year)\b")
URL = re.compile(r"https?://\S+")
NAMES = {"title_en", "fingerprint", "search"}  # the English title is kept for the English page, and stands on no other


def texts(row: Any) -> list[str]:
    fields = [one for one in row._meta.concrete_fields if isinstance(one, (CharField, TextField))]
    return [str(getattr(row, one.name)) for one in fields if one.name not in NAMES and not one.choices]


def cells() -> set[tuple[str, str]]:
    with HISTORY.open(encoding="utf-8", newline="") as file:
        return {(column, " ".join(text.split())) for row in csv.DictReader(file) for column, text in row.items()}


@pytest.mark.django_db
def test_nothing_that_history_brought_is_left_in_english() -> None:
    call_command("load_registers", stdout=StringIO())
    result = import_history(HISTORY, at=datetime(2026, 11, 22, 9, tzinfo=UTC))
    assert (result.loaded, result.refused) == (32, [])
    rows = [row for model in (Engagement, Fact, Meeting, AgendaItem, Trip, Membership) for row in model.objects.all()]
    assert [text for row in rows for text in texts(row) if ENGLISH.search(URL.sub("", text))] == []
    english = {text for column, text in cells() if column == "title_en" and text}
    assert english.isdisjoint(Engagement.objects.values_list("summary", flat=True))
    reception = Engagement.objects.get(title__contains="Hume-konferensen")
    assert (reception.decision_note, reception.summary) == (
        "Utannonserad med staden som värd, alltså beviljad.", "Klockan 19.00.",
    )  # fmt: skip
    assert Fact.objects.get(kind="edition", happened="2021").note == "Antagen av kommunfullmäktige 2021."


def test_the_words_are_those_of_the_file() -> None:
    assert set(known_words()) <= cells()


def test_what_is_not_known_stands_as_it_was_written() -> None:
    assert in_swedish("decision_if_known", "avslag") == "avslag"
