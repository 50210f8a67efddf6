"""The certificate on paper: every name prints, the file is accessible and for ever the same, the code is right."""

from __future__ import annotations

import io
import re
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from lms.certificates import document
from lms.certificates.document import CannotPrint, pdf, pdfs, picture, unprintable
from lms.lib import typesetting
from tests.certificates.snapshots import XIULAN

HERE = Path(__file__).parent
STANDARD = (HERE / "standard_characters.txt").read_text(encoding="utf-8").replace("\n", "")
RARE = "㛃䶮𠅤𬭚𬉼𮯠𨱍㐆𠮷㐂𰻝"
LONG_TITLE = "把家乡的莲藕、栀子花和手工豆腐拍得又亮又真：农产品短视频拍摄从入门到上手"
LONG_ENGLISH = "Filming the lotus root, gardenia and hand-made tofu of your home, from the first steps to a steady hand"


def opened(paper: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(paper))


def text_of(paper: bytes) -> str:
    """All the text as a reader copies it, blanks left out: each shown glyph through its font's ToUnicode."""
    whole = opened(paper)  # kept open while its page is read
    page = whole.pages[0]
    fonts = {str(name): to_unicode(font) for name, font in page.Resources.Font.items()}
    said, table = [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            table = fonts[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            pieces = operands[0] if str(operator) == "TJ" else operands
            said += [table[code] for piece in pieces if isinstance(piece, pikepdf.String) for code in codes(piece)]
    return "".join(said).replace(" ", "")


def codes(shown: pikepdf.String) -> list[int]:
    glyphs = bytes(shown)
    return [int.from_bytes(glyphs[at : at + 2], "big") for at in range(0, len(glyphs), 2)]


def to_unicode(font: pikepdf.Object) -> dict[int, str]:
    pairs = re.findall(rb"<(\w{4})> <(\w+)>", font.ToUnicode.read_bytes())
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def structure(node: Any) -> list[str]:
    """The tags of the structure tree, in reading order."""
    if isinstance(node, pikepdf.Array):
        return [tag for child in node for tag in structure(child)]
    if not isinstance(node, pikepdf.Dictionary):
        return []
    own = [str(node.S)] if "/S" in node else []
    return own + (structure(node.K) if "/K" in node else [])


def test_it_says_what_the_snapshot_says():
    said = text_of(pdf(XIULAN))

    assert "结业证书" in said
    assert "二〇二六年三月十六日至五月十日，学完《拍摄：让农货上镜》全部8课，" in said
    assert "课里的问题都答对，小测合格，特发此证。" in said
    assert "TB-7K3M-92QF-C" in said
    assert "tianbo.example/v" in said
    assert "本证书为培训结业证书，非国家职业资格证书。" in said
    assert "何敏" in said


def test_it_is_one_a4_page_landscape():
    paper = opened(pdf(XIULAN))

    assert len(paper.pages) == 1
    assert [float(side) for side in paper.pages[0].MediaBox] == pytest.approx([0, 0, 841.89, 595.28], abs=0.01)


def test_it_is_pdf_a_2a_and_pdf_ua_1_with_title_and_language():
    paper = opened(pdf(XIULAN))
    metadata = paper.open_metadata()

    assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
    assert metadata["pdfuaid:part"] == "1"
    assert metadata["dc:title"] == "结业证书 张秀兰《拍摄：让农货上镜》"
    assert paper.Root.Lang == "zh-CN"


def test_it_is_tagged_with_one_heading_and_a_figure_that_has_a_text():
    paper = opened(pdf(XIULAN))
    tags = structure(paper.Root.StructTreeRoot)

    assert tags.count("/H1") == 1
    assert tags.count("/Figure") == 1
    assert tags.index("/H1") < tags.index("/Figure")
    assert tags.count("/P") >= 12


def test_all_fonts_are_embedded_as_subsets_and_the_file_stays_small():
    paper = pdf(XIULAN)
    whole = opened(paper)
    fonts = whole.pages[0].Resources.Font.values()
    descriptors = [font.DescendantFonts[0].FontDescriptor for font in fonts]

    assert all("/FontFile2" in each or "/FontFile3" in each for each in descriptors)
    assert all(re.match(r"/[A-Z]{6}\+Fieldcast", str(each.FontName)) for each in descriptors)
    assert len(paper) < 100_000


def test_the_same_snapshot_gives_the_same_bytes_for_ever():
    assert pdf(XIULAN) == pdf(replace(XIULAN))
    assert pdf(XIULAN) != pdf(replace(XIULAN, name="张秀兰兰"))


def test_the_date_inside_the_file_is_the_day_of_issue():
    paper = opened(pdf(XIULAN))

    assert str(paper.docinfo["/CreationDate"]) == "D:20260510000000Z"


def test_every_standard_character_is_in_the_font_of_names():
    cmap = TTFont(typesetting.FONTS / "FieldcastNames-Bold.otf").getBestCmap()

    assert len(set(STANDARD)) == 8105
    assert not [character for character in STANDARD if ord(character) not in cmap]
    assert not unprintable(STANDARD)


def test_rare_names_print_and_can_be_copied_out_again():
    assert RARE in text_of(pdf(replace(XIULAN, name=RARE, trainer="𬭚𮯠")))


@pytest.mark.parametrize("name", [STANDARD[at : at + 40] for at in (0, 3500, 6500, 8065)])
def test_a_name_of_forty_characters_prints_on_the_one_page(name):
    assert name in text_of(pdf(replace(XIULAN, name=name)))


def test_the_list_of_what_can_be_printed_is_what_the_fonts_hold():
    held = set().union(*(TTFont(path).getBestCmap() for path in typesetting.FONTS.glob("*.[ot]tf")))
    starts, ends = typesetting.coverage()
    listed = {code for first, last in zip(starts[1:], ends[1:], strict=True) for code in range(first, last + 1)}

    assert listed == held


@pytest.mark.parametrize("character", ["\U0001f34e", "ع", "\ue000", "\n", "\U000323af"])
def test_a_character_that_no_font_has_is_refused_by_name(character):
    with pytest.raises(CannotPrint) as refused:
        pdf(replace(XIULAN, name=f"张{character}兰"))

    assert refused.value.character == character
    assert f"U+{ord(character):04X}" in str(refused.value)


def test_what_cannot_be_printed_is_asked_before_printing():
    assert unprintable("张秀兰𬭚·Müller") == ""
    assert unprintable("🍎张🍎ع") == "🍎ع"
    assert unprintable("") == ""


@pytest.mark.parametrize("field", ["course_title_zh", "course_title_en", "trainer", "cohort", "issuer_zh", "issuer_en"])
def test_no_other_text_goes_out_with_a_box_either(field):
    with pytest.raises(CannotPrint):
        pdf(replace(XIULAN, **{field: "🍎"}))


def test_text_that_looks_like_markup_is_only_text():
    name = '#panic("x") $x$ *b* <a> \\ "'

    assert name.replace(" ", "") in text_of(pdf(replace(XIULAN, name=name)))


def test_the_longest_facts_still_fit_one_page_above_the_room_for_the_stamp():
    long = replace(
        XIULAN, name="阿卜杜热合曼·阿卜杜克热木·麦麦提依明江", course_title_zh=LONG_TITLE, course_title_en=LONG_ENGLISH,
        kinds=("read", "check", "try", "quiz", "task", "exam"), verified_class_hours=6.5, expires_on=date(2030, 1, 3),
        issuer_zh="新疆维吾尔自治区巴音郭楞蒙古自治州尉犁县农村电子商务公共服务中心", demo=True,
    )  # fmt: skip
    page = Image.open(io.BytesIO(picture(long, 1188))).convert("L")  # 4 pixels a mm

    assert len(opened(pdf(long)).pages) == 1
    # Between sentence and issuer, left of the middle: demonstration words and dots only, nothing dark as ink.
    assert min(page.crop((26 * 4, 148 * 4, 110 * 4, 156 * 4)).tobytes()) > 110


def test_a_demonstration_says_so_across_the_paper_and_to_a_screen_reader():
    demo = text_of(pdf(replace(XIULAN, demo=True)))

    assert demo.startswith("演示DEMONSTRATION")
    assert "演示" not in text_of(pdf(XIULAN))


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("revoked", "已作废REVOKED"),
        ("replaced", "已换发REPLACED"),
        ("expired", "已过期EXPIRED"),
        ("corrected", "更正件"),
    ],
)
def test_a_paper_that_no_longer_counts_or_was_corrected_says_so(status, words):
    assert words in text_of(pdf(XIULAN, status=status))


