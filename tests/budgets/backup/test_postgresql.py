"""PostgreSQL's programs: the right version is found, and the password goes by the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgets.backup import postgresql
from budgets.backup.database import DatabaseFailed
from budgets.backup.postgresql import environment, find_program


def program(path: Path, version: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version} (Debian)'\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(postgresql, "INSTALLED", str(tmp_path / "lib"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return tmp_path


def test_the_servers_own_version_is_taken_first_and_never_an_older_one(installed: Path) -> None:
    with pytest.raises(DatabaseFailed, match=r"没有找到 pg_dump 15 .*postgresql-client-15"):
        find_program("pg_dump", 15)
    program(installed / "bin/pg_dump", "14.9")
    program(installed / "lib/9/bin/pg_dump", "9.6")
    with pytest.raises(DatabaseFailed):
        find_program("pg_dump", 15)
    newer = program(installed / "lib/16/bin/pg_dump", "16.1")
    assert find_program("pg_dump", 15) == newer
    on_path = program(installed / "bin/pg_dump", "15.2")
    assert find_program("pg_dump", 15) == on_path
    own = program(installed / "lib/15/bin/pg_dump", "15.3")
    assert find_program("pg_dump", 15) == own


def test_the_programs_reach_the_database_of_the_settings() -> None:
    given = environment(
        {
            "NAME": "sunshine_budget",
            "USER": "budget",
            "PASSWORD": "secret word",
            "HOST": "127.0.0.1",
            "PORT": 5433,
            "OPTIONS": {"sslmode": "require", "passfile": "/etc/pass", "options": "-csearch_path=budget"},
        }
    )
    assert given == {
        "PGDATABASE": "sunshine_budget",
        "PGUSER": "budget",
        "PGPASSWORD": "secret word",
        "PGHOST": "127.0.0.1",
        "PGPORT": "5433",
        "PGSSLMODE": "require",
        "PGPASSFILE": "/etc/pass",
        "PGOPTIONS": "-csearch_path=budget",
    }
    assert environment({"NAME": "x", "USER": "", "PASSWORD": "", "HOST": "", "PORT": "", "OPTIONS": {}}) == {
        "PGDATABASE": "x"
    }
