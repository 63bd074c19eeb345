"""Editing goals and indicators."""
