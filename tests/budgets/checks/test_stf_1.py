"""STF-1: 参公 within 事业, 实有 within 编制."""

from budgets.checks.stf_1 import Establishment
from budgets.domain.address import Address
from budgets.domain.choices import PostCategory, Severity
from budgets.domain.findings import CheckSettings
from budgets.domain.schema import Post, Staffing
from tests.examples import dossier


def found(**posts):
    staffing = Staffing(
        posts=tuple(
            Post(category=PostCategory(category), authorised=counts[0], filled=counts[1])
            for category, counts in posts.items()
        )
    )
    return list(Establishment().run(dossier(parts={Staffing: staffing}), CheckSettings()))


def test_the_published_establishments_are_silent():
    assert found(administrative=(0, 0), institution=(51, 40), civil_service_managed=(0, 0)) == []
    assert found(institution=(18, 13), labour=(0, 0)) == []
    assert found() == []


def test_as_many_managed_posts_as_there_are_is_fine():
    assert found(institution=(18, 13), civil_service_managed=(18, 13)) == []


def test_more_managed_posts_than_institution_posts_is_an_error():
    (finding,) = found(institution=(10, 8), civil_service_managed=(12, 8))
    assert finding.severity == Severity.ERROR
    assert finding.address.on_page == Address("staffing", "civil_service_managed", "authorised")
    assert (finding.expected, finding.actual) == ("不多于 10 人", "12 人")


def test_more_managed_people_than_institution_people_is_an_error():
    (finding,) = found(institution=(10, 8), civil_service_managed=(10, 9))
    assert finding.anchor == "f-staffing-civil_service_managed-filled"


def test_more_people_than_posts_asks_why():
    (finding,) = found(institution=(51, 53))
    assert finding.severity == Severity.WARNING
    assert finding.place == "事业编制"
    assert "超编 2 人" in finding.message
