"""An archive says of itself what is in it; whatever is another one is refused before anything is written."""

from __future__ import annotations

import hashlib
import io
import json
import stat
import tarfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from budgets.backup.archive import MANIFEST, ArchiveRefused, Entry, Manifest, Writer, open_archive
from tests.budgets.backup.archives import add, changed, with_manifest

FILES = {"files/ab/ab.csv": b"1,2\n", "files/cd/cd.pdf": b"%PDF" * 5000, "workbooks/e.xlsx": b""}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "backup.tar"
    with closing(Writer(path)) as writer:
        database = writer.add("database.sqlite3", io.BytesIO(b"rows"), 4)
        entries = [writer.add(f"media/{n}", io.BytesIO(c), len(c)) for n, c in FILES.items()]
        files = tuple(replace(entry, path=entry.path.removeprefix("media/")) for entry in entries)
        content = Manifest(
            made_at="2026-12-01T03:00:00+08:00",
            engine="sqlite",
            release="",
            migrations=("budgets.0001_initial",),
            tables={"a": 1},
            database=database,
            files=files,
        ).dump()
        writer.add(MANIFEST, io.BytesIO(content), len(content))
        writer.finish()
    return path


def problems(path: Path) -> list[str]:
    with open_archive(path) as read:
        return sorted(read.problems())


def refusal(path: Path) -> str:
    with pytest.raises(ArchiveRefused) as refused, open_archive(path):
        pass
    return str(refused.value)


def test_what_was_written_is_read(archive: Path) -> None:
    assert problems(archive) == []
    with open_archive(archive) as read:
        assert read.manifest.files[0] == Entry("files/ab/ab.csv", 4, hashlib.sha256(b"1,2\n").hexdigest())
        assert read.open("media/files/cd/cd.pdf").read() == FILES["files/cd/cd.pdf"]
        assert Manifest.load(read.manifest.dump()) == read.manifest
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600


def test_an_archive_is_not_written_over_a_file(archive: Path) -> None:
    with pytest.raises(FileExistsError):
        Writer(archive)


def test_a_stream_that_ends_before_its_size_is_an_error(tmp_path: Path) -> None:
    with closing(Writer(tmp_path / "x.tar")) as writer, pytest.raises(OSError, match="unexpected end"):
        writer.add("media/x", io.BytesIO(b"12"), 3)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda m: m.update({"media/files/ab/ab.csv": b"1,3\n"}), "ab.csv：与清单中的 SHA-256 不符"),
        (
            lambda m: m.update({"media/files/ab/ab.csv": b"1"}),
            "ab.csv：清单中的大小是 4 字节，备份中是 1 字节",
        ),
        (lambda m: m.update({"database.sqlite3": b"rowz"}), "database.sqlite3：与清单中的 SHA-256 不符"),
        (lambda m: m.pop("media/workbooks/e.xlsx"), "e.xlsx：清单中有，备份中没有"),
        (lambda m: m.pop("database.sqlite3"), "database.sqlite3：清单中有，备份中没有"),
        (lambda m: m.update({"media/files/more": b""}), "media/files/more：不在清单中"),
        (lambda m: m.update({"database.dump": b""}), "database.dump：不在清单中"),
    ],
)
def test_each_difference_from_the_manifest_is_said(
    archive: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], None], said: str
) -> None:
    (problem,) = problems(changed(archive, tmp_path / "other.tar", change))
    assert problem.endswith(said)


@pytest.mark.parametrize(
    "name",
    ["../evil", "/etc/evil", "media/../../evil", "media/./x", "media//x", "a\\b", "media/x\n", "media/"],
)
def test_a_member_with_a_strange_name_is_refused(archive: Path, tmp_path: Path, name: str) -> None:
    other = changed(archive, tmp_path / "other.tar", lambda members: members.update({name: b"x"}))
    assert "名称不正常" in refusal(other) or "不是普通文件" in refusal(other)


@pytest.mark.parametrize("path", ["../evil", "/etc/evil", "", ".."])
def test_a_manifest_that_names_a_strange_file_is_refused(archive: Path, tmp_path: Path, path: str) -> None:
    change = with_manifest(lambda manifest: manifest["files"][0].update(path=path))
    assert "名称不正常" in refusal(changed(archive, tmp_path / "other.tar", change))


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE]
)
def test_a_member_that_is_no_plain_file_is_refused(archive: Path, kind: bytes) -> None:
    with tarfile.open(archive, "a") as tar:
        info = tarfile.TarInfo("media/files/link")
        info.type, info.linkname = kind, "/etc/passwd"
        tar.addfile(info)
    assert refusal(archive) == "media/files/link：不是普通文件"


def test_a_member_that_is_there_twice_is_refused(archive: Path) -> None:
    with tarfile.open(archive, "a") as tar:
        add(tar, "media/files/ab/ab.csv", b"other")
    assert refusal(archive) == "media/files/ab/ab.csv：有两个"


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_an_archive_that_ends_before_its_end_is_refused(archive: Path, kept: float) -> None:
    content = archive.read_bytes()
    archive.write_bytes(content[: int(len(content.rstrip(b"\0")) * kept)])
    assert refusal(archive)


@pytest.mark.parametrize("content", [b"", b"text", b"\x1f\x8b" + b"0" * 2000, b"\0" * 10240])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.tar"
    path.write_bytes(content)
    assert "备份" in refusal(path)


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"[]",
        b"{}",
        b'{"format": 2}',
        b'{"format": 1}',
        b"\xff",
        json.dumps({"format": 1, "files": 3}).encode(),
        b"[" * 200_000,
        b'{"format": 1, "made_at": "", "engine": "", "release": "", "migrations": [], "tables": {"a": 1e999}}',
    ],
)
def test_a_manifest_that_is_none_is_refused(archive: Path, tmp_path: Path, manifest: bytes) -> None:
    other = changed(archive, tmp_path / "other.tar", lambda members: members.update({MANIFEST: manifest}))
    assert "清单" in refusal(other)
