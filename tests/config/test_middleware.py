"""The headers of every answer, the content security policy, what is compressed, and whose failed logins are counted together."""

import gzip
from io import BytesIO

import pytest
from axes.models import AccessAttempt
from axes.utils import reset
from django.http import FileResponse, HttpResponse, HttpResponseBase, JsonResponse
from django.test import Client, RequestFactory

from config.middleware import (
    ContentSecurityPolicyMiddleware,
    HeadersMiddleware,
    PageCompressionMiddleware,
    client_address,
)

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
    ("said", "wanted"),
    [
        ({}, "private, no-store"),
        ({"Cache-Control": "max-age=600"}, "private, no-store"),
        ({"Cache-Control": "private"}, "private, no-store"),
        ({"Cache-Control": "public, no-cache"}, "public, no-cache"),
        ({"Cache-Control": "max-age=315360000, public, immutable"}, "max-age=315360000, public, immutable"),
    ],
)
def test_nothing_is_stored_unless_it_is_public(said: dict[str, str], wanted: str) -> None:
    for made in (HttpResponse(headers=said), FileResponse(BytesIO(b"x"), headers=said)):
        response = HeadersMiddleware(lambda request, made=made: made)(RequestFactory().get("/"))
        assert response["Cache-Control"] == wanted
        assert response["X-Content-Type-Options"] == "nosniff"
        for feature in ("camera", "microphone", "geolocation", "payment", "usb"):
            assert f"{feature}=()" in response["Permissions-Policy"].split(", ")


def test_static_files_keep_their_own_rule(settings, client: Client) -> None:
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    response = client.get("/static/css/base.css")
    assert response.status_code == 200
    assert response["Cache-Control"] == "max-age=60, public"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in response["Permissions-Policy"]


def test_a_host_name_that_is_refused_gets_the_headers_too(client: Client) -> None:
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Request-ID"]


def sent(response: HttpResponseBase, accepted: str = "gzip, deflate, br") -> HttpResponseBase:
    """The response as a client gets it that accepts those encodings."""
    request = RequestFactory().get("/", headers={"Accept-Encoding": accepted})
    return PageCompressionMiddleware(lambda request: response)(request)


def test_a_page_is_compressed_and_reads_the_same() -> None:
    page = "<tr><td>一般公共预算财政拨款</td><td>1,850.00</td></tr>" * 300
    response = sent(HttpResponse(page))
    assert response["Content-Encoding"] == "gzip"
    assert response["Vary"] == "Accept-Encoding"
    assert int(response["Content-Length"]) == len(response.content) < len(page.encode()) / 10
    assert gzip.decompress(response.content).decode() == page


def test_a_client_that_reads_no_gzip_gets_the_page_as_it_is_under_another_cache_key() -> None:
    page = "<p>一般公共预算财政拨款</p>" * 300
    response = sent(HttpResponse(page), accepted="identity")
    assert "Content-Encoding" not in response
    assert response["Vary"] == "Accept-Encoding"
    assert response.content.decode() == page


def test_files_and_data_go_as_they_are() -> None:
    content = b"PK" + b"1,850.00;" * 1000
    for download in (
        HttpResponse(content, content_type=WORKBOOK),
        FileResponse(BytesIO(content), as_attachment=True, filename="112001.xlsx"),
        HttpResponse(content, content_type="text/csv; charset=utf-8"),
    ):
        response = sent(download)
        assert "Content-Encoding" not in response
        assert (b"".join(response) if response.streaming else response.content) == content
    names = {"codes": ["一般公共服务支出"] * 100}
    response = sent(JsonResponse(names))
    assert "Content-Encoding" not in response
    assert response.content == JsonResponse(names).content


@pytest.mark.django_db
def test_the_site_compresses_its_pages(client: Client) -> None:
    plain = client.get("/login/")
    packed = client.get("/login/", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    text = gzip.decompress(packed.content).decode()
    assert "csrfmiddlewaretoken" in text
    assert text.partition("<form")[0] == plain.content.decode().partition("<form")[0]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "1.1.1.1", "9.9.9.9"),
        (1, "1.1.1.1", "1.1.1.1"),
        (1, "6.6.6.6, 1.1.1.1", "1.1.1.1"),
        (2, "6.6.6.6, 1.1.1.1, 8.8.8.8", "1.1.1.1"),
        (2, "1.1.1.1", "9.9.9.9"),
        (1, "", "9.9.9.9"),
        (1, "nothing", "9.9.9.9"),
        (1, "1.1.1.1, 1.1.1", "9.9.9.9"),
        (1, "2001:db8::1", "2001:db8::1"),
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


@pytest.mark.parametrize(
    "address",
    ["/%00", "/2023/%1b/budget/", "/?q=%00", "/?%00=1", "/?q=a%0Bb", "/entry/%C2%85/", "/?a=%EF%BF%BF"],
)
def test_control_characters_in_an_address_are_refused_in_words(client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 400
    assert "控制字符" in response.content.decode()


@pytest.mark.django_db
def test_control_characters_in_the_name_of_a_field_are_refused(client) -> None:
    assert client.post("/login/", {"user\x00name": "a"}).status_code == 400
    assert client.post("/login/", {"username": "a\x00", "password": "b"}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["/login/", "/admin/login/"])
def test_a_long_user_name_fails_as_others_do(client, settings, url: str) -> None:
    settings.AXES_ENABLED = True
    for _ in range(settings.AXES_FAILURE_LIMIT):
        response = client.post(url, {"username": "甲" * 5000, "password": "wrong"})
    assert response.status_code == 429
    assert AccessAttempt.objects.get().username == "甲" * 150


def test_a_header_in_another_encoding_is_no_harm(client) -> None:
    referer = "http://a/部门".encode("gbk").decode("latin-1")
    assert client.get("/help-that-is-not-there/", headers={"Referer": referer}).status_code == 404
    assert client.get("/help-that-is-not-there/", headers={"Referer": "a\x00"}).status_code == 400
