"""What is decided and approved is kept by the database too: only the transaction of a correction changes it (R12, R17)."""

from django.db import migrations

# The columns of a locked engagement that hold what was decided; engagements.locking says the same to the operations.
FROZEN = {
    "engagements_engagement": (
        "key kind title summary body_id counterpart country happens starts_on ends_on edition main_direction "
        "other_directions motives goal sustainability scope instrument step burden on_behalf_of_ks financing cost "
        "currency rate_date proposal proposal_text decision_note decided_at decided_by_id locked_at"
    ),
    "engagements_trip": "kind place delegation people",
    "engagements_declaration": "kind commitments",
    "engagements_euinfluence": "form policy_area addressee",
    "engagements_project": "kind programme funder",
    "visits_visitrequest": (
        "visit_type visitor_kind level people delegation time_of_day attendance wants purpose benefit learning "
        "perspectives development competence image"
    ),
    "visits_reception": (
        "slot venue guests share_abroad congress_venue congress_in_city congress_from congress_to guests_stay_in_city "
        "why_the_city region_co_hosts"
    ),
    "memberships_membership": "form entered_on",
    "memberships_agreement": "agreement_type theme our_benefit their_benefit entered_on ends_on",
}

FUNCTIONS = """
CREATE FUNCTION decisions_refuse_locked() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    old_row jsonb := to_jsonb(OLD);
    new_row jsonb := to_jsonb(NEW);
    matter bigint := old_row ->> TG_ARGV[0];
    frozen text;
BEGIN
    IF NOT EXISTS (SELECT FROM engagements_engagement WHERE id = matter AND locked_at IS NOT NULL) THEN
        RETURN NEW;
    END IF;
    IF new_row ->> 'state' IN ('draft', 'registered', 'assessed', 'proposed', 'struck') AND TG_ARGV[0] = 'id' THEN
        RAISE EXCEPTION 'the engagement is decided and cannot go back' USING ERRCODE = 'restrict_violation';
    END IF;
    FOR place IN 1 .. TG_NARGS - 1 LOOP
        frozen := TG_ARGV[place];
        CONTINUE WHEN old_row -> frozen IS NOT DISTINCT FROM new_row -> frozen;
        -- a body that was merged: its successor takes over what it had decided
        CONTINUE WHEN frozen = 'body_id' AND EXISTS (
            SELECT FROM organisation_body
            WHERE id = (old_row ->> frozen)::bigint AND successor_id = (new_row ->> frozen)::bigint
        );
        IF NOT EXISTS (
            SELECT FROM decisions_correction WHERE engagement_id = matter AND written_in = txid_current()
        ) THEN
            RAISE EXCEPTION 'the engagement is decided: % changes only by a correction', frozen
                USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;

CREATE FUNCTION decisions_refuse_any() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is written once and never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION decisions_refuse_approved() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE left_open text[] := ARRAY['state', 'version', 'reported_on', 'reported_paragraph'];
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.state IN ('approved', 'reported')
        AND to_jsonb(OLD) - left_open = to_jsonb(NEW) - left_open THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the meeting is approved: only the report remains' USING ERRCODE = 'restrict_violation';
END $$;

CREATE OR REPLACE FUNCTION decisions_refuse_reported() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE of_meeting bigint;
BEGIN
    IF TG_TABLE_NAME = 'decisions_decision' THEN
        IF OLD.item_id IS NULL THEN
            IF EXISTS (SELECT FROM engagements_engagement WHERE id = OLD.engagement_id AND locked_at IS NOT NULL) THEN
                RAISE EXCEPTION 'the decision is recorded for good' USING ERRCODE = 'restrict_violation';
            END IF;
        ELSIF EXISTS (SELECT FROM decisions_agendaitem WHERE id = OLD.item_id AND immediate_on IS NOT NULL) THEN
            RAISE EXCEPTION 'the point is approved and can no longer change' USING ERRCODE = 'restrict_violation';
        END IF;
        SELECT meeting_id INTO of_meeting FROM decisions_agendaitem WHERE id = OLD.item_id;
    ELSE
        IF OLD.immediate_on IS NOT NULL THEN
            RAISE EXCEPTION 'the point is approved and can no longer change' USING ERRCODE = 'restrict_violation';
        END IF;
        of_meeting := OLD.meeting_id;
    END IF;
    IF EXISTS (SELECT FROM decisions_meeting WHERE id = of_meeting AND state IN ('approved', 'reported')) THEN
        RAISE EXCEPTION 'the meeting is approved and can no longer change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""

WRITTEN_ONCE = ("decisions_approval", "decisions_correction", "decisions_paper")


def trigger(table: str, columns: str) -> str:
    is_engagement = table == "engagements_engagement"
    arguments = ", ".join(f"'{name}'" for name in ["id" if is_engagement else "engagement_id", *columns.split()])
    when = "WHEN (OLD.locked_at IS NOT NULL) " if is_engagement else ""
    return (
        f"CREATE TRIGGER decided_stays BEFORE UPDATE ON {table} "
        f"FOR EACH ROW {when}EXECUTE FUNCTION decisions_refuse_locked({arguments});"
    )


def once(table: str) -> str:
    return (
        f"CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION decisions_refuse_any();"
    )


# What was decided before this came: by a list that is reported, or in a body's own name.
LOCK_THE_DECIDED = """
UPDATE engagements_engagement SET locked_at = COALESCE(decided_at, now()) WHERE locked_at IS NULL AND id IN (
    SELECT d.engagement_id FROM decisions_decision d
    LEFT JOIN decisions_agendaitem i ON i.id = d.item_id LEFT JOIN decisions_meeting m ON m.id = i.meeting_id
    JOIN engagements_engagement e ON e.id = d.engagement_id
    WHERE d.outcome IN ('approved', 'changed', 'declined') AND e.source = ''
        AND e.state IN ('approved', 'declined', 'completed', 'closed') AND (d.item_id IS NULL OR m.state = 'reported')
);
"""

LOCK = [
    FUNCTIONS,
    "CREATE TRIGGER meeting_approved_stays BEFORE UPDATE OR DELETE ON decisions_meeting "
    "FOR EACH ROW WHEN (OLD.state = 'approved') EXECUTE FUNCTION decisions_refuse_approved();",
    *(once(table) for table in WRITTEN_ONCE),
    LOCK_THE_DECIDED,
    *(trigger(table, columns) for table, columns in FROZEN.items()),
]

AS_IT_WAS = """
CREATE OR REPLACE FUNCTION decisions_refuse_reported() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE of_meeting bigint;
BEGIN
    IF TG_TABLE_NAME = 'decisions_decision' THEN
        SELECT meeting_id INTO of_meeting FROM decisions_agendaitem WHERE id = OLD.item_id;
    ELSE
        of_meeting := OLD.meeting_id;
    END IF;
    IF EXISTS (SELECT FROM decisions_meeting WHERE id = of_meeting AND state = 'reported') THEN
        RAISE EXCEPTION 'the meeting is reported and can no longer change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""

UNLOCK = [
    AS_IT_WAS,
    *(f"DROP TRIGGER decided_stays ON {table};" for table in FROZEN),
    *(f"DROP TRIGGER written_once ON {table};" for table in WRITTEN_ONCE),
    "DROP TRIGGER meeting_approved_stays ON decisions_meeting;",
    "DROP FUNCTION decisions_refuse_approved(); DROP FUNCTION decisions_refuse_any();",
    "DROP FUNCTION decisions_refuse_locked();",
]


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0004_approvals_and_corrections"),
        ("engagements", "0006_locked_at"),
        ("visits", "0002_evidence"),
        ("memberships", "0001_initial"),
        ("organisation", "0001_initial"),
    ]
    operations = [migrations.RunSQL(LOCK, UNLOCK)]
