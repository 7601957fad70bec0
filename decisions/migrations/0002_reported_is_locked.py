"""What has been reported to kommunstyrelsen is kept by the database too, whoever writes and by whatever way."""

from django.db import migrations

LOCK = """
CREATE FUNCTION decisions_is_reported() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the meeting is reported and can no longer change' USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION decisions_refuse_reported() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE TRIGGER meeting_reported_stays BEFORE UPDATE OR DELETE ON decisions_meeting
    FOR EACH ROW WHEN (OLD.state = 'reported') EXECUTE FUNCTION decisions_is_reported();
CREATE TRIGGER item_reported_stays BEFORE UPDATE OR DELETE ON decisions_agendaitem
    FOR EACH ROW EXECUTE FUNCTION decisions_refuse_reported();
CREATE TRIGGER decision_reported_stays BEFORE UPDATE OR DELETE ON decisions_decision
    FOR EACH ROW EXECUTE FUNCTION decisions_refuse_reported();
"""

UNLOCK = """
DROP TRIGGER decision_reported_stays ON decisions_decision;
DROP TRIGGER item_reported_stays ON decisions_agendaitem;
DROP TRIGGER meeting_reported_stays ON decisions_meeting;
DROP FUNCTION decisions_refuse_reported();
DROP FUNCTION decisions_is_reported();
"""


class Migration(migrations.Migration):
    dependencies = [("decisions", "0001_initial")]
    operations = [migrations.RunSQL(LOCK, UNLOCK)]
