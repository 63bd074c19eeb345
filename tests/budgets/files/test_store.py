"""Files by checksum."""

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, default_storage

from budgets.files.store import keep


def test_bytes_are_found_under_their_checksum():
    kept = keep("公开".encode(), "csv")
    assert kept.sha256 == hashlib.sha256("公开".encode()).hexdigest()
    assert kept.path == f"files/{kept.sha256[:2]}/{kept.sha256}.csv"
    assert kept.size == 6
    with default_storage.open(kept.path) as file:
        assert file.read() == "公开".encode()


def test_what_is_there_is_not_written_again(monkeypatch: pytest.MonkeyPatch):
    kept = keep(b"once", "csv")
    monkeypatch.setattr(InMemoryStorage, "save", lambda *args, **kwargs: pytest.fail("written again"))
    assert keep(b"once", "csv") == kept


def test_what_a_killed_process_left_half_written_is_replaced():
    kept = keep(b"a whole file", "csv")
    default_storage.delete(kept.path)
    default_storage.save(kept.path, ContentFile(b"a wh"))
    assert keep(b"a whole file", "csv") == kept
    with default_storage.open(kept.path) as file:
        assert file.read() == b"a whole file"
