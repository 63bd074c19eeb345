"""The archive of a backup: a tar of the database, the stored files, and a manifest of their checksums.

Knows files alone, no database. Members are ``database.dump`` or ``database.sqlite3``, ``media/…`` by the files' names
in the storage, and at the end ``manifest.json``. Nothing is ever extracted by its own name: whoever reads an archive
asks for the members that its manifest lists.
"""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, Self

MANIFEST = "manifest.json"
MEDIA = "media/"
FORMAT = 1
BLOCK = 1 << 20
LARGEST_MANIFEST = 1 << 30


class ArchiveRefused(Exception):
    """The archive is not whole, or none. ``problems`` are Chinese sentences."""

    def __init__(self, *problems: str) -> None:
        super().__init__("；".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: its name in the archive or in the storage, its size in bytes and its SHA-256."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What is in an archive.

    ``made_at`` is ISO 8601, ``engine`` ``postgresql`` or ``sqlite``, ``release`` the commit of the application if it is
    known. ``migrations`` are the applied ones, ``budgets.0001_initial``; ``tables`` the number of rows of each table at
    the moment of the dump. ``files`` are by their names in the storage; ``missing`` are names of files that rows named
    and that could not be read when the backup was made.
    """

    made_at: str
    engine: str
    release: str
    migrations: tuple[str, ...]
    tables: Mapping[str, int]
    database: Entry
    files: tuple[Entry, ...]
    missing: tuple[str, ...] = ()

    def dump(self) -> bytes:
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=1).encode()

    @classmethod
    def load(cls, content: bytes) -> Self:
        """Raises `ArchiveRefused` for what is no manifest, or one of a later format."""
        try:
            read = json.loads(content)
            if read.pop("format") != FORMAT:
                raise ArchiveRefused("备份的清单是别的版本写的，这个版本的程序不能读")
            return cls(
                made_at=str(read["made_at"]),
                engine=str(read["engine"]),
                release=str(read["release"]),
                migrations=tuple(map(str, read["migrations"])),
                tables={str(name): int(count) for name, count in read["tables"].items()},
                database=_entry(read["database"]),
                files=tuple(map(_entry, read["files"])),
                missing=tuple(map(str, read["missing"])),
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
            raise ArchiveRefused("备份中的清单 manifest.json 不能读") from None

    @property
    def members(self) -> Iterator[Entry]:
        """Everything but the manifest, by its name in the archive."""
        yield self.database
        for file in self.files:
            yield Entry(MEDIA + file.path, file.size, file.sha256)


def _entry(read: Mapping[str, Any]) -> Entry:
    return Entry(str(read["path"]), int(read["size"]), str(read["sha256"]))


class _Hashing:
    """A stream that hashes what is read from it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.digest, self.size = stream, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        block = self.stream.read(size)
        self.digest.update(block)
        self.size += len(block)
        return block


class Writer:
    """Writes an archive to a new file that nobody else may read. Raises OSError, for instance when the disk is full."""

    def __init__(self, path: Path) -> None:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._file = os.fdopen(handle, "wb")
        self._tar = tarfile.open(fileobj=self._file, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115

    def add(self, name: str, stream: IO[bytes], size: int) -> Entry:
        """Add ``size`` bytes of ``stream``; OSError if it ends before."""
        hashing = _Hashing(stream)
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        self._tar.addfile(info, hashing)
        return Entry(name, size, hashing.digest.hexdigest())

    def finish(self) -> None:
        """Write everything to the disk."""
        self._tar.close()
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        self._file.close()


@dataclass(frozen=True)
class Archive:
    """An archive whose members are all plain files, each once, and whose manifest could be read."""

    manifest: Manifest
    _tar: tarfile.TarFile
    _members: Mapping[str, tarfile.TarInfo]

    def problems(self) -> Iterator[str]:
        """In what the members differ from the manifest. Reads all of them."""
        listed = {entry.path: entry for entry in self.manifest.members}
        for name in self._members.keys() - listed.keys() - {MANIFEST}:
            yield f"{name}：不在清单中"
        for name, entry in listed.items():
            if name not in self._members:
                yield f"{name}：清单中有，备份中没有"
            elif self._members[name].size != entry.size:
                yield f"{name}：清单中的大小是 {entry.size} 字节，备份中是 {self._members[name].size} 字节"
            elif checksum(self.open(name)) != entry.sha256:
                yield f"{name}：与清单中的 SHA-256 不符"

    def open(self, name: str) -> IO[bytes]:
        """The bytes of a member."""
        stream = self._tar.extractfile(self._members[name])
        if stream is None:
            raise ArchiveRefused(f"{name}：不是普通文件")
        return stream


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Raises `ArchiveRefused` where the file is none of our archives, or has members that no backup has."""
    try:
        with tarfile.open(path, "r:") as tar:
            members = _members(tar)
            manifest = Manifest.load(_manifest(tar, members))
            if problems := [p for entry in manifest.files if (p := problem_of_name(entry.path))]:
                raise ArchiveRefused(*problems)
            yield Archive(manifest, tar, members)
    except (tarfile.TarError, EOFError):
        raise ArchiveRefused(f"{path} 不是备份，或者不完整、已损坏") from None


def _members(tar: tarfile.TarFile) -> dict[str, tarfile.TarInfo]:
    found: dict[str, tarfile.TarInfo] = {}
    for member in tar:
        name = member.name
        if not member.isreg() or member.issparse():
            raise ArchiveRefused(f"{name}：不是普通文件")
        if problem := problem_of_name(name):
            raise ArchiveRefused(problem)
        if name in found:
            raise ArchiveRefused(f"{name}：有两个")
        found[name] = member
    return found


def _manifest(tar: tarfile.TarFile, members: Mapping[str, tarfile.TarInfo]) -> bytes:
    member = members.get(MANIFEST)
    stream = tar.extractfile(member) if member and member.size <= LARGEST_MANIFEST else None
    if stream is None:
        raise ArchiveRefused("备份中没有清单 manifest.json：没有写完，或不是备份")
    return stream.read()


def problem_of_name(name: str) -> str:
    """Why a file of that name must not be written anywhere; empty where it may."""
    parts = PurePosixPath(name).parts
    is_harmless = parts and "/".join(parts) == name and not {"..", "."} & set(parts)
    return "" if is_harmless and name.isprintable() and "\\" not in name else f"{name!r}：名称不正常"


def checksum(stream: IO[bytes]) -> str:
    """The SHA-256 of what the stream holds; closes it."""
    digest = hashlib.sha256()
    with stream:
        while block := stream.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()
