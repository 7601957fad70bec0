import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from stockholm_intl.sample.loading import RegistersMissing, load_sample


class Command(BaseCommand):
    help = (
        "Laddar exempeldata för demon: påhittade ärenden i stadens verkliga organ. En andra körning lägger inget till."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Skriv utfallet som JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_PASSWORD:
            raise CommandError(_("Exempeldata laddas bara i demon, aldrig bland riktiga ärenden."))
        try:
            loaded = load_sample()
        except RegistersMissing:
            raise CommandError(_("Registren saknas. Kör load_registers först.")) from None
        if options["json"]:
            self.stdout.write(json.dumps(asdict(loaded)))
            return
        self.stdout.write(
            _("Exempelärenden: %(added)s nya, %(unchanged)s oförändrade.")
            % {"added": loaded.added, "unchanged": loaded.unchanged}
        )
