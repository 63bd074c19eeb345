"""Archives of backups as somebody changed them."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any


def changed(archive: Path, to: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """A copy of the archive whose members ``change`` has changed."""
    with tarfile.open(archive) as tar:
        members = {member.name: read(tar, member) for member in tar}
    change(members)
    with tarfile.open(to, "w") as tar:
        for name, content in members.items():
            add(tar, name, content)
    return to


def with_manifest(change: Callable[[dict[str, Any]], None]) -> Callable[[dict[str, bytes]], None]:
    """Changes the manifest alone."""

    def changes(members: dict[str, bytes]) -> None:
        manifest = json.loads(members["manifest.json"])
        change(manifest)
        members["manifest.json"] = json.dumps(manifest).encode()

    return changes


def manifest_of(archive: Path) -> dict[str, Any]:
    with tarfile.open(archive) as tar:
        return json.loads(read(tar, tar.getmember("manifest.json")))


def read(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = tar.extractfile(member)
    assert stream is not None
    return stream.read()


def add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    tar.addfile(info, io.BytesIO(content))
