"""Visits told one by one: those of protocol, and those that lie on the cast's desks."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.text import slugify

from engagements.enums import Financing, Instrument, Kind, Scope, State
from engagements.models import Engagement
from stockholm_intl.sample.content import content
from stockholm_intl.sample.days import TODAY, later
from stockholm_intl.sample.lives import Desk, tags
from stockholm_intl.sample.visits import KINDS
from stockholm_intl.sample.writing import Moment, Story
from visits.enums import Level, VisitorKind, VisitType
from visits.models import VisitRequest
from visits.rules import GRADED

INSTRUMENTS = {
    "state_visit": Instrument.STATE_VISIT,
    "protocol_visit": Instrument.PROTOCOL_VISIT,
    "invitation": Instrument.INVITATION_LETTER,
}
PROPOSED = {"invitation": "Brevet föreslås skrivas, med programmet som bilaga."}


class ProtocolVisits(Desk):
    def stories(self) -> Iterator[Story]:
        for row in content("protocol")["rows"]:
            yield self.story(row)

    def story(self, row: list[Any]) -> Story:
        title, sort, counterpart, country, code, day, people, purpose, benefit, direction, motive, state = row
        comes = date.fromisoformat(day)
        # protokollsenheten prepares what SLK receives; kommunfullmäktige's guests are its own office's
        by = self.staff.cast["protocol"] if code == "110" else self.staff.contact(code)
        engagement = Engagement(
            kind=Kind.VISIT, title=title, summary=purpose, body=self.staff.body(code), contact=by,
            counterpart=counterpart, country=country, happens=day, starts_on=comes, ends_on=comes,
            goal="Stadens protokollära värdskap", sustainability=["democratic"], scope=Scope.CITY_WIDE,
            instrument=INSTRUMENTS.get(sort, Instrument.VISIT), financing=Financing.OWN, on_behalf_of_ks=code != "KF",
        )  # fmt: skip
        visit = VisitRequest(
            visit_type=VisitType(sort), visitor_kind=VisitorKind.OFFICIALS, people=people,
            level=Level.ORDINARY if sort == VisitType.INVITATION_LETTER else Level.HIGH,
            delegation="Enligt gästlistan.", sender_name=counterpart, language="engelska", time_of_day="kl. 10–12",
            wants=purpose if sort == VisitType.INVITATION_LETTER else f"{purpose} Rundvandring i Stadshuset.",
            purpose=purpose, benefit=benefit,
        )  # fmt: skip
        asked = min(later(comes, -self.rng.randrange(55, 75)), date(2026, 10, 26))
        life = self.opened(engagement.body, asked, by) + [
            self.assessed(later(asked, 4), by, tags(direction, motive)),
            self.proposed(
                later(asked, 8), by, PROPOSED.get(sort, "Besöket föreslås tas emot enligt det protokollära programmet.")
            ),
        ]
        if state != State.PROPOSED:
            life.append(self.decided(later(asked, 12), self.staff.decider(code), "Enligt förslaget."))
        if state in (State.COMPLETED, State.CLOSED):
            told = {"visitors_in_fact": people, "outcome": f"Programmet följdes. {benefit}"}
            life.append(self.moved(State.COMPLETED, later(comes, 2), by, **told))
        if state == State.CLOSED:
            life.append(self.moved(State.CLOSED, later(comes, 40), by))
        return Story(f"protokoll-{slugify(title)}", engagement, visit, life)


class DeskVisits(Desk):
    def stories(self) -> Iterator[Story]:
        for told in content("desk")["visits"]:
            yield self.story(told)

    def story(self, told: dict[str, Any]) -> Story:
        visitor = self.partners.visitor(told["visitor"])
        comes = date.fromisoformat(told["comes"]) if told["comes"] else None
        engagement = Engagement(
            kind=Kind.VISIT, title=told["title"], summary=told["purpose"], body=self.staff.body(told["body"]),
            contact=self.staff.contact(told["body"]), counterpart=visitor.counterpart, partner=visitor.partner,
            country=visitor.country, happens=told["comes"], starts_on=comes, ends_on=comes,
            respond_by=date.fromisoformat(told["answer"]) if "answer" in told else None,
            scope=Scope.OWN_FIELD, instrument=Instrument.VISIT, financing=Financing.OWN, on_behalf_of_ks=False,
            is_secret="secret" in told, secrecy_paragraph=told.get("secret", ""),
            secrecy_ground=told.get("ground", ""),
        )  # fmt: skip
        visit = VisitRequest(
            visit_type=VisitType.STUDY_VISIT, visitor_kind=KINDS[visitor.sort], people=told["people"],
            sender_name=f"Internationella enheten, {visitor.counterpart}"[:120],
            sender_email=f"international@{slugify(visitor.name)[:40]}.example", language="engelska",
            wants=told["wants"], purpose=told["purpose"], benefit=told["benefit"],
        )  # fmt: skip
        return Story(f"bord-{slugify(told['title'])}", engagement, visit, self.life(told, engagement))

    def life(self, told: dict[str, Any], engagement: Engagement) -> list[Moment]:
        asked, state = date.fromisoformat(told["asked"]), State(told["state"])
        by, decider = self.staff.contact(told["body"]), self.staff.decider(told["body"])
        life = self.opened(engagement.body, asked, by)
        if state == State.DRAFT:
            return life[:1]
        if state == State.STRUCK:
            return [*life, self.moved(State.STRUCK, later(asked, 1), decider, told["reason"])]
        if state == State.REGISTERED:
            return life
        grades = dict(zip(GRADED, told["grades"], strict=True))
        reasons = {f"{name}_why": content("phrases")["grades"][name][grade] for name, grade in grades.items()}
        life.append(self.assessed(later(asked, 3), by, tags(told["direction"], told["motive"]), **grades, **reasons))
        if state == State.ASSESSED:
            return life
        yes = "decline" not in told
        other = {} if yes else {"alternative": "En digital genomgång för hela kursen och skriftliga svar efteråt."}
        life.append(self.proposed(later(asked, 6), by, told["proposal"], yes=yes, **other))
        if state == State.PROPOSED:
            return life
        life.append(self.decided(later(asked, 9), decider, "Enligt förslaget."))
        if engagement.starts_on and engagement.starts_on < TODAY - timedelta(days=5):
            done = {"visitors_in_fact": told["people"], "outcome": told["benefit"]}
            life.append(self.moved(State.COMPLETED, later(engagement.starts_on, 2), by, **done))
        return life
