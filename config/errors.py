"""What people see when a request fails: a Chinese page with the number of the request, and a copy for the superuser.

The pages need neither database nor session nor context processors, since one of these may be what failed.
"""

from __future__ import annotations

import errno
import logging
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape
from django.views.defaults import bad_request as django_bad_request

from budgets.audit import errors

from . import request_ids

DISK_FULL = "53100"
"""PostgreSQL's code (SQLSTATE) of a full disk."""
SQLITE_FULL = "database or disk is full"
LEAST_ROOM = 1024 * 1024
"""The bytes that a disk has at least, unless it is full."""
NO_SPACE = (errno.ENOSPC, errno.EDQUOT)
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)

BARE = """<!doctype html>
<html lang="zh-Hans"><head><meta charset="utf-8"><title>{heading} · 阳光预算</title></head>
<body><h1>{heading}</h1><p>{text}</p><p>仍然不行时，请把编号告诉管理员：<b>{request_id}</b></p></body></html>"""
"""The page where even the template cannot be read, or names a file that was not collected."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Failure:
    """What a page says of an error."""

    status: int
    heading: str
    text: str


ERROR = Failure(500, "系统出错", "这一步没有正常完成。")
UNAVAILABLE = Failure(
    503, "数据库暂时不能使用", "服务器现在连不上数据库，或者数据库太忙，这一步没有正常完成。"
)
STORAGE_FULL = Failure(507, "服务器存储空间不足", "服务器的磁盘已满，暂时存不下新的内容，请尽快告诉管理员。")


def failure_of(error: BaseException | None) -> Failure:
    """What the error means to people: a full disk, the database away or busy, or a mistake of the program."""
    links = list(errors.chain(error)) if error else []
    if any(map(_is_disk_full, links)):
        return STORAGE_FULL
    if any(isinstance(link, (OperationalError, InterfaceError)) for link in links):
        return STORAGE_FULL if _has_no_room() else UNAVAILABLE
    return ERROR


def _has_no_room() -> bool:
    """Whether the disk is full: a database on it then fails of the most different things, and stops."""
    try:
        return shutil.disk_usage(settings.MEDIA_ROOT).free < LEAST_ROOM
    except OSError:
        return False


def _is_disk_full(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in NO_SPACE
    return getattr(error, "sqlstate", None) == DISK_FULL or (
        isinstance(error, OperationalError) and SQLITE_FULL in str(error)
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer an error that nothing caught: keep it for the superuser, and show the page."""
    error = sys.exception()
    failure = failure_of(error)
    if error:
        note(request, error, failure)
    context = {
        "failure": failure,
        "request_id": request_ids.current(),
        "at": timezone.now(),
        "is_act": request.method not in SAFE_METHODS,
    }
    return HttpResponse(_page(context, failure), status=failure.status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be understood, or that is larger than what is read."""
    if isinstance(exception, TOO_LARGE):
        return HttpResponse(render_to_string("413.html"), status=413)
    return django_bad_request(request, exception)


def note(request: HttpRequest, error: BaseException, failure: Failure) -> None:
    """Keep an error of the request, without what was typed, and without failing of it."""
    try:
        match = request.resolver_match
        record = errors.ErrorRecord(
            request_id=request_ids.current(),
            at=timezone.now().isoformat(timespec="seconds"),
            status=failure.status,
            method=(request.method or "")[:10],
            route=match.route if match else "",
            objects=_numbers(match.kwargs if match else {}),
            user=_user_name(request, failure),
            kinds=errors.kinds_of(error),
            calls=errors.calls_of(error),
        )
        errors.keep(record)
    except Exception:  # whatever it fails of, the person gets the page and the log has the error
        logger.exception("an error is not kept")


def _numbers(captured: Mapping[str, Any]) -> str:
    """The numbers in the address, which name objects; not the texts, of which somebody may have typed one."""
    return ", ".join(f"{name}={value}" for name, value in captured.items() if isinstance(value, int))


def _user_name(request: HttpRequest, failure: Failure) -> str:
    """Who asked; empty if nobody is logged in, or if it would have to be asked of the database that is away."""
    if failure is UNAVAILABLE:
        return ""
    try:
        return request.user.get_username() if hasattr(request, "user") else ""
    except Exception:  # the session or the transaction may be what failed
        return ""


def _page(context: Mapping[str, Any], failure: Failure) -> str:
    try:
        return render_to_string("500.html", context)
    except Exception:  # a page that says less is better than none
        logger.exception("the error page is not rendered")
        return BARE.format(
            heading=escape(failure.heading), text=escape(failure.text), request_id=context["request_id"]
        )
