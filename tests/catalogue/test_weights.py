"""What the lint and the lists tell of a page's weight is what it weighs on the way to somebody who is signed in."""

from __future__ import annotations

import brotli
import pytest
from flask import Flask

from lms.catalogue import folder, looks, pages, publishing, reading, rendering
from lms.catalogue.models import CourseVersion
from lms.learning import enrolling
from lms.programmes.models import CohortCourse
from lms.settings import ROOT
from tests.browser import Browser
from tests.cast import SPRING, Cast
from tests.entering import signed_in


@pytest.fixture
def shooting(cast: Cast) -> CourseVersion:
    """A shipped course, which Xiulan takes."""
    version = publishing.load(
        "shooting", folder.read(ROOT / "courses" / "shooting", "shooting"), by=None, now=SPRING
    ).version
    CohortCourse.create(cohort=cast.cohort, course=version.course_id, position=1)
    enrolling.enrol(cast.membership, now=SPRING)
    return version


def around(version: CourseVersion, reader: Browser, lang: str) -> dict[str, int]:
    """Lesson → what its page weighs without its words, compressed as the server does it."""
    digests = reading.files(version.id).digests
    found = {}
    for lesson in reading.parsed(version.id).lessons:
        drawn = rendering.lesson_html(lesson, lang, pages.resolver(lesson.id, digests))
        page = reader.client.get(f"/courses/shooting/{lesson.id}", headers=reader.headers | {"Accept-Encoding": "br"})
        assert brotli.decompress(page.data)
        found[lesson.id] = len(page.data) - looks.words_bytes(drawn)
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_around_a_lesson_weighs_what_is_counted_for_it(
    app: Flask, cast: Cast, shooting: CourseVersion, lang: str
):
    weights = around(shooting, signed_in(app, cast.trainee, lang), lang)

    assert len(weights) >= 4
    assert {key: size for key, size in weights.items() if abs(size - looks.PAGE_BYTES[lang]) > 300} == {}
