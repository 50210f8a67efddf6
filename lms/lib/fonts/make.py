"""Make the certificate's fonts again from Debian's packages (README.md in this folder says what and why).

Usage: apt-get install fonts-noto-cjk fonts-hanazono unicode-data; python lms/lib/fonts/make.py
Takes about a minute and always writes the same bytes. Needs fonttools.
"""

from __future__ import annotations

import argparse
import bz2
from collections.abc import Iterable
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

HERE = Path(__file__).parent

LATIN = set(range(0x20, 0x7F)) | set(range(0xA0, 0x250)) | set(range(0x1E00, 0x1F00))
GREEK_AND_CYRILLIC = set(range(0x391, 0x3CA)) | set(range(0x401, 0x452))
PUNCTUATION = {*range(0x2010, 0x2028), 0x2030, 0x20AC, 0x2103, 0x2116}
NUMBERS = {*range(0x2160, 0x216C), *range(0x2460, 0x2474)}
SIGNS = set(map(ord, "←↑→↓≈≠≤≥■□○●★☆"))
FULL_WIDTH = set(range(0x3000, 0x3020)) | set(range(0xFF01, 0xFF5F)) | {0x30FB, 0xFFE5}
HAN = {*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0xF900, 0xFB00), *range(0x20000, 0x32000)}

# What the template itself says in the sans face; names and titles never need it (they fall back to the serif).
SANS_WORDS = "田播扫码查真假演示培训班级学时编号有效期至讲师授课老师版本无签发日第页"

PROPORTIONAL_SC = ("NotoSerifCJKsc", "NotoSansCJKsc")  # the collections hold a monospaced face too

# Sources of China's standards body that only quote dictionaries and bronzes: no living person is named with them.
BOOKISH_SOURCES = {"GKX", "GHZ", "GHZR", "GZJW"}
ALSO_RARE = "\U0002ebe0\U00028c4d"  # seen in names although no Chinese source, or a late one, lists them


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--noto", type=Path, default=Path("/usr/share/fonts/opentype/noto"))
    arguments.add_argument("--hanazono", type=Path, default=Path("/usr/share/fonts/truetype/hanazono/HanaMinB.ttf"))
    arguments.add_argument("--unihan", type=Path, default=Path("/usr/share/unicode"))
    chosen = arguments.parse_args()
    noto, unihan = chosen.noto, chosen.unihan

    general = standard_characters(unihan) | gb2312_characters() | {0x3007}
    plain = LATIN | GREEK_AND_CYRILLIC | PUNCTUATION | NUMBERS | SIGNS | FULL_WIDTH
    sans = plain | set(map(ord, SANS_WORDS))

    write("FieldcastSerif-Regular.otf", face(noto / "NotoSerifCJK-Regular.ttc"), plain | general)
    write("FieldcastNames-Bold.otf", face(noto / "NotoSerifCJK-Bold.ttc"), plain | HAN)
    write("FieldcastSans-Regular.otf", face(noto / "NotoSansCJK-Regular.ttc"), sans)
    write("FieldcastSans-Bold.otf", face(noto / "NotoSansCJK-Bold.ttc"), sans)
    in_names = covered(HERE / "FieldcastNames-Bold.otf")
    write("FieldcastRare-Regular.ttf", TTFont(chosen.hanazono), names_beyond(in_names, unihan))
    write_coverage()


def standard_characters(unihan: Path) -> set[int]:
    """The 8,105 characters of 通用规范汉字表 (2013), which Unihan marks kTGH."""
    return {code for code, _ in unihan_field(unihan / "Unihan_OtherMappings.txt.bz2", "kTGH")}


def gb2312_characters() -> set[int]:
    """The 6,763 characters of GB 2312, rows 16 to 87."""
    cells = (bytes([row + 0xA0, cell + 0xA0]) for row in range(16, 88) for cell in range(1, 95))
    return {ord(text) for cell in cells if (text := cell.decode("gb2312", errors="ignore"))}


def names_beyond(known: set[int], unihan: Path) -> set[int]:
    """Characters with a source from China that may stand in a name (ID system, places, dialects, peoples)."""
    sources = unihan_field(unihan / "Unihan_IRGSources.txt.bz2", "kIRG_GSource")
    living = {code for code, source in sources if source.split("-")[0] not in BOOKISH_SOURCES}
    return (living | set(map(ord, ALSO_RARE))) - known


def unihan_field(path: Path, field: str) -> Iterable[tuple[int, str]]:
    with bz2.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            code, *rest = line.rstrip("\n").split("\t")
            if code.startswith("U+") and rest[0] == field:
                yield int(code[2:], 16), rest[1]


def face(collection: Path) -> TTFont:
    """The Simplified Chinese face of one of Debian's Noto CJK collections."""
    fonts: list[TTFont] = TTCollection(str(collection)).fonts
    return next(font for font in fonts if font["name"].getDebugName(6).startswith(PROPORTIONAL_SC))


def write(file_name: str, font: TTFont, characters: set[int]) -> None:
    options = Options()
    options.hinting = False  # neither PDF nor our pictures use it; a fifth of the size
    options.layout_features = ["kern", "palt", "liga", "pwid"]
    options.drop_tables += ["VORG", "vhea", "vmtx", "BASE", "DSIG", "FFTM"]
    options.name_IDs = [0, 1, 2, 3, 4, 6, 13, 14]
    options.glyph_names = False
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    rename(font, file_name)
    font.recalcTimestamp = False
    font.save(HERE / file_name)
    print(f"{file_name}: {len(font.getBestCmap())} characters, {(HERE / file_name).stat().st_size / 1e6:.1f} MB")


def rename(font: TTFont, file_name: str) -> None:
    """Give the subset a name of its own, so that no reserved name is used and no installed font is mistaken for it."""
    postscript = file_name.rsplit(".", 1)[0]
    face_name, style = postscript.removeprefix("Fieldcast").split("-")
    own = f"Fieldcast {face_name}"
    table = font["name"]
    table.names = [record for record in table.names if record.platformID == 3 and record.langID == 0x409]
    for name_id, text in {1: own, 2: style, 3: postscript, 4: f"{own} {style}", 6: postscript}.items():
        table.setName(text, name_id, 3, 1, 0x409)
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [postscript]
        cff.topDictIndex[0].FamilyName, cff.topDictIndex[0].FullName = own, f"{own} {style}"


def write_coverage() -> None:
    """coverage.txt: every character that one of the fonts can print, as ranges, so that nobody opens 15 MB to ask."""
    codes = sorted(set().union(*(covered(path) for path in HERE.glob("*.[ot]tf"))))
    (HERE / "coverage.txt").write_text("".join(f"{line}\n" for line in ranges(codes)), encoding="ascii")


def ranges(codes: list[int]) -> Iterable[str]:
    """Runs of neighbours as `first-last` in hexadecimal, in order."""
    first = last = codes[0]
    for code in [*codes[1:], -1]:
        if code != last + 1:
            yield f"{first:X}-{last:X}"
            first = code
        last = code


def covered(path: Path) -> set[int]:
    return set(TTFont(path).getBestCmap())


if __name__ == "__main__":
    main()
