from memberships.operations import flag_due_reviews, send_review_digest
from organisation.models import User
from stockholm_intl.kit import clock
from stockholm_intl.kit.jobs import recorded_task


@recorded_task(name="memberships.flag_due_reviews")
def flag_reviews() -> None:
    flag_due_reviews(on=clock.today())


@recorded_task(name="memberships.mail_review_digest")
def mail_review_digest(person_id: int) -> None:
    send_review_digest(person=User.objects.get(pk=person_id), at=clock.now())
