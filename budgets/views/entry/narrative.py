"""公开说明 or 情况说明: the text that the figures make, each of them with the way to where it is typed, and its wording."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ...actions.base import ActionRefused
from ...actions.reword import reword
from ...actions.reword import take_back as take_back_wording
from ...analysis.redaction import redact
from ...disclosure.publication import public_content
from ...domain.address import Address
from ...domain.profile import section_of
from ...domain.schema import Statement
from ...forms.layout import say_at
from ...narrative.document import Sentence, SheetsHere
from ...narrative.rewording import is_open, shown, stale
from ...permissions import AuthenticatedHttpRequest
from ...renderers.markup import markup
from ...renderers.narrative import render, render_sentence, sentence_id
from .context import Workspace, open_workspace, show
from .forms import RewordForm
from .links import section_url
from .report import refusal_status


@login_required
@require_GET
def narrative(request: AuthenticatedHttpRequest, report: int) -> HttpResponse:
    """Show the text that is or would be published, without what is withheld; 404 if the locality has none."""
    return _text(request, open_workspace(request, report))


def _text(
    request: AuthenticatedHttpRequest, space: Workspace, status: int = 200, problem: str = ""
) -> HttpResponse:
    """``problem`` is why an act was refused."""
    if not space.has_text:
        raise Http404
    document = public_content(space.report, space.dossier).narrative
    threads = [thread for thread in space.threads if thread.sentence]
    open_at = {thread.sentence for thread in threads if thread.is_open}

    def mark(sentence: Sentence) -> str:
        return "has-comment" if sentence.key in open_at else ""

    def tool(sentence: Sentence) -> SafeString | None:
        if not space.report.is_editable or not is_open(sentence):
            return None
        url = reverse("entry:reword", args=[space.report.pk, sentence.key])
        word = "已改写" if sentence.original else "改写"
        return markup(
            '<a class="sentence-tool{}" href="{}" title="改写这一句">{}</a>',
            " is-done" if sentence.original else "",
            url,
            word,
        )

    def sheets(place: SheetsHere) -> SafeString:
        preview = reverse("entry:preview", args=[space.report.pk])
        return markup('<p><a href="{}">{}</a></p>', preview, place.kind.label)

    links, unused = space.links, []
    if document and space.report.is_editable:
        unused = list(stale(document, redact(space.dossier).part(Statement)))
    return show(
        request,
        "entry/narrative.html",
        space,
        current="narrative",
        status=status,
        problem=problem,
        document=document,
        text=render(document, links.value, level=3, mark=mark, tool=tool, hint=links.hint, sheets=sheets)
        if document
        else "",
        pinned=space.pinned(threads, on="text"),
        stale=unused,
        passages_url=section_url(space.report.pk, section_of(space.dossier, Address("passages"))),
        withheld=[project.identity.name for project in space.dossier.projects if project.withheld],
    )


@login_required
@require_http_methods(["GET", "POST"])
def sentence(request: AuthenticatedHttpRequest, report: int, key: str) -> HttpResponse:
    """Show one sentence with its wording, or keep another one; 404 without such a sentence."""
    space = open_workspace(request, report)
    document = public_content(space.report, space.dossier).narrative
    found = document.sentence(key) if document else None
    if found is None:
        raise Http404
    if request.method == "GET":
        return _sentence(request, space, found)
    form = RewordForm(report, key, request.POST)
    form.full_clean()
    given = form.cleaned_data
    try:
        saved = reword(space.report.pk, request.user, key, given["seen"], given["wording"], given["base"])
    except ActionRefused as refused:
        status = 422 if refused.field else refusal_status(refused)
        return _sentence(request, space, found, status, form, say_at(form, refused.field, refused.message))
    rows = saved.content["statement"].get("rewordings", ())
    is_kept = any(row["sentence"] == key for row in rows)
    messages.success(request, "已保存改写" if is_kept else "与系统的写法相同，没有改写")
    return redirect(f"{reverse('entry:text', args=[report])}#{sentence_id(key)}")


@login_required
@require_POST
def take_back(request: AuthenticatedHttpRequest, report: int, row: str) -> HttpResponse:
    """Let the sentence of a rewording be said as it is generated again; 404 without such a rewording."""
    space = open_workspace(request, report)
    rewordings = space.dossier.part(Statement).rewordings
    rewording = next((each for each in rewordings if each.key == row), None)
    if rewording is None:
        raise Http404
    try:
        take_back_wording(space.report.pk, request.user, row)
    except ActionRefused as refused:
        return _text(request, open_workspace(request, report), refusal_status(refused), refused.message)
    messages.success(request, "已恢复原句")
    return redirect(f"{reverse('entry:text', args=[report])}#{sentence_id(rewording.sentence)}")


def _sentence(
    request: AuthenticatedHttpRequest,
    space: Workspace,
    said: Sentence,
    status: int = 200,
    form: RewordForm | None = None,
    problem: str = "",
) -> HttpResponse:
    """The page of one sentence. ``form`` is one that was refused because of ``problem``."""
    rewording = space.dossier.part(Statement).rewording(said.key)
    base = rewording.wording if rewording else ""
    if form:
        # The wording that the page shows now has been seen when the form comes again. The marks are those of before.
        form.data = {**dict(form.data.items()), "base": base}
    current = shown(said, rewording.wording) if rewording and said.original else shown(said)
    form = form or RewordForm(
        space.report.pk, said.key, initial={"seen": shown(said), "base": base, "wording": current}
    )
    return show(
        request,
        "entry/sentence.html",
        space,
        current="narrative",
        status=status,
        said=said,
        generated=shown(said),
        told=render_sentence(said, space.links.value),
        form=form,
        problem=problem,
        can_reword=space.report.is_editable and is_open(said),
        rewording=rewording,
    )
