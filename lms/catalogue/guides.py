"""The trainer's page of a lesson: guide.zh.md and guide.en.md beside its pages. What is asked of it only warns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lms.catalogue.frontmatter import Page
from lms.catalogue.parsed import LANGUAGES
from lms.catalogue.problems import Problem, warning
from lms.i18n import lazy as _l

# In this order, so that a trainer who knows one guide finds the way in all of them.
HEADINGS = {
    "zh": ("45 分钟怎么排", "带什么来", "现场示范", "问三个问题", "常见的错", "怎么评"),
    "en": (
        "45 minutes",
        "What to bring",
        "The demonstration",
        "Three questions to ask",
        "Common mistakes",
        "How to judge",
    ),
}
HEADING = re.compile(r"^## +(.*\S)", re.M)


def path(lesson: str, lang: str) -> str:
    """Where the guide of a lesson lies."""
    return f"{lesson}/guide.{lang}.md"


def faults(lesson: str, pages: Mapping[str, Page]) -> Iterator[Problem]:
    """What could be better in the guides of a lesson that has one: both languages, the title, the headings in order."""
    for lang in LANGUAGES if pages else ():
        place = path(lesson, lang)
        if lang not in pages:
            what = _l("the guide for trainers is missing in this language")
            yield warning(place, 0, "guide_language", what, _l("write it, so that every trainer can teach the lesson"))
            continue
        if not pages[lang].values.get("title"):
            what = _l("the guide for trainers has no title")
            yield warning(place, 1, "guide_title", what, _l("write title: between two lines --- at the top"))
        if tuple(HEADING.findall(pages[lang].body)) != HEADINGS[lang]:
            what = _l("the guide's headings are not those of all guides, in their order")
            todo = _l("write these: %(names)s", names=" · ".join(HEADINGS[lang]))
            yield warning(place, pages[lang].first_line, "guide_headings", what, todo)
