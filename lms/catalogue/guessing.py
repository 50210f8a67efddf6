"""Rules about questions that can be answered without having understood anything: by the length of the right answer, or
by its place. Told only over a whole lesson: a single question gives nobody a way to guess the next."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from lms.catalogue.parsed import ParsedLesson, Question
from lms.catalogue.problems import Problem, warning
from lms.i18n import lazy as _l

# The right answer sticks out when it is half as long again as the longest wrong one, or the shortest wrong one as it.
TIMES = 1.5
# So many questions of a lesson that stick out the same way are a way to guess.
FEWEST = 3
# Of many questions nearly all: nine of ten in one place are as easy to guess as ten.
NEARLY = 0.8
MARKS = re.compile(r"\]\([^()\n]*\)|[*_`~\[\]]")


def lesson(parsed: ParsedLesson, lang: str) -> Iterator[Problem]:
    """What can be guessed in the questions of a lesson, on its page and in its quiz, in one language."""
    quiz = parsed.quizzes.get(lang)
    pages = {
        f"{parsed.id}/{lang}.md": [block.question for block in parsed.blocks.get(lang, ()) if block.question],
        f"{parsed.id}/quiz.{lang}.md": list(quiz.questions if quiz else ()),
    }
    chosen = {path: [one for one in asked if is_chosen(one)] for path, asked in pages.items()}
    yield from by_length([(path, one) for path, asked in chosen.items() for one in asked if not is_pictured(one)])
    for path, asked in chosen.items():
        yield from by_place(path, asked)


def is_chosen(question: Question) -> bool:
    """Whether one of several answers is right, all of them in a list."""
    rights = sum(option.right for option in question.options)
    return question.kind in ("choice", "pictures") and rights == 1 and len(question.options) > 1


def is_pictured(question: Question) -> bool:
    """Whether its answers are pictures, so that their words have no length to tell by."""
    return any(option.picture for option in question.options)


def by_length(asked: Sequence[tuple[str, Question]]) -> Iterator[Problem]:
    """Right answers that stick out by their length."""
    sticking = {
        "long": (_l("its right answer is the longest by half"), [one for one in asked if is_longest(one[1])]),
        "short": (_l("its right answer is the shortest by half"), [one for one in asked if is_shortest(one[1])]),
    }
    for why, found in sticking.values():
        for path, question in found if len(found) >= FEWEST else ():
            what = _l(
                "the question can be guessed: %(why)s, as in %(count)d of %(all)d of the lesson",
                why=why,
                count=len(found),
                all=len(asked),
            )
            todo = _l("make right and wrong answers about as long")
            yield warning(path, question.line, "guessed_by_length", what, todo)


def is_longest(question: Question) -> bool:
    """Whether the right answer is longer by half than every wrong one."""
    right, wrong = lengths(question)
    return right >= TIMES * max(wrong)


def is_shortest(question: Question) -> bool:
    """Whether the right answer is shorter by half than every wrong one."""
    right, wrong = lengths(question)
    return right * TIMES <= min(wrong)


def lengths(question: Question) -> tuple[int, list[int]]:
    """Characters of the right answer, and of each wrong one."""
    right = next(length(option.text) for option in question.options if option.right)
    return right, [length(option.text) for option in question.options if not option.right]


def length(text: str) -> int:
    """Characters of an answer as its reader sees them."""
    return len(MARKS.sub("", text))


def by_place(path: str, asked: Sequence[Question]) -> Iterator[Problem]:
    """Right answers that nearly always stand in the same place."""
    places = Counter(next(place for place, one in enumerate(question.options, 1) if one.right) for question in asked)
    place, count = places.most_common(1)[0] if places else (0, 0)
    if len(asked) >= FEWEST and count >= max(FEWEST, NEARLY * len(asked)):
        what = _l(
            "the right answer is number %(place)d in %(count)d of %(all)d questions",
            place=place,
            count=count,
            all=len(asked),
        )
        yield warning(path, asked[0].line, "same_place", what, _l("put some elsewhere, in both languages alike"))
