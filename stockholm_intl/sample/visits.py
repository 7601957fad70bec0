"""The sample's incoming visits: a topic, somebody who asks about it, and what became of the matter."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from django.utils.text import slugify

from engagements.enums import Financing, Instrument, Kind, Scope, State
from engagements.models import Engagement
from stockholm_intl.sample.content import content
from stockholm_intl.sample.days import TODAY, later, meeting_day, office_time, spread
from stockholm_intl.sample.numbers import RegistryNumbers
from stockholm_intl.sample.partners import Partners, Visitor
from stockholm_intl.sample.people import Staff
from stockholm_intl.sample.writing import Moment, Story
from visits.enums import Attendance, Level, VisitorKind, VisitType
from visits.models import VisitRequest
from visits.rules import GRADED

YEARS = ((2024, 46), (2025, 56))  # the rest asked in 2026
KINDS = {
    "cities": VisitorKind.OFFICIALS,
    "states": VisitorKind.OFFICIALS,
    "academia": VisitorKind.ACADEMIA,
    "associations": VisitorKind.ASSOCIATIONS,
    "companies": VisitorKind.COMPANIES,
}
SIZES = {"cities": (5, 18), "states": (4, 9), "academia": (14, 34), "associations": (10, 24), "companies": (12, 26)}
TITLES = {
    "cities": ("Besök från {who} om {what}", "Studiebesök från {who} om {what}", "Delegation från {who} om {what}"),
    "academia": ("Studenter från {who} om {what}", "Forskare från {who} om {what}"),
    "associations": ("Besök från {who} om {what}",),
    "states": ("Besök från {who} om {what}",),
    "companies": ("Studiebesök av {who} om {what}",),
}
SCANDINAVIAN = {"NO", "DK", "FI", "IS", "FO"}


class Visits:
    def __init__(self, staff: Staff, partners: Partners, numbers: RegistryNumbers) -> None:
        self.staff, self.partners, self.numbers = staff, partners, numbers
        self.rng = Random("besök")
        self.phrases = content("phrases")

    def stories(self) -> Iterator[Story]:
        pairs = [(topic, name) for topic in content("visits")["topics"] for name in topic["visitors"]]
        self.rng.shuffle(pairs)
        for (topic, name), day in zip(pairs, self.days(len(pairs)), strict=True):
            yield self.story(topic, self.partners.visitor(name), day)

    def days(self, count: int) -> list[date]:
        days = []
        for year, number in YEARS:
            days += spread(self.rng, date(year, 1, 8), date(year, 12, 13), number)
        return days + spread(self.rng, date(2026, 1, 8), date(2026, 11, 13), count - len(days))

    def story(self, topic: dict[str, Any], visitor: Visitor, asked: date) -> Story:
        comes = meeting_day(asked + timedelta(days=self.rng.randrange(26, 84)))
        ends = comes if self.rng.random() < 0.7 else later(comes, 1)
        style = self.rng.randrange(len(TITLES[visitor.sort]))
        title = TITLES[visitor.sort][style].format(who=visitor.name, what=topic["about"])
        contact = self.staff.contact(topic["body"])
        engagement = Engagement(
            kind=Kind.VISIT,
            title=title,
            summary=topic["purpose"],
            body=self.staff.body(topic["body"]),
            contact=contact,
            counterpart=visitor.counterpart,
            partner=visitor.partner,
            country=visitor.country,
            happens=f"{comes:%Y-%m-%d}",
            starts_on=comes,
            ends_on=ends,
            respond_by=later(asked, self.rng.randrange(12, 22)),
            goal=topic["goal"],
            sustainability=topic["dims"],
            scope=Scope.OWN_FIELD,
            instrument=Instrument.VISIT,
            financing=Financing.OWN,
            on_behalf_of_ks=False,
        )
        visit = self.detail(topic, visitor, delegation=title.startswith("Delegation"))
        slug = f"besok-{slugify(visitor.name)}-{slugify(topic['about'])}"
        return Story(slug, engagement, visit, self.life(topic, engagement, visit, asked))

    def detail(self, topic: dict[str, Any], visitor: Visitor, *, delegation: bool) -> VisitRequest:
        fewest, most = SIZES[visitor.sort]
        people = self.rng.randrange(fewest, most + 1)
        digital = self.rng.random()
        return VisitRequest(
            visit_type=VisitType.DELEGATION if delegation else VisitType.STUDY_VISIT,
            visitor_kind=KINDS[visitor.sort],
            level=Level.HIGH if delegation and self.rng.random() < 0.3 else Level.ORDINARY,
            people=people,
            delegation=self.rng.choice(self.phrases["delegation"][visitor.sort]),
            sender_name=f"Internationella enheten, {visitor.counterpart}"[:120],
            sender_email=f"international@{slugify(visitor.name)[:40]}.example",
            time_of_day=self.rng.choice(["kl. 9–12", "kl. 13–16", "kl. 10–15, med lunch", "en heldag"]),
            is_flexible=self.rng.random() < 0.4,
            attendance=(
                Attendance.DIGITAL if digital < 0.06 else Attendance.HYBRID if digital < 0.1 else Attendance.ON_SITE
            ),
            language="skandinaviska" if visitor.country in SCANDINAVIAN - {"FI", "IS"} else "engelska",
            wants=topic["wants"],
            purpose=topic["purpose"],
            benefit=topic["benefit"],
        )

    # --- its life

    def life(self, topic: dict[str, Any], engagement: Engagement, visit: VisitRequest, asked: date) -> list[Moment]:
        contact, head = self.staff.contact(topic["body"]), self.staff.head(topic["body"])
        at = office_time(asked, self.rng)
        numbered = self.numbers.next(engagement.body, asked) if self.rng.random() < 0.85 else ""
        moments = [
            Moment(State.DRAFT, at, contact),
            Moment(State.REGISTERED, at + timedelta(minutes=self.rng.randrange(3, 40)), contact),
        ]
        if numbered:
            moments[1].fields["registry_number"] = numbered
        assessed = later(asked, self.rng.randrange(1, 7))
        if assessed > TODAY - timedelta(days=9):
            return moments
        grades, total = self.grades(topic)
        moments.append(
            Moment(State.ASSESSED, office_time(assessed, self.rng), contact, detail=grades, fields=tags(topic))
        )
        proposed = later(assessed, self.rng.randrange(1, 5))
        if proposed > TODAY - timedelta(days=6):
            return moments
        declined = total < 8 or self.rng.random() < 0.06
        moments.append(self.proposal(topic, declined, office_time(proposed, self.rng), contact))
        decided = later(proposed, self.rng.randrange(1, 6))
        if decided > TODAY - timedelta(days=5):
            return moments
        moments.append(self.decision(moments[-1], declined, office_time(decided, self.rng), head))
        if not declined:
            moments += self.afterwards(topic, engagement, visit, contact)
        return moments

    def grades(self, topic: dict[str, Any]) -> tuple[dict[str, Any], int]:
        given: dict[str, Any] = {}
        total = 0
        for name in GRADED:
            told = topic.get(name, "")
            grade = self.rng.choice([1, 2, 2, 3])
            if name in ("learning", "development"):
                grade = self.rng.choice([0, 1]) if told.startswith("Begränsad") else self.rng.choice([2, 2, 3])
            if name == "image" and topic["direction"] == "profilering":
                grade = 3
            given[name] = grade
            specific = told and not told.startswith("Begränsad")
            given[f"{name}_why"] = told if specific else self.phrases["grades"][name][grade]
            total += grade
        return given, total

    def proposal(self, topic: dict[str, Any], declined: bool, at: Any, contact: Any) -> Moment:
        if declined:
            reason = self.rng.choice(self.phrases["decline"]["reasons"])
            other = self.rng.choice(self.phrases["decline"]["alternatives"])
            fields = {"proposal": "decline", "proposal_text": f"Besöket föreslås avböjas. {reason}"}
            return Moment(State.PROPOSED, at, contact, fields=fields, detail={"alternative": other})
        text = f"{self.rng.choice(self.phrases['propose']['accept'])} {topic['benefit']}"
        return Moment(State.PROPOSED, at, contact, fields={"proposal": "accept", "proposal_text": text})

    def decision(self, proposal: Moment, declined: bool, at: Any, head: Any) -> Moment:
        note = self.rng.choice(self.phrases["propose"]["decided"])
        if declined:
            note = proposal.fields["proposal_text"].removeprefix("Besöket föreslås avböjas. ")
        fields = {"decided_at": at, "decided_by": head, "decision_note": note}
        return Moment(State.DECLINED if declined else State.APPROVED, at, head, note, fields=fields)

    def afterwards(
        self, topic: dict[str, Any], engagement: Engagement, visit: VisitRequest, contact: Any
    ) -> Iterator[Moment]:
        last = engagement.ends_on or TODAY
        done = later(last, self.rng.randrange(1, 6))
        if done > TODAY - timedelta(days=2):
            return
        came = max(2, (visit.people or 5) + self.rng.choice([-3, -2, -1, 0, 0, 0, 0, 1]))
        told = self.rng.choice(self.phrases["outcome"]["done"])
        useful = "" if topic["development"].startswith("Begränsad") else f" {topic['development']}"
        detail = {"visitors_in_fact": came, "outcome": f"{told}{useful}"}
        yield Moment(State.COMPLETED, office_time(done, self.rng), contact, detail=detail)
        closed = later(done, self.rng.randrange(30, 90))
        if closed < date(2026, 6, 1) and self.rng.random() < 0.35:
            yield Moment(State.CLOSED, office_time(closed, self.rng), contact)


def tags(topic: dict[str, Any]) -> dict[str, Any]:
    """Directions with a motive each, as they are set when the matter is assessed."""
    others = topic.get("other", {})
    return {
        "main_direction": topic["direction"],
        "other_directions": list(others),
        "motives": {topic["direction"]: topic["motive"], **others},
    }
