from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured


class BudgetsConfig(AppConfig):
    name = "budgets"
    verbose_name = "预算决算编报"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(check_profiles)


def check_profiles(**_: Any) -> list[CheckMessage]:
    """Refuses at start a profile of which two parts claim one object, and the like (`profile.sections_by_object`)."""
    from .domain.profile import profile_keys, sections_by_object

    found: list[CheckMessage] = []
    for key in profile_keys():
        try:
            sections_by_object(key)
        except ImproperlyConfigured as error:
            found.append(Error(str(error), id="budgets.E001"))
    return found
