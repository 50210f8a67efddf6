"""A form that is sent after its session ended: the answer leads through sign-in back to the page where it stood."""

from __future__ import annotations

from flask import Flask

from tests.browser import Browser
from tests.cast import Cast
from tests.entering import signed_in

AT = "http://localhost"
WORDS = "你在这里已经退出了"


def sent(visitor: Browser, path: str, page: str, **form: str):
    """What comes back for a form that stood on this page."""
    return visitor.client.post(path, data=form, headers={"Referer": page, "Accept-Language": "zh"})


def test_who_is_no_longer_known_is_led_back_to_the_page_of_the_form(app: Flask, cast: Cast):
    answer = sent(
        Browser(app), "/teach/phrases", f"{AT}/teach/phrases?from=work", csrf_token="of before", words="再近一点"
    )

    assert answer.status_code == 422
    assert WORDS in answer.text
    assert 'href="/teach/phrases?from=work"' in answer.text


def test_a_session_that_was_ended_elsewhere_leads_to_sign_in_and_back(app: Flask, cast: Cast):
    visitor = signed_in(app, cast.trainer)
    token = visitor.token()
    for row in cast.trainer.sessions:
        row.delete_instance()

    answer = sent(visitor, "/teach/phrases", f"{AT}/teach/work", csrf_token=token, words="再近一点")

    assert answer.location == "/sign-in/staff?next=/teach/work"


def test_nobody_is_led_to_another_site_or_to_what_only_takes_forms(app: Flask, cast: Cast):
    for page in ("http://elsewhere.example/teach/work", f"{AT}//elsewhere.example/", f"{AT}/teach/phrases/7/end"):
        answer = sent(Browser(app), "/teach/phrases", page, csrf_token="old", words="再近")

        assert WORDS in answer.text
        assert 'href="/"' in answer.text
        assert "回到那一页" not in answer.text
        assert "elsewhere" not in answer.text


def test_who_is_signed_in_with_a_page_of_before_can_open_it_again(app: Flask, cast: Cast):
    answer = sent(
        signed_in(app, cast.trainer), "/teach/phrases", f"{AT}/teach/work", csrf_token="of before", words="近"
    )

    assert "这一页开得太久了" in answer.text
    assert 'href="/teach/work"' in answer.text
    assert WORDS not in answer.text
