"""The samples in a database, exported once for all of these tests."""

import pytest
from django.core.management import call_command
from django.db import transaction

from .exports import Exported, export_report

REPORTS = (("112001", 2023), ("112001", 2022), ("344001", 2022), ("344001", 2021))


@pytest.fixture(scope="session")
def exports(
    django_db_setup: None, django_db_blocker, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, int], Exported]:
    """Exports by department and year; what was loaded for them is rolled back."""
    folder = tmp_path_factory.mktemp("exports")
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_samples", verbosity=0)
        found = {report: export_report(*report, folder) for report in REPORTS}
        transaction.set_rollback(True)
    return found
