"""The settings start without any variable in development, and refuse to start badly in production."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

GOOD = {"SECRET_KEY": "k3-" + "abcdefghij" * 6, "ALLOWED_HOSTS": "budget.example"}


def start(**variables: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, **variables}
    code = """
from django.conf import settings
print(settings.DEBUG, settings.DATABASES["default"]["ENGINE"], settings.DATABASES["default"]["HOST"],
      getattr(settings, "SECURE_SSL_REDIRECT", None), getattr(settings, "SECURE_PROXY_SSL_HEADER", None),
      settings.STORAGES["staticfiles"]["BACKEND"].rpartition(".")[2], sep="|")
"""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env={**environment, "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_development_needs_nothing() -> None:
    assert start().stdout.strip() == "True|django.db.backends.sqlite3||False|None|StaticFilesStorage"


def test_production_with_what_it_needs() -> None:
    result = start(
        ENVIRONMENT="production",
        **GOOD,
        DATABASE_URL="postgres://u:p@%2Frun%2Fpostgresql/budget",
        PROXY_SSL_HEADER="X-Forwarded-Proto",
        SECURE_SSL_REDIRECT="off",
    )
    expected = (
        "False|django.db.backends.postgresql|/run/postgresql|False|('HTTP_X_FORWARDED_PROTO', 'https')"
        "|ModuleStaticFilesStorage"
    )
    assert result.stdout.strip() == expected


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"ENVIRONMENT": "production", "ALLOWED_HOSTS": "budget.example"}, "SECRET_KEY"),
        ({"ENVIRONMENT": "production", **GOOD, "SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"ENVIRONMENT": "production", **GOOD, "ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"ENVIRONMENT": "production", **GOOD, "ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"ENVIRONMENT": "production", **GOOD, "DEBUG": "on"}, "DEBUG"),
        ({"ENVIRONMENT": "prod"}, "ENVIRONMENT"),
        ({"DATABASE_URL": "mysql://u:p@localhost/budget"}, "DATABASE_URL"),
        ({"ENV_FILE": "/nowhere/production.env"}, "/nowhere/production.env"),
        ({"ENV_FILE": str(Path(__file__).parent)}, str(Path(__file__).parent)),
    ],
)
def test_refuses_to_start(variables: dict[str, str], named: str) -> None:
    result = start(**variables)
    assert result.returncode != 0
    last = result.stderr.strip().splitlines()[-1]
    assert "ImproperlyConfigured" in last
    assert named in last


def test_of_a_variable_given_twice_the_last_counts(tmp_path: Path) -> None:
    """The production's lines are added to a copy of `.env.example`."""
    file = tmp_path / ".env"
    example = (settings.BASE_DIR / ".env.example").read_text(encoding="utf-8")
    added = {"ENVIRONMENT": "production", **GOOD, "DATABASE_URL": "postgres://u:a%23b@127.0.0.1/budget"}
    file.write_text(example + "".join(f"{name}={value}\n" for name, value in added.items()), encoding="utf-8")
    result = start(ENV_FILE=str(file))
    assert result.stdout.startswith("False|django.db.backends.postgresql|127.0.0.1|True|"), result.stderr
