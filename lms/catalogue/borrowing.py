"""A foreign page's pictures, sounds and links: files come along into the lesson's folder, links lead to lessons."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Any
from urllib.parse import unquote

from lms.catalogue import scanner
from lms.catalogue.problems import Problem, warning
from lms.i18n import lazy as _l

MEDIA = {".svg", ".webp", ".png", ".jpg", ".jpeg", ".gif", ".avif", ".mp4", ".webm", ".m4a", ".mp3", ".opus", ".ogg"}
SPOKEN = {"zh", "en"}
# `](target`, a definition `[name]: target`, and src="…" or href="…" in HTML.
TARGET = re.compile(
    r"(?P<before>\]\([ \t]*|^ {0,3}\[[^\]\n]{1,200}\]:[ \t]*|\b(?:src|href)[ \t]*=[ \t]*[\"'])"
    r"(?P<target><[^<>\n]*>|(?:[^()\s\"'<>]|\([^()\s]*\))+)",
    re.M,
)
# Obsidian and wikis: ![[picture.png|words]] and [[page|words]].
WIKI = re.compile(
    r"(?P<embed>!?)\[\[(?P<name>[^\]|\n#]{1,200})(?:#[^\]|\n]{0,200})?(?:\|(?P<words>[^\]\n]{0,200}))?\]\]"
)
DATA = re.compile(r"data:image/(?P<kind>png|jpeg|gif|webp|svg\+xml);base64,(?P<content>[A-Za-z0-9+/=]+)")
ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//|#)", re.I)
EXTERNAL_PICTURE = re.compile(r"!\[[^\]\n]*\]\([ \t]*<?((?:https?:)?//[^)>\s]+)")


@dataclass
class Borrower:
    """Rewrites one page. `ids`: lesson id and language by the path of its page; `skipped`: the lines above its body."""

    page: str
    lesson: str
    files: Mapping[str, bytes]
    ids: Mapping[str, tuple[str, str]]
    find: Callable[[str], str | None]
    skipped: int
    taken: dict[str, bytes] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def rewritten(self, body: str) -> str:
        """The page with its targets settled; code blocks stay as they are."""
        lines = body.split("\n")
        for index in scanner.outside_code(lines):
            lines[index] = self.line(lines[index], index + 1 + self.skipped)
        return "\n".join(lines)

    def line(self, line: str, number: int) -> str:
        """One line of the page."""
        line = WIKI.sub(self.unwikied, line)
        for address in EXTERNAL_PICTURE.findall(line):
            self.tell(number, _l("the picture %(name)s lies elsewhere and was left out", name=address[:120]))
        return TARGET.sub(lambda match: match["before"] + self.settled(match["target"], number), line)

    def settled(self, target: str, number: int) -> str:
        """Where a target lies now."""
        bare = target.strip("<>").strip()
        drawn = DATA.fullmatch(bare)
        if drawn:
            return self.unpacked(drawn)
        if not bare or ELSEWHERE.match(bare):
            return target
        path, _hash, anchor = unquote(bare).partition("#")
        page = self.find(path)
        if page is not None and page in self.ids:
            lesson, lang = self.ids[page]
            own = page == self.page
            return f"{'' if own else f'../{lesson}/'}{lang}.md" + (f"#{anchor}" if anchor else "")
        return self.media(path.partition("?")[0], number) or target

    def media(self, path: str, number: int) -> str | None:
        """The name under which a local file comes along, or None when there is none that a lesson can show."""
        found = self.located(path)
        if PurePosixPath(path).suffix.lower() not in MEDIA:
            return None
        if found is None:
            self.tell(number, _l("the file %(name)s is not there", name=path[:120]))
            return None
        self.used.add(found)
        return self.keep(PurePosixPath(found).stem, PurePosixPath(found).suffix.lower(), self.files[found])

    def located(self, path: str) -> str | None:
        """The file that a path on this page means: beside the page, else from the top of the folder."""
        here = PurePosixPath(self.page).parent
        tries = [normpath(f"{here}/{path}"), normpath(path.lstrip("/"))]
        return next((one for one in tries if one in self.files), None)

    def unwikied(self, match: re.Match[str]) -> str:
        """A wiki's link as Markdown's, found by its name wherever it lies."""
        name, words = match["name"].strip(), (match["words"] or "").strip()
        if match["embed"]:
            named = PurePosixPath(name).name.lower()
            found = next((path for path in self.files if PurePosixPath(path).name.lower() == named), None)
            return f"![{'' if words.isdecimal() else words}](</{found or name}>)"
        page = self.find(name) or next((path for path in self.ids if PurePosixPath(path).stem == name), None)
        return f"[{words or name}](</{page}>)" if page else words or name

    def unpacked(self, drawn: re.Match[str]) -> str:
        """The name of a picture that was written into the page itself."""
        suffix = {"jpeg": ".jpg", "svg+xml": ".svg"}.get(drawn["kind"], f".{drawn['kind']}")
        try:
            return self.keep("picture", suffix, base64.b64decode(drawn["content"]))
        except binascii.Error:
            return ""

    def keep(self, stem: str, suffix: str, content: bytes) -> str:
        """Take a file into the lesson's folder; its name there, which only its own name and content decide."""
        stem = re.sub(r"[^a-z0-9\u4e00-\u9fff]+", "-", stem.lower()).strip("-")[:40] or "file"
        name = f"{stem}-file{suffix}" if stem in SPOKEN else f"{stem}{suffix}"
        if self.taken.get(f"{self.lesson}/{name}", content) != content:
            name = f"{stem}-{hashlib.sha256(content).hexdigest()[:6]}{suffix}"
        self.taken[f"{self.lesson}/{name}"] = content
        return name

    def tell(self, number: int, what: Any) -> None:
        """Tell what could not be taken."""
        self.problems.append(warning(self.page, number, "left_out", what, _l("the course does without it")))
