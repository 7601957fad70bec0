"""Tests. Without addresses in the environment a run starts its own PostgreSQL and Redis, and removes them."""

import os

from stockholm_intl.kit import throwaway
from stockholm_intl.settings.places import RUN_DIR

os.environ.setdefault("STATEMENT_TIMEOUT", "15s")
os.environ.setdefault("LOCK_TIMEOUT", "3s")
os.environ.setdefault("IDLE_IN_TRANSACTION_TIMEOUT", "60s")
throwaway.servers(RUN_DIR)

from stockholm_intl.settings.base import *  # noqa: E402, F403
from stockholm_intl.settings.databases import database  # noqa: E402
from stockholm_intl.settings.logs import logging  # noqa: E402
from stockholm_intl.settings.places import env, place  # noqa: E402

SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DATABASES = {"default": database(env.str("DATABASE_URL"))}
MEDIA_ROOT = place("FILES_DIR", RUN_DIR / "files")

# Each process of a parallel run has a Redis number of its own: gw0 gets 1, gw1 gets 2.
NUMBER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw-1").removeprefix("gw")) + 1
CELERY_BROKER_URL = f"{env.str('REDIS_URL').rpartition('/')[0]}/{NUMBER}"

# Seconds of hashing protect passwords, not tests.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if mail := env.str("EMAIL_URL", default=""):
    vars().update(env.email_url_config(mail))
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
LOGGING = logging(level="WARNING", as_json=True)
