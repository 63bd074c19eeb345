"""The bureau's side: configuration, and the review of reports. Permission comes from memberships."""

from . import classification, members, organisation, review, rules, texts

__all__ = ["classification", "members", "organisation", "review", "rules", "texts"]