def test_a_status_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="No such status"):
        pdf(XIULAN, status="lost")  # type: ignore[arg-type]


def test_a_class_is_printed_one_by_one():
    names = ["张秀兰", "王秀兰", "李秀兰"]
    made = pdfs(replace(XIULAN, name=name) for name in names)

    assert [name in text_of(paper) for name, paper in zip(names, made, strict=True)] == [True] * 3


def test_two_threads_print_at_once_without_mixing_names():
    papers: dict[str, bytes] = {}

    def print_one(name: str) -> None:
        papers[name] = pdf(replace(XIULAN, name=name))

    threads = [threading.Thread(target=print_one, args=(name,)) for name in ("张秀兰", "王永福")]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert papers == {name: pdf(replace(XIULAN, name=name)) for name in papers}
    assert len(papers) == 2


def test_the_qr_code_has_its_quiet_zone_and_the_address():
    facts = document.qr_facts(XIULAN)

    assert 'viewBox="0 0 37 37"' in facts["qr"]  # 29 modules and twice 4
    assert facts["quiet_share"] == pytest.approx(4 / 29)
    assert XIULAN.verify_url in facts["qr_alt"]


def test_the_picture_for_the_phone_is_light_and_has_the_shape_of_the_paper():
    made = picture(XIULAN, 640)
    shown = Image.open(io.BytesIO(made))

    assert (shown.format, shown.size) == ("WEBP", (640, 453))
    assert len(made) <= 25_000
    assert shown.convert("RGB").getpixel((60, 40)) > (250, 250, 240)
