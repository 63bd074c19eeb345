"""A manuscript as a Word document (`writer`). Pure."""

from .writer import render

__all__ = ["render"]
