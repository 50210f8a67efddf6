"""Each desk's help tells of the practice tools and of judged work what is so there."""

from __future__ import annotations

from flask import Flask

from tests.browser import Browser
from tests.cast import Cast
from tests.entering import signed_in


def test_a_manager_reads_who_judges_and_what_is_the_trainees_own(app: Flask, cast: Cast):
    page = signed_in(app, cast.manager, "en").get("/manage/help")

    assert "Only trainers of the class judge." in page.text
    assert "You see it only once they hand it in" in page.text


def test_a_trainer_reads_where_reports_of_trainees_stand(app: Flask, cast: Cast):
    assert "hide it for good, or show it again" in signed_in(app, cast.trainer, "en").get("/teach/help").text


def test_a_trainee_is_led_to_the_help_of_each_tool(app: Flask, cast: Cast):
    xiulan = signed_in(app, cast.trainee, "en")

    links = xiulan.get("/help").links()

    for tool in ("scripts", "shots", "rehearsal"):
        assert f"/practice/{tool}/help" in links
        xiulan.get(f"/practice/{tool}/help")


def test_a_visitor_is_led_to_none_that_asks_them_to_sign_in(visitor: Browser):
    assert "/practice/rehearsal/help" not in visitor.get("/help").links()
