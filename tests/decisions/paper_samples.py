"""Papers of a meeting with invented matters, as plain data."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

from decisions.enums import Outcome
from decisions.papers import (
    AgendaLine,
    AgendaPaper,
    AgendaSection,
    DecisionListPaper,
    DecisionRow,
    agenda_pdf,
    decision_list_pdf,
)
from engagements.strategy.editions import edition

DAY = date(2026, 11, 18)
CONFERENCE = DecisionRow(
    number="1.1",
    key="INT-2026-00297",
    registry_number="KS 2026/1187",
    matter="Eurocities årskonferens i juni 2027, deltagande för kommunstyrelsen",
    outcome=Outcome.APPROVED,
    text="1. Staden deltar med två förtroendevalda.\n2. Kostnaden, högst 62 000 kr, ryms inom kommunstyrelsens ram.",
    delegate="Finansborgarrådet",
    decided_on=DAY,
    direction="samverkan",
    others=("paverkan",),
    point="IB 2.1",
    point_version="2026-01",
    point_matter="Konferens utomlands för kommunstyrelsen",
    cost=Decimal(62000),
)
RECEPTION = replace(
    CONFERENCE,
    number="2.1",
    key="INT-2026-00304",
    registry_number="",
    matter="Mottagning i Stadshuset för europeisk barnläkarkongress, 420 gäster",
    outcome=Outcome.CHANGED,
    text="Staden står värd för en mottagning tisdag 25 maj 2027 kl. 18.00–20.00.",
    direction="profilering",
    others=(),
    point="IB 2.2",
    point_matter="Representationsmottagning i Stadshuset",
    cost=Decimal("148500.50"),
)
REFUSED = replace(
    CONFERENCE, number="1.2", key="INT-2026-00312", outcome=Outcome.DECLINED, cost=Decimal(50000), point=""
)
LIST = DecisionListPaper(
    title="Internationella beredningen nr 9/2026",
    body="Internationella beredningen",
    held_on=DAY,
    edition=edition("2016"),
    rows=(CONFERENCE, REFUSED, RECEPTION),
    starts_at=time(13),
    ends_at=time(14, 20),
    place="Stadshuset",
    present="Finansborgarrådet, ordförande; sekreteraren",
    registry_number="KS 2026/1230",
    is_sample=True,
)
AGENDA = AgendaPaper(
    title=LIST.title,
    body=LIST.body,
    held_on=DAY,
    edition=LIST.edition,
    sections=(
        AgendaSection(
            "1",
            "Internationella ärenden",
            (
                AgendaLine(
                    "1.1",
                    CONFERENCE.matter,
                    CONFERENCE.key,
                    CONFERENCE.registry_number,
                    "Stadsledningskontoret",
                    "samverkan",
                    ("paverkan",),
                    CONFERENCE.text,
                    "Konferensen samlar huvudstäderna.\nKostnaden ryms inom ramen.",
                ),
                AgendaLine("1.2", "Anmälningar"),
            ),
        ),
        AgendaSection("2", "Representation", ()),
    ),
    starts_at=time(13),
    is_sample=True,
)


def decision_list() -> bytes:
    return decision_list_pdf(LIST)


def agenda() -> bytes:
    return agenda_pdf(AGENDA)
