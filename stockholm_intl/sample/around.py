"""What stands around the sample's matters: priorities, shares, own decisions, reviews, papers handed in."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from decisions.models import Decision
from decisions.operations.own import OUTCOMES, decision_text
from decisions.queries import authority
from engagements.documents import add_document
from engagements.enums import State
from engagements.models import Engagement, Priority
from engagements.operations import save_with_reason
from engagements.permission import grant
from engagements.routing import deciding_body
from memberships.models import Agreement, Membership, Review
from memberships.operations import flag_due_reviews
from memberships.operations.flagging import open_due
from memberships.rules import LEAD_MONTHS, add_months, lead_ends
from organisation.enums import BOARD_KINDS, Action
from stockholm_intl.kit.uploads import check_upload
from stockholm_intl.sample.content import content
from stockholm_intl.sample.days import STOCKHOLM, TODAY
from stockholm_intl.sample.people import REASON, Staff
from stockholm_intl.sample.writing import Story, write_plain

CLOCK = time(6, 15)
DECIDED = {State.APPROVED: "accept", State.DECLINED: "decline"}


def set_priorities(staff: Staff) -> None:
    for told in content("priorities")["priorities"]:
        priority = Priority(
            theme=told["theme"],
            countries=told.get("countries", []),
            body=staff.body(told["body"]) if told["body"] else None,
            valid_from=date.fromisoformat(told["from"]),
            valid_to=date.fromisoformat(told["to"]) if "to" in told else None,
            decided_by=told["decided_by"],
        )
        # written in on its first day, so that what was decided since keeps its row of the matrix
        priority._history_date = datetime.combine(priority.valid_from, CLOCK, STOCKHOLM)  # type: ignore[attr-defined]
        save_with_reason(priority, by=None, reason=REASON)


def share_with_offices(stories: Sequence[Story], staff: Staff) -> None:
    """A board's matter is prepared by its office, which has rights of its own only in its own matters."""
    for story in stories:
        body = story.engagement.body
        office = staff.body(staff.office(body.code))
        if office != body and story.registered and (body.kind in BOARD_KINDS or body.code in {"KF", "IB"}):
            grant(
                engagement=story.engagement,
                to=office,
                action=Action.PREPARE,
                reason=f"{office.name} handlägger",
                by=None,
                at=story.registered.at,
            )


def write_own_decisions(stories: Sequence[Story]) -> None:
    """Each decision in the body's own name has its row, as `decide_own` would have written it."""
    rows, moments = [], []
    for story in stories:
        for moment in story.moments:
            if moment.fields.get("decided_by"):
                rows.append(own_decision(story.engagement, moment))
                moments.append(moment)
    write_plain(rows, at=[moment.at for moment in moments], by=[moment.by for moment in moments])


def own_decision(engagement: Engagement, moment: Any) -> Decision:
    outcome = DECIDED[moment.state]
    day = moment.at.date()
    return Decision(
        engagement=engagement,
        body=deciding_body(moment.by, engagement, on=day),
        outcome=OUTCOMES[outcome],
        text=decision_text(engagement, outcome, moment.fields["decision_note"]),
        delegate=authority(moment.by, engagement, on=day),
        delegate_person=moment.by,
        decided_on=day,
        recorded_by=moment.by,
        recorded_at=moment.at,
        is_sample=True,
    )


def open_reviews() -> None:
    """The clock as it has run every morning: each review opened the day it came within the lead time."""
    for model in (Membership, Agreement):
        due = model.objects.due_for_review(on=lead_ends(TODAY)).values_list("review_by", flat=True)
        for day in sorted({add_months(review_by, -LEAD_MONTHS) for review_by in due}):
            open_due(model, on=min(day, TODAY))
    for review in Review.objects.open():
        review.history.update(history_date=datetime.combine(review.opened_on, CLOCK, STOCKHOLM))
    flag_due_reviews(TODAY)


def share_secret_ones(stories: Sequence[Story], staff: Staff) -> None:
    """A secret matter is read by those who are named, also in its own body."""
    for story in stories:
        if story.engagement.is_secret:
            for person in (staff.cast["coordinator"], staff.cast["protocol"]):
                grant(
                    engagement=story.engagement,
                    to=person,
                    action=Action.PREPARE,
                    reason="Handlägger ärendet",
                    by=None,
                    at=story.moments[0].at,
                )


def hand_in_papers(stories: Sequence[Story], staff: Staff) -> None:
    """A letter on the matters the cast is working with."""
    for story in stories:
        if story.slug.startswith("bord-") and story.state in (State.ASSESSED, State.PROPOSED):
            engagement = story.engagement
            text = (
                f"{engagement.counterpart}\n\nTill {engagement.body.name}\n\n"
                f"Vi skriver till er om ett besök i Stockholm den {engagement.happens}.\n\n{story.detail.wants}\n\n"
                "Med vänlig hälsning\nInternationella enheten\n"
            )
            upload = SimpleUploadedFile("Förfrågan.txt", text.encode(), "text/plain")
            at = story.moments[0].at
            by = story.moments[0].by
            document, _new = add_document(
                engagement=engagement, upload=upload, checked=check_upload(upload), by=by, at=at
            )
            document.history.update(history_date=at)
