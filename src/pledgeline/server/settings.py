"""The settings of the site.

What differs between installations comes from variables: `PLEDGELINE_HOME`,
`PLEDGELINE_DATABASE_URL`, `PLEDGELINE_HOSTS` (names the site answers to, with commas),
`PLEDGELINE_HTTPS` (1 where a proxy before the site speaks https with the visitors),
`PLEDGELINE_TRUSTED_PROXIES` (addresses of proxies whose word on a visitor's address counts),
`PLEDGELINE_WORKER_MEMORY_MB`, `PLEDGELINE_RATE_LIMITS` (0 for none) and `PLEDGELINE_DEBUG`.
Everything else is the same everywhere.
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from pledgeline.server.database import NoSuchDatabase, database
from pledgeline.server.home import HomeUnusable, books_key, home, must_not_be_a_second, prepare, secret_key
from pledgeline.server.memory import NoSuchLimit, megabytes
from pledgeline.server.visitors import NoSuchProxy, networks

HOME = home()
DEBUG = os.environ.get("PLEDGELINE_DEBUG") == "1"
HTTPS = os.environ.get("PLEDGELINE_HTTPS") == "1"

try:
    if not os.environ.get("PLEDGELINE_DATABASE_URL"):
        must_not_be_a_second(HOME)
    prepare(HOME)
    SECRET_KEY = secret_key(HOME)
    BOOKS_KEY = books_key(HOME)
    DATABASES = {"default": database(os.environ.get("PLEDGELINE_DATABASE_URL", ""), HOME)}
    TRUSTED_PROXIES = networks(os.environ.get("PLEDGELINE_TRUSTED_PROXIES", ""))
    WORKER_MEMORY_MB = megabytes(os.environ.get("PLEDGELINE_WORKER_MEMORY_MB", ""))
except (HomeUnusable, NoSuchDatabase, NoSuchLimit, NoSuchProxy) as error:
    raise ImproperlyConfigured(str(error)) from None
RATE_LIMITS = os.environ.get("PLEDGELINE_RATE_LIMITS") != "0"

ALLOWED_HOSTS = os.environ.get("PLEDGELINE_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
REACHED_BY_OTHERS = not set(ALLOWED_HOSTS) <= {"localhost", "127.0.0.1", "[::1]", "::1", "testserver"}
ROOT_URLCONF = "pledgeline.server.urls"
WSGI_APPLICATION = "pledgeline.server.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
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
    "pledgeline.server.methods.refuse_other_methods",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "pledgeline.server.refusals.answer_refused",
    "pledgeline.server.middleware.refuse_too_much",
    "pledgeline.server.middleware.refuse_nonsense",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "pledgeline.server.middleware.keep_private",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pledgeline.server.rates.LimitRates",
    "pledgeline.web.not_understood.RefuseMisunderstood",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
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
CSRF_FAILURE_VIEW = "pledgeline.web.refused.token_refused"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

# Who is signed in: for a working day, in a cookie that scripts cannot read.
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
LOGIN_URL = "web:sign-in"
LOGIN_REDIRECT_URL = "web:account"
LOGOUT_REDIRECT_URL = "web:programmes"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 21_000_000  # uploads stay in memory: no file of a visitor touches the disk
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
