"""备份: database and files in one archive, which appears under its name when it is whole.

The database is copied first, at one moment, and then the files that its rows name: a file is stored before the row that
names it is committed, and is never changed or deleted afterwards. So nothing has to stop. What is published meanwhile is
in the next backup.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.utils import timezone

from .archive import MANIFEST, MEDIA, Entry, Manifest, Writer, open_archive, problem_of_name
from .database import Copy, Database, applied_migrations, count_rows
from .engines import database
from .migrations import of_later_release, unapplied
from .named_files import NamedFile, named_files
from .reasons import FULL, reason_of

"""What an OSError says when there is no more room."""
MEGABYTE = 1024 * 1024


class BackupRefused(Exception):
    """There is no backup. The message is Chinese and says what to do."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A whole backup. ``problems`` are Chinese sentences about files that were damaged or missing before it."""

    path: Path
    manifest: Manifest
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Held:
    """What a copy of the database holds: migrations, rows of each table, files that rows name."""

    migrations: tuple[str, ...]
    tables: Mapping[str, int]
    files: Sequence[NamedFile]


@dataclass(frozen=True, slots=True)
class _Files:
    kept: tuple[Entry, ...]
    missing: tuple[str, ...]
    problems: tuple[str, ...]


def make_backup(target: Path) -> Backup:
    """Write a backup to ``target``, or into that folder under a name that tells the time.

    Raises `BackupRefused` where the file exists or there is no room, and `DatabaseFailed`; nothing is left then.
    """
    path = _path(target)
    source = database()
    try:
        with _folder_beside(path) as folder:
            backup = _write(source, folder, path)
            _reveal(folder / path.name, path)
            return backup
    except OSError as error:
        if error.errno in FULL:
            raise BackupRefused(f"{path.parent} 空间不足，没有备份") from None
        raise BackupRefused(f"没有备份：{reason_of(error)}（{error.filename or path}）") from None


def _path(target: Path) -> Path:
    path = target / f"sunshine-budget-{timezone.localtime():%Y%m%d-%H%M%S}.tar" if target.is_dir() else target
    if not path.parent.is_dir():
        raise BackupRefused(f"没有文件夹 {path.parent}")
    if os.path.lexists(path):
        raise BackupRefused(f"{path} 已经存在，不会覆盖")
    return path


@contextmanager
def _folder_beside(path: Path) -> Iterator[Path]:
    """A folder for what is not whole yet, on the same disk, which nobody else may read. Gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(source: Database, folder: Path, path: Path) -> Backup:
    with source.copying(folder) as copy:
        held = _held(source, copy)
    _refuse_without_room(source, held.files, path.parent)
    with closing(Writer(folder / path.name)) as writer:
        with copy.path.open("rb") as stream:
            entry = writer.add(source.member, stream, copy.path.stat().st_size)
        copy.path.unlink()
        stored = _add_files(writer, held.files)
        manifest = Manifest(
            made_at=timezone.localtime().isoformat(timespec="seconds"),
            engine=source.engine,
            release=_release(),
            migrations=held.migrations,
            tables=held.tables,
            database=entry,
            files=stored.kept,
            missing=stored.missing,
        )
        content = manifest.dump()
        writer.add(MANIFEST, BytesIO(content), len(content))
        writer.finish()
    _refuse_damaged(folder / path.name)
    return Backup(path, manifest, stored.problems)


def _held(source: Database, copy: Copy) -> _Held:
    """Refuses a database of another release, whose rows may name files elsewhere."""
    migrations = applied_migrations(copy.rows)
    if differing := [*unapplied(migrations), *of_later_release(migrations)]:
        raise BackupRefused(
            f"数据库的结构与程序的版本不同（{'、'.join(differing[:3])}），请用与数据库相同版本的程序备份，或先执行 migrate"
        )
    tables = count_rows(source.tables(copy.rows), copy.rows)
    return _Held(migrations, tables, named_files(copy.rows))


def _refuse_without_room(source: Database, files: Sequence[NamedFile], folder: Path) -> None:
    """For the archive, beside the copy of the database that is there already."""
    needed = source.size() + sum(_size(path) for path in {file.path for file in files})
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise BackupRefused(
            f"{folder} 空间不足：约需 {needed // MEGABYTE + 1} MB，只有 {free // MEGABYTE} MB；没有备份"
        )


def _size(path: str) -> int:
    with suppress(OSError, SuspiciousFileOperation):
        return int(default_storage.size(path))
    return 0


def _add_files(writer: Writer, files: Sequence[NamedFile]) -> _Files:
    kept: dict[str, Entry] = {}
    missing: list[str] = []
    problems: list[str] = []
    for file in files:
        if file.path not in kept and file.path not in missing:
            entry = _add(writer, file.path)
            if entry is not None:
                kept[file.path] = entry
            elif not file.is_temporary:
                missing.append(file.path)
                problems.append(f"{file.path}：文件丢失或不能读取")
        if file.path in kept and file.sha256 and kept[file.path].sha256 != file.sha256:
            problems.append(f"{file.path}：文件与登记的 SHA-256 不符")
    return _Files(tuple(kept.values()), tuple(missing), tuple(problems))


def _add(writer: Writer, path: str) -> Entry | None:
    """None where the file cannot be opened, or a row was changed to name another place."""
    if problem_of_name(path):
        return None
    try:
        stream, size = default_storage.open(path), default_storage.size(path)
    except (OSError, SuspiciousFileOperation):
        return None
    with stream:
        return replace(writer.add(MEDIA + path, stream, size), path=path)


def _refuse_damaged(path: Path) -> None:
    """Read what was written: a disk that lies is found now, not when the backup is needed."""
    with open_archive(path) as archive:
        if problems := list(archive.problems()):
            raise BackupRefused(f"写出的备份读回来不对，请检查磁盘：{problems[0]}")


def _reveal(made: Path, path: Path) -> None:
    """Give the whole archive its name, on the disk too. FileExistsError if somebody took the name meanwhile."""
    try:
        os.link(made, path)
    except FileExistsError:
        raise
    except OSError:  # A file system without links.
        made.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _release() -> str:
    """The commit that is checked out; empty where it cannot be told."""
    git = Path(settings.BASE_DIR) / ".git"
    with suppress(OSError):
        head = (git / "HEAD").read_text(encoding="ascii").strip()
        name = head.removeprefix("ref: ")
        return head if name == head else (git / name).read_text(encoding="ascii").strip()
    return ""
