"""The samples in a database, exported once for all of these tests."""

import pytest
from django.core.management import call_command
from django.db import transaction

from .exports import Exports, export_report

REPORTS = (
    ("112001", 2023, "budget"),
    ("112001", 2022, "budget"),
    ("112001", 2024, "final"),
    ("112001", 2024, "budget"),
    ("112001", 2023, "final"),
    ("344001", 2022, "budget"),
    ("344001", 2021, "budget"),
)


@pytest.fixture(scope="session")
def exports(django_db_setup: None, django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> Exports:
    """Exports by department, year and kind; what was loaded for them is rolled back."""
    folder = tmp_path_factory.mktemp("exports")
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_samples", verbosity=0)
        found = {report: export_report(*report, folder) for report in REPORTS}
        transaction.set_rollback(True)
    return found
