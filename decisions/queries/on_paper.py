"""A meeting as its papers show it. What is secret stands on no paper but as a number that somebody decided."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from decisions.enums import Outcome, Section
from decisions.models import AgendaItem, Approval, Correction, Decision, Meeting, Paper, Printing
from decisions.papers import AgendaLine, AgendaPaper, AgendaSection, DecisionListPaper, DecisionRow
from decisions.queries.corrected import correction_rows, corrections_by_decision, tags_as_decided
from decisions.queries.decided import final_decisions
from engagements.masking import covered_for_all
from engagements.models import Engagement
from engagements.permission import access_of, named_among
from engagements.strategy.editions import Edition, edition, in_force
from organisation.models import User
from stockholm_intl.kit.swedish import listed, long_date


def decision_list_paper(meeting: Meeting) -> DecisionListPaper:
    """Always in Swedish, whoever prints it: the list is the city's own record."""
    decisions = [on_list(decision) for decision in final_decisions(meeting)]
    newest, *earlier = editions_of((decision.engagement for decision in decisions), on=meeting.held_on)
    corrections = corrections_by_decision(meeting)
    with override("sv"):
        rows = tuple(
            decision_row(meeting, place, decision, corrections.get(decision.pk, []))
            for place, decision in enumerate(decisions, 1)
        )
        return DecisionListPaper(
            title=paper_title(meeting),
            body=meeting.body.name,
            held_on=meeting.held_on,
            edition=newest,
            earlier=tuple(earlier),
            rows=rows,
            approved_on=meeting.approved_on,
            approved_by=listed(
                [str(one.person) for one in meeting.approvals.filter(item=None).select_related("person")]
            ),
            corrections=correction_rows(zip((row.number for row in rows), decisions, strict=True), corrections),
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            place=meeting.place,
            present="; ".join(meeting.present.split("\n")),
            registry_number=meeting.registry_number,
            is_sample=meeting.is_sample,
            reported_on=meeting.reported_on,
            reported_paragraph=meeting.reported_paragraph,
        )


def agenda_paper(meeting: Meeting) -> AgendaPaper:
    """The agenda with proposals and reasons; secret matters are handed out by hand."""
    items = [covered_for_all(item) for item in open_on_paper(meeting)]
    newest, *earlier = editions_of((item.engagement for item in items), on=meeting.held_on)
    with override("sv"):
        return AgendaPaper(
            title=paper_title(meeting),
            body=meeting.body.name,
            held_on=meeting.held_on,
            edition=newest,
            earlier=tuple(earlier),
            sections=tuple(
                AgendaSection(code, str(Section(code).label), tuple(map(agenda_line, found)))
                for code, found in groupby(items, key=lambda item: item.section)
            ),
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            place=meeting.place,
            registry_number=meeting.registry_number,
            is_sample=meeting.is_sample,
        )


def on_list(decision: Decision) -> Decision:
    """The decision as anybody may read it: parts that are marked secret are covered."""
    if decision.item:
        decision.item.engagement = decision.engagement
        covered_for_all(decision.item)
    return covered_for_all(decision)


def matters_of(meeting: Meeting) -> list[int]:
    """Ids of the engagements whose words stand on the meeting's papers."""
    return sorted(item.engagement_id for item in open_on_paper(meeting) if item.engagement_id)


def last_printed(engagement: Engagement, since: datetime) -> datetime | None:
    """When its words last came out on a meeting's paper after that moment."""
    papers = Paper.objects.filter(engagement_ids__contains=[engagement.pk], made_at__gte=since)
    again = Printing.objects.filter(engagement_ids__contains=[engagement.pk], printed_at__gte=since)
    found = (papers.aggregate(day=Max("made_at"))["day"], again.aggregate(day=Max("printed_at"))["day"])
    return max(filter(None, found), default=None)


def papers_of(user: User, meeting: Meeting) -> list[Paper]:
    """The meeting's prints, newest first, without their bytes: those whose every matter this person may read today.

    What was marked secret after it was last printed stands in it in clear: it is for those named in that matter.
    """
    approved = Exists(Approval.objects.filter(paper=OuterRef("pk")))
    papers = list(
        meeting.papers.defer("content")
        .select_related("made_by")
        .annotate(is_approved=approved)
        .prefetch_related("printings")
    )
    prints = [paper.last_printed for paper in papers]
    ids = {pk for one in prints for pk in one.engagement_ids}
    found = Engagement.objects.visible_to(user).filter(pk__in=ids)
    marked = dict(found.filter(secrecy_at__isnull=False).values_list("pk", "secrecy_at"))
    readable = set(found.values_list("pk", flat=True))
    named = named_among(access_of(user), marked) if marked else frozenset()

    def clear(one: Paper | Printing) -> bool:
        later = {pk for pk, at in marked.items() if at and at > one.printed_at and pk not in named}
        return readable.issuperset(one.engagement_ids) and later.isdisjoint(one.engagement_ids)

    return [paper for paper, one in zip(papers, prints, strict=True) if clear(one)]


def open_on_paper(meeting: Meeting) -> QuerySet[AgendaItem]:
    items = meeting.items.select_related("engagement__body")
    return items.filter(Q(engagement__isnull=True) | Q(engagement__is_secret=False))


def paper_title(meeting: Meeting) -> str:
    if meeting.number is None:
        return f"{meeting.body.name} {long_date(meeting.held_on)}"
    return f"{meeting.body.name} nr {meeting.number}/{meeting.year}"


def editions_of(engagements: Iterable[Engagement | None], *, on: date) -> list[Edition]:
    """Those that the matters were judged under, the latest first; with no matter the one in force that day."""
    found = [edition(code) for code in {engagement.edition for engagement in engagements if engagement}]
    return sorted(found, key=lambda one: (one.valid_from, one.code), reverse=True) or [in_force(on=on)]


def decision_row(
    meeting: Meeting, place: int, decision: Decision, corrections: Iterable[Correction] = ()
) -> DecisionRow:
    engagement = decision.engagement
    row = DecisionRow(
        number=f"{meeting.number}.{place}" if meeting.number else str(place),
        key="",
        registry_number="",
        matter=decision.item.title if decision.item else "",
        outcome=Outcome(decision.outcome),
        text=decision.text,
        delegate=decision.delegate,
        decided_on=decision.decided_on,
        point=decision.point.code if decision.point else "",
        point_version=decision.point.version if decision.point else "",
        point_matter=decision.point.matter if decision.point else "",
        cost=decision.cost,
    )
    if engagement is None:
        return row
    if engagement.is_secret:
        return replace(row, matter=_("Ärende med sekretess"), text=_("Beslutet lämnas ut efter prövning."), cost=None)
    direction, others = tags_as_decided(engagement, corrections)
    return replace(
        row,
        key=engagement.key or "",
        registry_number=engagement.registry_number,
        direction=direction,
        others=others,
    )


def item_row(item: AgendaItem) -> DecisionRow:
    """A decided point by itself: its number is its place on the agenda, which no other point can move."""
    with override("sv"):
        return replace(decision_row(item.meeting, 0, item.decision), number=item.point)


def agenda_line(item: AgendaItem) -> AgendaLine:
    engagement = item.engagement
    if engagement is None:
        return AgendaLine(number=item.point, matter=item.title, proposal=item.proposal, reasons=item.reasons)
    return AgendaLine(
        number=item.point,
        matter=item.title,
        key=engagement.key or "",
        registry_number=engagement.registry_number,
        body=engagement.body.name,
        direction=engagement.main_direction,
        others=tuple(engagement.other_directions),
        proposal=item.proposal,
        reasons=item.reasons,
    )
