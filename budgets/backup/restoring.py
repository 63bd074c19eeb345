"""恢复: a verified archive into an empty database, and its files beside the ones that are there.

Nothing is overwritten: a database with tables is refused, and so is a file that is there with other bytes. Files come
first, so that a restore that breaks off leaves no row without its file.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.core.management import call_command

from ..files.store import read_back
from .archive import BLOCK, MEDIA, Archive, Entry, Manifest
from .database import Database, applied_migrations, count_rows, rows
from .engines import database
from .migrations import of_later_release, unapplied
from .named_files import named_files
from .reasons import reason_of

NAMED = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}
MEGABYTE = 1024 * 1024


class RestoreRefused(Exception):
    """Nothing was restored. ``problems`` are Chinese sentences."""

    def __init__(self, *problems: str) -> None:
        super().__init__("；".join(problems))
        self.problems = problems


def refuse_unfit(archive: Archive) -> None:
    """Raises `RestoreRefused` where the archive is damaged, or does not fit this installation. Writes nothing."""
    target = database()
    _refuse_other_kind(archive.manifest, target)
    if not target.is_empty():
        raise RestoreRefused("数据库不是空的；只能恢复到新建的、没有表的数据库，原有的内容不会被覆盖")
    if problems := [*archive.problems(), *_conflicts(archive.manifest)]:
        raise RestoreRefused(*problems)
    _refuse_without_room(archive.manifest)


def restore(archive: Archive) -> Iterator[str]:
    """Write files and database, migrate a backup of an earlier release, and compare everything with the manifest.

    Yields a Chinese sentence for each difference. Raises `DatabaseFailed`, after which the database is still empty.
    """
    target, manifest = database(), archive.manifest
    _write_files(archive)
    with (
        tempfile.TemporaryDirectory(prefix=".restore-", dir=settings.MEDIA_ROOT) as folder,
        archive.open(manifest.database.path) as stream,
    ):
        target.load(stream, Path(folder))
    yield from _differing_rows(manifest, target)
    if unapplied(applied_migrations(rows)):
        call_command("migrate", interactive=False, verbosity=0)
    yield from _differing_files(manifest)


def _refuse_other_kind(manifest: Manifest, target: Database) -> None:
    if manifest.engine != target.engine or manifest.database.path != target.member:
        theirs = NAMED.get(manifest.engine, manifest.engine)
        raise RestoreRefused(
            f"这是 {theirs} 的备份，现在的数据库（DATABASE_URL）是 {NAMED[target.engine]}，不能互相恢复"
        )
    if unknown := of_later_release(manifest.migrations):
        raise RestoreRefused(
            f"备份比程序新（{'、'.join(unknown[:3])}），请先把程序升级到做备份时的版本"
            + (f"（{manifest.release[:12]}）" if manifest.release else "")
        )


def _conflicts(manifest: Manifest) -> Iterator[str]:
    """Files that are there with other bytes."""
    for entry in manifest.files:
        try:
            if default_storage.exists(entry.path) and read_back(entry.path).sha256 != entry.sha256:
                yield f"{entry.path}：MEDIA_ROOT 中已有内容不同的文件，请先移走"
        except (OSError, SuspiciousFileOperation):
            yield f"{entry.path}：不能读取或写入 MEDIA_ROOT"


def _refuse_without_room(manifest: Manifest) -> None:
    root = Path(settings.MEDIA_ROOT)
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RestoreRefused(f"不能写入 MEDIA_ROOT：{reason_of(error)}（{root}）") from None
    needed = manifest.database.size + sum(entry.size for entry in manifest.files)
    free = shutil.disk_usage(root).free
    if needed > free:
        raise RestoreRefused(f"{root} 空间不足：约需 {needed // MEGABYTE + 1} MB，只有 {free // MEGABYTE} MB")


def _write_files(archive: Archive) -> None:
    """Raises `RestoreRefused`; the files that were written by then are whole, and harmless."""
    for entry in archive.manifest.files:
        try:
            if not default_storage.exists(entry.path):
                _write_file(archive, entry)
        except OSError as error:
            raise RestoreRefused(
                f"{entry.path}：没有写入 MEDIA_ROOT，{reason_of(error)}；数据库没有改动"
            ) from None


def _write_file(archive: Archive, entry: Entry) -> None:
    """The file appears under its name when it is whole."""
    path = Path(default_storage.path(entry.path))
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".restore-", dir=path.parent)
    made = Path(name)
    try:
        with archive.open(MEDIA + entry.path) as stream, os.fdopen(handle, "wb") as file:
            shutil.copyfileobj(stream, file, BLOCK)
            file.flush()
            os.fsync(file.fileno())
        made.chmod(settings.FILE_UPLOAD_PERMISSIONS or 0o600)
        made.replace(path)
    except BaseException:
        made.unlink(missing_ok=True)
        raise


def _differing_rows(manifest: Manifest, target: Database) -> Iterator[str]:
    found = count_rows(target.tables(rows), rows)
    for table in sorted(found.keys() | manifest.tables.keys()):
        counted, said = found.get(table), manifest.tables.get(table)
        if counted is None or said is None:
            yield f"表 {table}：{'备份时没有' if said is None else '没有恢复'}"
        elif counted != said:
            yield f"表 {table}：备份时 {said} 行，恢复后 {counted} 行"


def _differing_files(manifest: Manifest) -> Iterator[str]:
    """What is wrong with the files that the restored rows name."""
    lost = set(manifest.missing)
    for file in named_files(rows):
        try:
            found = read_back(file.path)
        except (OSError, SuspiciousFileOperation):
            if not file.is_temporary:
                yield f"{file.path}：文件丢失{'，备份时就没有' if file.path in lost else ''}"
            continue
        if file.sha256 and found.sha256 != file.sha256:
            yield f"{file.path}：文件与登记的 SHA-256 不符"
