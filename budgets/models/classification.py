"""政府收支分类科目, one edition a row; loaded by `manage.py load_classification`."""

from __future__ import annotations

from django.db import models

from ..domain.choices import CodeLevel


class ClassificationEdition(models.Model):
    """One edition, named by its year (``2024``)."""

    code = models.CharField("版本", max_length=16, unique=True)
    loaded_at = models.DateTimeField("载入时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "科目版本"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} 年版"


class Code(models.Model):
    """A subject of one edition. 类/款/项 follow from the length of the code."""

    edition = models.ForeignKey(ClassificationEdition, models.CASCADE, verbose_name="版本")
    code = models.CharField("科目编码", max_length=7)
    name = models.CharField("科目名称", max_length=100)
    level = models.CharField("级次", max_length=8, choices=CodeLevel.pairs())

    class Meta:
        abstract = True
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class FunctionCode(Code):
    """支出功能分类科目: 类 3, 款 5, 项 7 digits."""

    class Meta(Code.Meta):
        verbose_name = verbose_name_plural = "功能分类科目"
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="function_code_unique"),
        ]


class Definition(models.Model):
    """释义: what the official edition says of a functional subject or a term, for 名词解释.

    ``name`` is a code (2010350) or a term (事业收入).
    """

    edition = models.ForeignKey(ClassificationEdition, models.CASCADE, verbose_name="版本")
    name = models.CharField("科目编码或名词", max_length=100)
    text = models.TextField("释义")

    class Meta:
        verbose_name = verbose_name_plural = "名词释义"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["edition", "name"], name="definition_unique")]

    def __str__(self) -> str:
        return self.name


class EconomicCode(Code):
    """经济分类科目: 部门预算 3xx and, mapped from them, 政府预算 5xx."""

    class Meta(Code.Meta):
        verbose_name = verbose_name_plural = "经济分类科目"
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="economic_code_unique"),
        ]
