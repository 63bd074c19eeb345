"""Spreadsheets as a person sees them. Knows no Django: `read_apart` reads in a process that has none."""

from .apart import read_apart
from .cells import Book, Cell, Failed, Sheet, Shown, SpreadsheetRefused, Uncomputed
from .reading import read

__all__ = [
    "Book",
    "Cell",
    "Failed",
    "Sheet",
    "Shown",
    "SpreadsheetRefused",
    "Uncomputed",
    "read",
    "read_apart",
]
