"""An address without a page: whoever meets it is led on to where they belong."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.assessment.asked import lake
from tests.browser import Browser
from tests.cast import Cast
from tests.entering import signed_in


def test_a_colleague_is_led_to_the_desk(app: Flask, cast: Cast):
    page = signed_in(app, cast.trainer).get("/nowhere", status=404)

    assert "回工作台" in page.text and "接着学" not in page.text


def test_a_trainee_is_led_to_today_and_a_stranger_to_the_start_page(app: Flask, cast: Cast):
    assert "/today" in signed_in(app, cast.trainee).get("/nowhere", status=404).links()
    assert "/" in Browser(app).get("/nowhere", status=404).links()


def test_a_trainee_is_not_told_that_colleagues_have_a_page_there(app: Flask, cast: Cast):
    xiulan = signed_in(app, cast.trainee)

    page = xiulan.get("/teach/work", status=404)

    assert page.text == xiulan.get("/nowhere", status=404).text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/teach/work?cohort={}", 200),
        ("/teach/work/next?after={}", 303),
        ("/teach/courses/lake/export.zip?version={}", 200),
        ("/teach/courses/lake/versions/1/changes?from={}", 200),
    ],
)
def test_a_number_that_no_table_holds_names_nothing(app: Flask, cast: Cast, address: str, status: int):
    lake(cast)
    he = signed_in(app, cast.trainer)
    for number in (2**31, 10**20):
        assert he.client.get(address.format(number)).status_code == status
