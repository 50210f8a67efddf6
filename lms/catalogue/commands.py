"""Commands about courses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from lms.catalogue import course, drafts, folder, inventory, lint, publishing, reading, rendering, speech
from lms.catalogue.models import Course
from lms.catalogue.parsed import LANGUAGES, ParsedLesson
from lms.catalogue.problems import Problem
from lms.db import found, opened, utc_now
from lms.errors import FieldcastError


@click.group()
def courses() -> None:
    """Check, load, export and render courses."""


@courses.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
def check(path: Path) -> None:
    """Lint the course at PATH (folder or .zip); exit 1 on errors. Its weight and its recordings stand in lines of
    their own: what people have yet to record is no mistake."""
    taken = read(path)
    problems = [*taken.left_out, *lint.check(taken)]
    tell(problems)
    errors = sum(problem.severity == "error" for problem in problems)
    for line in inventory.told(taken):
        click.echo(f"{path.name}: {line}")
    click.echo(f"{path.name}: {errors} errors, {len(problems) - errors} warnings")
    if errors:
        raise SystemExit(1)


def read(path: Path) -> folder.CourseFiles:
    """The files of a native or foreign folder or archive."""
    try:
        return folder.read(path, path.stem)
    except FieldcastError as problem:
        raise click.ClickException(str(problem)) from None


def tell(problems: list[Problem]) -> None:
    """Print problems, each with its file, line and mend."""
    for problem in problems:
        click.echo(str(problem), err=True)


@courses.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--slug", help="The course's id; by default the name of the folder.")
def load(path: Path, slug: str | None) -> None:
    """Load PATH (folder or .zip) and publish it; the same content twice changes nothing."""
    taken = read(path)
    tell(taken.left_out)
    with opened():
        try:
            done = publishing.load(slug or taken.slug, taken, by=None, now=utc_now())
        except publishing.NotPublishable as problem:
            tell(problem.problems)
            raise click.ClickException(str(problem)) from None
    word = "published" if done.new else "unchanged"
    click.echo(f"{done.course.slug}: {word}, version {done.version.number}, {done.version.lessons.count()} lessons")


@courses.command()
@click.argument("slug")
@click.argument("dest", type=click.Path(path_type=Path))
@click.option("--draft", is_flag=True, help="The draft instead of the newest version.")
def export(slug: str, dest: Path, draft: bool) -> None:
    """Write the course SLUG to DEST, a folder or a .zip, byte for byte as it was loaded."""
    with opened():
        course = found(Course.select().where(Course.slug == slug))
        files = drafts.files_of(course) if draft else reading.files(reading.newest(course).id)
        folder.write(files, dest)
    click.echo(f"{slug}: wrote {len(files)} files to {dest}")


@courses.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def render(file: Path) -> None:
    """Print the safe HTML of one Markdown FILE."""
    try:
        click.echo(rendering.render_source(file.read_text(encoding="utf-8-sig")))
    except (FieldcastError, UnicodeDecodeError) as problem:
        raise click.ClickException(str(problem)) from None


@courses.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--lesson", "key", help="Only the lesson of this id.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Only this language.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line instead of text.")
def speak(path: Path, key: str | None, lang: str | None, as_json: bool) -> None:
    """Print what is read aloud of the course at PATH (folder or .zip): each sentence on a line, behind its name.

    A name follows from the words of its sentence. zh.timings.json tells by these names where in zh.m4a a sentence is.
    """
    parsed, problems = course.parse(read(path))
    if parsed is None:
        tell(list(problems))
        raise SystemExit(1)
    wanted = [page for page in inventory.both(parsed) if key in (None, page[0].id) and lang in (None, page[1])]
    if not wanted:
        raise click.ClickException(f"{path.name} has no lesson {key or ''}".rstrip() + (f" in {lang}" if lang else ""))
    for lesson, spoken in wanted:
        for line in script(lesson, spoken, as_json):
            click.echo(line)


def script(lesson: ParsedLesson, lang: str, as_json: bool) -> Iterator[str]:
    """The lines of one page: for programs, or for somebody who reads them into a microphone."""
    said = speech.script(lesson, lang)
    if as_json:
        facts = {"lesson": lesson.id, "lang": lang}
        yield from (json.dumps({**facts, "id": one.id, "text": one.text}, ensure_ascii=False) for one in said)
        return
    yield f"# {lesson.id}/{lang}.md"
    yield from (f"{one.id}\t{one.text}" for one in said)
    yield ""


commands = [courses]
