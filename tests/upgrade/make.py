"""Makes a dump of a database as it is at one release, for `test_upgrade` to migrate for good.

    DATABASE_URL=sqlite:////tmp/new.sqlite3 MEDIA_ROOT=/tmp/new-media \
      python tests/postgres.py python -m tests.upgrade.make tests/upgrade/2026_11

Run it at the commit of the release, before anything is migrated. The folder then holds the samples, and one
department's story told through the actions, as SQL of SQLite (`sqlite.sql.gz`) and of PostgreSQL
(`postgresql.sql.gz`), the stored files (`files/`), and what the release answered (`expected.json.gz`).
A folder that has landed is never made again.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

WORKER = "UPGRADE_POSTGRES"
"""Set in the second process, which copies the rows into PostgreSQL."""

APPS = ("auth.user", "auth.group", "admin.logentry", "budgets", "performance")


def main(folder: Path) -> None:
    """Tell the story on SQLite, copy it to PostgreSQL, and write down what both must answer."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from tests.upgrade.answers import answers_now
    from tests.upgrade.story import tell_story

    folder.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    tell_story()
    write(folder / "expected.json.gz", json.dumps(answers_now(), ensure_ascii=False, indent=1))
    shutil.copytree(Path(settings.MEDIA_ROOT) / "files", folder / "files", dirs_exist_ok=True)

    with tempfile.TemporaryDirectory() as there:
        rows = Path(there) / "rows.json"
        call_command("dumpdata", *APPS, natural_foreign=True, output=str(rows), verbosity=0)
        environment = {**os.environ, WORKER: str(rows), "DATABASE_URL": os.environ["POSTGRES_URL"]}
        subprocess.run([sys.executable, "-m", "tests.upgrade.make", str(folder)], env=environment, check=True)
    database = sqlite3.connect(settings.DATABASES["default"]["NAME"])
    write(folder / "sqlite.sql.gz", "\n".join(database.iterdump()))


def copy_rows(rows: str, folder: Path) -> None:
    """The second process: the same rows in PostgreSQL, then its own dump."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("loaddata", rows, verbosity=0)
    host = settings.DATABASES["default"]["HOST"]
    made = subprocess.run(
        ["pg_dump", "-h", host, "-U", "postgres", "--inserts", "--no-owner", "--no-privileges", "postgres"],
        capture_output=True,
        text=True,
        check=True,
    )
    # psql's own commands are no SQL.
    lines = [line for line in made.stdout.splitlines() if not line.startswith("\\")]
    write(folder / "postgresql.sql.gz", "\n".join(lines))


def write(path: Path, text: str) -> None:
    """Compressed, the same bytes for the same text."""
    with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as file:
        file.write(text.encode())


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if WORKER in os.environ:
        copy_rows(os.environ[WORKER], Path(sys.argv[1]))
    else:
        main(Path(sys.argv[1]))
