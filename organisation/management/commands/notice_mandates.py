import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from organisation.operations import notice_mandates
from stockholm_intl.kit import clock
from stockholm_intl.kit.commands import day
from stockholm_intl.kit.swedish import capital, long_date


class Command(BaseCommand):
    help = "Aviserar mandat som går ut inom 60 och 14 dagar. Kan köras hur ofta som helst; ingen får samma brev två gånger."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--on", default="", metavar="DATUM", help="räkna från den här dagen (ÅÅÅÅ-MM-DD), annars i dag"
        )
        parser.add_argument("--json", action="store_true", help="svara med JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        on = day(options["on"]) if options["on"] else clock.today()
        result = notice_mandates(on=on)
        if options["json"]:
            self.stdout.write(json.dumps(asdict(result)))
            return
        self.stdout.write(
            f"{capital(long_date(on))}: {result.within_60_days} mandat går ut inom 60 dagar,"
            f" {result.within_14_days} inom 14, brev till {result.mailed}."
        )
