"""What the answers to a course's questions say of the questions: how hard each is, whether it tells those who know from
those who guess, and which wrong answer draws whom.

Only a person's first answer to a question counts, for later ones are given after the explanation; an answer counts as
right by today's key (`lms.learning.keys`). Of fewer than five people only the number is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import peewee

from lms.accounts.models import Person
from lms.assessment import counting
from lms.catalogue import answers, reading
from lms.catalogue.models import Course, CourseVersion
from lms.catalogue.parsed import CHOSEN, Question
from lms.db import found
from lms.learning import keys
from lms.learning.models import Enrolment
from lms.lib import smallcells
from lms.programmes.models import Cohort, CohortCourse

# In each of the two groups; the error of a share of ten people is 0.16 at most, which Ebel's bounds still stand.
FEWEST_TO_COMPARE = 10
# Before so many have answered nothing is said of a question.
FEWEST_TO_JUDGE = 10
# Different answers of which the page shows the most frequent.
MOST_SHOWN = 12

KEY, HARD, WEAK, EASY, GOOD, FEW = "key", "hard", "weak", "easy", "good", "few"
# What wants looking at first.
RANK = {KEY: 0, HARD: 1, WEAK: 2, EASY: 3, GOOD: 4, FEW: 5}


@dataclass
class Answer:
    """One answer, and how many gave it first: of all, of the upper and of the lower group. `place`: its position for a
    question with options, else -1, and then `facts` is what was stored; `right` by today's key."""

    place: int
    words: str
    right: bool
    facts: dict[str, Any] = field(default_factory=dict)
    people: int = 0
    upper: int = 0
    lower: int = 0


@dataclass
class Item:
    """A question with what was answered. `upper` and `lower`: how many of the best and of the weakest learners answered
    it; `others`: how many answered another wording of it, which is not counted here."""

    step_key: str
    question: Question
    people: int = 0
    right: int = 0
    upper: int = 0
    lower: int = 0
    upper_right: int = 0
    lower_right: int = 0
    others: int = 0
    given: dict[str, Answer] = field(default_factory=dict)

    @property
    def lesson_key(self) -> str:
        """The lesson that asks it; `exam` for the course's exam."""
        return self.step_key.partition("/")[0]

    @property
    def part(self) -> str:
        """check, quiz or exam."""
        return self.step_key.rpartition("/")[2].partition(":")[0]

    @property
    def too_few(self) -> bool:
        """Whether nothing but the number of people is told."""
        return self.people == 0 or smallcells.too_few(self.people)

    @property
    def difficulty(self) -> float | None:
        """The share of people who were right at the first go, 0 to 1 (so a high one is an easy question); None for
        fewer than five."""
        return None if self.too_few else self.right / self.people

    @property
    def discrimination(self) -> float | None:
        """The upper-lower index D, -1 to 1: the share right among the best 27 % less that among the weakest 27 %.

        Source: T. L. Kelley, The Selection of Upper and Lower Groups for the Validation of Test Items, Journal of
        Educational Psychology 30 (1939), 17-24. Who is best is taken from all first answers in the course, this one
        among them; ties stay together. None with fewer than `FEWEST_TO_COMPARE` in either group.
        """
        if min(self.upper, self.lower) < FEWEST_TO_COMPARE:
            return None
        return self.upper_right / self.upper - self.lower_right / self.lower

    @property
    def shows_groups(self) -> bool:
        """Whether the two groups are large enough to be told apart at all."""
        return min(self.upper, self.lower) >= smallcells.FEWEST

    @property
    def answers(self) -> list[Answer]:
        """Options in their order, else the most frequent answers."""
        if self.question.kind in CHOSEN:
            return sorted(self.given.values(), key=lambda one: one.place)
        frequent = sorted(self.given.values(), key=lambda one: (-one.people, one.words))
        return [one for one in frequent if one.people >= smallcells.FEWEST][:MOST_SHOWN]

    @property
    def rare(self) -> list[Answer]:
        """What fewer than five people wrote or placed, to be told without a number."""
        if self.question.kind in CHOSEN:
            return []
        few = (one for one in self.given.values() if smallcells.too_few(one.people))
        return sorted(few, key=lambda one: one.words)[:MOST_SHOWN]

    @property
    def rival(self) -> Answer | None:
        """The wrong answer that most of the best learners gave, where the groups can be told apart, else most of all;
        None where nobody was wrong."""
        wrong = [one for one in self.given.values() if not one.right and one.people]
        return max(wrong, key=lambda one: (one.upper if self.compares else one.people, one.people), default=None)

    @property
    def compares(self) -> bool:
        """Whether the best are told from the weakest."""
        return self.discrimination is not None

    @property
    def verdict(self) -> str:
        """One word for it: key (is it right?), hard, weak, easy, good, or few. The bounds of D are Ebel's (R. L. Ebel,
        Measuring Educational Achievement, 1965, chapter 11: below 0.19 poor); those of difficulty are usual ones."""
        if self.difficulty is None or self.people < FEWEST_TO_JUDGE:
            return FEW
        if self.doubts_the_key:
            return KEY
        if self.difficulty < 0.3:
            return HARD
        if self.difficulty > 0.95:
            return EASY
        return WEAK if self.discrimination is not None and self.discrimination < 0.2 else GOOD

    @property
    def doubts_the_key(self) -> bool:
        """Whether as many of the best gave one wrong answer as the right one, or were right less often than the
        weakest; without groups, whether more people gave it than the right one."""
        rival = self.rival
        if rival is None:
            return False
        if self.discrimination is None:
            return rival.people > self.right
        return self.discrimination < 0 or (rival.upper > 0 and rival.upper >= self.upper_right)


