"""A lesson's guide for its trainer: read with the course, asked for in both languages, drawn safely."""

from __future__ import annotations

from lms.catalogue import course as courses
from lms.catalogue import guides, lint, rendering
from tests.catalogue.courses import course


def guide(lang: str, *headings: str) -> bytes:
    """A guide with these headings, or with those that all guides have."""
    body = "\n\n".join(f"## {heading}\n\n一。" for heading in headings or guides.HEADINGS[lang])
    return f"---\ntitle: 光\n---\n{body}\n".encode()


def told(files: dict[str, bytes]) -> list[tuple[str, str]]:
    """What the lint tells of guides."""
    return [(one.path, one.code) for one in lint.check(files) if one.code.startswith("guide")]


def test_a_guide_is_read_with_its_lesson():
    parsed, problems = lint.checked(course() | {"light/guide.zh.md": guide("zh"), "light/guide.en.md": guide("en")})

    assert problems == []
    assert parsed.lessons[0].guides["zh"].title == "光"
    assert "45 分钟" not in parsed.lessons[0].plain_text("zh")


def test_a_lesson_needs_no_guide():
    assert told(course()) == []


def test_a_guide_in_one_language_only_is_told():
    assert told(course() | {"light/guide.zh.md": guide("zh")}) == [("light/guide.en.md", "guide_language")]


def test_headings_out_of_order_are_told_and_block_nothing():
    files = course() | {"light/guide.zh.md": guide("zh", "怎么评", "带什么来"), "light/guide.en.md": guide("en")}

    assert told(files) == [("light/guide.zh.md", "guide_headings")]
    assert all(one.severity == "warning" for one in lint.check(files))


def test_nothing_in_a_guide_can_run():
    html = rendering.page("<script>alert(1)</script>\n\n| a |\n|---|\n| [x](javascript:alert(1)) |")

    assert "<script" not in html and "javascript:" not in html and "<table" in html


def test_each_language_keeps_its_own_list_of_law():
    en = course()["light/en.md"].replace(b"---\n", b"---\nlaw:\n  - Food Safety Law, article 34\n", 1)
    parsed, _problems = courses.parse(course() | {"light/en.md": en})

    assert parsed.lessons[0].laws["en"] == ("Food Safety Law, article 34",)
    assert parsed.lessons[0].laws["zh"] == parsed.lessons[0].law
