"""What every test shares: fast settings, marks by need, the classification, hypothesis profiles."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import partial
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from budgets.models import FunctionCode
from tests.cached_worlds import keep_classification

hypothesis_settings.register_profile(
    "ci",
    derandomize=True,
    max_examples=50,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis_settings.register_profile("dev", max_examples=200, deadline=None)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

DATABASE_FIXTURES = {"_django_db_helper", "db", "transactional_db", "live_server"}


def pytest_configure(config: pytest.Config) -> None:
    """Settings for tests. Django is set up by now, and reads each of these when it is first used."""
    media = tempfile.mkdtemp(prefix="media-")
    config.add_cleanup(lambda: shutil.rmtree(media, ignore_errors=True))
    settings.MEDIA_ROOT = media
    settings.ERRORS_ROOT = os.path.join(media, "errors")
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.AXES_ENABLED = False
    settings.READ_APART = False  # A process takes a tenth of a second; tests of it ask for it.
    settings.PUBLISHED_DOCUMENTS = []  # They take seconds; tests of the documents ask for them.


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Marks as `database` whatever uses it, so that runs can be chosen by need; leaves out what takes minutes."""
    if "SCALE" not in os.environ:
        long = [item for item in items if item.get_closest_marker("soak")]
        items[:] = [item for item in items if item not in long]
        config.hook.pytest_deselected(items=long)
    for item in items:
        cls = getattr(item, "cls", None)
        if (
            item.get_closest_marker("django_db")
            or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
            or (cls is not None and issubclass(cls, TransactionTestCase))
        ):
            item.add_marker("database")


def pytest_collection_finish(session: pytest.Session) -> None:
    """What has been imported stays: the garbage collector need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 1000)


def load_classification() -> None:
    """Loads the classification where it is missing: at first, and after a transactional test's flush."""
    if not FunctionCode.objects.exists():
        keep_classification(partial(call_command, "load_classification", stdout=StringIO()))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> None:
    with django_db_blocker.unblock():
        load_classification()


@pytest.fixture(autouse=True)
def _classification(request: pytest.FixtureRequest) -> Iterator[None]:
    """A transactional test leaves empty tables; the next one finds the classification again."""
    if request.node.get_closest_marker("database") and not _is_unittest(request):
        request.getfixturevalue("_django_db_helper")
        load_classification()
    yield


@pytest.fixture(autouse=True, scope="class")
def _classification_of_a_class(request: pytest.FixtureRequest) -> Iterator[None]:
    """A class finds it too, before it makes its data: a worker may come to it behind a transactional test."""
    if _is_unittest(request):
        request.getfixturevalue("django_db_setup")
        with request.getfixturevalue("django_db_blocker").unblock():
            load_classification()
    yield


def _is_unittest(request: pytest.FixtureRequest) -> bool:
    return request.cls is not None and issubclass(request.cls, TransactionTestCase)
