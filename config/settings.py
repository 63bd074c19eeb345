"""Settings: one file, driven by the environment, failing loudly.

Without any variable this is a development server on SQLite. ENVIRONMENT=production refuses to start
unless it is told what it needs. `.env.example` lists every variable.
"""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env_file = Path(os.environ.get("ENV_FILE", BASE_DIR / ".env"))
if "ENV_FILE" in os.environ or env_file.exists():
    # read_env itself passes over a file that it cannot open, which would start a production as a development.
    try:
        with env_file.open(encoding="utf-8") as variables:
            environ.Env.read_env(variables)
    except OSError as error:
        raise ImproperlyConfigured(f"{env_file} cannot be read: {error.strerror}.") from None

ENVIRONMENT = env.str("ENVIRONMENT", default="development")
if ENVIRONMENT not in ("development", "production"):
    raise ImproperlyConfigured(f"ENVIRONMENT must be development or production, not {ENVIRONMENT!r}.")
PRODUCTION = ENVIRONMENT == "production"

# --- Secrets and hosts ------------------------------------------------------------------------------

DEBUG = False if PRODUCTION else env.bool("DEBUG", default=True)
SECRET_KEY = env.str("SECRET_KEY", default="" if PRODUCTION else "development-only-" + "0" * 50)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

if PRODUCTION:
    if len(SECRET_KEY) < 50 or SECRET_KEY.startswith(("development-only-", "django-insecure-")):
        raise ImproperlyConfigured(
            "ENVIRONMENT=production needs a random SECRET_KEY of at least 50 characters."
        )
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured(
            "ENVIRONMENT=production needs ALLOWED_HOSTS: its host names, comma-separated, no *."
        )
    if env.bool("DEBUG", default=False):
        raise ImproperlyConfigured("DEBUG cannot be on with ENVIRONMENT=production.")

# --- Applications -----------------------------------------------------------------------------------

INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "unfold.contrib.inlines",
    "unfold.contrib.simple_history",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    # In development too, static files pass the middleware, which compresses them.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "simple_history",
    "axes",
    "csp",
    "budgets",
    "performance",
    "config.apps.ProfilesConfig",
]

MIDDLEWARE = [
    "config.middleware.RequestIdMiddleware",
    "config.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.PageCompressionMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.ContentSecurityPolicyMiddleware",
    "config.well_formed.WellFormedMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
# Bootstrap's on the site, the admin theme's within the admin (`budgets.forms.layout`).
CRISPY_ALLOWED_TEMPLATE_PACKS = ("bootstrap5", "unfold_crispy")
CRISPY_TEMPLATE_PACK = "bootstrap5"
# A layout that names a field twice, or one that the form does not have, is a mistake.
CRISPY_FAIL_SILENTLY = PRODUCTION

# --- Database ---------------------------------------------------------------------------------------

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
_engine = DATABASES["default"]["ENGINE"]
if _engine == "django.db.backends.sqlite3":
    # Readers do not wait for the writer; a transaction takes the write lock at its start, so that two
    # writers queue for up to the timeout instead of failing in the middle.
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        transaction_mode="IMMEDIATE",
        timeout=20,
        init_command="PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;",
    )
elif _engine == "django.db.backends.postgresql":
    # A socket's directory stands in the URL's host with its slashes escaped, as libpq has it.
    DATABASES["default"]["HOST"] = unquote(DATABASES["default"]["HOST"])
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60 if PRODUCTION else 0)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
else:
    raise ImproperlyConfigured(f"DATABASE_URL must name SQLite or PostgreSQL, not {_engine}.")

# --- Login ------------------------------------------------------------------------------------------

LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/entry/"
LOGOUT_REDIRECT_URL = "/"

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Five failures lock one user name from one address for 15 minutes: not the whole office behind that
# address, and not the user everywhere.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "config.middleware.client_address"
AXES_USERNAME_CALLABLE = "config.middleware.attempted_name"
AXES_RESET_ON_SUCCESS = True
AXES_COOLOFF_MESSAGE = "登录失败次数过多，该账号已被暂时锁定，请 15 分钟后再试，或联系管理员解锁。"
AXES_PERMALOCK_MESSAGE = "登录失败次数过多，该账号已被锁定，请联系管理员解锁。"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# --- Transport and content security -----------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

