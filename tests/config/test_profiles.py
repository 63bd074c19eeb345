"""Every profile names tables, checks and parts that exist, under keys of their own."""

import pytest

from budgets.domain.profile import get_profile, profile_keys


@pytest.fixture(params=profile_keys())
def profile(request):
    return get_profile(request.param)


def test_every_part_is_edited(profile):
    for section in (*profile.sections, profile.project):
        assert set(section.parts) <= set(profile.editors)


def test_its_keys_are_unique(profile):
    assert profile.key in profile_keys()
    for uses in (profile.tables, profile.sections):
        assert len({use.key for use in uses}) == len(uses)


def test_its_project_form_lays_out_one_project(profile):
    if not profile.project_form:
        pytest.skip("其项目不另设申报表")
    assert profile.table(profile.project_form).form is not None


def test_the_forms_of_its_sections_lay_them_out(profile):
    for key in sorted(section.form for section in profile.sections if section.form):
        assert profile.table(key).form is not None


def test_every_section_says_what_it_is_for(profile):
    for section in (*profile.sections, profile.project):
        assert section.guidance.endswith("。"), section.key


def test_the_second_locality_numbers_its_eleven_tables_as_printed():
    tables = get_profile("wuchang_2022").tables
    assert [use.number.removeprefix("表") for use in tables] == [
        "一",
        "二",
        "三",
        "四",
        "五",
        "六",
        "七",
        "八",
        "九",
        "十",
        "十一",
    ]


def test_an_unlisted_profile_is_unknown():
    with pytest.raises(KeyError):
        get_profile("common")
