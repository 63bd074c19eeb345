from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    """Makes the localities known: `budgets` imports none of them."""

    name = "config"
    verbose_name = "表样"

    def ready(self) -> None:
        from budgets.domain.profile import register

        from .profiles import PROFILES

        register(*PROFILES)
