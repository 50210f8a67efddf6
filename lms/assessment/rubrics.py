"""What a submission is judged by: the rows of its task's rubric as they were on the day it was handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lms.catalogue import reading
from lms.catalogue.parsed import Criterion
from lms.i18n import _, language
from lms.programmes import cohorts
from lms.submissions.models import Submission
from lms.submissions.wording import icon_of

# Below this, a row that must hold sends the work back by itself.
HOLDS = 2


@dataclass(frozen=True)
class Row:
    """What is looked at, and what earns 0, 1, 2 … points. `must`: 0 or 1 here sends back by itself."""

    name: str
    levels: tuple[str, ...]
    must: bool
    icon: str

    @property
    def most(self) -> int:
        """The points that the row brings at most."""
        return len(self.levels) - 1


@dataclass(frozen=True)
class Rubric:
    """`pass_mark`: the points that pass; `judges`: how many judge it; `counts`: the best try or the last one; `text`:
    what was asked, as its author wrote it."""

    rows: tuple[Row, ...]
    pass_mark: int
    judges: int = 1
    counts: str = "best"
    peers: bool = False
    text: str = ""

    @property
    def most(self) -> int:
        """All points that there are."""
        return sum(row.most for row in self.rows)

    def failing(self, points: Sequence[float]) -> list[Row]:
        """The rows that must hold and do not with these points."""
        return [row for row, got in zip(self.rows, points, strict=True) if row.must and got < HOLDS]

    def passes(self, points: Sequence[float]) -> bool:
        """Whether these points, one a row, pass."""
        return sum(points) >= self.pass_mark and not self.failing(points)


def of(submission: Submission, lang: str | None = None) -> Rubric:
    """The rubric of a submission, in the words of `lang` (None: the reader's language)."""
    return at(submission.version_id, submission.step_key, lang or language())


def at(version_id: int, step_key: str, lang: str) -> Rubric:
    """The rubric of a step of a version. Raises NotFound where nothing is handed in."""
    lesson_key, _slash, step = step_key.partition("/")
    if step.startswith("check:"):
        return of_answer(reading.lesson(version_id, lesson_key).check(step_key).text)
    task = reading.task(version_id, step_key, lang)
    rows = tuple(map(row_of, task.criteria)) or (whole(),)
    rules, most = task.task, sum(row.most for row in rows)
    # Two thirds of all points, rounded up, where the author says nothing.
    pass_mark = rules.pass_mark or -(-2 * most // 3)
    return Rubric(rows, pass_mark, rules.judges, rules.counts, rules.peers, task.text)


def row_of(criterion: Criterion) -> Row:
    """A row as the author wrote it."""
    return Row(criterion.name, criterion.levels, criterion.must, icon_of(criterion.name))


def whole() -> Row:
    """The one row of a task without a rubric."""
    levels = (_("Not what was asked"), _("Half of it"), _("Done as asked"), _("Better than asked"))
    return Row(_("The work as a whole"), levels, False, "check")


def of_answer(question: str) -> Rubric:
    """A question that is answered by voice: right, or not yet."""
    return Rubric((Row(_("Is the answer right?"), (_("Not yet"), _("Right")), False, "mic"),), 1, text=question)


def needed(submission: Submission, rubric: Rubric) -> int:
    """How many judgements it takes: a class with fewer trainers who can than the task wants
    judges with those it has."""
    if rubric.judges == 1:
        return 1
    taught_by = cohorts.trainers(submission.enrolment.cohort)
    able = [one for one in taught_by if one.is_active and one.has_role("trainer") and one.id != submission.person_id]
    return max(1, min(rubric.judges, len(able)))
