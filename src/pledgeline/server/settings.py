"""The settings of the site.

What differs between installations comes from four variables: `PLEDGELINE_HOME`,
`PLEDGELINE_DATABASE_URL`, `PLEDGELINE_HOSTS` (names the site answers to, with commas) and
`PLEDGELINE_DEBUG`. Everything else is the same everywhere.
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from pledgeline.server.database import NoSuchDatabase, database
from pledgeline.server.home import HomeUnusable, home, prepare, secret_key

HOME = home()
DEBUG = os.environ.get("PLEDGELINE_DEBUG") == "1"

try:
    prepare(HOME)
    SECRET_KEY = secret_key(HOME)
    DATABASES = {"default": database(os.environ.get("PLEDGELINE_DATABASE_URL", ""), HOME)}
except (HomeUnusable, NoSuchDatabase) as error:
    raise ImproperlyConfigured(str(error)) from None

ALLOWED_HOSTS = os.environ.get("PLEDGELINE_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
REACHED_BY_OTHERS = not set(ALLOWED_HOSTS) <= {"localhost", "127.0.0.1", "[::1]", "::1", "testserver"}
ROOT_URLCONF = "pledgeline.server.urls"
WSGI_APPLICATION = "pledgeline.server.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django_htmx",
    "lucide",
    "csp",
    "pledgeline.records",
    "pledgeline.web",
]

MIDDLEWARE = [
    "pledgeline.server.middleware.log_requests",
    "django.middleware.security.SecurityMiddleware",
    "pledgeline.server.middleware.add_headers",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "pledgeline.server.middleware.refuse_nonsense",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
            ],
        },
    },
]

# Language and time. Dates of the record are days without a time zone; the clock of the site is UTC.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Static files lie in the packages that bring them; their addresses carry a digest of their content.
STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "pledgeline.server.static.VersionedStaticFiles"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 7 * 24 * 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False

# No request leaves the machine: the browser is told so, and nothing inline is trusted.
# Bootstrap draws a few of its icons from data: addresses in its style sheet.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "pledgeline": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
