"""Whatever has been released can be upgraded: each dump, migrated, answers what its release answered."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests.upgrade.answers import Answers

HERE = Path(__file__).parent
DUMPS = sorted(path.parent.name for path in HERE.glob("*/expected.json.gz"))


def read(dump: str, name: str) -> str:
    return gzip.decompress((HERE / dump / name).read_bytes()).decode()


def on_sqlite(dump: str, folder: Path) -> str:
    """Loads the dump into a new database; returns its URL."""
    path = folder / "db.sqlite3"
    with sqlite3.connect(path) as database:
        database.executescript(read(dump, "sqlite.sql.gz"))
    return f"sqlite:///{path}"


def on_postgresql(dump: str, folder: Path) -> str:
    server = settings.DATABASES["default"]
    where = {"host": server["HOST"], "port": server["PORT"] or None, "user": server["USER"]}
    where |= {"password": server["PASSWORD"] or None}
    name = f"upgrade_{dump}_{os.getpid()}"
    with psycopg.connect(dbname="postgres", autocommit=True, **where) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        connection.execute(f'CREATE DATABASE "{name}"')
    with psycopg.connect(dbname=name, autocommit=True, **where) as connection:
        connection.execute(read(dump, "postgresql.sql.gz"))
    person = quote(server["USER"]) + (f":{quote(server['PASSWORD'])}" if server["PASSWORD"] else "")
    port = f":{server['PORT']}" if server["PORT"] else ""
    return f"postgres://{person}@{quote(server['HOST'], safe='')}{port}/{name}"


def test_there_is_a_dump() -> None:
    assert "2026_11" in DUMPS


DATABASES = (
    pytest.param(on_sqlite, id="sqlite"),
    pytest.param(
        on_postgresql,
        id="postgresql",
        marks=pytest.mark.skipif(connection.vendor != "postgresql", reason="there is no PostgreSQL"),
    ),
)


@pytest.mark.parametrize("load", DATABASES)
@pytest.mark.parametrize("dump", DUMPS)
def test_a_released_database_answers_after_its_migration_what_it_answered(
    dump: str, load: Callable[[str, Path], str], tmp_path: Path
) -> None:
    shutil.copytree(HERE / dump / "files", tmp_path / "media" / "files")
    wanted = tmp_path / "expected.json"
    wanted.write_text(read(dump, "expected.json.gz"), encoding="utf-8")
    environment = {
        **os.environ,
        "DATABASE_URL": load(dump, tmp_path),
        "MEDIA_ROOT": str(tmp_path / "media"),
        "ENV_FILE": os.devnull,
    }
    made = subprocess.run(
        [sys.executable, "-m", "tests.upgrade.answers", str(wanted)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr[-4000:]
    expected: Answers = json.loads(wanted.read_text(encoding="utf-8"))
    found: Answers = json.loads(made.stdout)
    assert found["files"] == expected["files"]
    for publication, figures in expected["figures"].items():
        assert found["figures"][publication] == figures, publication
    assert found["pages"] == expected["pages"]
    verify = [sys.executable, "manage.py", "verify_publications"]
    verified = subprocess.run(verify, env=environment, capture_output=True, text=True, check=False)
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert "没有发现问题" in verified.stdout
