"""The small course with a question of every kind in its first lesson and two in its quiz."""

from __future__ import annotations

from lms.catalogue import folder, publishing
from lms.db import utc_now
from lms.learning import repinning
from lms.learning.models import Enrolment
from tests.cast import SMALL_COURSE, SPRING
from tests.catalogue.kinds import EN, ZH, pages

HEAD = "---\ndraw: 2\npass: 2\n---\n"


def block(text: str, name: str) -> str:
    """The block of one question."""
    start = text.index(f":::check {name} ")
    return text[start : text.index("\n:::\n", start) + 5]


def publish_kinds(enrolment: Enrolment) -> None:
    """Publish it, and let the enrolment's class catch up."""
    content = dict(folder.read(SMALL_COURSE, "light")) | pages()
    for lang, text in (("zh", ZH), ("en", EN)):
        questions = "\n".join(
            block(text, name).replace(f"check {name}", f"check quiz-{name}") for name in ("steps", "length")
        )
        content[f"sun/quiz.{lang}.md"] = (HEAD + questions).encode()
    version = publishing.load("light", content, by=None, now=SPRING).version
    repinning.repin(version, {enrolment.cohort_id: repinning.CATCH_UP}, by=None, now=utc_now())
