"""manage.py who_decides --instrument trip --on-behalf-of-ks yes --abroad yes [--json]"""

import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from engagements.enums import Burden, Financing, Scope, Step
from engagements.showing import section_words
from engagements.strategy.competence import Facts, Route, route
from engagements.strategy.editions import Edition, edition, in_force, known
from engagements.way import as_json, shown
from stockholm_intl.kit import clock
from stockholm_intl.kit.swedish import listed

YES_NO = {"yes": True, "no": False, None: None}
ANSWERS = {
    "scope": Scope.values,
    "step": Step.values,
    "burden": Burden.values,
    "on-behalf-of-ks": ["yes", "no"],
    "abroad": ["yes", "no"],
    "prioritised": ["yes", "no"],
    "financing": Financing.values,
    "level": ["ordinary", "high"],
    "theme": ["urban_development", "other"],
}


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # the answer stands in the edition's file alone
    help = "Säger vem som beslutar enligt strategin: samma svar som sidan Vem beslutar? Det som inte anges är okänt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--instrument", help="organisation, network, trip, visit, …")
        for name, answers in ANSWERS.items():
            metavar = "{" + ",".join(answers) + "}"
            default = Step.NEW.value if name == "step" else None
            parser.add_argument(f"--{name}", type=one_of(answers), metavar=metavar, default=default)
        parser.add_argument("--judged", metavar="KOD", help="vad som valts där strategin lämnar det öppet: M2, M7, …")
        parser.add_argument("--on", type=a_day, metavar="DATUM", help="utgåvan som gällde den dagen")
        parser.add_argument("--json", action="store_true", help="svara med JSON")

    def handle(self, *args: Any, **told: Any) -> None:
        edition = in_force(on=told["on"] or clock.today())
        require_instrument(told["instrument"], edition)
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
        require_choice(told["judged"], way, edition)
        if told["json"]:
            self.stdout.write(json.dumps(as_json(way), ensure_ascii=False))
            return
        with override("sv"):
            for line in lines(shown(way, edition), edition):
                self.stdout.write(line)
        for question in way.questions:
            self.stdout.write(f"  ? {question.text()}")


def one_of(answers: Sequence[str]) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in answers:
            raise ArgumentTypeError(f"Svaret {value} finns inte. Skriv {listed(answers, 'eller')}.")
        return value

    return read


def a_day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ArgumentTypeError(f"{value} är ingen dag. Skriv den som 2026-11-22.") from None


def require_instrument(told: str | None, wanted: Edition) -> None:
    """An edition without a matrix takes any word that another edition knows, and then asks a person."""
    codes = wanted.instrument_codes or tuple(
        dict.fromkeys(code for one in known() for code in edition(one).instrument_codes)
    )
    if not told:
        raise CommandError(f"Ange vad det är med --instrument: {listed(codes, 'eller')}.")
    if told not in codes:
        raise CommandError(f"{told} finns inte i utgåva {wanted.code}. Skriv --instrument {listed(codes, 'eller')}.")


def require_choice(told: str | None, way: Route, wanted: Edition) -> None:
    """A choice that none of the open questions offers, or no question at all, is a slip of the pen, and not an answer."""
    every = [choice.code for question in wanted.questions for choice in question.choices]
    open_to = [choice.code for question in way.questions if question.is_judgement for choice in question.choices]
    open_to = open_to or every
    if told and told not in open_to:
        raise CommandError(f"{told} går inte att välja här. Skriv --judged {listed(open_to, 'eller')}.")


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
        (_("Stöd"), f"{edition.name}, {section_words(said['section'])}" if said["section"] else ""),
        (_("Läsning"), _("vår läsning av strategin") if said["reading"] else ""),
    ]
    return [*(f"{label}: {text}" for label, text in parts if text), *said["remarks"]]
