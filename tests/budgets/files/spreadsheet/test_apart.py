"""The process that reads spreadsheets: what it is given, its limits, and that it says the same."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.files.spreadsheet import (
    Book,
    Failed,
    Sheet,
    Shown,
    SpreadsheetRefused,
    Uncomputed,
    apart,
    read,
    read_apart,
    transfer,
)

from .packages import PADDING, package, sheet

ROOT = Path(apart.__file__).parents[3]
ROWS = '<row><c t="inlineStr"><is><t>甲</t></is></c><c s="1"><v>0.5</v></c><c t="e"><v>#REF!</v></c><c><f>1</f></c></row>'
USUAL = package(sheet(ROWS), formats=["0%"])
NUMBERS = "".join(f'<c s="1"><v>{n / 7}</v></c>' for n in range(100))
LONG = package(sheet(f"<row>{NUMBERS}</row>" * 3000), formats=["0.0%"], more=PADDING)


def message(content: bytes, **limits: float) -> str:
    with pytest.raises(SpreadsheetRefused) as refused:
        read_apart(content, **limits)  # type: ignore[arg-type]
    return refused.value.message


def children() -> set[str]:
    return {
        path.parent.name
        for path in Path("/proc").glob("[0-9]*/stat")
        if path.read_text().rpartition(")")[2].split()[1] == str(os.getpid())
    }


def test_it_reads_the_same() -> None:
    assert read_apart(USUAL) == read(USUAL)


def test_it_refuses_in_the_same_words() -> None:
    assert "网页" in message(b"<html></html>")


def test_computing_too_long_is_said() -> None:
    assert "读得太久" in message(LONG, cpu=0)


def test_waiting_too_long_is_said_and_leaves_no_process() -> None:
    before = children()
    assert "读得太久" in message(LONG, wall=0.05)
    assert children() <= before


def test_too_little_memory_is_said() -> None:
    assert "文件太大" in message(LONG, memory=60 * 1024 * 1024)


def test_a_crash_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_ROOT", Path("/"))
    assert "已损坏" in message(USUAL)


def test_it_is_given_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, str] = {}

    def run(command: list[str], **options: object) -> subprocess.CompletedProcess[bytes]:
        given.update(options["env"])  # type: ignore[call-overload]
        return subprocess.CompletedProcess(command, 0, b"[]")

    monkeypatch.setenv("SECRET_KEY", "x")
    monkeypatch.setenv("DATABASE_URL", "x")
    monkeypatch.setattr(subprocess, "run", run)
    read_apart(USUAL)
    assert not set(given) & {"SECRET_KEY", "DATABASE_URL"}


def test_it_knows_no_django() -> None:
    said = "import sys; from budgets.files.spreadsheet import __main__, xls, xlsx; "
    said += "print([name for name in sys.modules if name.split('.')[0] in ('django', 'openpyxl', 'lxml')])"
    done = subprocess.run([sys.executable, "-c", said], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
values = (
    st.integers(-(10**15), 10**15)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.timedeltas(datetime.timedelta(-99), datetime.timedelta(9999))
)
cells = (
    st.none()
    | texts
    | st.integers(-(10**15), 10**15)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.builds(Failed, texts)
    | st.builds(Uncomputed, texts)
    | st.builds(Shown, values, texts, st.none() | st.integers(0, 9), st.booleans())
)
places = st.tuples(st.integers(0, 9), st.integers(0, 9))
sheets = st.builds(
    Sheet,
    texts,
    st.lists(st.lists(cells, max_size=4), max_size=4),
    st.dictionaries(places, places, max_size=3),
    st.booleans(),
    st.frozensets(st.integers(0, 9)),
    st.frozensets(st.integers(0, 9)),
)


@given(st.builds(Book, st.lists(sheets, max_size=3)))
def test_a_book_arrives_as_it_was_sent(book: Book) -> None:
    sent = transfer.dump(book)
    assert transfer.load(sent) == book
    assert transfer.dump(transfer.load(sent)) == sent
