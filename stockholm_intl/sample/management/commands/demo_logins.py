import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from organisation.cast import CAST
from organisation.models import Body, User


class Command(BaseCommand):
    help = "Visar en inloggning per roll i demon."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Skriv listan som JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_PASSWORD:
            raise CommandError(_("Kända lösenord finns bara i demon."))
        present = set(User.objects.filter(is_sample=True).values_list("username", flat=True))
        if not present:
            raise CommandError(_("Exempeldata är inte laddade. Kör load_sample först."))
        bodies = dict(Body.objects.values_list("code", "name"))
        logins = [
            {
                "username": part.username,
                "role": str(part.role.label),
                "body": bodies[part.body],
                "password": settings.DEMO_PASSWORD,
            }
            for part in CAST
            if part.username in present
        ]
        if options["json"]:
            self.stdout.write(json.dumps(logins, ensure_ascii=False))
            return
        self.stdout.write(_("Lösenord för alla: %(password)s") % {"password": settings.DEMO_PASSWORD})
        for login in logins:
            self.stdout.write(f"  {login['username']:<16} {login['role']}, {login['body']}")
