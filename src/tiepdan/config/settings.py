"""Every setting of Tiếp Dân, read from the environment; `docs/reference/settings.md` lists them.

Defaults suit one machine for development and rehearsal: nothing has to be set.
"""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONCE, SELF
from environs import Env, validate

from tiepdan.config.secret_files import read_or_make

env = Env()

# --- Where things lie -------------------------------------------------------------------------
REPOSITORY = Path(__file__).resolve().parents[3]
DATA_DIR = Path(env.str("TIEPDAN_DATA_DIR", str(REPOSITORY / "var"))).resolve()
# What is built belongs to the checkout, not to the data: copies with other data share it.
BUILD_DIR = Path(env.str("TIEPDAN_BUILD_DIR", str(REPOSITORY / "var"))).resolve()
RECORDINGS_DIR = DATA_DIR / "recordings"
DOCUMENTS_DIR = DATA_DIR / "documents"
BIN_DIR = BUILD_DIR / "bin"
RUN_DIR = DATA_DIR / "run"

# --- Where it is reached ----------------------------------------------------------------------
PORT_OFFSET = env.int("TIEPDAN_PORT_OFFSET", 0)
PUBLIC_HOST = env.str("TIEPDAN_PUBLIC_HOST", "localhost")
PUBLIC_URL = env.str("TIEPDAN_PUBLIC_URL", f"http://{PUBLIC_HOST}:{8080 + PORT_OFFSET}")
HTTPS = PUBLIC_URL.startswith("https://")
# An address has no name in front: then port 443 cannot be shared and this stays empty.
_NAMED = HTTPS and "." in PUBLIC_HOST and not PUBLIC_HOST.replace(".", "").isdigit()
_TURN_NAME = f"turn.{PUBLIC_HOST}" if _NAMED else ""
TURN_HOST = env.str("TIEPDAN_TURN_HOST", _TURN_NAME)

# --- How it behaves ---------------------------------------------------------------------------
DEBUG = env.bool("TIEPDAN_DEBUG", default=False)
REHEARSAL = env.bool("TIEPDAN_REHEARSAL", default=False)
# Demo accounts have printed passwords: never on a public address unless somebody asks for it.
DEMO = env.bool("TIEPDAN_DEMO", default=not HTTPS)
PROFILE = env.str("TIEPDAN_PROFILE", "lang-son")
VIDEO_PROVIDER = env.str("TIEPDAN_VIDEO_PROVIDER", "livekit")
SMS_PROVIDER = env.str("TIEPDAN_SMS_PROVIDER", "rehearsal")
SOFFICE = env.str("TIEPDAN_SOFFICE", "soffice")
FFMPEG = env.str("TIEPDAN_FFMPEG", "ffmpeg")
CLAMAV = env.str("TIEPDAN_CLAMAV", "/run/clamav/clamd.ctl")

# --- Media engine -----------------------------------------------------------------------------
ENGINE_URL = env.str("TIEPDAN_ENGINE_URL", f"http://127.0.0.1:{7880 + PORT_OFFSET}")
ENGINES = env.int("TIEPDAN_ENGINES", 1, validate=validate.Range(min=1, max=9))
ENGINE_KEY = env.str("TIEPDAN_ENGINE_KEY", "tiepdan")
ENGINE_SECRET = env.str("TIEPDAN_ENGINE_SECRET", "") or read_or_make(
    DATA_DIR / "secrets" / "engine_secret"
)

# --- Django -----------------------------------------------------------------------------------
SECRET_KEY = env.str("TIEPDAN_SECRET_KEY", "") or read_or_make(DATA_DIR / "secrets" / "django_key")
ALLOWED_HOSTS = env.list("TIEPDAN_ALLOWED_HOSTS", [PUBLIC_HOST, "localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
ROOT_URLCONF = "tiepdan.config.urls"
ASGI_APPLICATION = "tiepdan.config.asgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGIN_URL = "/dang-nhap/"
LOGIN_REDIRECT_URL = "/ban-lam-viec/"
LOGOUT_REDIRECT_URL = "/"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "tiepdan.common",
    "tiepdan.audit",
    "tiepdan.documents",
    "tiepdan.notices",
    "tiepdan.video",
    "tiepdan.org",
    "tiepdan.accounts",
    "tiepdan.matters",
    "tiepdan.scheduling",
    "tiepdan.sittings",
    "tiepdan.recordings",
    "tiepdan.followup",
    "tiepdan.reports",
    "tiepdan.portal",
    "tiepdan.desk",
    "tiepdan.room",
    "tiepdan.demo",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tiepdan.common.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "tiepdan.common.plain_text.PlainTextMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
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
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tiepdan.desk.context.shell",
                "tiepdan.portal.context.office",
            ],
        },
    },
]
FORM_RENDERER = "tiepdan.common.rendering.FormRenderer"

# --- Database: one DATABASE_URL, SQLite by default, PostgreSQL in production --------------------
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 10,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;",
}
# Compiling a plan takes longer than any of our questions.
_POSTGRESQL = {"pool": {"min_size": 1, "max_size": 8}, "options": "-c jit=off"}
DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{DATA_DIR}/db/tiepdan.sqlite3"),
}
DATABASES["default"]["OPTIONS"] = (
    SQLITE_OPTIONS if "sqlite" in DATABASES["default"]["ENGINE"] else _POSTGRESQL
)
DATABASES["default"]["CONN_MAX_AGE"] = 0

TASKS = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "media"]},
}

# --- Language, time ---------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
FORMAT_MODULE_PATH = ["tiepdan.config.formats"]
USE_THOUSAND_SEPARATOR = True

# --- Files ------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [path for path in [BUILD_DIR / "front"] if path.is_dir()]
# Hashed names let browsers keep files for ever; tests, which collect nothing, do without.
_STATIC_STORAGE = (
    "ManifestStaticFilesStorage"
    if env.bool("TIEPDAN_STATIC_MANIFEST", default=True)
    else "StaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": f"django.contrib.staticfiles.storage.{_STATIC_STORAGE}"},
}
MEDIA_ROOT = DOCUMENTS_DIR

# --- Security ---------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["tiepdan.accounts.backends.PatientBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
]
CSRF_FAILURE_VIEW = "tiepdan.portal.views.page_was_old"
SESSION_COOKIE_AGE = int(timedelta(hours=10).total_seconds())
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# Two copies on one machine differ by port only, which cookies do not see: name them apart.
SESSION_COOKIE_NAME = f"tiepdan_{PORT_OFFSET}" if PORT_OFFSET else "tiepdan"
CSRF_COOKIE_NAME = f"{SESSION_COOKIE_NAME}_csrf"
LANGUAGE_COOKIE_NAME = f"{SESSION_COOKIE_NAME}_language"
LANGUAGE_COOKIE_AGE = int(timedelta(days=365).total_seconds())
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
    },
}

# --- Logs: to standard error; the supervisor keeps them. No query strings, no names. ------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django_tasks": {"level": "WARNING"},
        "uvicorn.access": {"level": "WARNING"},
    },
}
