"""manage.py who_decides --instrument trip --on-behalf-of-ks yes --abroad yes [--json]"""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from engagements.enums import Burden, Financing, Scope, Step
from engagements.strategy.competence import Facts, route
from engagements.strategy.editions import Edition, in_force
from engagements.way import as_json, shown
from stockholm_intl.kit import clock

YES_NO = {"yes": True, "no": False, None: None}


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # the answer stands in the edition's file alone
    help = "Says who decides a matter by the strategy in force: the same answers as the page Vem beslutar?"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--instrument", required=True, help="organisation, network, trip, visit, …")
        parser.add_argument("--scope", choices=Scope.values)
        parser.add_argument("--step", choices=Step.values, default=Step.NEW)
        parser.add_argument("--burden", choices=Burden.values)
        for name in ("--on-behalf-of-ks", "--abroad", "--prioritised"):
            parser.add_argument(name, choices=["yes", "no"])
        parser.add_argument("--financing", choices=Financing.values)
        parser.add_argument("--level", choices=["ordinary", "high"])
        parser.add_argument("--theme", help="urban_development")
        parser.add_argument(
            "--judged", metavar="CODE", help="what was chosen where the strategy leaves it open: M2, M7, …"
        )
        parser.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="the edition in force that day")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **told: Any) -> None:
        edition = in_force(on=told["on"] or clock.today())
        if edition.matrix and told["instrument"] not in edition.instrument_codes:
            raise CommandError(f"edition {edition.code} has no such instrument; {', '.join(edition.instrument_codes)}")
        facts = Facts(
            instrument=told["instrument"],
            scope=told["scope"],
            step=told["step"],
            burden=told["burden"],
            on_behalf_of_ks=YES_NO[told["on_behalf_of_ks"]],
            abroad=YES_NO[told["abroad"]],
            financing=told["financing"],
            level=told["level"],
            theme=told["theme"],
            prioritised=YES_NO[told["prioritised"]],
            judged=told["judged"],
        )
        way = route(facts, edition)
        if told["json"]:
            self.stdout.write(json.dumps(as_json(way), ensure_ascii=False))
            return
        with override("sv"):
            for line in lines(shown(way, edition), edition):
                self.stdout.write(line)
        for question in way.questions:
            self.stdout.write(f"  ? {question.text()}")


def lines(said: dict[str, Any], edition: Edition) -> list[str]:
    """The way in Swedish, one line for each thing the row says."""
    parts = [
        (_("Rad"), f"{said['matter']} {said['name']}".strip()),
        (_("Beslutar"), said["decides"] or _("det beror på svaren")),
        (_("Samordnar"), said["coordinates"]),
        (_("Behandlas i"), said["handled_by"]),
        (_("Bereder"), ", ".join(said["prepares"])),
        (_("Rådfrågas"), ", ".join(said["consults"])),
        (_("Redovisas"), ", ".join(said["reports"])),
        (_("Stöd"), f"{edition.name}, {said['section']}" if said["section"] else ""),
        (_("Läsning"), _("vår läsning av strategin") if said["reading"] else ""),
    ]
    return [*(f"{label}: {text}" for label, text in parts if text), *said["remarks"]]
