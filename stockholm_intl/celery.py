"""The Celery application. Its settings are Django's, those that begin with CELERY_."""

import os

from celery import Celery


app = Celery("stockholm_intl")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
