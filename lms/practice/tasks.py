"""The task that a practice tool was opened for: `?for=<course>/<lesson>/<step id>`, as the lesson's page links it."""

from __future__ import annotations

from dataclasses import dataclass

from lms.accounts.models import Person
from lms.errors import NotFound
from lms.learning import looking
from lms.submissions import tasks


@dataclass(frozen=True)
class Asked:
    """A task that this person may hand in. `kinds`: what it takes; `most_mb`: the largest file."""

    slug: str
    lesson_key: str
    step: str
    title: str
    kinds: tuple[str, ...]
    most_mb: int

    @property
    def address(self) -> str:
        """What named it, and names it to the uploads."""
        return f"{self.slug}/{self.lesson_key}/{self.step}"

    @property
    def page(self) -> str:
        """Where the task stands, with the form that needs no script."""
        return f"/courses/{self.slug}/{self.lesson_key}/tasks/{self.step.partition(':')[2]}"

    @property
    def target(self) -> str:
        """Where a hand-in is posted."""
        return f"{self.page}/submissions"


def asked(person: Person, address: str, lang: str) -> Asked | None:
    """The task that `address` names, if this person takes the course and it is open to them; else None: a tool is
    never closed because of a link that has aged."""
    slug, _, rest = address.partition("/")
    lesson_key, _, step = rest.partition("/")
    if not step.startswith("task:"):
        return None
    try:
        standing = looking.standing(slug, person)
        wanted = tasks.asked(standing.version.id, f"{lesson_key}/{step}")
        title = standing.lesson(lesson_key).title(lang)
    except NotFound:
        return None
    if standing.enrolment is None or standing.enrolment.left_at:
        return None
    return Asked(slug, lesson_key, step, title, wanted.kinds, wanted.most_mb)
