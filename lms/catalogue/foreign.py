"""A folder of Markdown that was never meant for Fieldcast, a book or a wiki's export, made into a native one.

Headings become titles, the order is the folder's own or a natural one, local pictures come along, and what cannot be
taken is listed by name. The same folder always gives the same bytes, so that loading it twice changes nothing. The
result is marked `plain`: the rules of the house only warn about it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import yaml

from lms.catalogue import decoding, frontmatter, guards, ordering, scanner
from lms.catalogue.borrowing import Borrower
from lms.catalogue.contents import PATH, RESERVED
from lms.catalogue.problems import Problem, warning
from lms.errors import Refused
from lms.i18n import _
from lms.i18n import lazy as _l

# More is not a course; and each page becomes a row, two renderings and a search entry.
MOST_PAGES = 500
LONGEST_TITLE = 120
LONGEST_ID = 48
# Pages of documentation sites that are furniture, not text.
FURNITURE = {"_navbar.md", "_coverpage.md", "_footer.md", "_404.md", "license.md", "changelog.md", "contributing.md"}
# Words that mean something else in addresses of courses and lessons.
UNUSABLE = RESERVED | {"new", "load", "quiz"}
FENCE = re.compile(r"^ {0,3}[:：]{3,}\s*(?:[A-Za-z-]+)?(.*)$")
HEADING = re.compile(r"^ {0,3}(#{1,6})(?!#)(.*)$")
UNDERLINE = re.compile(r"^ {0,3}(=+|-{2,})$")
LINKED = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True)
class Foreign:
    """One page as it came: its path, its id here, its language, its front matter and its body without the title.

    `skipped`: how many lines stood above the body.
    """

    path: str
    lesson: str
    lang: str
    title: str
    summary: str
    body: str
    skipped: int


def native(files: Mapping[str, bytes], name: str, left_out: list[Problem]) -> dict[str, bytes]:
    """The native folder; what could not be taken is added to `left_out`. Raises Refused when nothing can."""
    files = without_top(files)
    texts = dict(readable(files, left_out))
    if not texts:
        raise nothing(_("No course was found in these files: there is no text in Markdown."), left_out)
    if len(texts) > MOST_PAGES:
        raise Refused(_("There are more than %(most)d pages in here. Load it in parts.", most=MOST_PAGES))
    pages = [page(path, texts[path], lesson) for path, lesson in named(ordering.ordered(files, texts)).items()]
    made, used = written(files, pages, left_out)
    made[PATH] = table_of_contents(files, pages, name)
    left_out += unused(files, {*texts, *used}, left_out)
    return dict(sorted(made.items()))


def nothing(sentence: str, left_out: list[Problem]) -> Refused:
    """That nothing can be taken, with the first reasons, one a line."""
    return Refused("\n".join([sentence, *(str(problem) for problem in left_out[:10])]))


def without_top(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files without the one folder that holds them all, so that an archive and its folder give the same ids."""
    tops = {path.split("/")[0] if "/" in path else "" for path in files}
    if len(tops) != 1 or "" in tops:
        return dict(files)
    return without_top({path.partition("/")[2]: content for path, content in files.items()})


def readable(files: Mapping[str, bytes], left_out: list[Problem]) -> Iterator[tuple[str, str]]:
    """The pages that hold text, and their text."""
    for path, raw in files.items():
        name = PurePosixPath(path).name.lower()
        if not name.endswith(ordering.TEXTS) or name in ordering.INDEXES or name in FURNITURE:
            continue
        try:
            text = decoding.text(raw)
        except decoding.NoText as problem:
            left_out.append(left(path, 0, problem.why))
            continue
        if text.strip():
            yield path, text
        else:
            left_out.append(left(path, 0, _l("it is empty")))


def left(path: str, line: int, why: Any) -> Problem:
    """That a page or file is left out, and why."""
    what = _l("left out, because %(why)s", why=why)
    return warning(path, line, "left_out", what, _l("the course does without it"))


def named(paths: list[str]) -> dict[str, str]:
    """Lesson ids by path. An id depends on its own path alone, unless two would be the same."""
    plain = {path: identifier(path) for path in paths}
    counted = Counter(plain.values())
    return {path: name if counted[name] == 1 else hashed(name, path) for path, name in plain.items()}


def identifier(path: str) -> str:
    """The id of a page: its path in small letters, figures, hyphens and Chinese characters."""
    stem = path.rsplit(".", 1)[0] if "." in PurePosixPath(path).name else path
    name = address(stem)
    if not name or name in UNUSABLE or len(name) > LONGEST_ID:
        return hashed(name, path)
    return name


def hashed(name: str, path: str) -> str:
    """An id that only this path has."""
    return f"{name[:30].strip('-') or 'lesson'}-{hashlib.sha256(path.encode()).hexdigest()[:6]}"


def slug(name: str) -> str:
    """The id of a course by its folder's name."""
    return address(name)[:LONGEST_ID].strip("-") or "course"


def address(name: str) -> str:
    """A name as part of an address: small letters, figures, hyphens and Chinese characters."""
    return re.sub(r"[^a-z0-9\u4e00-\u9fff]+", "-", name.lower()).strip("-")


