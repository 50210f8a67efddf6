"""A question that is answered by voice: heard by the trainer, right or not yet."""

from __future__ import annotations

import pytest

from lms.assessment import rubrics
from lms.catalogue import folder, publishing
from lms.learning.models import Enrolment, StepDone
from lms.submissions import states
from lms.submissions.handing_in import NewPiece
from lms.submissions.models import Submission
from tests.assessment.judged import judge, settled
from tests.browser import Browser
from tests.cast import SMALL_COURSE, SPRING, Cast
from tests.submissions import samples
from tests.submissions.tasked import hand_in, upload

STEP = "voice/check:price"
ZH = "\n:::check price voice\n一斤多少钱，说给买的人听。\n\n:::\n"
EN = "\n:::check price voice\nSay to a buyer what a jin costs.\n\n:::\n"


@pytest.fixture(autouse=True)
def task(cast: Cast):
    """The second lesson asks for a price by voice."""
    content = dict(folder.read(SMALL_COURSE, "light"))
    content["voice/zh.md"] += ZH.encode()
    content["voice/en.md"] += EN.encode()
    version = publishing.load("light", content, by=cast.trainer.id, now=SPRING).version
    Enrolment.update(version=version).where(Enrolment.course == version.course).execute()


@pytest.fixture
def spoken(cast: Cast) -> Submission:
    """Xiulan's answer."""
    return hand_in(
        cast.enrolment, NewPiece("audio", upload=upload(cast.trainee, samples.voice(), "v.m4a")), step_key=STEP
    )


def test_its_rubric_is_right_or_not_yet(spoken: Submission):
    rubric = rubrics.of(spoken, "zh")

    assert (len(rubric.rows), rubric.most, rubric.pass_mark) == (1, 1, 1)


@pytest.mark.parametrize(("points", "state"), [(1, states.PASSED), (0, states.AGAIN)])
def test_right_does_the_step_and_not_yet_asks_again(cast: Cast, spoken: Submission, points: int, state: str):
    Submission.update(state=states.WAITING).where(Submission.id == spoken.id).execute()

    judge(spoken, cast.trainer, points)

    assert settled(spoken).state == state
    assert StepDone.select().where(StepDone.step_key == STEP).exists() == bool(points)


def test_both_pages_of_it_open(cast: Cast, spoken: Submission, he: Browser, xiulan: Browser):
    Submission.update(state=states.WAITING).where(Submission.id == spoken.id).execute()
    asked = he.get(f"/teach/work/{spoken.id}").text
    judge(spoken, cast.trainer, 0, words="再说清楚一点")
    settled(spoken)

    assert "答得对不对" in asked
    assert "再说清楚一点" in xiulan.get(f"/me/works/{spoken.id}/feedback").text
