"""The history of the configuration, each change in the words that its form and 留痕 use."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin
from simple_history.template_utils import HistoricalRecordContextHelper

from ..audit.configuration import in_words
from .scope import AdministratorAdmin


class InWords(HistoricalRecordContextHelper):
    """What a change changed: 是 and 否, titles and labels for keys, （空） for nothing."""

    def prepare_delta_change_value(self, change: Any, value: Any) -> Any:
        if isinstance(value, Model):
            return str(value)
        field = self.model._meta.get_field(change.field)
        return in_words(self.record, field, super().prepare_delta_change_value(change, value)) or "（空）"


class HistoryAdmin(AdministratorAdmin, SimpleHistoryAdmin):
    """The admin of a model that administrators manage and whose history is kept."""

    def get_historical_record_context_helper(self, request: HttpRequest, historical_record: Any) -> InWords:
        return InWords(self.model, historical_record)
