"""The copy coach on the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from lms.lib import advertising
from lms.lib.advertising import Finding

# UTF-8 first; what an old editor on a Chinese Windows writes after it.
ENCODINGS = ("utf-8-sig", "gb18030")


@click.group()
def scripts() -> None:
    """Check what is said in a live, in a short video or in a title."""


@scripts.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each finding, each on a line of its own.")
@click.option("--pack", "packs", multiple=True, type=click.Choice(advertising.PACKS), help="Rules for these goods, too.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="The language of articles and reasons.")
def check(file: Path, as_json: bool, packs: tuple[str, ...], lang: str) -> None:
    """Check the script in FILE (- for standard input) a line at a time against the advertising rules.

    It reminds; it is no legal advice. Lines are counted from 1; start and end are characters of the line, from 0.
    """
    found = lines = 0
    for lines, line in enumerate(lines_of(file), 1):
        for finding in findings(line, packs, lang, file, lines):
            found += 1
            click.echo(as_object(lines, finding) if as_json else as_words(file, lines, finding))
    click.echo(f"{file}: {lines} lines, {found} findings (rules of {advertising.RULES_VERSION})", err=True)


def lines_of(file: Path) -> list[str]:
    """The file's lines. Raises ClickException for what is no text."""
    content = click.get_binary_stream("stdin").read() if str(file) == "-" else file.read_bytes()
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding).splitlines()
        except UnicodeDecodeError:
            continue
    raise click.ClickException(f"{file} is no text in UTF-8 or GB 18030: save it as UTF-8 and try again")


def findings(line: str, packs: tuple[str, ...], lang: str, file: Path, number: int) -> Iterator[Finding]:
    """The findings in one line. Raises ClickException for a line that no script has."""
    try:
        yield from advertising.check(line, packs, lang)
    except advertising.TooLong:
        most = advertising.MOST_CHARACTERS
        raise click.ClickException(f"{file}:{number}: longer than {most} characters: break the line") from None


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


def as_words(file: Path, number: int, finding: Finding) -> str:
    """A finding for people."""
    place = f"{file}:{number}:{finding.start + 1}"
    return f"{place}: {finding.severity} {finding.words} [{finding.rule}, {finding.article}] {finding.why}"


commands = [scripts]
