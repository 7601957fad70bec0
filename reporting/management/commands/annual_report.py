import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engagements.rules import RuleBroken
from reporting.operations import make_annual_report
from stockholm_intl.kit import clock
from stockholm_intl.kit.pdf import PaperTooLarge


class Command(BaseCommand):
    help = "Tar fram en utgåva av årsrapporten för ett år, sparar den i registret och skriver den till en fil."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", metavar="ÅR", help="året som rapporten gäller, till exempel 2025")
        parser.add_argument("--output", default="", metavar="FIL", help="skriv rapporten hit som PDF")
        parser.add_argument("--json", action="store_true", help="svara med JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        year, output = whole_year(options["year"]), options["output"]
        if output and not Path(output).resolve().parent.is_dir():
            raise CommandError(f"Mappen för ”{output}” finns inte. Skapa den först.")
        try:
            report = make_annual_report(year=year, by=None, at=clock.now())
        except (RuleBroken, PaperTooLarge) as error:
            raise CommandError(str(error)) from None
        if output:
            write(Path(output), bytes(report.content))
        if options["json"]:
            said = {name: getattr(report, name) for name in ("year", "edition", "pages", "size", "sha256")}
            self.stdout.write(json.dumps(said | {"output": output or None}))
            return
        place = f" Sparad som {output}." if output else ""
        self.stdout.write(f"Årsrapport {year}, utgåva {report.edition}: {report.pages} sidor.{place}")
        self.stdout.write(f"SHA-256 {report.sha256}")


def whole_year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise CommandError(f"”{text}” är inget år. Skriv det med fyra siffror, till exempel 2025.")
    return int(text)


def write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CommandError(f"Rapporten gick inte att skriva till ”{path}”: {error.strerror}.") from None
