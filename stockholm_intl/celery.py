"""The Celery application. Its settings are Django's, those that begin with CELERY_."""

import os

from celery import Celery

# Safe when nobody said anything: production refuses to start half configured.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stockholm_intl.settings.production")

app = Celery("stockholm_intl")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
