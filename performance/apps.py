from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "performance"
    verbose_name = "绩效管理"
    default_auto_field = "django.db.models.BigAutoField"
