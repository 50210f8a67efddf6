"""The copy coach on the command line."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

import click

from lms.lib import advertising
from lms.lib.advertising import Finding

# UTF-8 first; what an old editor on a Chinese Windows writes after it.
ENCODINGS = ("utf-8-sig", "gb18030")
QUESTION = re.compile("[?？][ 　]*$")


@click.group()
def scripts() -> None:
    """Check what is said in a live, in a short video or in a title."""


@scripts.command()
@click.argument("file", type=click.File("rb"))
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each finding, each on a line of its own.")
@click.option(
    "--pack", "packs", multiple=True, type=click.Choice(advertising.PACKS), help="Rules for these goods, too."
)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="The language of articles and reasons.")
def check(file: BinaryIO, as_json: bool, packs: tuple[str, ...], lang: str) -> None:
    """Check the script in FILE (- for standard input) a line at a time against the advertising rules.

    It reminds; it is no legal advice. Lines are counted from 1; start and end are characters of the line, from 0.
    """
    name = getattr(file, "name", "-")
    found = number = 0
    before = ""
    for number, line in enumerate(lines_of(file.read(), name), 1):
        for finding in findings(line, before, packs, lang, f"{name}:{number}"):
            found += 1
            click.echo(as_object(number, finding) if as_json else as_words(f"{name}:{number}", finding))
        before = line if QUESTION.search(line) else ""
    click.echo(f"{name}: {number} lines, {found} findings (rules of {advertising.RULES_VERSION})", err=True)


def lines_of(content: bytes, name: str) -> list[str]:
    """A file's lines. Raises ClickException for what is no text."""
    for encoding in ENCODINGS:
        try:
            return [line.rstrip("\n") for line in io.StringIO(content.decode(encoding), newline=None)]
        except UnicodeDecodeError:
            continue
    raise click.ClickException(f"{name} is no text in UTF-8 or GB 18030: save it as UTF-8 and try again")


def findings(line: str, before: str, packs: tuple[str, ...], lang: str, place: str) -> Iterator[Finding]:
    """The findings in one line. `before` is the line before it where that asks something: a yes needs its question.

    Raises ClickException for a line that no script has."""
    offset = len(before) + 1 if before else 0
    try:
        for finding in advertising.check(f"{before}\n{line}" if before else line, packs, lang):
            if finding.start >= offset:
                yield replace(finding, start=finding.start - offset, end=finding.end - offset)
    except advertising.TooLong:
        most = advertising.MOST_CHARACTERS
        raise click.ClickException(f"{place}: longer than {most} characters: break the line") from None


def as_object(number: int, finding: Finding) -> str:
    """A finding as JSON."""
    return json.dumps(
        {
            "line": number,
            "start": finding.start,
            "end": finding.end,
            "words": finding.words,
            "severity": finding.severity,
            "rule": finding.rule,
            "article": finding.article,
            "rewrites": finding.rewrites,
        },
        ensure_ascii=False,
    )


def as_words(place: str, finding: Finding) -> str:
    """A finding for people."""
    law = f"[{finding.rule}, {finding.article}]"
    return f"{place}:{finding.start + 1}: {finding.severity} {finding.words} {law} {finding.why}"


commands = [scripts]
