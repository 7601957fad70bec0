import json
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command

from decisions.history.rows import COLUMNS, KINDS
from decisions.models import AgendaItem, Meeting
from engagements.enums import FactKind, Kind, State
from engagements.models import Engagement, Fact, KeyCounter, Partner
from memberships.models import Agreement, Membership
from tests.people import People
from visits.models import VisitRequest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]
HEADER = ",".join(COLUMNS)
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def run(tmp_path: Path) -> Any:
    """run("rows under the header") -> what the command prints."""

    def load(rows: str, *, header: str = HEADER, **options: Any) -> dict[str, Any]:
        path = tmp_path / "historik.csv"
        path.write_text(f"{header}\n{rows}", encoding="utf-8")
        return command(path, **options)

    return load


def command(path: Path, **options: Any) -> dict[str, Any]:
    out = StringIO()
    with time_machine.travel(NOW, tick=False):
        call_command("import_history", path, json=True, stdout=out, stderr=StringIO(), **options)
    return json.loads(out.getvalue())


def row(kind: str, day: str = "2015-10-08", title: str = "Ett möte", who: str = "ECCAR", **more: str) -> str:
    cells = {"date": day, "kind": kind, "title_sv": title, "title_en": "", "organisation_or_country": who}
    cells |= {"body": "", "decision_if_known": "", "source": "källa"} | more
    return ",".join(f'"{cells[column]}"' for column in COLUMNS) + "\n"


def test_every_kind_lands_and_a_second_run_adds_nothing(run: Any) -> None:
    rows = "".join(row(kind, title=f"Rubrik {kind}") for kind in sorted(KINDS))
    told = run(rows)
    assert told == {"loaded": 17, "unchanged": 0, "refused": [], "by_kind": dict.fromkeys(sorted(KINDS), 1)}
    assert Engagement.objects.count() == 12
    assert Fact.objects.count() == 3
    assert AgendaItem.objects.count() == 2
    assert run(rows) == {"loaded": 0, "unchanged": 17, "refused": [], "by_kind": {}}


@pytest.mark.parametrize(
    ("kind", "lands_as", "state"),
    [
        ("agreement", Kind.AGREEMENT, State.APPROVED),
        ("conference", Kind.TRIP, State.COMPLETED),
        ("conference_hosted", Kind.TRIP, State.COMPLETED),
        ("study_trip_out", Kind.TRIP, State.COMPLETED),
        ("declaration", Kind.DECLARATION, State.COMPLETED),
        ("initiative", Kind.DECLARATION, State.COMPLETED),
        ("eu_influence", Kind.EU_INFLUENCE, State.COMPLETED),
        ("remiss", Kind.EU_INFLUENCE, State.COMPLETED),
        ("membership", Kind.MEMBERSHIP, State.APPROVED),
        ("protocol_visit", Kind.VISIT, State.COMPLETED),
        ("state_visit", Kind.VISIT, State.COMPLETED),
        ("representation_reception", Kind.RECEPTION, State.COMPLETED),
    ],
)
def test_an_event_is_an_engagement_of_its_kind_with_its_detail(
    run: Any, kind: str, lands_as: Kind, state: State
) -> None:
    run(row(kind))
    engagement = Engagement.objects.get()
    assert (engagement.kind, engagement.state) == (lands_as, state)
    detail = {"visit": "visit", "trip": "trip", "eu_influence": "euinfluence"}.get(lands_as, lands_as.value)
    assert getattr(engagement, detail).engagement == engagement


def test_rules_editions_and_figures_are_facts(run: Any) -> None:
    run(row("rule") + row("strategy") + row("visit_statistics", body="KS"))
    assert sorted(Fact.objects.values_list("kind", flat=True)) == [FactKind.EDITION, FactKind.FIGURE, FactKind.RULE]
    assert Fact.objects.get(kind=FactKind.FIGURE).body.code == "KS"
    assert not Engagement.objects.exists()


def test_it_is_registered_now_and_keeps_the_day_it_happened(run: Any) -> None:
    run(
        row(
            "conference",
            "2011",
            "Konferens i Karlsruhe",
            "ECCAR / Tyskland",
            decision_if_known="ja",
            title_en="Conference",
        )
    )
    engagement = Engagement.objects.get()
    assert engagement.key == "INT-2026-00001"
    assert engagement.registered_at == NOW
    assert (engagement.happens, engagement.starts_on) == ("2011", date(2011, 1, 1))
    assert (engagement.edition, engagement.main_direction) == ("2008", "")
    assert (engagement.country, engagement.trip.place) == ("DE", "Karlsruhe")
    assert (engagement.source, engagement.decision_note, engagement.summary) == ("källa", "ja", "Conference")
    assert engagement.history.get().history_change_reason == "Historikladdning, rad 2"


