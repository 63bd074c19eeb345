"""The history of the configuration (simple_history) in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import ForeignKey, Model, Q, QuerySet
from simple_history.utils import get_history_model_for_model

from ..domain.profile import get_profile, known_rules, thresholds
from ..models import Department, District, Extension, FiscalYear, Membership, RuleSetting, TextSetting

NAMING = ("user", "department", "name", "district", "fiscal_year", "year", "rule", "chapter")
"""The fields that name an object of the configuration."""

KINDS = {"+": "新增", "~": "修改", "-": "删除"}


def districts_of_record(model: type[Model], districts: QuerySet[District]) -> Q:
    """The history of rows that belong or belonged to ``districts``, including deleted ones."""
    ids = districts.values("pk")
    if model is District:
        return Q(id__in=ids)
    if model in (Department, FiscalYear):
        return Q(district_id__in=ids)
    if model in (RuleSetting, TextSetting, Extension):
        return Q(fiscal_year_id__in=_once(FiscalYear, districts))
    if model is Membership:
        return Q(district_id__in=ids) | Q(department_id__in=_once(Department, districts))
    raise TypeError(f"{model.__name__} has no district")


def _once(model: type[Model], districts: QuerySet[District]) -> QuerySet[Any]:
    history = get_history_model_for_model(model)
    return history.objects.filter(districts_of_record(model, districts)).values("id")


@dataclass(frozen=True)
class Words:
    """The texts of one model's records. The number of queries does not grow with them."""

    before: Mapping[int, Any]
    """The preceding record by id, for records that have one."""
    related: Mapping[tuple[type[Model], Any], str]

    @classmethod
    def of(cls, records: Sequence[Any]) -> Words:
        if not records:
            return cls({}, {})
        whole = type(records[0]).objects.filter(id__in={record.id for record in records})
        before: dict[int, Any] = {}
        last: dict[Any, Any] = {}
        for record in whole.order_by("history_date", "history_id"):
            if record.id in last:
                before[record.history_id] = last[record.id]
            last[record.id] = record
        return cls(before, _related([*records, *before.values()]))

    def changed(self, record: Any) -> tuple[str, str]:
        """(subject, what was done): the fields that differ in a change, else all filled fields."""
        fields = _fields(record)
        before = self.before.get(record.history_id) if record.history_type == "~" else None
        if before is None:
            said = [
                f"{field.verbose_name}：{self._said(record, field)}"
                for field in fields
                if self._said(record, field)
            ]
        else:
            said = [
                f"{field.verbose_name}：{self._said(before, field) or '（空）'} → {self._said(record, field) or '（空）'}"
                for field in fields
                if getattr(before, field.attname) != getattr(record, field.attname)
            ]
        return self._name(record), "；".join([KINDS[record.history_type], *said])

    def _name(self, record: Any) -> str:
        """The first filled fields of the object, which name it even after its deletion."""
        named = [self._said(record, field) for field in _fields(record) if field.name in NAMING]
        return " ".join([text for text in named if text][:2])

    def _said(self, record: Any, field: Any) -> str:
        value = getattr(record, field.attname)
        if value is not None and isinstance(field, ForeignKey):
            return self.related.get((field.remote_field.model, value), "（已删除）")
        return in_words(record, field, value)


def in_words(record: Any, field: Any, value: Any) -> str:
    """The ``value`` of a field of ``record`` that points to no other row; empty where it says nothing."""
    if value in (None, "", {}):
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if field.name in ("budget_profile", "final_profile"):
        return profile_title(value)
    if field.name == "rule":
        return " ".join(filter(None, (value, getattr(known_rules().get(value), "title", ""))))
    if field.name == "options":
        return thresholds(record.rule, value)
    return str(dict(field.flatchoices).get(value, value))


def _fields(record: Any) -> list[Any]:
    return [field for field in record.tracked_fields if not field.primary_key]


def _related(records: Sequence[Any]) -> dict[tuple[type[Model], Any], str]:
    """The targets of foreign keys by model and id, with one query for each model."""
    names: dict[tuple[type[Model], Any], str] = {}
    for field in _fields(records[0]):
        if isinstance(field, ForeignKey):
            model = field.remote_field.model
            ids = {getattr(record, field.attname) for record in records} - {None}
            found = model._default_manager.select_related().filter(pk__in=ids)
            names |= {(model, row.pk): str(row) for row in found}
    return names


def profile_title(key: str) -> str:
    """The title of a profile; the key itself where there is none (any more)."""
    try:
        return get_profile(key).title
    except KeyError:
        return key
