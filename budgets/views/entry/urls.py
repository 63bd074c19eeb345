"""Routes of the entry site. Words of one page stand before sections, whose keys are a profile's."""

from django.urls import path

from . import (
    check,
    codes,
    comments,
    drafts,
    explain,
    help,
    home,
    new_project,
    preview,
    project,
    report,
    section,
    session,
    story,
    versions,
    workbook,
)

app_name = "entry"

urlpatterns = [
    path("", home.home, name="home"),
    path("help/", help.help, name="help"),
    path("unit/", session.unit, name="unit"),
    path("open/", home.open, name="open"),
    path("departments/<slug:department>/projects/<str:project>/", story.story, name="story"),
    path("<int:report>/", report.overview, name="report"),
    path("<int:report>/preview/", preview.preview, name="preview"),
    path("<int:report>/workbook/", preview.workbook, name="workbook"),
    path("<int:report>/fill/", workbook.page, name="fill"),
    path("<int:report>/fill/confirm/", workbook.confirm, name="fill_confirm"),
    path("<int:report>/fill/download/", workbook.download, name="fill_download"),
    path("<int:report>/drafts/<str:key>/", drafts.keep, name="draft"),
    path("<int:report>/drafts/<str:key>/drop/", drafts.drop, name="draft_drop"),
    path("<int:report>/versions/<str:key>/", versions.versions, name="versions"),
    path("<int:report>/lines/", preview.lines, name="lines"),
    path("<int:report>/check/", check.check, name="check"),
    path("<int:report>/explain/", explain.explain, name="explain"),
    path("<int:report>/publish/", report.publish_page, name="publish"),
    path("<int:report>/narrative/", report.attach, name="narrative"),
    path("<int:report>/narrative/remove/", report.detach, name="narrative_remove"),
    path("<int:report>/narrative/file/", report.narrative_file, name="narrative_file"),
    path("<int:report>/comments/<int:comment>/answer/", comments.answer, name="answer"),
    path("<int:report>/codes/<slug:kind>/", codes.codes, name="codes"),
    path("<int:report>/projects/", project.projects_list, name="projects"),
    path("<int:report>/projects/new/", new_project.page, name="project_new"),
    path("<int:report>/projects/add/", new_project.add, name="project_add"),
    path("<int:report>/projects/copy/", new_project.copy, name="project_copy"),
    path("<int:report>/projects/take/", new_project.take, name="project_take"),
    path("<int:report>/projects/reorder/", project.reorder, name="project_reorder"),
    path("<int:report>/projects/<str:project>/", project.project_page, name="project"),
    path("<int:report>/projects/<str:project>/remove/", project.remove, name="project_remove"),
    path("<int:report>/<slug:key>/", section.section, name="section"),
]
