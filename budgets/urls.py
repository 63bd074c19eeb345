"""Routes: the entry site under /entry/, the public site at the root, and what both sides of the work share."""

from django.urls import include, path

from .views import notices

urlpatterns = [
    path("notices/<int:notice>/read/", notices.read, name="notice_read"),
    path("entry/", include("budgets.views.entry.urls")),
    path("", include("budgets.views.public.urls")),
]
