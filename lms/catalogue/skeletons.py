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

ELSE = {
    "zh": "- [ ] …\n  > 别的答案，都告诉他这么想。\n\n:::\n",
    "en": "- [ ] …\n  > Say to any other answer how to think of it.\n\n:::\n",
}
PAIR = {
    "zh": "- [x] {right}\n  > 对。再说一遍为什么。\n- [ ] {wrong}\n  > 差一点。告诉他该怎么想。\n",
    "en": "- [x] {right}\n  > Right. Say once more why.\n- [ ] {wrong}\n  > Nearly. Say how to think of it.\n",
}


def chosen(
    kind: str, asked: tuple[str, str], right: tuple[str, str], wrong: tuple[str, str], media: str = ""
) -> dict[str, str]:
    """A sample question with a right and a wrong answer, in both languages; one that names every other answer as well,
    but for pictures."""
    made = {}
    for n, lang in enumerate(("zh", "en")):
        shown = f"![{SEEN[lang]}]({media})\n\n" if media else ""
        end = "\n:::\n" if kind == "pictures" else ELSE[lang]
        made[lang] = (
            f":::check {{id}} {kind}\n{asked[n]}\n\n{shown}{PAIR[lang].format(right=right[n], wrong=wrong[n])}{end}"
        )
    return made


SEEN = {"zh": "写上能看见什么", "en": "Say what can be seen"}
MOMENTS = (("0:03–0:05 哪里不对", "0:03–0:05 what is wrong"), ("0:07–0:09 哪里是对的", "0:07–0:09 what is right"))
KINDS = {
    "pictures": chosen(
        "pictures",
        ("哪一张图是对的？写上怎么问。", "Which picture is right? Write how to ask."),
        ("![对的图上有什么](right.svg)", "![What the right picture shows](right.svg)"),
        ("![不对的图上有什么](wrong.svg)", "![What the wrong picture shows](wrong.svg)"),
    ),
    "order": {
        "zh": ":::check {id} order\n先做什么，后做什么？写上怎么问。\n\n1. 最先做的\n2. 接着做的\n3. 最后做的\n"
        + ELSE["zh"],
        "en": ":::check {id} order\nWhat comes first? Write how to ask.\n\n1. What comes first\n2. What comes next\n"
        "3. What comes last\n" + ELSE["en"],
    },
    "match": {
        "zh": ":::check {id} match\n哪个配哪个？写上怎么问。\n\n| 左边 | 右边 | 配错了怎么说 |\n|---|---|---|\n"
        "| 左边一 | 右边一 | 再想想左边一 |\n| 左边二 | 右边二 | 再想想左边二 |\n\n" + ELSE["zh"],
        "en": ":::check {id} match\nWhat belongs together? Write how to ask.\n\n| Left | Right | Said when wrong |\n"
        "|---|---|---|\n| Left one | Right one | Think of left one |\n| Left two | Right two | Think of left two |\n\n"
        + ELSE["en"],
    },
    "hotspot": chosen(
        "hotspot",
        ("在图上的哪儿？写上怎么问。", "Where in the picture is it? Write how to ask."),
        ("对的地方叫什么 @ 60,20 30×60", "What the right place is called @ 60,20 30×60"),
        ("不对的地方叫什么 @ 10,20 r10", "What a wrong place is called @ 10,20 r10"),
        "picture.svg",
    ),
    "moment": chosen(
        "moment", ("哪一下不对？写上怎么问。", "At which moment is it wrong? Write how to ask."), *MOMENTS, "clip.mp4"
    ),
    "tap": chosen(
        "tap misses=0 alarms=1",
        ("一不对就点一下。写上怎么问。", "Tap each time something is wrong. Write how to ask."),
        *MOMENTS,
        "clip.mp4",
    ),
    "number": chosen("number", ("问一个数。", "Ask for a number."), ("32 元", "32 yuan"), ("35 元", "35 yuan")),
    "text": chosen(
        "text",
        ("问一个词。", "Ask for a word."),
        ("对的词 / 也对的词", "the right word / another right word"),
        ("不对的词", "a wrong word"),
    ),
    "voice": {
        "zh": ":::check {id} voice\n请他录一句话。写上说什么。\n\n:::\n",
        "en": ":::check {id} voice\nAsk for a sentence to be recorded. Write what to say.\n\n:::\n",
    },
    "task": {
        "zh": ":::task {id} kinds=photo,video\n请他拍一样东西交上来。写清楚拍什么。\n\n"
        "| 看什么 | 0 分 | 1 分 | 2 分 | 3 分 |\n"
        "|---|---|---|---|---|\n| 看的第一样 | 没有 | 差一些 | 有了 | 又全又好 |\n\n:::\n",
        "en": ":::task {id} kinds=photo,video\nAsk for something to be filmed. Say what exactly.\n\n"
        "| Look at | 0 points | 1 point | 2 points | 3 points |\n|---|---|---|---|---|\n"
        "| What is looked at first | Nothing | Something | There | There, and good |\n\n:::\n",
    },
}
BLOCKS = {
    "check": {
        "zh": ":::check {id}\n问什么？\n\n- [x] 对的答案\n  > 对。再说一遍为什么。\n"
        "- [ ] 不对的答案\n  > 差一点。告诉他该怎么想。\n\n:::\n",
        "en": ":::check {id}\nWhat do you ask?\n\n- [x] The right answer\n  > Right. Say once more why.\n"
        "- [ ] A wrong answer\n  > Nearly. Say how to think of it.\n\n:::\n",
    },
    **KINDS,
    "try": {
        "zh": ":::try {id}\n拿起手机，做一件小事。\n\n:::\n",
        "en": ":::try {id}\nTake the phone and do one small thing.\n\n:::\n",
    },
}

FIRST_LESSON = {"zh": "第一课", "en": "The first lesson"}
# Signs before the words of a line; who ticks another answer has not written one.
SIGNS = re.compile(r"^(?:summary:|>!|>|[-*+] \[[ xX]\]|\d+\.)\s*")
# Lines that are form alone, or a heading that fits many lessons.
FORM = re.compile(
    r"^(?:---|#.*|:::.*|(?:title|minutes|draw|pass):.*|…|\|[-| ]*|\| (?:看什么|Look at) .*|3[25] (?:元|yuan))?$"
)


def sample_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines (from 1) of a page that still say what a skeleton said, in either language, and what: the first of each
    run."""
    before = False
    for number, line in enumerate(text.splitlines(), start=1):
        now = words(line) in samples()
        if now and not before:
            yield number, words(line)
        before = now


@cache
def samples() -> frozenset[str]:
    """What the lines of all skeletons say, and the title of a first lesson."""
    made = [*LESSON.values(), *QUIZ.values(), *(text for block in BLOCKS.values() for text in block.values())]
    lines = [line.strip() for text in made for line in text.splitlines()]
    titles = [f"title: {title}" for title in FIRST_LESSON.values()]
    said = (words(line) for line in lines if not FORM.match(line))
    return frozenset([*titles, *(one for one in said if not FORM.match(one))])


def words(line: str) -> str:
    """What a line says without the signs before it."""
    return SIGNS.sub("", line.strip())
