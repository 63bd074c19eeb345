"""PostgreSQL, copied and loaded by its own programs. Passwords go by the environment, never by a command line."""

from __future__ import annotations

import glob
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

from .archive import BLOCK
from .database import Copy, DatabaseFailed, rows
from .named_files import Rows

INSTALLED = "/usr/lib/postgresql"
"""Where Debian installs PostgreSQL's programs, by version, beside the ones on the PATH."""
LONGEST = 2000
"""The most characters that are repeated of what a program said."""


class PostgreSQL:
    engine = "postgresql"
    member = "database.dump"

    def size(self) -> int:
        return int(rows("SELECT pg_database_size(current_database())")[0][0])

    @contextmanager
    def copying(self, folder: Path) -> Iterator[Copy]:
        """The transaction whose snapshot is dumped stays open, so that what is counted is what was dumped."""
        path = folder / self.member
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            snapshot = rows("SELECT pg_export_snapshot()")[0][0]
            _run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={path}")
            yield Copy(path, rows)

    def is_empty(self) -> bool:
        found = rows(
            "SELECT 1 FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace"
            " WHERE relkind IN ('r', 'p', 'S') AND nspname !~ '^pg_' AND nspname <> 'information_schema' LIMIT 1"
        )
        return not found

    def load(self, stream: IO[bytes], folder: Path) -> None:
        name = connection.settings_dict["NAME"]
        _run(
            *("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"),
            f"--dbname={name}",
            stream=stream,
        )

    def tables(self, rows: Rows) -> list[str]:
        found = rows(
            "SELECT tablename FROM pg_tables WHERE schemaname = ANY(current_schemas(false)) ORDER BY 1"
        )
        return [name for (name,) in found]


def _run(program: str, *arguments: str, stream: IO[bytes] | None = None) -> None:
    """Run one of PostgreSQL's programs on the database of the settings; raises `DatabaseFailed` with what it said."""
    command = [find_program(program, int(rows("SHOW server_version_num")[0][0]) // 10000), *arguments]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 - found below, its arguments are ours
            command,
            env={**os.environ, **environment(connection.settings_dict)},
            stdin=subprocess.PIPE if stream else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        try:
            if stream and process.stdin:
                # Where the program ends before, its status says so.
                with suppress(BrokenPipeError), process.stdin as into:
                    shutil.copyfileobj(stream, into, BLOCK)
            process.wait()
        except BaseException:
            process.kill()
            process.wait()
            raise
        if process.returncode:
            said.seek(0)
            text = said.read().decode(errors="replace").strip()[-LONGEST:]
            raise DatabaseFailed(f"{program} 没有完成（状态 {process.returncode}）：{text}")


def find_program(name: str, major: int) -> str:
    """The program of that major version, else a newer one: an older one refuses the server."""
    installed = sorted(glob.glob(f"{INSTALLED}/*/bin/{name}"), key=_major_of_folder)
    for path in (f"{INSTALLED}/{major}/bin/{name}", shutil.which(name), *installed):
        if path and os.access(path, os.X_OK) and _major(path) >= major:
            return path
    raise DatabaseFailed(
        f"没有找到 {name} {major} 或更新的版本，请安装 PostgreSQL 的客户端程序（Debian：postgresql-client-{major}）"
    )


def _major_of_folder(path: str) -> int:
    found = re.search(r"/(\d+)/bin/", path)
    return int(found[1]) if found else 0


def _major(path: str) -> int:
    """``pg_dump (PostgreSQL) 15.3 (Debian 15.3-0)`` is 15; 0 where it says none."""
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603 - as above
    found = re.search(r"\) (\d+)", said)
    return int(found[1]) if found else 0


def environment(settings: Mapping[str, Any]) -> dict[str, str]:
    """The variables by which PostgreSQL's programs reach that database."""
    _, given = DatabaseClient.settings_to_cmd_args_env({**settings}, [])
    said = {
        "PGHOST": settings["HOST"],
        "PGPORT": settings["PORT"],
        "PGUSER": settings["USER"],
        "PGDATABASE": settings["NAME"],
        "PGOPTIONS": settings["OPTIONS"].get("options"),
    }
    return {**(given or {}), **{name: str(value) for name, value in said.items() if value}}
