"""Files by the SHA-256 of their bytes, in Django's default storage.

A file is written before the row that names it is committed. A crash leaves at most a file without a row, never a row
without its file.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored file; ``path`` is its name in the storage."""

    path: str
    sha256: str
    size: int


def keep(content: bytes, extension: str) -> Kept:
    """Store ``content`` unless it is stored already. Replaces a file that a killed process left incomplete."""
    checksum = hashlib.sha256(content).hexdigest()
    path = f"files/{checksum[:2]}/{checksum}.{extension}"
    if default_storage.exists(path):
        if read_back(path).sha256 == checksum:
            return Kept(path, checksum, len(content))
        default_storage.delete(path)
    return Kept(default_storage.save(path, ContentFile(content)), checksum, len(content))


def read_back(path: str) -> Kept:
    """Measure a stored file block by block. Raises OSError if it is not there."""
    digest, size = hashlib.sha256(), 0
    with default_storage.open(path) as file:
        for chunk in file.chunks():
            digest.update(chunk)
            size += len(chunk)
    return Kept(path, digest.hexdigest(), size)
