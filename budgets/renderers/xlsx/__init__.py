"""Sheets as an Excel workbook (`workbook`), ready to print on A4. Pure."""

from .workbook import render

__all__ = ["render"]
