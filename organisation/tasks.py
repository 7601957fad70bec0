from organisation.models import User
from organisation.operations import carry_out_endings, notice_mandates, send_mandate_notices
from stockholm_intl.kit import clock
from stockholm_intl.kit.jobs import recorded_task


@recorded_task(name="organisation.notice_mandates")
def tell_of_mandates() -> None:
    notice_mandates(on=clock.today())


@recorded_task(name="organisation.carry_out_endings")
def let_mandates_end() -> None:
    carry_out_endings(at=clock.now())


@recorded_task(name="organisation.mail_mandate_notices")
def mail_mandate_notices(person_id: int) -> None:
    send_mandate_notices(person=User.objects.get(pk=person_id), at=clock.now())
