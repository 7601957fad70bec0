"""The sample's incoming visits: a topic, somebody who asks about it, and what became of the matter."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.text import slugify

from engagements.enums import Financing, Instrument, Kind, Scope, State
from engagements.models import Engagement
from organisation.models import User
from stockholm_intl.sample.content import content
from stockholm_intl.sample.days import TODAY, later, meeting_day, spread
from stockholm_intl.sample.lives import Desk, tags
from stockholm_intl.sample.partners import Visitor
from stockholm_intl.sample.writing import Moment, Story
from visits.enums import Attendance, Level, VisitorKind, VisitType
from visits.models import VisitRequest
from visits.rules import GRADED

YEARS = ((2024, 38), (2025, 47))  # the rest asked in 2026
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
SCANDINAVIAN = {"NO", "DK", "FO"}
DECLINE = "Besöket föreslås avböjas. "


class Visits(Desk):
    def stories(self) -> Iterator[Story]:
        pairs = [(topic, name) for topic in content("visits")["topics"] for name in topic["visitors"]]
        self.rng.shuffle(pairs)
        for (topic, name), day in zip(pairs, self.days(len(pairs)), strict=True):
            yield self.story(topic, self.partners.visitor(name), day)

    def days(self, count: int) -> list[date]:
        days = []
        for year, number in YEARS:
            days += spread(self.rng, date(year, 1, 8), date(year, 12, 13), number)
        return days + spread(self.rng, date(2026, 1, 8), date(2026, 11, 19), count - len(days))

    def story(self, topic: dict[str, Any], visitor: Visitor, asked: date) -> Story:
        steps = self.steps_taken(asked)
        earliest = asked if steps == len(STEPS) else max(asked, TODAY - timedelta(days=14))
        comes = meeting_day(earliest + timedelta(days=self.rng.randrange(26, 84)))
        title = self.rng.choice(TITLES[visitor.sort]).format(who=visitor.name, what=topic["about"])
        engagement = Engagement(
            kind=Kind.VISIT,
            title=title,
            summary=topic["purpose"],
            body=self.staff.body(topic["body"]),
            contact=self.staff.contact(topic["body"]),
            counterpart=visitor.counterpart,
            partner=visitor.partner,
            country=visitor.country,
            happens=f"{comes:%Y-%m-%d}",
            starts_on=comes,
            ends_on=comes if self.rng.random() < 0.7 else later(comes, 1),
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
        return Story(slug, engagement, visit, self.life(topic, engagement, visit, asked, steps))

    def detail(self, topic: dict[str, Any], visitor: Visitor, *, delegation: bool) -> VisitRequest:
        fewest, most = SIZES[visitor.sort]
        digital = self.rng.random()
        return VisitRequest(
            visit_type=VisitType.DELEGATION if delegation else VisitType.STUDY_VISIT,
            visitor_kind=KINDS[visitor.sort],
            level=Level.HIGH if delegation and self.rng.random() < 0.3 else Level.ORDINARY,
            people=self.rng.randrange(fewest, most + 1),
            delegation=self.rng.choice(content("phrases")["delegation"][visitor.sort]),
            sender_name=f"Internationella enheten, {visitor.counterpart}"[:120],
            sender_email=f"international@{slugify(visitor.name)[:40]}.example",
            time_of_day=self.rng.choice(["kl. 9–12", "kl. 13–16", "kl. 10–15, med lunch", "en heldag"]),
            is_flexible=self.rng.random() < 0.4,
            attendance=(
                Attendance.DIGITAL if digital < 0.06 else Attendance.HYBRID if digital < 0.1 else Attendance.ON_SITE
            ),
            language="skandinaviska" if visitor.country in SCANDINAVIAN else "engelska",
            wants=topic["wants"],
            purpose=topic["purpose"],
            benefit=topic["benefit"],
        )

    # --- its life

    def steps_taken(self, asked: date) -> int:
        """How far it has come: what was asked lately is still on somebody's desk."""
        age = (TODAY - asked).days
        if age < 10:
            return self.rng.randrange(0, 2)
        if age < 25:
            return self.rng.randrange(1, 3)
        return self.rng.randrange(2, 4) if age < 36 else len(STEPS)

    def life(
        self, topic: dict[str, Any], engagement: Engagement, visit: VisitRequest, asked: date, steps: int
    ) -> list[Moment]:
        contact, decider = engagement.contact, self.staff.decider(topic["body"])
        assert contact is not None
        grades, total = self.grades(topic)
        yes = total >= 8 and self.rng.random() > 0.06
        text, other = self.proposal(topic, yes=yes)
        assessed = later(asked, self.rng.randrange(1, 7))
        proposed = later(assessed, self.rng.randrange(1, 5))
        decided = later(proposed, self.rng.randrange(1, 6))
        note = self.rng.choice(content("phrases")["propose"]["decided"]) if yes else text.removeprefix(DECLINE)
        marked = tags(topic["direction"], topic["motive"], topic.get("other"))
        moments = [
            self.assessed(assessed, contact, marked, **grades),
            self.proposed(proposed, contact, text, yes=yes, **other),
            self.decided(decided, decider, note, yes=yes),
        ][:steps]
        moments = self.opened(engagement.body, asked, contact) + moments
        return moments + (
            list(self.afterwards(topic, engagement, visit, contact)) if yes and steps == len(STEPS) else []
        )

    def grades(self, topic: dict[str, Any]) -> tuple[dict[str, Any], int]:
        given: dict[str, Any] = {}
        total = 0
        for name in GRADED:
            told = topic.get(name, "")
            thin = told.startswith("Begränsad")
            grade = self.rng.choice([1, 2, 2, 3])
            if told:
                grade = self.rng.choice([0, 1]) if thin else self.rng.choice([2, 2, 3])
            if name == "image" and topic["direction"] == "profilering":
                grade = 3
            given[name] = grade
            given[f"{name}_why"] = told if told and not thin else content("phrases")["grades"][name][grade]
            total += grade
        return given, total

    def proposal(self, topic: dict[str, Any], *, yes: bool) -> tuple[str, dict[str, Any]]:
        phrases = content("phrases")
        if yes:
            return f"{self.rng.choice(phrases['propose']['accept'])} {topic['benefit']}", {}
        reason = self.rng.choice(phrases["decline"]["reasons"])
        return f"{DECLINE}{reason}", {"alternative": self.rng.choice(phrases["decline"]["alternatives"])}

    def afterwards(
        self, topic: dict[str, Any], engagement: Engagement, visit: VisitRequest, contact: User
    ) -> Iterator[Moment]:
        done = later(engagement.ends_on or TODAY, self.rng.randrange(1, 6))
        if done > TODAY - timedelta(days=2):
            return
        came = max(2, (visit.people or 5) + self.rng.choice([-3, -2, -1, 0, 0, 0, 0, 1]))
        told = self.rng.choice(content("phrases")["outcome"]["done"])
        useful = "" if topic["development"].startswith("Begränsad") else f" {topic['development']}"
        yield self.moved(State.COMPLETED, done, contact, visitors_in_fact=came, outcome=f"{told}{useful}")
        closed = later(done, self.rng.randrange(30, 90))
        if closed < date(2026, 6, 1) and self.rng.random() < 0.35:
            yield self.moved(State.CLOSED, closed, contact)


STEPS = ("assessed", "proposed", "decided")
