"""A process killed at any statement of an import, a save or an act leaves either the old data or the new."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

KILLED = Path(__file__).with_name("killed_process.py")

pytestmark = pytest.mark.django_db


@pytest.fixture
def own_database(tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of the kind that the tests run on."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield f"sqlite:///{tmp_path / 'killed.sqlite3'}"
        return
    name = f"killed_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.parametrize(
    "what",
    [
        "document",
        "workbook",
        "upload",
        "undo",
        *(pytest.param(what, marks=pytest.mark.soak) for what in ("save", "approve", "publish", "correct")),
    ],
)
def test_old_or_new_at_every_statement(own_database: str, tmp_path: Path, what: str) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": own_database,
        "MEDIA_ROOT": str(tmp_path),
        "ENV_FILE": os.devnull,
        "PUBLISHED_DOCUMENTS": "",
    }
    run = subprocess.run(
        [sys.executable, str(KILLED), what], env=environment, capture_output=True, text=True, timeout=600
    )
    assert run.returncode == 0, run.stderr
    statements = int(run.stdout.split()[-1])
    print(f"{what}: killed at each of {statements} statements")
    assert statements > 5
