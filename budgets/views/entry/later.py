"""Views of modules that are imported when they are first called."""

from importlib import import_module


def later(module, name):
    def view(request, **kwargs):
        return getattr(import_module(f"budgets.views.entry.{module}"), name)(request, **kwargs)

    return view
