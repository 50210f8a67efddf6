"""Markdown to safe HTML: python-markdown with the help that Chinese needs, then an allow-list over the result.

Core `**` is used, for it sets `**“重点”**是` right where other parsers (and pymdownx.betterem) fail. `~` is no
subscript here, because `3~5 斤` is a range. This module runs inside the sandbox and therefore imports neither Flask
nor a database.
"""

from __future__ import annotations

import re
import secrets
import xml.etree.ElementTree as etree
from collections.abc import Sequence

import markdown
import nh3
from markdown.extensions import Extension
from markdown.inlinepatterns import SimpleTagInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

TAGS = {
    "p", "br", "strong", "em", "del", "sup", "sub", "mark", "kbd", "code", "pre", "blockquote", "ul", "ol", "li",
    "dl", "dt", "dd", "h2", "h3", "h4", "h5", "h6", "hr", "table", "thead", "tbody", "tr", "th", "td", "a", "img",
    "div", "ruby", "rt", "details", "summary",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title", "id", "class"},
    "img": {"src", "alt", "title"},
    "th": {"align", "scope"},
    "td": {"align"},
    "ol": {"start"},
    "li": {"id"},
    "sup": {"id"},
    "div": {"class"},
    "p": {"class"},
}
# What may stand in class="": the marks of footnotes and of notes, which the style sheet knows.
CLASSES = {"footnote", "footnote-ref", "footnote-backref", "admonition", "admonition-title"}
SCHEMES = {"http", "https", "mailto", "tel"}
ELSEWHERE = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:|//|\\)", re.I)

EXTENSIONS = [
    "tables",
    "footnotes",
    "def_list",
    "sane_lists",
    "nl2br",
    "attr_list",
    "admonition",
    "pymdownx.superfences",
    "pymdownx.details",
]
SETTINGS: dict[str, dict[str, object]] = {
    # python-markdown's own way is a style attribute, which our Content-Security-Policy stops.
    "tables": {"use_align_attribute": True},
    "footnotes": {"BACKLINK_TITLE": ""},
    "pymdownx.superfences": {"css_class": "", "disable_indented_code_blocks": False},
}
LOOSE_LIST = re.compile(r"^( {0,3})(\d{1,3})(?:[、）]|．(?!\d))\s*(?=\S)")
ITEM = re.compile(r"^ {0,3}(?:[-*+]|\d{1,9}\.)\s+\S")
# pymdownx.tilde strikes nothing out beside Chinese quotation marks once `~` is no subscript.
STRUCK_OUT = r"(~~)(?!\s)([^~\n]+)~~"
HEADING = re.compile(r"h[1-6]")
DEEPEST_HEADING = 6


class ChineseLists(Preprocessor):
    """`1、洗手` and `1．` are lists as well, and a list may follow its paragraph without a blank line."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines, with ASCII list marks and with blank lines where lists begin."""
        out: list[str] = []
        for line in (LOOSE_LIST.sub(r"\1\2. ", line) for line in lines):
            if ITEM.match(line) and out and self.ends_paragraph(out[-1]):
                out.append("")
            out.append(line)
        return out

    @staticmethod
    def ends_paragraph(line: str) -> bool:
        """Whether a list right below this line would be swallowed by its paragraph."""
        return bool(line.strip()) and not line.startswith((" ", "\t", ">", "|", "[^", ":")) and not ITEM.match(line)


class DemoteHeadings(Treeprocessor):
    """The page has its own h1: the highest heading of the body becomes h2, and the others keep their distance."""

    def run(self, root: etree.Element) -> None:
        """Shift all headings alike."""
        headings = [
            element for element in root.iter() if isinstance(element.tag, str) and HEADING.fullmatch(element.tag)
        ]
        if headings:
            shift = 2 - min(int(heading.tag[1]) for heading in headings)
            for heading in headings:
                heading.tag = f"h{min(int(heading.tag[1]) + shift, DEEPEST_HEADING)}"


class Fieldcast(Extension):
    """Our additions."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        """Put them in their places: lists before blocks are cut, headings after everything else."""
        # 24 is behind the fenced code of superfences, which must keep its lines as they are.
        md.preprocessors.register(ChineseLists(md), "chinese_lists", 24)
        md.inlinePatterns.register(SimpleTagInlineProcessor(STRUCK_OUT, "del"), "struck_out", 55)
        md.treeprocessors.register(DemoteHeadings(md), "demote_headings", 5)


def converter() -> markdown.Markdown:
    """A new converter. One serves one document, for it remembers footnotes and link targets."""
    return markdown.Markdown(extensions=[*EXTENSIONS, Fieldcast()], extension_configs=SETTINGS)


def document(blocks: Sequence[str], lines: Sequence[str]) -> tuple[list[str], list[str], str]:
    """Safe HTML of a page: of its blocks of prose, of its short lines (answers, steps), and of its footnotes.

    The blocks are rendered once, as one text with placeholders between them, so that a footnote or a link target of one
    serves all. If a block's own HTML swallows a placeholder, each block is rendered by itself.
    """
    md = converter()
    htmls, notes = together(md, blocks) or (apart(blocks), "")
    short = [stripped(sanitised(md.reset().convert(line))) for line in lines]
    return [sanitised(html) for html in htmls], short, sanitised(notes)


def together(md: markdown.Markdown, blocks: Sequence[str]) -> tuple[list[str], str] | None:
    """The blocks rendered as one text, and the footnotes behind them; None when they cannot be told apart again."""
    mark = f"fieldcast{secrets.token_hex(8)}"
    html = md.convert("".join(f"{block}\n\n{mark}\n\n" for block in blocks))
    parts = html.split(f"<p>{mark}</p>")
    if len(parts) != len(blocks) + 1 or mark in "".join(parts):
        return None
    return parts[:-1], parts[-1]


def apart(blocks: Sequence[str]) -> list[str]:
    """Each block rendered by itself."""
    return [converter().convert(block) for block in blocks]


def sanitised(html: str) -> str:
    """What the allow-list lets through: no script, no style, no handlers, no pictures from elsewhere."""
    clean: str = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=allowed,
        url_schemes=SCHEMES,
        link_rel="nofollow noopener",
    )
    return clean.strip()


def allowed(tag: str, attribute: str, value: str) -> str | None:
    """The value of an attribute, or None to leave the attribute out."""
    if attribute == "class":
        return " ".join(name for name in value.split() if name in CLASSES) or None
    if attribute == "id":
        return value if value.startswith(("fn:", "fnref")) else None
    if tag == "img" and attribute == "src" and ELSEWHERE.match(value):
        return None
    return value


def stripped(html: str) -> str:
    """The HTML of one line without the paragraph around it."""
    match = re.fullmatch(r"<p>(.*?)</p>", html, re.S)
    return match[1] if match and "<p>" not in match[1] else html
