"""That a paper came out again with the same content is written once too, as the paper is (R12)."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0005_decided_is_locked"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Printing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("printed_at", models.DateTimeField(verbose_name="framställd igen")),
                (
                    "engagement_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="printings",
                        to="decisions.paper",
                        verbose_name="utskrift",
                    ),
                ),
                (
                    "printed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "förnyad utskrift",
                "verbose_name_plural": "förnyade utskrifter",
                "ordering": ["printed_at", "id"],
            },
        ),
        migrations.RunSQL(
            "CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON decisions_printing "
            "FOR EACH ROW EXECUTE FUNCTION decisions_refuse_any();",
            "DROP TRIGGER written_once ON decisions_printing;",
        ),
    ]
