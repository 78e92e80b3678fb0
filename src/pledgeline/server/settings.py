"""The settings of the site.

What differs between installations comes from the environment: `PLEDGELINE_HOME`,
`PLEDGELINE_DATABASE_URL`, `PLEDGELINE_HOSTS` (names the site answers to, with commas),
`PLEDGELINE_HTTPS` (1 where a proxy before the site speaks https with the visitors), `PLEDGELINE_LOG`
(lines or json), `PLEDGELINE_DEBUG`, and a few that hardly anybody needs. `docs/handbook/running.md` lists
them all. Everything else is the same everywhere.
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from pledgeline.accounts import desk_token
from pledgeline.server import identity, mail, visitors
from pledgeline.server.catalogues import compiled_catalogues
from pledgeline.server.database import NoSuchDatabase, database
from pledgeline.server.environment import ocid_prefix, strict_transport, whole_number
from pledgeline.server.home import HomeUnusable, home, must_not_be_a_second, prepare
from pledgeline.server.keys import (
    KeyUnusable,
    books_key,
    key_places,
    metrics_token,
    secret_keys,
    witness_keys,
)
from pledgeline.server.logs import logging_settings
from pledgeline.server.misconfigured import Misconfigured

HOME = home()
DEBUG = os.environ.get("PLEDGELINE_DEBUG") == "1"
HTTPS = os.environ.get("PLEDGELINE_HTTPS") == "1"

try:
    if not os.environ.get("PLEDGELINE_DATABASE_URL"):
        must_not_be_a_second(HOME)
    prepare(HOME)
    SECRET_KEY, *SECRET_KEY_FALLBACKS = secret_keys(HOME)
    BOOKS_KEY = books_key(HOME)
    KEY_PLACES = key_places(HOME)
    WITNESS_KEYS = witness_keys()
    METRICS_TOKEN = metrics_token(HOME) if os.environ.get("PLEDGELINE_METRICS") == "1" else ""
    DATABASES = {"default": database(os.environ.get("PLEDGELINE_DATABASE_URL", ""), HOME)}
except (HomeUnusable, KeyUnusable, NoSuchDatabase) as error:
    raise ImproperlyConfigured(str(error)) from None
WORKER_MEMORY_MB = whole_number("PLEDGELINE_WORKER_MEMORY_MB", 1_000)
RATE_LIMITS = os.environ.get("PLEDGELINE_RATE_LIMITS") != "0"

OCID_PREFIX = ocid_prefix("PLEDGELINE_OCID_PREFIX")
CONTACT = os.environ.get("PLEDGELINE_CONTACT", "")
WATCH_TOKEN = os.environ.get("PLEDGELINE_WATCH_TOKEN", "")
try:
    PROVIDERS = identity.providers(os.environ)
    SECOND_FACTOR_ROLES = identity.roles_with_second_factor(os.environ)
    MAILER = mail.mailer(os.environ)
    TRUSTED_PROXIES = visitors.trusted(os.environ)
except Misconfigured as error:
    raise ImproperlyConfigured(str(error)) from None
EMAIL_BACKEND = MAILER.backend
EMAIL_HOST, EMAIL_PORT = MAILER.host, MAILER.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAILER.user, MAILER.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAILER.starts_tls, MAILER.is_tls
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = MAILER.sender

ALLOWED_HOSTS = os.environ.get("PLEDGELINE_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
ROOT_URLCONF = "pledgeline.server.urls"
WSGI_APPLICATION = "pledgeline.server.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "ninja",
    "pledgeline.accounts",
    "pledgeline.audit",
    "pledgeline.jobs",
    "pledgeline.records",
    "pledgeline.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "pledgeline.server.visitors.find_visitor",
    "pledgeline.server.middleware.log_requests",
    "pledgeline.server.middleware.name_caller",
    "django.middleware.security.SecurityMiddleware",
    "pledgeline.server.middleware.add_headers",
    "csp.middleware.CSPMiddleware",
    "pledgeline.server.methods.refuse_other_methods",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "pledgeline.server.packing.PackOnce",
    "django.middleware.http.ConditionalGetMiddleware",
    "pledgeline.server.refusals.answer_refused",
    "pledgeline.server.middleware.refuse_too_much",
    "pledgeline.server.middleware.refuse_nonsense",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "pledgeline.server.middleware.describe_session",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "pledgeline.server.middleware.keep_private",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pledgeline.web.sign_in.second_factor.ask_for_second_factor",
    "pledgeline.web.sign_in.leaving.forget_in_browser",
    "pledgeline.api.door.admit",
    "pledgeline.web.exports.note_exports",
    "pledgeline.server.rates.LimitRates",
    "pledgeline.web.not_understood.RefuseMisunderstood",
    "pledgeline.web.related.Relate",
    "pledgeline.web.long_files.LeadToJob",
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
                "pledgeline.web.desk.for_pages",
                "pledgeline.web.head.for_pages",
                "pledgeline.web.sign_in.context.for_pages",
            ],
        },
    },
]

# Language and time. Dates of the record are days without a time zone; the clock of the site is UTC.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("uk", "Українська")]  # each by its own name, for whoever reads no other
LOCALE_PATHS = [compiled_catalogues(Path(__file__).resolve().parents[1] / "locale")]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
FORMAT_MODULE_PATH = "pledgeline.locale"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# How far the clock may stand behind the newest entry of some books before nothing is entered by it.
CLOCK_BEHIND_DAYS = whole_number("PLEDGELINE_CLOCK_BEHIND_DAYS", 1)

# What all workers have to know together for a while, such as codes that were used: see accounts/models/shared.py.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_shared",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

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
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

# Over https a browser shall come over https alone, and no other name beside this one can plant a cookie:
# one whose name begins with __Host- is of this host, of every path, and was set over https.
if HTTPS:
    SECURE_HSTS_SECONDS, SECURE_HSTS_INCLUDE_SUBDOMAINS, SECURE_HSTS_PRELOAD = strict_transport(
        "PLEDGELINE_HSTS"
    )
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

# Who is signed in: for a working day, or until nothing was asked for an hour, in a cookie that scripts cannot read.
AUTH_USER_MODEL = "accounts.User"
SESSION_ENGINE = "pledgeline.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE_SECONDS = 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# `up` sets it, for the processes that it starts on loopback
DESK_DIGEST = os.environ.get(desk_token.VARIABLE, "")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:account"
LOGOUT_REDIRECT_URL = "web:programmes"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
ACCOUNT_ADAPTER = "pledgeline.web.sign_in.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "pledgeline.web.sign_in.forms.SignInForm",
    "change_password": "pledgeline.web.sign_in.forms.NewPasswordForm",
    "reset_password_from_key": "pledgeline.web.sign_in.forms.PasswordByLinkForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Failed attempts are counted in the database, by all workers together.
# What is guessed after a password, a code, is counted by allauth: so many for one person, wherever they come from.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/15m/key"}
MFA_ADAPTER = "pledgeline.web.sign_in.adapters.MFAAdapter"
MFA_FORMS = {
    "activate_totp": "pledgeline.web.sign_in.forms.AuthenticatorAppForm",
    "add_webauthn": "pledgeline.web.sign_in.forms.PasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Browsers let passkeys be used over http on this machine alone.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_ISSUER = "Pledgeline"
MFA_TOTP_TOLERANCE = 0
SOCIALACCOUNT_ADAPTER = "pledgeline.web.sign_in.adapters.SocialAccountAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": PROVIDERS}}
SOCIALACCOUNT_STORE_TOKENS = False
PASSWORD_RESET_TIMEOUT = 24 * 3600
# Passwords of 12 letters or more that are known from breaches, the most used of them.
COMMON_PASSWORDS = Path(__file__).resolve().parents[1] / "accounts" / "common_passwords.txt.gz"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("username", "email")}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {"password_list_path": COMMON_PASSWORDS}),
    )
] + [{"NAME": "pledgeline.accounts.passwords.OwnWordsValidator"}]

# Work in the background (pledgeline.jobs): what there is to do, and how much may wait and be stored for it.
TASKS = {
    "default": {
        "BACKEND": "pledgeline.jobs.backend.JobsBackend",
        "QUEUES": [],  # the table of kinds says which there are
        "OPTIONS": {"kinds": "pledgeline.actions.kinds.KINDS"},
    }
}
JOB_MEMORY_MB = whole_number("PLEDGELINE_JOB_MEMORY_MB", 2_000)
JOBS_PER_PROGRAMME = whole_number("PLEDGELINE_JOBS_PER_PROGRAMME", 50)
WEBHOOKS_PRIVATE = os.environ.get("PLEDGELINE_WEBHOOKS_PRIVATE") == "1"
JOBS_PER_PERSON = whole_number("PLEDGELINE_JOBS_PER_PERSON", 20)
UPLOADS_MB_PER_PROGRAMME = whole_number("PLEDGELINE_UPLOADS_MB_PER_PROGRAMME", 500)
UPLOADS_MB_PER_PERSON = whole_number("PLEDGELINE_UPLOADS_MB_PER_PERSON", 200)

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 21_000_000  # uploads stay in memory: no file of a visitor touches the disk
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

try:
    LOGGING = logging_settings(os.environ.get("PLEDGELINE_LOG") or "lines")
except ValueError as error:
    raise ImproperlyConfigured(str(error)) from None

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
