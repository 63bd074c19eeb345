"""The history of the configuration (simple_history), in words."""

from __future__ import annotations

from typing import Any

from django.db.models import ForeignKey, Model, Q, QuerySet
from simple_history.utils import get_history_model_for_model

from .models import Department, District, FiscalYear, Membership, RuleSetting

KINDS = {"+": "新增", "~": "修改", "-": "删除"}


def districts_of_record(model: type[Model], districts: QuerySet[District]) -> Q:
    """The history of what belongs, or belonged, to ``districts``, whether or not it is still there."""
    ids = districts.values("pk")
    if model is District:
        return Q(id__in=ids)
    if model in (Department, FiscalYear):
        return Q(district_id__in=ids)
    if model is RuleSetting:
        return Q(fiscal_year_id__in=_once(FiscalYear, districts))
    if model is Membership:
        return Q(district_id__in=ids) | Q(department_id__in=_once(Department, districts))
    raise TypeError(f"{model.__name__} has no district")


def _once(model: type[Model], districts: QuerySet[District]) -> QuerySet[Any]:
    history = get_history_model_for_model(model)
    return history.objects.filter(districts_of_record(model, districts)).values("id")


def changed(record: Any) -> tuple[str, str]:
    """(what it is about, what was done to it): of a change the fields that differ, else all that are filled."""
    fields = [field for field in record.tracked_fields if not field.primary_key]
    before = record.prev_record if record.history_type == "~" else None
    if before is None:
        said = [f"{field.verbose_name}：{_said(record, field)}" for field in fields if _said(record, field)]
    else:
        said = [
            f"{field.verbose_name}：{_said(before, field) or '（空）'} → {_said(record, field) or '（空）'}"
            for field in fields
            if getattr(before, field.attname) != getattr(record, field.attname)
        ]
    return _name(record), "；".join([KINDS[record.history_type], *said])


def _name(record: Any) -> str:
    """Its first fields, which name it: a deleted object has no other name left."""
    fields = [field for field in record.tracked_fields if not field.primary_key]
    named = [f for f in fields if f.name in ("user", "name", "district", "fiscal_year", "year", "rule")]
    return " ".join(text for field in named[:2] if (text := _said(record, field)))


def _said(record: Any, field: Any) -> str:
    value = getattr(record, field.attname)
    if value in (None, "", {}):
        return ""
    if isinstance(field, ForeignKey):
        found = field.remote_field.model._default_manager.filter(pk=value).first()
        return str(found) if found is not None else "（已删除）"
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(dict(field.flatchoices).get(value, value))
