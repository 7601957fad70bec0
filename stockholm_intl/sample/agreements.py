"""The sample's agreements: of intent with organisations and networks, and of cooperation with universities."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.text import slugify

from engagements.enums import Financing, Kind, PartnerKind, Scope, State
from engagements.models import Engagement
from memberships.enums import AgreementType
from memberships.models import Agreement
from memberships.rules import INSTRUMENTS, add_months
from stockholm_intl.sample.content import content
from stockholm_intl.sample.days import later, spread
from stockholm_intl.sample.lives import Desk, tags
from stockholm_intl.sample.memberships import BEGAN, STARTED
from stockholm_intl.sample.writing import Moment, Story

REGISTER_BEGAN = date(2024, 1, 1)


class Agreements(Desk):
    def stories(self) -> Iterator[Story]:
        intents = content("memberships")["intents"]
        for told, day in zip(intents, spread(self.rng, *STARTED, len(intents)), strict=True):
            yield self.intent(told, day)
        for told in content("agreements")["agreements"]:
            yield self.cooperation(told)

    def intent(self, told: dict[str, Any], day: date) -> Story:
        """Entered before the register began, or decided in it; reconsidered by the same clock as memberships."""
        entered = date.fromisoformat(told["entered"])
        partner = self.partners.find(told["partner"], PartnerKind.ORGANISATION)
        engagement = self.matter(
            told, AgreementType.INTENT, counterpart=partner.name, partner=partner, starts_on=entered
        )
        agreement = self.detail(told, AgreementType.INTENT, entered)
        due = told.get("due")
        if due and (reviewed := add_months(date.fromisoformat(due), -48)) > entered:
            agreement.last_reviewed_on = reviewed
        if entered >= REGISTER_BEGAN:
            return self.decided_here(told, engagement, agreement, later(entered, -40), entered)
        by = self.staff.contact(told["body"])
        life = self.opened(engagement.body, day, by, **tags(told["direction"], told["motive"]))
        life.append(Moment(State.APPROVED, life[-1].at + timedelta(minutes=4), by, BEGAN, {"decision_note": BEGAN}))
        return Story(slug(told), engagement, agreement, life)

    def cooperation(self, told: dict[str, Any]) -> Story:
        kind = AgreementType(told.get("type", "cooperation"))
        visitor = self.partners.visitor(told["visitor"]) if "visitor" in told else None
        registered = date.fromisoformat(told["registered"])
        entered = date.fromisoformat(told["entered"]) if "entered" in told else None
        engagement = self.matter(
            told,
            kind,
            counterpart=visitor.counterpart if visitor else told["counterpart"],
            partner=visitor.partner if visitor else None,
            country=visitor.country if visitor else "",
            starts_on=entered,
            ends_on=date.fromisoformat(told["ends"]) if "ends" in told else None,
        )
        agreement = self.detail(told, kind, entered or later(registered, 60))
        return self.decided_here(told, engagement, agreement, registered, entered)

    def decided_here(
        self, told: dict[str, Any], engagement: Engagement, agreement: Agreement, asked: date, entered: date | None
    ) -> Story:
        by, decider = self.staff.contact(told["body"]), self.staff.board_of(told["body"])
        yes = told.get("state") != State.DECLINED
        text = "Avtalet föreslås ingås. " + told.get("ours", "") if yes else told["note"]
        life = [
            *self.opened(engagement.body, asked, by),
            self.assessed(later(asked, 8), by, tags(told["direction"], told["motive"])),
            self.proposed(later(asked, 15), by, text, yes=yes),
        ]
        if told.get("state") != State.PROPOSED:
            day = entered or later(asked, 30)
            life.append(self.decided(day, decider, "Enligt förslaget." if yes else told["note"], yes=yes))
        if "ended" in told:
            ended = date.fromisoformat(told["ended"])
            life.append(self.moved(State.CLOSED, later(ended, 5), by, "Avtalstiden är slut.", ended_on=ended))
        return Story(slug(told), engagement, agreement, life)

    def matter(self, told: dict[str, Any], kind: AgreementType, **fields: Any) -> Engagement:
        entered = fields.get("starts_on")
        return Engagement(
            kind=Kind.AGREEMENT, title=told["title"], summary=told["activity"], body=self.staff.body(told["body"]),
            contact=self.staff.contact(told["body"]), happens=f"{entered:%Y-%m-%d}" if entered else "",
            instrument=INSTRUMENTS[kind], scope=Scope.CITY_WIDE if told["body"] == "KS" else Scope.OWN_FIELD,
            financing=Financing.OWN, goal="Nämndens verksamhetsplan", sustainability=["economic", "ecological"],
            **fields,
        )  # fmt: skip

    def detail(self, told: dict[str, Any], kind: AgreementType, entered: date) -> Agreement:
        return Agreement(
            agreement_type=kind, theme=told["theme"], activity=told["activity"], our_benefit=told.get("ours", ""),
            their_benefit=told.get("theirs", ""), entered_on=entered,
            ends_on=date.fromisoformat(told["ends"]) if "ends" in told else None,
        )  # fmt: skip


def slug(told: dict[str, Any]) -> str:
    return f"avtal-{slugify(told['title'])}"
