"""Routes: the entry site under /entry/, the public site at the root."""

from django.urls import include, path

urlpatterns = [
    path("entry/", include("budgets.views.entry.urls")),
    path("", include("budgets.views.public.urls")),
]