def page(path: str, text: str, lesson: str) -> Foreign:
    """A page taken apart. Front matter that cannot be read is no front matter but text."""
    try:
        cut = frontmatter.split(text)
    except frontmatter.BadFrontMatter:
        cut = frontmatter.Page({}, text, 1)
    heading, body = without_heading(cut.body)
    title = plain_words(cut.values.get("title")) or heading or name_of(path)
    summary = plain_words(cut.values.get("description") or cut.values.get("summary"))
    lang = decoding.language(f"{title}\n{body}")
    return Foreign(path, lesson, lang, title[:LONGEST_TITLE], summary, body, text.count("\n") - body.count("\n"))


def without_heading(body: str) -> tuple[str, str]:
    """The page's title, and the body without it where it stands at the top."""
    lines = body.split("\n")
    for index in scanner.outside_code(lines):
        line = lines[index]
        under = lines[index + 1].rstrip() if index + 1 < len(lines) else ""
        found = HEADING.match(line)
        underlined = bool(line.strip()) and UNDERLINE.match(under) is not None
        if not (found or underlined):
            continue
        title = plain_words(found[2] if found else line)
        at_top = not any(before.strip() for before in lines[:index])
        rest = lines[index + (1 if found else 2) :] if at_top else lines
        if title:
            return title, "\n".join(rest)
    return "", body


def plain_words(value: Any) -> str:
    """A heading or a value as a line of plain text."""
    if value is None or isinstance(value, list | dict):
        return ""
    text = LINKED.sub(r"\1", str(value))
    text = re.sub(r"\{[:#.][^}]*\}|<[^<>]*>|[*_`]{1,3}", "", text)
    return " ".join(text.strip().strip("#").split())


def name_of(path: str) -> str:
    """What a page without any heading is called: its file, or its folder when the file is only an index."""
    place = PurePosixPath(path)
    folder = place.parent.name
    return folder if folder and place.stem.lower() in ordering.FIRST else place.stem


def written(
    files: Mapping[str, bytes], pages: list[Foreign], left_out: list[Problem]
) -> tuple[dict[str, bytes], set[str]]:
    """The lessons as files, and which of the foreign files they use. Pages that no lesson can hold are left out."""
    ids = {one.path: (one.lesson, one.lang) for one in pages}
    made: dict[str, bytes] = {}
    used: set[str] = set()
    for one in list(pages):
        borrower = Borrower(one.path, one.lesson, files, ids, ordering.finder(one.path, ids), one.skipped)
        body = without_fences(borrower.rewritten(one.body))
        content = f"---\n{matter(one, body)}---\n{body}".encode()
        fault = guards.first_fault(body)
        if len(content) > guards.MOST_BYTES:
            fault = (0, _l("the page is longer than %(most)d KB", most=guards.MOST_BYTES // 1000))
        if fault:
            pages.remove(one)
            left_out.append(left(one.path, fault[0] and fault[0] + one.skipped, fault[1]))
            continue
        made |= {f"{one.lesson}/{one.lang}.md": content, **borrower.taken}
        used |= borrower.used
        left_out += borrower.problems
    if not pages:
        raise nothing(_("None of the pages can be taken."), left_out)
    return made, used


def matter(one: Foreign, body: str) -> str:
    """The front matter of a lesson."""
    values: dict[str, Any] = {"title": one.title, "minutes": decoding.minutes(body)}
    if one.summary:
        values["summary"] = one.summary
    dumped: str = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=10_000)
    return dumped


def without_fences(body: str) -> str:
    """The text with other programs' ::: blocks as plain text, line for line, so that none is taken for one of ours."""
    lines = body.split("\n")
    for index in scanner.outside_code(lines):
        fence = FENCE.match(lines[index].rstrip())
        if fence:
            words = fence[1].strip().strip("{}").strip()
            lines[index] = f"**{words}**" if re.match(r"[\w“《]", words) else ""
    return "\n".join(lines)


def table_of_contents(files: Mapping[str, bytes], pages: list[Foreign], name: str) -> bytes:
    """course.toml: not complete, so that it gives no certificates, and asking only that its lessons be read."""
    whole = next((one.title for one in pages if PurePosixPath(one.path).stem.lower() in ordering.FIRST), "")
    title = (ordering.site_name(files) or whole or name or "course")[:LONGEST_TITLE]
    languages = [lang for lang in ("zh", "en") if any(one.lang == lang for one in pages)]
    lines = [
        "# Made from a folder of plain Markdown. plain = true: the rules of the house only warn.",
        "plain = true",
        "complete = false",
        'requires = ["read"]',
        "lessons = [",
        *(f"  {quoted(one.lesson)}," for one in pages),
        "]",
        "",
        "[title]",
        *(f"{lang} = {quoted(title)}" for lang in languages),
    ]
    return ("\n".join(lines) + "\n").encode()


def quoted(text: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def unused(files: Mapping[str, bytes], used: set[str], left_out: list[Problem]) -> Iterator[Problem]:
    """The files that no lesson holds, each by its name, unless it was named before."""
    known = used | set(ordering.indexes(files)) | {problem.path for problem in left_out}
    for path in files:
        if path not in known:
            yield left(path, 0, _l("no page shows it"))
