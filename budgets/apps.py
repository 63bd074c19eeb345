from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    name = "budgets"
    verbose_name = "预算决算编报"
    default_auto_field = "django.db.models.BigAutoField"