@pytest.mark.parametrize(
    ("day", "first", "edition"),
    [("2011", date(2011, 1, 1), "2008"), ("2020-12", date(2020, 12, 1), "2016"), ("", None, "2016")],
)
def test_partial_dates_stay_as_they_are(run: Any, day: str, first: date | None, edition: str) -> None:
    run(row("declaration", day))
    engagement = Engagement.objects.get()
    assert (engagement.happens, engagement.starts_on, engagement.ends_on) == (day, first, None)
    assert engagement.edition == edition


def test_the_body_is_found_by_code_or_name_and_slk_keeps_the_rest(run: Any) -> None:
    run(row("remiss", body="MHN") + row("remiss", title="Två", body="Trafiknämnden") + row("remiss", title="Tre"))
    owners = Engagement.objects.order_by("key").values_list("body__code", flat=True)
    assert list(owners) == ["MHN", "TN", "110"]


def test_partner_and_country_are_found_in_the_words_of_the_row(run: Any) -> None:
    eccar = Partner.objects.create(name="European Coalition of Cities against Racism", acronym="ECCAR", kind="network")
    mission = Partner.objects.create(name="EU Cities Mission (100 städer)", kind="initiative")
    run(
        row("conference", who="ECCAR / Tyskland")
        + row("declaration", who="EU Cities Mission", title="Deklaration Sverige–Spanien–Rumänien")
        + row("agreement", who="Kyiv, Ukraina")
    )
    found = Engagement.objects.order_by("key").values_list("partner", "country")
    assert list(found) == [(eccar.pk, "DE"), (mission.pk, ""), (None, "UA")]


def test_a_signed_declaration_is_in_force_and_a_refused_matter_is_declined(run: Any) -> None:
    run(
        row("declaration", "2022-12-08", decision_if_known="signed (third time)")
        + row("representation_reception", decision_if_known="avslag")
    )
    signed, refused = Engagement.objects.order_by("key")
    assert (signed.state, signed.declaration.signed_on) == (State.APPROVED, "2022-12-08")
    assert refused.state == State.DECLINED


def test_an_agreement_is_what_the_city_calls_it_not_the_newspapers(run: Any) -> None:
    run(
        row("agreement", "2022", "Samarbetsavtal med Kyiv", title_en="called a twin town in the press")
        + row("agreement", "2019", "Avsiktsförklaring om klimat")
        + row("agreement", "1961", "Vänortsavtal")
    )
    assert list(Agreement.objects.order_by("engagement__key").values_list("agreement_type", flat=True)) == [
        "cooperation",
        "intent",
        "twin_town",
    ]


def test_a_further_row_about_a_membership_in_force_is_a_closed_post_of_trust(run: Any) -> None:
    Partner.objects.create(
        name="Counter Terrorism Preparedness Network", acronym="CTPN", kind="network", theme="beredskap"
    )
    run(row("membership", "2021", "Medlem i CTPN", "CTPN") + row("membership", "2022", "Ordförande i CTPN", "CTPN"))
    first, second = Membership.objects.select_related("engagement").order_by("engagement__key")
    assert (first.engagement.state, first.form, first.theme) == (State.APPROVED, "network", "beredskap")
    assert (second.engagement.state, second.post_of_trust) == (State.CLOSED, "Ordförande i CTPN")
    assert second.ended_on == second.entered_on
    assert first.review_by == date(2025, 1, 1)


def test_an_undated_membership_is_reviewed_from_the_day_it_came_on_record(run: Any) -> None:
    run(row("membership", ""))
    membership = Membership.objects.get()
    assert (membership.entered_on, membership.engagement.happens) == (date(2026, 11, 22), "")


def test_a_protocol_visit_and_a_state_visit_are_visits(run: Any) -> None:
    run(row("protocol_visit") + row("state_visit", title="Statsbesök"))
    assert set(VisitRequest.objects.values_list("visit_type", flat=True)) == {"protocol_visit", "state_visit"}


def test_points_of_one_meeting_share_it_and_stand_where_the_source_says(run: Any) -> None:
    run(
        row("ib_item", "2015-11-11", "Reserapport från ECCAR, IB nr 9/2015 punkt 7.1 (dnr 803-1016/2015)")
        + row("ib_item", "2015-11-11", "Mottagning för kongress, IB nr 9/2015 punkt 4")
        + row("ks_item", "2018-06-13", "Kandidatur till ordförandeskapet")
    )
    committee, board = Meeting.objects.order_by("held_on")
    assert (str(committee), committee.source) == ("IB nr 9/2015", "källa")
    assert [(item.section, item.point) for item in committee.items.all()] == [("2", "4"), ("3", "7.1")]
    assert (board.body.code, board.number, board.held_on) == ("KS", None, date(2018, 6, 13))


