"""The trainer's desk, by resource."""

from lms.authoring.views import (
    cohorts,
    courses,
    editing,
    faults,
    files,
    guardians,
    guides,
    help,
    lessons,
    members,
    publishing,
    takes,
    versions,
)
from lms.authoring.views.room import blueprint

__all__ = [
    "blueprint",
    "cohorts",
    "courses",
    "editing",
    "faults",
    "files",
    "guardians",
    "guides",
    "help",
    "lessons",
    "members",
    "publishing",
    "takes",
    "versions",
]
