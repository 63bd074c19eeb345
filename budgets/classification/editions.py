"""The editions that ship with the application, as CSV.

``function.csv`` (支出功能分类), ``economic.csv`` (部门预算支出经济分类), ``government_economic.csv``
(政府预算支出经济分类) have columns code, name, level, parent, source, confidence, note;
``economic_mapping.csv`` maps departmental to government economic codes by kind of unit. ``source`` says
whether a subject was seen in a published table or compiled from general knowledge. A finance bureau's own edition may
have ``definitions.csv`` with columns name (a functional code or a term) and definition: what 名词解释 says of it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from ..domain.dossier import Classification

HERE = Path(__file__).parent


def editions() -> list[str]:
    """The editions that ship, oldest first."""
    return sorted(path.name for path in HERE.iterdir() if path.is_dir() and (path / "function.csv").exists())


def read(edition: str, name: str, folder: Path = HERE) -> Iterator[tuple[str, str]]:
    """(code, name) pairs of one file; raises FileNotFoundError for an unknown edition."""
    with (folder / edition / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield row["code"].strip(), row["name"].strip()


def classification(edition: str) -> Classification:
    """Read an edition from its files, without a database."""
    return Classification(
        function=dict(read(edition, "function")),
        economic=dict(read(edition, "economic")) | dict(read(edition, "government_economic")),
    )
