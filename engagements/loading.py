"""Operations that bring the register of organisations and networks in."""

from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from engagements.models import Partner
from engagements.operations import save_with_reason
from engagements.registers import ORGANISATION_COLUMNS, ORGANISATIONS_FILE, OrganisationRow, read_organisation
from organisation.models import Body
from organisation.registers import REASON, Tally
from stockholm_intl.kit.csv_files import Refusal, Row, RowRefused, read_rows
from stockholm_intl.kit.locks import take_turn


@transaction.atomic
def load_organisations(path: Path = ORGANISATIONS_FILE) -> Tally:
    """Make the register of partners say what the file says. Partners the file does not name are left as they are.

    Raises CsvError for a file that is no table; broken rows are refused one by one. Bodies are loaded first.
    """
    take_turn("registers")
    rows, refused = read_rows(path, columns=ORGANISATION_COLUMNS)
    tally = Tally(refused=refused)
    bodies = {body.code: body for body in Body.objects.all()}
    partners = {partner.name: partner for partner in Partner.objects.filter(country="")}
    first_lines: dict[str, int] = {}
    for row in rows:
        try:
            organisation = read_once(row, first_lines)
            if organisation.owner and organisation.owner not in bodies:
                raise RowRefused(_("Organet %(code)s, som raden pekar på, finns inte.") % {"code": organisation.owner})
        except RowRefused as refusal:
            tally.refused.append(Refusal(row.line, str(refusal)))
        else:
            save_partner(organisation, partners.get(organisation.name), bodies.get(organisation.owner), tally)
    return tally


def read_once(row: Row, first_lines: dict[str, int]) -> OrganisationRow:
    organisation = read_organisation(row)
    first = first_lines.setdefault(organisation.name, row.line)
    if first != row.line:
        raise RowRefused(_("%(name)s står redan på rad %(line)s.") % {"name": organisation.name, "line": first})
    return organisation


def save_partner(row: OrganisationRow, known: Partner | None, owner: Body | None, tally: Tally) -> None:
    told = {
        "acronym": row.acronym,
        "kind": row.kind.value,
        "theme": row.theme,
        "homepage": row.homepage,
        "city_wide": row.city_wide,
        "owner": owner,
        "since_year": row.since_year,
        "annual_fee_sek": row.annual_fee_sek,
        "source": row.source,
        "is_sample": False,
    }
    if known and all(getattr(known, name) == value for name, value in told.items()):
        tally.unchanged += 1
        return
    if known:
        tally.changed += 1
    else:
        tally.added += 1
    partner = known or Partner(name=row.name)
    for name, value in told.items():
        setattr(partner, name, value)
    save_with_reason(partner, by=None, reason=REASON)
