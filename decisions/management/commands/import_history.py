import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from decisions.history.importing import import_history
from stockholm_intl.kit import clock
from stockholm_intl.kit.csv_files import CsvError


class Command(BaseCommand):
    help = "Laddar det som har hänt, ur en CSV-fil. Det som redan finns lämnas; en andra körning lägger inget till."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FIL.csv")
        parser.add_argument("--dry-run", action="store_true", help="Berätta vad som skulle hända utan att spara.")
        parser.add_argument("--json", action="store_true", help="Skriv utfallet som JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            result = import_history(options["file"], at=clock.now(), dry_run=options["dry_run"])
        except CsvError as error:
            raise CommandError(str(error)) from None
        if options["json"]:
            self.stdout.write(json.dumps(result.as_dict(), ensure_ascii=False))
            return
        self.stdout.write(
            _("%(loaded)s laddade, %(unchanged)s fanns redan, %(refused)s avvisade.")
            % {"loaded": result.loaded, "unchanged": result.unchanged, "refused": len(result.refused)}
        )
        for kind, count in sorted(result.by_kind.items()):
            self.stdout.write(f"  {kind}: {count}")
        for refusal in sorted(result.refused, key=lambda one: one.line):
            self.stdout.write(_("  rad %(line)s: %(reason)s") % {"line": refusal.line, "reason": refusal.reason})
        if options["dry_run"]:
            self.stderr.write(_("Provkörning: inget är sparat."))
