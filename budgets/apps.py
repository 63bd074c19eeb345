from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Warning, register
from django.core.exceptions import ImproperlyConfigured


class BudgetsConfig(AppConfig):
    name = "budgets"
    verbose_name = "预算决算编报"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(check_profiles)
        register(check_fonts, deploy=True)


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


def check_fonts(**_: Any) -> list[CheckMessage]:
    """Warns before anybody approves a report whose pdf this machine cannot make."""
    from django.conf import settings

    from .renderers.pdf import FontsMissing, missing_fonts

    missing = missing_fonts() if "pdf" in settings.PUBLISHED_DOCUMENTS else ()
    return [Warning(str(FontsMissing(missing)), id="budgets.W001")] if missing else []
