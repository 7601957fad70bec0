"""What a membership gives and what an agreement's exchange is were decided too, and are kept like the rest (0005)."""

from django.db import migrations

NOW = {
    "memberships_membership": "form entered_on benefit",
    "memberships_agreement": "agreement_type theme activity our_benefit their_benefit entered_on ends_on",
}
BEFORE = {
    "memberships_membership": "form entered_on",
    "memberships_agreement": "agreement_type theme our_benefit their_benefit entered_on ends_on",
}


def triggers(frozen: dict[str, str]) -> list[str]:
    made = []
    for table, columns in frozen.items():
        arguments = ", ".join(f"'{name}'" for name in ["engagement_id", *columns.split()])
        made += [
            f"DROP TRIGGER decided_stays ON {table};",
            f"CREATE TRIGGER decided_stays BEFORE UPDATE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION decisions_refuse_locked({arguments});",
        ]
    return made


class Migration(migrations.Migration):
    dependencies = [("decisions", "0007_paragraph"), ("memberships", "0001_initial")]
    operations = [migrations.RunSQL(triggers(NOW), triggers(BEFORE))]
