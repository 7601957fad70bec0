"""manage.py access_report --user NAME | --engagement KEY | --body CODE [--json]"""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engagements.access_report import of_body, of_engagement, of_person
from engagements.models import Engagement
from organisation.models import Body, User


class Command(BaseCommand):
    help = "Says who can see and do what: of a person, an engagement or a body. Keys only, no word of any matter."

    def add_arguments(self, parser: ArgumentParser) -> None:
        chosen = parser.add_mutually_exclusive_group(required=True)
        chosen.add_argument("--user", metavar="NAME")
        chosen.add_argument("--engagement", metavar="KEY")
        chosen.add_argument("--body", metavar="CODE")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **told: Any) -> None:
        report = self.report(told)
        if told["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        for name, value in report.items():
            if not isinstance(value, list):
                self.stdout.write(f"{name}: {value}")
                continue
            self.stdout.write(f"{name}: {len(value)}")
            for row in value:
                self.stdout.write("  " + (row if isinstance(row, str) else "; ".join(map(line, row.items()))))

    def report(self, told: dict[str, Any]) -> dict[str, Any]:
        if told["user"]:
            person = User.objects.filter(username=told["user"]).first()
            if person is None:
                raise CommandError(f"nobody has the user name {told['user']}")
            return of_person(person)
        if told["engagement"]:
            engagement = Engagement.objects.select_related("body").filter(key=told["engagement"]).first()
            if engagement is None:
                raise CommandError(f"no engagement has the key {told['engagement']}")
            return of_engagement(engagement)
        body = Body.objects.filter(code=told["body"]).first()
        if body is None:
            raise CommandError(f"no body has the code {told['body']}")
        return of_body(body)


def line(pair: tuple[str, Any]) -> str:
    name, value = pair
    return f"{name}={', '.join(map(str, value)) if isinstance(value, list) else value}"
