"""What is public is asked for anew each time: a strong ETag, and nothing again of what has not changed."""

import gzip

import pytest
from django.db.models import QuerySet

from budgets.domain.choices import Status
from budgets.models import LineItem, PublishedFile, Report
from tests.cached_worlds import kept
from tests.project_years import freeze
from tests.samples import adopt_sample

pytestmark = pytest.mark.django_db

REPORT = "/2023/112001/budget/"
PAGES = (
    "/",
    "/districts/420112/",
    "/departments/112001/",
    "/departments/112001/projects/general-affairs/",
    REPORT,
    f"{REPORT}1/",
)
FILES = tuple(f"{REPORT}1/112001-2023-budget.{format}" for format in ("xlsx", "json"))
ENCODINGS = ("identity", "gzip, deflate, br")


@pytest.fixture
def published():
    return kept("published", adopt_sample)


def is_strong(etag: str) -> bool:
    return etag.startswith('"') and etag.endswith('"') and len(etag) > 30


def body(response) -> bytes:
    return b"".join(response) if response.streaming else response.content


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("address", (*PAGES, *FILES))
def test_what_is_public_is_revalidated_by_a_strong_etag(client, published, address, encoding):
    headers = {"accept-encoding": encoding}
    first = client.get(address, headers=headers)
    assert first.status_code == 200
    assert first["Cache-Control"] == "public, no-cache"
    assert is_strong(first["ETag"])
    assert body(first) == body(client.get(address, headers=headers)), "one ETag, other bytes"
    again = client.get(address, headers={**headers, "if-none-match": first["ETag"]})
    assert (again.status_code, body(again)) == (304, b"")
    assert (again["ETag"], again["Cache-Control"]) == (first["ETag"], "public, no-cache")
    assert client.get(address, headers={**headers, "if-none-match": '"other"'}).status_code == 200


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("address", (*PAGES, *FILES))
def test_head_tells_the_same_without_a_body(client, published, address, encoding):
    headers = {"accept-encoding": encoding}
    first = client.get(address, headers=headers)
    head = client.head(address, headers=headers)
    assert (head.status_code, body(head)) == (200, b"")
    for name in ("ETag", "Cache-Control", "Content-Length", "Last-Modified"):
        assert head.get(name) == first.get(name), name
    again = client.head(address, headers={**headers, "if-none-match": first["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("address", PAGES)
def test_a_compressed_page_is_another_representation_than_the_page_as_it_is(client, published, address):
    plain = client.get(address)
    packed = client.get(address, headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip" and "Content-Encoding" not in plain
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] != plain["ETag"]
    assert packed["Vary"] == plain["Vary"] == "Accept-Encoding"
    other = client.get(address, headers={"accept-encoding": "gzip", "if-none-match": plain["ETag"]})
    assert other.status_code == 200
    unchanged = client.get(address, headers={"accept-encoding": "gzip", "if-none-match": packed["ETag"]})
    assert unchanged["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("address", (*PAGES, *FILES))
def test_whoever_is_logged_in_sees_what_everybody_sees(client, admin_client, published, address):
    """So that the page may be kept by a proxy, and nothing of a person with it."""
    first = client.get(address)
    seen = body(first)
    second = admin_client.get(address)
    assert body(second) == seen
    for name in ("ETag", "Cache-Control", "Vary"):
        assert first.get(name) == second.get(name), name


def test_what_is_not_there_is_not_kept(client, published):
    for address in ("/departments/999/", f"{REPORT}9/", "/nothing/"):
        missing = client.get(address)
        assert (missing.status_code, missing["Cache-Control"]) == (404, "private, no-store")


def test_a_correction_reaches_who_has_seen_the_page(client, published):
    seen = client.get(REPORT)
    Report.objects.update(status=Status.CORRECTING)
    headers = {"if-none-match": seen["ETag"]}
    assert "正在更正" in client.get(REPORT, headers=headers).content.decode()
    LineItem.objects.filter(activity__name="法律援助").update(amount=60000)
    Report.objects.update(revision=2)
    published.refresh_from_db()
    freeze(published, None, reason="金额录入有误")
    assert "3,074.53" in client.get(REPORT, headers=headers).content.decode()


def test_a_page_that_changed_without_a_later_publication_is_sent_to_who_asks_by_date(client, published):
    seen = client.get(REPORT)
    Report.objects.update(status=Status.CORRECTING)
    answer = client.get(REPORT, headers={"if-modified-since": seen["Last-Modified"]})
    assert "正在更正" in answer.content.decode()


def test_a_file_that_stands_no_longer_is_gone_for_who_has_it(client, published):
    address = FILES[0]
    seen = client.get(address)
    assert body(seen)
    QuerySet(PublishedFile).filter(name=address.rpartition("/")[2]).update(name="moved.xlsx")
    assert client.get(address, headers={"if-none-match": seen["ETag"]}).status_code == 404
