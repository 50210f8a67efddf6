"""What a new course, lesson, quiz or block begins with: content in both languages, to be written over.

A skeleton holds nothing that must be mended, so that a new lesson can be looked at on the phone from the first second.
"""

from __future__ import annotations

from lms.authoring.toml import quoted

LESSON = {
    "zh": """---
title: {title}
minutes: 5
summary: 用一句话说清楚，学完会做什么。
---
先说一件大家都碰到过的事。一两句就够。

>! 这一课只要记住的一句话。

## 照着做

1. 第一步做什么。
2. 第二步做什么。

:::check {check}
问一个看完就能答的问题。

- [x] 对的答案
  > 对。再说一遍为什么。
- [ ] 不对的答案
  > 差一点。告诉他该怎么想。

:::
""",
    "en": """---
title: {title}
minutes: 5
summary: Say in one sentence what one can do after this lesson.
---
Begin with something everybody has met. A sentence or two will do.

>! The one sentence to remember from this lesson.

## Do it

1. What to do first.
2. What to do next.

:::check {check}
Ask something that one can answer after reading.

- [x] The right answer
  > Right. Say once more why.
- [ ] A wrong answer
  > Nearly. Say how to think of it.

:::
""",
}

QUIZ = {
    "zh": """---
draw: 1
pass: 1
---
:::check {check}
问一个看完就能答的问题。

- [x] 对的答案
  > 对。再说一遍为什么。
- [ ] 不对的答案
  > 差一点。告诉他该怎么想。

:::
""",
    "en": """---
draw: 1
pass: 1
---
:::check {check}
Ask something that one can answer after reading.

- [x] The right answer
  > Right. Say once more why.
- [ ] A wrong answer
  > Nearly. Say how to think of it.

:::
""",
}

BLOCKS = {
    "check": {
        "zh": ":::check {id}\n问什么？\n\n- [x] 对的答案\n  > 对。再说一遍为什么。\n"
        "- [ ] 不对的答案\n  > 差一点。告诉他该怎么想。\n\n:::\n",
        "en": ":::check {id}\nWhat do you ask?\n\n- [x] The right answer\n  > Right. Say once more why.\n"
        "- [ ] A wrong answer\n  > Nearly. Say how to think of it.\n\n:::\n",
    },
    "try": {
        "zh": ":::try {id}\n拿起手机，做一件小事。\n\n:::\n",
        "en": ":::try {id}\nTake the phone and do one small thing.\n\n:::\n",
    },
}


def course(titles: dict[str, str], first_lesson: str) -> str:
    """The table of contents of a new course. It stays incomplete until its author says that it is whole."""
    return (
        "# complete = true once all lessons are there: only then does the course give certificates.\n"
        'order = 99\nicon = "course"\nhours = 1\ncomplete = false\nrequires = ["read", "check", "quiz"]\n'
        f"lessons = [\n  {quoted(first_lesson)},\n]\n\n"
        f"[title]\nzh = {quoted(titles['zh'])}\nen = {quoted(titles['en'])}\n"
    )