def test_a_point_without_day_or_against_its_meeting_is_refused(run: Any) -> None:
    told = run(
        row("ib_item", "2015-11", "Reserapport")
        + row("ib_item", "2015-11-11", "Reserapport, IB nr 9/2015")
        + row("ib_item", "2015-11-12", "Mottagning, IB nr 9/2015")
        + row("ib_item", "2016-11-12", "Mottagning, IB nr 8/2015")
        + row("ib_item", "2015", "En till, IB nr 9/2015")
    )
    assert told["loaded"] == 2
    assert [(one["line"], one["reason"]) for one in told["refused"]] == [
        (2, "Mötets dag saknas. Skriv hela datumet, till exempel 2015-11-11."),
        (4, "IB nr 9/2015 hölls 2015-11-11 enligt registret, men raden säger 2015-11-12."),
        (5, "Rubriken säger 2015 men datumet är 2016-11-12."),
    ]


def test_hostile_rows_are_told_by_line_while_good_ones_load(run: Any) -> None:
    told = run(
        row("conference", title="Bra")
        + row("party")
        + row("")
        + row("conference", "2011-13")
        + row("conference", "0000")
        + row("conference", "2020-02-30")
        + row("conference", "2031-01-01")
        + row("conference", title="\u200b\u2060")
        + row("conference", title="noll\x00noll")
        + row("conference", title="x" * 201)
        + row("conference", who="å" * 10_000)
        + row("conference", body="999")
        + row("conference", title="två\nrader")
        + row("conference", title="Sist", body="IB")
    )
    assert told["loaded"] == 3
    assert [one["line"] for one in told["refused"]] == list(range(3, 14))
    assert told["refused"][0]["reason"] == "Okänt slag: ”party”."
    assert told["refused"][-1]["reason"] == "Organet ”999” finns inte i registret."
    assert Engagement.objects.filter(title="två rader").exists()


def test_lines_after_a_row_of_several_are_those_of_the_file(run: Any) -> None:
    told = run(row("conference", title="två\nrader") + row("party"))
    assert [one["line"] for one in told["refused"]] == [4]


def test_the_same_row_twice_is_loaded_once(run: Any) -> None:
    told = run(row("conference") + row("conference") + row("conference", title="Ett  möte "))
    assert (told["loaded"], told["unchanged"]) == (1, 2)


def test_a_dry_run_tells_the_same_and_saves_nothing(run: Any) -> None:
    rows = row("conference") + row("ib_item", "2015-11-11") + row("party") + row("rule")
    tried = run(rows, dry_run=True)
    assert not Engagement.objects.exists()
    assert not Meeting.objects.exists()
    assert not KeyCounter.objects.exists()
    assert run(rows) == tried
    assert tried["loaded"] == 3


def test_semicolons_and_byte_order_mark_load_the_same_row(run: Any, tmp_path: Path) -> None:
    run(row("conference"))
    path = tmp_path / "excel.csv"
    cells = row("conference").replace('","', '";"')
    path.write_text(f"{HEADER.replace(',', ';')}\r\n{cells}", encoding="utf-8-sig")
    assert command(path)["unchanged"] == 1


def test_a_file_that_is_no_history_is_said_so_and_a_missing_one_too(tmp_path: Path) -> None:
    path = tmp_path / "annat.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(CommandError, match="saknas: date, kind"):
        command(path)
    with pytest.raises(CommandError, match="finns inte"):
        command(tmp_path / "borta.csv")


def test_without_json_it_tells_in_words(tmp_path: Path) -> None:
    path = tmp_path / "historik.csv"
    path.write_text(f"{HEADER}\n{row('conference')}{row('party')}", encoding="utf-8")
    out, err = StringIO(), StringIO()
    call_command("import_history", path, dry_run=True, stdout=out, stderr=err)
    assert out.getvalue() == "1 laddade, 0 fanns redan, 1 avvisade.\n  conference: 1\n  rad 3: Okänt slag: ”party”.\n"
    assert err.getvalue() == "Provkörning: inget är sparat.\n"


def test_history_does_not_lie_on_top_of_todays_work(run: Any, people: People) -> None:
    run(row("conference", "2011-05-03"))
    assert Engagement.objects.get().updated_at.date() == date(2011, 5, 3)
