"""The errors that are kept: a bounded number, for some time, whole or not at all, also on a full disk."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.utils import timezone

from budgets.audit.errors import (
    BLANKS,
    CAUSES,
    FRAMES,
    KEPT_DAYS,
    MOST,
    ErrorRecord,
    calls_of,
    chain,
    find,
    keep,
    keep_room,
    latest,
)


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.ERRORS_ROOT = str(tmp_path / "kept" / "errors")
    return Path(settings.ERRORS_ROOT)


def record(number: str) -> ErrorRecord:
    return ErrorRecord(number, timezone.now().isoformat(), 500, "GET", "", "", "", "ValueError", "…")


def age(folder: Path, number: str, **passed: float) -> None:
    at = (timezone.now() - timedelta(**passed)).timestamp()
    os.utime(folder / f"{number}.json", (at, at))


def numbers() -> list[str]:
    return [kept.request_id for kept in latest()]


def test_newest_first_and_nobody_else_reads_them(folder: Path) -> None:
    assert latest() == [] and find("A1") is None
    for hours, number in enumerate(("A1", "B2", "C3")):
        keep(record(number))
        age(folder, number, hours=hours)
    assert numbers() == ["A1", "B2", "C3"]
    found = find("b 2")
    assert found and found.request_id == "B2" and found.kinds == "ValueError"
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / "A1.json")]
    assert modes == [0o700, 0o600]


def test_the_oldest_go(folder: Path) -> None:
    for at in range(MOST):
        keep(record(f"N{at}"))
        age(folder, f"N{at}", minutes=MOST - at)
    keep(record("NEWEST"))
    assert len(numbers()) == MOST
    assert numbers()[0] == "NEWEST" and find("N0") is None and find("N1")
    age(folder, "N7", days=KEPT_DAYS, hours=1)
    keep(record("ONEMORE"))
    assert find("N7") is None


def test_what_is_not_a_number_is_not_looked_for(folder: Path) -> None:
    keep(record("A1"))
    (folder.parent / "SECRET.json").write_text("{}")
    for number in ("", "../SECRET", "/etc/passwd", "A1.json", "A" * 21, "a\0b"):
        assert find(number) is None


def test_a_file_that_is_damaged_is_passed_over(folder: Path) -> None:
    keep(record("A1"))
    for name, content in {"B2": b"", "C3": b"[]", "D4": b'{"request_id": "D4"}', "E5": b"\xff"}.items():
        (folder / f"{name}.json").write_bytes(content)
    assert numbers() == ["A1"]


@pytest.fixture
def full_disk() -> Iterator[None]:
    """No new file has room; what is there can be written over."""
    if not Path("/dev/full").exists():
        pytest.skip("no device that is always full")
    make = os.open

    def open_full(path: Path, flags: int, mode: int = 0o777, **more: Any) -> int:
        if not flags & os.O_CREAT:
            return make(path, flags, mode, **more)
        os.close(make(path, flags, mode, **more))
        return make("/dev/full", os.O_WRONLY)

    with mock.patch("budgets.audit.errors.os.open", open_full):
        yield


def test_the_first_errors_of_a_full_disk_have_room(folder: Path, request: pytest.FixtureRequest) -> None:
    keep_room()
    sizes = {path: path.stat().st_size for path in folder.iterdir()}
    assert len(sizes) == BLANKS and latest() == []
    request.getfixturevalue("full_disk")
    names = [f"N{at}" for at in range(BLANKS + 2)]
    for passed, name in enumerate(names):
        keep(record(name))
        if passed < BLANKS:
            age(folder, name, hours=BLANKS - passed)
    assert sorted(numbers()) == sorted(names[2:]), "then the oldest are written over"
    assert sorted(path.stat().st_size for path in folder.iterdir()) == sorted(sizes.values())


def test_room_is_made_again(folder: Path, request: pytest.FixtureRequest) -> None:
    keep(record("A1"))
    assert len(list(folder.glob("*.blank"))) == BLANKS
    keep_room()
    assert len(list(folder.iterdir())) == BLANKS + 1


def test_what_has_no_room_leaves_nothing(folder: Path, full_disk: None, caplog: Any) -> None:
    keep_room()
    keep(record("A1"))
    assert list(folder.iterdir()) == []
    assert "error A1 is not kept" in caplog.text and "no room is kept" in caplog.text


def test_a_folder_that_cannot_be_made_is_said_in_the_log(settings: Any, tmp_path: Path, caplog: Any) -> None:
    (tmp_path / "file").touch()
    settings.ERRORS_ROOT = str(tmp_path / "file" / "errors")
    keep(record("A1"))
    assert "error A1 is not kept" in caplog.text


def test_long_chains_and_deep_calls_are_cut() -> None:
    def deep(depth: int) -> None:
        if depth:
            deep(depth - 1)
        raise ValueError("typed")

    def wrapped(times: int) -> Exception:
        error: Exception = ValueError("typed")
        for _ in range(times):
            following = KeyError("typed")
            following.__cause__ = error
            error = following
        return error

    with pytest.raises(ValueError) as caught:
        deep(200)
    assert calls_of(caught.value).count("deep(depth - 1)") < FRAMES + 2
    assert calls_of(wrapped(50)).count("KeyError") == CAUSES
    assert "typed" not in calls_of(wrapped(3))
    circle = KeyError()
    circle.__cause__ = ValueError()
    circle.__cause__.__cause__ = circle
    assert len(list(chain(circle))) == 2
