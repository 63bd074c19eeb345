"""A migration that has landed is never edited: databases out there have run it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

ROOT = Path(__file__).parents[2]
LANDED = Path(__file__).with_name("migrations.json")
"""SHA-256 by file. A new migration is added with the commit that brings it."""


def test_landed_migrations_are_as_they_landed():
    found = {
        str(path.relative_to(ROOT)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(ROOT.glob("*/migrations/0*.py"))
    }
    assert found == json.loads(LANDED.read_text(encoding="utf-8"))


def test_they_import_nothing_that_may_move():
    for path in ROOT.glob("*/migrations/0*.py"):
        lines = path.read_text(encoding="utf-8").splitlines()
        imports = [line for line in lines if line.startswith(("import ", "from "))]
        ours = [line for line in imports if "budgets" in line or "performance" in line]
        assert not ours, path.name
