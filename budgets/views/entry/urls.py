"""Routes of the entry site."""

from django.urls import URLPattern

app_name = "entry"

urlpatterns: list[URLPattern] = []
