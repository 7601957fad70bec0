import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from engagements.loading import load_organisations
from engagements.registers import ORGANISATIONS_FILE
from organisation.operations import load_bodies
from organisation.registers import BODIES_FILE, Tally
from stockholm_intl.kit.csv_files import CsvError


class Command(BaseCommand):
    help = "Laddar registren över stadens organ och över organisationer och nätverk. Går att köra om."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bodies", type=Path, default=BODIES_FILE, metavar="FIL")
        parser.add_argument("--organisations", type=Path, default=ORGANISATIONS_FILE, metavar="FIL")
        parser.add_argument("--json", action="store_true", help="Skriv utfallet som JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            bodies = load_bodies(options["bodies"])
            organisations = load_organisations(options["organisations"])
        except CsvError as error:
            raise CommandError(str(error)) from None
        if options["json"]:
            told = {"bodies": bodies.as_dict(), "organisations": organisations.as_dict()}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.tell(_("Organ"), bodies)
        self.tell(_("Organisationer och nätverk"), organisations)

    def tell(self, what: str, tally: Tally) -> None:
        self.stdout.write(
            _("%(what)s: %(added)s nya, %(changed)s ändrade, %(unchanged)s oförändrade, %(refused)s avvisade.")
            % {
                "what": what,
                "added": tally.added,
                "changed": tally.changed,
                "unchanged": tally.unchanged,
                "refused": len(tally.refused),
            }
        )
        for refusal in sorted(tally.refused, key=lambda refusal: refusal.line):
            self.stdout.write(_("  rad %(line)s: %(reason)s") % {"line": refusal.line, "reason": refusal.reason})
