import json
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command

from reporting.models import AnnualReport
from tests.reporting.register import Register

JANUARY = datetime(2026, 1, 30, 9, tzinfo=UTC)


def run(*words: str) -> str:
    out = StringIO()
    with time_machine.travel(JANUARY, tick=False):
        call_command("annual_report", *words, stdout=out)
    return out.getvalue()


def test_it_writes_the_paper_and_says_pages_and_checksum(register: Register, tmp_path: Path) -> None:
    register.visit(date(2025, 5, 20))
    said = run("2025", "--output", str(tmp_path / "rapport.pdf"))
    report = AnnualReport.objects.get()
    assert (tmp_path / "rapport.pdf").read_bytes() == bytes(report.content)
    assert f"Årsrapport 2025, utgåva 1: {report.pages} sidor." in said
    assert f"SHA-256 {report.sha256}" in said


def test_json_says_the_same(register: Register, tmp_path: Path) -> None:
    said = json.loads(run("2025", "--json"))
    report = AnnualReport.objects.get()
    assert said == {
        "year": 2025,
        "edition": 1,
        "pages": report.pages,
        "size": report.size,
        "sha256": report.sha256,
        "output": None,
    }


@pytest.mark.parametrize(
    ("year", "says"),
    [
        ("0", "inget år"),
        ("tjugofem", "inget år"),
        ("99999", "inget år"),
        ("２０２５", "inget år"),
        ("0000", "1992 till 2026"),
        ("2027", "1992 till 2026"),
        ("1900", "1992 till 2026"),
    ],
)
def test_a_wrong_year_is_told_in_swedish(db: None, year: str, says: str) -> None:
    with pytest.raises(CommandError, match=says):
        run(year)
    assert not AnnualReport.objects.exists()


def test_a_folder_that_is_not_there_is_told_before_anything_is_made(register: Register, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="finns inte"):
        run("2025", "--output", str(tmp_path / "ingen" / "rapport.pdf"))
    assert not AnnualReport.objects.exists()


def test_a_folder_is_no_file(register: Register, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="gick inte att skriva"):
        run("2025", "--output", str(tmp_path))
