"""The register's rows behind the annual report: one query a kind of engagement, whatever the number of figures.

Drafts and struck matters are never counted. Secret ones are counted like all others, but no list names them to somebody
who may not read them.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Coalesce

from decisions.enums import FINAL_OUTCOMES, MeetingState
from decisions.models import AgendaItem, Decision, Meeting
from engagements.enums import Kind, Part, ProjectKind, State, TripKind
from engagements.models import EUInfluence, Project, ProjectYear, Trip
from memberships.enums import AgreementType
from memberships.models import Agreement, Membership, Review
from organisation.enums import BodyKind
from reporting import rows
from reporting.enums import NO_INPUT
from reporting.lives import NOT_COUNTED, closed_day, ongoing, said_no, said_yes, within
from reporting.regions import HOME
from visits.enums import Attendance, VisitType
from visits.models import Reception, VisitRequest


def told(field: str, *masked_by: Part) -> Case:
    """A word to count by, or nothing where it is masked or the whole matter is secret: a number that it stands in alone,
    or a word that only it has, would tell what nobody may read. The matter itself is counted all the same."""
    engagement = "project__engagement__" if field.startswith("project__") else "engagement__"
    covered = Q(**{f"{engagement}is_secret": True})
    for part in masked_by:
        covered |= Q(**{f"{engagement}secret_fields__contains": [part.value]})
    return Case(When(covered, then=Value("")), default=F(field), output_field=CharField())


# What came from within Sweden is none of the figures, and tells nothing by being left out.
TOLD_COUNTRY = Case(
    When(engagement__country=HOME, then=Value(HOME)),
    default=told("engagement__country", Part.COUNTERPART),
    output_field=CharField(),
)


def membership_rows(years: tuple[int, ...]) -> Iterator[rows.MembershipRow]:
    found = Membership.objects.filter(said_yes("engagement__"), entered_on__lte=date(years[-1], 12, 31))
    ended = Coalesce("ended_on", closed_day("engagement__"))
    untold = Q(engagement__state=State.CLOSED, ended_on=None, engagement__closed_at=None)
    found = found.exclude(untold).order_by("engagement_id")
    return map(
        rows.MembershipRow._make,
        found.values_list("engagement_id", "form", told("theme"), "entered_on", ended, "post_of_trust"),
    )


def agreement_rows(years: tuple[int, ...]) -> Iterator[rows.AgreementRow]:
    found = Agreement.objects.filter(said_yes("engagement__"), entered_on__lte=date(years[-1], 12, 31))
    ended = Coalesce("ended_on", closed_day("engagement__"))
    found = found.order_by("engagement_id")
    return map(
        rows.AgreementRow._make, found.values_list("engagement_id", "agreement_type", "entered_on", "ends_on", ended)
    )


def review_rows(years: tuple[int, ...]) -> Iterator[rows.ReviewRow]:
    found = Review.objects.filter(within("decided_on", years)).exclude(outcome="")
    found = found.exclude(engagement__state__in=NOT_COUNTED).order_by("engagement_id", "id")
    return map(rows.ReviewRow._make, found.values_list("engagement_id", "outcome", "decided_on"))


def due_rows(years: tuple[int, ...]) -> Iterator[rows.DueRow]:
    """What falls due in the year after: by its own date now, or by a review that was opened for that day."""
    after = tuple(year + 1 for year in years)
    yes = said_yes("engagement__") & ~Q(engagement__state=State.CLOSED)
    for model in (Membership, Agreement):
        due: Any = model.objects.filter(yes, within("review_by", after), ended_on=None)
        if model is Agreement:
            due = due.filter(agreement_type=AgreementType.INTENT)
        yield from map(rows.DueRow._make, due.order_by("engagement_id").values_list("engagement_id", "review_by"))
    opened = Review.objects.filter(within("due_on", after)).exclude(engagement__state__in=NOT_COUNTED)
    yield from map(rows.DueRow._make, opened.order_by("engagement_id").values_list("engagement_id", "due_on"))


def influence_rows(years: tuple[int, ...]) -> Iterator[rows.InfluenceRow]:
    found = EUInfluence.objects.filter(within("submitted_on", years)).exclude(form__in=sorted(NO_INPUT))
    found = found.exclude(said_no("engagement__")).exclude(engagement__state__in=NOT_COUNTED)
    found = found.order_by("submitted_on", "engagement_id")
    return map(rows.InfluenceRow._make, found.values_list("engagement_id", "form", told("policy_area"), "submitted_on"))


def money_rows(years: tuple[int, ...]) -> Iterator[rows.MoneyRow]:
    found = ProjectYear.objects.filter(
        said_yes("project__engagement__"), project__kind=ProjectKind.EU, year__gte=years[0], year__lte=years[-1]
    ).order_by("project_id", "year")
    return map(
        rows.MoneyRow._make,
        found.values_list(
            "project_id",
            "year",
            "funding_sek",
            told("project__programme"),
            "project__engagement__body__code",
            "project__engagement__body__name",
        ),
    )


def project_rows(years: tuple[int, ...]) -> Iterator[rows.ProjectRow]:
    last = date(years[-1], 12, 31)
    started = Q(engagement__starts_on__lte=last) | Q(years__year__gte=years[0], years__year__lte=years[-1])
    found = Project.objects.filter(said_yes("engagement__"), started, kind=ProjectKind.EU).distinct()
    ends = Coalesce("engagement__ends_on", closed_day("engagement__"))
    return map(
        rows.ProjectRow._make,
        found.order_by("engagement_id").values_list(
            "engagement_id", "engagement__starts_on", ends, "engagement__body__code", "engagement__body__name"
        ),
    )


def visit_rows(years: tuple[int, ...]) -> Iterator[rows.VisitRow]:
    found = (
        VisitRequest.objects.filter(
            said_yes("engagement__"), within("engagement__starts_on", years), engagement__kind=Kind.VISIT
        )
        .exclude(visit_type=VisitType.INVITATION_LETTER)
        .order_by("engagement__starts_on", "engagement_id")
    )
    is_digital = Case(When(attendance=Attendance.DIGITAL, then=Value(True)), default=Value(False))
    return map(
        rows.VisitRow._make,
        found.values_list(
            "engagement_id",
            "engagement__starts_on",
            TOLD_COUNTRY,
            "visitor_kind",
            "visit_type",
            is_digital,
            Coalesce("visitors_in_fact", "people"),
        ),
    )


def reception_rows(years: tuple[int, ...]) -> Iterator[rows.ReceptionRow]:
    decided = Reception.objects.filter(within("engagement__starts_on", years))
    granted = Case(When(said_yes("engagement__"), then=Value(True)), default=Value(False))
    found = decided.filter(said_yes("engagement__") | said_no("engagement__"))
    found = found.order_by("engagement__starts_on", "engagement_id")
    return map(rows.ReceptionRow._make, found.values_list("engagement_id", "engagement__starts_on", granted, "guests"))


def hosted_rows(years: tuple[int, ...]) -> Iterator[rows.HostedRow]:
    found = Trip.objects.filter(
        said_yes("engagement__"), within("engagement__starts_on", years), kind=TripKind.CONFERENCE_HOSTED
    ).order_by("engagement__starts_on", "engagement_id")
    return map(rows.HostedRow._make, found.values_list("engagement_id", "engagement__starts_on"))


def meeting_rows(years: tuple[int, ...]) -> Iterator[rows.MeetingRow]:
    held = Meeting.objects.filter(within("held_on", years), body__kind=BodyKind.INTERNATIONAL_COMMITTEE)
    held = held.exclude(state=MeetingState.PLANNED).order_by("held_on", "id")
    items = AgendaItem.objects.filter(meeting__in=held.order_by(), engagement__isnull=False)
    handled: dict[int, list[int]] = {}
    for meeting, engagement in items.order_by("section", "position", "id").values_list("meeting_id", "engagement_id"):
        handled.setdefault(meeting, []).append(engagement)
    for meeting, on in held.values_list("id", "held_on"):
        for engagement in handled.get(meeting) or [None]:  # type: ignore[list-item]
            yield rows.MeetingRow(meeting, on, engagement)


def decision_rows(years: tuple[int, ...]) -> Iterator[rows.DecisionRow]:
    """Decisions that the delegate took in matters handled at the committee's meetings."""
    found = Decision.objects.filter(
        within("decided_on", years),
        item__meeting__body__kind=BodyKind.INTERNATIONAL_COMMITTEE,
        outcome__in=sorted(FINAL_OUTCOMES),
    ).order_by("decided_on", "id")
    return map(rows.DecisionRow._make, found.values_list("engagement_id", "item__meeting_id", "outcome", "decided_on"))


def span_rows(years: tuple[int, ...]) -> Iterator[rows.SpanRow]:
    found = ongoing(years).order_by("id")
    return map(rows.SpanRow._make, found.values_list("id", "begins", "ends", "main_direction", "other_directions"))
