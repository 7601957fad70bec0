"""manage.py check_engagement INT-2026-00042: what the strategy's checks answer about one engagement."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from engagements.guard import Standing, findings, snapshot
from engagements.models import Engagement
from engagements.routing import edition_of
from engagements.showing import section_words
from engagements.strategy.checks import FAIL, JUDGE, PASS
from stockholm_intl.kit import clock

NOT_ASKED = "Kontrollen gäller inte ett sådant ärende."
WORDS = {PASS: "godkänd", FAIL: "underkänd", JUDGE: "att bedöma"}


class Command(BaseCommand):
    help = "Visar vad strategins kontroller svarar om ett ärende: resultat, skäl, avsnitt och vad som lagar det."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key", help="ärendets nummer, till exempel INT-2026-00042")
        parser.add_argument(
            "--json", action="store_true", help="svara med JSON; bears är false för det som inte gäller ärendet"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        key = options["key"].strip().upper()
        engagement = Engagement.objects.select_related("body", "partner").filter(key=key).first()
        if engagement is None:
            raise CommandError(f"Det finns inget ärende {options['key']}. Numret skrivs som INT-2026-00042.")
        found = findings(engagement, on=clock.today())
        if options["json"]:
            told = {"key": key, "edition": engagement.edition, "checks": every_check(engagement, found)}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"{engagement.key} {engagement.title}")
        self.stdout.write("\n".join(map(line, found)) or "Ärendet prövas inte längre mot strategin.")
        others = [row["id"] for row in every_check(engagement, found) if not row["bears"]]
        if others:
            self.stdout.write(f"Gäller inte ärendet: {', '.join(others)}.")


def every_check(engagement: Engagement, found: list[Standing]) -> list[dict[str, Any]]:
    """All that the edition has, in its order: those that bear on the engagement, and the others, which it cannot break.

    None for what is not judged at all: what history brought, and what has ended without a decision kept here.
    """
    asked = {row["id"]: row | {"bears": True} for row in snapshot(found)}
    known = [rule.id for rule in edition_of(engagement).checks]
    others = {
        rule.id: {
            "id": rule.id, "name": rule.name(), "result": PASS, "reason": NOT_ASKED, "section": rule.section or rule.source,
            "mend": "", "bears": False,
        }
        for rule in edition_of(engagement).checks if asked
    }  # fmt: skip
    rows = others | asked
    return sorted(rows.values(), key=lambda row: known.index(row["id"]) if row["id"] in known else len(known))


def line(one: Standing) -> str:
    """C6 underkänd (avsnitt 4): Slutdatum saknas. Ange ett slutdatum efter första dagen."""
    words = [f"{one.id:<3} {WORDS[one.result]} ({section_words(one.section)}): {one.reason}", str(one.mend)]
    if one.judgement:
        words.append(f"Bedömt av {one.judgement.by}: {one.judgement.reason}")
    if one.deviation:
        words.append(f"Avsteg av {one.deviation.body}, inskrivet av {one.deviation.by}: {one.deviation.reason}")
    return " ".join(filter(None, words))
