"""What every kind of machine has in common. What differs stands in dev, test and production beside it."""

from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from stockholm_intl.settings.countries import SWEDISH_NAMES
from stockholm_intl.settings.jobs import *  # noqa: F403
from stockholm_intl.settings.places import BASE_DIR, RUN_DIR, env, place

DEBUG = False
ROOT_URLCONF = "stockholm_intl.urls"
WSGI_APPLICATION = "stockholm_intl.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "stockholm_intl.kit",
    "organisation",
    "engagements",
    "visits",
    "memberships",
    "decisions",
    "reporting",
    "stockholm_intl.sample",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "guardian",
    "simple_history",
    "django_countries",
    "django_htmx",
    "template_partials",
    "csp",
]

MIDDLEWARE = [
    "stockholm_intl.kit.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "stockholm_intl.kit.middleware.PageHeadersMiddleware",
    "stockholm_intl.kit.middleware.UnavailableMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "stockholm_intl.kit.middleware.ChosenLanguageMiddleware",
    "stockholm_intl.kit.middleware.WrongMethodMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Nothing is open by forgetfulness: a public view says so with login_not_required.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "organisation.context.places",
            ],
        },
    },
]
FORM_RENDERER = "stockholm_intl.kit.forms.Renderer"

# --- People and rights
AUTH_USER_MODEL = "organisation.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "login"
# How many proxies of ours stand before us; each adds the address it saw to X-Forwarded-For.
PROXY_COUNT = env.int("PROXY_COUNT", default=0)
# A password that everybody may know; only the demo has one.
DEMO_PASSWORD = ""
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

# --- What a browser may do with our pages
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        # Designsystemet's icons are data: images in its style sheet.
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "stockholm_intl.kit.pages.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"

# --- Language, place and time
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Svenska")), ("en", _("Engelska"))]
COUNTRIES_OVERRIDE = SWEDISH_NAMES
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["stockholm_intl.formats"]
# A year or a key in a template must never become "2 026": intcomma groups where a number is meant.
USE_THOUSAND_SEPARATOR = False
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

# --- Files
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles"
MEDIA_ROOT = place("FILES_DIR", RUN_DIR / "files")
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "stockholm_intl.kit.uploads.LimitedUploadHandler",
]

# --- Mail
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="internationella-engagemang@stockholm.example")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
SITE_URL = env.str("SITE_URL", default="http://localhost:8000")

# --- The strategy: a folder with editions besides those in engagements/strategy/editions
STRATEGY_EDITIONS = env.str("STRATEGY_EDITIONS", default="")
