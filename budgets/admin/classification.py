"""政府收支分类科目: read-only pages. A command loads the data."""

from django.contrib import admin

from ..models import ClassificationEdition, EconomicCode, FunctionCode
from .scope import ReadOnlyAdmin


@admin.register(ClassificationEdition)
class ClassificationEditionAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "loaded_at")


class CodeAdmin(ReadOnlyAdmin):
    list_display = ("code", "name", "level", "edition")
    list_filter = ("edition", "level")
    list_select_related = ("edition",)
    search_fields = ("code__startswith", "name")
    search_help_text = "按科目编码开头或名称查找"


admin.site.register(FunctionCode, CodeAdmin)
admin.site.register(EconomicCode, CodeAdmin)
