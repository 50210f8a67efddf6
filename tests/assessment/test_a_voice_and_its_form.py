"""What a trainer spoke is there still when its form could not be kept."""

from __future__ import annotations

import io

from flask import Flask

from lms.assessment import voices
from lms.assessment.models import Judgement
from lms.submissions.models import Submission, Upload
from tests.assessment.judged import colleague, work
from tests.browser import Browser, Page
from tests.cast import Cast
from tests.entering import signed_in
from tests.submissions import samples


def give(browser: Browser, submission: Submission, status: int, **fields: object) -> Page:
    """Send the form of the rubric page."""
    return browser.post(f"/teach/work/{submission.id}/judgement", status, follow=False, rows="2", **fields)


def spoken() -> tuple[io.BytesIO, str]:
    """A comment of two seconds, as a phone sends it."""
    return io.BytesIO(samples.voice(2)), "voice"


def kept(page: Page) -> dict[str, str]:
    """The fields of the form that name what was spoken."""
    names = ("voice-waiting", "waiting-seconds")
    return {str(field["name"]): str(field["value"]) for name in names for field in page.all("input", name=name)}


def test_a_voice_outlives_a_refused_form_and_is_heard_with_the_next(cast: Cast, he: Browser):
    submission = work(cast)
    page = give(he, submission, 422, voice=spoken(), **{"row-0": "3", "voice-seconds": "2.0"})
    again = give(he, submission, 422, **{"row-0": "3"}, **kept(page))

    give(he, submission, 303, **{"row-0": "3", "row-1": "2"}, **kept(again))

    given = Judgement.get()
    assert voices.heard(given.voice)[0] == samples.voice(2)
    assert given.voice_seconds == 2
    assert not Upload.select().exists()


def test_what_waits_is_heard_by_who_spoke_and_by_nobody_else(app: Flask, cast: Cast, he: Browser):
    token = kept(give(he, work(cast), 422, voice=spoken()))["voice-waiting"]

    heard = he.client.get(f"/work/voices/waiting/{token}", headers=he.headers)

    assert heard.data == samples.voice(2)
    assert heard.headers["Cache-Control"].startswith("private")
    signed_in(app, colleague(cast)).get(f"/work/voices/waiting/{token}", status=404)


def test_another_trainers_voice_is_not_sent_as_ones_own(app: Flask, cast: Cast, he: Browser):
    submission = work(cast)
    fields = kept(give(he, submission, 422, voice=spoken()))

    give(signed_in(app, colleague(cast)), submission, 303, **{"row-0": "3", "row-1": "2"}, **fields)

    assert Judgement.get().voice == ""


def test_who_comes_too_late_need_not_speak_again(app: Flask, cast: Cast, he: Browser):
    submission, lu = work(cast), signed_in(app, colleague(cast))
    give(he, submission, 303, **{"row-0": "3", "row-1": "2"})

    page = give(lu, submission, 409, voice=spoken(), **{"row-0": "2", "row-1": "2"})

    assert kept(page)["voice-waiting"]


def test_what_is_spoken_anew_takes_the_place_of_what_waits(cast: Cast, he: Browser):
    submission = work(cast)
    before = kept(give(he, submission, 422, voice=spoken()))

    after = kept(give(he, submission, 422, voice=spoken(), **before))

    assert [one.token for one in Upload.select()] == [after["voice-waiting"]]


def test_what_is_no_sound_is_not_put_by(cast: Cast, he: Browser):
    page = give(he, work(cast), 422, voice=(io.BytesIO(samples.photo()), "voice"), **{"row-0": "3", "row-1": "2"})

    assert not kept(page)
    assert not Upload.select().exists()
