"""A developer's machine and the demo: what the environment does not say, the checkout holds in .run/."""

from stockholm_intl.kit import embedded
from stockholm_intl.settings.base import *  # noqa: F403
from stockholm_intl.settings.databases import database
from stockholm_intl.settings.logs import logging
from stockholm_intl.settings.places import RUN_DIR, env

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or embedded.secret_key(RUN_DIR)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

DEMO_PASSWORD = env.str("DEMO_PASSWORD", default="internationellt-2026")

DATABASES = {"default": database(env.str("DATABASE_URL", default="") or embedded.postgres(RUN_DIR))}
CELERY_BROKER_URL = env.str("REDIS_URL", default="") or embedded.redis(RUN_DIR)

# The drills bring tasks of their own.
CELERY_IMPORTS = env.list("MORE_TASKS", default=[])

# Static files are served from where they lie; gathering and hashing them is a step of the image.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = RUN_DIR / "mail"
if mail := env.str("EMAIL_URL", default=""):
    vars().update(env.email_url_config(mail))

LOGGING = logging(level=env.str("LOG_LEVEL", default="INFO"), as_json=False)
