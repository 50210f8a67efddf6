"""Promise 9: both languages, whole. Every text of code and templates stands in both catalogues, and no page has words
outside them."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from lms.settings import ROOT

LANGUAGES = ("zh", "en")
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# Both languages on one page, whoever reads it: whom a paper is shown to has chosen none.
BILINGUAL = ("certificates/verify.html", "certificates/verified.html", "certificates/_verdict.html")
# The living page of the design system is seen by developers alone.
DEVELOPMENT = ("design/",)
# Names and units that are the same in both languages.
SAME = {"English", "Fieldcast", "PDF", "CSV", "XLSX", "PIN", "Markdown", "TOTP", "ZIP", "zip", "KB", "MB"}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%%")
HAN = re.compile(r"[㐀-鿿]")
WORD = re.compile(r"[A-Za-z]{2,}")
# What Jinja reads; with it blocks and macros that write attributes, not words.
JINJA = re.compile(
    r"\{#.*?#\}|\{% block (?:body|main_class) %\}.*?\{% endblock %\}|\{% macro \w+_class\b.*?\{% endmacro %\}"
    r"|\{\{.*?\}\}|\{%.*?%\}",
    re.S,
)
TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>|&\w+;", re.S)
SAID = re.compile(r"""(?:alt|title|aria-label|placeholder)="([^"]*)\"""")


@cache
def catalogue(language: str) -> Catalog:
    """The texts of a language."""
    content = (ROOT / "lms/translations" / language / "LC_MESSAGES/messages.po").read_bytes()
    return read_po(BytesIO(content), locale=language)


def messages(language: str) -> list[Message]:
    """Every text but the header."""
    return [message for message in catalogue(language) if message.id]


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """A text with one form for each kind of count."""
    return (text,) if isinstance(text, str) else tuple(text)


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """The texts that code and templates ask for now."""
    pot = tmp_path_factory.mktemp("texts") / "messages.pot"
    words = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract", "--mapping-file=babel.cfg"]
    words += ["--keyword=_l", "--keyword=lazy", "--keyword=N_", "--no-location", f"--output-file={pot}", "."]
    subprocess.run(words, cwd=ROOT, check=True)
    return read_po(BytesIO(pot.read_bytes()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_has_a_translation(language: str):
    empty = [message.id for message in messages(language) if not all(forms(message.string))]
    assert not empty, f"Translate these in lms/translations/{language}: {empty}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_a_guess(language: str):
    assert not [message.id for message in messages(language) if message.fuzzy]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogues_hold_just_what_is_asked_for(used: Catalog, language: str):
    wanted = {forms(message.id)[0] for message in used if message.id}
    there = {forms(message.id)[0] for message in messages(language)}
    assert wanted == there, f"`make messages`: missing {sorted(wanted - there)}, left over {sorted(there - wanted)}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_the_same_in_both(language: str):
    wrong = [
        (message.id, text)
        for message in messages(language)
        for text in forms(message.string)
        if not set(PLACEHOLDER.findall(text)) <= set(PLACEHOLDER.findall(forms(message.id)[-1]))
        or set(PLACEHOLDER.findall(forms(message.id)[0])) - set(PLACEHOLDER.findall(text)) - {"num", "count"}
    ]
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_sources(language: str):
    with (ROOT / "lms/translations" / language / "LC_MESSAGES/messages.mo").open("rb") as file:
        compiled = {forms(one.id)[0]: forms(one.string) for one in read_mo(file) if one.id}
    assert compiled == {forms(one.id)[0]: forms(one.string) for one in messages(language)}, "run `make setup`"


def is_english(text: str) -> bool:
    """Whether a Chinese text is none."""
    return bool(set(WORD.findall(PLACEHOLDER.sub("", text))) - SAME) and not HAN.search(text)


def test_chinese_texts_are_chinese():
    assert not [message.string for message in messages("zh") if any(map(is_english, forms(message.string)))]


def test_nobody_is_called_a_user_or_spoken_to_from_above():
    assert not [message.string for message in messages("zh") if re.search("您|用户", "".join(forms(message.string)))]


def words_outside(path: Path) -> list[str]:
    """What stands in a template in one language alone: between tags, and in attributes that are read out."""
    bare = JINJA.sub("\n", path.read_text(encoding="utf-8"))
    pieces = [*TAGS.sub("\n", bare).splitlines(), *"\n".join(SAID.findall(bare)).splitlines()]
    return [piece.strip() for piece in pieces if HAN.search(piece) or set(WORD.findall(piece)) - SAME]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT / "templates").as_posix()


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_has_no_words_of_its_own(path: Path):
    if name_of(path).startswith((*BILINGUAL, *DEVELOPMENT)):
        return
    assert not [piece for piece in words_outside(path) if piece not in ("中文", "田播", ".zip")]
