from datetime import date, time, datetime, UTC
from decimal import Decimal
import os
from decisions.enums import Outcome, Section
from decisions.operations import add_item, mark_held, report_to_ks
from decisions.models import Meeting
from tests.decisions.making import *
from tests.decisions.making import a_meeting
from tests.factories import a_visit
from visits.operations import propose_visit
OUT = os.environ.get("LOOK", "/tmp/look")


def world(people):
    pts = [a_point(people, "IB 2.1"), a_point(people, "IB 2.2", matter="Mottagning i Stadshuset"), a_point(people, "IB 2.3", matter="Deklaration utan ny belastning"), a_point(people, "MHN 3.1", body="MHN", matter="Besök hos förvaltningen", delegate="Förvaltningschefen"), a_point(people, "MHN 3.1", body="MHN", version="2025-01", matter="Besök hos förvaltningen", delegate="Förvaltningschefen", valid_from=date(2025,1,1), valid_to=date(2025,12,31))]
    for i, (d, t, c) in enumerate([(date(2026,2,4),"Miljöforum, Porto",38000),(date(2026,4,8),"Eurocities årsmöte, Brno",62000),(date(2026,6,3),"Eurocities ekonomiforum, Turin",41200)]):
        m = a_meeting(people, d, starts_at=time(13), place="Stadshuset")
        decided(people, referred(people, m, a_trip(people, t)), pts[0], Outcome.DECLINED if i==2 else Outcome.APPROVED, cost=Decimal(c))
        if i < 2:
            mark_held(meeting=m, by=people.ib_secretary, at=AFTER)
            report_to_ks(meeting=m, by=people.ib_secretary, at=AFTER, on=AFTER.date(), paragraph=f"{14+i}")
    m = a_meeting(people, HELD_ON, starts_at=time(13), ends_at=time(14,20), place="Stadshuset, rum 305", present="Finansborgarrådet, ordförande\nKommunfullmäktiges ordförande\nOppositionsborgarrådet", registry_number="KS 2026/1230")
    first = add_item(meeting=m, section=Section.INTERNATIONAL, title="Föregående minnesanteckningar", by=people.ib_secretary, at=NOTICE)
    decided(people, first, None, Outcome.NOTED, text="")
    trip = a_trip(people, "Medverkan i Eurocities miljöforum i Bryssel, 14–16 december 2026", starts_on=date(2026,12,14), ends_on=date(2026,12,16), registry_number="KS 2026/1187", cost=Decimal(74500), main_direction="paverkan", other_directions=["omvarldsbevakning","samverkan"], motives={"paverkan":"Vi påverkar luftdirektivet."}, goal="Staden är klimatpositiv 2040")
    trip.trip.delegation = "Ordföranden i miljö- och hälsoskyddsnämnden\nAvdelningschef, Miljöförvaltningen\nSakkunnig, finansroteln\nStrateg, Internationella enheten"; trip.trip.save()
    a_trip(people, "Polis årskonferens i Leuven", starts_on=date(2026,12,15), ends_on=date(2026,12,17))
    referred(people, m, trip, proposal="Godkänna att staden deltar med fyra personer i Eurocities miljöforum för kommunstyrelsens räkning.\nUppdra åt stadsledningskontoret att lämna reserapport till beredningen senast 20 januari 2027.", reasons="Forumet tar ställning till förslaget om renare stadsluft före kommissionens beslut i januari. Staden sitter i arbetsgruppen och kan påverka texten.")
    referred(people, m, a_declaration(people))
    referred(people, m, a_declaration(people, title="Remiss om EU:s vattendirektiv", burden="added"))
    referred(people, m, a_declaration(people, title="Upprop från nätverk för hamnstäder", instrument="initiative", scope="city_wide"))
    for t in ("Mottagning: europeisk kongress i kardiologi", "Mottagning: VM i orientering"):
        referred(people, m, a_reception(people, t, starts_on=date(2027,5,25)), section=Section.REPRESENTATION, proposal="Staden står värd för en mottagning.")
    back = a_trip(people, "Hamburg, Miljöförvaltningen")
    type(back).objects.filter(pk=back.pk).update(state="completed")
    referred(people, m, back, section=Section.TRAVEL_REPORTS, proposal="Lägga rapporten till handlingarna.")
    a_reception(people, "Mottagning för världskongress om kollektivtrafik, 600 gäster", respond_by=date(2026,12,3))
    a_trip(people, "Nordisk huvudstadskonferens 2027", respond_by=date(2026,11,20))
    visit = a_visit(people.contact, people.body("169"), registry_number="2026-11028")
    propose_visit(visit=visit, by=people.contact, at=NOTICE, proposal="accept", text="Ta emot en halv dag den 19 januari. Vi lär av deras inköp.")
    return m, visit


def test_look(people, sign_in):
    m, visit = world(people)
    items = list(m.items.all())
    specs = [
        ("ib_secretary", "list", "/beredning/"), ("ib_secretary", "meeting", f"/beredning/{m.pk}/"),
        ("ib_secretary", "arrange", f"/beredning/{m.pk}/?ordna=1"), ("ib_secretary", "others", f"/beredning/{m.pk}/?punkt={items[3].pk}"),
        ("ib_secretary", "judge", f"/beredning/{m.pk}/?punkt={items[4].pk}"), ("ib_secretary", "new", "/beredning/ny/"),
        ("ib_secretary", "refer", f"/arenden/INT-2026-00012/hanskjut/"), ("head", "decide", f"/arenden/{visit.engagement.key}/besluta/"),
        ("ib_member", "member", f"/beredning/{m.pk}/?punkt={items[1].pk}"), ("contact", "delegation", "/register/delegation/?alla=1"),
        ("ib_secretary", "decided", f"/beredning/{Meeting.objects.get(number=3).pk}/"), ("ib_secretary", "edit", f"/beredning/{Meeting.objects.get(number=3).pk}/?andra=1"), ("ib_secretary", "back", f"/beredning/{m.pk}/?punkt={items[-1].pk}"), ("ib_secretary", "done", f"/beredning/{Meeting.objects.get(number=1).pk}/"),("ib_secretary", "report", f"/beredning/{m.pk}/anmal/"),
    ]
    only = os.environ.get("ONLY", "").split(",") if os.environ.get("ONLY") else None
    widths = [int(w) for w in os.environ.get("W", "1280,390").split(",")]
    for width in widths:
        for who in dict.fromkeys(s[0] for s in specs):
            mine = [s for s in specs if s[0] == who and (not only or s[1] in only)]
            if not mine: continue
            page = sign_in(getattr(people, who), viewport={"width": width, "height": 900}, color_scheme=os.environ.get("SCHEME","light"))
            for _w, name, path in mine:
                r = page.goto(path)
                page.wait_for_timeout(200)
                print(name, width, r.status, page.evaluate("document.documentElement.scrollWidth"))
                page.screenshot(path=f"{OUT}/{name}-{width}.png", full_page=True)
