"""Requests as the views of the entry site and of the admin get them."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.http import HttpRequest


class AuthenticatedHttpRequest(HttpRequest):
    """A request behind `login_required` or `admin_view`: somebody is logged in.

    For annotations alone, no such request is ever made.
    """

    user: User
