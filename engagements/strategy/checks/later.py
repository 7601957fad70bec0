"""What is asked once it runs: the review in time, and the travel report."""

from datetime import date, timedelta

from engagements.strategy.checks.finding import Answer, Limit, Parameters, _, check, failed, judge, passed
from engagements.strategy.evidence import Evidence

REVIEWED = frozenset({"organisation", "network", "initiative", "declaration", "intent_agreement"})


def is_reviewed(e: Evidence) -> bool:
    return e.kind in ("membership", "agreement") and e.instrument in REVIEWED and e.in_force


@check(
    "C8",
    to=is_reviewed,
    stops=False,
    takes={"lead_months": Limit(6, _("bedöms %(value)s månader i förväg"))},
)
def reviewed_in_time(e: Evidence, p: Parameters) -> Answer:
    """Section 4: reconsidered regularly, for instance every fourth year."""
    if e.review_due_on is None:
        return judge(_("Det är inte bestämt när det omprövas."), _("Ange när det ingicks och med vilket intervall."))
    day = e.review_due_on.isoformat()
    if e.review_due_on < e.on and not e.review_is_open:
        return failed(_("Omprövningen skulle ha gjorts %(day)s."), _("Ompröva nu."), day=day)
    if e.review_due_on < e.on:
        return judge(
            _("Omprövningen skulle ha gjorts %(day)s och pågår."),
            _("Slutför omprövningen och skriv in utfallet."),
            day=day,
        )
    if e.review_due_on <= months_on(e.on, p["lead_months"]):
        return judge(_("Omprövas senast %(day)s."), _("Ompröva och skriv in utfallet."), day=day)
    if e.interval_months != p["interval_months"] and not e.interval_reason.strip():
        return judge(
            _("Intervallet är ett annat än %(months)s månader, utan skäl."),
            _("Skriv varför intervallet är ett annat."),
            months=p["interval_months"],
        )
    return passed(_("Omprövas %(day)s."), day=day)


@check(
    "C23",
    to=lambda e: e.instrument == "trip" and e.in_force,
    stops=False,
    takes={"report_within_days": Limit(60, _("inom %(value)s dagar efter resan"))},
)
def travel_report_comes_back(e: Evidence, p: Parameters) -> Answer:
    """A report on what the trip gave, some weeks after coming home. One that came too late is for a person to judge."""
    mend = _("Lämna reserapporten.")
    last = e.ends_on or e.starts_on
    if last is None:
        return judge(_("Det är inte känt när resan slutar."), _("Ange resans dagar."))
    due = last + timedelta(days=p["report_within_days"])
    if e.report_filed_on is None:
        if due < e.on:
            return failed(_("Reserapporten skulle ha lämnats %(day)s."), mend, day=due.isoformat())
        return passed(_("Reserapporten lämnas senast %(day)s."), day=due.isoformat())
    if e.report_filed_on > due:
        return judge(
            _("Reserapporten kom efter %(day)s."), _("Bedöm om förseningen har ett skäl."), day=due.isoformat()
        )
    return passed(_("Reserapporten lämnades i tid."))


def months_on(day: date, months: int) -> date:
    """So many months on; a day that the month lacks becomes its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + month // 11, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))
