"""Read a spreadsheet in a process of its own, with limits, without Django and without the secrets of this one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from . import transfer
from .cells import Book, SpreadsheetRefused

CPU = 8
"""Seconds of computing."""
WALL = 15
"""Seconds in all."""
MEMORY = 1024 * 1024 * 1024
"""Bytes of addresses, which are more than the bytes used."""

REFUSED, NO_MEMORY = 3, 4
"""What the process returns: a message instead of a book; that the memory did not suffice."""

_ROOT = Path(__file__).resolve().parents[3]
_KEPT = ("PATH", "LD_LIBRARY_PATH", "LANG", "TZ", "SYSTEMROOT")
"""The variables that it is given."""
_TOO_SLOW = "文件读得太久，没有读完。请只留要导入的页，删去多余的格式和空行，另存为新文件后再上传"
_TOO_LARGE = "文件太大，没有读完。请只留要导入的页，删去多余的格式和空行，另存为新文件后再上传"
_DAMAGED = "文件已损坏，不能打开。请用 Excel 或 WPS 打开，另存为 xlsx 后再上传"


def read_apart(content: bytes, cpu: int = CPU, wall: float = WALL, memory: int = MEMORY) -> Book:
    """Like `budgets.files.spreadsheet.read`, within so many seconds and bytes. Raises `SpreadsheetRefused`."""
    command = [sys.executable, "-E", "-s", "-m", "budgets.files.spreadsheet", str(cpu), str(memory)]
    try:
        done = subprocess.run(  # noqa: S603
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env={name: os.environ[name] for name in _KEPT if name in os.environ},
            timeout=wall,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise SpreadsheetRefused(_TOO_SLOW) from late
    if done.returncode == REFUSED:
        raise SpreadsheetRefused(done.stdout.decode())
    if done.returncode:
        raise SpreadsheetRefused(_reason(done.returncode))
    return transfer.load(done.stdout)


def _reason(status: int) -> str:
    if status == NO_MEMORY:
        return _TOO_LARGE
    return _TOO_SLOW if status in (-signal.SIGXCPU, -signal.SIGKILL) else _DAMAGED
