"""How each figure is counted, heading by heading. Rows in, figures out; every year of the ledger by the same rule."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from decisions.enums import FINAL_OUTCOMES, Outcome
from engagements.enums import InfluenceForm
from engagements.strategy.editions import Edition
from memberships.enums import AgreementType, MembershipForm, ReviewOutcome
from reporting import rows
from reporting.enums import NO_INPUT, Heading, Region, Unit
from reporting.figures import NONE, OTHER_EDITION, Ledger, code_of, ending, labels_of
from reporting.regions import HOME, region_of
from visits.enums import VisitorKind, VisitType

H = Heading


def last_day(year: int) -> date:
    return date(year, 12, 31)


def count_memberships(ledger: Ledger, memberships: Iterable[rows.MembershipRow]) -> None:
    memberships = list(memberships)
    ledger.open("memberships", _("Medlemskap den 31 december"), H.NETWORKS, "memberships")
    forms = dict(MembershipForm.choices)
    ledger.open_group("memberships.form", forms, H.NETWORKS, "memberships", group=_("Medlemskap per form"))
    themes = labels_of((row.theme for row in memberships), _("Tema saknas"))
    ledger.open_group("memberships.theme", themes, H.NETWORKS, "theme", group=_("Medlemskap per tema"))
    ledger.open("memberships.new", _("Nya medlemskap"), H.NETWORKS, "new")
    ledger.open("memberships.ended", _("Avslutade medlemskap"), H.NETWORKS, "ended")
    ledger.open("memberships.posts", _("Förtroendeuppdrag"), H.NETWORKS, "posts")
    for row in memberships:
        for year in ledger.years:
            if row.entered_on.year == year:
                ledger.add("memberships.new", year, row.id)
            if row.ended_on and row.ended_on.year == year:
                ledger.add("memberships.ended", year, row.id)
            if not row.in_force(last_day(year)):
                continue
            ledger.add("memberships", year, row.id)
            ledger.add(f"memberships.form.{row.form}", year, row.id)
            ledger.add(f"memberships.theme.{ending(row.theme)}", year, row.id)
            if row.post.strip():
                ledger.add("memberships.posts", year, row.id)


def count_reviews(ledger: Ledger, reviews: Iterable[rows.ReviewRow], due: Iterable[rows.DueRow]) -> None:
    ledger.open("reviews", _("Avgjorda omprövningar"), H.NETWORKS, "reviews")
    outcomes = dict(ReviewOutcome.choices)
    ledger.open_group("reviews.outcome", outcomes, H.NETWORKS, "reviews", group=_("Avgjorda omprövningar"))
    for row in reviews:
        ledger.add("reviews", row.decided_on.year, row.engagement)
        ledger.add(f"reviews.outcome.{row.outcome}", row.decided_on.year, row.engagement)
    ledger.open("reviews.next", _("Att ompröva året efter"), H.NETWORKS, "reviews_next")
    for engagement, year in dict.fromkeys((row.engagement, row.due_on.year - 1) for row in due):
        ledger.add("reviews.next", year, engagement)


def count_agreements(ledger: Ledger, agreements: Iterable[rows.AgreementRow]) -> None:
    ledger.open("agreements", _("Avtal den 31 december"), H.NETWORKS, "agreements")
    kinds = dict(AgreementType.choices)
    ledger.open_group("agreements.kind", kinds, H.NETWORKS, "agreements", group=_("Avtal per slag"))
    ledger.open("agreements.ending", _("Avtal som löper ut året efter"), H.NETWORKS, "agreements_ending")
    for row in agreements:
        for year in ledger.years:
            if row.in_force(last_day(year)):
                if row.ends_on and row.ends_on.year == year + 1:
                    ledger.add("agreements.ending", year, row.id)
                ledger.add("agreements", year, row.id)
                ledger.add(f"agreements.kind.{row.kind}", year, row.id)


def count_influence(ledger: Ledger, inputs: Iterable[rows.InfluenceRow]) -> None:
    inputs = list(inputs)
    ledger.open("inputs", _("EU-inspel"), H.EU_LAW, "inputs")
    areas = labels_of((row.policy_area for row in inputs), _("Politikområde saknas"))
    ledger.open_group("inputs.area", areas, H.EU_LAW, "area", group=_("EU-inspel per politikområde"))
    forms = {value: label for value, label in InfluenceForm.choices if value not in NO_INPUT}
    ledger.open_group("inputs.form", forms, H.EU_LAW, "inputs", group=_("EU-inspel per form"))
    for row in inputs:
        year = row.submitted_on.year
        ledger.add("inputs", year, row.id)
        ledger.add(f"inputs.area.{ending(row.policy_area)}", year, row.id)
        ledger.add(f"inputs.form.{row.form}", year, row.id)


def count_funding(ledger: Ledger, money: Iterable[rows.MoneyRow], projects: Iterable[rows.ProjectRow]) -> None:
    money, projects = list(money), list(projects)
    ledger.open("funding", _("EU-finansiering"), H.EU_MONEY, "funding", unit=Unit.KRONOR)
    programmes = labels_of((row.programme for row in money), _("Program saknas"))
    ledger.open_group(
        "funding.programme", programmes, H.EU_MONEY, "funding", group=_("EU-finansiering per program"), unit=Unit.KRONOR
    )
    owners = [(row.body_code, row.body_name) for row in money] + [(one.body_code, one.body_name) for one in projects]
    bodies = {code_of(code): name for code, name in sorted(owners)}
    ledger.open_group(
        "funding.body", bodies, H.EU_MONEY, "body", group=_("EU-finansiering per organ"), unit=Unit.KRONOR
    )
    ledger.open("projects", _("EU-projekt"), H.EU_MONEY, "projects")
    ledger.open_group("projects.body", bodies, H.EU_MONEY, "body", group=_("EU-projekt per organ"))
    for row in money:
        ledger.add("funding", row.year, row.project, row.funding)
        ledger.add(f"funding.programme.{ending(row.programme)}", row.year, row.project, row.funding)
        ledger.add(f"funding.body.{code_of(row.body_code)}", row.year, row.project, row.funding)
    paid = {(row.project, row.year) for row in money}
    for project in projects:
        for year in ledger.years:
            if project.within(year) or (project.id, year) in paid:
                ledger.add("projects", year, project.id)
                ledger.add(f"projects.body.{code_of(project.body_code)}", year, project.id)


def count_visits(ledger: Ledger, visits: Iterable[rows.VisitRow]) -> None:
    """Domestic visits are not international ones; a visit without country is counted and shown as such."""
    ledger.open("visits", _("Besök"), H.VISITS, "visits")
    ledger.open("visits.people", _("Besökare"), H.VISITS, "people")
    ledger.open("visits.digital", _("Digitala besök"), H.VISITS, "digital")
    ledger.open("visits.digital_share", _("Andel digitala besök"), H.VISITS, "digital", unit=Unit.PERCENT)
    ledger.open("visits.said", _("Besök med känt antal personer"), H.VISITS, "mean")
    ledger.open("visits.mean", _("Personer per besök"), H.VISITS, "mean", unit=Unit.MEAN)
    ledger.open_group("visits.region", dict(Region.choices), H.VISITS, "region", group=_("Besök per region"))
    kinds = dict(VisitorKind.choices) | {NONE: _("Uppgift saknas")}
    groups = {
        "kind": (_("Besök per slag av besökare"), "visits", Unit.COUNT),
        "people": (_("Besökare per slag"), "people", Unit.COUNT),
        "digital": (_("Digitala besök per slag av besökare"), "digital", Unit.COUNT),
        "digital_share": (_("Andel digitala besök per slag av besökare"), "digital", Unit.PERCENT),
        "said": (_("Besök med känt antal personer per slag av besökare"), "mean", Unit.COUNT),
        "mean": (_("Personer per besök per slag av besökare"), "mean", Unit.MEAN),
    }
    for name, (group, term, unit) in groups.items():
        ledger.open_group(f"visitors.{name}", kinds, H.VISITS, term, group=group, unit=unit)
    ledger.open("visits.state", _("Statsbesök"), H.VISITS, "state_visits")
    for row in visits:
        if row.country != HOME:
            add_visit(ledger, row)
    ledger.divide("visits.digital_share", "visits.digital", "visits", times=100)
    ledger.divide("visits.mean", "visits.people", "visits.said")
    for kind in kinds:
        ledger.divide(f"visitors.digital_share.{kind}", f"visitors.digital.{kind}", f"visitors.kind.{kind}", times=100)
        ledger.divide(f"visitors.mean.{kind}", f"visitors.people.{kind}", f"visitors.said.{kind}")


def add_visit(ledger: Ledger, row: rows.VisitRow) -> None:
    year, kind = row.on.year, row.visitor_kind or NONE
    ledger.add("visits", year, row.id)
    ledger.add(f"visits.region.{region_of(row.country)}", year, row.id)
    ledger.add(f"visitors.kind.{kind}", year, row.id)
    if row.people is not None:
        for code in ("visits.people", f"visitors.people.{kind}"):
            ledger.add(code, year, row.id, row.people)
        for code in ("visits.said", f"visitors.said.{kind}"):
            ledger.add(code, year, row.id)
    if row.is_digital:
        ledger.add("visits.digital", year, row.id)
        ledger.add(f"visitors.digital.{kind}", year, row.id)
    if row.visit_type == VisitType.STATE_VISIT:
        ledger.add("visits.state", year, row.id)


def count_events(ledger: Ledger, receptions: Iterable[rows.ReceptionRow], hosted: Iterable[rows.HostedRow]) -> None:
    ledger.open("receptions", _("Beviljade mottagningar"), H.VISITS, "receptions")
    ledger.open("receptions.guests", _("Gäster vid mottagningarna"), H.VISITS, "receptions")
    ledger.open("receptions.declined", _("Avslagna mottagningar"), H.VISITS, "receptions")
    ledger.open("conferences", _("Konferenser med staden som värd"), H.VISITS, "conferences")
    for row in receptions:
        if not row.is_granted:
            ledger.add("receptions.declined", row.on.year, row.id)
            continue
        ledger.add("receptions", row.on.year, row.id)
        if row.guests is not None:
            ledger.add("receptions.guests", row.on.year, row.id, row.guests)
    for conference in hosted:
        ledger.add("conferences", conference.on.year, conference.id)


def count_board(ledger: Ledger, meetings: Iterable[rows.MeetingRow], decisions: Iterable[rows.DecisionRow]) -> None:
    ledger.open("meetings", _("Sammanträden i Internationella beredningen"), H.BOARD, "meetings")
    held: set[int] = set()
    for row in meetings:
        ledger.add("meetings", row.held_on.year, row.engagement, 0 if row.id in held else 1, meeting=row.id)
        held.add(row.id)
    ledger.open("decisions", _("Beslut på delegation"), H.BOARD, "decisions")
    outcomes = {outcome.value: outcome.label for outcome in Outcome if outcome in FINAL_OUTCOMES}
    ledger.open_group("decisions.outcome", outcomes, H.BOARD, "decisions", group=_("Beslut på delegation"))
    for decision in decisions:
        for code in ("decisions", f"decisions.outcome.{decision.outcome}"):
            ledger.add(code, decision.decided_on.year, decision.engagement, meeting=decision.meeting)


def names_of(editions: Sequence[Edition], occurring: Collection[str], language: str) -> dict[str, object]:
    """Those of the year's own edition, and those of the earlier ones that its matters still have.

    The same code in two editions is one direction that was carried on, with the newer one's name.
    """
    own, *earlier = editions
    names: dict[str, object] = {direction.code: direction.name(language) for direction in own.directions}
    for older in earlier:
        for direction in older.directions:
            if direction.code in occurring and direction.code not in names:
                told = {"direction": direction.name(language), "edition": older.code}
                names[direction.code] = _("%(direction)s (utgåva %(edition)s)") % told
    return names


def count_directions(ledger: Ledger, spans: Sequence[rows.SpanRow], editions: Sequence[Edition], language: str) -> None:
    """Main direction once each, so that the sum is the number of engagements; every direction by itself beside it.

    `editions` are the year's own and then the earlier ones.
    """
    ledger.open("engagements", _("Pågående engagemang"), H.DIRECTIONS, "engagements")
    occurring = {code for row in spans for code in (row.main_direction, *row.other_directions)}
    names = names_of(editions, occurring, language)
    rest = {OTHER_EDITION: _("Annan utgåvas inriktning"), NONE: _("Inriktning saknas")}
    ledger.open_group("directions.main", names | rest, H.DIRECTIONS, "main_direction", group=_("Huvudinriktning"))
    ledger.open_group("directions.other", names, H.DIRECTIONS, "any_direction", group=_("Som övrig inriktning"))
    ledger.open_group("directions.any", names, H.DIRECTIONS, "any_direction", group=_("Någon inriktning"))
    for row in spans:
        main = row.main_direction if row.main_direction in names else OTHER_EDITION if row.main_direction else NONE
        others = [code for code in dict.fromkeys(row.other_directions) if code in names and code != main]
        for year in ledger.years:
            if not row.within(year):
                continue
            ledger.add("engagements", year, row.id)
            ledger.add(f"directions.main.{main}", year, row.id)
            for code in others:
                ledger.add(f"directions.other.{code}", year, row.id)
            for code in ([main] if main in names else []) + others:
                ledger.add(f"directions.any.{code}", year, row.id)
