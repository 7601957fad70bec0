"""A printed edition and its numbers stay as they were: the database itself refuses to change them."""

from django.db import migrations

FREEZE = """
CREATE FUNCTION reporting_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A printed report is never changed; make a new edition.';
END $$;
CREATE TRIGGER reporting_annualreport_frozen BEFORE UPDATE OR DELETE ON reporting_annualreport
    FOR EACH ROW EXECUTE FUNCTION reporting_is_frozen();
CREATE TRIGGER reporting_reportfigure_frozen BEFORE UPDATE OR DELETE ON reporting_reportfigure
    FOR EACH ROW EXECUTE FUNCTION reporting_is_frozen();
"""
THAW = """
DROP TRIGGER reporting_annualreport_frozen ON reporting_annualreport;
DROP TRIGGER reporting_reportfigure_frozen ON reporting_reportfigure;
DROP FUNCTION reporting_is_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial")]
    operations = [migrations.RunSQL(FREEZE, THAW)]
