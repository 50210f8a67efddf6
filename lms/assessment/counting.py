"""Counting first answers: by question, answer, and how well the person does in the whole course.

The rows are read in pieces of some hundred people and leave a number each, so that half a million answers take a few
megabytes here. Counting in the database was tried: the first of each needs all of them sorted, which took SQLite ten
times as long.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import peewee

from lms.db import database, in_chunks
from lms.learning import keys
from lms.learning.models import Event

# The share of people in the upper and in the lower group, in percent (Kelley 1939, see `items`).
SHARE = 27
KINDS = ("check", "quiz")


class Given(NamedTuple):
    """An answer as some people gave it: to a question of a step, right by today's key or not."""

    version_id: int
    step_key: str
    question: str
    facts: dict[str, Any]
    right: bool


class Row(NamedTuple):
    """So many people gave this answer first. `standing`: 1 for people of the upper group, -1 of the lower, 0
    between."""

    given: Given
    standing: int
    people: int


@dataclass
class Firsts:
    """The first answers of people, one after the other: numbers of what was given in `flat`, so many for each person in
    `lengths`, of which `rights` were right."""

    given: list[Given] = field(default_factory=list)
    flat: array[int] = field(default_factory=lambda: array("I"))
    lengths: array[int] = field(default_factory=lambda: array("I"))
    rights: array[int] = field(default_factory=lambda: array("I"))
    numbers: dict[tuple[int, str, str, bool], int] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def read(self, rows: Iterator[tuple[int, int, str, str, bool]]) -> None:
        """Take in the answers of some people, in the order in which they gave them."""
        people: dict[int, dict[tuple[str, str], int]] = defaultdict(dict)
        for enrolment, *row in rows:
            answer = tuple(row)
            number = self.numbers.get(answer)
            if number is None:
                number = self.numbers[answer] = self.learn(*answer)
            people[enrolment].setdefault(self.asked[number], number)
        for firsts in people.values():
            self.flat.extend(firsts.values())
            self.lengths.append(len(firsts))
            self.rights.append(sum(self.given[number].right for number in firsts.values()))

    def learn(self, version_id: int, step_key: str, body: str, right: bool) -> int:
        """The number of an answer that nobody gave before."""
        said = json.loads(body)
        name = said.get("question") or step_key.rpartition(":")[2]
        facts = keys.facts_of(said)
        today = bool(right) or keys.was_put_right(version_id, step_key, name, facts)
        self.given.append(Given(version_id, step_key, name, facts, today))
        self.asked.append((step_key, name))
        return len(self.given) - 1

    def standings(self) -> list[int]:
        """Who is of the upper (1) and of the lower group (-1), by the share of right first answers in the whole course.
        Those of the same share stand together; who answered less than half as much as whoever answered most is in
        neither."""
        most = max(self.lengths, default=0)
        shares = [
            right / count if count * 2 >= most else None for right, count in zip(self.rights, self.lengths, strict=True)
        ]
        ranked = sorted(share for share in shares if share is not None)
        size = -(-len(ranked) * SHARE // 100)
        lowest, highest = (ranked[size - 1], ranked[-size]) if ranked else (0, 0)
        return [0 if share is None else (share >= highest) - (share <= lowest) for share in shares]

    def counted(self) -> Iterator[Row]:
        """What was given, by standing."""
        counts: Counter[tuple[int, int]] = Counter()
        start = 0
        for length, standing in zip(self.lengths, self.standings(), strict=True):
            counts.update((number, standing) for number in self.flat[start : start + length])
            start += length
        for (number, standing), people in counts.items():
            yield Row(self.given[number], standing, people)


def first_answers(enrolments: peewee.ModelSelect) -> Iterator[Row]:
    """The first answers in these enrolments (a query of ids), counted."""
    firsts = Firsts()
    for chunk in in_chunks([number for (number,) in enrolments.tuples().iterator()]):
        firsts.read(answers_of(chunk))
    return firsts.counted()


def answers_of(enrolments: list[int]) -> Iterator[tuple[int, int, str, str, bool]]:
    """(enrolment, version, step, body as text, right) of every answer, in the order in which they were stored, as the
    database gives them: rows by Peewee take three times as long."""
    answered = Event.enrolment.in_(enrolments) & Event.kind.in_(KINDS) & Event.right.is_null(False)
    query = Event.select(Event.enrolment, Event.version, Event.step_key, Event.body, Event.right).where(answered)
    return iter(database.execute(query.order_by(Event.id)))