if PRODUCTION:
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    # Off only where a proxy already redirects to https.
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 60 * 60)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
    SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=False)
    # The browsers' preload list is for the owner of the whole domain to join, not for one site on it.
    SILENCED_SYSTEM_CHECKS = ["security.W021"]
    # E.g. X-Forwarded-Proto. Only behind a proxy that always sets or strips it.
    _proxy_ssl_header = env.str("PROXY_SSL_HEADER", default="")
    if _proxy_ssl_header:
        SECURE_PROXY_SSL_HEADER = ("HTTP_" + _proxy_ssl_header.upper().replace("-", "_"), "https")

# config.middleware adds what the admin theme needs, under /admin/ alone.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    },
}

# --- Publications -----------------------------------------------------------------------------------

# The documents for people that a publication has besides its workbook and data. A pdf needs fonts-noto-cjk.
PUBLISHED_DOCUMENTS = env.list("PUBLISHED_DOCUMENTS", default=["pdf", "docx", "svg"])

# --- Uploads ----------------------------------------------------------------------------------------

# Uploaded workbooks are read in a process of their own, which has limits.
READ_APART = True

# A project form with 120 indicators, or a grid of lines, posts thousands of fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# --- Static files and storage -----------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(BASE_DIR / "media"))
# What failed, for the superuser (`budgets.audit.errors`); beside the files, so that a backup of these leaves it out.
ERRORS_ROOT = env.str("ERRORS_ROOT", default=str(Path(MEDIA_ROOT).parent / "errors"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "config.storage.ModuleStaticFilesStorage"
            if PRODUCTION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        ),
    },
}

# --- Language and time ------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
# What the admin theme says and nobody has translated.
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
FORMAT_MODULE_PATH = "config.formats"
USE_I18N = True
USE_TZ = True

# --- Mail and log -----------------------------------------------------------------------------------

vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="sunshine-budget@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Seconds: mail is tried within the request that causes it.
EMAIL_TIMEOUT = 10
# What addresses in mails start with, e.g. https://budget.example.gov.cn
SITE_URL = env.str("SITE_URL", default="")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {request_id} {name}: {message}", "style": "{"}},
    "filters": {"request_id": {"()": "config.request_ids.RequestIdFilter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request_id"]},
        "null": {"class": "logging.NullHandler"},
    },
    "root": {
        "handlers": ["console"],
        "level": env.str("LOG_LEVEL", default="INFO" if PRODUCTION else "WARNING"),
    },
    "loggers": {
        # Scanners asking for other host names are refused already; a line for each is noise.
        "django.security.DisallowedHost": {"handlers": ["null"], "propagate": False},
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}

# --- Admin ------------------------------------------------------------------------------------------

UNFOLD = {
    "SITE_TITLE": "阳光预算",
    "SITE_HEADER": "阳光预算",
    "SITE_SUBHEADER": "部门预算、决算审核与管理",
    "SITE_SYMBOL": "account_balance",
    "SITE_URL": "/",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("img/icon.svg")},
    ],
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "THEME": "light",
    "DASHBOARD_CALLBACK": "budgets.admin.site.dashboard",
    "SIDEBAR": {"navigation": "budgets.admin.site.sidebar"},
    "COLORS": {
        "primary": {
            "50": "oklch(97.3% .012 243)",
            "100": "oklch(94.2% .026 243)",
            "200": "oklch(88.9% .052 243)",
            "300": "oklch(81.0% .088 244)",
            "400": "oklch(70.6% .118 246)",
            "500": "oklch(60.8% .128 249)",
            "600": "oklch(52.2% .126 252)",
            "700": "oklch(45.6% .112 254)",
            "800": "oklch(39.4% .092 255)",
            "900": "oklch(33.6% .074 256)",
            "950": "oklch(25.8% .056 257)",
        },
    },
}
