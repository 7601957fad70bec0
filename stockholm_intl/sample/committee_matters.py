"""What Internationella beredningen handles: receptions, conferences abroad for kommunstyrelsen, declarations.

The stories end as proposals; `meetings` takes them through the committee by its own operations.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.text import slugify

from decisions.enums import Section
from engagements.enums import Burden, Financing, Instrument, Kind, Scope, TripKind
from engagements.models import Declaration, Engagement, Trip
from stockholm_intl.kit.swedish import Noun, counted, kronor
from stockholm_intl.sample.content import content
from stockholm_intl.sample.days import later
from stockholm_intl.sample.lives import Desk, tags
from stockholm_intl.sample.writing import Moment, Story
from visits.models import Reception

MEETINGS = tuple(date.fromisoformat(day) for day in content("meetings")["days"])
NINTH, TENTH = date(2026, 11, 18), date(2026, 12, 9)
PERSON = Noun("en", "företrädare", "företrädare")
WHY_VISIBLE = "Värdskapet gör staden synlig för deltagarna och deras nätverk."


@dataclass
class Referral:
    """A story and the meeting that handles it, with the words for its item. `outcome` is a key of the texts."""

    story: Story
    meeting: date
    section: Section
    outcome: str
    words: dict[str, Any]
    cost: Decimal | None = None


class CommitteeMatters(Desk):
    def referrals(self) -> Iterator[Referral | Story]:
        """What is `new` stands on no agenda yet and comes as a plain story."""
        for row in content("receptions")["rows"]:
            yield self.reception(row)
        for row in content("trips")["ks"]:
            yield self.trip(row)
        for row in content("declarations")["rows"]:
            yield self.declaration(row)

    # --- receptions

    def reception(self, row: list[Any]) -> Referral | Story:
        what, who, day, slot, hall, guests, share, venue, region, outcome, why = row
        evening = date.fromisoformat(day)
        meeting = self.meeting(evening - timedelta(days=55), outcome)
        engagement = Engagement(
            kind=Kind.RECEPTION, title=f"Mottagning i Stadshuset för {what}"[:200], summary=why,
            body=self.staff.body("110"), contact=self.staff.cast["protocol"], counterpart=who, happens=day,
            starts_on=evening, ends_on=evening, respond_by=answer_by(meeting, outcome), scope=Scope.CITY_WIDE, on_behalf_of_ks=True,
            instrument=Instrument.RECEPTION, financing=Financing.OWN, cost=Decimal(guests * 450),
            goal="Stockholms besöksstrategi", sustainability=["economic"],
        )  # fmt: skip
        detail = Reception(
            slot=slot, venue=hall, guests=guests, share_abroad=share, congress_venue=venue, why_the_city=why,
            region_co_hosts={"ja": True, "nej": False}.get(region), share_is_estimate=False,
            congress_in_city=True, guests_stay_in_city=True, congress_from=evening - timedelta(days=1),
            congress_to=evening + timedelta(days=2),
        )  # fmt: skip
        refused = refusal(guests, share, who)
        proposal = (
            f"Avslå ansökan. {refused}" if bare(outcome) == "declined" else "Bevilja mottagningen enligt ansökan."
        )
        life = self.prepared(engagement, meeting, tags("profilering", WHY_VISIBLE), proposal)
        story = Story(f"mottagning-{slugify(what)}", engagement, detail, life[:2] if outcome == "new" else life)
        if outcome == "new":
            return story
        words = {"slot": slot, "hall": hall, "guests": guests, "who": who, "evening": evening}
        words["refusal"] = refused
        return Referral(story, meeting, Section.REPRESENTATION, f"reception_{bare(outcome)}", words, engagement.cost)

    # --- conferences abroad

    def trip(self, row: list[Any]) -> Referral:
        title, place, country, who, span, people, cost, code, direction, motive, outcome = row
        first, last = map(date.fromisoformat, span.split("/"))
        meeting = self.meeting(first - timedelta(days=25), outcome)
        engagement = Engagement(
            kind=Kind.TRIP, title=title, summary=motive, body=self.staff.body(code), contact=self.staff.contact(code),
            counterpart=who, partner=self.partners.named(who), country=country, happens=f"{first:%Y-%m-%d}",
            starts_on=first, ends_on=last, respond_by=answer_by(meeting, outcome), scope=Scope.CITY_WIDE, on_behalf_of_ks=True,
            instrument=Instrument.TRIP, financing=Financing.OWN, cost=Decimal(cost), burden=Burden.NONE,
            goal="Stadens budget, internationellt arbete", sustainability=["economic", "democratic"],
        )  # fmt: skip
        delegation = f"{people} personer, varav en förtroendevald"
        detail = Trip(kind=TripKind.CONFERENCE, place=place, people=people, delegation=delegation)
        proposal = (
            f"Bevilja att {counted(people, PERSON)} för staden deltar.\n"
            f"Låta {engagement.body.name} betala kostnaden, högst {kronor(cost)}."
        )
        life = self.prepared(engagement, meeting, tags(direction, motive), proposal)
        words = {"event": title, "people": people, "fewer": people - 1, "cost": cost, "office": engagement.body.name}
        story = Story(f"resa-{slugify(title)}", engagement, detail, life)
        return Referral(story, meeting, Section.INTERNATIONAL, f"trip_{bare(outcome)}", words, Decimal(cost))

    # --- declarations

    def declaration(self, row: list[Any]) -> Referral | Story:
        title, kind, who, registered, code, cost, burden, direction, motive, commitments, outcome = row
        asked = date.fromisoformat(registered)
        meeting = next(day for day in MEETINGS if day >= asked + timedelta(days=15))
        meeting = {"granted9": NINTH, "waiting": TENTH}.get(outcome, meeting)
        engagement = Engagement(
            kind=Kind.DECLARATION, title=title, summary=commitments, body=self.staff.body(code),
            contact=self.staff.contact(code), counterpart=who, partner=self.partners.named(who), happens=registered,
            starts_on=asked, respond_by=answer_by(meeting, outcome), scope=Scope.CITY_WIDE, instrument=Instrument(kind), burden=burden,
            on_behalf_of_ks=True, financing=Financing.OWN, cost=Decimal(cost),
            goal="Miljöprogrammet" if "klimat" in commitments else "Stadens budget", sustainability=["ecological"],
        )  # fmt: skip
        detail = Declaration(kind=kind, commitments=commitments)
        life = self.prepared(engagement, meeting, tags(direction, motive), "Ansluta staden till åtagandet.", asked)
        story = Story(f"deklaration-{slugify(title)}", engagement, detail, life[:2] if outcome == "new" else life)
        if outcome == "new":
            return story
        key = "onward" if outcome == "ks" else f"declaration_{bare(outcome)}"
        return Referral(story, meeting, Section.INTERNATIONAL, key, {"event": sentence_case(title)})

    # --- what they share

    def meeting(self, latest: date, outcome: str) -> date:
        """The last meeting in time, unless the row says which."""
        if outcome == "waiting":
            return TENTH
        if outcome.endswith("9") or latest >= NINTH:
            return NINTH
        return max((day for day in MEETINGS if day <= latest), default=MEETINGS[0])

    def prepared(
        self, engagement: Engagement, meeting: date, marks: dict[str, Any], proposal: str, asked: date | None = None
    ) -> list[Moment]:
        asked = asked or max(date(2024, 1, 8), later(meeting, -self.rng.randrange(36, 48)))
        by = engagement.contact
        assert by is not None
        return [
            *self.opened(engagement.body, asked, by),
            self.assessed(later(asked, 4), by, marks),
            self.proposed(later(asked, 9), by, proposal),
        ]


def answer_by(meeting: date, outcome: str) -> date:
    """What came back from the ninth meeting, and what is new, waits for the tenth."""
    return TENTH if outcome in {"new", "remitted9", "tabled9"} else meeting


def bare(outcome: str) -> str:
    return outcome.removesuffix("9")


def sentence_case(title: str) -> str:
    """Inside a sentence: "att staden ställer sig bakom deklarationen …"."""
    lowered = title[:1].lower() + title[1:]
    return lowered.replace("deklaration om", "deklarationen om", 1)


def refusal(guests: int, share: int, who: str) -> str:
    """The rule that an application fell on (domain section 7, R1 and R3)."""
    if guests < 150:
        return f"Antalet gäster, {guests}, är under 150."
    if share <= 50:
        return f"Andelen gäster från utlandet, {share} procent, är inte mer än hälften."
    return f"Mottagningen har kommersiellt syfte; {who[:1].lower()}{who[1:]} kan hyra stadens lokaler."
