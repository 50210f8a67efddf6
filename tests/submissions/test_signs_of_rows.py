"""A row of a rubric has one sign, whatever language it is read in."""

from __future__ import annotations

from pathlib import Path

import pytest

from lms.catalogue import course, folder
from lms.submissions.wording import icon_of

SHIPPED = Path(__file__).parents[2] / "courses"


def rows() -> list[tuple[str, str]]:
    """The rows of every shipped rubric by their Chinese and English names."""
    found = []
    for place in sorted(path.parent for path in SHIPPED.glob("*/course.toml")):
        parsed = course.parse(folder.read(place, place.name))[0]
        for lesson in parsed.lessons if parsed else ():
            tables = [[block.criteria for block in lesson.blocks[lang] if block.criteria] for lang in ("zh", "en")]
            pairs = (pair for both in zip(*tables, strict=True) for pair in zip(*both, strict=True))
            found += [(zh.name, en.name) for zh, en in pairs]
    return found


@pytest.mark.parametrize(("chinese", "english"), sorted(set(rows())))
def test_a_row_has_the_same_sign_in_both_languages(chinese: str, english: str):
    assert icon_of(chinese) == icon_of(english)
