from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kit", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bucket",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("tokens", models.FloatField()),
                ("filled_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "spärr",
                "verbose_name_plural": "spärrar",
            },
        ),
    ]
