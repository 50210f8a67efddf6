"""A lesson's guide opens for whoever writes the lesson or teaches it in a class, and for nobody else."""

from __future__ import annotations

import pytest
from flask import Flask

from lms.authoring import guides
from lms.catalogue import drafts
from lms.catalogue.models import Course
from lms.db import utc_now
from lms.errors import NotFound
from tests.cast import Cast
from tests.entering import signed_in

ADDRESS = "/teach/courses/light/lessons/sun/guide"
GUIDE = "---\ntitle: 太阳（讲师用）\n---\n## 45 分钟怎么排\n\n| 分钟 | 做什么 |\n|---|---|\n| 0–5 | 看图 |\n"


@pytest.fixture
def course(app: Flask, cast: Cast) -> Course:
    """The class's course, with a guide in its draft."""
    course = Course.get(Course.slug == "light")
    course.author_id = cast.trainer.id
    course.save()
    drafts.save(course, "sun/guide.zh.md", GUIDE.encode(), base=0, by=cast.trainer.id, now=utc_now())
    return course


def test_the_author_reads_the_guide_of_the_draft(app: Flask, cast: Cast, course: Course):
    page = signed_in(app, cast.trainer).get(ADDRESS)

    assert "太阳（讲师用）" in page.text and "看图" in page.text
    assert "/courses/light/sun/print" in page.links()


def test_the_guide_is_no_loose_file_of_the_lesson(app: Flask, cast: Cast, course: Course):
    page = signed_in(app, cast.trainer).get("/teach/courses/light/lessons/sun/zh")

    assert "guide.zh.md" not in page.text


def test_a_lesson_without_a_guide_says_so(app: Flask, cast: Cast):
    assert "没有讲师页" in signed_in(app, cast.admin).get(ADDRESS).text


def test_a_trainee_finds_none_of_it(app: Flask, cast: Cast, course: Course):
    xiulan = signed_in(app, cast.trainee)

    xiulan.get(ADDRESS, status=404)
    assert "讲师用" not in xiulan.get("/search?q=讲师用").text


def test_who_neither_writes_nor_teaches_it_gets_nothing(app: Flask, cast: Cast, course: Course):
    with pytest.raises(NotFound):
        guides.find(cast.outsider, "light", "sun")
