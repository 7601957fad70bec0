"""The register of organisations and networks as a file; each row becomes a Partner."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from engagements.enums import PartnerKind
from organisation.registers import required
from stockholm_intl.kit.csv_files import Row, RowRefused

ORGANISATIONS_FILE = Path(__file__).parent / "data" / "organisations.csv"
ORGANISATION_COLUMNS = (
    "name",
    "acronym",
    "kind",
    "theme",
    "homepage",
    "city_wide",
    "owner_body_code",
    "since_year",
    "annual_fee_sek",
    "source",
)
YES_NO = {"true": True, "false": False, "unknown": None, "": None}


@dataclass(frozen=True)
class OrganisationRow:
    """`owner` is the code of a body, empty when nobody in the city is known to answer for it."""

    line: int
    name: str
    acronym: str
    kind: PartnerKind
    theme: str
    homepage: str
    city_wide: bool | None
    owner: str
    since_year: int | None
    annual_fee_sek: Decimal | None
    source: str


def read_organisation(row: Row) -> OrganisationRow:
    """One organisation. Raises RowRefused."""
    return OrganisationRow(
        line=row.line,
        name=required(row, "name", most=200),
        acronym=short(row, "acronym", most=30),
        kind=kind_of(row["kind"]),
        theme=short(row, "theme", most=200),
        homepage=homepage(row["homepage"]),
        city_wide=yes_no(row["city_wide"]),
        owner=row["owner_body_code"],
        since_year=year(row["since_year"]),
        annual_fee_sek=money(row["annual_fee_sek"]),
        source=required(row, "source", most=2000),
    )


def short(row: Row, column: str, *, most: int) -> str:
    return required(row, column, most=most) if row[column] else ""


def kind_of(text: str) -> PartnerKind:
    try:
        return PartnerKind(text)
    except ValueError:
        raise RowRefused(_("Okänt slag av organisation: ”%(kind)s”.") % {"kind": text[:40]}) from None


def homepage(text: str) -> str:
    try:
        if text:
            URLValidator(schemes=["http", "https"])(text)
    except ValidationError:
        raise RowRefused(_("Webbplatsen är ingen adress: ”%(text)s”.") % {"text": text[:80]}) from None
    if len(text) > 200:
        raise RowRefused(_("Webbplatsens adress är längre än 200 tecken."))
    return text


def yes_no(text: str) -> bool | None:
    if text not in YES_NO:
        raise RowRefused(_("city_wide ska vara true, false eller unknown, inte ”%(text)s”.") % {"text": text[:40]})
    return YES_NO[text]


def year(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) == 4 and 1800 <= int(text) <= 2100):
        raise RowRefused(_("since_year är inget årtal: ”%(text)s”.") % {"text": text[:40]})
    return int(text)


def money(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        amount = Decimal(text.replace(",", "."))
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or not 0 <= amount < 10**10:
        raise RowRefused(_("annual_fee_sek är inget belopp: ”%(text)s”.") % {"text": text[:40]})
    return amount.quantize(Decimal("0.01"))
