"""A database of an earlier release whose rows the constraints of 0012_years_open_and_close do not allow."""

from __future__ import annotations

import datetime
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.upgrade.test_upgrade import DATABASES

DUMP = "2026_11"
FAR = datetime.date.today().year + 30

BEFORE = f"""
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("UPDATE budgets_department SET parent_id = id WHERE code = '112001'")
    for year in (26, {FAR}):
        cursor.execute(
            "INSERT INTO budgets_fiscalyear (district_id, year, edition_id, budget_profile, final_profile)"
            " SELECT district_id, %s, edition_id, budget_profile, final_profile FROM budgets_fiscalyear"
            " WHERE year = 2023 LIMIT 1", [year])
"""
AFTER = """
import json
from budgets.models import Department, FiscalYear
years = [[y.year, y.is_open('budget'), y.is_open('final'), y.deadline_closes, bool(y.final_profile)]
         for y in FiscalYear.objects.order_by('year')]
history = [[h.year, h.budget_open, h.deadline_closes] for h in FiscalYear.history.all() if h.budget_profile]
department = Department.objects.get(code='112001')
record = department.history.first()
print(json.dumps({'years': years, 'history': history, 'parent': department.parent_id,
                  'record': [record.parent_id, record.history_type, record.history_change_reason]}))
"""


@pytest.mark.parametrize("load", DATABASES)
def test_rows_that_nobody_meant_are_mended_and_all_others_stay_open(
    load: Callable[[str, Path], str], tmp_path: Path
) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": load(DUMP, tmp_path),
        "MEDIA_ROOT": str(tmp_path / "media"),
        "ENV_FILE": os.devnull,
    }

    def manage(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-4000:]
        return done.stdout

    manage("shell", "--no-imports", "--command", BEFORE)
    manage("migrate")
    found: dict[str, Any] = json.loads(manage("shell", "--no-imports", "--command", AFTER))
    assert found["parent"] is None
    assert found["record"] == [None, "~", "主管部门是本部门自己，升级时清空"]
    years = {year: rest for year, *rest in found["years"]}
    for year in (26, FAR):
        assert years.pop(year)[:3] == [False, False, False], "closed, so that it is nobody's default"
    assert years
    for budget, final, closes, has_final in years.values():
        assert budget and final == has_final and not closes
    assert found["history"] and all(is_open and not closes for _, is_open, closes in found["history"])
