"""The meetings, or the decision list of one of them: the same paper as the page prints."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from decisions.models import Decision, Meeting, Paper
from decisions.operations import print_decision_list
from decisions.queries import final_decisions, find_meeting, near_codes, on_list, with_counts
from stockholm_intl.kit import clock
from stockholm_intl.kit.pdf import PaperTooLarge


class Command(BaseCommand):
    help = "Listar mötena, eller skriver ut beslutslistan för ett av dem."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", nargs="?", help="mötets kod, till exempel IB/2026/9")
        parser.add_argument("--output", type=Path, metavar="FIL", help="PDF-filen som listan skrivs till")
        parser.add_argument("--json", action="store_true", help="svara med JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        with override("sv"):
            if options["code"] is None:
                self.list_meetings(as_json=options["json"], output=options["output"])
            else:
                meeting = meeting_called(options["code"])
                self.print_meeting(meeting, as_json=options["json"], output=options["output"])

    def list_meetings(self, *, as_json: bool, output: Path | None) -> None:
        if output:
            raise CommandError(_("Ange vilket möte som ska skrivas ut, till exempel IB/2026/9."))
        meetings = with_counts(Meeting.objects.select_related("body"), None)
        if as_json:
            self.say({"meetings": [meeting_facts(meeting) for meeting in meetings]})
            return
        if not meetings:
            self.stdout.write(_("Inga möten."))
        for meeting in meetings:
            said = {"n": meeting.decided, "state": meeting.get_state_display().lower()}  # type: ignore[attr-defined]
            line = _("%(n)s beslut, %(state)s") % said
            self.stdout.write(f"{meeting.code:<16} {meeting.held_on.isoformat()}  {line}")

    def print_meeting(self, meeting: Meeting, *, as_json: bool, output: Path | None) -> None:
        decisions = list(final_decisions(meeting))
        paper = written(meeting, output) if output else None
        if as_json:
            facts = {
                "meeting": meeting.code,
                "held_on": meeting.held_on.isoformat(),
                "state": meeting.state,
                "decisions": [decision_facts(decision) for decision in decisions],
            }
            self.say(facts | ({"output": str(output), "sha256": paper.sha256} if paper else {}))
            return
        if paper:
            said = {"n": len(decisions), "file": output, "sum": paper.sha256}
            self.stdout.write(_("%(n)s beslut utskrivna till %(file)s (SHA-256 %(sum)s).") % said)
            return
        self.stdout.write(f"{meeting.name} {meeting.held_on.isoformat()}")
        for place, decision in enumerate(decisions, 1):
            facts = decision_facts(decision)
            self.stdout.write(f"{place:>3}  {facts['key']:<16} {facts['outcome_word']:<20} {facts['matter']}")

    def say(self, answer: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(answer, ensure_ascii=False))


def meeting_called(code: str) -> Meeting:
    meeting = find_meeting(code)
    if meeting is None:
        near = near_codes(code)
        hint = _("Menade du %(codes)s?") % {"codes": ", ".join(near)} if near else _("Det finns inga möten ännu.")
        raise CommandError(_("Det finns inget möte som heter %(code)s.") % {"code": code} + f" {hint}")
    return meeting


def written(meeting: Meeting, output: Path) -> Paper:
    """The paper frozen in the register, and its bytes in the file."""
    try:
        paper = print_decision_list(meeting=meeting, by=None, at=clock.now())
        output.write_bytes(bytes(paper.content))
    except PaperTooLarge as problem:
        raise CommandError(str(problem)) from problem
    except OSError as problem:
        raise CommandError(
            _("Filen %(file)s går inte att skriva: %(why)s.") % {"file": output, "why": problem.strerror}
        ) from problem
    return paper


def meeting_facts(meeting: Meeting) -> dict[str, Any]:
    return {
        "code": meeting.code,
        "held_on": meeting.held_on.isoformat(),
        "items": meeting.count,  # type: ignore[attr-defined]
        "decided": meeting.decided,  # type: ignore[attr-defined]
        "state": meeting.state,
        "reported_on": meeting.reported_on.isoformat() if meeting.reported_on else None,
    }


def decision_facts(decision: Decision) -> dict[str, Any]:
    """A row as the paper has it: a secret matter is a number and an outcome."""
    engagement = on_list(decision).engagement
    secret = engagement is not None and engagement.is_secret
    return {
        "key": engagement.key if engagement and not secret else "",
        "registry_number": engagement.registry_number if engagement and not secret else "",
        "matter": _("Ärende med sekretess") if secret else decision.item.title if decision.item else "",
        "outcome": decision.outcome,
        "outcome_word": decision.get_outcome_display(),
        "text": "" if secret else decision.text,
        "delegate": decision.delegate,
        "point": decision.point.code if decision.point else "",
        "decided_on": decision.decided_on.isoformat(),
    }
