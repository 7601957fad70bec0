from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engagements.merging import merge_body
from engagements.rules import RuleBroken
from organisation.models import Body
from stockholm_intl.kit import clock
from stockholm_intl.kit.commands import day
from stockholm_intl.kit.swedish import long_date


class Command(BaseCommand):
    help = (
        "Låter ett organ gå upp i ett annat. Öppna ärenden följer efterträdaren; avslutade ligger kvar och kan läsas."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("old", metavar="GAMMALT", help="koden för det organ som upphör")
        parser.add_argument("new", metavar="NYTT", help="koden för det organ som tar över")
        parser.add_argument("--on", required=True, metavar="DATUM", help="efterträdarens första dag (ÅÅÅÅ-MM-DD)")
        parser.add_argument("--reason", required=True, metavar="SKÄL", help="till exempel beslutet i kommunfullmäktige")

    def handle(self, *args: Any, **options: Any) -> None:
        old, new, on = body(options["old"]), body(options["new"]), day(options["on"])
        try:
            moved = merge_body(body=old, into=new, on=on, reason=options["reason"], by=None, at=clock.now())
        except RuleBroken as problem:
            raise CommandError(str(problem)) from problem
        if on > clock.today():
            self.stdout.write(f"{old} går upp i {new} den {long_date(on)}. Till dess ändras ingens rätt.")
        else:
            self.stdout.write(f"{old} har gått upp i {new}. {moved} öppna ärenden följde med.")


def body(code: str) -> Body:
    found = Body.objects.filter(code=code).first()
    if found is None:
        raise CommandError(f"Det finns inget organ med koden ”{code}”.")
    return found
