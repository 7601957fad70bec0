"""Whom the sample's matters are about. What the register of partners lacks is added to it, marked as sample."""

from dataclasses import dataclass
from typing import Any

from engagements.enums import PartnerKind
from engagements.models import Partner
from engagements.operations import save_with_reason
from stockholm_intl.sample.content import content

KINDS = {
    "cities": PartnerKind.CITY,
    "academia": PartnerKind.ACADEMIA,
    "associations": PartnerKind.ORGANISATION,
    "states": PartnerKind.STATE,
}


@dataclass(frozen=True)
class Visitor:
    """`sort` is the heading of visitors.toml it stands under."""

    name: str
    sort: str
    country: str
    counterpart: str
    partner: Partner | None


class Partners:
    def __init__(self) -> None:
        self.known = {(row.name, str(row.country)): row for row in Partner.objects.all()}
        self.listed = {
            name: (sort, country, counterpart)
            for sort, names in content("visitors").items()
            for name, (country, counterpart) in names.items()
        }

    def visitor(self, name: str) -> Visitor:
        sort, country, counterpart = self.listed[name]
        partner = self.find(name, KINDS[sort], country) if sort in KINDS else None
        return Visitor(name, sort, country, counterpart, partner)

    def named(self, name: str) -> Partner:
        """The partner of this name or short name, from the register first; made if there is none."""
        found = [row for row in self.known.values() if name in (row.name, row.acronym)]
        return min(found, key=lambda row: row.is_sample) if found else self.find(name, PartnerKind.ORGANISATION)

    def find(self, name: str, kind: PartnerKind, country: str = "", **fields: Any) -> Partner:
        """The partner of this name, made if the register has none."""
        if (name, country) not in self.known:
            partner = Partner(name=name, kind=kind, country=country, is_sample=True, source="Exempeldata", **fields)
            save_with_reason(partner, by=None, reason="Exempeldata")
            self.known[name, country] = partner
        return self.known[name, country]
