import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from memberships.operations import flag_due_reviews
from stockholm_intl.kit import clock
from stockholm_intl.kit.commands import day
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
