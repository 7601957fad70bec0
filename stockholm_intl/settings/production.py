"""Production. It says everything that is missing, at once, and does not start without it."""

from django.core.exceptions import ImproperlyConfigured

from stockholm_intl.settings.base import *  # noqa: F403
from stockholm_intl.settings.databases import database
from stockholm_intl.settings.logs import logging
from stockholm_intl.settings.places import BASE_DIR, env, place

NEEDED = (
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "REDIS_URL",
    "EMAIL_URL",
    "SITE_URL",
    "FILES_DIR",
)
if missing := [name for name in NEEDED if not env.str(name, default="").strip()]:
    raise ImproperlyConfigured(f"Production needs these in the environment: {', '.join(missing)}.")
if env.bool("DEBUG", default=False):
    raise ImproperlyConfigured("Production does not start with DEBUG on.")

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY is shorter than 50 characters.")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS names the hosts; * lets anybody forge a link.")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

DATABASES = {"default": database(env.str("DATABASE_URL"))}
CELERY_BROKER_URL = env.str("REDIS_URL")
vars().update(env.email_url_config(env.str("EMAIL_URL")))

STATIC_ROOT = place("STATIC_ROOT", BASE_DIR / "staticfiles")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# TLS ends in the proxy before us, which must set this header itself and drop what a client sent.
PROXY_COUNT = env.int("PROXY_COUNT", default=1)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^halsa/$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"

LOGGING = logging(level=env.str("LOG_LEVEL", default="INFO"), as_json=True)
