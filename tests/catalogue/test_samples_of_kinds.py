"""The editor's samples: each kind that it inserts is understood, alike in both tongues, and not published as it is."""

from __future__ import annotations

import pytest

from lms.catalogue import lint, skeletons
from tests.catalogue.courses import CONTENTS, EN, ZH

# A sample shows files that its author has yet to put there.
FILES = {"dead_image"}


@pytest.mark.parametrize("kind", list(skeletons.BLOCKS))
def test_a_sample_of_each_kind_lacks_only_its_authors_own_words(kind: str):
    block = {lang: text.format(id="mine") for lang, text in skeletons.BLOCKS[kind].items()}
    content = {
        "course.toml": CONTENTS.encode(),
        "light/zh.md": f"{ZH}\n{block['zh']}".encode(),
        "light/en.md": f"{EN}\n{block['en']}".encode(),
    }
    told = {one.code for one in lint.check(content) if one.severity == "error"}
    assert told - FILES == {"sample"}
