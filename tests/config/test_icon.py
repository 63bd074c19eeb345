"""Every page names the site's own icon: no browser goes looking for another one."""

import pytest
from django.test import Client

PAGES = ("/", "/login/", "/admin/login/")


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_pages_name_the_icon(client: Client, page: str) -> None:
    assert 'href="/static/img/icon.svg"' in client.get(page).content.decode()
