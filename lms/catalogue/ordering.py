"""The order of pages in a folder: its own table of contents, else as a person would sort."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Any
from urllib.parse import unquote

import yaml

from lms.catalogue import decoding

TEXTS = (".md", ".markdown", ".mdown", ".mkd")
INDEXES = ("chapters.yml", "chapters.yaml", "_sidebar.md", "summary.md", "mkdocs.yml", "mkdocs.yaml", "_toc.yml")
FIRST = ("index", "readme")
LINK = re.compile(r"\]\(\s*<?([^)>\s]+)")
NUMBER = re.compile(r"(\d+)")
CHINESE_NUMBER = re.compile(r"第?([零〇一二三四五六七八九十百]+)(?=[章节節课課讲講回篇部卷单、.．]|$)")
FIGURES = {figure: value for value, figure in enumerate("零一二三四五六七八九")} | {"〇": 0}
# A table of contents of a book; a longer file is none.
MOST_BYTES = 500_000
MOST_ENTRIES = 20_000


class TolerantLoader(yaml.SafeLoader):
    """YAML's safe loader that reads past the tags by which mkdocs.yml calls Python, and past aliases."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            self.get_event()
            return yaml.ScalarNode("tag:yaml.org,2002:null", "")
        return super().compose_node(parent, index)


TolerantLoader.add_multi_constructor("!", lambda _loader, _suffix, _node: None)
TolerantLoader.add_multi_constructor("tag:yaml.org,2002:python/", lambda _loader, _suffix, _node: None)


def ordered(files: Mapping[str, bytes], pages: Collection[str]) -> list[str]:
    """The pages as their own index has them; those that it leaves out follow, in natural order."""
    listed = dict.fromkeys(path for index in indexes(files) for path in entries(index, files[index], pages))
    rest = sorted((path for path in pages if path not in listed), key=natural)
    if not listed:
        return rest
    # A welcome page that no index names comes before everything that the index names.
    welcome = [path for path in rest if "/" not in path and PurePosixPath(path).stem.lower() in FIRST]
    return [*welcome, *listed, *(path for path in rest if path not in welcome)]


def indexes(files: Mapping[str, bytes]) -> list[str]:
    """The files that give an order, the outermost first; of several in one folder the first kind of INDEXES."""
    found = [path for path in files if PurePosixPath(path).name.lower() in INDEXES]
    found.sort(key=lambda path: (path.count("/"), INDEXES.index(PurePosixPath(path).name.lower()), path))
    return found


def entries(index: str, raw: bytes, pages: Collection[str]) -> Iterator[str]:
    """The pages that an index names, in its order."""
    if len(raw) > MOST_BYTES:
        return
    try:
        written = decoding.text(raw)
    except decoding.NoText:
        return
    names = LINK.findall(written) if index.lower().endswith(TEXTS) else yaml_texts(written)
    find = finder(index, pages)
    for name in list(names)[:MOST_ENTRIES]:
        page = find(name)
        if page:
            yield page


def yaml_texts(written: str) -> list[str]:
    """All texts in a YAML file, in their order (of mkdocs.yml only those of its `nav`); nothing when it is broken."""
    try:
        found = yaml.load(written, TolerantLoader)
        return list(texts_in(found["nav"] if isinstance(found, dict) and "nav" in found else found))
    except (yaml.YAMLError, RecursionError, ValueError, TypeError):
        return []


def site_name(files: Mapping[str, bytes]) -> str:
    """What mkdocs.yml calls the whole, or nothing."""
    for index in indexes(files):
        if PurePosixPath(index).stem.lower() == "mkdocs" and len(files[index]) <= MOST_BYTES:
            match = re.search(rb"^site_name:[ \t]*(.+)$", files[index], re.M)
            return match[1].decode("utf-8", "replace").strip().strip("\"'") if match else ""
    return ""


def texts_in(value: Any) -> Iterator[str]:
    """Every text in nested lists and tables: of a table both names and values, for either may be a page."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from texts_in(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from texts_in(name)
            yield from texts_in(one)


def finder(origin: str, pages: Collection[str]) -> Callable[[str], str | None]:
    """Finds the page that a name in the file `origin` means, with or without its ending, as `x.md` or `x/x.md`."""
    known = set(pages)
    here = PurePosixPath(origin).parent
    roots = [here, here / "docs", here / "src", PurePosixPath("."), PurePosixPath("docs")]

    def find(name: str) -> str | None:
        name = unquote(re.split(r"[#?]", name, maxsplit=1)[0]).strip().lstrip("/").rstrip("/")
        if not name or ":" in name[:8] or len(name) > 250:
            return None
        for root in roots:
            for ending in endings(name):
                path = normpath(f"{root}/{ending}")
                if path in known:
                    return path
        return None

    return find


def endings(name: str) -> Iterator[str]:
    """The files that a name may mean."""
    yield name
    last = PurePosixPath(name).name
    for suffix in TEXTS[:2]:
        yield f"{name}{suffix}"
        yield f"{name}/{last}{suffix}"
        yield f"{name}/index{suffix}"
        yield f"{name}/README{suffix}"


def natural(path: str) -> tuple[Any, ...]:
    """Sorts as a person does: 2 before 10, 第二章 before 第十章, a folder's README first, `x.md` before what is in
    `x/`.
    """
    *folders, file = PurePosixPath(path).parts
    stem = PurePosixPath(file).stem
    first = 0 if stem.lower() in FIRST else 1
    return (*((1, words(folder), 1) for folder in folders), (first, words(stem), 0), path)


def words(name: str) -> tuple[tuple[int, int, str], ...]:
    """A name cut into numbers and texts that can be compared with each other."""
    name = CHINESE_NUMBER.sub(lambda match: f"{chinese_number(match[1]):d}", name.lower())
    pieces = (piece for piece in NUMBER.split(name) if piece)
    return tuple((0, int(piece[:18]), "") if piece.isdecimal() else (1, 0, piece) for piece in pieces)


def chinese_number(written: str) -> int:
    """The value of 十二 or 一百零三."""
    total, digit = 0, 0
    for character in written:
        if character in FIGURES:
            digit = FIGURES[character]
        else:
            total += (digit or 1) * (100 if character == "百" else 10)
            digit = 0
    return total + digit