def seen_by(person: Person, slug: str) -> Course:
    """A course of which this person may see the questions: who writes it or teaches a class that takes it, and admins;
    else NotFound."""
    if person.has_role("admin"):
        return found(Course.select().where(Course.slug == slug))
    taken = CohortCourse.select(CohortCourse.course).where(CohortCourse.cohort.in_(own_classes(person)))
    mine = (Course.author_id == person.id) | Course.id.in_(taken)
    return found(Course.select().where((Course.slug == slug) & mine))


def own_classes(person: Person) -> peewee.ModelSelect:
    """The classes whose answers this person sees."""
    return Cohort.supervised_by(person).select(Cohort.id)


def of_course(person: Person, course: Course) -> list[Item]:
    """Every question of the newest version that has a key, in the order of the course, with what was answered in the
    classes that this person looks after."""
    version = reading.newest(course)
    items = {(step, question.id): Item(step, question) for step, question in questions(version)}
    for item in items.values():
        if item.question.kind in CHOSEN:
            item.given |= options(version, item)
    here = (Enrolment.course == course) & Enrolment.cohort.in_(own_classes(person))
    for row in counting.first_answers(Enrolment.select(Enrolment.id).where(here)):
        item = items.get((row.given.step_key, row.given.question))
        if item:
            add(item, row)
    return list(items.values())


def questions(version: CourseVersion) -> Iterator[tuple[str, Question]]:
    """(step, question) of a version, those that a trainer judges by ear left out."""
    course = reading.parsed(version.id)
    for lesson in course.lessons:
        for block in lesson.blocks[lesson.leading]:
            if block.question and block.question.kind != "voice":
                yield f"{lesson.id}/check:{block.id}", block.question
        for question in lesson.quiz.questions if lesson.quiz else ():
            yield f"{lesson.id}/quiz", question
    for question in course.exam.questions if course.exam else ():
        yield "exam", question


def options(version: CourseVersion, item: Item) -> dict[str, Answer]:
    """The options of a question, chosen by nobody yet, by position; behind them any other place, where there is one."""
    today = keys.keyed(version.id, item.step_key, item.question)
    found = {str(place): Answer(place, answers.named(one), one.right) for place, one in enumerate(today.options)}
    if item.question.kind in answers.PLACED:
        elsewhere = len(today.options)
        found[str(elsewhere)] = Answer(elsewhere, "", False)
    return found


def add(item: Item, row: counting.Row) -> None:
    """Count so many people with the same answer."""
    answer, people = row.given, row.people
    if not keys.is_same(keys.asked_in(answer.version_id, answer.step_key, answer.question), item.question):
        item.others += people
        return
    upper, lower = people * (row.standing > 0), people * (row.standing < 0)
    item.people += people
    item.upper += upper
    item.lower += lower
    item.right += people * answer.right
    item.upper_right += upper * answer.right
    item.lower_right += lower * answer.right
    for one in given(item, answer.facts, answer.right):
        one.people += people
        one.upper += upper
        one.lower += lower


def given(item: Item, facts: dict[str, Any], right: bool) -> list[Answer]:
    """What of the item's answers these facts are: each chosen option, or the whole order, pairing or text."""
    if item.question.kind in CHOSEN:
        return [item.given[str(place)] for place in dict.fromkeys(facts.get("chosen", ())) if str(place) in item.given]
    words = in_words(item.question, facts)
    same = answers.plain_words(words) if item.question.kind == "text" else words
    return [item.given.setdefault(same, Answer(-1, words, right, facts))]


def in_words(question: Question, facts: dict[str, Any]) -> str:
    """A whole answer in the words of the question."""
    return " · ".join(answers.in_words(question, facts))
