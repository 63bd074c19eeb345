import os
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Warning, register


class ProfilesConfig(AppConfig):
    """Makes the localities known: `budgets` imports none of them."""

    name = "config"
    verbose_name = "表样"

    def ready(self) -> None:
        from budgets.domain.profile import register as register_profiles

        from .profiles import PROFILES

        register_profiles(*PROFILES)
        register(check_errors_root, deploy=True)


def check_errors_root(**_: Any) -> list[CheckMessage]:
    """Warns where errors could not be kept, before there are any."""
    from django.conf import settings

    root = Path(settings.ERRORS_ROOT)
    there = next(path for path in (root, *root.parents) if path.exists())
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        return []
    return [
        Warning(
            f"ERRORS_ROOT: {there} cannot be written to, so errors are in the log alone.", id="config.W001"
        )
    ]
