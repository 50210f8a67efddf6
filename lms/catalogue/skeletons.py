"""What a new lesson, quiz or block begins with: sample text in both languages, to be written over.

A skeleton has the right form, so that a new lesson can be looked at on the phone from the first second. Its words say
nothing to a trainee: where they still stand, a course is not published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

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

FIRST_LESSON = {"zh": "第一课", "en": "The first lesson"}
# Signs before the words of a line; who ticks another answer has not written one.
SIGNS = re.compile(r"^(?:summary:|>!|>|[-*+] \[[ xX]\]|\d+\.)\s*")
# Lines that are form alone, or a heading that fits many lessons.
FORM = re.compile(r"^(?:---|#.*|:::.*|(?:title|minutes|draw|pass):.*)?$")


def sample_lines(text: str) -> Iterator[int]:
    """The lines (from 1) of a page that still say what a skeleton said, in either language: the first of each run."""
    before = False
    for number, line in enumerate(text.splitlines(), start=1):
        now = words(line) in samples()
        if now and not before:
            yield number
        before = now


@cache
def samples() -> frozenset[str]:
    """What the lines of all skeletons say, and the title of a first lesson."""
    made = [*LESSON.values(), *QUIZ.values(), *(text for block in BLOCKS.values() for text in block.values())]
    lines = [line.strip() for text in made for line in text.splitlines()]
    titles = [f"title: {title}" for title in FIRST_LESSON.values()]
    return frozenset([*titles, *(words(line) for line in lines if not FORM.match(line))])


def words(line: str) -> str:
    """What a line says without the signs before it."""
    return SIGNS.sub("", line.strip())
