"""Routes of the public site. Addresses are readable and permanent: ``/2023/112001/budget/``."""

from django.urls import path, register_converter

from budgets.domain.choices import ReportKind

from . import departments, files, projects, reports


class KindConverter:
    """Matches budget or final."""

    regex = "|".join(kind.value for kind in ReportKind)

    def to_python(self, value: str) -> ReportKind:
        return ReportKind(value)

    def to_url(self, value: str) -> str:
        return str(value)


class YearConverter:
    """Matches a year of four digits."""

    regex = r"(?:19|20)\d\d"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(KindConverter, "kind")
register_converter(YearConverter, "year")

app_name = "public"

urlpatterns = [
    path("", departments.home, name="home"),
    path("districts/<slug:code>/", departments.district, name="district"),
    path("departments/<slug:code>/", departments.department, name="department"),
    path("departments/<slug:code>/projects/<str:key>/", projects.project, name="project"),
    path("<year:year>/<slug:code>/<kind:kind>/", reports.report, name="report"),
    path("<year:year>/<slug:code>/<kind:kind>/<int:revision>/", reports.revision, name="revision"),
    path("<year:year>/<slug:code>/<kind:kind>/<int:revision>/<str:name>", files.download, name="file"),
]
