"""Tests. Their servers are started by tests/conftest.py, which leaves the addresses in the environment."""

import os

os.environ.setdefault("STATEMENT_TIMEOUT", "15s")
os.environ.setdefault("LOCK_TIMEOUT", "3s")
os.environ.setdefault("IDLE_IN_TRANSACTION_TIMEOUT", "60s")

from stockholm_intl.settings.base import *  # noqa: E402, F403
from stockholm_intl.settings.base import RUN_DIR, env  # noqa: E402
from stockholm_intl.settings.databases import database  # noqa: E402
from stockholm_intl.settings.jobs import *  # noqa: E402, F403
from stockholm_intl.settings.logs import logging  # noqa: E402

SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DATABASES = {"default": database(env.str("DATABASE_URL", default="postgresql://nobody@localhost:1/none"))}
CELERY_BROKER_URL = env.str("REDIS_URL", default="redis://localhost:1/0")
MEDIA_ROOT = env.path("FILES_DIR", default=RUN_DIR / f"test-{os.getpid()}" / "files")

# Seconds of hashing protect passwords, not tests.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
LOGGING = logging(level="WARNING", as_json=True)
