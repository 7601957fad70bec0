import json
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from memberships.operations import flag_due_reviews
from stockholm_intl.kit import clock
from stockholm_intl.kit.swedish import Noun, capital, counted, long_date

REVIEW = Noun("en", "omprövning", "omprövningar")


class Command(BaseCommand):
    help = "Öppnar omprövning av de medlemskap och intentionsavtal som ska omprövas. Kan köras hur ofta som helst."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--on", default="", metavar="DATUM", help="räkna från den här dagen (ÅÅÅÅ-MM-DD), annars i dag"
        )
        parser.add_argument("--json", action="store_true", help="svara med JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        on = day(options["on"]) if options["on"] else clock.today()
        result = flag_due_reviews(on)
        if options["json"]:
            self.stdout.write(json.dumps(asdict(result)))
            return
        self.stdout.write(
            f"{capital(long_date(on))}: {counted(result.opened, REVIEW)} öppnades,"
            f" {result.already_open} var redan öppna, {result.not_due} ska inte omprövas än."
        )


def day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
        if found.isoformat() != text:
            raise ValueError(text)
    except ValueError:
        raise CommandError(f"”{text}” är inget datum. Skriv det som 2026-11-22.") from None
    if not 1900 <= found.year <= 2100:
        raise CommandError(f"Året {found.year} går inte att räkna från. Välj ett mellan 1900 och 2100.")
    return found
