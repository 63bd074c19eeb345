"""Editing: what a person types about a section, read into the exchange JSON of its parts."""
