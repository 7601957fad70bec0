"""Who decides, with whom in touch, and what becomes of a delegated decision (strategy 2016 section 5)."""

from engagements.strategy.checks.finding import Answer, Limit, Parameters, _, check, failed, judge, passed
from engagements.strategy.evidence import Evidence


@check("C15", to=lambda e: True)
def right_decider(e: Evidence, p: Parameters) -> Answer:
    if e.decider_fits is None:
        return judge(
            _("Det är inte klart vem som beslutar."),
            _("Svara på frågorna under Vem beslutar?, till exempel vad ärendet rör."),
        )
    if e.decider_fits:
        return passed(_("Rätt organ beslutar: %(decider)s."), decider=e.decider)
    return failed(
        _("Ärendet beslutas av %(decider)s."),
        _("Lämna ärendet till %(decider)s."),
        decider=e.decider or "ett annat organ",
    )


@check("C17", to=lambda e: e.instrument == "trip" and e.is_delegated is not False)
def delegated_trip(e: Evidence, p: Parameters) -> Answer:
    """Delegated to finansborgarrådet: conferences abroad, on behalf of kommunstyrelsen."""
    if e.abroad and e.on_behalf_of_ks:
        return passed(_("Resan går utomlands och görs för kommunstyrelsen."))
    if e.abroad is False and e.on_behalf_of_ks is False:
        return failed(
            _("Resan går inte utomlands och görs inte för kommunstyrelsen."),
            _("Låt det egna organet besluta enligt sin delegationsordning."),
        )
    if e.abroad is None or e.on_behalf_of_ks is None:
        return judge(
            _("Det är inte klart om resan går utomlands för kommunstyrelsen."),
            _("Ange land och om resan görs för kommunstyrelsen."),
        )
    return judge(
        _("Resan går utomlands eller görs för kommunstyrelsen, men inte båda."),
        _("Bedöm om resan är finansborgarrådets att besluta om."),
    )


@check("C19", to=lambda e: e.instrument == "position")
def eu_in_touch_with_ks(e: Evidence, p: Parameters) -> Answer:
    """Section 5: influence on the EU in close cooperation with kommunstyrelsen, and SLK before the decision.

    What is only planned has not been said to anybody yet.
    """
    if e.owner_is_ks:
        return passed(_("Ärendet är kommunstyrelsens eget."))
    taken = [day for day in e.slk_contacts if day <= e.on]
    if not taken:
        return failed(
            _("Ingen kontakt med stadsledningskontoret är inskriven."),
            _("Ta kontakt med stadsledningskontoret och skriv in det under Underlag."),
        )
    if e.decided_on and min(taken) > e.decided_on:
        return judge(_("Stadsledningskontoret kontaktades först efter beslutet."), _("Bedöm om kontakten ändå räcker."))
    return passed(_("Stadsledningskontoret är kontaktat."))


@check("C20", to=lambda e: e.needs_contact)
def body_has_contact_person(e: Evidence, p: Parameters) -> Answer:
    """Section 5: every office and company has an international contact person; for a district it is optional."""
    mend = _("Be chefen utse en internationell kontaktperson.")
    if e.contact == "yes":
        return passed(_("Organet har en internationell kontaktperson."))
    if e.contact == "no":
        return failed(_("Organet har ingen internationell kontaktperson."), mend)
    if e.contact == "expired":
        return judge(_("Kontaktpersonens mandat har gått ut."), mend)
    if e.contact == "acting":
        return judge(_("Bara en ersättare är utsedd till kontaktperson."), mend)
    return judge(_("Registret vet inte om organet har en kontaktperson."), mend)


@check(
    "C21",
    to=lambda e: e.decision_cites is not None,
    stops=False,
    takes={"meetings": Limit(1, _("anmäls inom %(value)s möte"))},
)
def delegated_decision_is_reported(e: Evidence, p: Parameters) -> Answer:
    """Kommunallagen and section 5: written, with its point, and reported at the next meeting."""
    if not e.decision_cites:
        return failed(
            _("Delegationsbeslutet anger ingen delegationspunkt."), _("Rätta beslutet så att det anger sin punkt.")
        )
    if e.reported_on:
        return passed(_("Beslutet är anmält %(day)s."), day=e.reported_on.isoformat())
    if e.meetings_passed is None:
        return judge(
            _("Registret vet inte om beslutet är anmält till nämnden eller styrelsen."),
            _("Bedöm när beslutet är anmält."),
        )
    if e.reported_apart:
        return judge(
            _("Beslutet är omedelbart justerat och anslaget för sig, men inte anmält."),
            _("Bedöm om det ändå ska anmälas på nästa möte."),
        )
    if e.meetings_passed > p["meetings"]:
        return failed(
            _("Beslutet är inte anmält, och %(n)s möten har gått."),
            _("Anmäl beslutet på nästa möte."),
            n=e.meetings_passed,
        )
    return passed(_("Beslutet anmäls på nästa möte."))
