"""The sample's memberships: those in force when the register began, new ones, those that were left or never entered."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.text import slugify

from engagements.enums import Financing, Kind, PartnerKind, Scope, State
from engagements.models import Engagement, Partner
from memberships.enums import MembershipForm, ReviewOutcome
from memberships.models import Membership, Review
from memberships.rules import INSTRUMENTS, INTERVAL_MONTHS, add_months
from stockholm_intl.sample.content import content
from stockholm_intl.sample.days import later, spread, workday
from stockholm_intl.sample.lives import Desk, tags
from stockholm_intl.sample.writing import Moment, Story

STARTED = (date(2024, 1, 8), date(2024, 3, 22))  # when what was in force already was written in
BEGAN = "Gällde när registret började föras."
CITY = {"KS", "110"}
# What a theme usually serves, where a membership says nothing of its own.
DIRECTIONS = {
    "näringsliv och besök": ("profilering", "Medlemskapet gör Stockholm synligt där besökare och företag väljer."),
    "hamn och logistik": ("paverkan", "Reglerna skrivs i EU och når hamnarna genom organisationen."),
    "bostäder": ("paverkan", "Statsstöd och renoveringskrav avgörs i Bryssel."),
    "digitalisering": ("omvarldsbevakning", "Tekniken ändras fort och behöver följas."),
    "trygghet och beredskap": ("samverkan", "Metoderna prövas i flera städer på en gång."),
}
USUAL = ("samverkan", "Erfarenheterna byts mellan städer med samma frågor.")


class Memberships(Desk):
    reviews: list[Review]

    def stories(self) -> Iterator[Story]:
        """Memberships the register of history has brought already are left to it."""
        self.reviews = []
        taken = set(
            Engagement.objects.filter(kind=Kind.MEMBERSHIP, state=State.APPROVED).values_list("partner", flat=True)
        )
        told = [*content("memberships")["memberships"], *map(as_told, content("networks")["rows"])]
        days = spread(self.rng, *STARTED, len(told))
        for one, day in zip(told, days, strict=True):
            story = self.in_force(one, day)
            if story.engagement.partner_id not in taken:
                yield story
        for row in content("networks")["new_rows"]:
            yield self.entered(as_told(row))
        for row in content("networks")["ended"]:
            yield self.left(row)
        for row in content("networks")["others"]:
            yield self.considered(row)

    def in_force(self, told: dict[str, Any], day: date) -> Story:
        engagement, membership = self.matter(told), self.detail(told)
        by = self.staff.contact(told["body"])
        life = self.opened(engagement.body, day, by, **self.tags_of(told))
        written_in = Moment(State.APPROVED, life[-1].at + timedelta(minutes=4), by, BEGAN, {"decision_note": BEGAN})
        life.append(written_in)
        self.review(told, engagement, membership, day, life)
        return self.story(told, engagement, membership, life)

    def review(
        self, told: dict[str, Any], engagement: Engagement, membership: Membership, day: date, life: list[Moment]
    ) -> None:
        """When it was last reconsidered; within the register's time, with the review itself."""
        entered, due = membership.entered_on, told.get("due")
        if due:
            reviewed = add_months(date.fromisoformat(due), -membership.interval_months)
        elif "reviewed" in told:
            reviewed = date.fromisoformat(told["reviewed"])
        else:
            first = max(date(2023, 9, 4), add_months(entered, 36))
            reviewed = workday(first + timedelta(days=self.rng.randrange(max(1, (date(2026, 10, 30) - first).days))))
        if reviewed <= entered or (not due and entered >= date(2023, 9, 1)):
            return
        if reviewed <= later(day, 5):
            membership.last_reviewed_on = reviewed
            return
        decider = self.staff.board_of(told["body"])
        outcome = self.rng.choice([ReviewOutcome.KEEP, ReviewOutcome.KEEP, ReviewOutcome.KEEP, ReviewOutcome.CHANGE])
        note = told["benefit"]
        life.append(self.moved(State.APPROVED, reviewed, decider, note, last_reviewed_on=reviewed))
        self.reviews.append(
            Review(engagement=engagement, due_on=later(reviewed, 20), opened_on=later(reviewed, -120),
                   outcome=outcome, note=note, decided_on=reviewed, decided_by=decider)
        )  # fmt: skip

    def entered(self, told: dict[str, Any]) -> Story:
        entered = date.fromisoformat(told["entered"])
        engagement, membership = self.matter(told), self.detail(told)
        by, decider = self.staff.contact(told["body"]), self.staff.board_of(told["body"])
        asked = later(entered, -45)
        life = [
            *self.opened(engagement.body, asked, by),
            self.assessed(later(asked, 10), by, self.tags_of(told)),
            self.proposed(later(asked, 20), by, f"Medlemskapet föreslås ingås. {told['benefit']}"),
            self.decided(entered, decider, "Enligt förslaget. Omprövas efter fyra år."),
        ]
        return self.story(told, engagement, membership, life)

    def left(self, row: list[Any]) -> Story:
        told = as_told([*row[:6], "", row[7], row[8]])
        ended = date.fromisoformat(row[6])
        engagement, membership = self.matter(told), self.detail(told)
        by, decider = self.staff.contact(told["body"]), self.staff.board_of(told["body"])
        day = later(STARTED[0], self.rng.randrange(60))
        life = self.opened(engagement.body, day, by, **self.tags_of(told))
        life.append(Moment(State.APPROVED, life[-1].at + timedelta(minutes=4), by, BEGAN, {"decision_note": BEGAN}))
        life.append(self.moved(State.CLOSED, ended, decider, row[8], ended_on=ended))
        membership.benefit = ""
        self.reviews.append(
            Review(engagement=engagement, due_on=later(ended, 15), opened_on=later(ended, -90),
                   outcome=ReviewOutcome.LEAVE, note=row[8], decided_on=ended, decided_by=decider)
        )  # fmt: skip
        return self.story(told, engagement, membership, life)

    def considered(self, row: list[Any]) -> Story:
        name, acronym, form, theme, code, registered, state, fee, words = row
        told = as_told([name, acronym, form, theme, code, registered, "", fee, words])
        engagement, membership = self.matter(told), self.detail(told)
        engagement.happens, engagement.starts_on = "", None
        engagement.respond_by = later(date.fromisoformat(registered), 45)
        by, decider = self.staff.contact(code), self.staff.board_of(code)
        asked = date.fromisoformat(registered)
        yes = state != State.DECLINED
        text = f"Medlemskapet föreslås {'ingås' if yes else 'inte ingås'}. {words}"
        steps = {State.REGISTERED: 0, State.ASSESSED: 1, State.PROPOSED: 2, State.DECLINED: 3}[State(state)]
        life = [
            self.assessed(later(asked, 7), by, self.tags_of(told)),
            self.proposed(later(asked, 15), by, text, yes=yes),
            self.decided(later(asked, 30), decider, words, yes=yes),
        ][:steps]
        return self.story(told, engagement, membership, self.opened(engagement.body, asked, by) + life)

    # --- rows

    def matter(self, told: dict[str, Any]) -> Engagement:
        partner = self.partner(told)
        joins = told["form"] in (MembershipForm.ORGANISATION, MembershipForm.NETWORK)
        city_wide = told["body"] in CITY
        return Engagement(
            kind=Kind.MEMBERSHIP,
            title=f"{'Medlemskap i' if joins else 'Anslutning till'} {partner.name}"[:200],
            summary=told["benefit"], body=self.staff.body(told["body"]), contact=self.staff.contact(told["body"]),
            counterpart=partner.name, partner=partner, happens=told["entered"],
            starts_on=date.fromisoformat(told["entered"]), instrument=INSTRUMENTS[told["form"]],
            scope=Scope.CITY_WIDE if city_wide else Scope.OWN_FIELD, financing=Financing.OWN,
            goal="Internationell strategi, avsnitt 4", sustainability=["democratic", "ecological"][:1 + city_wide],
            cost=told.get("fee") or None,
        )  # fmt: skip

    def partner(self, told: dict[str, Any]) -> Partner:
        return self.partners.find(
            told["partner"], PartnerKind(told["form"]), acronym=told.get("acronym", ""), theme=told["theme"]
        )

    def detail(self, told: dict[str, Any]) -> Membership:
        return Membership(
            form=told["form"], theme=told["theme"], entered_on=date.fromisoformat(told["entered"]),
            annual_fee=told.get("fee") or None, interval_months=told.get("interval", INTERVAL_MONTHS),
            interval_reason=told.get("interval_reason", ""), post_of_trust=told.get("post", ""),
            benefit=told["benefit"],
        )  # fmt: skip

    def tags_of(self, told: dict[str, Any]) -> dict[str, Any]:
        usual = DIRECTIONS.get(told["theme"], USUAL)
        return tags(told.get("direction", usual[0]), told.get("motive", usual[1]))

    def story(self, told: dict[str, Any], engagement: Engagement, detail: Membership, life: list[Moment]) -> Story:
        return Story(f"medlemskap-{slugify(told['partner'])}", engagement, detail, life)


def as_told(row: list[Any]) -> dict[str, Any]:
    """A row of networks.toml with its columns named."""
    names = ("partner", "acronym", "form", "theme", "body", "entered", "due", "fee", "benefit")
    return {name: value for name, value in zip(names, row, strict=True) if value != "" or name == "acronym"}
