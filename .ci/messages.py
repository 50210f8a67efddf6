#!/usr/bin/env python3
"""Gather the texts to translate from code and templates into both catalogues (`make messages`).

English is its own translation. Chinese texts that are no longer used go; new ones are printed and stay empty until
somebody translates them in lms/translations/zh/LC_MESSAGES/messages.po.
"""

import re
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS = ("_l", "lazy", "N_")
# They differ at every run and for every person, and say nothing that the history does not.
PASSING_HEADERS = re.compile(
    r'"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Report-Msgid-Bugs-To|Generated-By): [^"]*"\n'
)


def main() -> None:
    template = _extract()
    for language in ("zh", "en"):
        path = ROOT / "lms/translations" / language / "LC_MESSAGES/messages.po"
        known = read_po(BytesIO(path.read_bytes() if path.exists() else b""), locale=language)
        catalogue = Catalog(locale=language, project="Fieldcast", version="1", charset="utf-8", fuzzy=False)
        for message in filter(lambda message: message.id, template):
            text = message.id if language == "en" else _translation(known, message)
            catalogue.add(message.id, text, flags=message.flags & {"python-format"})
            if not any(text if message.pluralizable else [text]):
                print(f"not translated into {language}: {_singular(message)}", file=sys.stderr)
        _write(catalogue, path)


def _extract() -> Catalog:
    with tempfile.NamedTemporaryFile(suffix=".pot") as pot:
        keywords = [f"--keyword={keyword}" for keyword in KEYWORDS]
        command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract", "--mapping-file=babel.cfg"]
        command += [*keywords, "--no-location", "--sort-output", "--omit-header", f"--output-file={pot.name}", "."]
        subprocess.run(command, cwd=ROOT, check=True)
        return read_po(BytesIO(Path(pot.name).read_bytes()))


def _translation(known: Catalog, message: Message) -> str | tuple[str, ...]:
    old = known.get(_singular(message))
    text = old.string if old else ""
    if isinstance(text, tuple | list):
        text = text[0]
    # Chinese has one form for every count.
    return (text,) if message.pluralizable else text


def _singular(message: Message) -> str:
    return message.id[0] if message.pluralizable else message.id


def _write(catalogue: Catalog, path: Path) -> None:
    buffer = BytesIO()
    write_po(buffer, catalogue, sort_output=True, width=100, include_lineno=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PASSING_HEADERS.sub("", buffer.getvalue().decode()), encoding="utf-8")


if __name__ == "__main__":
    main()
