"""运行错误: what the program failed of, by the id that its error page showed.

Each error is a file of its own under ERRORS_ROOT, because a table could not be written to when it matters most: when
the database is away, its disk is full, or the transaction is rolled back. Several processes write without a lock. The
newest `MOST` are kept, for `KEPT_DAYS` days. On a full disk a file that is there is written over. The log has every
error as well, whether or not it could be written here.
"""

from __future__ import annotations

import contextlib
import errno
import json
import logging
import os
import re
import traceback
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

MOST = 500
KEPT_DAYS = 30
FRAMES = 40
"""The most calls of an exception that are kept, the innermost."""
CAUSES = 8
"""The most exceptions of a chain that are kept."""
NAMED = 3
"""The most exceptions that are named in one line."""
CALLS = 12_000
"""The most bytes of a traceback that are kept, the last."""
SIZE = 32 * 1024
"""The bytes of every file, filled up with blanks: so each can be written over by another on a full disk."""
BLANKS = 8

REQUEST_ID = re.compile(r"[0-9A-Z]{1,20}")

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class ErrorRecord:
    """One error. It holds nothing that anybody typed: no posted value, no query, no message of an exception.

    ``route`` is the pattern of the address, ``objects`` the numbers in it (``report=12``), ``user`` a user name or
    empty, ``kinds`` the classes of the exception and its causes with their numbers (``OSError 28``), ``calls`` the
    traceback without variables.
    """

    request_id: str
    at: str
    status: int
    method: str
    route: str
    objects: str
    user: str
    kinds: str
    calls: str

    @property
    def time(self) -> datetime:
        return datetime.fromisoformat(self.at)


def chain(error: BaseException) -> Iterator[BaseException]:
    """The error, and what it was raised from or while handling, as a traceback shows them."""
    seen: set[int] = set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        yield following
        hidden = following.__suppress_context__
        following = following.__cause__ or (None if hidden else following.__context__)


def kind_of(error: BaseException) -> str:
    """The class of an error and its number, if the system or the database gave one; never its message."""
    cls = type(error)
    name = cls.__qualname__ if cls.__module__ == "builtins" else f"{cls.__module__}.{cls.__qualname__}"
    told = (getattr(error, name, None) for name in ("errno", "sqlstate", "sqlite_errorname"))
    number = next(filter(None, told), None)
    return f"{name} {number}" if number else name


def kinds_of(error: BaseException) -> str:
    """The error and its next causes in one line: ``django.db.utils.OperationalError ← psycopg.errors.DiskFull 53100``."""
    return " ← ".join(kind_of(link) for link in list(chain(error))[:NAMED])


def calls_of(error: BaseException) -> str:
    """The traceback of an error and its causes, first cause first, without variables and messages."""
    parts = []
    for link in list(chain(error))[:CAUSES]:
        frames = traceback.extract_tb(link.__traceback__, limit=-FRAMES)
        parts.append("\n".join([*map(_call, frames), kind_of(link)]))
    return "\n\n".join(reversed(parts)).encode()[-CALLS:].decode(errors="ignore")


def _call(frame: traceback.FrameSummary) -> str:
    """``budgets/views/entry/home.py:46 home``, and the line of the source below it."""
    path = frame.filename.removeprefix(f"{settings.BASE_DIR}/")
    return f"{path}:{frame.lineno} {frame.name}\n    {frame.line}"


def keep_room() -> None:
    """Have some blank files ready, so that the first errors of a full disk can be kept. The server asks for it."""
    try:
        _make_folder()
        for name in range(BLANKS):
            with contextlib.suppress(FileExistsError):
                _write(_folder() / f"{name}.blank", b"".ljust(SIZE))
    except OSError:
        logger.exception("no room is kept for errors")


def keep(record: ErrorRecord) -> None:
    """Keep an error as far as that is possible; where it is not, the log says so."""
    path = _folder() / f"{record.request_id}.json"
    content = json.dumps(asdict(record), ensure_ascii=False).encode().ljust(SIZE)
    try:
        _make_folder()
        try:
            _write(path, content)
        except OSError:
            _overwrite(path, content)
        else:
            keep_room()
        _drop(_outdated())
    except OSError:
        logger.exception("error %s is not kept", record.request_id)


def latest() -> list[ErrorRecord]:
    """The errors that are kept, newest first."""
    found = (_read(path) for path in _files())
    return [record for record in found if record]


def find(request_id: str) -> ErrorRecord | None:
    """The error of that id, as somebody may have copied it: in small letters, with blanks."""
    name = "".join(request_id.split()).upper()
    return _read(_folder() / f"{name}.json") if REQUEST_ID.fullmatch(name) else None


def _folder() -> Path:
    return Path(settings.ERRORS_ROOT)


def _make_folder() -> None:
    _folder().mkdir(mode=0o700, parents=True, exist_ok=True)


def _write(path: Path, content: bytes) -> None:
    """Write a new file, or leave none. Raises FileExistsError, and OSError on a full disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
    except OSError:
        path.unlink()
        raise


def _overwrite(path: Path, content: bytes) -> None:
    """Write in the place of a blank file or, without one, of the oldest error, which has its size on the disk."""
    for place in (*sorted(_folder().glob("*.blank")), *reversed(_files())):
        with contextlib.suppress(FileNotFoundError):
            place.rename(path)
            with path.open("r+b") as file:
                file.write(content)
                file.truncate()
            return
    raise OSError(errno.ENOSPC, "there is no place that could be overwritten")


def _read(path: Path) -> ErrorRecord | None:
    """None for a file that is gone, or is being written."""
    try:
        return ErrorRecord(**json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def _written(path: Path) -> float:
    """When the file was written, in seconds; 0 if another process has just dropped it."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0


def _files() -> list[Path]:
    """The files, newest first."""
    return sorted(_folder().glob("*.json"), key=_written, reverse=True)


def _outdated() -> list[Path]:
    files, since = _files(), (timezone.now() - timedelta(days=KEPT_DAYS)).timestamp()
    return [path for at, path in enumerate(files) if at >= MOST or _written(path) < since]


def _drop(paths: list[Path]) -> None:
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink()
