"""Deputies whose mandates go out, and a holiday with a substitute, so that the register of mandates has something to tell."""

from datetime import date, datetime

from organisation.enums import Role
from organisation.models import Absence, Mandate, User
from stockholm_intl.kit.keeping import keep
from stockholm_intl.sample.days import STOCKHOLM
from stockholm_intl.sample.people import REASON, Staff

APPOINTED_AT = datetime(2025, 1, 8, 9, 20, tzinfo=STOCKHOLM)
DEPUTIES = (("169", date(2027, 1, 10)), ("181", date(2026, 12, 4)))


def appoint_deputies(staff: Staff) -> None:
    for code, last_day in DEPUTIES:
        body = staff.body(code)
        deputy = staff.appoint(f"ersattare.{code}", f"Ersättaren, {body.name}", Role.CONTACT_PERSON, code)
        mandate = Mandate.objects.get(person=deputy, body=body)
        mandate.is_deputy, mandate.appointed_by = True, staff.heads[code]
        mandate.valid_to = last_day
        keep(mandate, by=staff.heads[code], at=APPOINTED_AT, reason=REASON)
        if code == "169":
            go_on_holiday(staff, deputy)


def go_on_holiday(staff: Staff, substitute: User) -> None:
    away = staff.contacts["169"]
    absence = Absence(
        person=away,
        body=staff.body("169"),
        substitute=substitute,
        valid_from=date(2026, 12, 21),
        valid_to=date(2027, 1, 6),
        reason="Julledighet",
        registered_by=away,
        registered_at=datetime(2026, 11, 18, 10, 5, tzinfo=STOCKHOLM),
    )
    keep(absence, by=away, at=absence.registered_at, reason=REASON)
