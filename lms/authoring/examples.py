"""How to write a lesson: each thing with an example in both languages, shown as source and as it comes out."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from typing import Any

from lms.catalogue import course as parsing
from lms.catalogue import rendering
from lms.catalogue.linking import MediaRef
from lms.i18n import lazy as _l

DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 120"><rect width="320" height="120" fill="#ddebdb"/>'
    b'<circle cx="56" cy="44" r="20" fill="#e3a72f"/><circle cx="250" cy="70" r="28" fill="#fffdf7" stroke="#1d2721" '
    b'stroke-width="3"/><path d="M86 50l120 16" stroke="#bc4513" stroke-width="3" stroke-dasharray="8 6"/></svg>'
)


@dataclass(frozen=True)
class Example:
    """One thing that a lesson can hold. `source`: Markdown by language."""

    title: Any
    why: Any
    source: dict[str, str]

    def parts(self, lang: str) -> tuple[rendering.Part, ...]:
        """The example as trainees get it."""
        files = {
            "course.toml": b'title = "-"\nlessons = ["example"]\n',
            f"example/{lang}.md": f"---\ntitle: -\n---\n{self.source[lang]}".encode(),
        }
        parsed = parsing.parse(files)[0]
        if parsed is None or not parsed.lessons:
            return ()
        parts = rendering.lesson_html(parsed.lessons[0], lang, resolve).parts
        # Many examples stand on one page, so that each part needs an id of its own there.
        return tuple(replace(part, anchor=f"{name_of(self.source[lang])}-{part.anchor}") for part in parts)


def name_of(source: str) -> str:
    """A short name for an example, from what it says."""
    return f"example-{zlib.crc32(source.encode()):08x}"


def resolve(name: str) -> MediaRef | None:
    """The files of the examples: a drawing, and a video that only its card is shown of."""
    weights = {"he.mp4": 3_355_443, "he.m4a": 419_430}
    if name == "sun.svg":
        return MediaRef("", len(DRAWING), 320, 120, DRAWING)
    return MediaRef("#", weights[name], seconds=65) if name in weights else None


EXAMPLES = (
    Example(
        _l("Words and headings"),
        _l("Short paragraphs, a blank line between them. Two # begin a heading, two * on each side make words bold."),
        {
            "zh": "## 先找太阳\n\n拍出来灰扑扑的，为啥？**多半是光不对。**\n",
            "en": "## Find the sun first\n\nWhy is it grey in the picture? **Mostly the light is wrong.**\n",
        },
    ),
    Example(
        _l("The key sentence"),
        _l("The one sentence to take home. At most one in a lesson."),
        {"zh": ">! 太阳在你背后，照在藕身上。\n", "en": ">! The sun behind you, shining on the lotus.\n"},
    ),
    Example(
        _l("Steps to do"),
        _l("A numbered list: one step a line, one thing a step."),
        {
            "zh": "1. 早上 10 点前、下午 3 点后拍。\n2. 举着藕转一圈，看哪边最亮。\n",
            "en": "1. Film before 10 or after 3.\n2. Turn round once and see where it is brightest.\n",
        },
    ),
    Example(
        _l("A picture"),
        _l("Say in the square brackets what it shows, for people who cannot see it. The caption stands in quotes."),
        {
            "zh": '![太阳照着莲藕，藕发亮](sun.svg "顺着光拍")\n',
            "en": '![The sun shines on the lotus root and makes it bright](sun.svg "With the light")\n',
        },
    ),
    Example(
        _l("A video"),
        _l("The same line with a video's name. At most 90 seconds; a sound-only version goes with it."),
        {
            "zh": '![看何老师拍一遍](he.mp4 "何老师在塘边转身找光")\n',
            "en": '![Watch Ms He film](he.mp4 "Ms He turns to find the light")\n',
        },
    ),
    Example(
        _l("The teacher says"),
        _l("A tip in your own voice. Three colons open the block, three close it."),
        {
            "zh": ":::teacher\n手边有块白泡沫板，就放在藕的暗面，顶一盏灯。\n\n:::\n",
            "en": ":::teacher\nA white board on the dark side is worth a lamp.\n\n:::\n",
        },
    ),
    Example(
        _l("A question in the text"),
        _l("Its id after :::check is the same in both languages, and lasts. [x] is right; after > stands what to say."),
        {
            "zh": ":::check sun-side\n太阳在西边，你站哪边拍？\n\n"
            "- [x] 站西边，脸朝东\n  > 对。光从你背后来，藕就亮。\n"
            "- [ ] 站东边，脸朝西\n  > 镜头正对太阳，藕会发黑。转过身来。\n\n:::\n",
            "en": ":::check sun-side\nThe sun is in the west. Where do you stand?\n\n- [x] In the west, facing east\n"
            "  > Right. The light comes from behind you.\n- [ ] In the east, facing west\n"
            "  > The camera looks into the sun. Turn round.\n\n:::\n",
        },
    ),
    Example(
        _l("Something to try"),
        _l("One small thing to do with the phone, ticked by oneself. It has an id like a question."),
        {
            "zh": ":::try turn-around\n举着藕转一圈，拍两张：最亮的和最暗的。\n\n:::\n",
            "en": ":::try turn-around\nTurn round with the lotus and take two: the brightest and the darkest.\n\n:::\n",
        },
    ),
)
