"""SQLite, copied by its online backup while others read and write."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

from django.db import connection

from .archive import BLOCK
from .database import Copy, DatabaseFailed, rows
from .named_files import Rows


class SQLite:
    engine = "sqlite"
    member = "database.sqlite3"

    def size(self) -> int:
        return self._path().stat().st_size

    @contextmanager
    def copying(self, folder: Path) -> Iterator[Copy]:
        path = folder / self.member
        try:
            with closing(_open(self._path())) as source, closing(sqlite3.connect(path)) as copy:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
                yield Copy(path, lambda sql: copy.execute(sql).fetchall())
        except sqlite3.Error as error:
            raise DatabaseFailed(f"不能复制数据库：{error}") from None

    def is_empty(self) -> bool:
        return not self.tables(rows)

    def load(self, stream: IO[bytes], folder: Path) -> None:
        path = folder / self.member
        with path.open("xb") as file:
            shutil.copyfileobj(stream, file, BLOCK)
        connection.close()
        try:
            with closing(sqlite3.connect(path)) as copy, closing(_open(self._path())) as target:
                if copy.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                    raise DatabaseFailed("备份中的数据库已损坏")
                copy.backup(target)
        except sqlite3.Error as error:
            raise DatabaseFailed(f"不能恢复数据库：{error}") from None

    def tables(self, rows: Rows) -> list[str]:
        found = rows(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY 1"
        )
        return [name for (name,) in found]

    def _path(self) -> Path:
        return Path(connection.settings_dict["NAME"])


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=20)
