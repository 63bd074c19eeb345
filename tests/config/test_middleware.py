"""The content security policy, and whose failed logins are counted together."""

import pytest
from axes.utils import reset
from django.http import HttpResponse
from django.test import Client, RequestFactory

from config.middleware import ContentSecurityPolicyMiddleware, client_address


def policy(path: str) -> dict[str, list[str]]:
    middleware = ContentSecurityPolicyMiddleware(lambda request: HttpResponse())
    header = middleware(RequestFactory().get(path))["Content-Security-Policy"]
    return {words[0]: words[1:] for words in (part.split() for part in header.split(";"))}


def test_nothing_inline_outside_the_admin() -> None:
    for path in ("/", "/entry/", "/login/", "/adminx/", "/entry/admin/"):
        directives = policy(path)
        assert directives["default-src"] == ["'self'"]
        assert directives["script-src"] == ["'self'"]
        assert directives["style-src"] == ["'self'"]
        assert directives["img-src"] == ["'self'", "data:"]
        assert directives["object-src"] == directives["frame-ancestors"] == ["'none'"]
        assert directives["base-uri"] == directives["form-action"] == ["'self'"]


def test_what_the_admin_theme_needs() -> None:
    directives = policy("/admin/login/")
    assert directives["script-src"] == ["'self'", "'unsafe-eval'"]
    assert directives["style-src"] == ["'self'", "'unsafe-inline'"]


def test_every_response_carries_the_policy(client: Client) -> None:
    response = client.get("/static/missing.css")
    assert response.status_code == 404
    assert "script-src 'self';" in response["Content-Security-Policy"] + ";"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "1.1.1.1", "9.9.9.9"),
        (1, "1.1.1.1", "1.1.1.1"),
        (1, "6.6.6.6, 1.1.1.1", "1.1.1.1"),
        (2, "6.6.6.6, 1.1.1.1, 8.8.8.8", "1.1.1.1"),
        (2, "1.1.1.1", "9.9.9.9"),
        (1, "", "9.9.9.9"),
    ],
)
def test_client_address(settings, proxies: int, forwarded: str, expected: str) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="9.9.9.9", headers={"X-Forwarded-For": forwarded})
    assert client_address(request) == expected


@pytest.mark.django_db
def test_five_failures_lock_one_user_from_one_address(settings, client: Client, django_user_model) -> None:
    settings.AXES_ENABLED = True
    reset()
    django_user_model.objects.create_superuser("lee", password="correct-horse-1")
    django_user_model.objects.create_superuser("wang", password="correct-horse-2")

    def log_in(username: str, password: str, address: str = "10.0.0.1"):
        return client.post("/admin/login/", {"username": username, "password": password}, REMOTE_ADDR=address)

    for _ in range(4):
        assert log_in("lee", "wrong").status_code == 200
    locked = log_in("lee", "wrong")
    assert locked.status_code == 429
    assert "15 分钟" in locked.content.decode()
    assert log_in("lee", "correct-horse-1").status_code == 429
    assert log_in("lee", "correct-horse-1", address="10.0.0.2").status_code == 302
    client.logout()
    assert log_in("wang", "correct-horse-2").status_code == 302
